import {
  type Coverage,
  closeOfDay,
  coverage,
  isWorkingDay,
  nominalClose,
  nthWorkingDayAfter,
  type WorkTable,
  workingMinutesBetween,
} from '../calendar/index.ts';
import type { Dossier, DossierLimit, Rules } from '../schema/index.ts';
import { dayOf, minuteOfDay } from '../text/index.ts';
import { type DueInput, minutesOfLimit, plainDue } from './due.ts';
import { countingAt, cutoffOf } from './in-force.ts';
import type { Assessment, Clock, ClockVerdict, UnknownReason, Verdict } from './types.ts';

/** What a unit counts by: its working time and its rules. */
export interface Basis {
  table: WorkTable;
  rules: Rules;
}

export interface AssessContext extends Basis {
  /** Epoch minutes. */
  now: number;
}

/** Most urgent first; see docs/verdicts.md. */
const URGENCY: readonly Verdict[] = [
  'overdue',
  'due-today',
  'due-soon',
  'finished-late',
  'unknown',
  'awaiting-pickup',
  'on-time',
  'paused',
  'finished-on-time',
  'not-started',
];
const TIE: readonly Clock[] = ['appointment', 'step', 'acceptance', 'return'];

/** Sort key of a verdict: 0 is the most urgent. */
export function urgencyOf(verdict: Verdict): number {
  return URGENCY.indexOf(verdict);
}

interface Promise_ {
  /** Shown moment. */
  dueAt: number;
  /** Judged moment (art. 148.5: a promise on a day off ends with the next working day). */
  effective: number;
}

function promiseOf(record: Dossier, { table }: AssessContext): Promise_ | null {
  const field = record.extendedDueAt !== undefined ? 'extendedDueAt' : 'dueAt';
  const at = record[field];
  if (at === undefined) return null;
  const day = dayOf(at);
  const dueAt = record.dayOnly.includes(field) ? nominalClose(table, day) : at;
  return { dueAt, effective: effectiveOf(table, dueAt) };
}

function effectiveOf(table: WorkTable, dueAt: number): number {
  const day = dayOf(dueAt);
  if (isWorkingDay(table, day)) return dueAt;
  const next = nthWorkingDayAfter(table, day, 1);
  return (next === null ? null : closeOfDay(table, next)) ?? dueAt;
}

const unknown = (clock: Clock, reason: UnknownReason, dueAt: number | null = null): ClockVerdict => ({
  clock,
  verdict: 'unknown',
  dueAt,
  effectiveDueAt: dueAt,
  left: null,
  reason,
});

const plain = (clock: Clock, verdict: Verdict, dueAt: number | null = null): ClockVerdict => ({
  clock,
  verdict,
  dueAt,
  effectiveDueAt: dueAt,
  left: null,
});

function limitMinutes(limit: DossierLimit | undefined, workday: number): number | null {
  // Months are long: their share never comes before the plain threshold.
  if (!limit || limit.unit === 'month' || limit.unit === 'year') return null;
  return limit.unit === 'hour' ? limit.value * 60 : limit.value * workday;
}

function running(
  clock: Clock,
  due: Promise_ | null,
  limit: DossierLimit | undefined,
  { table, now, rules: { thresholds } }: AssessContext,
): ClockVerdict {
  if (!due) return unknown(clock, 'no-due');
  if (coverage(table, now, due.effective) === 'none') return unknown(clock, 'no-calendar', due.dueAt);
  const left = workingMinutesBetween(table, now, due.effective);
  const total = limitMinutes(limit, thresholds.workdayMinutes);
  const soon = Math.min(thresholds.dueSoonMinutes, total === null ? Infinity : total * thresholds.dueSoonShare);
  let verdict: Verdict = 'on-time';
  if (now > due.effective) verdict = 'overdue';
  else if (dayOf(now) === dayOf(due.effective)) verdict = 'due-today';
  else if (left <= soon) verdict = 'due-soon';
  return { clock, verdict, dueAt: due.dueAt, effectiveDueAt: due.effective, left };
}

function acceptance(record: Dossier, context: AssessContext): ClockVerdict {
  if (record.channel === 'counter' || record.channel === 'post') return plain('acceptance', 'not-started');
  if (record.channel === undefined) return unknown('acceptance', 'channel-unknown');
  if (record.submittedAt === undefined) return unknown('acceptance', 'no-submission');
  const { table, rules } = context;
  const limit: DossierLimit = { value: rules.thresholds.acceptanceWorkdays, unit: 'workday' };
  if (coverage(table, record.submittedAt, context.now) === 'none') return unknown('acceptance', 'no-calendar');
  const due = plainDue(table, { receivedAt: record.submittedAt, limit }, countingAt(rules, record.submittedAt));
  return running('acceptance', due === null ? null : { dueAt: due, effective: due }, limit, context);
}

/** The step's own clock, or null when the page does not tell when the step must end. */
function step(record: Dossier, context: AssessContext): ClockVerdict | null {
  const { step: current } = record;
  if (!current) return null;
  const { table, rules } = context;
  let due = current.dueAt ?? null;
  if (due === null && current.startedAt !== undefined && current.limit) {
    const input = { receivedAt: current.startedAt, limit: current.limit };
    due = plainDue(table, input, countingAt(rules, current.startedAt));
  }
  if (due === null) return null;
  if (record.status.code === 5 || record.status.code === 6) return plain('step', 'paused', due);
  return running('step', { dueAt: due, effective: effectiveOf(table, due) }, current.limit, context);
}

function finished(record: Dossier, context: AssessContext): ClockVerdict {
  const due = promiseOf(record, context);
  let endField: 'completedAt' | 'returnedAt' = 'completedAt';
  if (record.completedAt === undefined && record.status.code === 10) endField = 'returnedAt';
  const end = record[endField];
  if (end === undefined) return unknown('appointment', 'no-end', due?.dueAt ?? null);
  if (!due) return unknown('appointment', record.noDueDate ? 'no-appointment' : 'no-due');
  const { table } = context;
  if (coverage(table, end, due.effective) === 'none') return unknown('appointment', 'no-calendar', due.dueAt);
  const byDay = record.dayOnly.includes(endField);
  const late = byDay ? dayOf(end) > dayOf(due.effective) : end > due.effective;
  // The citizen may have come late for a result that was ready in time.
  if (late && endField === 'returnedAt') return unknown('appointment', 'no-end', due.dueAt);
  const judged = byDay ? nominalClose(table, dayOf(end)) : end;
  return {
    clock: 'appointment',
    verdict: late ? 'finished-late' : 'finished-on-time',
    dueAt: due.dueAt,
    effectiveDueAt: due.effective,
    left: workingMinutesBetween(table, judged, due.effective),
  };
}

function runningAppointment(record: Dossier, context: AssessContext): ClockVerdict {
  const due = promiseOf(record, context);
  if (!due && record.noDueDate) return unknown('appointment', 'no-appointment');
  const verdict = running('appointment', due, record.limit, context);
  const known = record.pauses.filter(({ to }) => to !== null).length;
  const pauseUnknown = (record.supplementRequests ?? 0) > known || known < record.pauses.length;
  if (verdict.verdict === 'overdue' && pauseUnknown) return unknown('appointment', 'pause-history', verdict.dueAt);
  return verdict;
}

function clocksOf(record: Dossier, context: AssessContext): ClockVerdict[] {
  const due = () => promiseOf(record, context)?.dueAt ?? null;
  switch (record.status.code) {
    case 1:
      return [plain('appointment', 'not-started', due()), acceptance(record, context)];
    case 2:
    case 4: {
      const own = step(record, context);
      const appointment = runningAppointment(record, context);
      return own ? [appointment, own] : [appointment];
    }
    case 5:
    case 6: {
      const own = step(record, context);
      const appointment = plain('appointment', 'paused', due());
      return own ? [appointment, own] : [appointment];
    }
    case 9:
      return [finished(record, context), plain('return', 'awaiting-pickup', due())];
    case 3:
    case 7:
    case 8:
    case 10:
      return [finished(record, context)];
    default:
      return [unknown('appointment', 'status-unknown', due())];
  }
}

/** An unknown that must not hide what is known: a step's, or the judgement of a result that waits for pick-up. */
function sidelined(verdict: ClockVerdict, clocks: readonly ClockVerdict[]): boolean {
  if (verdict.verdict !== 'unknown') return false;
  return verdict.clock === 'step' || clocks.some((other) => other.clock === 'return');
}

function rank(verdict: ClockVerdict, clocks: readonly ClockVerdict[]): number {
  const urgency = sidelined(verdict, clocks) ? URGENCY.length : urgencyOf(verdict.verdict);
  return urgency * TIE.length + TIE.indexOf(verdict.clock);
}

/**
 * What our own sum goes by, or null when the record does not tell enough. Dossiers taken in at another unit (phi địa giới) are
 * counted from the receipt by the competent one (NĐ 309/2026, on art. 17.3).
 */
export function inputOf(record: Dossier, rules: Rules): DueInput | null {
  const field = record.competentReceivedAt !== undefined ? 'competentReceivedAt' : 'receivedAt';
  const receivedAt = record[field];
  const { limit } = record;
  if (receivedAt === undefined || !limit) return null;
  const counting = countingAt(rules, receivedAt);
  // A bare date has no hour to count from; nor does it say on which side of the cut-off it lies.
  const needsHour = minutesOfLimit(limit, counting) !== null || limit.value <= 0 || counting.days === 'time';
  if (needsHour && record.dayOnly.includes(field)) return null;
  return { receivedAt, limit, pauses: record.pauses, cutoff: cutoffOf(rules, record.procedure) };
}

/** Our own sum against the system's promise: only where nothing we cannot see may have moved the promise. */
function compare(
  record: Dossier,
  context: AssessContext,
  count: typeof plainDue,
): { computedDueAt: number | null; mismatch: number | null } {
  const { table, rules } = context;
  const input = inputOf(record, rules);
  const computedDueAt = input && count(table, input, countingAt(rules, input.receivedAt));
  if (input === null || computedDueAt === null || coverage(table, input.receivedAt, computedDueAt) === 'none')
    return { computedDueAt: null, mismatch: null };
  const due = promiseOf(record, context);
  const running = record.status.code === 2 || record.status.code === 4;
  const hidden = (record.supplementRequests ?? 0) > record.pauses.length;
  // The end of a bare date is the end of that day, which a limit that begins anew may put a day too late.
  const vague = record.pauses.some(({ to }) => to !== null && minuteOfDay(to) === 0);
  const moved = record.extendedDueAt !== undefined || hidden || vague;
  if (!due || !running || moved || coverage(table, input.receivedAt, due.dueAt) === 'none')
    return { computedDueAt, mismatch: null };
  const difference = workingMinutesBetween(table, computedDueAt, due.dueAt);
  return { computedDueAt, mismatch: Math.abs(difference) >= rules.thresholds.mismatchMinutes ? difference : null };
}

/**
 * Every clock of a dossier and the one its badge shows, computed from the record alone at the moment `now`, so that
 * a corrected calendar corrects the past. Never throws. Rules: docs/verdicts.md.
 * @param count our own sum; `dueAt` where a record may hold pauses. A list shows none, and `plainDue` is small.
 */
export function assess(record: Dossier, context: AssessContext, count = plainDue): Assessment {
  const clocks = clocksOf(record, context);
  let shown = clocks[0] as ClockVerdict;
  for (const clock of clocks) if (rank(clock, clocks) < rank(shown, clocks)) shown = clock;
  const worst: Coverage =
    shown.effectiveDueAt === null ? 'official' : coverage(context.table, context.now, shown.effectiveDueAt);
  return { clocks, shown, coverage: worst, ...compare(record, context, count) };
}
