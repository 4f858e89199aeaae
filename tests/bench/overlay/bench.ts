import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { buildExtension, extensionFolder } from '../../../scripts/run.ts';
import { CHROMIUM_ARGS, loadArgs, NOW, SEED } from '../../e2e/harness.ts';
import { buildSandbox } from '../../sandbox/build.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { STAND_INS, writeStandIn } from './stand-ins.ts';
import { type Cost, costOf, startTrace, stopTrace } from './trace.ts';

const SIZES = [200, 2000];
const ROUNDS = 1;
const FRAMES = 200;
const IDLE_MS = 10_000;

interface Measured {
  first: Cost;
  renders: Cost;
  idleCalls: number;
  rows: number;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** 200 frames of a lively page: a clock, a counter, a spinner, all outside the rows; each tenth frame one row changes. */
async function liveliness(page: Page): Promise<void> {
  await page.evaluate(async (frames) => {
    const box = document.createElement('div');
    for (let i = 0; i < 20; i++) box.append(document.createElement('span'));
    document.body.append(box);
    const rows = [...document.querySelectorAll('.cdk-row')];
    for (let frame = 0; frame < frames; frame++) {
      await new Promise(requestAnimationFrame);
      for (const span of box.children) {
        span.textContent = String(frame);
        span.setAttribute('data-frame', String(frame));
      }
      const cell =
        frame % 10 === 0 ? rows[(frame * 7) % rows.length]?.querySelector('.cdk-column-procedureName span') : null;
      if (cell) cell.textContent = `${cell.textContent} `;
    }
    box.remove();
  }, FRAMES);
}

async function measure(extension: string, size: number, sandbox: Sandbox, marker: string): Promise<Measured> {
  const context = await chromium.launchPersistentContext('', {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1366, height: 768 },
    args: [...CHROMIUM_ARGS, ...loadArgs(extension)],
  });
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    const origin = new URL(worker.url()).origin;
    const page = await context.newPage();
    const client: CDPSession = await context.newCDPSession(page);
    const traced = async (work: () => Promise<void>): Promise<Cost> => {
      await startTrace(client);
      await work();
      return costOf(await stopTrace(client), origin);
    };
    const first = await traced(async () => {
      await page.goto(`${sandbox.urls.igate}/vi/dossier/search?size=${size}`);
      await page.waitForFunction((n) => document.querySelectorAll('.cdk-row').length >= n, size, { timeout: 60_000 });
      if (marker) {
        await page.waitForFunction(
          ([m, n]) => document.querySelectorAll(m as string).length >= (n as number),
          [marker, size] as const,
          { timeout: 60_000 },
        );
      }
      await page.waitForTimeout(2500);
    });
    const rows = marker ? await page.locator(marker).count() : size;
    const renders = await traced(() => liveliness(page));
    await page.waitForTimeout(6000);
    const idle = await traced(() => page.waitForTimeout(IDLE_MS));
    return { first, renders, idleCalls: idle.calls, rows };
  } finally {
    await context.close();
  }
}

function report(label: string, all: Measured[]): void {
  const ms = (pick: (m: Measured) => number) => median(all.map(pick)).toFixed(1).padStart(8);
  const parts = [
    label.padEnd(42),
    ms(({ first }) => first.total),
    ms(({ first }) => first.longest),
    ms(({ renders }) => renders.total),
    String(median(all.map(({ idleCalls }) => idleCalls))).padStart(8),
  ];
  console.log(parts.join(' '));
}

/** Overlay script time, callbacks while idle, and bytes, beside three stand-ins. Bars: design §16. */
export async function bench(): Promise<void> {
  await buildSandbox();
  await buildExtension('chrome', 'sandbox');
  await buildExtension('chrome', 'production');
  const folder = mkdtempSync(join(tmpdir(), 'dung-hen-bench-'));
  const sandbox = await startSandbox({ seed: SEED, now: NOW });
  try {
    console.log(`\noverlay: script milliseconds, median of ${ROUNDS} rounds`);
    for (const size of SIZES) {
      console.log(`\n${size} rows`.padEnd(43), 'first   longest  ', `${FRAMES} frames  idle calls`);
      const ours: Measured[] = [];
      const others = new Map<string, Measured[]>(Object.keys(STAND_INS).map((name) => [name, []]));
      for (let round = 0; round < ROUNDS; round++) {
        ours.push(await measure(extensionFolder('chrome', 'sandbox'), size, sandbox, 'dh-badge'));
        for (const [name, list] of others) {
          const marker = name === 'floor' ? '' : '.stand-in';
          list.push(await measure(writeStandIn(folder, name), size, sandbox, marker));
        }
      }
      report('Đúng Hẹn (badges, bar, worklist)', ours);
      for (const [name, list] of others) report(STAND_INS[name]?.label ?? name, list);
      if (ours.some(({ rows }) => rows !== size)) console.log(`! badges: ${ours.map(({ rows }) => rows).join(', ')}`);
    }
    console.log('\nbytes in a list page (production build, minified)');
    const scripts = join(extensionFolder('chrome', 'production'), 'content-scripts');
    for (const name of readdirSync(scripts)) console.log(`${name.padEnd(42)} ${statSync(join(scripts, name)).size}`);
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
