import { isKnownStatus, isMoment } from './same.ts';
import type { SideRecord } from './types.ts';

const momentRank = (moment: number | undefined) => (isMoment(moment) ? moment : -1);
const statusRank = (status: number | undefined) => (status !== undefined && isKnownStatus(status) ? status : 0);
/** All that a row says, as a text that no two different rows share. */
const textOf = (row: SideRecord) =>
  Object.entries(row)
    .map(([name, value]) => `${name === 'code' ? ' ' : ''}${name} ${value}`)
    .sort()
    .join('\n');

/**
 * Of several rows of one system the one that stands for the dossier: the one changed last, then the one furthest on. What is left is
 * decided by the text of the rows, so that their order in the source never matters.
 */
export function pickRow(rows: readonly SideRecord[]): SideRecord {
  const [first, ...others] = rows;
  return others.reduce((best, row) => {
    const by =
      momentRank(row.updatedAt) - momentRank(best.updatedAt) ||
      momentRank(row.finishedAt) - momentRank(best.finishedAt) ||
      statusRank(row.status) - statusRank(best.status) ||
      (textOf(row) < textOf(best) ? 1 : -1);
    return by > 0 ? row : best;
  }, first as SideRecord);
}
