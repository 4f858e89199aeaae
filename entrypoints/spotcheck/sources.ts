import { inspectList, type ListChoice, readList, type SourceFile } from '../../connectors/index.ts';
import { BrowserJobStore } from '../../lib/platform/job-store.ts';
import { cellId, codeKey, dayOfSeconds } from '../../lib/reconcile/index.ts';
import { GROUPINGS, type Grouping } from '../../lib/sampling/index.ts';
import type { Loaded, Row } from './population.ts';

const NO_COLUMNS: Record<Grouping, string | null> = { unit: null, field: null, channel: null };
const empty = (source: string): Loaded => ({
  source,
  columns: { ...NO_COLUMNS },
  rows: [],
  unreadable: [],
  ignored: [],
  undated: [],
  notes: [],
});

/** Rows between two tellings of how far it is. */
const STEP = 5000;

/**
 * The dossiers of a file.
 * @throws FileError when it cannot be read as it is
 */
export async function fromFile(
  file: SourceFile,
  choice: ListChoice,
  progress: (rows: number) => void,
): Promise<Loaded> {
  const loaded = empty(file.name);
  const { columns } = await inspectList(file, choice);
  for (const by of GROUPINGS) loaded.columns[by] = Object.keys(columns).find((one) => columns[one] === by) ?? null;
  let told = 0;
  for await (const batch of readList(file, { ...choice, columns })) {
    for (const { receivedAt, ...row } of batch.rows)
      loaded.rows.push({ ...row, day: receivedAt === null ? null : dayOfSeconds(receivedAt) });
    loaded.unreadable.push(...batch.unreadable);
    loaded.ignored.push(...batch.ignored);
    loaded.undated.push(...batch.undated);
    if (loaded.rows.length - told < STEP) continue;
    told = loaded.rows.length;
    progress(told);
  }
  return loaded;
}

/** The city's dossiers of a reconciliation of this browser, as they were read then. */
export async function fromJob(id: string, name: string, progress: (rows: number) => void): Promise<Loaded> {
  const store = new BrowserJobStore(id);
  const loaded = empty(name);
  const found = new Map<string, string>();
  let silent = 0;
  for (const { key, unanswered } of await store.marks()) {
    if (key.side !== 'city') continue;
    const cell = await store.get(key);
    const answer = cellId(key);
    for (const { code, procedure = null, unit = null, receivedAt, at } of cell?.records ?? []) {
      const before = found.get(codeKey(code));
      // Two windows bring the same dossier; twice in one answer is another matter and will be told.
      if (before !== undefined && before !== answer) continue;
      found.set(codeKey(code), answer);
      const day = receivedAt === undefined ? null : dayOfSeconds(receivedAt);
      loaded.rows.push({ code, procedure, unit, field: null, channel: null, day, at });
    }
    for (const { side, at, reason } of cell?.unreadable ?? [])
      if (side === 'city') loaded.unreadable.push({ at, reason });
    silent += unanswered;
    progress(loaded.rows.length);
  }
  if (silent > 0)
    loaded.notes.push(
      `Hệ thống Thành phố chưa trả lời về ${silent} hồ sơ trong lần đối soát này: danh sách có thể thiếu.`,
    );
  return loaded;
}

export const fromRows = (rows: Row[], name: string): Loaded => ({ ...empty(name), rows });
