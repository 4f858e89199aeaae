/** Indicators of QĐ 766/QĐ-TTg out of records of dossiers: tables as dated data, sums, scores, trend, forecast, what would lift them. Pure. */
export * from './compute.ts';
export * from './error.ts';
export type { Forecast, ForecastReading } from './forecast.ts';
export type { Lift } from './lift.ts';
export { MEASURES, type Measure } from './measures.ts';
export type { Mend, Reason } from './outcome.ts';
export * from './period.ts';
export * from './procedures.ts';
export * from './record.ts';
export * from './report.ts';
export * from './score.ts';
export * from './sheets.ts';
export * from './table.ts';
export type { Caveat, Cost } from './tally.ts';
export * from './targets.ts';
export type { Counts, IndicatorOptions } from './types.ts';
export * from './words.ts';
