import { linesOf } from './cells.ts';
import { type ColumnMap, type HeaderField, mapColumns } from './headers.ts';

/**
 * Tables as the hosts write them: native, Angular Material (elements or attributes), or ARIA roles on <div>. A table
 * is known by the words of its header, never by an id, and its columns are found once, not per row.
 */

export interface TableShape {
  table: Element;
  columns: ColumnMap;
  /** Header text of each column, as shown. */
  titles: string[];
  /** How many rows at the top are the header (and what stands above it). */
  headerRows: number;
}

const ROW_TAGS = new Set(['tr', 'mat-row', 'mat-header-row']);
const CELL_TAGS = new Set(['td', 'th', 'mat-cell', 'mat-header-cell']);
// Never `mat-row` alone: an upgrade of Angular Material renames it to mat-mdc-row; cdk-row survives.
const ROW_CLASS = /(?:^|\s)(?:cdk-row|cdk-header-row|mat-mdc-row|mat-mdc-header-row)(?:\s|$)/;
const HEADER_CLASS = /(?:^|\s)(?:cdk-header-row|mat-mdc-header-row|mat-header-row|grid-?header)(?:\s|$)/i;
const HEADER_ROWS_AT_MOST = 6;

function isRow(element: Element): boolean {
  if (ROW_TAGS.has(element.localName)) return true;
  return element.getAttribute('role') === 'row' || ROW_CLASS.test(element.className);
}

function isCell(element: Element): boolean {
  if (CELL_TAGS.has(element.localName)) return true;
  const role = element.getAttribute('role');
  if (role !== null && /^(?:cell|gridcell|columnheader|rowheader)$/.test(role)) return true;
  return /(?:^|\s)cdk-(?:header-)?cell(?:\s|$)/.test(element.className);
}

/** The first `limit` rows of this table and of no table inside it, header and footer included but for a `tfoot`. */
function rowsOf(table: Element, limit: number): Element[] {
  const rows: Element[] = [];
  const collect = (parent: Element, depth: number): void => {
    for (let child = parent.firstElementChild; child !== null; child = child.nextElementSibling) {
      if (rows.length >= limit) return;
      if (isRow(child)) rows.push(child);
      else if (depth < 3 && child.localName !== 'table' && child.localName !== 'tfoot') collect(child, depth + 1);
    }
  };
  collect(table, 0);
  return rows;
}

function isHeaderRow(row: Element): boolean {
  if (row.localName === 'mat-header-row' || HEADER_CLASS.test(row.className)) return true;
  if (row.parentElement?.localName === 'thead') return true;
  const first = row.firstElementChild;
  if (first === null) return false;
  for (let cell: Element | null = first; cell !== null; cell = cell.nextElementSibling) {
    if (cell.localName !== 'th' && cell.getAttribute('role') !== 'columnheader') return false;
  }
  return true;
}

const spanOf = (cell: Element, name: 'colspan' | 'rowspan') => {
  const span = Number(cell.getAttribute(name) ?? 1);
  return Number.isInteger(span) && span >= 1 && span <= 100 ? span : 1;
};

function isSpanning(cell: Element | undefined): boolean {
  return cell?.hasAttribute('colspan') === true && spanOf(cell, 'colspan') > 1;
}

interface HeaderGrid {
  /** Per column the header cells over it, the top row first; a cell that spans several columns says less. */
  cells: { cell: Element; spanning: boolean }[][];
}

/** Puts header rows with colspan and rowspan into columns. */
function gridOf(rows: readonly Element[]): HeaderGrid {
  const cells: HeaderGrid['cells'] = [];
  const taken: number[] = [];
  rows.forEach((row, r) => {
    let column = 0;
    for (let cell = row.firstElementChild; cell !== null; cell = cell.nextElementSibling) {
      if (!isCell(cell)) continue;
      while ((taken[column] ?? 0) > r) column += 1;
      const width = spanOf(cell, 'colspan');
      const until = r + spanOf(cell, 'rowspan');
      for (let c = column; c < column + width; c += 1) {
        taken[c] = until;
        const stack = cells[c] ?? [];
        stack.push({ cell, spanning: width > 1 });
        cells[c] = stack;
      }
      column += width;
    }
  });
  // Holes of a malformed header must still be columns.
  for (let c = 0; c < cells.length; c += 1) cells[c] ??= [];
  return { cells };
}

export interface TableOptions {
  /** Field of a column by the classes of its header cell, when its words are not known. */
  fieldByClass?: (className: string) => HeaderField | null;
}

/** A header cell of more text than this is a layout cell, not a header. */
const HEADER_TEXT_AT_MOST = 120;

function headerLines(cell: Element): string[] {
  if (cell.getElementsByTagName('table').length > 0) return [];
  const lines = linesOf(cell);
  return lines.join(' ').length > HEADER_TEXT_AT_MOST ? [] : lines;
}

/** Reads the header of a table, from its first rows only; null when it has no rows at all. */
export function readTable(table: Element, options: TableOptions = {}): TableShape | null {
  const rows = rowsOf(table, HEADER_ROWS_AT_MOST);
  const [first] = rows;
  if (first === undefined) return null;
  const plain = rows.findIndex((row) => !isHeaderRow(row));
  const count = plain === -1 ? rows.length : plain;
  const marked = count > 0 ? shapeOf(table, rows.slice(0, count), count, options) : null;
  if (marked !== null && marked.columns.known >= 2) return marked;
  // Headers written as ordinary cells, perhaps below a title row.
  for (let i = count; i < rows.length; i += 1) {
    const found = shapeOf(table, rows.slice(i, i + 1), i + 1, options);
    if (found.columns.known >= 3) return found;
  }
  // Without a header row the classes of the first row's cells are all there is.
  return marked ?? shapeOf(table, [first], 0, options);
}

function shapeOf(table: Element, header: Element[], headerRows: number, options: TableOptions): TableShape {
  const { cells } = gridOf(header.filter((row) => row.childElementCount !== 1));
  const candidates = cells.map((stack) => {
    if (headerRows === 0) return [];
    const deepest = [...stack].reverse();
    return deepest.filter((entry, i) => i === 0 || !entry.spanning).map((entry) => headerLines(entry.cell));
  });
  const columns = mapColumns(candidates);
  const titles = candidates.map((texts) => texts.find((lines) => lines.length > 0)?.join(' ') ?? '');
  if (options.fieldByClass) addByClass(columns, cells, options.fieldByClass);
  return { table, columns, titles, headerRows };
}

const SUM = /^\s*(?:tổng|cộng)/i;

/** A row of sums at the end of a table has the cells of a dossier and is none. */
function isSum(row: Element): boolean {
  return SUM.test((row.textContent ?? '').normalize('NFC'));
}

/** A header row repeated below; told by its first cell, because this is asked of every row. */
function isHeaderAgain(row: Element): boolean {
  const tag = row.firstElementChild?.localName;
  return tag !== 'td' && tag !== 'mat-cell' && isHeaderRow(row);
}

/** Rows below the header, the first `limit` of them; odd ones (pagers, group headings) too. */
export function rowsBelow(shape: TableShape, limit = Number.POSITIVE_INFINITY): Element[] {
  const all = rowsOf(shape.table, limit + shape.headerRows);
  const rows: Element[] = [];
  for (let i = shape.headerRows; i < all.length; i += 1) {
    const row = all[i] as Element;
    if (!isHeaderAgain(row) && !(i >= all.length - 2 && isSum(row))) rows.push(row);
  }
  return rows;
}

/**
 * The cells of a row that has the columns of the table, or null: pagers, group headings and "không có dữ liệu" span
 * several columns and so have fewer cells.
 */
export function bodyCells(row: Element, columns: number): ArrayLike<Element> | null {
  const { children } = row;
  if (children.length === columns) return children;
  const cells = [...children].filter(isCell);
  return cells.length === columns && !isSpanning(cells[0]) ? cells : null;
}

/** Rows below the header that have all columns, among the first `limit`. */
export function bodyRowsOf(shape: TableShape, limit?: number): Element[] {
  return rowsBelow(shape, limit).filter((row) => bodyCells(row, shape.titles.length) !== null);
}

/** Columns that no word told, by class; a column or field that a word has claimed is left alone. */
function addByClass(
  columns: ColumnMap,
  cells: HeaderGrid['cells'],
  fieldByClass: NonNullable<TableOptions['fieldByClass']>,
): void {
  const used = new Set(Object.values(columns.index));
  cells.forEach((stack, column) => {
    const last = stack.at(-1);
    if (last === undefined || used.has(column)) return;
    const field = fieldByClass(last.cell.className);
    if (field === null || columns.index[field] !== undefined) return;
    columns.index[field] = column;
    columns.match[field] = { field, score: 2 };
    columns.known += 1;
    used.add(column);
  });
}

/** A table of dossiers: at least `least` known columns, one of them a code or a promised date. */
export function isDossierTable({ columns }: TableShape, least = 3): boolean {
  const { index } = columns;
  return columns.known >= least && (index.code !== undefined || index.dueAt !== undefined || index.times !== undefined);
}
