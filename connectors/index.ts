/** The outside world: one folder a system, each behind this door. Nothing here draws or decides. */
export * from './errors.ts';
export * from './opencps/index.ts';
