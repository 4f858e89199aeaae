/** Three systems held against each other: rules as dated data, classes, report, comparison of two reports. Pure. */
export type { ClassifyContext, RecordGroup } from './case.ts';
export * from './causes.ts';
export * from './classify.ts';
export * from './compare.ts';
export * from './engine/index.ts';
export * from './fields.ts';
export * from './fixes.ts';
export * from './job/index.ts';
export * from './job/sheets.ts';
export * from './reconcile.ts';
export * from './report.ts';
export * from './report-file.ts';
export * from './rules.ts';
export * from './same.ts';
export * from './totals.ts';
export * from './types.ts';
export * from './values.ts';
export * from './words.ts';
