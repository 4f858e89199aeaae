import { closeSync, openSync, readSync, statSync } from 'node:fs';
import words from '../connectors/files/data/values.json' with { type: 'json' };
import { type Inspection, inspectFile } from '../connectors/files/index.ts';
import { openPath } from '../connectors/files/node.ts';
import statuses from '../lib/dossier/data/statuses.json' with { type: 'json' };
import {
  buildReport,
  type ReconcileReport,
  type ReconcileRules,
  type RecordGroup,
  SIDES,
  type Side,
  type SideRecord,
} from '../lib/reconcile/index.ts';
import { fold } from '../lib/text/index.ts';
import { type FileSource, joinFiles } from './join/index.ts';

/** Bytes of all files together from which they are joined straight from the disk, by all cores. */
const BIG = 64 * 1024 * 1024;
const HEAD = 65_536;
const FIELDS = {
  procedure: 'procedure',
  status: 'status',
  statusText: 'statusText',
  receivedAt: 'receivedAt',
  dueAt: 'dueAt',
  finishedAt: 'finishedAt',
  hasResult: 'result',
  unit: 'unit',
  updatedAt: 'updatedAt',
} as const;

/** Words for the ten statuses, as they are written and without accents: the join knows nothing else. */
const STATUS_WORDS: Record<string, number> = { ...words.statusWords };
for (const { code, words: said } of statuses.statuses)
  for (const text of said) {
    STATUS_WORDS[text] = code;
    STATUS_WORDS[fold(text)] = code;
  }

export type BulkFiles = { files: Partial<Record<Side, FileSource>> } | { why: string };

const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** The first lines of a file, split as plainly as the join does. */
function headOf(path: string, { headerLine, delimiter = ',' }: Inspection): string[] {
  const file = openSync(path, 'r');
  const bytes = new Uint8Array(HEAD);
  const length = readSync(file, bytes, { position: 0 });
  closeSync(file);
  const line = new TextDecoder().decode(bytes.subarray(0, length)).split(/\r\n|\n|\r/)[headerLine - 1] ?? '';
  return line.includes('"') ? [] : line.split(delimiter).map((text) => text.normalize('NFC').trim());
}

/** The columns of a file as the join takes them, or why the join cannot read it. */
function sourceOf(path: string, inspection: Inspection): { source: FileSource } | { why: string } {
  const { columns, encoding = '', delimiter, headerLine, kind } = inspection;
  if (kind !== 'csv' || !/^utf-?8/i.test(encoding)) return { why: 'không phải CSV UTF-8' };
  if (delimiter !== ',' && delimiter !== ';' && delimiter !== '\t') return { why: 'dấu ngăn cột lạ' };
  const head = headOf(path, inspection);
  if (head.length !== columns.length || columns.some(({ header }, i) => header !== head[i]))
    return { why: 'dòng tiêu đề không đơn giản' };
  if (columns.some(({ dates }) => dates && (dates.order !== 'dmy' || dates.wholeDays)))
    return { why: 'dạng ngày riêng' };
  const of = (field: string) => columns.findIndex((column) => column.field === field);
  const told = Object.entries(FIELDS).flatMap(([field, name]) => (of(field) < 0 ? [] : [[name, of(field)]]));
  const aliases = columns.flatMap(({ field }, i) => (field === 'alias' ? [i] : []));
  const base = { delimiter, headerRows: headerLine, columns: columns.length, code: of('code'), statuses: STATUS_WORDS };
  return {
    source: { path, mapping: { ...base, ...Object.fromEntries(told), ...(aliases.length > 0 && { aliases }) } },
  };
}

/** Files that are joined straight from the disk; null: they are small, or not all of them are CSV. */
export async function bulkFiles(names: Partial<Record<Side, string>>, always: boolean): Promise<BulkFiles | null> {
  const paths = Object.entries(names).map(([side, name]) => [side as Side, name.replace(/^file:/, ''), name] as const);
  if (paths.some(([, , name]) => !/^file:.*\.csv$/i.test(name))) return null;
  if (!always && paths.reduce((sum, [, path]) => sum + size(path), 0) < BIG) return null;
  const files: Partial<Record<Side, FileSource>> = {};
  for (const [side, path] of paths) {
    const inspection = await inspectFile(await openPath(path), side);
    const made = inspection.problems.length > 0 ? { why: inspection.problems.join('; ') } : sourceOf(path, inspection);
    if ('why' in made) return { why: `${path}: ${made.why}` };
    files[side] = made.source;
  }
  return { files };
}

/** Joins files of any size: rows that are the same never become objects, the others are read again. */
export async function reconcileBulk(
  files: Partial<Record<Side, FileSource>>,
  rules: ReconcileRules,
  now: number,
): Promise<ReconcileReport> {
  const sides = SIDES.filter((side) => files[side] !== undefined);
  const { outcome, rows } = await joinFiles(files, { sides, tolerance: rules.tolerance });
  try {
    const pick = (side: Side, numbers: readonly number[]): SideRecord[] => numbers.map((row) => rows.record(side, row));
    const groups = function* (): Generator<RecordGroup> {
      for (const { city, national, lgsp } of outcome.groups)
        yield { city: pick('city', city), national: pick('national', national), lgsp: pick('lgsp', lgsp) };
    };
    const readable = Object.fromEntries(sides.map((side) => [side, outcome.rows[side] - outcome.unreadableRows[side]]));
    return buildReport(
      { rows: readable, equalRows: outcome.equalRows, groups: groups(), unreadable: [...rows.unreadable()] },
      { rules, sides, now },
    );
  } finally {
    rows.close();
  }
}
