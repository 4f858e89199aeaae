import { isKnownCode, readCodes } from '../dossier/index.ts';
import type { Dossier, MomentFieldName } from '../schema/index.ts';
import type { HealthField, ListReading, ReadContext, RowReading } from './adapter.ts';
import { linesOf } from './cells.ts';
import { type Channel, channelIn, type HeaderField, MOMENT_HEADERS, readLabelled } from './headers.ts';
import { buildRecord } from './record.ts';
import { bodyRowsOf, cellsOf, isBodyRow, isSpanning, type TableShape } from './table.ts';
import {
  type CodeCell,
  type GapReason,
  type MomentReading,
  readCodeCell,
  readLimit,
  readMoment,
  readProcedure,
  readStatus,
  type Status,
} from './values.ts';

/** What an adapter adds to the reading of a table. */
export interface RowOptions {
  adapter: string;
  /** Internal id of a row, from its code cell or the row. */
  systemId?: (row: Element, codeCell: Element) => string | undefined;
  /** Status that the page's title gives to all rows; used only when there is no status column. */
  pageStatus?: Status | null;
  /** Channel that the address gives to all rows. */
  channel?: Channel;
  /** False where "Hạn xử lý" is known to be the step's limit or a count, never the promise. */
  weakDue?: boolean;
}

type ColumnIndex = Partial<Record<HeaderField, number>>;

const NO_STATUS: Status = { code: 'unknown', text: '' };
/** Known codes that must be seen before a column without a known header is taken for the code column. */
const PROBE_ROWS = 12;

/** Texts that repeat from row to row are worked out once. */
class Memo<T> {
  private readonly known = new Map<string, T>();
  private readonly make: (key: string) => T;

  constructor(make: (key: string) => T) {
    this.make = make;
  }

  get(key: string): T {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = this.make(key);
    this.known.set(key, made);
    return made;
  }
}

/** Tooltip of a cell: its own, or that of the element that fills it. */
function titleOf(cell: Element): string | null {
  let element: Element | null = cell;
  for (let depth = 0; element !== null && depth < 3; depth += 1) {
    const title = element.getAttribute('title');
    if (title) return title;
    element = element.firstElementChild;
  }
  return null;
}

/**
 * The column where codes of a known form stand, for tables whose code header has other words. Position is the last
 * resort and only for the code, which proves itself by its form; a date in an unknown column proves nothing.
 */
export function columnOfCodes(shape: TableShape): number | undefined {
  const taken = new Set(Object.values(shape.columns.index));
  const votes: number[] = [];
  let probed = 0;
  for (const row of bodyRowsOf(shape, PROBE_ROWS)) {
    const cells = cellsOf(row, shape.titles.length);
    for (let i = 0; i < cells.length; i += 1) {
      if (taken.has(i)) continue;
      const first = linesOf(cells[i] as Element)[0];
      if (first !== undefined && readCodes([first])?.codeKnown) votes[i] = (votes[i] ?? 0) + 1;
    }
    probed += 1;
  }
  const best = votes.reduce((max, n, i) => (n > (votes[max] ?? 0) ? i : max), 0);
  return (votes[best] ?? 0) * 2 > probed ? best : undefined;
}

/** Field → column, the code's by its form where no header names it. */
function indexOf(shape: TableShape, options: RowOptions): { index: ColumnIndex; weakDue: boolean } {
  const index: ColumnIndex = { ...shape.columns.index };
  index.code ??= columnOfCodes(shape);
  const weakDue = (shape.columns.match.dueAt?.score ?? 4) <= 2;
  if (weakDue && options.weakDue === false) delete index.dueAt;
  return { index, weakDue };
}

/**
 * The rows that are dossiers. A row of other columns counts only when a code stands in it (then it is one that we
 * cannot read); a row without any text does not count.
 */
export function dossierRowsOf(shape: TableShape): Element[] {
  const code = shape.columns.index.code;
  return bodyRowsOf(shape, undefined, true).filter((row) => {
    if (!isBodyRow(row, shape)) return row.childElementCount > 1 && holdsCode(row);
    const cell = code === undefined ? undefined : cellsOf(row, shape.titles.length)[code];
    return (cell?.textContent ?? '').trim() !== '' || (row.textContent ?? '').trim() !== '';
  });
}

/**
 * Reads rows of a table of dossiers: all, or those that are asked for. Columns are worked out once; a row costs its
 * cells and nothing more.
 */
export function readTableRows(
  shape: TableShape,
  context: ReadContext,
  options: RowOptions,
  only?: readonly Element[],
): ListReading {
  const { columns, titles } = shape;
  const { index, weakDue } = indexOf(shape, options);

  const statuses = new Memo((key) => readStatus(key.split('\n')));
  const procedures = new Memo((key) => {
    const [text = '', title = ''] = key.split('\u0000');
    return readProcedure(text, title === '' ? null : title);
  });
  const limits = new Memo(readLimit);
  const channels = new Memo((key) => ({ channel: channelIn(key) }));

  const linesAt = (cells: ArrayLike<Element>, field: HeaderField): string[] | null => {
    const at = index[field];
    const cell = at === undefined ? undefined : cells[at];
    return cell === undefined ? null : linesOf(cell);
  };

  const result: RowReading[] = [];
  let unreadable = 0;

  for (const row of only ?? dossierRowsOf(shape)) {
    const cells = cellsOf(row, titles.length);
    if (cells.length !== titles.length || isSpanning(cells[0])) {
      unreadable += 1;
      continue;
    }
    const codeCell = index.code === undefined ? undefined : cells[index.code];
    const found: CodeCell | null = codeCell ? readCodeCell(linesOf(codeCell), columns.match.code?.mixed) : null;
    if (found === null || codeCell === undefined) {
      unreadable += 1;
      continue;
    }
    const moments = readMoments(cells, index, linesAt, weakDue);
    const procedure = { ...procedureAt(cells, index, procedures) };
    const other = linesAt(cells, 'otherCode');
    if (other !== null) addAliases(found.codes, other);
    const statusLines = linesAt(cells, 'status');
    const channelText = linesAt(cells, 'channel')?.join(' ');
    const record = buildRecord({
      adapter: options.adapter,
      readAt: context.readAt,
      codes: found.codes,
      systemId: options.systemId?.(row, codeCell),
      procedure,
      procedureGap: index.procedure === undefined ? 'no-column' : 'absent',
      status:
        statusLines === null ? { ...(options.pageStatus ?? NO_STATUS) } : { ...statuses.get(statusLines.join('\n')) },
      statusGap: statusLines === null ? 'no-column' : 'absent',
      moments,
      unit: linesAt(cells, 'unit')?.[0],
      channel: (channelText && channels.get(channelText).channel) || found.channel || options.channel,
      limit: limitAt(linesAt(cells, 'limit'), limits),
      step: linesAt(cells, 'step')?.[0],
    });
    const anchor = cells[index.dueAt ?? index.times ?? -1] ?? codeCell;
    result.push({ record, row, anchor });
  }

  return { rows: result, unreadable, columns: columnTitles(index, titles, options), loading: false };
}

function limitAt(lines: string[] | null, limits: Memo<Dossier['limit']>): Dossier['limit'] {
  const limit = lines === null ? undefined : limits.get(lines.join(' '));
  return limit && { ...limit };
}

function procedureAt(
  cells: ArrayLike<Element>,
  index: ColumnIndex,
  procedures: Memo<Dossier['procedure']>,
): Dossier['procedure'] {
  const cell = index.procedure === undefined ? undefined : cells[index.procedure];
  const name = cell ? procedures.get(`${linesOf(cell).join(' ')}\u0000${titleOf(cell) ?? ''}`) : {};
  const codeCell = index.procedureCode === undefined ? undefined : cells[index.procedureCode];
  if (codeCell === undefined || name.code !== undefined) return name;
  const code = linesOf(codeCell)[0]?.slice(0, 60);
  return code === undefined ? name : { ...name, code };
}

const EXTENSION = /[:\p{L}]\s*:/u;

/** Every moment of a row: columns of their own, then the labelled lines of a merged cell. */
function readMoments(
  cells: ArrayLike<Element>,
  index: ColumnIndex,
  linesAt: (cells: ArrayLike<Element>, field: HeaderField) => string[] | null,
  weakDue: boolean,
): Partial<Record<MomentFieldName, MomentReading>> {
  const moments: Partial<Record<MomentFieldName, MomentReading>> = {};
  for (const field of MOMENT_HEADERS) {
    const lines = linesAt(cells, field);
    if (lines === null) continue;
    const line = lines.length > 0 && EXTENSION.test(lines.join(' ')) ? readLabelled(lines) : null;
    if (line === null || line.size === 0) {
      moments[field] = readMoment(lines);
      continue;
    }
    // "06/08/2026" over "Gia hạn: 10/08/2026": a date with another label belongs to that label.
    const own = line.get(field);
    moments[field] = readMoment(own === undefined ? beforeLabels(lines) : [own]);
    for (const other of MOMENT_HEADERS) {
      const value = line.get(other);
      if (other !== field && value !== undefined && index[other] === undefined) moments[other] = readMoment([value]);
    }
  }
  const merged = linesAt(cells, 'times');
  if (merged !== null) {
    const values = readLabelled(merged);
    for (const field of MOMENT_HEADERS) {
      const value = values.get(field);
      // An empty "Hẹn trả:" says that there is none; only a column of its own, named as strongly, may say otherwise.
      const owned = typeof moments[field] === 'object' && !(field === 'dueAt' && weakDue);
      if (value !== undefined && !owned) moments[field] = readMoment([value]);
      else if (value === undefined && merged.length > 0) moments[field] ??= missingLabel(field, values.size);
    }
  }
  return moments;
}

/** A merged cell without a line for the due date: not shown; without any label we know: not readable. */
function missingLabel(field: MomentFieldName, labels: number): GapReason | undefined {
  if (field !== 'dueAt' && field !== 'receivedAt') return undefined;
  return labels > 0 ? 'absent' : 'unreadable';
}

function beforeLabels(lines: readonly string[]): string[] {
  const plain: string[] = [];
  for (const line of lines) {
    if (EXTENSION.test(line)) break;
    plain.push(line);
  }
  return plain;
}

function addAliases(codes: CodeCell['codes'], lines: readonly string[]): void {
  const more = readCodes(lines);
  if (!more?.codeKnown) return;
  const all = new Set([...codes.aliases, more.code, ...more.aliases]);
  all.delete(codes.code);
  codes.aliases = [...all].slice(0, 8);
}

function holdsCode(row: Element): boolean {
  for (const line of linesOf(row)) {
    if (isKnownCode(line) || readCodes([line])?.codeKnown) return true;
  }
  return false;
}

function columnTitles(index: ColumnIndex, titles: readonly string[], options: RowOptions): ListReading['columns'] {
  const columns: ListReading['columns'] = {};
  const name = (field: HealthField, column: number | undefined) => {
    if (column !== undefined) columns[field] = (titles[column] || `(cột ${column + 1})`).slice(0, 120);
  };
  name('code', index.code);
  name('procedure', index.procedure);
  name('receivedAt', index.receivedAt ?? index.times);
  name('dueAt', index.dueAt ?? index.times);
  name('status', index.status);
  if (columns.status === undefined && options.pageStatus) columns.status = options.pageStatus.text;
  return columns;
}
