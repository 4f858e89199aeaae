import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import {
  codeKey,
  DIFFERENCE_CLASSES,
  type DifferenceClass,
  type ReconcileReport,
  readReport,
} from '../../lib/reconcile/index.ts';
import { PLANT_KINDS } from '../sandbox/planted-kinds.ts';
import type { Planted } from '../sandbox/planted-types.ts';
import { SANDBOX_SECRETS, type Upstreams } from '../sandbox/upstream-types.ts';
import { CHROMIUM_ARGS, loadArgs, NOW } from './harness.ts';

/** What the tests of the reconciliation page share: connections, steps of a job, and what its report must say. */

/** All planted cases but the one that needs rules of the unit's own. */
export const KINDS = PLANT_KINDS.map(({ name }) => name).filter((name) => name !== 'outside');

export const SECRETS: Record<string, string> = {
  DVCQG_PASSWORD: SANDBOX_SECRETS.dvcqg.password,
  LGSP_ACCESS_KEY: SANDBOX_SECRETS.lgsp.keys.AccessKey,
  LGSP_SECRET_KEY: SANDBOX_SECRETS.lgsp.keys.SecretKey,
  LGSP_BUS_PASSWORD: SANDBOX_SECRETS.lgsp.busPassword,
};

/** The unit's `dunghen.config.json` for the simulated systems. */
export function configFor({ urls, planted }: Upstreams): string {
  const { dvcqg, lgsp, citysearch } = SANDBOX_SECRETS;
  const fast = { quota: 1000, units: planted.units };
  return JSON.stringify({
    upstreams: [
      { kind: 'opencps', id: 'mot-cua', baseUrl: urls.citysearch, ...fast, groupId: citysearch.groupId, results: true },
      {
        kind: 'dvcqg',
        id: 'cong-quoc-gia',
        baseUrl: urls.dvcqg,
        ...fast,
        username: dvcqg.username,
        password: { env: 'DVCQG_PASSWORD' },
        madonvi: dvcqg.madonvi,
        capabilities: { list: 'full', resync: true },
      },
      {
        kind: 'lgsp',
        id: 'truc-lgsp',
        baseUrl: urls.lgsp,
        ...fast,
        schemes: ['lgspaccesstoken'],
        keys: {
          appName: lgsp.keys.AppName,
          accessKey: { env: 'LGSP_ACCESS_KEY' },
          secretKey: { env: 'LGSP_SECRET_KEY' },
          partnerCode: lgsp.keys.PartnerCode,
        },
        bus: { user: lgsp.busUser, password: { env: 'LGSP_BUS_PASSWORD' } },
      },
    ],
  });
}

/**
 * A page of the extension whose clock stands at the moment of the books: "has only just changed" is an answer of its own, and two runs
 * are compared byte by byte.
 */
export async function openAt(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript((at) => {
    Date.now = () => at;
  }, NOW * 60_000);
  await page.goto(address);
  await page.bringToFront();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  return page;
}

/** Puts connections and secrets where the options page puts them. `page` is any page of the extension. */
export async function connect(page: Page, up: Upstreams, secrets: Record<string, string> = SECRETS): Promise<void> {
  await page.evaluate(
    async ([text, values]) => {
      type Area = { set(values: Record<string, string>): Promise<void> };
      const { storage } = (globalThis as unknown as { chrome: { storage: { local: Area; session: Area } } }).chrome;
      await storage.local.set({ 'settings.connections': text });
      for (const [name, value] of Object.entries(values)) await storage.session.set({ [`secret.${name}`]: value });
    },
    [configFor(up), secrets] as const,
  );
}

const SYSTEMS = { city: 'mot-cua', national: 'cong-quoc-gia', lgsp: 'truc-lgsp' } as const;

/** Chooses all three systems, with the days of the books. */
export async function chooseSystems(page: Page, { period }: Planted): Promise<void> {
  for (const [side, id] of Object.entries(SYSTEMS))
    await page
      .locator(`[data-side="${side}"]`)
      .getByRole('button', { name: `Hỏi thẳng «${id}»` })
      .click();
  await page.getByLabel('Tiếp nhận từ ngày').fill(period.from);
  await page.getByLabel('đến ngày').fill(period.to);
}

export async function begin(page: Page, look = 'Xem trước'): Promise<void> {
  await page.getByRole('button', { name: look, exact: true }).click();
  await page.getByRole('button', { name: 'Bắt đầu đối soát' }).click();
}

export const finished = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Kết quả đối soát' }).waitFor({ timeout: 90_000 });

/** The bytes of a file that a button hands out. */
export async function downloaded(page: Page, button: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  const path = await file.path();
  return readFileSync(path);
}

export async function reportOf(page: Page): Promise<{ text: string; report: ReconcileReport }> {
  const text = (await downloaded(page, 'Giữ để so tháng sau')).toString('utf8');
  const reading = readReport(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return { text, report: reading.report };
}

/** Every planted class found at its dossier, and nothing reported besides. */
export function expectPlanted({ differences }: ReconcileReport, { expected }: Planted): void {
  const byCode = new Map(
    differences.flatMap((one) =>
      [one.code, ...Object.values(one.records).flatMap(({ code, aliases = [] }) => [code, ...aliases])].map(
        (code) => [codeKey(code), one] as const,
      ),
    ),
  );
  const answered = new Set<unknown>();
  for (const [code, { kind, classes, may, outcome }] of expected) {
    const one = byCode.get(codeKey(code));
    answered.add(one);
    const has = (name: DifferenceClass) => one?.findings.some((finding) => finding.class === name) ?? false;
    const found = DIFFERENCE_CLASSES.filter((name) => has(name) && (classes.includes(name) || !may.includes(name)));
    expect([kind, code, one?.outcome ?? 'matched', found]).toEqual([kind, code, outcome, classes]);
  }
  expect(differences.filter((one) => !answered.has(one)).map(({ code }) => code)).toEqual([]);
}

export interface Killable {
  context: BrowserContext;
  /** As a person closes it: everything that the browser keeps about its stores is on the disk. */
  close(): Promise<void>;
  /** SIGKILL to the browser process, as when the machine loses power. */
  kill(): Promise<void>;
}

/** Processes that were started with a profile folder. */
function processesOf(profile: string): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`);
    } catch {
      return false;
    }
  });
}

/** Chromium as a process of ours, with a profile folder that outlives it. */
export async function startKillable(profile: string): Promise<Killable> {
  const extension = join(import.meta.dirname, '..', '..', '.output', 'chrome-mv3-sandbox');
  const port = join(profile, 'DevToolsActivePort');
  rmSync(port, { force: true });
  const browser: ChildProcess = spawn(
    process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    [
      ...CHROMIUM_ARGS,
      ...loadArgs(extension),
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: 'ignore' },
  );
  const gone = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
  await expect
    .poll(() => existsSync(port) && readFileSync(port, 'utf8').includes('\n'), { timeout: 30_000 })
    .toBe(true);
  const [number] = readFileSync(port, 'utf8').split('\n');
  const connection = await chromium.connectOverCDP(`http://127.0.0.1:${number}`);
  const [context] = connection.contexts();
  if (!context) throw new Error('no context');
  return {
    context,
    async close() {
      const session = await connection.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => undefined);
      await gone;
    },
    async kill() {
      browser.kill('SIGKILL');
      await gone;
      await connection.close().catch(() => undefined);
      // Its helpers die a moment later, and hold the stores until then; a machine that loses power has none left.
      await expect.poll(() => processesOf(profile), { timeout: 30_000 }).toEqual([]);
    },
  };
}

/** An empty profile folder, and how to throw it away. */
export function makeProfile(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'dung-hen-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/**
 * The same over a profile that has been in use: Chromium writes down late which stores a new profile has, and one that is killed in its
 * first seconds of life forgets them.
 */
export async function startUsed(profile: string, address: string): Promise<Killable> {
  const first = await startKillable(profile);
  await openAt(first.context, address);
  await first.close();
  return startKillable(profile);
}
