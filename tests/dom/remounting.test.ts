import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shippedTable } from '../../lib/calendar/index.ts';
import { DEFAULT_RULES } from '../../lib/deadline/index.ts';
import { Knowledge, startSession } from '../../lib/overlay/index.ts';
import { offerSupplement, supplement } from '../../lib/overlay/more.ts';
import { wall } from '../sandbox/naive-time.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'pages');
const ROUNDS = 60;

/** An officer leaves a page open all day; the host draws it anew at each "Làm mới", and some hosts fight. */
describe('what the host takes away', () => {
  let life: AbortController;
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'requestIdleCallback', 'performance'],
    });
    life = new AbortController();
  });
  afterEach(() => {
    life.abort();
    vi.useRealTimers();
  });

  const settle = async () => {
    for (let i = 0; i < 6; i++) {
      await Promise.resolve();
      await vi.advanceTimersByTimeAsync(50);
    }
  };
  async function open(name: string): Promise<void> {
    const read = (end: string) => readFileSync(join(FIXTURES, `${name}.${end}`), 'utf8');
    const { url } = JSON.parse(read('expect.json')) as { url: string };
    document.body.innerHTML = new DOMParser().parseFromString(read('html'), 'text/html').body.innerHTML;
    startSession(
      {
        doc: document,
        url: () => new URL(url),
        now: () => wall('2026-11-25T09:40'),
        table: shippedTable(),
        rules: DEFAULT_RULES,
        knowledge: new Knowledge(),
        alive: () => true,
        seen: async () => undefined,
        ask: async (type) => (type === 'page.supplement' ? offerSupplement(supplement()) : undefined),
      },
      'test',
      false,
      life.signal,
    );
    await settle();
    await settle();
  }
  const drawn = (name: string) => [...document.querySelectorAll(name)];

  it.each([
    ['badges of a list', 'igate/sandbox-list', 'dh-badge'],
    ['the panel of a dossier', 'igate/sandbox-detail', 'dh-panel'],
  ])('%s come back each time when minutes lie between', async (_, fixture, name) => {
    await open(fixture);
    const count = drawn(name).length;
    expect(count).toBeGreaterThan(0);
    for (let i = 0; i < ROUNDS; i++) {
      await vi.advanceTimersByTimeAsync(120_000);
      for (const element of drawn(name)) element.remove();
      await settle();
      expect([i, drawn(name).length]).toEqual([i, count]);
    }
  });

  it.each([
    ['badges of a list', 'igate/sandbox-list', 'dh-badge'],
    ['the panel of a dossier', 'igate/sandbox-detail', 'dh-panel'],
  ])('%s stay away from a host that takes them at once, and later too', async (_, fixture, name) => {
    await open(fixture);
    for (let i = 0; i < ROUNDS; i++) {
      for (const element of drawn(name)) element.remove();
      await Promise.resolve();
      await vi.advanceTimersByTimeAsync(20);
    }
    await settle();
    expect(drawn(name)).toEqual([]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(drawn(name)).toEqual([]);
  });

  it('a section that is open stays open while the same dossier is drawn anew, and is closed for another', async () => {
    await open('igate/sandbox-detail');
    const opened = () =>
      drawn('dh-panel').map(({ shadowRoot }) =>
        shadowRoot?.querySelector('[data-key="why"]')?.getAttribute('aria-expanded'),
      );
    drawn('dh-panel')[0]?.shadowRoot?.querySelector<HTMLElement>('[data-key="why"]')?.click();
    await settle();
    expect(opened()).toEqual(['true']);
    const root = drawn('dh-panel')[0]?.parentElement as HTMLElement;
    const code = drawn('dh-panel')[0]?.getAttribute('data-code') as string;
    for (const element of drawn('dh-panel')) element.remove();
    const page = root.innerHTML;
    root.innerHTML = '';
    await settle();
    expect(drawn('dh-panel')).toEqual([]);
    root.innerHTML = page;
    await settle();
    expect(opened()).toEqual(['true']);
    const other = `${code.slice(0, -4)}0000`;
    for (const element of drawn('dh-panel')) element.remove();
    root.innerHTML = page.replaceAll(code, other);
    await settle();
    expect(drawn('dh-panel').map((panel) => panel.getAttribute('data-code'))).toEqual([other]);
    expect(opened()).toEqual(['false']);
  });
});
