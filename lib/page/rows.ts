import { isKnownCode, readCodes } from '../dossier/index.ts';
import type { Dossier, MomentFieldName } from '../schema/index.ts';
import { parseMoment } from '../text/index.ts';
import type { HealthField, ListReading, ReadContext, RowReading } from './adapter.ts';
import { linesOf, textOf } from './cells.ts';
import { type Channel, channelIn, type HeaderField, MOMENT_HEADERS, readGlued, readLabelled } from './headers.ts';
import { remembered } from './memo.ts';
import { buildRecord } from './record.ts';
import { bodyCells, bodyRowsOf, rowsBelow, type TableShape } from './table.ts';
import {
  type CodeCell,
  channelOfLine,
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

const limitOf = remembered((text) => ({ limit: readLimit(text) }));
const channelInText = remembered(channelIn);

/** The whole text of a cell, glued together: one call into the browser instead of a walk through its nodes. */
const rawText = (cell: Element) => cell.textContent ?? '';

/** Tooltip of a cell: its own, or that of the element that fills it. */
function titleOf(cell: Element): string | null {
  let element: Element | null = cell;
  for (let depth = 0; element !== null && depth < 2; depth += 1) {
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
    const cells = bodyCells(row, shape.titles.length) ?? [];
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

/** Lines without the header's words before them, which responsive tables repeat in every cell. */
function withoutTitle([first, ...rest]: readonly string[], title: string): string[] {
  if (first === undefined) return [];
  if (title === '' || !first.startsWith(title)) return [first, ...rest];
  const own = first.slice(title.length).replace(/^[\s:]+/, '');
  return own === '' && rest.length > 0 ? rest : [own || first, ...rest];
}

const isBlank = (element: Element) => rawText(element).trim() === '';

/** A row of other columns in which a code stands: a dossier that we cannot read. */
const isOddDossier = (row: Element) => row.childElementCount > 1 && holdsCode(row);

/**
 * The rows that are dossiers. A row of other columns counts only when a code stands in it (then it is one that we
 * cannot read); a row without any text does not count.
 */
export function dossierRowsOf(shape: TableShape): Element[] {
  const columns = shape.titles.length;
  const code = shape.columns.index.code ?? 0;
  return rowsBelow(shape).filter((row) => {
    const cells = bodyCells(row, columns);
    if (cells === null) return isOddDossier(row);
    return !isBlank(cells[code] as Element) || !isBlank(row);
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

  const momentFields = MOMENT_HEADERS.filter((field) => index[field] !== undefined);
  const { code: codeAt = -1, times, otherCode, unit, step, channel, limit } = index;
  // "Kết quả xử lý" may be anything; what the title says of all rows is better.
  const weakStatus = (columns.match.status?.score ?? 4) <= 2 && options.pageStatus;
  const statusColumn = weakStatus ? undefined : index.status;
  const anchorAt = index.dueAt ?? times ?? codeAt;
  // The same words in the same column of this table mean the same; across tables their lines may differ.
  const statuses = new Map<string, Status>();
  const statusOf = (cell: Element): Status => {
    const text = rawText(cell);
    let status = statuses.get(text);
    if (status === undefined) {
      status = readStatus(withoutTitle(linesOf(cell), titles[statusColumn ?? -1] ?? ''));
      statuses.set(text, status);
    }
    return status;
  };
  const pageStatus = options.pageStatus ?? NO_STATUS;

  const result: RowReading[] = [];
  let unreadable = 0;

  for (const row of only ?? rowsBelow(shape)) {
    const cells = bodyCells(row, titles.length);
    if (cells === null) {
      if (only !== undefined || isOddDossier(row)) unreadable += 1;
      continue;
    }
    const codeCell = codeAt < 0 ? undefined : cells[codeAt];
    const found = codeCell ? codesOf(codeCell, columns.match.code?.mixed) : null;
    if (found === null || codeCell === undefined) {
      if (only !== undefined || !isBlank(row)) unreadable += 1;
      continue;
    }
    const cellAt = (column: number | undefined) => (column === undefined ? undefined : cells[column]);
    const lineAt = (column: number | undefined) =>
      column === undefined ? undefined : linesOf(cells[column] as Element)[0];
    const moments: Moments = {};
    for (const field of momentFields) addMoment(moments, field, cells[index[field] as number] as Element, index);
    const merged = cellAt(times);
    if (merged) addMerged(moments, merged, weakDue);
    const other = cellAt(otherCode);
    if (other) addAliases(found.codes, linesOf(other));
    const channelCell = cellAt(channel);
    const limitCell = cellAt(limit);
    const known = limitCell && limitOf(rawText(limitCell)).limit;
    const record = buildRecord({
      adapter: options.adapter,
      readAt: context.readAt,
      codes: found.codes,
      systemId: options.systemId?.(row, codeCell),
      procedure: procedureAt(cells, index),
      procedureGap: index.procedure === undefined ? 'no-column' : 'absent',
      status: { ...(statusColumn === undefined ? pageStatus : statusOf(cells[statusColumn] as Element)) },
      statusGap: statusColumn === undefined ? 'no-column' : 'absent',
      moments,
      unit: lineAt(unit),
      channel: (channelCell && channelInText(textOf(channelCell))) || found.channel || options.channel,
      limit: known && { ...known },
      step: lineAt(step),
    });
    result.push({ record, row, anchor: cells[anchorAt] ?? codeCell });
  }

  return {
    rows: result,
    unreadable,
    columns: columnTitles({ ...index, status: statusColumn }, titles, options),
    loading: false,
  };
}

/** Codes of a cell; most hold one known code and nothing else. */
function codesOf(cell: Element, strict: boolean | undefined): CodeCell | null {
  const text = rawText(cell).trim();
  const end = text.search(/\s/);
  const first = end === -1 ? text : text.slice(0, end);
  if (isKnownCode(first)) {
    const codes = { code: first, aliases: [], codeKnown: true };
    if (end === -1) return { codes, channel: null };
    const channel = channelOfLine(text.slice(end).trim());
    if (channel) return { codes, channel };
  }
  return readCodeCell(linesOf(cell), strict);
}

const procedures = new Map<string, Dossier['procedure']>();

/** Procedure of a cell by its text and tooltip, worked out once for each pair. */
function procedureOf(cell: Element): Dossier['procedure'] {
  const title = titleOf(cell);
  const key = `${rawText(cell)}\u0000${title ?? ''}`;
  let procedure = procedures.get(key);
  if (procedure === undefined) {
    // These texts come from the page: a hostile one must not make this grow.
    if (procedures.size > 2000) procedures.clear();
    procedure = readProcedure(textOf(cell), title);
    procedures.set(key, procedure);
  }
  return procedure;
}

function procedureAt(cells: ArrayLike<Element>, index: ColumnIndex): Dossier['procedure'] {
  const cell = index.procedure === undefined ? undefined : cells[index.procedure];
  const procedure = cell ? { ...procedureOf(cell) } : {};
  const codeCell = index.procedureCode === undefined ? undefined : cells[index.procedureCode];
  const code = codeCell && procedure.code === undefined ? linesOf(codeCell)[0] : undefined;
  if (code !== undefined) procedure.code = code.slice(0, 60);
  return procedure;
}

type Moments = Partial<Record<MomentFieldName, MomentReading>>;

/** A colon that is no part of a time: something in the cell has a label. */
const LABELLED = /[^\d\s]\s*:/;

const TWO_DATES = /\d{4}.*\d[/-]\d{1,2}[/-]\d{4}/s;

/** A column of dates: the first date in the cell, and what it says about another under a label of its own. */
function addMoment(moments: Moments, field: (typeof MOMENT_HEADERS)[number], cell: Element, index: ColumnIndex): void {
  const text = rawText(cell);
  const labelled = LABELLED.test(text);
  // Glued lines can hide a date ("06/08/202617:00"), never make one: what is found here is the first date.
  // Two dates in one cell are taken line by line, because one of them may be hidden.
  const found = labelled || TWO_DATES.test(text) ? null : parseMoment(text);
  if (found) {
    moments[field] = found;
    return;
  }
  const lines = linesOf(cell);
  const values = labelled ? readLabelled(lines) : null;
  if (values === null || values.size === 0) {
    moments[field] = readMoment(lines);
    return;
  }
  // "06/08/2026" over "Gia hạn: 10/08/2026": a date with another label belongs to that label.
  const own = values.get(field);
  moments[field] = readMoment(own === undefined ? beforeLabels(lines) : [own]);
  for (const other of MOMENT_HEADERS) {
    const value = values.get(other);
    if (other !== field && value !== undefined && index[other] === undefined) moments[other] = readMoment([value]);
  }
}

/** Several moments in one cell, each under its label. */
function addMerged(moments: Moments, cell: Element, weakDue: boolean): void {
  const values = readGlued(rawText(cell)) ?? readLabelled(linesOf(cell));
  for (const field of MOMENT_HEADERS) {
    const value = values.get(field);
    // An empty "Hẹn trả:" says that there is none; only a column of its own, named as strongly, may say otherwise.
    const owned = typeof moments[field] === 'object' && !(field === 'dueAt' && weakDue);
    if (value !== undefined) {
      if (!owned) moments[field] = readMoment([value]);
    } else if (field === 'dueAt' || field === 'receivedAt') {
      moments[field] ??= values.size > 0 ? 'absent' : 'unreadable';
    }
  }
}

function beforeLabels(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => LABELLED.test(line));
  return first === -1 ? [...lines] : lines.slice(0, first);
}

function addAliases(codes: CodeCell['codes'], lines: readonly string[]): void {
  const more = readCodes(lines);
  if (!more?.codeKnown) return;
  const all = new Set([...codes.aliases, more.code, ...more.aliases]);
  all.delete(codes.code);
  codes.aliases = [...all].slice(0, 8);
}

function holdsCode(row: Element): boolean {
  return linesOf(row).some((line) => readCodes([line])?.codeKnown === true);
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
