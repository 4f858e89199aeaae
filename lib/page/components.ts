import type { DossierComponent } from '../schema/index.ts';
import { linesOf, textOf } from './cells.ts';
import { type ComponentColumn, componentColumn } from './headers.ts';
import { bodyCells, bodyRowsOf, readTable } from './table.ts';

/**
 * Tables of the papers of a dossier (thành phần hồ sơ). Files are counted by their links; of a file only the
 * size and the extension are kept, because file names hold people's names. A row without a file is `unknown`, never
 * `missing`: one scan may cover two papers, and some rows apply only under a condition.
 */
export interface ComponentOptions {
  /** Links that are files, within the file cell. */
  file: string;
  /** What a row must hold in its file cell to be a paper at all; heading rows have none of it. Empty: any row. */
  slot: string;
  /** A row whose file cell is empty is a heading: a paper without a file says so ("Chưa có"). */
  skipEmpty?: boolean;
  /** Column by class, when the header's words are not known. */
  columnByClass?: (className: string) => ComponentColumn | null;
}

const SIZE = /(\d+(?:[.,]\d+)?)\s*(B|KB|MB|GB)\b/gi;
const UNIT = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };
const QUANTITY = /(?:^|\s)(\d{1,3})\s*(?=bản|tờ|bộ)/i;
const REQUIRED_MARK = /\(\s*\*\s*\)|\*\s*$/;

/** Lower-case extension of a file name, or nothing; the name itself goes no further. */
export function extensionOf(name: string): string | undefined {
  return /\.([a-z0-9]{1,5})\s*$/i.exec(name)?.[1]?.toLowerCase();
}

/** Sizes in bytes named in a text, in order: "(66 KB)". */
function sizesIn(text: string): number[] {
  return [...text.matchAll(SIZE)].map(([, value = '', unit = 'B']) => {
    const bytes = Number(value.replace(',', '.')) * UNIT[unit.toUpperCase() as keyof typeof UNIT];
    return Math.round(bytes);
  });
}

function filesIn(cell: Element, selector: string): DossierComponent['files'] {
  const links = [...cell.querySelectorAll(selector)].slice(0, 200);
  const sizes = sizesIn(textOf(cell));
  return links.map((link, i) => {
    const file: DossierComponent['files'][number] = {};
    const size = sizes.length === links.length ? sizes[i] : undefined;
    const type = extensionOf(textOf(link));
    if (size !== undefined) file.size = size;
    if (type !== undefined) file.type = type;
    return file;
  });
}

/** "Bản chính", of a cell of radios the one that is chosen. */
function kindOf(cell: Element): string | undefined {
  const radios = [...cell.querySelectorAll('input[type="radio"]')] as HTMLInputElement[];
  const chosen = radios.find((radio) => radio.checked || radio.hasAttribute('checked'));
  if (radios.length > 0 && chosen === undefined) return undefined;
  const label = chosen?.closest('label, mat-radio-button') ?? chosen?.parentElement ?? cell;
  return textOf(label).slice(0, 200) || undefined;
}

/** Kind and number of copies: from a column of words ("1 Bản chính"), or from columns that count each kind. */
function addKind(component: DossierComponent, cellOf: (column: ComponentColumn) => Element | undefined): void {
  const count = (column: ComponentColumn) => {
    const cell = cellOf(column);
    const n = Number(cell ? textOf(cell) || Number.NaN : Number.NaN);
    return Number.isInteger(n) && n > 0 && n < 1000 ? n : undefined;
  };
  const kindCell = cellOf('kind');
  const original = count('original');
  const kind = kindCell ? kindOf(kindCell) : original ? 'Bản chính' : count('copy') ? 'Bản sao' : undefined;
  const named = QUANTITY.exec(kind ?? '')?.[1];
  const quantity = count('quantity') ?? (named === undefined ? (original ?? count('copy')) : Number(named));
  if (kind !== undefined) component.kind = kind;
  if (quantity !== undefined) component.quantity = quantity;
}

/** Papers of a component table, or null when the table is not one. */
export function readComponents(table: Element, options: ComponentOptions): DossierComponent[] | null {
  const shape = readTable(table);
  if (shape === null) return null;
  const rows = bodyRowsOf(shape);
  const column: Partial<Record<ComponentColumn, number>> = {};
  const first = (rows[0] && bodyCells(rows[0], shape.titles.length)) ?? [];
  shape.titles.forEach((title, i) => {
    const found = componentColumn(title) ?? options.columnByClass?.(first[i]?.className ?? '') ?? null;
    if (found !== null && column[found] === undefined) column[found] = i;
  });
  if (column.name === undefined || column.files === undefined) return null;

  const components: DossierComponent[] = [];
  for (const row of rows) {
    const cells = bodyCells(row, shape.titles.length);
    if (cells === null) continue;
    const nameCell = cells[column.name];
    const fileCell = cells[column.files];
    if (nameCell === undefined || fileCell === undefined) continue;
    const files = filesIn(fileCell, options.file);
    if (options.slot !== '' && files.length === 0 && fileCell.querySelector(options.slot) === null) continue;
    if (options.skipEmpty && files.length === 0 && textOf(fileCell) === '') continue;
    const name = linesOf(nameCell).join(' ');
    if (name === '') continue;
    const component: DossierComponent = {
      name: name.slice(0, 600),
      state: files.length > 0 ? 'present' : 'unknown',
      files,
    };
    if (REQUIRED_MARK.test(name)) component.required = true;
    addKind(component, (name) => (column[name] === undefined ? undefined : cells[column[name]]));
    components.push(component);
    if (components.length >= 300) break;
  }
  return components;
}
