/** Working time: calendars as dated data, tables built from them, and every question about them. No law on due dates. */
export * from './check.ts';
export * from './finding.ts';
export * from './import.ts';
export * from './merge.ts';
export * from './pack.ts';
export * from './pauses.ts';
export * from './provisional.ts';
export * from './schema.ts';
export * from './shipped.ts';
export { dayInWords, isoDay, knowsStatutoryYear, type StatutoryDay, statutoryDays } from './statutory.ts';
export * from './table.ts';
export * from './transfer.ts';
