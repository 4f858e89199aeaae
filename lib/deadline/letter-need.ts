import type { WorkTable } from '../calendar/index.ts';
import type { Dossier } from '../schema/index.ts';
import { type ApologyWindow, apologyWindow } from './apology.ts';
import type { Assessment } from './types.ts';

/**
 * Whether and when a dossier needs an apology letter: the window of its appointment (see `apologyWindow`), judged at `now` (epoch
 * minutes). A date that the unit has set anew counts as the one re-appointment that is allowed (NĐ 61/2018 art. 19.9).
 * @returns null when the appointment does not run (only statuses 2 and 4 do), is not known for certain, or lies beyond the calendar.
 */
export function letterNeed(
  record: Dossier,
  { clocks }: Pick<Assessment, 'clocks'>,
  { table, now }: { table: WorkTable; now: number },
): ApologyWindow | null {
  const { status, extendedDueAt, receivedAt, competentReceivedAt } = record;
  if (status.code !== 2 && status.code !== 4) return null;
  const appointment = clocks.find(({ clock }) => clock === 'appointment');
  if (!appointment || appointment.verdict === 'unknown' || appointment.effectiveDueAt === null) return null;
  const reappointments = extendedDueAt === undefined ? 0 : 1;
  return apologyWindow(table, appointment.effectiveDueAt, now, reappointments, competentReceivedAt ?? receivedAt);
}
