/** Due moments, clocks, verdicts and how each came about. Pure functions of a record, a calendar, rules and a moment. */
export * from './alternatives.ts';
export * from './apology.ts';
export * from './assess.ts';
export * from './due.ts';
export * from './expired-supplement.ts';
export * from './in-force.ts';
export * from './letter-need.ts';
export * from './marks.ts';
export * from './paused.ts';
export * from './policies.ts';
export * from './rules.ts';
export * from './trace.ts';
export * from './types.ts';
export * from './unit-file.ts';
