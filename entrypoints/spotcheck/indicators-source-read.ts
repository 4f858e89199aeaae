import { readFacts, type SourceFile } from '../../connectors/index.ts';
import { type IndicatorRecord, recordOfDossier, recordOfSide } from '../../lib/indicators/index.ts';
import { BrowserJobStore } from '../../lib/platform/job-store.ts';
import { cellId, codeKey, type SideRecord } from '../../lib/reconcile/index.ts';
import type { IndicatorSource } from './indicators-protocol.ts';

/** What was read of a source besides its records. */
export interface ReadNotes {
  unreadable: { count: number; examples: { at: string; reason: string }[] };
  notes: string[];
}

interface Sink {
  add(record: IndicatorRecord): void;
  progress(rows: number): void;
}

/** Rows that are named; the rest is counted. */
const NAMED = 20;
/** Rows between two tellings of how far it is. */
const STEP = 20_000;

const noted = (): ReadNotes => ({ unreadable: { count: 0, examples: [] }, notes: [] });

function bad({ unreadable }: ReadNotes, at: string, reason: string): void {
  if (unreadable.count++ < NAMED) unreadable.examples.push({ at, reason });
}

/** @throws FileError when the file cannot be read as it is */
async function fromFile(
  file: SourceFile,
  { mapping }: Extract<IndicatorSource, { kind: 'file' }>,
  sink: Sink,
): Promise<ReadNotes> {
  const result = noted();
  let rows = 0;
  let told = 0;
  for await (const { records, facts, unreadable } of readFacts(file, { mapping })) {
    records.forEach((record, i) => {
      sink.add(recordOfSide(record, facts[i]));
    });
    for (const { at, reason } of unreadable) bad(result, at, reason);
    rows += records.length + unreadable.length;
    if (rows - told < STEP) continue;
    told = rows;
    sink.progress(rows);
  }
  return result;
}

const codesOf = ({ code, aliases = [] }: SideRecord) => [code, ...aliases].map(codeKey);

/** Codes that the national portal has; null: the reconciliation does not tell it of every dossier. */
async function nationalCodes(store: BrowserJobStore, complete: boolean): Promise<ReadonlySet<string> | null> {
  const marks = (await store.marks()).filter(({ key }) => key.side === 'national');
  if (!complete || marks.length === 0 || marks.some(({ unanswered }) => unanswered > 0)) return null;
  const codes = new Set<string>();
  for (const { key } of marks)
    for (const record of (await store.get(key))?.records ?? []) for (const code of codesOf(record)) codes.add(code);
  return codes;
}

/** The city's dossiers of a reconciliation, each with whether the portal had it then. */
async function fromJob({ id, complete }: Extract<IndicatorSource, { kind: 'job' }>, sink: Sink): Promise<ReadNotes> {
  const store = new BrowserJobStore(id);
  const result = noted();
  const national = await nationalCodes(store, complete);
  if (national === null)
    result.notes.push(
      'Lần đối soát này không hỏi hết Cổng DVCQG nên không biết hồ sơ nào chưa đồng bộ; chỉ số 1.4 không tính.',
    );
  const found = new Map<string, string>();
  let rows = 0;
  for (const { key } of await store.marks()) {
    if (key.side !== 'city') continue;
    const cell = await store.get(key);
    for (const record of cell?.records ?? []) {
      const before = found.get(codeKey(record.code));
      // Two windows bring the same dossier; twice in one answer is another matter and will be told.
      if (before !== undefined && before !== cellId(key)) continue;
      found.set(codeKey(record.code), cellId(key));
      const synced = national === null ? undefined : codesOf(record).some((code) => national.has(code));
      sink.add(recordOfSide(record, { synced }));
      rows++;
    }
    for (const { side, at, reason } of cell?.unreadable ?? []) if (side === 'city') bad(result, at, reason);
    sink.progress(rows);
  }
  return result;
}

/** Gives every dossier of a source to the sink, one by one. */
export async function readSource(
  source: IndicatorSource,
  fileOf: (blob: Blob, name: string) => SourceFile,
  sink: Sink,
): Promise<ReadNotes> {
  if (source.kind === 'file') return fromFile(fileOf(source.file, source.name), source, sink);
  if (source.kind === 'job') return fromJob(source, sink);
  for (const record of source.records) sink.add(recordOfDossier(record));
  return noted();
}
