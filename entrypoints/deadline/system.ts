import { coverage, nominalClose } from '../../lib/calendar/index.ts';
import { type Basis, readingsOf, type Trace } from '../../lib/deadline/index.ts';
import { dayOf } from '../../lib/text/index.ts';
import { longDay, longMoment, NO_READING, sayParting, sayReading, sayTrace } from '../../lib/ui/index.ts';
import type { Question } from './read.ts';
import { differenceWords } from './ways.ts';

/** The system's appointment against our count. */
export interface SystemCheck {
  verdict: 'khớp' | 'khác' | 'chưa so được';
  lines: string[];
  /** How the system seems to have counted, step by step; empty when nothing explains its date. */
  steps: string[];
}

/** Compares; null when no date of the system is given. */
export function checkSystem(
  basis: Basis,
  { input, system, firstReceivedAt }: Question,
  trace: Trace,
  inMinutes: boolean,
) {
  if (system === null) return null;
  const { table, rules } = basis;
  const { dueAt, dayOnly } = system;
  const when = dayOnly ? longDay(dayOf(dueAt)) : longMoment(dueAt);
  const check = (verdict: SystemCheck['verdict'], lines: string[], steps: string[] = []): SystemCheck => ({
    verdict,
    lines: [`Hệ thống hẹn ${when}${dayOnly ? ' (không có giờ)' : ''}.`, ...lines],
    steps,
  });
  if (trace.due === null) return check('chưa so được', ['Chưa so được, vì theo cách đếm của đơn vị chưa có hạn.']);
  if (dayOnly ? dayOf(dueAt) === dayOf(trace.due) : dueAt === trace.due)
    return check('khớp', ['Khớp với cách đếm của đơn vị.']);
  const lines: string[] = [];
  const judged = dayOnly ? nominalClose(table, dayOf(dueAt)) : dueAt;
  if (coverage(table, trace.due, judged) === 'none') lines.push('Khác với cách đếm của đơn vị.');
  else {
    const words = differenceWords(table, trace.due, judged, rules.thresholds.workdayMinutes);
    lines.push(`So với cách đếm của đơn vị, hệ thống hẹn ${words}.`);
  }
  const [likely, ...others] = readingsOf(basis, input, { dueAt, dayOnly, firstReceivedAt });
  if (!likely) return check('khác', [...lines, NO_READING]);
  const first = sayReading(likely.reading);
  lines.push(`Hệ thống ${first}: đếm như vậy ra đúng ${when}.`, sayParting(likely, inMinutes));
  const also = [...new Set(others.map(({ reading }) => sayReading(reading)))].filter((words) => words !== first);
  if (also.length > 0) lines.push(`Cũng khớp, nếu hệ thống ${also.join(', hoặc ')}.`);
  return check('khác', lines, sayTrace(likely.trace));
}
