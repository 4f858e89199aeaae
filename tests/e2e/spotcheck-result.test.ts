import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTable } from '../../connectors/files/open.ts';
import type { Spotcheck } from '../../lib/platform/index.ts';
import {
  evaluate,
  type Figures,
  freeze,
  readRecord,
  replaceUnit,
  type SampleRecord,
  type SampleUnit,
} from '../../lib/sampling/index.ts';
import { decidedSample, dividedSample, fieldList } from '../fixtures/samples.ts';
import { axeFaults } from './axe.ts';
import { NOW, type Stage, screenshot, setStage } from './harness.ts';

const MAIN = join(import.meta.dirname, '../../cli/main.ts');
const COUNTS = { 'Đất đai': 240, 'Chứng thực': 600, 'Hộ tịch': 360 };
const FIELDS = Object.keys(COUNTS);
const SCAN = 'Bản số hóa đúng với giấy tờ';
const RESULT = 'Kết quả điện tử có và đúng';
const CHECKS = [
  { name: SCAN, declared: 0.985 },
  { name: RESULT, declared: 0.95 },
];
const CAUSES = ['Nhầm loại giấy tờ', 'Bản cũ hoặc hết hiệu lực'];

/** A finished sample: failures in every field, one dossier that could not be opened, a second person who differs on three. */
function finished(): SampleRecord {
  const drawn = dividedSample(COUNTS, 120, CHECKS);
  const [lost] = drawn.units;
  const { record } = replaceUnit(drawn, freeze(fieldList(COUNTS)), lost?.code ?? '', 'Hệ thống báo lỗi khi mở tệp');
  const decided = decidedSample(
    record,
    (place, check, field) => {
      if (place === 7) return 'unknown';
      return place < (check === SCAN ? 3 + FIELDS.indexOf(field) : 2) ? 'fail' : 'pass';
    },
    (place, check) => (check === SCAN && place < 3 ? 'fail' : place === 7 ? 'unknown' : 'pass'),
  );
  const causesOf = ({ first, rank }: SampleUnit): Record<string, string> =>
    first[SCAN] === 'fail' ? { [SCAN]: CAUSES[rank % 2] as string } : {};
  const units = decided.units.map((unit) => ({
    ...unit,
    causes: causesOf(unit),
    note: unit.rank === 3 ? 'Đối chiếu lại với bản lưu ở kho.' : '',
  }));
  return { ...decided, units };
}

describe('the result of a spot check', () => {
  let stage: Stage;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dung-hen-result-'));
    stage = await setStage({ count: 8 });
  });
  afterAll(async () => {
    await stage?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await page?.close();
  });

  /** Puts a spot check where the page keeps them, and opens its result. */
  async function open(record: SampleRecord): Promise<void> {
    const check: Spotcheck = {
      id: 'ket-qua',
      name: 'Kiểm tra mẫu tháng 11/2026',
      host: null,
      createdAt: NOW * 60_000,
      updatedAt: NOW * 60_000,
      role: 'first',
      record,
    };
    page = await stage.open(`chrome-extension://${stage.extensionId}/spotcheck.html`);
    await page.bringToFront();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(async (value) => {
      const asked = <T>(request: IDBRequest<T>) =>
        new Promise<T>((done, failed) => {
          request.onsuccess = () => done(request.result);
          request.onerror = () => failed(request.error);
        });
      const database = await asked(indexedDB.open('dung-hen-spotchecks'));
      await asked(database.transaction('checks', 'readwrite').objectStore('checks').put(value));
      database.close();
    }, check);
    await page.evaluate(() => {
      location.hash = '#id=ket-qua&step=result';
    });
    await page.reload();
    await page.getByRole('heading', { name: 'Tỷ lệ kiểm tra được' }).waitFor();
  }

  async function downloaded(button: string): Promise<{ file: Download; bytes: Buffer }> {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return { file, bytes: readFileSync(await file.path()) };
  }

  /** Goes on with Tab until a button has the focus. */
  async function tabTo(name: string): Promise<void> {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(() => document.activeElement?.textContent)) === name) return;
    }
    throw new Error(`no way to «${name}» by keyboard`);
  }

  const cellsOf = (heading: string) =>
    page
      .locator('section', { has: page.getByRole('heading', { name: heading, exact: true }) })
      .locator('table')
      .first()
      .locator('tbody tr:not(.sentence), tfoot tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim() ?? '')),
      );

  it('is signed off by keyboard; its files and the command line give the same figures', async () => {
    await open(finished());
    const expected = evaluate(finished());
    await screenshot(page, 'spotcheck-result');
    const rates = await cellsOf('Tỷ lệ kiểm tra được');
    expect(rates.map(([, , , , passed, failed, unknown, left]) => [passed, failed, unknown, left].map(Number))).toEqual(
      expected.checks.map(({ strata, failed, unknown }) => [
        strata.reduce((sum, { passed }) => sum + passed, 0),
        failed.length,
        unknown.length,
        0,
      ]),
    );

    await tabTo('Chốt kết quả');
    await page.keyboard.press('Enter');
    await page.getByText('✓ Đã chốt lúc').waitFor();
    await page.reload();
    await page.getByText('✓ Đã chốt lúc').waitFor();

    const json = await downloaded('Tải tệp mẫu (JSON)');
    const reading = readRecord(json.bytes.toString('utf8'));
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const figures = reading.record.figures as Figures[];
    const path = join(folder, 'mau.json');
    writeFileSync(path, json.bytes);
    const list = join(folder, 'ho-so-thang-11.csv');
    const lines = fieldList(COUNTS).map(({ code, stratum }) => `${code},${stratum}`);
    writeFileSync(list, `Mã hồ sơ,Lĩnh vực\n${lines.join('\n')}\n`);
    const told = await new Promise<{ code: number; out: string; err: string }>((resolve) =>
      execFile(
        process.execPath,
        [MAIN, 'sample', 'evaluate', path, '--in', list, '--json'],
        { maxBuffer: 1e8 },
        (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
      ),
    );
    expect(told).toMatchObject({ code: 1, err: '' });
    const computed = told.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; name: string; total: { rate: number; exact: number[] } })
      .filter(({ type }) => type === 'check');
    const whole = figures.filter(({ stratum }) => stratum === null);
    expect(computed.map(({ name, total }) => [name, total.rate, total.exact])).toEqual(
      whole.map(({ check, rate, exact }) => [check, rate, exact]),
    );

    const book = await downloaded('Tải kết quả .xlsx');
    const table = await openTable(new File([new Uint8Array(book.bytes)], book.file.suggestedFilename()), {
      sheet: 'Kết quả',
      headerLine: 1,
    });
    const at = ['Mục kiểm tra', 'Tỷ lệ đạt (%)', 'Để quyết định: từ (%)', 'Để quyết định: đến (%)'].map((header) =>
      table.headers.indexOf(header),
    );
    const rows: unknown[][] = [];
    for await (const batch of table.rows())
      for (const row of batch) if ('cells' in row) rows.push(at.map((column) => row.cells[column]));
    const round = (rate: number | undefined) => Math.round((rate ?? Number.NaN) * 1e6) / 1e4;
    expect(rows).toEqual(
      whole.map(({ check, rate, exact }) => [check, round(rate ?? undefined), round(exact?.[0]), round(exact?.[1])]),
    );
    expect(stage.takeErrors()).toEqual([]);
  });

  it('opens the dossiers behind a number, and gives the keyboard back', async () => {
    await open(finished());
    const number = page.getByRole('button', { name: new RegExp(`hồ sơ: ${SCAN}: ${CAUSES[0]}`) });
    await number.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    const count = Number((await number.textContent()) ?? '');
    expect(await page.locator('dialog tbody tr').count()).toBe(count);
    await screenshot(page, 'spotcheck-result-list');
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await number.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('is provisional while decisions are missing, and is signed off only by somebody who says so', async () => {
    const missing = (field: string, place: number) => field === 'Hộ tịch' || place > 20;
    const drawn = dividedSample(COUNTS, 120, CHECKS);
    await open(
      decidedSample(drawn, (place, check, field) => (check === RESULT && missing(field, place) ? null : 'pass')),
    );
    await page.getByText('Chưa tính được tỷ lệ của cả danh sách: «Hộ tịch» chưa có kết luận nào').first().waitFor();
    await tabTo('Chốt kết quả');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await screenshot(page, 'spotcheck-result-provisional');
    expect(await axeFaults(page)).toEqual([]);
    await tabTo('Chốt, tính phần còn thiếu là không kết luận');
    await page.keyboard.press('Enter');
    await page.getByText('✓ Đã chốt lúc').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Mở lại');
    await page.keyboard.press('Enter');
    await page.getByText('▲ Số liệu tạm tính').waitFor();
    expect(stage.takeErrors()).toEqual([]);
  });

  it('is printed as a sheet of its own: method, hash, seed, figures, signatures', async () => {
    const record = finished();
    await open(record);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const text = ((await page.locator('.spot-sheet').textContent()) ?? '').replace(/\s+/g, ' ');
    for (const wanted of [record.population.sha256, record.seed, 'CHƯA CHỐT', 'ký, ghi rõ họ tên', CAUSES[0] as string])
      expect(text).toContain(wanted);
    expect([await page.locator('.spot-sheet').isVisible(), await page.locator('#app').isVisible()]).toEqual([
      true,
      false,
    ]);
    const failed = evaluate(record).checks[0]?.failed ?? [];
    for (const code of failed) expect(text).toContain(code);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    writeFileSync(join(import.meta.dirname, '..', '.artifacts', 'spotcheck-result.pdf'), pdf);
    // A4 in points.
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  });

  it('has nothing for axe to say and needs no scrolling sideways, in light and in dark', async () => {
    await open(finished());
    for (const colorScheme of ['light', 'dark'] as const) {
      expect(await axeFaults(page, colorScheme)).toEqual([]);
      await page.screenshot({
        path: join(import.meta.dirname, '..', '.artifacts', `spotcheck-result-${colorScheme}.png`),
        fullPage: true,
      });
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(
      await page
        .locator('.spot-result .card')
        .evaluateAll((cards) => cards.every((card) => card.scrollWidth <= card.clientWidth)),
    ).toBe(true);
  });
});
