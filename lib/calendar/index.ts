import data from './data/vn-2026-11.json' with { type: 'json' };
import type { WorkingCalendar } from './schema.ts';
import { buildTable, type WorkTable } from './table.ts';

export * from './schema.ts';
export * from './table.ts';

/** The calendar that ships: state offices, Monday to Friday. A unit's own comes from policy. */
export const SHIPPED_CALENDAR = data as unknown as WorkingCalendar;

let shipped: WorkTable | undefined;
/** Table of the shipped calendar, built on first use. */
export function shippedTable(): WorkTable {
  shipped ??= buildTable(SHIPPED_CALENDAR);
  return shipped;
}
