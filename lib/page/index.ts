export * from './adapter.ts';
export { addressOf } from './address.ts';
export { healthOf } from './health.ts';
export { isMatchPattern } from './pattern.ts';
export { type PageReading, readPage } from './read.ts';
export { recipientOnDetail, recipientOnRow } from './recipient.ts';
export { ADAPTERS, adapterById, pickAdapter } from './registry.ts';
export { scout } from './scout.ts';
