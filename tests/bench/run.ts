/**
 * `npm run bench [-- name …] [--rounds N]`: what the product costs, beside stand-ins in the same run. Reports,
 * never judges by a clock: machines differ, ratios hold.
 */
import { parseArgs } from 'node:util';

interface Options {
  /** How often each cost is taken; medians are printed. */
  rounds: number;
  /** Rows of each file, where a bench makes files. */
  rows?: number | undefined;
}

const BENCHES: Record<string, () => Promise<{ bench(options: Options): Promise<void> }>> = {
  deadline: () => import('./deadline/bench.ts'),
  indicators: () => import('./indicators/bench.ts'),
  inspect: () => import('./inspect/bench.ts'),
  letters: () => import('./letters/bench.ts'),
  overlay: () => import('./overlay/bench.ts'),
  reconcile: () => import('./reconcile/bench.ts'),
  pull: () => import('./pull/bench.ts'),
  sampling: () => import('./sampling/bench.ts'),
};

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, rows: { type: 'string' } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`--rounds phải là số nguyên từ 1 trở lên, không phải «${values.rounds}».`);
  process.exit(2);
}
const rows = values.rows === undefined ? undefined : Number(values.rows);
if (rows !== undefined && !(Number.isInteger(rows) && rows >= 1)) {
  console.error(`--rows phải là số nguyên từ 1 trở lên, không phải «${values.rows}».`);
  process.exit(2);
}
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
for (const name of names) {
  const load = BENCHES[name];
  if (!load) {
    console.error(`Không có phép đo «${name}». Có: ${Object.keys(BENCHES).join(', ')}.`);
    process.exit(2);
  }
  const { bench } = await load();
  await bench({ rounds, rows });
}
