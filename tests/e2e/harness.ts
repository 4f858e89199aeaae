import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core';
import { expectFor } from '../sandbox/expect.ts';
import { wall } from '../sandbox/naive-time.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import type { Expected, SandboxDossier, View } from '../sandbox/types.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ARTIFACTS = join(ROOT, 'tests', '.artifacts');

/** A Wednesday morning with every situation possible: the simulated present of the end-to-end tests. */
export const NOW = wall('2026-11-25T09:40');
export const SEED = 'e2e';

/** Root needs --no-sandbox; the rest keeps Chromium from looking for hosts that are not there. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const loadArgs = (extension: string) => [
  `--disable-extensions-except=${extension}`,
  `--load-extension=${extension}`,
];

export interface Stage {
  sandbox: Sandbox;
  context: BrowserContext;
  worker: Worker;
  extensionId: string;
  /** Messages of the pages' consoles of kind error, and uncaught exceptions, since the last call. */
  takeErrors(): string[];
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

/** Waits for the page that the extension opens by itself on install. */
async function welcomed(context: BrowserContext): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (context.pages().some((page) => page.url().endsWith('/welcome.html'))) return;
    await setTimeout(50);
  }
  throw new Error('the welcome page did not open');
}

/** The built extension in real Chromium in front of the sandbox city. */
export async function setStage(options: { count?: number; now?: number } = {}): Promise<Stage> {
  mkdirSync(ARTIFACTS, { recursive: true });
  const sandbox = await startSandbox({ seed: SEED, now: options.now ?? NOW, count: options.count });
  const extension = join(ROOT, '.output', 'chrome-mv3-sandbox');
  const context = await chromium.launchPersistentContext('', {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1366, height: 768 },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    args: [...CHROMIUM_ARGS, ...loadArgs(extension)],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  // Coming later it would lie over the page of a test, and a page behind another is drawn once a second.
  await welcomed(context);
  const errors: string[] = [];
  const watch = (page: Page) => {
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`));
  };
  context.on('page', watch);
  for (const page of context.pages()) watch(page);
  return {
    sandbox,
    context,
    worker,
    extensionId: new URL(worker.url()).host,
    takeErrors: () => errors.splice(0),
    async open(url) {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    async close() {
      await context.close();
      await sandbox.close();
    },
  };
}

/**
 * Goes to an address of the same single-page host by its own router, as a step back or forward does. A load of its framework
 * costs three times as much, and is not what such a test is about.
 */
export async function routeTo(page: Page, url: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, url);
}

export interface BadgeState {
  code: string;
  clock: string;
  verdict: string;
  due: string;
  left: number | null;
  mismatch: number | null;
  source: string;
}

/** Waits until the overlay has finished a pass that left at least `rows` badges. */
export async function settled(page: Page, rows = 1): Promise<void> {
  await page.waitForSelector('html[data-dunghen]', { state: 'attached', timeout: 20_000 });
  await page.waitForFunction((count) => document.querySelectorAll('dh-badge').length >= count, rows, {
    timeout: 20_000,
  });
  // Answers of the host arrive a moment after its first drawing; two equal looks in a row mean that all is done.
  let before = '';
  for (let i = 0; i < 60; i++) {
    const now = JSON.stringify(await badges(page));
    if (now === before) return;
    before = now;
    await page.waitForTimeout(120);
  }
}

/** Every badge on the page, in page order. */
export function badges(page: Page): Promise<BadgeState[]> {
  return page.$$eval('dh-badge', (elements) =>
    elements.map((element) => {
      const number = (name: string) => {
        const text = element.getAttribute(name);
        return text === null || text === '' ? null : Number(text);
      };
      return {
        code: element.getAttribute('data-code') ?? '',
        clock: element.getAttribute('data-clock') ?? '',
        verdict: element.getAttribute('data-verdict') ?? '',
        due: element.getAttribute('data-due') ?? '',
        left: number('data-left'),
        mismatch: number('data-mismatch'),
        source: element.getAttribute('data-source') ?? '',
      };
    }),
  );
}

export function dossierOf(
  sandbox: Sandbox,
  code: string,
  among: readonly SandboxDossier[] = sandbox.population.dossiers,
) {
  const found = among.find((dossier) => dossier.code === code || dossier.nationCode === code);
  if (!found) throw new Error(`no such dossier in the population: ${code}`);
  return found;
}

/**
 * Where a badge differs from the known answer, in words; empty when it is right. Time goes on while a test runs, so `left` may
 * be a few minutes lower than at the start; verdict, clock, due and mismatch are exact.
 */
function difference(badge: BadgeState, expected: Expected): string {
  const wrong: string[] = [];
  if (badge.clock !== expected.clock) wrong.push(`clock ${badge.clock} instead of ${expected.clock}`);
  if (badge.verdict !== expected.verdict) wrong.push(`verdict ${badge.verdict} instead of ${expected.verdict}`);
  if (badge.due !== expected.due) wrong.push(`due ${badge.due} instead of ${expected.due}`);
  if (badge.mismatch !== expected.mismatch) wrong.push(`mismatch ${badge.mismatch} instead of ${expected.mismatch}`);
  const drift =
    badge.left === null || expected.left === null
      ? badge.left !== expected.left
      : Math.abs(badge.left - expected.left) > 15;
  if (drift) wrong.push(`left ${badge.left} instead of ${expected.left}`);
  return wrong.length > 0 ? `${badge.code}: ${wrong.join(', ')}` : '';
}

/** All differences between the badges of a page and the population, for the view that each badge's source implies. */
export function differences(
  sandbox: Sandbox,
  found: readonly BadgeState[],
  views: { json?: View; dom: View },
  now = NOW,
  among?: readonly SandboxDossier[],
): string[] {
  return found
    .map((badge) => {
      const dossier = dossierOf(sandbox, badge.code, among);
      const view = badge.source === 'json' && views.json ? views.json : views.dom;
      const wrong = difference(badge, expectFor(dossier, view, now));
      return wrong && `${wrong} (${dossier.situation}, ${view})`;
    })
    .filter(Boolean);
}

/** For people to look at; on CI nobody does. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env.CI) return;
  await page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
}
