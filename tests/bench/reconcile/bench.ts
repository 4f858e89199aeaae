import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { SIDES } from '../../../lib/reconcile/engine/index.ts';
import { runInChromium } from './chromium.ts';
import type { Cost } from './contestants.ts';
import { generate } from './generate.ts';

interface Contestant {
  title: string;
  name: 'ours' | 'duckdb' | 'coreutils' | 'scan';
  threads: number;
}

const OURS = 'Đúng Hẹn';
const THREADS = Math.min(2, availableParallelism());
const CONTESTANTS: Contestant[] = [
  { title: `${OURS}, 1 luồng`, name: 'ours', threads: 1 },
  { title: `${OURS}, ${THREADS} luồng`, name: 'ours', threads: THREADS },
  { title: `DuckDB «bits», ${THREADS} luồng`, name: 'duckdb', threads: THREADS },
  { title: `sort + awk, ${THREADS} luồng`, name: 'coreutils', threads: THREADS },
  { title: 'chỉ quét byte, 1 luồng', name: 'scan', threads: 1 },
  { title: `chỉ quét byte, ${THREADS} luồng`, name: 'scan', threads: THREADS },
];
/** Bytes of a generated row, with some to spare: to see beforehand whether the disk holds them. */
const ROOM_PER_ROW = 3 * 150;

const number = (value: number, digits = 0) => value.toLocaleString('vi', { maximumFractionDigits: digits });

/** Runs one contestant in a process of its own. */
function run({ name, threads }: Contestant, folder: string, out: string): Cost {
  const script = new URL('./contestants.ts', import.meta.url).pathname;
  const text = execFileSync(process.execPath, [script, name, folder, '--threads', String(threads), '--out', out], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(text) as Cost;
}

interface Found {
  classes: string;
  digest: string;
  count: number;
}

/** Numbers of dossiers by mask, and a digest of the sorted list of codes with their masks. */
function foundIn(list: readonly string[]): Found {
  const lines = list.toSorted();
  const counts = new Map<number, number>();
  for (const line of lines) {
    const mask = Number(line.slice(line.lastIndexOf(',') + 1));
    counts.set(mask, (counts.get(mask) ?? 0) + 1);
  }
  const classes = [...counts].toSorted(([a], [b]) => a - b).map(([mask, count]) => `${mask}: ${number(count)}`);
  const digest = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
  return { classes: classes.join(' · '), digest, count: lines.length };
}

/** Everybody must have found the same before anybody is timed. */
function sameAnswer(folder: string): Found {
  let first: Found | undefined;
  for (const contestant of CONTESTANTS.filter(({ name }) => name !== 'scan')) {
    const out = join(folder, 'list.csv');
    run(contestant, folder, out);
    const found = foundIn(readFileSync(out, 'utf8').split('\n').filter(Boolean));
    rmSync(out);
    first ??= found;
    if (found.digest !== first.digest || found.classes !== first.classes)
      throw new Error(
        `${contestant.title}: ${found.classes}\n${(CONTESTANTS[0] as Contestant).title}: ${first.classes}`,
      );
  }
  console.log(`cùng một danh sách: ${number(first?.count ?? 0)} hồ sơ khác nhau (sha256 ${first?.digest}…)`);
  console.log(`theo loại: ${first?.classes}\n`);
  return first as Found;
}

/** The same files in one thread of a browser, beside the bare scan there. */
async function inBrowser(folder: string, wanted: Found, rounds: number, rows: number, bytes: number): Promise<void> {
  const paths = Object.fromEntries(SIDES.map((side) => [side, join(folder, `${side}.csv`)]));
  const costs: Record<'ours' | 'scan', { ms: number; peak: number }[]> = { ours: [], scan: [] };
  for (let round = 0; round < rounds; round++)
    for (const name of ['ours', 'scan'] as const) {
      const { list, ...cost } = await runInChromium(name, paths);
      if (name === 'ours' && foundIn(list).digest !== wanted.digest)
        throw new Error(`Chromium: ${foundIn(list).classes}\nNode: ${wanted.classes}`);
      costs[name].push(cost);
    }
  const of = (name: 'ours' | 'scan', key: 'ms' | 'peak') => median(costs[name].map((cost) => cost[key]));
  console.log('\nChromium, một Web Worker, cùng tệp và cùng danh sách; bộ nhớ của cả tiến trình trang');
  for (const [name, title] of [
    ['ours', OURS],
    ['scan', 'chỉ quét byte'],
  ] as const)
    console.log(
      `  ${title.padEnd(16)}${number(of(name, 'ms') / 1000, 2)} giây, ${number((3 * rows) / of(name, 'ms'))} nghìn dòng/giây, ` +
        `${number(bytes / 1000 / of(name, 'ms'))} MB/giây, đỉnh ${number(of(name, 'peak') / 1024)} MB`,
    );
  console.log(`  so với chỉ quét byte: ${number(of('scan', 'ms') / of('ours', 'ms'), 2)}`);
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

/** What it costs to hold three files against each other, beside DuckDB, sort and a bare scan of the same bytes. */
export async function bench({
  rounds,
  rows = 1_000_000,
}: {
  rounds: number;
  rows?: number | undefined;
}): Promise<void> {
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < rows * ROOM_PER_ROW * 1.5) throw new Error(`đĩa không đủ chỗ cho 3 × ${number(rows)} dòng`);
  const folder = mkdtempSync(join(tmpdir(), 'dunghen-bench-'));
  try {
    const bytes = SIDES.reduce((sum, side) => sum + generate(join(folder, `${side}.csv`), side, rows), 0);
    console.log(`\nđối soát: 3 × ${number(rows)} dòng CSV, ${number(bytes / 1e6)} MB; trung vị ${rounds} lượt xen kẽ`);
    console.log(
      `${availableParallelism()} nhân, tải máy ${loadavg()
        .map((load) => number(load, 1))
        .join(' ')}; mỗi bên một tiến trình riêng`,
    );
    const wanted = sameAnswer(folder);
    const costs = new Map<Contestant, Cost[]>(CONTESTANTS.map((contestant) => [contestant, []]));
    for (let round = 0; round < rounds; round++)
      for (const contestant of CONTESTANTS)
        costs.get(contestant)?.push(run(contestant, folder, join(folder, 'list.csv')));
    report(costs, rows, bytes);
    await inBrowser(folder, wanted, rounds, rows, bytes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(costs: Map<Contestant, Cost[]>, rows: number, bytes: number): void {
  const of = (contestant: Contestant, key: 'ms' | 'cpu' | 'peak') =>
    median((costs.get(contestant) ?? []).map((cost) => cost[key]));
  const find = (name: Contestant['name'], threads: number) =>
    CONTESTANTS.find((one) => one.name === name && one.threads === threads) as Contestant;
  console.log(
    `${''.padEnd(28)}${['giây', 'giây BXL', 'nghìn dòng/giây', 'MB/giây', 'bộ nhớ MB'].map((title) => title.padStart(17)).join('')}`,
  );
  for (const contestant of CONTESTANTS) {
    const ms = of(contestant, 'ms');
    const cells = [
      ms / 1000,
      of(contestant, 'cpu') / 1000,
      (3 * rows) / ms,
      bytes / 1000 / ms,
      of(contestant, 'peak') / 1024,
    ];
    console.log(
      contestant.title.padEnd(28) + cells.map((cell) => number(cell, cell < 100 ? 2 : 0).padStart(17)).join(''),
    );
  }
  const best = find('ours', THREADS);
  const parts = costs.get(best)?.map((cost) => cost.parts ?? {}) ?? [];
  const names = Object.keys(parts[0] ?? {});
  const where = names.map((name) => `${name} ${number(median(parts.map((part) => part[name] ?? 0)))}`);
  console.log(`\n${best.title}, mili giây từng phần: ${where.join(' · ')}`);
  const duck = find('duckdb', THREADS);
  const bars: [string, number, 'ít nhất' | 'nhiều nhất', number][] = [
    ['nhanh hơn DuckDB (lần)', of(duck, 'ms') / of(best, 'ms'), 'ít nhất', 3],
    ['bộ nhớ so với DuckDB', of(best, 'peak') / of(duck, 'peak'), 'nhiều nhất', 0.2],
    ['so với chỉ quét byte', of(find('scan', THREADS), 'ms') / of(best, 'ms'), 'ít nhất', 0.6],
  ];
  console.log('\nMức đề ra (cho 3 × 10 triệu dòng)');
  for (const [what, value, side, bar] of bars) {
    const met = side === 'ít nhất' ? value >= bar : value <= bar;
    console.log(
      `${what.padEnd(40)}${number(value, 2).padStart(8)}   ${side} ${number(bar, 2)}: ${met ? 'ĐẠT' : 'KHÔNG ĐẠT'}`,
    );
  }
}
