import { fullMoment } from '../../lib/text/index.ts';
import { csvField } from '../../lib/ui/index.ts';
import { type FileView, isBusy } from './view.ts';

/**
 * Results for a report. File names and names in certificates are personal data: they are left out unless the person asks, and
 * files are then told apart by number and SHA-256.
 */

interface Line {
  severity: 'info' | 'warn' | 'error';
  text: string;
}

function linesOf({ findings, signatures, headline }: FileView, named: boolean): Line[] {
  const signed = signatures.map(({ severity, title, rows }) => {
    const shown = rows.filter(({ personal }) => named || !personal);
    // The title has it already.
    const facts = shown.filter(({ name }) => name !== 'Toàn vẹn').map(({ name, text }) => `${name}: ${text}`);
    return { severity, text: [title, ...facts].join('; ') };
  });
  const all = [...findings, ...signed];
  return all.length > 0 || headline === '' ? all : [{ severity: 'error', text: headline }];
}

const sha256Of = ({ item: { state } }: FileView) => (state.kind === 'done' ? (state.facts.sha256 ?? '') : '');
const sameText = (same: readonly number[]) => same.map((number) => `tệp ${number}`).join(', ');

/** As lines of text, for a message. */
export function resultText(views: readonly FileView[], now: number, named: boolean): string {
  const through = views.filter((view) => !isBusy(view));
  const lines = through.flatMap((view) => {
    const { item, look, summary, same } = view;
    const title = [`Tệp ${item.number}`, named && item.name, look.label, summary].filter(Boolean).join(' · ');
    const twice = same.length > 0 ? [`  - Cùng nội dung với ${sameText(same)}`] : [];
    const sha = sha256Of(view) === '' ? [] : [`  - SHA-256: ${sha256Of(view)}`];
    return [title, ...linesOf(view, named).map(({ text }) => `  - ${text}`), ...twice, ...sha];
  });
  return [`Đúng Hẹn, kiểm tra ${through.length} tệp, lúc ${fullMoment(now)}`, ...lines].join('\n');
}

/** As .csv for a spreadsheet: UTF-8 with a byte order mark, CRLF, every field quoted. */
export function resultCsv(views: readonly FileView[], named: boolean): string {
  const columns = ['Tệp', ...(named ? ['Tên tệp'] : []), 'Kết luận', 'Là gì', 'Dung lượng (byte)', 'Lỗi', 'Cần xem'];
  const more = ['Thông tin', 'Chữ ký số', 'Cùng nội dung với', 'SHA-256'];
  const lines = views
    .filter((view) => !isBusy(view))
    .map((view) => {
      const { item, look, summary, signatures, same } = view;
      const found = linesOf(view, named);
      const of = (severity: Line['severity']) =>
        found
          .filter((line) => line.severity === severity)
          .map(({ text }) => text)
          .join(' | ');
      const name = named ? [item.name] : [];
      const head = [`${item.number}`, ...name, look.label, summary, `${item.size}`];
      const tail = [`${signatures.length}`, sameText(same), sha256Of(view)];
      return [...head, of('error'), of('warn'), of('info'), ...tail];
    });
  const rows = [[...columns, ...more], ...lines].map((line) => line.map(csvField).join(','));
  return `\ufeff${rows.join('\r\n')}\r\n`;
}
