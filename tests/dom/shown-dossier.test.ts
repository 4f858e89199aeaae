import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shippedTable } from '../../lib/calendar/index.ts';
import { DEFAULT_RULES } from '../../lib/deadline/index.ts';
import { Knowledge, type Session, startSession } from '../../lib/overlay/index.ts';
import { offerSupplement, supplement } from '../../lib/overlay/more.ts';
import { ShownDossier } from '../../lib/schema/index.ts';
import { wall } from '../sandbox/naive-time.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'pages');

/** A spot check asks the pages of the city system what they show of a dossier. */
describe('what a page shows of a dossier', () => {
  let life: AbortController;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'requestIdleCallback'] });
    life = new AbortController();
  });
  afterEach(() => {
    life.abort();
    vi.useRealTimers();
  });

  async function open(name: string, paused = false): Promise<{ session: Session; expected: Record<string, unknown> }> {
    const read = (end: string) => readFileSync(join(FIXTURES, `${name}.${end}`), 'utf8');
    const expected = JSON.parse(read('expect.json'));
    document.body.innerHTML = new DOMParser().parseFromString(read('html'), 'text/html').body.innerHTML;
    const session = startSession(
      {
        doc: document,
        url: () => new URL(expected.url),
        now: () => wall('2026-11-25T09:40'),
        table: shippedTable(),
        rules: DEFAULT_RULES,
        knowledge: new Knowledge(),
        alive: () => true,
        seen: async () => undefined,
        ask: async (type) => (type === 'page.supplement' ? offerSupplement(supplement()) : undefined),
      },
      'test',
      paused,
      life.signal,
    );
    for (let i = 0; i < 12; i++) {
      await Promise.resolve();
      await vi.advanceTimersByTimeAsync(50);
    }
    return { session, expected };
  }

  it('the page of a dossier tells its record, and no person', async () => {
    const { session, expected } = await open('igate/sandbox-detail');
    const code = document.querySelector('dh-panel')?.getAttribute('data-code') as string;
    const answer = await session.ask('check.record', { code });
    expect(ShownDossier.parse(answer)).toMatchObject({ kind: 'detail', record: { code } });
    const people = expected.people as string[];
    expect(people.length).toBeGreaterThan(0);
    for (const person of people) expect(JSON.stringify(answer)).not.toContain(person);
    expect(await session.ask('check.record', { code: 'H29.999-261110-0000' })).toBeNull();
  });

  it('with the papers, where the page shows them', async () => {
    const { session, expected } = await open('webforms/sandbox-detail');
    const { code } = (expected.records as { code: string }[])[0] as { code: string };
    const shown = ShownDossier.parse(await session.ask('check.record', { code }));
    expect(shown.record.components?.length).toBeGreaterThan(0);
  });

  it('a list tells the row', async () => {
    const { session } = await open('igate/sandbox-list');
    const code = document.querySelector<HTMLElement>('dh-badge[data-code]')?.dataset.code as string;
    expect(await session.ask('check.record', { code })).toMatchObject({ kind: 'list', record: { code } });
    expect(await session.ask('check.record', { code: 'H29.999-261110-0000' })).toBeNull();
  });

  it('nothing is told where the extension is paused, nor for a question that is none', async () => {
    const { session } = await open('igate/sandbox-detail', true);
    expect(await session.ask('check.record', { code: 'H29.999-261110-0000' })).toBeNull();
    expect(await session.ask('check.record', { code: 7 })).toBeNull();
    expect(await session.ask('check.other', { code: 'x' })).toBeNull();
  });
});
