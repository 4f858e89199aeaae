import { statSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { scanRange } from './contestants.ts';
import type { Paths } from './sql.ts';

/** One thread's share of the bare scan. */
const { paths, thread, threads } = workerData as { paths: Paths; thread: number; threads: number };
for (const path of Object.values(paths)) {
  const { size } = statSync(path);
  scanRange(path, Math.floor((size * thread) / threads), Math.floor((size * (thread + 1)) / threads));
}
