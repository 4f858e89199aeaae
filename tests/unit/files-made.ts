import { strToU8, type Zippable, zipSync } from 'fflate';
import type { FileMapping, SourceFile } from '../../connectors/files/index.ts';
import { type OutCell, type OutRows, xlsxBytes } from '../../connectors/files/index.ts';
import { type ReadSummary, readFile } from '../../connectors/files/read.ts';
import type { Side, SideRecord, UnreadableRow } from '../../lib/reconcile/index.ts';

/** Files made for the tests of the file readers; codes are of a province that does not exist (H29.999). */

export const CODE = (n: number) => `000.00.99.H29-261105-${String(n).padStart(4, '0')}`;

export const fileOf = (name: string, content: string | Uint8Array): SourceFile =>
  new File([content as Uint8Array<ArrayBuffer>], name);

export interface Reading {
  records: SideRecord[];
  unreadable: UnreadableRow[];
  summary: ReadSummary;
}

/** Everything that a file gives. */
export async function readAll(file: SourceFile, mapping?: FileMapping, side: Side = 'city'): Promise<Reading> {
  const reading: Omit<Reading, 'summary'> = { records: [], unreadable: [] };
  const rows = readFile(file, side, mapping ? { mapping } : {});
  for (;;) {
    const { done, value } = await rows.next();
    if (done) return { ...reading, summary: value };
    reading.records.push(...value.records);
    reading.unreadable.push(...value.unreadable);
  }
}

/** A workbook of one sheet whose first row is the header. */
export async function workbookOf(headers: string[], rows: OutRows, name = 'hoso.xlsx'): Promise<SourceFile> {
  return fileOf(name, await xlsxBytes([{ name: 'Hồ sơ', columns: headers.map((header) => ({ header })), rows }]));
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

export interface RawWorkbook {
  /** XML within <worksheet>. */
  sheet: string | Uint8Array;
  date1904?: boolean;
  /** Further parts, or others in the place of those that are made. */
  parts?: Record<string, string | Uint8Array>;
  level?: 0 | 6 | 9;
}

/** A workbook written by hand, for what no honest writer writes. */
export function rawWorkbook({ sheet, date1904 = false, parts = {}, level = 6 }: RawWorkbook): Uint8Array {
  const all: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml':
      typeof sheet === 'string' ? `${HEAD}<worksheet xmlns="${MAIN}">${sheet}</worksheet>` : sheet,
    ...parts,
  };
  const zip: Zippable = {};
  for (const [name, content] of Object.entries(all))
    zip[name] = [typeof content === 'string' ? strToU8(content) : content, { level }];
  return zipSync(zip);
}

/** Rows of a sheet as XML, texts inline; merges as Excel names them. */
export function sheetOf(rows: readonly (readonly OutCell[])[], merges: readonly string[] = []): string {
  const cell = (value: OutCell, place: string) => {
    if (value === null || value === undefined || value === '') return '';
    return typeof value === 'number'
      ? `<c r="${place}"><v>${value}</v></c>`
      : `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;
  };
  const xml = rows.map(
    (row, y) =>
      `<row r="${y + 1}">${row.map((value, x) => cell(value, `${String.fromCharCode(65 + x)}${y + 1}`)).join('')}</row>`,
  );
  const merged =
    merges.length > 0
      ? `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
      : '';
  return `<sheetData>${xml.join('')}</sheetData>${merged}`;
}

/** Epoch seconds of a wall clock in Vietnam: `2026-11-05T09:30:00`. */
export const at = (clock: string): number => Date.parse(`${clock}+07:00`) / 1000;
