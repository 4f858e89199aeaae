import data from './data/settings.json' with { type: 'json' };

/** Hours after the last reading at which an entry of the worklist is deleted. */
export const EXPIRE_HOURS: number = data.expireHours;
/** Entries that the worklist keeps. */
export const MAX_ENTRIES: number = data.maxEntries;
/** Minutes for which what an answer said completes what the screen shows. */
export const MERGE_MINUTES: number = data.mergeMinutes;
