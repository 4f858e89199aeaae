/** Jobs of reconciliation: pieces, order, failures, resuming. Readers and stores come from outside. */
export { cellId, markOf, partitionText } from './cells.ts';
export * from './control.ts';
export { textDigest } from './digest.ts';
export { memoryAfter, notDoneBySide } from './finish.ts';
export type { Gathered, Recheck } from './gather.ts';
export type { JobInput, JobOptions } from './phase.ts';
export { monthOf, notesOf, planJob } from './plan.ts';
export { type JobRun, runJob } from './runner.ts';
export { drawSample, undetectedBound } from './sample.ts';
export * from './types.ts';
