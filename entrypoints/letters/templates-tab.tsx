import { useRef, useState } from 'preact/hooks';
import {
  checkTemplate,
  LETTER_FIELDS,
  type LetterForm,
  sampleValues,
  TEMPLATE_LIMITS,
  type TemplateCheck,
} from '../../lib/letters/index.ts';
import { type OwnTemplate, removeTemplate, saveTemplate } from '../../lib/platform/index.ts';
import { fullDate } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { SaveStatus, useSaver } from '../options/save.tsx';
import { download } from '../shared/download.ts';
import { Drop } from '../shared/drop.tsx';
import { DOCX_TYPE } from './files.ts';
import { Findings } from './findings.tsx';
import { bytesOf, type TemplateOption } from './make.ts';
import { Preview } from './preview.tsx';

const HOME = 'templates-title';
const SAMPLE = sampleValues();
const LONGEST_NAME = 120;

interface Candidate {
  template: OwnTemplate;
  check: TemplateCheck;
}

/** The unit's own Word templates: checked before they come in, seen with invented data, taken away with a way back. */
export function TemplatesTab({
  own,
  failed,
  form,
  options,
  active,
  now,
  onChanged,
}: {
  own: readonly OwnTemplate[];
  /** The store cannot be read. */
  failed: boolean;
  /** Form in force: gives the defaults of an own template. */
  form: LetterForm;
  options: readonly TemplateOption[];
  active: boolean;
  now: number;
  onChanged: () => Promise<void>;
}) {
  const saver = useSaver();
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  const [problem, setProblem] = useState('');
  const title = useRef<HTMLHeadingElement>(null);

  async function take(files: readonly File[]): Promise<void> {
    saver.clear();
    setProblem('');
    setCandidate(null);
    const [file] = files;
    if (!file) return;
    if (files.length > 1) setProblem('Mỗi lần chỉ một tệp.');
    else if (file.size > TEMPLATE_LIMITS.file) setProblem('Tệp quá lớn: mẫu thư nhiều nhất 5 MB.');
    else {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const name = file.name.replace(/\.docx$/i, '').slice(0, LONGEST_NAME) || 'Mẫu của đơn vị';
      const check = await checkTemplate(bytes);
      setCandidate({ template: { id: crypto.randomUUID(), name, bytes, addedAt: now }, check });
      setTimeout(() => title.current?.focus());
    }
  }

  async function accept({ template }: Candidate): Promise<void> {
    const saved = await saver.save(
      async () => {
        await saveTemplate(template);
        await onChanged();
        return () => removeTemplate(template.id).then(onChanged);
      },
      `Đã nhận mẫu «${template.name}»`,
      true,
    );
    if (saved) setCandidate(null);
  }

  async function remove({ id, name }: OwnTemplate): Promise<void> {
    await saver.save(
      async () => {
        const removed = await removeTemplate(id);
        await onChanged();
        return removed === undefined ? null : () => saveTemplate(removed).then(onChanged);
      },
      `Đã bỏ mẫu «${name}»`,
      true,
    );
  }

  async function save(option: TemplateOption): Promise<void> {
    try {
      download(await bytesOf(option), `mau-${option.form.file}`, DOCX_TYPE);
    } catch {
      setProblem('Không đọc được mẫu có sẵn.');
    }
  }

  const refused = candidate?.check.findings.some(({ severity }) => severity === 'error') ?? false;
  const shipped = options.filter((option) => option.own === null);
  return (
    <div class="card">
      <h2 id={HOME} tabIndex={-1}>
        Mẫu thư
      </h2>
      <SaveStatus saver={saver} home={HOME} />
      {failed && (
        <p class="warning" role="alert">
          Không mở được nơi lưu mẫu của đơn vị (cửa sổ ẩn danh hoặc ổ đĩa đầy). Mẫu có sẵn vẫn dùng được.
        </p>
      )}
      <h3>Mẫu của đơn vị</h3>
      {own.length === 0 ? (
        <p class="soft">Chưa có. Soạn bằng Word với các thẻ bên dưới, lưu .docx rồi đưa vào đây.</p>
      ) : (
        <ul class="list">
          {own.map((template) => (
            <li key={template.id} class="row">
              <span class="grow">
                {template.name} <span class="soft">nhận ngày {fullDate(template.addedAt)}</span>
              </span>
              <Button kind="small" label={`Bỏ mẫu ${template.name}`} onClick={() => void remove(template)}>
                Bỏ mẫu
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Drop
        accept=".docx"
        label="Chọn tệp .docx"
        hint="hoặc thả tệp vào đây. Mẫu được kiểm tra trước khi nhận."
        onFiles={take}
      />
      {problem !== '' && (
        <p class="fault" role="alert">
          ▲ {problem}
        </p>
      )}
      {candidate && (
        <section class={refused ? 'review refused' : 'review'} aria-labelledby="check-title">
          <h3 id="check-title" ref={title} tabIndex={-1}>
            {refused ? 'Chưa nhận được mẫu' : 'Kiểm tra mẫu'}: {candidate.template.name}
          </h3>
          <Findings findings={candidate.check.findings} />
          <div class="actions">
            {!refused && (
              <Button kind="primary" onClick={() => void accept(candidate)}>
                Nhận mẫu này
              </Button>
            )}
            <Button onClick={() => setCandidate(null)}>{refused ? 'Đóng' : 'Bỏ, không nhận'}</Button>
          </div>
          {!refused && (
            <>
              <p class="soft">Xem với dữ liệu bịa:</p>
              <Preview
                option={{ id: candidate.template.id, label: candidate.template.name, form, own: candidate.template }}
                values={SAMPLE}
                complete
                active={active}
              />
            </>
          )}
        </section>
      )}
      <h3>Mẫu có sẵn</h3>
      <ul class="list">
        {shipped.map((option) => (
          <li key={option.id} class="row">
            <span class="grow">
              {option.label}
              <span class="hint"> {option.form.source}</span>
            </span>
            <Button kind="small" label={`Tải về để sửa: ${option.label}`} onClick={() => void save(option)}>
              Tải về để sửa
            </Button>
          </li>
        ))}
      </ul>
      <details>
        <summary>Các thẻ dùng được trong mẫu</summary>
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Thẻ</th>
              <th scope="col">Nội dung</th>
              <th scope="col">Bắt buộc</th>
            </tr>
          </thead>
          <tbody>
            {LETTER_FIELDS.filter(({ print }) => print !== false).map(({ tag, label, required, item }) => (
              <tr key={tag}>
                <td>
                  <code>{item === undefined ? `{${tag}}` : `{#${tag}}{${item}}{/}`}</code>
                </td>
                <td>{label}</td>
                <td>{required ? 'có' : `không: đặt trong {#${tag}}…{/}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
