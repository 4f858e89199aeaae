/** How verdicts are said: names, tones, explanations. Text only; no elements and no rules. */
export * from './days.ts';
export * from './explain.ts';
export * from './fields.ts';
export * from './letter.ts';
export * from './reading.ts';
export * from './steps.ts';
export * from './strip.ts';
export * from './verdict.ts';
