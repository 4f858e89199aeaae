import { isPrivateName } from './columns.ts';
import { type JsonRow, jsonRows } from './json-rows.ts';
import type { FileMapping } from './mapping.ts';
import { FileError, LIMITS, type SourceFile, type TableRow } from './source.ts';
import { PEEK, same, type Table } from './table.ts';

/** Objects looked at for their names. */
const NAMED = 500;

/** @throws FileError when there is no list of objects */
export async function openJson(file: SourceFile, _choice: FileMapping, signal?: AbortSignal): Promise<Table> {
  const names = new Set<string>();
  const first: JsonRow[] = [];
  let seen = 0;
  for await (const batch of jsonRows(file, isPrivateName, signal)) {
    for (const row of batch) {
      if (!('values' in row)) continue;
      for (const name of row.values.keys()) names.add(name);
      if (first.length < PEEK) first.push(row);
    }
    seen += batch.length;
    if (seen >= NAMED) break;
  }
  if (seen === 0) throw new FileError(file.name, 'không có hồ sơ nào');
  const headers = [...names].slice(0, LIMITS.columns);
  const cellsOf = ({ line, values }: JsonRow): TableRow => ({
    line,
    cells: headers.map((name) => values.get(name) ?? null),
  });
  return {
    file: file.name,
    kind: 'json',
    encoding: 'utf-8',
    sheets: [],
    headerLine: 0,
    headers,
    date1904: false,
    warnings: [],
    sample: first.map(cellsOf),
    words: same,
    rows: async function* (stop) {
      for await (const batch of jsonRows(file, isPrivateName, stop))
        yield batch.map((row) => ('values' in row ? cellsOf(row) : row));
    },
  };
}
