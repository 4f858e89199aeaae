import type { ColumnMapping } from '../../../lib/reconcile/engine/index.ts';

/** Columns of the files that generate.ts writes. */
export const MAPPING: ColumnMapping = {
  delimiter: ',',
  headerRows: 1,
  columns: 9,
  code: 0,
  status: 1,
  receivedAt: 2,
  dueAt: 3,
  finishedAt: 4,
  procedure: 5,
  result: 6,
  unit: 8,
};
