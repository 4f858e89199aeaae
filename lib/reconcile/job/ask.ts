import type { SideRecord, UnreadableRow } from '../types.ts';
import type { Attempt, Task } from './lane.ts';
import type { PlannedQuestion } from './questions.ts';
import { asFailure } from './read.ts';
import type { Slots } from './slots.ts';
import type { AskedDossier, Cell, CellKey, JobStore, ReaderFailure, ReadResult, SourceReader } from './types.ts';

/** Failures in a row within a cell, after which the rest of it waits for the next attempt. */
const ENOUGH = 3;

type Told = { record: SideRecord | null } | { row: UnreadableRow };
type Answer = Told | { error: ReaderFailure };

export interface AskOptions {
  reader: SourceReader;
  store: JobStore;
  /** Shared by all cells of the side. */
  slots: Slots;
  /** Called for every dossier that was really asked for and answered. */
  counted(key: CellKey): void;
  done(key: CellKey, cell: Cell): void;
}

/** What a cell says of one of its dossiers; null: there was no answer. */
export function toldOf({ record, unreadable }: AskedDossier, cell: Cell): Told | null {
  const row = unreadable === undefined ? undefined : cell.unreadable[unreadable];
  if (row) return { row };
  if (record === undefined) return null;
  return { record: record === null ? null : (cell.records[record] ?? null) };
}

/** Answers of an earlier attempt or process that still fit their questions. */
function carryOver(questions: readonly PlannedQuestion[], cell: Cell | null): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  const wanted = new Map(questions.map(({ code, digest }) => [code, digest]));
  for (const one of cell?.asked ?? []) {
    const told = cell && toldOf(one, cell);
    if (told && wanted.get(one.code) === one.digest) answers.set(one.code, told);
  }
  return answers;
}

/** The content of the cell: questions in their order, so that neither speed nor interruptions can be seen in it. */
function askedCell(questions: readonly PlannedQuestion[], answers: ReadonlyMap<string, Answer>): Cell {
  const records: SideRecord[] = [];
  const unreadable: UnreadableRow[] = [];
  const asked = questions.map(({ code, digest, how }): AskedDossier => {
    const answer = answers.get(code);
    const base = {
      code,
      digest,
      ...(how === 'reuse' && { reused: true as const }),
      ...(how === 'sample' && { sampled: true as const }),
    };
    if (!answer || 'error' in answer) {
      const { kind, message } = answer?.error ?? NOT_ASKED;
      return { ...base, unanswered: { kind, message } };
    }
    if ('row' in answer) return { ...base, unreadable: unreadable.push(answer.row) - 1 };
    return { ...base, record: answer.record === null ? null : records.push(answer.record) - 1 };
  });
  return { records, unreadable, asked };
}

const NOT_ASKED: ReaderFailure = { kind: 'upstream', message: 'chưa hỏi tới' };

async function askOne(
  reader: SourceReader,
  codes: string[],
  signal: AbortSignal,
): Promise<ReadResult<SideRecord | UnreadableRow | null>> {
  try {
    return (await reader.lookup?.(codes, signal)) ?? { ok: false, error: NOT_ASKED };
  } catch (error) {
    return { ok: false, error: asFailure(error) };
  }
}

/** A task that asks one side for the dossiers of a partition, code by code. What was answered is not asked again. */
export function askTask(key: CellKey, questions: readonly PlannedQuestion[], options: AskOptions): Task {
  const { reader, store, slots } = options;
  let answers: Map<string, Answer> | null = null;

  async function known(): Promise<Map<string, Answer>> {
    if (answers) return answers;
    answers = carryOver(questions, await store.get(key));
    for (const { code, how, memory } of questions)
      if (how === 'reuse' && memory && !answers.has(code)) answers.set(code, { record: memory.answer });
    return answers;
  }

  async function keep(epoch: number, found: Map<string, Answer>): Promise<void> {
    const cell = askedCell(questions, found);
    await store.commit(key, epoch, cell);
    options.done(key, cell);
  }

  return {
    key,
    async attempt(signal): Promise<Attempt> {
      const epoch = await store.claim(key);
      const found = await known();
      const open = questions.filter(({ code }) => !answered(found.get(code)));
      let failed: ReaderFailure | null = null;
      let inRow = 0;
      let some = open.length === 0;
      const one = async ({ code, codes }: PlannedQuestion): Promise<void> => {
        if (inRow >= ENOUGH || failed?.kind === 'auth' || signal.aborted) return;
        const result = await askOne(reader, codes, signal);
        if (signal.aborted) return;
        if (result.ok) {
          const { value } = result;
          // The code that found it ties the row to its dossier, whatever the row itself says.
          found.set(code, value && 'reason' in value ? { row: { code: codes[0], ...value } } : { record: value });
          slots.widen();
          some = true;
          inRow = 0;
          options.counted(key);
        } else {
          found.set(code, { error: result.error });
          failed ??= result.error;
          if (result.error.kind === 'auth') failed = result.error;
          inRow += 1;
        }
      };
      await Promise.all(open.map((question) => slots.use(() => one(question))));
      if (signal.aborted) return { ok: true };
      // Also what is not complete is kept: a process that dies before the next attempt does not ask for these again.
      if (some) await keep(epoch, found);
      return failed === null ? { ok: true } : { ok: false, error: failed, some };
    },
    async giveUp(error) {
      const found = await known();
      for (const { code } of questions) if (!found.has(code)) found.set(code, { error });
      await keep(await store.claim(key), found);
    },
  };
}

const answered = (answer: Answer | undefined): boolean => answer !== undefined && !('error' in answer);
