import type { Grouping } from './record.ts';

export const GROUPING_WORDS: Record<Grouping, string> = { unit: 'đơn vị', field: 'lĩnh vực', channel: 'kênh nộp' };

/** Stratum of the dossiers of which the list does not say what divides it. */
export const NO_STRATUM = '(trống)';
