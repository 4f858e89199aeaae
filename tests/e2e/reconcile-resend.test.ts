import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plant } from '../sandbox/planted.ts';
import type { Upstreams } from '../sandbox/upstream-types.ts';
import { startUpstreams } from '../sandbox/upstreams.ts';
import { NOW, type Stage, screenshot, setStage } from './harness.ts';
import { begin, chooseSystems, connect, downloaded, finished, openAt, reportOf } from './reconcile-stage.ts';

const WRITES = ['DongBoHoSoMC', 'CapNhatTienDoHoSoMC'];

describe('"Gửi lại"', () => {
  let stage: Stage;
  let up: Upstreams;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage({ count: 8 });
  });
  afterAll(async () => {
    await stage?.close();
  });
  beforeEach(async () => {
    const planted = plant({ seed: 'gui-lai', now: NOW, count: 120 }, { share: 0.25, kinds: ['never-sent', 'status'] });
    up = await startUpstreams({ planted, lgsp: { schemes: ['lgspaccesstoken'] } });
    page = await openAt(stage.context, `chrome-extension://${stage.extensionId}/reconcile.html`);
    await connect(page, up);
    await chooseSystems(page, planted);
    await begin(page);
    await finished(page);
  });
  afterEach(async () => {
    await page?.close();
    await up?.close();
  });

  const writes = () => up.calls.filter(({ service }) => WRITES.includes(service));
  const panel = () => page.getByRole('region', { name: 'Gửi lại lên Cổng DVCQG' });

  /** To where the content is shown; the codes of it. */
  async function shown(): Promise<string[]> {
    await page.getByRole('button', { name: /^Gửi lại lên Cổng DVCQG \(/ }).click();
    await panel()
      .getByRole('button', { name: /^Xem trước nội dung gửi/ })
      .click();
    await panel()
      .getByLabel(/^Gõ số hồ sơ/)
      .waitFor();
    return panel().locator('summary bdi').allTextContents();
  }

  it('shows exactly what it would send, sends it once confirmed, and the difference is gone', async () => {
    const { report } = await reportOf(page);
    const codes = await shown();
    expect(codes.length).toBeGreaterThan(2);
    const offered = report.differences.filter(({ findings }) => findings.some(({ curable }) => curable));
    for (const code of codes) expect(offered.map((one) => one.code)).toContain(code);
    // Dossiers with a result paper stay where they are: sending them from here would lose it.
    await panel().getByText('không cho địa chỉ tải').waitFor();

    await panel().locator('summary').first().click();
    const [first] = codes;
    const row = up.planted.city.find(({ code }) => code === first);
    const body = JSON.parse((await panel().locator('pre').first().textContent()) ?? '');
    expect(body).toMatchObject({
      service: 'DongBoHoSoMC',
      isUpdating: 'False',
      data: [{ MaHoSo: first, MaTTHC: row?.procedure.code, TrangThaiHoSo: String(row?.status), LoaiDoiTuong: '1' }],
    });
    await screenshot(page, 'reconcile-resend-shown');
    const send = panel().getByRole('button', { name: `Gửi ${codes.length} hồ sơ lên Cổng DVCQG` });
    expect(await send.getAttribute('aria-disabled')).toBe('true');
    await panel()
      .getByLabel(/^Gõ số hồ sơ/)
      .fill(String(codes.length + 1));
    await send.click({ force: true });
    expect(writes()).toEqual([]);

    await panel()
      .getByLabel(/^Gõ số hồ sơ/)
      .fill(String(codes.length));
    await send.click();
    await panel().getByText(`Đã xong: ${codes.length}/${codes.length} hồ sơ`).waitFor();
    await screenshot(page, 'reconcile-resend-done');
    expect(new Set(writes().map(({ about }) => about))).toEqual(new Set(codes));
    const journal = (await downloaded(page, 'Tải nhật ký gửi')).toString('utf8');
    for (const code of codes) expect(journal).toContain(code);
    for (const { owner } of up.planted.city) {
      expect(journal).not.toContain(owner.name.toLocaleUpperCase('vi'));
      expect(journal).not.toContain(owner.identity);
    }

    await panel().getByRole('button', { name: 'Đối soát lại' }).click();
    await page.getByRole('button', { name: 'Bắt đầu đối soát' }).click();
    await finished(page);
    const after = (await reportOf(page)).report;
    const still = after.differences.filter(({ findings }) =>
      findings.some(({ values }) => values.national === undefined),
    );
    for (const code of codes) expect(still.map((one) => one.code)).not.toContain(code);
    expect(after.byClass['missing-national'] ?? 0).toBeLessThan(report.byClass['missing-national'] ?? 0);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('stops between two dossiers, and says what was not sent', async () => {
    up.setFaults([{ fault: 'delay', upstream: 'dvcqg', service: 'DongBoHoSoMC', ms: 400 }]);
    const codes = await shown();
    await panel()
      .getByLabel(/^Gõ số hồ sơ/)
      .fill(String(codes.length));
    await panel()
      .getByRole('button', { name: `Gửi ${codes.length} hồ sơ lên Cổng DVCQG` })
      .click();
    await expect.poll(() => writes().length).toBeGreaterThan(0);
    await panel().getByRole('button', { name: 'Dừng gửi' }).click();
    await panel().getByText('Đã dừng theo yêu cầu').first().waitFor();
    await panel()
      .getByText(/chưa gửi/)
      .first()
      .waitFor();
    expect(writes().length).toBeLessThan(codes.length);
  });
});
