import type { PackedCalendar } from '../schema/index.ts';
import data from './data/vn-2026-11.json' with { type: 'json' };
import { packCalendar } from './pack.ts';
import type { WorkingCalendar } from './schema.ts';
import { buildTable, type WorkTable } from './table.ts';

/** The calendar that ships: state offices, Monday to Friday. A unit's own lies over it. */
export const SHIPPED_CALENDAR = data as unknown as WorkingCalendar;

let packed: PackedCalendar | undefined;
/** The shipped calendar as numbers, made on first use. */
export function shippedCalendar(): PackedCalendar {
  packed ??= packCalendar(SHIPPED_CALENDAR);
  return packed;
}

let shipped: WorkTable | undefined;
/** Table of the shipped calendar, built on first use. */
export function shippedTable(): WorkTable {
  shipped ??= buildTable(shippedCalendar());
  return shipped;
}
