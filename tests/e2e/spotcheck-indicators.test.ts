import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { node } from '../../scripts/run.ts';
import { axeFaults } from './axe.ts';
import { type Stage, screenshot, setStage } from './harness.ts';

const HEAD =
  'Mã hồ sơ,Mã TTHC,Đơn vị xử lý,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc xử lý,Hình thức nộp,Tệp kết quả,Tệp thành phần hồ sơ,Số lần bổ sung';
/** Of 24 dossiers 3 were late, 8 have no electronic result, 1 was sent back twice. */
const ROWS = Array.from({ length: 24 }, (_, i) =>
  [
    `H29.999-2611${String((i % 20) + 1).padStart(2, '0')}-${String(i).padStart(4, '0')}`,
    '1.001193.000.00.00.H29',
    `UBND phường Mẫu ${(i % 2) + 1}`,
    'Đã trả kết quả',
    `${String((i % 20) + 1).padStart(2, '0')}/11/2026 08:00:00`,
    '23/11/2026 17:00:00',
    i < 3 ? '24/11/2026 09:00:00' : '23/11/2026 09:00:00',
    i < 10 ? 'Trực tuyến' : 'Trực tiếp',
    i < 16 ? 'ket-qua.pdf' : '',
    i < 20 ? 'to-khai.pdf' : '',
    i === 20 ? '2' : '0',
  ].join(','),
);
const TEXT = [HEAD, ...ROWS].join('\r\n');

let stage: Stage;
let page: Page;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dung-hen-chi-so-'));
  stage = await setStage({ count: 8 });
  page = await stage.open(`chrome-extension://${stage.extensionId}/spotcheck.html`);
  await page.bringToFront();
});
afterAll(async () => {
  await stage?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function tabTo(name: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.matches('body, main') ? '' : (element?.textContent?.replace(/\s+/g, ' ').trim() ?? '');
    });
    if (at.startsWith(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by Tab to «${name}»`);
}

interface Line {
  type: string;
  score?: number;
  state?: string;
  component?: string;
  code?: string;
}

it('the indicators of a file, by keyboard: the figures of the command line, and the dossiers behind them', async () => {
  page.on('filechooser', () => undefined);
  await tabTo('Kiểm tra mẫu');
  await page.keyboard.press('ArrowRight');
  await tabTo('Chọn tệp hồ sơ');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles({ name: 'thang-11.csv', mimeType: 'text/csv', buffer: Buffer.from(TEXT) });
  await page.getByText('24 dòng').waitFor();
  const period = page.getByLabel('Kỳ báo cáo');
  await period.selectOption('khac');
  await page.getByLabel('Từ ngày').fill('2026-11-01');
  await page.getByLabel('đến ngày').fill('2026-11-30');
  await tabTo('Tính chỉ số');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Điểm theo nhóm' }).waitFor();
  await screenshot(page, 'indicators');

  writeFileSync(join(folder, 'thang-11.csv'), TEXT);
  const args = ['indicators', '--in', join(folder, 'thang-11.csv'), '--period', '2026-11', '--json'];
  const told = await node(['cli/main.ts', ...args]);
  const lines = told.output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
  const wanted = lines
    .filter(({ type }) => type === 'component')
    .map(({ score, state }) =>
      state === 'computed' && score !== undefined
        ? score.toLocaleString('vi', { maximumFractionDigits: 2 })
        : 'không tính',
    );
  expect(wanted.filter((text) => text !== 'không tính')).toHaveLength(4);
  const scores = page.locator('table.scores tbody tr:not(.group) td:nth-of-type(1)');
  expect((await scores.allTextContents()).map((text) => text.trim())).toEqual(wanted);

  // Behind a number are the dossiers that cost the points.
  await tabTo('4 hồ sơ');
  await page.keyboard.press('Enter');
  const late = lines.filter(({ type, component }) => type === 'cost' && component === 'ON_TIME');
  expect(late).toHaveLength(4);
  for (const { code } of late) await page.getByText(code as string, { exact: true }).waitFor();
  await screenshot(page, 'indicators-behind');
  for (const colorScheme of ['light', 'dark'] as const) {
    expect(await axeFaults(page, colorScheme)).toEqual([]);
    await screenshot(page, `indicators-${colorScheme}`);
  }
  expect(stage.takeErrors()).toEqual([]);
});
