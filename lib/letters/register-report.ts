import { isoOf } from '../text/index.ts';
import type { RegisterEntry } from './register.ts';

/** A unit's month, by the appointments that fell into it. */
export interface RegisterMonth {
  unit: string;
  /** `2026-11`, of the old appointment; empty when that is not known. */
  month: string;
  entries: number;
  issued: number;
  /** Sent after the moment by which it had to be out. */
  issuedLate: number;
  /** The appointment has passed and no letter went out. */
  overdueWithout: number;
  /** More than the one re-appointment that is allowed. */
  secondReappointments: number;
  notApplicable: number;
  /** Letters (drafted or sent) by reason. */
  byReason: Record<string, number>;
}

const monthOf = ({ oldDueAt }: RegisterEntry) => (oldDueAt === undefined ? '' : isoOf(oldDueAt).slice(0, 7));

/** True when the appointment has passed and nothing went out, whether or not anything was drafted. */
function isOverdueWithout({ state, oldDueAt }: RegisterEntry, now: number): boolean {
  return oldDueAt !== undefined && oldDueAt < now && ['needed', 'drafted', 'late'].includes(state);
}

/** True when the letter went out after its moment; without one, after the appointment itself (city rule). */
function isIssuedLate({ state, issuedAt, letterDueAt, oldDueAt }: RegisterEntry): boolean {
  const limit = letterDueAt ?? oldDueAt;
  return state === 'issued' && issuedAt !== undefined && limit !== undefined && issuedAt > limit;
}

const emptyMonth = (unit: string, month: string): RegisterMonth => ({
  unit,
  month,
  entries: 0,
  issued: 0,
  issuedLate: 0,
  overdueWithout: 0,
  secondReappointments: 0,
  notApplicable: 0,
  byReason: {},
});

function count(row: RegisterMonth, entry: RegisterEntry, now: number): void {
  row.entries++;
  if (entry.state === 'issued') row.issued++;
  if (isIssuedLate(entry)) row.issuedLate++;
  if (isOverdueWithout(entry, now)) row.overdueWithout++;
  if (entry.reappointments > 1) row.secondReappointments++;
  if (entry.state === 'not-applicable') row.notApplicable++;
  const made = entry.state === 'issued' || entry.draftedAt !== undefined;
  if (made) row.byReason[entry.reasonId ?? ''] = (row.byReason[entry.reasonId ?? ''] ?? 0) + 1;
}

/**
 * Rows of the monthly report, by unit and then by month; every entry is in exactly one of them.
 * @param now epoch minutes.
 */
export function monthlyReport(entries: readonly RegisterEntry[], now: number): RegisterMonth[] {
  const rows = new Map<string, RegisterMonth>();
  for (const entry of entries) {
    const month = monthOf(entry);
    const key = `${entry.unit}\n${month}`;
    const row = rows.get(key) ?? emptyMonth(entry.unit, month);
    rows.set(key, row);
    count(row, entry, now);
  }
  return [...rows.values()].sort((a, b) => a.unit.localeCompare(b.unit, 'vi') || (a.month < b.month ? -1 : 1));
}
