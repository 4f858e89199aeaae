import { codeKey } from '../same.ts';
import { SIDES, type Side, type SideRecord, type UnreadableRow } from '../types.ts';
import { toldOf } from './ask.ts';
import { byCell, byPartition, byRecord, cellId } from './cells.ts';
import { recordDigest } from './digest.ts';
import { cellsToRead } from './plan.ts';
import type { PlannedQuestion } from './questions.ts';
import { readKeys } from './read.ts';
import { undetectedBound } from './sample.ts';
import type { CellKey, JobSpec, JobStore, Memory, NotDone, Partition } from './types.ts';

/** What the random sample of unchanged dossiers says about those that were not asked again. */
export interface Recheck {
  side: Side;
  /** Unchanged since the earlier run, sample included. */
  unchanged: number;
  sampled: number;
  /** Of the sample, these had changed after all. */
  changed: number;
  /** At most so many of the others have changed unseen, at 95 %. */
  undetected: number;
}

/** All that a job has read, in an order that does not hang on how it was read. */
export interface Gathered {
  spec: JobSpec;
  records: Partial<Record<Side, SideRecord[]>>;
  unreadable: UnreadableRow[];
  notDone: NotDone[];
  /** Codes that a side was asked for without an answer, as compared. */
  unanswered: Record<Side, string[]>;
  rechecks: Recheck[];
  /** Questions with their answers: what the next run builds on. */
  answers: Omit<Memory, 'equalRuns' | 'settled'>[];
}

const readCellsOf = (spec: JobSpec): CellKey[] =>
  spec.sources.flatMap((source) => readKeys(source.side, cellsToRead(source, spec))).sort(byCell);

/** What the lists and files brought. */
export interface ReadRows {
  records: Partial<Record<Side, SideRecord[]>>;
  unreadable: UnreadableRow[];
}

export async function rowsRead(spec: JobSpec, store: JobStore): Promise<ReadRows> {
  const rows: ReadRows = { records: {}, unreadable: [] };
  for (const key of readCellsOf(spec)) {
    const cell = await store.get(key);
    if (!cell) continue;
    const { records } = rows;
    records[key.side] = (records[key.side] ?? []).concat(cell.records);
    rows.unreadable.push(...cell.unreadable);
  }
  return rows;
}

const LOST: Pick<NotDone, 'kind' | 'message'> = {
  kind: 'cancelled',
  message: 'một tiến trình khác đã nhận phần này và chưa làm xong',
};

/** Rows that two windows, or two questions, brought alike are one row. Rows that one answer holds twice are two. */
class Rows {
  readonly list: SideRecord[] = [];
  readonly #seen = new Map<string, string>();

  add(record: SideRecord, answer: string): void {
    const digest = `${record.code}|${recordDigest(record)}`;
    const first = this.#seen.get(digest);
    if (first !== undefined && first !== answer) return;
    this.#seen.set(digest, answer);
    this.list.push(record);
  }
}

const perSide = <T>(make: () => T): Record<Side, T> => ({ city: make(), national: make(), lgsp: make() });

/** Questions of each side, by partition. */
export type Questions = ReadonlyMap<Side, [Partition, PlannedQuestion[]][]>;

/** What a run knows besides the store. */
export interface RunOutcome {
  questions: Questions;
  /** Sides that were not asked, because their lists lack parts. */
  unasked: ReadonlySet<Side>;
  notDone: readonly NotDone[];
}

/** Puts together what the store holds and what the run has seen to fail. */
export async function gather(
  spec: JobSpec,
  store: JobStore,
  { questions, unasked, notDone }: RunOutcome,
): Promise<Gathered> {
  const rows = perSide(() => new Rows());
  const unreadable: UnreadableRow[] = [];
  const unanswered = perSide((): string[] => []);
  const answers: Gathered['answers'] = [];
  const rechecks: Recheck[] = [];
  const failed = [...notDone];
  const told = new Set(notDone.map(({ side, partition, dossiers }) => toldId(side, partition, dossiers !== undefined)));
  const lost = (key: CellKey, dossiers?: number) => {
    if (!told.has(toldId(key.side, key.partition, dossiers !== undefined)))
      failed.push({ partition: key.partition, side: key.side, ...LOST, ...(dossiers !== undefined && { dossiers }) });
  };

  for (const key of readCellsOf(spec)) {
    const cell = await store.get(key);
    if (!cell) lost(key);
    for (const record of cell?.records ?? []) rows[key.side].add(record, cellId(key));
    unreadable.push(...(cell?.unreadable ?? []));
  }
  for (const [side, cells] of questions) {
    if (unasked.has(side)) {
      for (const { codes } of cells.flatMap(([, asked]) => asked)) unanswered[side].push(...codes.map(codeKey));
      continue;
    }
    const recheck: Recheck = { side, unchanged: 0, sampled: 0, changed: 0, undetected: 0 };
    for (const [partition, asked] of cells) {
      const cell = await store.get({ phase: 'ask', side, partition });
      if (!cell) lost({ phase: 'ask', side, partition }, asked.length);
      const found = new Map(cell?.asked?.map((one) => [one.code, one]));
      for (const { code, codes, digest, how, memory } of asked) {
        const answer = found.get(code);
        const told = cell && answer && answer.digest === digest ? toldOf(answer, cell) : null;
        if (how !== 'ask') recheck.unchanged += 1;
        if (told === null) {
          unanswered[side].push(...codes.map(codeKey));
          continue;
        }
        if ('row' in told) {
          unreadable.push(told.row);
          continue;
        }
        const { record } = told;
        if (record) rows[side].add(record, code);
        answers.push({ side, code, digest, answer: record });
        if (how !== 'sample') continue;
        recheck.sampled += 1;
        if (said(record) !== said(memory?.answer ?? null)) recheck.changed += 1;
      }
    }
    if (recheck.unchanged > 0) {
      recheck.undetected = undetectedBound(recheck.unchanged, recheck.sampled, recheck.changed);
      rechecks.push(recheck);
    }
  }
  const sides = spec.sources.map(({ side }) => side);
  return {
    spec,
    records: Object.fromEntries(
      SIDES.filter((side) => sides.includes(side)).map((side) => [side, rows[side].list.sort(byRecord)]),
    ),
    unreadable: unreadable.sort((a, b) => order(a.side, b.side) || order(a.at, b.at)),
    notDone: failed.sort((a, b) => byPartition(a.partition, b.partition) || order(a.side, b.side)),
    unanswered,
    rechecks,
    answers,
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const said = (record: SideRecord | null): string => (record ? recordDigest(record) : '');
const toldId = (side: Side, { unit, day }: Partition, asking: boolean): string => [side, asking, day, unit].join('|');
