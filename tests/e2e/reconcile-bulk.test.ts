import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BIG } from '../../entrypoints/reconcile/bulk.ts';
import { SIDES } from '../../lib/reconcile/index.ts';
import { isoOf } from '../../lib/text/index.ts';
import { node } from '../../scripts/run.ts';
import { generate } from '../bench/reconcile/generate.ts';
import { NOW, type Stage, setStage } from './harness.ts';
import { downloaded, finished, openAt } from './reconcile-stage.ts';

const ROWS = 50_000;
let folder: string;
let stage: Stage;
const pathOf = (side: string) => join(folder, `${side}.csv`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dunghen-bulk-'));
  for (const side of SIDES) generate(pathOf(side), side, ROWS);
  stage = await setStage({ count: 8 });
});
afterAll(async () => {
  await stage?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('files of a city are joined as bytes, to the very report of the command line', async () => {
  expect(SIDES.reduce((sum, side) => sum + statSync(pathOf(side)).size, 0)).toBeGreaterThan(BIG);
  const page = await openAt(stage.context, `chrome-extension://${stage.extensionId}/reconcile.html`);
  for (const side of SIDES) {
    await page.locator(`[data-side="${side}"] input[type=file]`).setInputFiles(pathOf(side));
    await page.locator(`[data-side="${side}"] [role=status]`).filter({ hasText: 'đọc' }).waitFor();
  }
  await page.getByRole('button', { name: 'Xem trước', exact: true }).click();
  await page.getByRole('button', { name: 'Bắt đầu đối soát' }).click();
  await finished(page);
  const here = await downloaded(page, 'Tải .csv');

  const at = isoOf(NOW);
  const sources = SIDES.flatMap((side) => [`--${side}`, `file:${pathOf(side)}`]);
  // Read line by line: another way to the same end.
  const { code, output } = await node([
    'cli/main.ts',
    'reconcile',
    ...sources,
    '--out',
    join(folder, 'ra'),
    '--now',
    at,
  ]);
  expect(code, output).toBe(1);
  const there = readFileSync(join(folder, 'ra', 'sai-khac.csv'));
  expect(here.toString()).toBe(there.toString());
  expect(here.toString().split('\n').length).toBeGreaterThan(800);
  expect(stage.takeErrors()).toEqual([]);
});
