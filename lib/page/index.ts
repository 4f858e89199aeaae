export * from './adapter.ts';
export { type FieldHealth, healthOf, type PageHealth } from './health.ts';
export { isMatchPattern, matchesPattern } from './pattern.ts';
export { type PageReading, readPage } from './read.ts';
export { ADAPTERS, adapterById, addressOf, type PickedAdapter, pickAdapter } from './registry.ts';
