import {
  closeOfDay,
  coverage,
  nextOpening,
  pausedCalendarDates,
  pausedWorkingDates,
  unionOfPauses,
  type WorkTable,
} from '../calendar/index.ts';
import type { Counting } from '../schema/index.ts';
import { dayOf, minuteOfDay, startOfDay, yearOf } from '../text/index.ts';
import { type DueInput, lastDateOf, minutesOfLimit } from './due.ts';
import { type DayMark, isOffByWeek, markDates, markMinutes, markOf, markWorkingDays } from './marks.ts';
import { dueAt, restartOf, timeAround } from './paused.ts';

/** Why a moment is not a working minute. */
export type Closed = 'before-opening' | 'break' | 'after-close' | 'day-off';

/** One step of a count, in the order of time; lib/words says each in a sentence. Moments in epoch minutes, days as numbers. */
export type Step =
  | { kind: 'received'; at: number }
  /** The papers were complete at `at` and the whole limit begins anew; `from` is the first receipt. */
  | { kind: 'restart'; from: number; at: number }
  /** Effective receipt: the first working minute at or after `from`. */
  | { kind: 'opening'; from: number; at: number; closed: Closed }
  | { kind: 'day-zero'; day: number; dayZero: Counting['dayZero'] }
  | { kind: 'cutoff'; at: number; cutoff: number; late: boolean }
  /** Days `from`–`to` are numbers `first`–`last` of the limit. */
  | { kind: 'counted'; from: number; to: number; first: number; last: number }
  /** Working minutes that count of each of the days. */
  | { kind: 'worked'; from: number; to: number; minutes: number }
  /** A weekend day that is worked for another day. */
  | { kind: 'worked-day-off'; day: number; why: string }
  /** Days off; `why` null for ordinary weekends. */
  | { kind: 'skipped'; from: number; to: number; why: string | null }
  | { kind: 'paused'; from: number; to: number }
  /** The last date lies on a day off, so the limit ends with a later working day. */
  | { kind: 'rolled'; from: number; to: number }
  /** `pushed`: by the calendar time that a supplement took. */
  | { kind: 'moved'; why: 'next-opening' | 'rounded' | 'pushed'; from: number; to: number }
  | { kind: 'due'; at: number }
  /** The clock stands: a pause without an end. */
  | { kind: 'stopped'; from: number }
  /** The count runs into a year without a table. */
  | { kind: 'no-calendar'; year: number };

export interface Trace {
  counting: Counting;
  /** Epoch minutes, as `dueAt` has it. */
  due: number | null;
  steps: Step[];
  /** One mark a date, from receipt (or the restart) to the due date. */
  days: DayMark[];
}

function closedAt(table: WorkTable, t: number): Closed {
  const day = dayOf(t);
  const close = closeOfDay(table, day);
  if (close === null) return 'day-off';
  if (t >= close) return 'after-close';
  return t < (nextOpening(table, startOfDay(day)) as number) ? 'before-opening' : 'break';
}

/** Steps from marks: runs of the same kind become one. */
function stepsOfMarks(table: WorkTable, marks: readonly DayMark[], inMinutes: boolean): Step[] {
  const steps: Step[] = [];
  for (const { day, kind, n = 0, why = null } of marks) {
    if (kind === 'counted' && why !== null && isOffByWeek(table, day)) steps.push({ kind: 'worked-day-off', day, why });
    const run = steps.at(-1);
    if (kind === 'skipped') {
      if (run?.kind === 'skipped' && run.to === day - 1 && run.why === why) run.to = day;
      else steps.push({ kind: 'skipped', from: day, to: day, why });
    } else if (kind === 'paused') {
      if (run?.kind === 'paused' && run.to === day - 1) run.to = day;
      else steps.push({ kind: 'paused', from: day, to: day });
    } else if (kind === 'counted' && inMinutes) {
      if (run?.kind === 'worked' && run.to === day - 1 && run.minutes === n) run.to = day;
      else steps.push({ kind: 'worked', from: day, to: day, minutes: n });
    } else if (kind === 'counted') {
      if (run?.kind === 'counted' && run.to === day - 1) Object.assign(run, { to: day, last: n });
      else steps.push({ kind: 'counted', from: day, to: day, first: n, last: n });
    }
  }
  return steps;
}

/** How the last moment was moved after the count: what lies between `end` and `due`. */
function moves(end: number, due: number, counting: Counting, rounded: number): Step[] {
  if ((counting.supplement === 'subtract' || counting.supplement === 'shift') && rounded !== due)
    return [{ kind: 'moved', why: 'pushed', from: end, to: due }];
  const steps: Step[] = [];
  if (rounded !== end) steps.push({ kind: 'moved', why: 'next-opening', from: end, to: rounded });
  if (due !== rounded) steps.push({ kind: 'moved', why: 'rounded', from: rounded, to: due });
  return steps;
}

/** First year after the table, for "no calendar of that year". */
const yearAfter = (table: WorkTable) => yearOf(table.firstDay + table.days);

/**
 * How a due moment comes about, step by step and date by date, for people who check it on paper. The moment itself is always that
 * of `dueAt`; only the way there is told here.
 */
export function traceDue(table: WorkTable, input: DueInput, counting: Counting): Trace {
  const { limit, pauses = [] } = input;
  const steps: Step[] = [{ kind: 'received', at: input.receivedAt }];
  const stop = (step: Step): Trace => ({ counting, due: null, steps: [...steps, step], days: [] });
  const open = pauses.find(({ to }) => to === null);
  if (open) return stop({ kind: 'stopped', from: open.from });

  const again = counting.supplement === 'restart' ? restartOf(pauses) : null;
  const from = again !== null && again > input.receivedAt ? again : input.receivedAt;
  if (from !== input.receivedAt) steps.push({ kind: 'restart', from: input.receivedAt, at: from });
  const pushing = counting.supplement === 'subtract' || counting.supplement === 'shift';
  const plain: DueInput = pushing ? { ...input, pauses: [] } : input;
  const start = nextOpening(table, from);
  const due = dueAt(table, input, counting);
  const landed = dueAt(table, plain, { ...counting, roundUp: 0 });
  const end = dueAt(table, plain, { ...counting, roundUp: 0, closeOfDay: 'stay' });
  if (start === null || due === null || end === null || landed === null)
    return stop({
      kind: 'no-calendar',
      // The receipt's own year when it lies outside the table, else the one that the count runs into.
      year: coverage(table, from, from) === 'none' ? yearOf(dayOf(from)) : yearAfter(table),
    });
  if (start !== from) steps.push({ kind: 'opening', from, at: start, closed: closedAt(table, from) });

  const spans = pushing ? [] : unionOfPauses(pauses);
  const last = dayOf(end);
  const inMinutes = minutesOfLimit(limit, counting) !== null;
  let day0 = dayOf(start);
  let marks: DayMark[];
  let rolled: Step | null = null;
  if (inMinutes) {
    marks = markMinutes(table, start, end, spans);
  } else if (limit.unit === 'workday' && limit.value <= 0) {
    const cutoff = input.cutoff ?? table.source.cutoff;
    const late = minuteOfDay(start) >= cutoff;
    steps.push({ kind: 'cutoff', at: start, cutoff, late });
    marks = late
      ? [markOf(table, day0, 'zero'), ...markWorkingDays(table, day0, last, [])]
      : [markOf(table, day0, 'counted', 1)];
  } else {
    if (counting.dayZero === 'receipt-date') day0 = dayOf(from);
    steps.push({ kind: 'day-zero', day: day0, dayZero: counting.dayZero });
    const zero = markOf(table, day0, 'zero');
    if (limit.unit === 'workday') {
      const paused = pausedWorkingDates(table, spans);
      marks = [zero, ...markWorkingDays(table, day0, last, paused)];
    } else {
      const paused = pausedCalendarDates(table, spans);
      const lastDate = lastDateOf(day0, limit, timeAround(table, spans));
      marks = [zero, ...markDates(table, day0, lastDate, last, paused)];
      if (lastDate !== last) rolled = { kind: 'rolled', from: lastDate, to: last };
    }
  }
  steps.push(...stepsOfMarks(table, marks, inMinutes));
  if (rolled) steps.push(rolled);
  steps.push(...moves(end, due, counting, landed), { kind: 'due', at: due });
  return { counting, due, steps, days: strip(table, dayOf(from), marks, dayOf(due)) };
}

/** Marks from the date of receipt to the due date without a gap, the last one marked as due. */
function strip(table: WorkTable, first: number, marks: readonly DayMark[], due: number): DayMark[] {
  const known = new Map(marks.map((mark) => [mark.day, mark]));
  const days: DayMark[] = [];
  for (let day = Math.min(first, marks[0]?.day ?? first); day <= due; day++) {
    const mark = known.get(day) ?? markOf(table, day, closeOfDay(table, day) === null ? 'skipped' : 'free');
    days.push(day === due ? { ...mark, kind: 'due' } : mark);
  }
  return days;
}
