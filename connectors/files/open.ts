import type { FileMapping } from './mapping.ts';
import { openCsv } from './open-csv.ts';
import { openJson } from './open-json.ts';
import { openXlsx } from './open-xlsx.ts';
import { kindOf, type SourceFile } from './source.ts';
import type { Table } from './table.ts';

/**
 * Opens a file as a table. A choice that is left out is found.
 * @throws FileError when the file is none, or passes a limit.
 */
export async function openTable(file: SourceFile, choice: FileMapping = {}, signal?: AbortSignal): Promise<Table> {
  const kind = await kindOf(file);
  const open = { xlsx: openXlsx, csv: openCsv, json: openJson }[kind];
  const table = await open(file, choice, signal);
  const extension = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const usual = { xlsx: ['xlsx'], csv: ['csv', 'tsv', 'txt'], json: ['json', 'ndjson', 'jsonl'] }[kind];
  if (!usual.includes(extension))
    table.warnings.push(`tên tệp có đuôi «.${extension}» nhưng nội dung là ${kind}; đọc theo nội dung`);
  return table;
}
