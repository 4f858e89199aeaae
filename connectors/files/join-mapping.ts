import statuses from '../../lib/dossier/data/statuses.json' with { type: 'json' };
import type { ColumnMapping } from '../../lib/reconcile/index.ts';
import { fold } from '../../lib/text/index.ts';
import words from './data/values.json' with { type: 'json' };
import type { Inspection } from './inspect.ts';
import type { SourceFile } from './source.ts';

const HEAD = 65_536;
/** Field of a column → name in the join. */
const FIELDS = {
  procedure: 'procedure',
  status: 'status',
  statusText: 'statusText',
  receivedAt: 'receivedAt',
  dueAt: 'dueAt',
  finishedAt: 'finishedAt',
  hasResult: 'result',
  unit: 'unit',
  unitName: 'unitName',
  updatedAt: 'updatedAt',
} as const;

/** Words for the ten statuses, as they are written and without accents: the join knows nothing else. */
const STATUS_WORDS: Record<string, number> = { ...words.statusWords };
for (const { code, words: said } of statuses.statuses)
  for (const text of said) {
    STATUS_WORDS[text] = code;
    STATUS_WORDS[fold(text)] = code;
  }

/** The first lines of a file, split as plainly as the join does. */
async function headOf(file: SourceFile, { headerLine, delimiter = ',' }: Inspection): Promise<string[]> {
  const bytes = await file.slice(0, HEAD).arrayBuffer();
  const line = new TextDecoder().decode(bytes).split(/\r\n|\n|\r/)[headerLine - 1] ?? '';
  return line.includes('"') ? [] : line.split(delimiter).map((text) => text.normalize('NFC').trim());
}

/**
 * The columns of a file as the fast join takes them, or in Vietnamese why it cannot read the file: then it is read row by row.
 * @param inspection what `inspectFile` found, with the mapping that the person chose.
 */
export async function joinMapping(
  file: SourceFile,
  inspection: Inspection,
): Promise<{ mapping: ColumnMapping } | { why: string }> {
  const { columns, encoding = '', delimiter, headerLine, kind, problems } = inspection;
  if (problems.length > 0) return { why: problems.join('; ') };
  if (kind !== 'csv' || !/^utf-?8/i.test(encoding)) return { why: 'không phải CSV UTF-8' };
  if (delimiter !== ',' && delimiter !== ';' && delimiter !== '\t') return { why: 'dấu ngăn cột lạ' };
  const head = await headOf(file, inspection);
  if (head.length !== columns.length || columns.some(({ header }, i) => header !== head[i]))
    return { why: 'dòng tiêu đề không đơn giản' };
  if (columns.some(({ dates }) => dates && (dates.order !== 'dmy' || dates.wholeDays)))
    return { why: 'dạng ngày riêng' };
  const of = (field: string) => columns.findIndex((column) => column.field === field);
  const told = Object.entries(FIELDS).flatMap(([field, name]) => (of(field) < 0 ? [] : [[name, of(field)]]));
  const aliases = columns.flatMap(({ field }, i) => (field === 'alias' ? [i] : []));
  const base = { delimiter, headerRows: headerLine, columns: columns.length, code: of('code'), statuses: STATUS_WORDS };
  return { mapping: { ...base, ...Object.fromEntries(told), ...(aliases.length > 0 && { aliases }) } };
}
