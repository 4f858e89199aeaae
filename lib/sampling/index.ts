/** Spot checks: freezing a list, sizes and plans, drawing, estimating, agreement, the record. Pure; nothing here opens a dossier. */
export * from './agreement.ts';
export * from './allocate.ts';
export * from './draw.ts';
export * from './error.ts';
export * from './estimate.ts';
export * from './evaluate.ts';
export * from './interval.ts';
export * from './plan.ts';
export * from './population.ts';
export * from './record.ts';
export * from './sample.ts';
export * from './sha256.ts';
export * from './size.ts';
export * from './special.ts';
export * from './words.ts';
