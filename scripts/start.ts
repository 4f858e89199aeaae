import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { closeOfDay, nextOpening, nthWorkingDayAfter, shippedTable } from '../lib/calendar/index.ts';
import { dayOf, fullMoment, startOfDay } from '../lib/text/index.ts';
import { badges, CHROMIUM_ARGS, loadArgs, settled } from '../tests/e2e/harness.ts';
import { buildSandbox } from '../tests/sandbox/build.ts';
import { plantedCsv } from '../tests/sandbox/planted-csv.ts';
import { type Sandbox, startSandbox } from '../tests/sandbox/server.ts';
import { buildExtension, extensionFolder, ROOT } from './run.ts';

/**
 * `npm start`: the extension on a simulated city. With a display, Chromium opens on the list and stays; without one a guided
 * pass visits each host, saves screenshots, says where they are, and ends.
 */

const SHOTS = join(ROOT, '.output', 'start');
const hasDisplay =
  process.platform === 'win32' ||
  process.platform === 'darwin' ||
  Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

/** Now, if an office is open for a while yet; else the next working morning at 09:40, so that every case can be seen. */
function simulatedNow(): number {
  const now = Math.floor(Date.now() / 60_000);
  const table = shippedTable();
  const close = closeOfDay(table, dayOf(now));
  if (close !== null && nextOpening(table, now) === now && close - now > 180) return now;
  const next = close !== null && now < close ? dayOf(now) : nthWorkingDayAfter(table, dayOf(now), 1);
  return startOfDay(next ?? dayOf(now)) + 9 * 60 + 40;
}

async function launch(folder: string, headless: boolean, zoom = 1): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    // 125 % zoom on a 1366×768 screen is a window of 1093×614 with larger pixels.
    viewport: headless ? { width: Math.round(1366 / zoom), height: Math.round(768 / zoom) } : null,
    deviceScaleFactor: headless ? zoom : undefined,
    args: [...CHROMIUM_ARGS, ...loadArgs(extensionFolder('chrome', 'sandbox'))],
  });
}

interface Stop {
  name: string;
  url: string;
  /** What to do after the badges stand; the screenshot comes last. */
  act?(page: Page): Promise<void>;
  detail?: boolean;
}

function stops({ urls, population }: Sandbox): Stop[] {
  const overdue = population.dossiers.find(({ situation }) => situation === 'mismatch') ?? population.dossiers[0];
  if (!overdue) throw new Error('Dân số giả lập trống.');
  return [
    { name: 'igate-danh-sach', url: `${urls.igate}/vi/dossier/processing` },
    {
      name: 'igate-vi-sao',
      url: `${urls.igate}/vi/dossier/processing`,
      async act(page) {
        await page.locator('dh-badge[data-verdict="overdue"]').first().click();
        await page.waitForTimeout(200);
      },
    },
    { name: 'igate-chi-tiet', url: `${urls.igate}/vi/dossier/processing/${overdue.id}`, detail: true },
    { name: 'opencps-danh-sach', url: `${urls.opencps}/web/mot-cua/mot-cua-dien-tu#/danh-sach-ho-so/1?page=1` },
    { name: 'webforms-danh-sach', url: `${urls.webforms}/HoSo/DanhSach.aspx` },
  ];
}

async function visit(context: BrowserContext, stop: Stop, suffix: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(stop.url);
  if (stop.detail) await page.waitForSelector('dh-panel', { timeout: 20_000 });
  else await settled(page);
  await stop.act?.(page);
  const path = join(SHOTS, `${stop.name}${suffix}.png`);
  await page.screenshot({ path });
  const counts = new Map<string, number>();
  for (const { verdict } of await badges(page)) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const words = [...counts].map(([verdict, count]) => `${verdict} ${count}`).join(', ');
  console.log(`  ${relative(ROOT, path)}${words ? `   (${words})` : ''}`);
  await page.close();
}

async function guided(sandbox: Sandbox): Promise<void> {
  rmSync(SHOTS, { recursive: true, force: true });
  mkdirSync(SHOTS, { recursive: true });
  console.log('Không có màn hình: đi một vòng có hướng dẫn. Ảnh chụp:');
  for (const [zoom, suffix] of [
    [1, ''],
    [1.25, '-125'],
  ] as const) {
    const context = await launch('', true, zoom);
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    for (const stop of stops(sandbox)) await visit(context, stop, suffix);
    const panel = await context.newPage();
    await panel.setViewportSize({ width: 400, height: 768 });
    await panel.goto(`chrome-extension://${new URL(worker.url()).host}/sidepanel.html`);
    await panel.waitForTimeout(800);
    const path = join(SHOTS, `bang-cong-viec${suffix}.png`);
    await panel.screenshot({ path });
    console.log(`  ${relative(ROOT, path)}`);
    await context.close();
  }
}

/** A month of the simulated city held against its portal and its bus, as an admin does it: exported files, page, report. */
async function reconcile(sandbox: Sandbox): Promise<void> {
  const { planted } = sandbox.upstreams;
  const files = plantedCsv(planted, { titled: true });
  const names = { city: 'thanh-pho.csv', national: 'cong-dvcqg.csv', lgsp: 'lgsp.csv' } as const;
  const context = await launch('', true);
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    const page = await context.newPage();
    await page.goto(`chrome-extension://${new URL(worker.url()).host}/reconcile.html`);
    for (const [side, name] of Object.entries(names))
      await page.locator(`[data-side="${side}"] input[type=file]`).setInputFiles({
        name,
        mimeType: 'text/csv',
        buffer: Buffer.from(files[side as keyof typeof names]),
      });
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByRole('button', { name: 'Bắt đầu đối soát' }).click();
    const download = page.getByRole('button', { name: 'Tải báo cáo .xlsx' });
    await download.waitFor({ timeout: 60_000 });
    const shot = join(SHOTS, 'doi-soat.png');
    await page.screenshot({ path: shot });
    const [report] = await Promise.all([page.waitForEvent('download'), download.click()]);
    const path = join(SHOTS, report.suggestedFilename());
    await report.saveAs(path);
    console.log(`  ${relative(ROOT, shot)}`);
    console.log(`Báo cáo đối soát: ${relative(ROOT, path)}`);
  } finally {
    await context.close();
  }
}

async function interactive(sandbox: Sandbox): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'dung-hen-'));
  const context = await launch(profile, false);
  const [first] = stops(sandbox);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(first?.url ?? sandbox.urls.igate);
  console.log('Đóng cửa sổ trình duyệt để kết thúc.');
  await new Promise((resolve) => context.on('close', resolve));
  rmSync(profile, { recursive: true, force: true });
}

console.log('Đang dựng thành phố giả lập và tiện ích …');
await buildSandbox();
await buildExtension('chrome', 'sandbox');
const sandbox = await startSandbox({ now: simulatedNow() });
try {
  const { igate, opencps, webforms } = sandbox.urls;
  console.log(`Giờ giả lập: ${fullMoment(sandbox.population.now)}. Ba hệ thống một cửa:`);
  console.log(`  iGate     ${igate}/vi/dossier/processing`);
  console.log(`  OpenCPS   ${opencps}/web/mot-cua/mot-cua-dien-tu#/danh-sach-ho-so/1?page=1`);
  console.log(`  ASP.NET   ${webforms}/HoSo/DanhSach.aspx`);
  if (hasDisplay) await interactive(sandbox);
  else {
    await guided(sandbox);
    await reconcile(sandbox);
  }
} finally {
  await sandbox.close();
}
