import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { plant } from '../sandbox/planted.ts';
import type { UpstreamCall, Upstreams } from '../sandbox/upstream-types.ts';
import { startUpstreams } from '../sandbox/upstreams.ts';
import { NOW, type Stage, screenshot, setStage } from './harness.ts';
import {
  begin,
  chooseSystems,
  connect,
  expectPlanted,
  finished,
  KINDS,
  type Killable,
  makeProfile,
  openAt,
  reportOf,
  startKillable,
  startUsed,
} from './reconcile-stage.ts';

/** Partitions of one side that are in hand at a time, and details asked for at a time: what an interruption may cost. */
const IN_HAND: Record<string, number> = {
  'citysearch search': 4,
  'dvcqg DanhSachHoSo': 4,
  'lgsp bus-list': 2,
  'lgsp bus-detail': 8,
  'citysearch files': 4,
  'citysearch detail': 8,
  'dvcqg TraCuuHoSo': 8,
};

/** How often the same was asked again, by service. */
function repeats(before: readonly UpstreamCall[], after: readonly UpstreamCall[]): Record<string, number> {
  const nameOf = ({ upstream, service, about }: UpstreamCall) => `${upstream} ${service} ${about}`;
  const asked = new Set(before.map(nameOf));
  const counts: Record<string, number> = {};
  for (const call of after) {
    const service = `${call.upstream} ${call.service}`;
    if (service in IN_HAND && asked.has(nameOf(call))) counts[service] = (counts[service] ?? 0) + 1;
  }
  return counts;
}

function expectLittleRepeated(before: readonly UpstreamCall[], after: readonly UpstreamCall[]): void {
  const counts = repeats(before, after);
  for (const [service, count] of Object.entries(counts))
    expect(count, service).toBeLessThanOrEqual(IN_HAND[service] ?? 0);
}

describe('a reconciliation that is interrupted', () => {
  let stage: Stage;
  let address: string;
  /** Report of a run that nothing interrupted. */
  let whole: string;
  const running: Upstreams[] = [];

  async function systems(): Promise<Upstreams> {
    const planted = plant({ seed: 'bi-ngat', now: NOW, count: 200 }, { share: 0.3, kinds: KINDS });
    // Slow enough to be stopped in the middle, quick enough to be finished.
    const faults = [
      { fault: 'delay', upstream: 'citysearch', service: 'search', ms: 150 },
      { fault: 'delay', upstream: 'lgsp', service: 'bus-detail', ms: 60 },
    ] as const;
    const up = await startUpstreams({ planted, faults, lgsp: { schemes: ['lgspaccesstoken'] } });
    running.push(up);
    return up;
  }

  /** Chooses, starts, and comes back in the middle of reading. */
  async function halfWay(page: Page, up: Upstreams): Promise<void> {
    await connect(page, up);
    await chooseSystems(page, up.planted);
    await begin(page);
    const read = () => up.calls.filter(({ service }) => service === 'search').length;
    await expect.poll(read, { timeout: 30_000, interval: 20 }).toBeGreaterThan(12);
  }

  /** Goes on with the job of the list, and gives its report. */
  async function goOn(page: Page, up: Upstreams): Promise<string> {
    await connect(page, up);
    await page.getByRole('button', { name: 'Chạy tiếp' }).first().click();
    await begin(page, 'Xem phần còn lại');
    await finished(page);
    const { text, report } = await reportOf(page);
    expectPlanted(report, up.planted);
    return text;
  }

  beforeAll(async () => {
    stage = await setStage({ count: 8 });
    address = `chrome-extension://${stage.extensionId}/reconcile.html`;
    const up = await systems();
    const page = await openAt(stage.context, address);
    await connect(page, up);
    await chooseSystems(page, up.planted);
    await begin(page);
    await finished(page);
    const { text, report } = await reportOf(page);
    expectPlanted(report, up.planted);
    whole = text;
    await page.close();
  });
  afterEach(async () => {
    for (const up of running.splice(0)) await up.close();
  });
  afterAll(async () => {
    await stage?.close();
  });

  it('stopped by the person and gone on with, it ends as if nothing had been', async () => {
    const up = await systems();
    const page = await openAt(stage.context, address);
    await halfWay(page, up);
    await screenshot(page, 'reconcile-running');
    await page.getByRole('button', { name: 'Dừng', exact: true }).click();
    await page.getByRole('heading', { name: 'Đã dừng' }).waitFor();
    const before = [...up.calls];
    await page.getByRole('button', { name: 'Chạy tiếp', exact: true }).click();
    await finished(page);
    const { text } = await reportOf(page);
    expect(text === whole).toBe(true);
    expectLittleRepeated(before, up.calls.slice(before.length));
    await page.close();
  });

  it('paused, it asks nothing; then it goes on', async () => {
    const up = await systems();
    const page = await openAt(stage.context, address);
    await halfWay(page, up);
    await page.getByRole('button', { name: 'Tạm dừng' }).click();
    await page.getByRole('heading', { name: 'Tạm dừng' }).waitFor();
    // What is in hand comes to its end.
    const quiet = async () => {
      const count = up.calls.length;
      await page.waitForTimeout(700);
      return up.calls.length - count;
    };
    await expect.poll(quiet, { timeout: 20_000 }).toBe(0);
    await page.getByRole('button', { name: 'Chạy tiếp', exact: true }).click();
    await finished(page);
    const { text } = await reportOf(page);
    expect(text === whole).toBe(true);
    await page.close();
  });

  it('its page closed, it is gone on with from the list, with the service worker stopped all the while', async () => {
    const up = await systems();
    const page = await openAt(stage.context, address);
    await halfWay(page, up);
    await page.close();
    const before = [...up.calls];
    const second = await openAt(stage.context, address);
    const session = await stage.context.newCDPSession(second);
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    expect((await goOn(second, up)) === whole).toBe(true);
    expectLittleRepeated(before, up.calls.slice(before.length));
    await second.close();
  });

  it('its browser killed, it is gone on with after the next start', async () => {
    const up = await systems();
    const profile = makeProfile();
    let browser: Killable | null = null;
    try {
      browser = await startUsed(profile.path, address);
      await halfWay(await openAt(browser.context, address), up);
      await browser.kill();
      const before = [...up.calls];
      browser = await startKillable(profile.path);
      expect((await goOn(await openAt(browser.context, address), up)) === whole).toBe(true);
      expectLittleRepeated(before, up.calls.slice(before.length));
    } finally {
      await browser?.kill();
      profile.remove();
    }
  });
});
