import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { colourWord, type FileFacts, factRows, type PageFacts, type Row } from '../../lib/inspection/index.ts';
import { type FileView, severityLook } from './view.ts';

/** A name in a certificate can be as long as its maker likes. */
const MAX_TEXT = 300;
const clip = (text: string) => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);

/** Of a signature nothing speaks against. */
const SOUND = { tone: 'green', shape: '●' };

/** Everything that is known of a file. */
export function Details({ view: { findings, signatures }, facts }: { view: FileView; facts: FileFacts }) {
  const pages = facts.pdf?.pageFacts ?? [];
  return (
    <>
      <ul class="findings">
        {findings.map(({ severity, code, text, source }) => {
          const look = severityLook(severity);
          return (
            <li key={`${code} ${text}`} data-code={code}>
              <span class={`dot ${look.tone}`} aria-hidden="true">
                {look.shape}
              </span>
              <div>
                <span class="hidden">{look.label}: </span>
                {text}
                {source !== undefined && <p class="soft small">Nguồn của ngưỡng: {source}</p>}
              </div>
            </li>
          );
        })}
      </ul>
      {signatures.length > 0 && (
        <section class="signatures">
          <h3>Chữ ký số ({signatures.length})</h3>
          {signatures.map(({ severity, title, rows }) => {
            const look = severity === 'info' ? SOUND : severityLook(severity);
            return (
              <div key={title} class="signature">
                <h4>
                  <span class={`dot ${look.tone}`} aria-hidden="true">
                    {look.shape}
                  </span>{' '}
                  {title}
                </h4>
                <Rows rows={rows} />
              </div>
            );
          })}
        </section>
      )}
      <Fold title="Thông tin tệp" open>
        <Rows rows={factRows(facts)} />
      </Fold>
      {pages.length > 0 && (
        <Fold title={`Từng trang (${pages.length})`}>
          <Pages pages={pages} />
        </Fold>
      )}
    </>
  );
}

/** Draws what is inside only when it is open: a file can have 200 pages. */
function Fold({ title, open = false, children }: { title: string; open?: boolean; children: ComponentChildren }) {
  const [shown, setShown] = useState(open);
  return (
    <details open={shown} onToggle={({ currentTarget }) => setShown(currentTarget.open)}>
      <summary>{title}</summary>
      {shown && children}
    </details>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <dl class="facts">
      {rows.map(({ name, text }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{clip(text)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const BLANKS: Record<PageFacts['blank'], string> = {
  no: '',
  'no-marks': '▲ Trắng',
  'uniform-image': '▲ Gần như trắng',
  unknown: '? Chưa rõ',
};

function textOf({ chars, hiddenChars }: PageFacts): string {
  if (chars > 0) return `${chars} ký tự`;
  return hiddenChars > 0 ? `OCR: ${hiddenChars} ký tự` : 'Không';
}

function Pages({ pages }: { pages: readonly PageFacts[] }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            {['Trang', 'Khổ (mm)', 'dpi', 'Trắng', 'Màu', 'Chữ'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pages.map((page) => (
            <tr key={page.page}>
              <th scope="row">{page.page}</th>
              {page.unread === null ? (
                <>
                  <td>
                    {Math.round(page.width)} × {Math.round(page.height)}
                  </td>
                  <td>
                    {page.dpi ?? '–'}
                    {page.coarsestDpi !== null && ` (nền ${page.coarsestDpi})`}
                  </td>
                  <td>{BLANKS[page.blank]}</td>
                  <td>{page.colour === null ? '–' : colourWord(page.colour)}</td>
                  <td>{textOf(page)}</td>
                </>
              ) : (
                <td colSpan={5}>Không đọc được trang này</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
