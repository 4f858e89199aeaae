/** How verdicts are said: names, tones, explanations. Text only; no elements and no rules. */
export * from './explain.ts';
export * from './fields.ts';
export * from './verdict.ts';
