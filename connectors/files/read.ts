import type { ReadOutcome, Side, SideRecord, SourceReader } from '../../lib/reconcile/index.ts';
import { type Plan, planOf } from './inspect.ts';
import { FileMapping } from './mapping.ts';
import { RowReader } from './records.ts';
import { type BadRow, FileError, isBad, type SourceFile, type TableRow } from './source.ts';

/** What a whole reading came to. */
export interface ReadSummary {
  records: number;
  unreadable: number;
  ignored: number;
  /** Rows that are no dossier, by reason. */
  ignoredBy: Record<string, number>;
  /** The first of them, for a person to look at. */
  examples: { line: number; reason: string }[];
}

const EXAMPLES = 50;

export interface ReadOptions {
  /** Left out: the file is read as its words say, and refused when they do not say enough. */
  mapping?: FileMapping;
  signal?: AbortSignal;
  /** Sees the row of each record, for columns that are no field of a record; asked once, when the columns are known. */
  beside?(plan: Plan): (row: TableRow, record: SideRecord) => void;
}

/**
 * The dossiers of a file, in pieces. Every row below the header ends as a record, as unreadable, or as ignored with a reason (the
 * summary); blank rows are none.
 * @throws FileError when the file, its header or its date columns leave a choice open
 */
export async function* readFile(
  file: SourceFile,
  side: Side,
  { mapping = {}, signal, beside }: ReadOptions = {},
): AsyncGenerator<ReadOutcome, ReadSummary> {
  const plan = await planOf(file, side, FileMapping.parse(mapping), signal);
  const { table, columns, dates, inspection, falseZ } = plan;
  if (inspection.problems.length > 0) throw new FileError(file.name, inspection.problems.join('; '));
  const at = (line: number) => `${file.name}:${line}`;
  const reader = new RowReader({
    columns,
    headers: table.headers,
    dates,
    reading: { falseZ, date1904: table.date1904 },
    words: table.words,
    at,
  });
  const seen = beside?.(plan);
  const summary: ReadSummary = { records: 0, unreadable: 0, ignored: 0, ignoredBy: {}, examples: [] };
  for await (const batch of table.rows(signal)) {
    const outcome = outcomeOf(batch, side, reader, at, summary, seen);
    summary.records += outcome.records.length;
    summary.unreadable += outcome.unreadable.length;
    if (outcome.records.length + outcome.unreadable.length > 0) yield outcome;
  }
  return summary;
}

function outcomeOf(
  batch: readonly (TableRow | BadRow)[],
  side: Side,
  reader: RowReader,
  at: (line: number) => string,
  summary: ReadSummary,
  seen?: (row: TableRow, record: SideRecord) => void,
): ReadOutcome {
  const outcome: ReadOutcome = { records: [], unreadable: [] };
  for (const row of batch) {
    const reading = isBad(row) ? ({ kind: 'unreadable', reason: row.reason } as const) : reader.read(row);
    if (reading.kind === 'record') {
      outcome.records.push(reading.record);
      seen?.(row as TableRow, reading.record);
    } else if (reading.kind === 'unreadable') {
      const { reason, code } = reading as { reason: string; code?: string };
      outcome.unreadable.push({ side, at: at(row.line), reason, ...(code !== undefined && { code }) });
    } else if (reading.kind === 'ignored') {
      summary.ignored++;
      summary.ignoredBy[reading.reason] = (summary.ignoredBy[reading.reason] ?? 0) + 1;
      if (summary.examples.length < EXAMPLES) summary.examples.push({ line: row.line, reason: reading.reason });
    }
  }
  return outcome;
}

export interface FileChoice {
  file: SourceFile;
  mapping?: FileMapping;
}

/** Chosen files as one side of a reconciliation: read as a whole, one after the other. `done` tells what each came to. */
export function fileReader(
  side: Side,
  files: readonly FileChoice[],
  done?: (file: string, summary: ReadSummary) => void,
): SourceReader {
  return {
    side,
    mode: 'whole',
    async *whole(signal) {
      for (const { file, mapping } of files) {
        const summary = yield* readFile(file, side, { ...(mapping && { mapping }), signal });
        done?.(file.name, summary);
      }
    },
  };
}
