import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Layout, type Line, layoutOf } from '../fixtures/layout.ts';
import {
  AGENCIES,
  AGENCY,
  checkMeasure,
  checkSheet,
  FORM,
  goOver,
  LONG,
  OFFICIAL_LETTER,
  ONE_OF_EACH_SIZE,
  POPPLER,
  REASON,
  SHATTERED,
  SUBJECTS,
  type Subject,
  UNIT,
  wanted,
} from '../fixtures/letter-case.ts';
import { departures, partsOf } from '../fixtures/letter-layout.ts';
import { NOW, type Stage, setStage } from './harness.ts';

describe('the layout of letters, measured on the print of the preview', () => {
  let stage: Stage;
  let letters: Page;
  const shown = () =>
    letters.evaluate(() => document.querySelector('.paper')?.shadowRoot?.textContent?.replace(/\s+/g, '') ?? '');

  beforeAll(async () => {
    stage = await setStage({ now: NOW, count: 8 });
    await stage.worker.evaluate(async (unit) => {
      const scope = globalThis as unknown as { chrome: { storage: { local: { set(value: object): Promise<void> } } } };
      await scope.chrome.storage.local.set({ 'settings.letterUnit': unit });
    }, UNIT);
    letters = await stage.open(`chrome-extension://${stage.extensionId}/letters.html`);
    await letters.getByRole('tab', { name: 'Mẫu thư' }).click();
    await letters.locator('#panel-templates input[type=file]').setInputFiles({
      name: `${SHATTERED.name}.docx`,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(SHATTERED.bytes),
    });
    await letters.getByRole('button', { name: 'Nhận mẫu này' }).click();
    await letters.getByRole('tab', { name: 'Soạn thư' }).click();
    for (const [id, value] of Object.entries(FORM)) await letters.fill(`[id="${id}"]`, value);
  });
  afterAll(() => stage?.close());

  /** Prints once the paper says what was asked. */
  async function print(subject: Subject, reason = REASON, agency = AGENCY): Promise<Uint8Array> {
    const label = subject === SHATTERED ? `${SHATTERED.name} (mẫu của đơn vị)` : undefined;
    await letters.selectOption('#template', label === undefined ? subject.name : { label });
    await letters.fill('#reason', reason);
    await expect
      .poll(async () => (await shown()).toUpperCase())
      .toContain(wanted(subject, reason, agency).toUpperCase());
    await letters.waitForSelector('.paper[data-complete=true][data-state=ready]');
    return Uint8Array.from(await letters.pdf({ preferCSSPageSize: true }));
  }

  it.each(SUBJECTS)('$name', async (subject) => {
    await checkSheet(await print(subject), subject);
  });

  it.skipIf(!POPPLER)('agrees with poppler (skipped when it is not installed)', async () => {
    for (const subject of SUBJECTS) await checkMeasure(await print(subject));
  });

  it.each(ONE_OF_EACH_SIZE)('$name over two sheets', async (subject) => {
    const layouts: Layout[] = [];
    for (const reason of LONG) layouts.push(await layoutOf(await print(subject, reason)));
    goOver(layouts, subject);
  });

  it.each([...AGENCIES, AGENCY])('of «%s»', async (agency) => {
    await letters.getByRole('tab', { name: 'Thông tin đơn vị' }).click();
    await letters.fill('#unit-coQuanBanHanh', agency);
    await letters.getByRole('button', { name: 'Lưu thông tin đơn vị' }).click();
    await letters.getByRole('tab', { name: 'Soạn thư' }).click();
    for (const subject of ONE_OF_EACH_SIZE) await checkSheet(await print(subject, REASON, agency), subject, agency);
  });

  it('would show what is wrong', async () => {
    const sound = await layoutOf(await print(OFFICIAL_LETTER));
    const parts = partsOf(sound, 'A4');
    const [nation, signer, line] = [
      parts.nation[0],
      parts.signer[0],
      parts.body.find(({ text }) => text.includes('Lý do:')),
    ];
    const change = (of: Line | undefined, to: Partial<Line>) => ({
      ...sound,
      lines: sound.lines.map((one) => (one === of ? { ...one, ...to } : one)),
    });
    const spoiled: [Layout, RegExp][] = [
      [{ ...sound, lines: sound.lines.map((one) => ({ ...one, left: one.left - 5 })) }, /left margin 25/],
      [{ ...sound, pages: [{ width: 215.9, height: 279.4 }] }, /paper 215.9 × 279.4/],
      [change(nation, { size: 11 }), /nation .*size 11/],
      [change(nation, { bold: false }), /nation .*not bold/],
      [change(nation, { text: 'CỘNG HÒA XÃ HỘI' }), /nation not on one line/],
      [change(line, { right: 180 }), /not set to both edges/],
      [change(parts.office[1], { baseline: (parts.office[0]?.baseline ?? 0) + 4 }), /PHÓ CHỦ TỊCH» only 11/],
      [change(line, { left: 38 }), /indent of «Hồ sơ/],
      [{ ...change(signer, { page: 2 }), pages: [...sound.pages, ...sound.pages] }, /torn apart/],
      [{ ...sound, rules: sound.rules.slice(1) }, /1 rules/],
      [{ ...sound, rules: sound.rules.map((rule) => ({ ...rule, left: rule.left - 20 })) }, /rule under motto 80/],
    ];
    for (const [layout, says] of spoiled) expect(departures(layout, 'A4').join('\n')).toMatch(says);
  });
});
