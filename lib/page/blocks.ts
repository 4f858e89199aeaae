import type { MomentFieldName } from '../schema/index.ts';
import type { ListReading, ReadContext, RowReading } from './adapter.ts';
import { linesOf } from './cells.ts';
import { type HeaderField, MOMENT_HEADERS, matchLabel, readLabelled } from './headers.ts';
import { buildRecord } from './record.ts';
import type { RowOptions } from './rows.ts';
import { type MomentReading, readCodeCell, readMoment, readProcedure, splitChannel } from './values.ts';

/**
 * Rows of the narrow screen, where one cell holds everything: the code, the procedure, then labelled lines. What
 * stands before the first label is code and procedure; of the labelled lines only moments are read, never a name.
 */
function labelOf(line: string): HeaderField | null {
  const at = line.indexOf(':');
  return at > 0 ? matchLabel(line.slice(0, at)) : null;
}

function readBlock(
  cell: Element,
  row: Element,
  context: ReadContext,
  options: RowOptions,
): RowReading | 'no-code' | null {
  const lines = linesOf(cell);
  const first = lines.findIndex((line) => labelOf(line) !== null);
  if (first < 1) return null;
  const values = readLabelled(lines.slice(first));
  if (!values.has('receivedAt') && !values.has('dueAt') && !values.has('submittedAt')) return null;
  const found = readCodeCell(lines.slice(0, 1));
  if (found === null) return 'no-code';
  const moments: Partial<Record<MomentFieldName, MomentReading>> = { receivedAt: 'absent', dueAt: 'absent' };
  for (const field of MOMENT_HEADERS) {
    const value = values.get(field);
    if (value !== undefined) moments[field] = readMoment([value]);
  }
  const name = lines.slice(1, first).filter((line) => splitChannel(line).line !== '');
  const record = buildRecord({
    adapter: options.adapter,
    readAt: context.readAt,
    codes: found.codes,
    procedure: readProcedure(name.join(' '), null),
    procedureGap: 'absent',
    status: options.pageStatus ? { ...options.pageStatus } : { code: 'unknown', text: '' },
    statusGap: 'no-column',
    moments,
    channel: found.channel ?? options.channel,
  });
  return { record, row, anchor: cell };
}

/** True for a row one of whose cells is such a block. */
export function isBlock(row: Element): boolean {
  for (const cell of row.children) {
    const lines = linesOf(cell);
    if (lines.length < 3 || lines.findIndex((line) => labelOf(line) !== null) < 1) continue;
    const values = readLabelled(lines);
    if (values.has('receivedAt') || values.has('dueAt') || values.has('submittedAt')) return true;
  }
  return false;
}

/** Reads rows of one-cell blocks. */
export function readBlocks(rows: readonly Element[], context: ReadContext, options: RowOptions): ListReading {
  const result: RowReading[] = [];
  let unreadable = 0;
  for (const row of rows) {
    let reading: RowReading | 'no-code' | null = null;
    for (const cell of row.children) reading ??= readBlock(cell, row, context, options);
    if (reading === null || reading === 'no-code') unreadable += 1;
    else result.push(reading);
  }
  const block = '(một ô)';
  const columns: ListReading['columns'] = { code: block, procedure: block, receivedAt: block, dueAt: block };
  if (options.pageStatus) columns.status = options.pageStatus.text;
  return { rows: result, unreadable, columns, loading: false };
}
