import { momentText, type OutCell, type OutRows, streamOf } from './out.ts';

/** First signs that make a spreadsheet take a text for a formula; the full-width ones are folded to them by some. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A text that no spreadsheet will run: `'` before what would begin a formula. */
export const neutralised = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

function cellOf(cell: OutCell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  if (typeof cell === 'boolean') return cell ? 'Có' : 'Không';
  const text = typeof cell === 'string' ? neutralised(cell) : momentText(cell);
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One row as RFC 4180 writes it, with its line end. A row of one empty cell keeps its quotes, else it would be no row. */
function csvRow(cells: readonly OutCell[]): string {
  const line = cells.map(cellOf).join(',');
  return `${line === '' ? '""' : line}\r\n`;
}

const PIECE = 64 * 1024;

/** A .csv that Excel opens as it is meant: UTF-8 with its mark, CRLF, quotes, no formulas. */
export function csvStream(headers: readonly string[], rows: OutRows): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  async function* bytes() {
    let text = `\ufeff${csvRow(headers)}`;
    for await (const row of rows) {
      text += csvRow(row);
      if (text.length < PIECE) continue;
      yield encoder.encode(text);
      text = '';
    }
    if (text !== '') yield encoder.encode(text);
  }
  return streamOf(bytes());
}
