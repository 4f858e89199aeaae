import { SIDES, type SideRecord } from '../types.ts';
import { codeDigest, recordDigest, sumDigest } from './digest.ts';
import type { Cell, CellKey, CellMark, Partition } from './types.ts';

/** A file or an account that is read in one go. */
export const EVERYTHING: Partition = { unit: '', day: '' };

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Order of partitions: by day, then by unit. */
export const byPartition = (a: Partition, b: Partition): number => compare(a.day, b.day) || compare(a.unit, b.unit);

/** Order of cells: the same on every machine, so that what is written is the same. */
export function byCell(a: CellKey, b: CellKey): number {
  return (
    compare(b.phase, a.phase) || SIDES.indexOf(a.side) - SIDES.indexOf(b.side) || byPartition(a.partition, b.partition)
  );
}

/** Order of records: by code as compared, then by place. */
export const byRecord = (a: SideRecord, b: SideRecord): number =>
  compare(a.code, b.code) || compare(a.at, b.at) || compare(recordDigest(a), recordDigest(b));

/** One text for one cell; parts are encoded, so that no unit can look like another. */
export function cellId({ phase, side, partition }: CellKey): string {
  return [phase, side, partition.day, encodeURIComponent(partition.unit)].join('/');
}

/** «ngày 02/11/2026, đơn vị 000.00.99.H29»: a partition for a person. */
export function partitionText({ unit, day }: Partition): string {
  const date = day === '' ? 'không rõ ngày' : `ngày ${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
  if (day === '' && unit === '') return 'toàn bộ';
  return unit === '' ? date : `${date}, đơn vị ${unit}`;
}

/** What a store keeps beside a cell's content. */
export function markOf(key: CellKey, cell: Cell): CellMark {
  const asked = cell.asked ?? [];
  return {
    key,
    digest: sumDigest(key.phase === 'ask' ? asked.map(codeDigest) : cell.records.map(recordDigest)),
    records: cell.records.length,
    unreadable: cell.unreadable.length,
    unanswered: asked.filter(({ unanswered }) => unanswered !== undefined).length,
  };
}
