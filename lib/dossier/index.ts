export * from './code.ts';
export * from './merge.ts';
export * from './status.ts';
