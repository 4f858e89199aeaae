import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { buildExtension, extensionFolder } from '../../../scripts/run.ts';
import { NOW, SEED } from '../../e2e/harness.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { withTab } from './browser.ts';
import { type BenchPage, IGATE, liveliness, WEBFORMS } from './pages.ts';
import { selfCheck } from './self-check.ts';
import { SCRIPTS, STAND_INS, scriptOf, writeExtension } from './stand-ins.ts';
import { type Cost, costOf, record } from './trace.ts';

const FRAMES = 200;
const IDLE_MS = 10_000;
/** Our last look at a page that is still being drawn; until then every call counts as first pass. */
const OUR_LOOKS_MS = 5500;
const PATIENCE_MS = 90_000;

interface Subject {
  label: string;
  folder: string;
  /** What stands in each row when the first pass is over; empty when nothing is mounted. */
  mark: string;
  /** How long after loading the first pass may still have something to do. */
  tail: number;
}

interface Measured {
  first: Cost;
  renders: Cost;
  /** Milliseconds from the request to the last mark, on the wall. */
  marked: number;
  marks: number;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** Waits for the rows and what a subject puts into them. */
async function passed(page: Page, at: BenchPage, size: number, { mark, tail }: Subject) {
  const start = performance.now();
  let marked = 0;
  let marks = 0;
  while (performance.now() - start < PATIENCE_MS) {
    marks = await page.evaluate((css) => document.querySelectorAll(css).length, mark || at.rows);
    marked = performance.now() - start;
    if (marks >= size) break;
    await page.waitForTimeout(100);
  }
  await page.waitForTimeout(Math.max(800, tail - (performance.now() - start)));
  return { marked, marks };
}

function measure(subject: Subject, at: BenchPage, size: number, { urls }: Sandbox): Promise<Measured> {
  return withTab(subject.folder, async ({ page, client, prefix }) => {
    let marked = { marked: 0, marks: 0 };
    const first = await record(client, async () => {
      const start = performance.now();
      await page.goto(at.url(urls, size), { waitUntil: 'domcontentloaded', timeout: PATIENCE_MS });
      const parsed = performance.now() - start;
      marked = await passed(page, at, size, subject);
      marked.marked += parsed;
    });
    const renders = await record(client, async () => {
      await liveliness(page, at, FRAMES);
      // Whoever gathers changes handles the last ones later.
      await page.waitForTimeout(1200);
    });
    return { first: costOf(first, prefix), renders: costOf(renders, prefix), ...marked };
  });
}

/** Calls into the scripts while nothing happens on the page. */
function idleCalls(subject: Subject, at: BenchPage, size: number, { urls }: Sandbox): Promise<number> {
  return withTab(subject.folder, async ({ page, client, prefix }) => {
    await page.goto(at.url(urls, size), { waitUntil: 'domcontentloaded', timeout: PATIENCE_MS });
    await passed(page, at, size, subject);
    await page.waitForTimeout(2000);
    return costOf(await record(client, () => page.waitForTimeout(IDLE_MS)), prefix).calls;
  });
}

const cell = (value: number | string, width = 10) =>
  (typeof value === 'number' ? value.toFixed(1) : value).padStart(width);

const COLUMNS = [
  'first pass',
  'of it load',
  'longest',
  `${FRAMES} frames`,
  'longest',
  'idle calls',
  'marks at',
  'drawing',
  'drawing',
];

function line(label: string, all: readonly Measured[], idle: number | undefined): string {
  const ms = (pick: (m: Measured) => number) => cell(median(all.map(pick)));
  return [
    label.padEnd(40),
    ms(({ first }) => first.total),
    ms(({ first }) => first.load),
    ms(({ first }) => first.longest),
    ms(({ renders }) => renders.total),
    ms(({ renders }) => renders.longest),
    cell(idle === undefined ? '–' : String(idle)),
    cell(median(all.map(({ marked }) => marked)).toFixed(0)),
    cell(median(all.map(({ first }) => first.drawing)).toFixed(0)),
    cell(median(all.map(({ renders }) => renders.drawing)).toFixed(0)),
  ].join(' ');
}

interface Run {
  at: BenchPage;
  size: number;
  rounds: number;
  subjects: Subject[];
}

/** Only counted, so they may share the machine. */
const idleOf = (runs: readonly Run[], sandbox: Sandbox) =>
  Promise.all(
    runs.map(({ at, size, subjects }) => Promise.all(subjects.map((each) => idleCalls(each, at, size, sandbox)))),
  );

async function compare({ at, size, rounds, subjects }: Run, idle: number[], sandbox: Sandbox): Promise<void> {
  const found = new Map<Subject, Measured[]>(subjects.map((subject) => [subject, []]));
  // Round by round, so that a slow minute of the machine hits all of them.
  for (let round = 0; round < rounds; round++) {
    for (const [subject, list] of found) list.push(await measure(subject, at, size, sandbox));
  }
  console.log(`\n${at.label}, ${size} rows, median of ${rounds}`);
  console.log([''.padEnd(40), ...COLUMNS.map((name) => cell(name))].join(' '));
  subjects.forEach((subject, i) => {
    const list = found.get(subject) ?? [];
    console.log(line(subject.label, list, idle[i]));
    const short = list.filter(({ marks }) => marks < size).map(({ marks }) => marks);
    if (short.length > 0) console.log(`  ! not all rows marked: ${short.join(', ')}`);
  });
  const files = (found.get(subjects[0] as Subject) ?? []).flatMap(({ first }) => [...first.files]);
  const ran = new Set(files.map((url) => url.split('/').at(-1) ?? ''));
  console.log(`our scripts that ran: ${[...ran].sort().join(', ')}`);
  const [ours, ...others] = subjects.map((subject) => found.get(subject) ?? []);
  others.forEach((list, i) => {
    const ratio = (pick: (m: Measured) => number) => {
      const theirs = median(list.map(pick));
      return theirs === 0 ? '–' : (median((ours ?? []).map(pick)) / theirs).toFixed(2);
    };
    const first = ratio((m) => m.first.total);
    const renders = ratio((m) => m.renders.total);
    const name = subjects[i + 1]?.label ?? '';
    console.log(`ours ÷ ${name}`.padEnd(40), cell(first), ''.padStart(21), cell(renders));
  });
}

/** What every list page of an officer loads, and what may follow. */
function bytes(production: string): void {
  const manifest = JSON.parse(readFileSync(join(production, 'manifest.json'), 'utf8')) as {
    content_scripts: { js?: string[] }[];
  };
  const loaded = new Set(manifest.content_scripts.flatMap(({ js = [] }) => js));
  console.log(`\n${'bytes in a list page (production build)'.padEnd(40)} ${cell('minified')} ${cell('gzip')}`);
  let sum = 0;
  for (const name of readdirSync(join(production, SCRIPTS)).sort()) {
    const content = readFileSync(join(production, SCRIPTS, name));
    const always = loaded.has(`${SCRIPTS}/${name}`);
    if (always) sum += content.length;
    const sizes = [content.length, gzipSync(content).length].map((size) => cell(String(size)));
    console.log(
      name.padEnd(40),
      ...sizes,
      always ? ' loaded in every list page' : ' fetched when asked for (see above: «our scripts that ran»)',
    );
  }
  console.log('bars: overlay 60000, observer 12000');
  console.log('loaded in every list page, sum'.padEnd(40), cell(String(sum)));
}

/**
 * Overlay script time, callbacks while idle, and bytes, beside three stand-ins. Bars at 2,000 rows: first pass
 * 60 ms, frames 25 ms, no call over 50 ms, idle 0; bytes: overlay 60 kB, observer 12 kB.
 */
export async function bench({ rounds }: { rounds: number }): Promise<void> {
  await buildExtension('chrome', 'sandbox');
  await buildExtension('chrome', 'production');
  const folder = mkdtempSync(join(tmpdir(), 'dung-hen-bench-'));
  const sandbox = await startSandbox({ seed: SEED, now: NOW });
  try {
    // A copy, so that a build meanwhile changes nothing here.
    const own = join(folder, 'own');
    cpSync(extensionFolder('chrome', 'sandbox'), own, { recursive: true });
    const ours: Subject = {
      label: 'Đúng Hẹn (badges, bar, worklist)',
      folder: own,
      mark: 'dh-badge',
      tail: OUR_LOOKS_MS,
    };
    const standIns = (at: BenchPage, key: string, names: readonly string[]) =>
      names.map((name): Subject => {
        const standIn = STAND_INS[name];
        if (!standIn) throw new Error(name);
        const path = writeExtension(join(folder, `${key}-${name}`), scriptOf(standIn, at));
        return { label: standIn.label, folder: path, mark: standIn.mark, tail: 0 };
      });
    console.log(`\noverlay: milliseconds of processor time in content scripts; load of the machine ${loadavg()[0]}`);
    console.log(
      '"marks at": on the wall, from the request to the last mark. "drawing": style, layout and painting of the page,',
    );
    console.log('not part of script time, during the first pass and during the frames.');
    console.log('bars at 2,000 rows: first pass 60, frames 25, no call over 50, no idle calls');
    console.log(`self-check: ${await selfCheck(folder, sandbox)}`);
    const webforms = [ours, ...standIns(WEBFORMS, 'webforms', Object.keys(STAND_INS))];
    const igate = [ours, ...standIns(IGATE, 'igate', ['floor'])];
    const together: Run[][] = [
      [200, 2000].map((size) => ({ at: WEBFORMS, size, rounds, subjects: webforms })),
      // 2,000 rows once: what so many answers cost in one go shows without a median.
      [200, 2000].map((size) => ({ at: IGATE, size, rounds: size > 200 ? 1 : rounds, subjects: igate })),
    ];
    for (const runs of together) {
      const idle = await idleOf(runs, sandbox);
      for (const [i, run] of runs.entries()) await compare(run, idle[i] ?? [], sandbox);
    }
    bytes(extensionFolder('chrome', 'production'));
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
