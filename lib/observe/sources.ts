import { igateJson } from './igate.ts';
import { opencpsJson } from './opencps.ts';
import type { JsonSource } from './wire.ts';

/** Systems whose own answers can be read. Everything here is loaded into the page world: keep it small. */
export const JSON_SOURCES: readonly JsonSource[] = [igateJson, opencpsJson];
