import type { Side } from '../types.ts';
import { JobControl } from './control.ts';
import type { Abandoned, LaneOptions } from './lane.ts';
import { Meter } from './meter.ts';
import type { CellKey, JobEvent, JobSpec, JobStore, JournalLine, NotDone, Phase, SourceReader } from './types.ts';

export interface JobOptions {
  /** Partitions of one side that are read at the same time; default 4. */
  inHand?: number;
  /** Dossiers that one side is asked for at the same time; default 8. The rate is the connector's business. */
  atOnce?: number;
  /** Milliseconds. */
  clock?: () => number;
  /** Resolves after so many milliseconds, or when the signal fires. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface JobInput extends JobOptions {
  /** The job as it stands in the store. */
  spec: JobSpec;
  readers: Partial<Record<Side, SourceReader>>;
  store: JobStore;
  control?: JobControl;
  emit?: (event: JobEvent) => void;
}

const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });

/** A job that runs: what its phases share. */
export interface Running {
  input: JobInput;
  control: JobControl;
  clock: () => number;
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  emit: (event: JobEvent) => void;
  note: (line: Omit<JournalLine, 'at'>) => Promise<void>;
}

/** What the phases of a run share, from what the run was given. */
export function runningOf(input: JobInput): Running {
  const clock = input.clock ?? Date.now;
  return {
    input,
    control: input.control ?? new JobControl(),
    clock,
    wait: input.wait ?? sleep,
    emit: input.emit ?? (() => {}),
    note: (line) => input.store.journal({ at: clock(), ...line }),
  };
}

export function laneOf(
  running: Running,
  side: Side,
  inHand: number,
  journal: Promise<void>[],
  done: () => void,
): LaneOptions {
  const { control, wait, clock, emit, note } = running;
  return {
    side,
    inHand,
    control,
    wait,
    clock,
    onDone({ key }) {
      journal.push(note({ event: 'done', key }));
      done();
    },
    onFailed({ key }, { kind, message }, attempt, again) {
      journal.push(note({ event: 'failed', key, kind, message, count: attempt }));
      emit({ type: 'failed', key, kind, message, attempt, again });
    },
    onStopped({ kind, message }) {
      journal.push(note({ event: 'side-stopped', kind, message }));
      emit({ type: 'side-stopped', side, kind, message });
    },
  };
}

/** Progress of one phase over all its sides. `total` counts what the rate is taken from: cells, or dossiers asked for. */
export function progress({ emit, clock }: Running, phase: Phase, total: number, units: number) {
  const meter = new Meter(clock);
  const dossiers = new Meter(clock);
  let done = 0;
  const tell = () => {
    const secondsLeft = meter.secondsFor(Math.max(0, units - meter.total));
    const rate = { dossiers: dossiers.total, perSecond: dossiers.perSecond };
    emit({ type: 'progress', phase, done, total, ...rate, ...(secondsLeft !== undefined && { secondsLeft }) });
  };
  return {
    count(read: number, unit: number) {
      dossiers.add(read);
      meter.add(unit);
      tell();
    },
    cell() {
      done += 1;
      tell();
    },
  };
}

export const missingReader = ({ partition, side }: CellKey): NotDone => ({
  partition,
  side,
  kind: 'permission',
  message: 'lần chạy này không có nguồn đọc cho hệ thống này',
});

export const toNotDone = ({ task, error }: Abandoned, dossiers?: number): NotDone => ({
  partition: task.key.partition,
  side: task.key.side,
  kind: error.kind,
  message: error.message,
  ...(dossiers !== undefined && { dossiers }),
});

/** All lanes come to their end before an error of one of them goes up: nobody writes to the store any more by then. */
export async function settled(lanes: Promise<NotDone[]>[], journal: readonly Promise<void>[]): Promise<NotDone[]> {
  const results = await Promise.allSettled(lanes);
  const lines = await Promise.allSettled(journal);
  for (const result of [...results, ...lines]) if (result.status === 'rejected') throw result.reason;
  return results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}
