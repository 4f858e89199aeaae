import { MINUTES_PER_DAY } from '../text/index.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { LimitCounter, ProcedureFacts } from './procedures.ts';
import type { IndicatorRecord, Wait } from './record.ts';

/** What a record is judged against. Moments are epoch minutes. */
export interface Frame {
  /** Until when an unfinished dossier is looked at: now, or the end of the period when that is over. */
  cutoff: number;
  /** First moment after the period. */
  end: number;
  dueOfLimit: LimitCounter;
}

/** Statuses after which nothing is done any more: refused, withdrawn, stopped, done, returned. */
const TERMINAL = [3, 7, 8, 9, 10];
const WAITING = 5;
/** Requests for a supplement from which a dossier counts as late. */
const TOO_MANY = 2;

const ON_TIME = outcomeOf('pass', 'on-time');
const LATE = outcomeOf('fail', 'late');
const OVERDUE = outcomeOf('fail', 'overdue');
const SUPPLEMENTS = outcomeOf('fail', 'supplements');
const WAITS = outcomeOf('pass', 'waits');
const IN_TIME = outcomeOf('pass', 'in-time');
const STILL_IN_TIME = outcomeOf('pass', 'in-time', 0, true);
const NO_DUE = outcomeOf('unknown', 'no-due');
const NO_END = outcomeOf('unknown', 'no-end');
const NO_REQUEST = outcomeOf('unknown', 'no-request');
const NO_TIME = outcomeOf('unknown', 'supplement-time');
const NO_STATUS = outcomeOf('unknown', 'status-unknown');

/** Minutes of the waits between two moments, each counted once. */
function waited(waits: readonly Wait[], from: number, to: number): number {
  let sum = 0;
  let covered = from;
  for (const wait of [...waits].sort((a, b) => a.from - b.from)) {
    const start = Math.max(covered, wait.from);
    const stop = Math.min(to, wait.to ?? to);
    if (stop <= start) continue;
    sum += stop - start;
    covered = stop;
  }
  return sum;
}

const isDay = ({ dayOnly }: IndicatorRecord, field: string) => dayOnly?.includes(field) ?? false;

/** Was the time compared by the day because the source tells no hour? */
export const isByDay = (record: IndicatorRecord): boolean =>
  isDay(record, 'dueAt') || isDay(record, 'finishedAt') || isDay(record, 'completedAt');

/** Last moment that is on time; a bare date lasts to its end. Null: not known. */
function dueOf(record: IndicatorRecord, procedure: ProcedureFacts, { dueOfLimit }: Frame): number | null {
  const { dueAt, receivedAt } = record;
  if (dueAt !== undefined) return isDay(record, 'dueAt') ? dueAt + MINUTES_PER_DAY - 1 / 60 : dueAt;
  const limit = record.limit ?? procedure.limit;
  return limit === undefined || receivedAt === undefined ? null : dueOfLimit(receivedAt, limit);
}

/**
 * Indicator 2.1 for a dossier that has been received: its end (done, else returned, else the request it waits on, else the cutoff) less
 * the time of the supplement is not after its due moment; more than one request is late. Source: description of the formulae, 2.1.
 *
 * Whether it can be judged hangs on what is told of it and never on how it came out: judging the early ones of the half-known alone
 * would make a rate of 100 %.
 */
export function onTime(record: IndicatorRecord, procedure: ProcedureFacts, frame: Frame): Outcome {
  const { receivedAt = 0, finishedAt, returnedAt, status, supplements = [], supplementRequests = 0 } = record;
  const due = dueOf(record, procedure, frame);
  if (due === null) return NO_DUE;
  const done = finishedAt ?? returnedAt;
  if (done === undefined && (status === undefined || status === 'unknown')) return NO_STATUS;
  if (supplementRequests >= TOO_MANY) return SUPPLEMENTS;
  if (done === undefined && TERMINAL.includes(status as number)) return NO_END;
  const open = supplements.find(({ to }) => to === null);
  if (done === undefined && (status === WAITING || open !== undefined)) {
    if (open === undefined) return NO_REQUEST;
    return open.from <= due ? WAITS : OVERDUE;
  }
  if (supplementRequests > 0 && supplements.length === 0) return NO_TIME;
  const until = done ?? frame.cutoff;
  const inTime = until - waited(supplements, receivedAt, until) <= due;
  if (done !== undefined) return inTime ? ON_TIME : LATE;
  if (!inTime) return OVERDUE;
  // It can become late before the period ends only when its due moment comes before that.
  return frame.cutoff < frame.end && due < frame.end ? STILL_IN_TIME : IN_TIME;
}
