/**
 * The room of what a page fetches for itself: recognised, cut down in the page world, handed over through one private
 * port, and turned into records on the other side. Nothing here asks for anything.
 */
export * from './handover.ts';
export * from './observer.ts';
export { opencpsJson } from './opencps.ts';
export { fromWire } from './wire.ts';
