import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { joinFiles } from '../../../cli/join/index.ts';
import { SIDES } from '../../../lib/reconcile/engine/index.ts';
import { MAPPING } from './mapping.ts';
import { differencesSql, type Paths } from './sql.ts';

/** One contestant in a process of its own: reads the three files, writes `code,mask` of all that differs, prints what it cost. */

export interface Cost {
  ms: number;
  /** Processor time of all its threads and processes. */
  cpu: number;
  /** Most memory it held at once, kB. */
  peak: number;
  parts?: Record<string, number>;
}

const exactly = { receivedAt: { seconds: 0 }, dueAt: { seconds: 0 }, finishedAt: { seconds: 0 } };

async function ours(paths: Paths, threads: number, out: string): Promise<Record<string, number>> {
  const parts: Record<string, number> = {};
  const sources = Object.fromEntries(SIDES.map((side) => [side, { path: paths[side], mapping: MAPPING }]));
  const { outcome, rows } = await joinFiles(sources, {
    sides: SIDES,
    tolerance: exactly,
    threads,
    timed: (part, ms) => {
      parts[part] = ms;
    },
  });
  rows.close();
  const start = performance.now();
  const { groups } = outcome;
  const file = openSync(out, 'w');
  let text = '';
  for (let n = 0; n < groups.length; n++) {
    text += `${groups.code(n)},${groups.mask(n)}\n`;
    if (text.length > 1 << 20 || n === groups.length - 1) {
      writeSync(file, text);
      text = '';
    }
  }
  closeSync(file);
  parts.list = performance.now() - start;
  return parts;
}

async function duckdb(paths: Paths, threads: number, out: string): Promise<void> {
  // Loaded here only: its binary must not weigh on the others.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run('SET preserve_insertion_order = false');
  await connection.run(`COPY (${differencesSql(paths)}) TO '${out}' (HEADER false)`);
  connection.closeSync();
  instance.closeSync();
}

/**
 * `sort` and `awk`: codes in upper case without blanks, each file sorted, the three merged, rows of one code compared as texts. Only
 * columns before the quoted one, since these tools know no quotes.
 */
async function coreutils(paths: Paths, threads: number, out: string): Promise<number> {
  const sorted = SIDES.map((side, i) => {
    const columns = `{ c = toupper($1); sub(/ +$/, "", c); print c "," ${i} "," $2 "," $3 "," $4 "," $5 "," $6 "," $7 }`;
    return `<(tail -n +2 '${paths[side]}' | awk -F, '${columns}' | sort -t, -k1,1 --parallel=${threads} -S 30%)`;
  });
  const compare = `
    function close_group() {
      if (!n[0]) m += 4; if (!n[1]) m += 1; if (!n[2]) m += 2
      if (n[0] > 1 || n[1] > 1 || n[2] > 1) m += 256
      for (i = 3; i <= 8; i++) if (d[i]) m += bit[i]
      if (m) print code "," m
    }
    BEGIN { bit[3] = 8; bit[4] = 512; bit[5] = 16; bit[6] = 32; bit[7] = 64; bit[8] = 128 }
    $1 != code { if (NR > 1) close_group(); code = $1; m = 0; split("", n); split("", d); for (i = 3; i <= 8; i++) f[i] = $i }
    { n[$2]++; for (i = 3; i <= 8; i++) if ($i != f[i]) d[i] = 1 }
    END { close_group() }`;
  const script = `sort -m -t, -k1,1 ${sorted.join(' ')} | awk -F, '${compare}' > '${out}'`;
  const child = spawn('bash', ['-c', script], {
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, held(process.pid) - held(process.pid, false));
  }, 20);
  await new Promise((resolve, reject) => {
    child.on('exit', (code) => (code === 0 ? resolve(null) : reject(new Error(`coreutils: ${code}`))));
    child.on('error', reject);
  });
  clearInterval(watch);
  return peak;
}

/** kB that a process holds, and those it has started. */
function held(pid: number, family = true): number {
  let sum = 0;
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const own = Number(name) === pid;
      if (own || (family && Number(/PPid:\s+(\d+)/.exec(status)?.[1]) === pid)) {
        sum += own ? Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) : held(Number(name));
      }
    } catch {
      // It has just ended.
    }
  }
  return sum;
}

/** Every byte looked at once, for `,` and LF: the least that a program in this language can do with the files. */
async function scan(paths: Paths, threads: number): Promise<void> {
  if (threads === 1) {
    for (const side of SIDES) scanRange(paths[side], 0, statSync(paths[side]).size);
    return;
  }
  await Promise.all(
    Array.from({ length: threads }, (_, thread) => {
      const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), {
        workerData: { paths, thread, threads },
      });
      return new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject));
    }),
  );
}

export function scanRange(path: string, from: number, to: number): number {
  const file = openSync(path, 'r');
  const bytes = new Uint8Array(256 * 1024);
  let count = 0;
  for (let at = from; at < to; ) {
    const length = Math.min(to - at, readSync(file, bytes, { position: at }));
    for (let i = 0; i < length; i++) {
      const c = bytes[i];
      if (c === 44 || c === 10) count++;
    }
    at += length;
  }
  closeSync(file);
  return count;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { threads: { type: 'string', default: '2' }, out: { type: 'string', default: '' } },
    allowPositionals: true,
  });
  const [name, folder] = positionals as [string, string];
  const paths = Object.fromEntries(SIDES.map((side) => [side, join(folder, `${side}.csv`)])) as unknown as Paths;
  const threads = Number(values.threads);
  const start = performance.now();
  const before = process.cpuUsage();
  const cost: Cost = { ms: 0, cpu: 0, peak: 0 };
  let children = 0;
  if (name === 'ours') cost.parts = await ours(paths, threads, values.out);
  else if (name === 'duckdb') await duckdb(paths, threads, values.out);
  else if (name === 'coreutils') children = await coreutils(paths, threads, values.out);
  else await scan(paths, threads);
  cost.ms = performance.now() - start;
  const used = process.cpuUsage(before);
  cost.cpu = (used.user + used.system) / 1000;
  cost.peak = children || process.resourceUsage().maxRSS;
  writeFileSync(1, JSON.stringify(cost));
}
