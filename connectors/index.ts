/** The outside world: one folder a system, each behind this door. Nothing here draws or decides. */
export * from './config.ts';
export * from './dvcqg/index.ts';
export * from './errors.ts';
export * from './files/index.ts';
export * from './lgsp/index.ts';
export * from './opencps/index.ts';
export * from './registry.ts';
export * from './resend.ts';
export * from './secrets.ts';
