import { momentText, type OutCell, type OutColumn, type OutMoment, type OutRows, streamOf } from './out.ts';
import {
  contentTypes,
  rootRelations,
  STYLE,
  sheetHead,
  sheetTail,
  stylesXml,
  workbookRelations,
  workbookXml,
  xmlText,
} from './xlsx-parts.ts';
import { ZipWriter } from './zip-write.ts';

export interface OutSheet {
  name: string;
  columns: readonly OutColumn[];
  rows: OutRows;
}

export interface XlsxOptions {
  /** Rows of a sheet with its header; more go to a sheet of the same name with a number. */
  rowsPerSheet?: number;
}

type Chunk = Uint8Array<ArrayBuffer>;

const MOST_ROWS = 1_048_576;
const MOST_CHARACTERS = 32_767;
const PIECE = 128 * 1024;
/** Rows that decide the widths of columns that name none. */
const MEASURED = 200;

/** `A`, `Z`, `AA` of a column number from 0. */
export function columnName(column: number): string {
  return (column >= 26 ? columnName(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** Excel's day count of a moment, at UTC+7; eight decimals tell a millisecond, more would only make the file larger. */
const serialOf = ({ second, dayOnly }: OutMoment) => {
  const days = (second + 25_200) / 86_400 + 25_569;
  return dayOnly ? Math.floor(days) : Math.round(days * 1e8) / 1e8;
};

function clipped(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const cut = text.slice(0, MOST_CHARACTERS - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** A cell with its place; strings stand in the cell itself, so that nothing in them can be a formula. */
function cellXml(place: string, cell: OutCell, style: string): string {
  if (cell === null || cell === undefined || cell === '') return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c r="${place}"${style}><v>${cell}</v></c>` : '';
  if (typeof cell === 'boolean') return `<c r="${place}" t="inlineStr"><is><t>${cell ? 'Có' : 'Không'}</t></is></c>`;
  if (typeof cell === 'object') {
    const serial = serialOf(cell);
    return serial >= 61 && serial < 2_958_466
      ? `<c r="${place}" s="${cell.dayOnly ? STYLE.day : STYLE.moment}"><v>${serial}</v></c>`
      : '';
  }
  const text = xmlText(clipped(cell));
  const long = style === '' && (cell.length > 60 || cell.includes('\n')) ? ` s="${STYLE.wrap}"` : style;
  const space = /^\s|\s$|[\n\t]| {2}/.test(text) ? ' xml:space="preserve"' : '';
  return `<c r="${place}"${long} t="inlineStr"><is><t${space}>${text}</t></is></c>`;
}

function rowXml(number: number, letters: readonly string[], cells: readonly OutCell[], style = ''): string {
  let xml = `<row r="${number}">`;
  for (let i = 0; i < cells.length; i++) xml += cellXml(`${letters[i] ?? columnName(i)}${number}`, cells[i], style);
  return `${xml}</row>`;
}

const shownLength = (cell: OutCell): number => {
  if (cell === null || cell === undefined) return 0;
  return typeof cell === 'object' ? momentText(cell).length : String(cell).length;
};

function widthsOf(columns: readonly OutColumn[], rows: readonly (readonly OutCell[])[]): number[] {
  return columns.map(({ header, width }, i) => {
    if (width !== undefined) return width;
    const longest = rows.reduce((most, row) => Math.max(most, shownLength(row[i])), 0);
    return Math.min(60, Math.max(8, Math.min(header.length, 24) + 3, longest + 2));
  });
}

const SIGNS = /[[\]:*?/\\]/g;

/** A name that Excel takes and that no other sheet has. */
function sheetName(wanted: string, taken: ReadonlySet<string>, count: number): string {
  const bare =
    wanted
      .replace(SIGNS, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || 'Trang';
  for (let n = count; ; n++) {
    const tail = n === 1 ? '' : ` (${n})`;
    const name = bare.slice(0, 31 - tail.length) + tail;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** Rows of one sheet, handed out sheet by sheet. */
class RowSource {
  readonly #next: () => Promise<IteratorResult<readonly OutCell[]>> | IteratorResult<readonly OutCell[]>;
  readonly #ahead: (readonly OutCell[])[] = [];
  readonly #close: () => unknown;
  #done = false;

  constructor(rows: OutRows) {
    const source = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
    this.#next = () => source.next();
    this.#close = () => source.return?.();
  }

  /** Lets go of rows that nobody wants any more. */
  async close(): Promise<void> {
    if (!this.#done) await this.#close();
  }

  /** Rows to come, without taking them. */
  async ahead(count: number): Promise<readonly (readonly OutCell[])[]> {
    while (this.#ahead.length < count && !this.#done) {
      const { done, value } = await this.#next();
      if (done) this.#done = true;
      else this.#ahead.push(value);
    }
    return this.#ahead;
  }

  /** Rows that are there at once are given at once; a promise for each of a million is a second. */
  take(): readonly OutCell[] | null | Promise<readonly OutCell[] | null> {
    const first = this.#ahead.shift();
    if (first !== undefined) return first;
    if (this.#done) return null;
    const result = this.#next();
    return 'then' in result ? result.then((later) => this.#taken(later)) : this.#taken(result);
  }

  #taken({ done, value }: IteratorResult<readonly OutCell[]>): readonly OutCell[] | null {
    if (!done) return value;
    this.#done = true;
    return null;
  }
}

async function* sheetXml(columns: readonly OutColumn[], source: RowSource, most: number): AsyncGenerator<Chunk> {
  const encoder = new TextEncoder();
  const letters = columns.map((_, i) => columnName(i));
  const widths = widthsOf(columns, await source.ahead(MEASURED));
  const headers = columns.map(({ header }) => header);
  let text = sheetHead(widths) + rowXml(1, letters, headers, ` s="${STYLE.header}"`);
  let count = 1;
  while (count < most) {
    const next = source.take();
    const row = next !== null && 'then' in next ? await next : next;
    if (row === null) break;
    text += rowXml(++count, letters, row);
    if (text.length < PIECE) continue;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(text + sheetTail(`A1:${columnName(Math.max(0, columns.length - 1))}${count}`));
}

async function* once(text: string): AsyncGenerator<Chunk> {
  yield new TextEncoder().encode(text);
}

async function* workbook(sheets: readonly OutSheet[], most: number): AsyncGenerator<Chunk> {
  const zip = new ZipWriter();
  const names: string[] = [];
  for (const { name, columns, rows } of sheets) {
    const source = new RowSource(rows);
    let part = 0;
    try {
      do {
        names.push(sheetName(name, new Set(names.map((other) => other.toLowerCase())), ++part));
        yield* zip.entry(`xl/worksheets/sheet${names.length}.xml`, sheetXml(columns, source, most));
      } while ((await source.ahead(1)).length > 0);
    } finally {
      await source.close();
    }
  }
  yield* zip.entry('[Content_Types].xml', once(contentTypes(names.length)));
  yield* zip.entry('_rels/.rels', once(rootRelations));
  yield* zip.entry('xl/workbook.xml', once(workbookXml(names)));
  yield* zip.entry('xl/_rels/workbook.xml.rels', once(workbookRelations(names.length)));
  yield* zip.entry('xl/styles.xml', once(stylesXml));
  yield* zip.end();
}

/**
 * An .xlsx written as it is read: a header that stays in sight and filters, dates that are dates, texts that are never formulas.
 * Memory does not grow with the rows; rows are pulled as the bytes are.
 */
export function xlsxStream(
  sheets: readonly OutSheet[],
  { rowsPerSheet = MOST_ROWS }: XlsxOptions = {},
): ReadableStream<Chunk> {
  return streamOf(workbook(sheets, rowsPerSheet));
}

/** A small workbook at once. */
export async function xlsxBytes(sheets: readonly OutSheet[], options: XlsxOptions = {}): Promise<Chunk> {
  return new Uint8Array(await new Response(xlsxStream(sheets, options)).arrayBuffer());
}
