import { statSync } from 'node:fs';
import { inspectFile, joinMapping } from '../connectors/files/index.ts';
import { openPath } from '../connectors/files/node.ts';
import { type ReconcileReport, type ReconcileRules, reportOfJoin, SIDES, type Side } from '../lib/reconcile/index.ts';
import { type FileSource, joinFiles } from './join/index.ts';

/** Bytes of all files together from which they are joined straight from the disk, by all cores. */
const BIG = 64 * 1024 * 1024;

export type BulkFiles = { files: Partial<Record<Side, FileSource>> } | { why: string };

const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Files that are joined straight from the disk; null: they are small, or not all of them are CSV. */
export async function bulkFiles(names: Partial<Record<Side, string>>, always: boolean): Promise<BulkFiles | null> {
  const paths = Object.entries(names).map(([side, name]) => [side as Side, name.replace(/^file:/, ''), name] as const);
  if (paths.some(([, , name]) => !/^file:.*\.csv$/i.test(name))) return null;
  if (!always && paths.reduce((sum, [, path]) => sum + size(path), 0) < BIG) return null;
  const files: Partial<Record<Side, FileSource>> = {};
  for (const [side, path] of paths) {
    const file = await openPath(path);
    const made = await joinMapping(file, await inspectFile(file, side));
    if ('why' in made) return { why: `${path}: ${made.why}` };
    files[side] = { path, mapping: made.mapping };
  }
  return { files };
}

/** Joins files of any size, by all cores. */
export async function reconcileBulk(
  files: Partial<Record<Side, FileSource>>,
  rules: ReconcileRules,
  now: number,
): Promise<ReconcileReport> {
  const sides = SIDES.filter((side) => files[side] !== undefined);
  const { outcome, rows } = await joinFiles(files, { sides, tolerance: rules.tolerance });
  try {
    return reportOfJoin(outcome, rows, { rules, sides, now });
  } finally {
    rows.close();
  }
}
