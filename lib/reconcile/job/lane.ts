import type { Side } from '../types.ts';
import type { JobControl } from './control.ts';
import { AUTH_HOPELESS, HOPELESS, restAfter, tryAgain, waitAfter } from './failures.ts';
import type { CellKey, ReaderFailure } from './types.ts';

/** What came of one attempt at a cell; `some`: parts of it went well; `final`: another attempt would bring the same. */
export type Attempt = { ok: true } | { ok: false; error: ReaderFailure; some: boolean; final?: boolean };

export interface Task {
  key: CellKey;
  attempt(signal: AbortSignal): Promise<Attempt>;
  /** Keeps what did go well of a cell that is not tried any more. */
  giveUp?(error: ReaderFailure): Promise<void>;
}

export interface LaneOptions {
  side: Side;
  /** Cells worked on at the same time, once the side has let us in. */
  inHand: number;
  control: JobControl;
  /** Resolves after so many milliseconds, or when the signal fires. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Milliseconds. */
  clock(): number;
  onDone(task: Task): void;
  onFailed(task: Task, error: ReaderFailure, attempt: number, again: boolean): void;
  onStopped(error: ReaderFailure): void;
}

interface Entry {
  task: Task;
  attempts: number;
  notBefore: number;
  /** Failures of the side that were known when the attempt began. */
  known: number;
}

export interface Abandoned {
  task: Task;
  error: ReaderFailure;
}

/**
 * Works through the cells of one side. A cell that fails goes to the end and is tried again after a pause that hangs on the kind of
 * failure. The first cell goes alone: a wrong secret is tried once, not once per worker. Resolves with the cells that were given
 * up; those not reached because the job was stopped are not among them.
 */
export async function runLane(tasks: readonly Task[], options: LaneOptions): Promise<Abandoned[]> {
  const { control, clock } = options;
  const { signal } = control;
  const fresh: Entry[] = tasks.map((task) => ({ task, attempts: 0, notBefore: 0, known: 0 })).reverse();
  const again: Entry[] = [];
  const abandoned: Abandoned[] = [];
  let letIn = false;
  let failures = 0;
  let inRow = 0;
  let authInRow = 0;
  let restUntil = 0;
  let hopeless: ReaderFailure | null = null;
  let broken: { error: unknown } | null = null;
  const workers: Promise<void>[] = [];

  function next(): Entry | undefined {
    again.sort((a, b) => b.notBefore - a.notBefore);
    return fresh.pop() ?? again.pop();
  }

  async function begin(entry: Entry): Promise<boolean> {
    const pause = Math.max(entry.notBefore, restUntil) - clock();
    if (pause > 0) await options.wait(pause, control.stopping);
    return (await control.mayBegin()) && hopeless === null && broken === null;
  }

  function wentWell(): void {
    inRow = 0;
    authInRow = 0;
    if (letIn) return;
    letIn = true;
    for (let i = 1; i < options.inHand; i++) workers.push(guarded());
  }

  async function wentWrong(
    entry: Entry,
    { error, some, final = false }: Extract<Attempt, { ok: false }>,
  ): Promise<void> {
    if (some) wentWell();
    // What was under way together fails together, and counts once.
    const anew = entry.known === failures;
    failures += 1;
    // Cells that are hard to read come back at the end, one after the other: that is no sign that the side is down.
    if (anew && entry.attempts === 1) inRow += 1;
    if (error.kind !== 'auth') authInRow = 0;
    else if (anew) authInRow += 1;
    restUntil = Math.max(restUntil, clock() + restAfter(error, inRow));
    const locked = error.kind === 'auth' && (!letIn || authInRow >= AUTH_HOPELESS);
    const stop = hopeless === null && (locked || inRow >= HOPELESS);
    const retry = hopeless === null && !stop && !final && tryAgain(error, entry.attempts);
    options.onFailed(entry.task, error, entry.attempts, retry);
    if (stop) {
      hopeless = error;
      options.onStopped(error);
    }
    if (retry) again.push({ ...entry, notBefore: clock() + waitAfter(error, entry.attempts) });
    else {
      await entry.task.giveUp?.(error);
      abandoned.push({ task: entry.task, error });
    }
  }

  async function work(): Promise<void> {
    while (hopeless === null && broken === null) {
      const entry = next();
      if (!entry) return;
      if (!(await begin(entry))) {
        fresh.push(entry);
        return;
      }
      entry.attempts += 1;
      entry.known = failures;
      const result = await entry.task.attempt(signal);
      // What was cut off by the user is neither done nor failed: it is read again when the job goes on.
      if (signal.aborted) return;
      if (result.ok) {
        wentWell();
        options.onDone(entry.task);
      } else await wentWrong(entry, result);
    }
  }

  /** A store that fails ends the lane, but not before every worker has let go of it. */
  const guarded = () =>
    work().catch((error: unknown) => {
      broken ??= { error };
    });

  workers.push(guarded());
  for (let i = 0; i < workers.length; i++) await workers[i];
  if (broken !== null) throw (broken as { error: unknown }).error;
  if (hopeless !== null) {
    for (const { task, attempts } of [...fresh, ...again]) {
      if (attempts > 0) await task.giveUp?.(hopeless);
      abandoned.push({ task, error: hopeless });
    }
  }
  return abandoned;
}
