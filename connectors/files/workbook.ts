import data from './data/workbook-parts.json' with { type: 'json' };
import { FileError, LIMITS } from './source.ts';
import { inflatePart, type ZipPart, zipParts } from './zip-parts.ts';

/** Merged cells, as zero-based bounds that are inside. */
export interface Merge {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export interface SheetInfo {
  name: string;
  merges: Merge[];
}

/** What the pre-pass learns of a workbook that it lets through. */
export interface WorkbookInfo {
  sheets: SheetInfo[];
  /** Dates count from 1904 (old Mac files). */
  date1904: boolean;
}

const known = data.known.map((pattern) => new RegExp(pattern));
const macro = new RegExp(data.macro);

/** A stretch without one tag this long holds a cell beyond the limit: 32,767 signs of at most six bytes (`&quot;`). */
const TAGLESS = 256 * 1024;
/** A stretch of a sheet without a new row this long holds a row that no list has. */
const ROWLESS = 4 * 1024 * 1024;
/** Merged cells are told after the rows; of a sheet's end this much is kept. */
const TAIL = 2 * 1024 * 1024;
const MERGES = 20_000;

const ROW = /<(?:\w+:)?row[\s>/]/;
const latin = new TextDecoder('latin1');

/** Looks at a sheet's XML as it goes by: refuses what would make its reader hold too much, and keeps the end. */
class SheetWatch {
  readonly #file: string;
  readonly #name: string;
  #window: Uint8Array[] = [];
  #size = 0;
  #tagless = 0;
  /** Before the first row 'before', then 'in', then 'after'. */
  #place: 'before' | 'in' | 'after' = 'before';
  #sinceRow = 0;
  #tail: Uint8Array[] = [];
  #tailSize = 0;

  constructor(file: string, name: string) {
    this.#file = file;
    this.#name = name;
  }

  take(chunk: Uint8Array): void {
    this.#tail.push(chunk);
    this.#tailSize += chunk.length;
    for (let first = this.#tail[0]; first && this.#tailSize - first.length > TAIL; first = this.#tail[0]) {
      this.#tail.shift();
      this.#tailSize -= first.length;
    }
    for (let at = 0; at < chunk.length; at += TAGLESS) this.#tags(chunk.subarray(at, at + TAGLESS));
    this.#window.push(chunk);
    this.#size += chunk.length;
    if (this.#size >= TAGLESS) this.#rows();
  }

  #tags(piece: Uint8Array): void {
    const first = piece.indexOf(60);
    const gap = this.#tagless + (first < 0 ? piece.length : first);
    if (gap > TAGLESS)
      throw new FileError(
        this.#file,
        `có ô dài hơn ${LIMITS.cell.toLocaleString('vi-VN')} ký tự (phần «${this.#name}»)`,
      );
    this.#tagless = first < 0 ? gap : piece.length - 1 - piece.lastIndexOf(60);
  }

  /** One look for a row in each window: it is found at once in an honest sheet. */
  #rows(): void {
    const bytes = this.#window.length === 1 ? (this.#window[0] as Uint8Array) : joined(this.#window, this.#size);
    this.#window = [];
    this.#size = 0;
    if (this.#place === 'after') return;
    const hit = ROW.test(latin.decode(bytes.subarray(0, 8192))) || ROW.test(latin.decode(bytes));
    if (hit) {
      this.#place = 'in';
      this.#sinceRow = 0;
      return;
    }
    if (this.#place === 'in' && latin.decode(bytes).includes('sheetData')) this.#place = 'after';
    else this.#sinceRow += bytes.length;
    if (this.#sinceRow > ROWLESS)
      throw new FileError(this.#file, `có dòng quá dài (phần «${this.#name}»), giới hạn là ${LIMITS.columns} cột`);
  }

  merges(): Merge[] {
    const text = latin.decode(joined(this.#tail, this.#tailSize));
    const found: Merge[] = [];
    for (const [, left, top, right, bottom] of text.matchAll(
      /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g,
    )) {
      found.push({ top: Number(top) - 1, left: columnOf(left), bottom: Number(bottom) - 1, right: columnOf(right) });
      if (found.length >= MERGES) break;
    }
    return found;
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Zero-based number of a column's letters. */
const columnOf = (letters = 'A') => [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescapeXml = (text: string) => text.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);

/**
 * The pre-pass: every part is inflated once with counters and thrown away, before a reader that believes the file sees it.
 * @throws FileError naming the file and the limit.
 */
export function checkWorkbook(file: string, bytes: Uint8Array): WorkbookInfo {
  const parts = zipParts(file, bytes);
  if (!parts.some(({ name }) => name.toLowerCase() === 'xl/workbook.xml'))
    throw new FileError(file, 'không phải bảng tính .xlsx (có thể là tệp .docx, .zip hay .xlsb)');
  for (const { name } of parts) {
    const lower = name.toLowerCase();
    if (macro.test(lower)) throw new FileError(file, 'có macro; hãy lưu lại thành .xlsx không có macro');
    if (!known.some((pattern) => pattern.test(lower)))
      throw new FileError(file, `có phần lạ «${name.slice(0, 80)}» mà bảng tính không có; tệp bị từ chối`);
  }
  let total = 0;
  const texts = new Map<string, string>();
  const sheets = new Map<string, SheetWatch>();
  for (const part of parts) {
    const lower = part.name.toLowerCase();
    const room = LIMITS.total - total;
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(lower)) {
      const watch = new SheetWatch(file, part.name);
      sheets.set(lower, watch);
      total += inflatePart(file, part, room, (chunk) => watch.take(chunk));
    } else total += inflateHeld(file, part, room, texts);
  }
  return infoOf(texts, sheets);
}

/** Parts that their reader holds as a whole: a limit of their own; the two that name the sheets are kept. */
function inflateHeld(file: string, part: ZipPart, room: number, texts: Map<string, string>): number {
  const lower = part.name.toLowerCase();
  const shared = lower === 'xl/sharedstrings.xml';
  const held = shared || /\.(xml|rels)$/.test(lower);
  const limit = shared ? LIMITS.sharedTexts : LIMITS.smallPart;
  const keep = lower === 'xl/workbook.xml' || lower === 'xl/_rels/workbook.xml.rels' ? new TextDecoder() : null;
  let size = 0;
  let tags = 0;
  let text = '';
  const length = inflatePart(file, part, room, (chunk) => {
    size += chunk.length;
    if (held) for (let i = 0; i < chunk.length; i++) if (chunk[i] === 60) tags++;
    if (held && (size > limit.bytes || tags > limit.tags))
      throw new FileError(
        file,
        `phần «${part.name}» quá lớn (giới hạn ${limit.bytes >> 20} MB, ${limit.tags / 1000} nghìn thẻ)${shared ? '; hãy lưu bảng thành CSV UTF-8 rồi chọn lại' : ''}`,
      );
    if (keep) text += keep.decode(chunk, { stream: true });
  });
  if (keep) texts.set(lower, text);
  return length;
}

function infoOf(texts: Map<string, string>, watched: Map<string, SheetWatch>): WorkbookInfo {
  const workbook = texts.get('xl/workbook.xml') ?? '';
  const relations = new Map(
    [...(texts.get('xl/_rels/workbook.xml.rels') ?? '').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target'),
    ]),
  );
  const sheets = [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([tag]) => {
    const target = relations.get(attribute(tag, '\\w+:id')) ?? '';
    const path = (target.startsWith('/') ? target.slice(1) : `xl/${target}`).toLowerCase();
    return { name: unescapeXml(attribute(tag, 'name')), merges: watched.get(path)?.merges() ?? [] };
  });
  return { sheets, date1904: /<(?:\w+:)?workbookPr\s[^>]*date1904="(1|true)"/.test(workbook) };
}
