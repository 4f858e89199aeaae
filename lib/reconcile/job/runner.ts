import { SIDES, type Side } from '../types.ts';
import { askTask } from './ask.ts';
import { byCell, cellId, markOf } from './cells.ts';
import { type Gathered, gather, type Questions, type ReadRows, rowsRead } from './gather.ts';
import { runLane, type Task } from './lane.ts';
import {
  type JobInput,
  laneOf,
  missingReader,
  progress,
  type Running,
  runningOf,
  settled,
  toNotDone,
} from './phase.ts';
import { cellsToRead, planJob, withQuestions } from './plan.ts';
import { type PlannedQuestion, planQuestions, questionCells, questionsFor } from './questions.ts';
import { readKeys, readTask } from './read.ts';
import { Slots } from './slots.ts';
import type { CellKey, CellMark, JobPlan, JobSpec, NotDone } from './types.ts';

/** `stopped`: by the user; everything that is done stays. Otherwise all that could be read is here. */
export type JobRun = { state: 'stopped' } | { state: 'complete' | 'incomplete'; gathered: Gathered };

/**
 * Runs a job, or goes on with one: reads what is not read yet, then asks code by code where a source can be asked, and gathers the
 * result from the store. What it returns hangs only on the job's description and on what the sources said, not on
 * when or how often it was interrupted. Throws only what the store throws.
 */
export async function runJob(input: JobInput): Promise<JobRun> {
  const { store } = input;
  const running = runningOf(input);
  await running.note({ event: 'start' });
  const plan = planJob(input.spec, input.readers, await store.marks());
  running.emit({ type: 'plan', plan });

  const notDone = await readAll(running);
  if (running.control.stopped) return stop(running);
  const read = await rowsRead(input.spec, store);
  const questions = await plannedQuestions(running, read);
  const unasked = listsLacking(input.spec, notDone);
  const asked = new Map([...questions].filter(([side]) => !unasked.has(side)));
  notDone.push(...(await askAll(running, plan, asked)));
  if (running.control.stopped) return stop(running);

  const gathered = await gather(input.spec, store, { questions, unasked, notDone });
  const state = gathered.notDone.length === 0 ? 'complete' : 'incomplete';
  await running.note({ event: 'finish', count: gathered.notDone.length });
  return { state, gathered };
}

/**
 * Sides with lists that are not all there. What they did not show is not asked for code by code: thousands of calls could not
 * tell more than that it is unknown.
 */
function listsLacking({ sources }: JobSpec, notDone: readonly NotDone[]): Set<Side> {
  const lists = sources.filter(({ mode }) => mode !== 'lookup').map(({ side }) => side);
  return new Set(lists.filter((side) => notDone.some((part) => part.side === side)));
}

async function stop({ note }: Running): Promise<JobRun> {
  await note({ event: 'pause' });
  return { state: 'stopped' };
}

async function readAll(running: Running): Promise<NotDone[]> {
  const { spec, readers, store } = running.input;
  const done = new Set((await store.marks()).map(({ key }) => cellId(key)));
  const keys = spec.sources.flatMap((source) => readKeys(source.side, cellsToRead(source, spec)));
  const left = keys.filter((key) => !done.has(cellId(key))).sort(byCell);
  const seen = progress(running, 'read', left.length, left.length);
  const journal: Promise<void>[] = [];
  const lanes = sidesOf(left).map(async (side) => {
    const reader = readers[side];
    const mine = left.filter((key) => key.side === side);
    if (!reader) return mine.map((key) => missingReader(key));
    const tasks = mine.map((key) =>
      readTask(key, reader, store, (one, { records, unreadable }) => {
        running.emit({ type: 'cell', key: one, records: records.length, unreadable: unreadable.length });
        seen.count(records.length, 1);
      }),
    );
    const lane = laneOf(running, side, running.input.inHand ?? 4, journal, seen.cell);
    return (await runLane(tasks, lane)).map((one) => toNotDone(one));
  });
  return settled(lanes, journal);
}

const sidesOf = (keys: readonly CellKey[]): Side[] => SIDES.filter((side) => keys.some((key) => key.side === side));

async function plannedQuestions(
  { input: { spec, store } }: Running,
  { records, unreadable }: ReadRows,
): Promise<Questions> {
  const asking = spec.sources.filter(({ lookup }) => lookup);
  const earlier = asking.length > 0 ? await store.earlier() : [];
  return new Map(
    asking.map(({ side }) => {
      const questions = planQuestions(side, questionsFor(side, records, unreadable), earlier, spec);
      return [side, questionCells(questions)] as const;
    }),
  );
}

async function askAll(running: Running, plan: JobPlan, questions: Questions): Promise<NotDone[]> {
  const { readers, store } = running.input;
  const marks = new Map((await store.marks()).map((mark) => [cellId(mark.key), mark]));
  const cells = [...questions].flatMap(([side, list]) =>
    list.map(([partition, asked]) => ({ key: { phase: 'ask', side, partition } satisfies CellKey, asked })),
  );
  const left = cells.filter(({ key, asked }) => !isAnswered(key, asked, marks.get(cellId(key))));
  if (left.length === 0) return [];
  const units = new Map<Side, number>();
  for (const { key, asked } of left)
    units.set(key.side, (units.get(key.side) ?? 0) + asked.filter(({ how }) => how !== 'reuse').length);
  running.emit({ type: 'plan', plan: withQuestions(plan, readers, units) });
  const seen = progress(
    running,
    'ask',
    left.length,
    [...units.values()].reduce((a, b) => a + b, 0),
  );
  const journal: Promise<void>[] = [];
  const lanes = [...units.keys()].map(async (side) => {
    const reader = readers[side];
    const mine = left.filter(({ key }) => key.side === side);
    if (!reader) return mine.map(({ key, asked }) => ({ ...missingReader(key), dossiers: asked.length }));
    const slots = new Slots(running.input.atOnce ?? 8);
    const unanswered = new Map<string, number>();
    const options = {
      reader,
      store,
      slots,
      counted: () => seen.count(1, 1),
      done: (key: CellKey, cell: Parameters<typeof markOf>[1]) => {
        const mark = markOf(key, cell);
        unanswered.set(cellId(key), mark.unanswered);
        if (mark.unanswered === 0) running.emit({ type: 'cell', key, records: mark.records, unreadable: 0 });
      },
    };
    const tasks: Task[] = mine.map(({ key, asked }) => askTask(key, asked, options));
    const sizes = new Map(mine.map(({ key, asked }) => [cellId(key), asked.length]));
    // Two cells in hand: while the last answers of one come in, the first questions of the next are on their way.
    const abandoned = await runLane(tasks, laneOf(running, side, 2, journal, seen.cell));
    return abandoned.map((one) => {
      const id = cellId(one.task.key);
      return toNotDone(one, unanswered.get(id) ?? sizes.get(id));
    });
  });
  return settled(lanes, journal);
}

/** Is the cell done, with exactly these questions, and all of them answered? */
function isAnswered(key: CellKey, asked: readonly PlannedQuestion[], mark: CellMark | undefined): boolean {
  if (!mark || mark.unanswered > 0) return false;
  const wanted = asked.map(({ code, digest }) => ({ code, digest, record: null }));
  return mark.digest === markOf(key, { records: [], unreadable: [], asked: wanted }).digest;
}
