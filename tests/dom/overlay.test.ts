import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shippedTable } from '../../lib/calendar/index.ts';
import { DEFAULT_RULES } from '../../lib/deadline/index.ts';
import { type Environment, Knowledge, type Session, startSession } from '../../lib/overlay/index.ts';
import { offerSupplement, supplement } from '../../lib/overlay/more.ts';
import { wall } from '../sandbox/naive-time.ts';

const PAGE = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'pages', 'igate', 'sandbox-list.html'), 'utf8');
const ADDRESS = 'https://motcua.tphcm.gov.vn/vi/dossier/processing';

describe('a session on a page', () => {
  let now: number;
  let alive: boolean;
  let life: AbortController;
  let session: Session;
  let seen: number;

  beforeEach(() => {
    vi.useFakeTimers({
      toFake: [
        'setTimeout',
        'clearTimeout',
        'requestAnimationFrame',
        'cancelAnimationFrame',
        'requestIdleCallback',
        'performance',
      ],
    });
    document.body.innerHTML = new DOMParser().parseFromString(PAGE, 'text/html').body.innerHTML;
    now = wall('2026-11-25T09:40');
    alive = true;
    seen = 0;
    life = new AbortController();
    const env: Environment = {
      doc: document,
      url: () => new URL(ADDRESS),
      now: () => now,
      table: shippedTable(),
      rules: DEFAULT_RULES,
      knowledge: new Knowledge(),
      alive: () => alive,
      seen: (items) => {
        seen += items.length;
      },
      loadSupplement: async () => offerSupplement(supplement()),
    };
    session = startSession(env, 'test', false, life.signal);
  });

  afterEach(() => {
    life.abort();
    vi.useRealTimers();
  });

  /** Mutation callbacks are microtasks; frames and timers are ours to turn. */
  const settle = async () => {
    for (let i = 0; i < 12; i++) {
      await Promise.resolve();
      await vi.advanceTimersByTimeAsync(50);
    }
  };
  const badges = () => [...document.querySelectorAll('dh-badge')];

  it('puts a badge on every row, reports the page and tells the worklist once', async () => {
    await settle();
    const rows = document.querySelectorAll('.cdk-row, .mat-row').length;
    expect(badges().length).toBe(rows);
    expect(await session.report()).toMatchObject({ state: 'ok', kind: 'list', rows, adapter: { id: 'igate' } });
    expect(document.documentElement.getAttribute('data-dunghen')).toBe('test');
    await vi.advanceTimersByTimeAsync(2000);
    expect(seen).toBe(rows);
  });

  it('leaves nothing behind: no element, no attribute, no timer', async () => {
    await settle();
    expect(badges().length).toBeGreaterThan(0);
    life.abort();
    await Promise.resolve();
    expect(document.querySelectorAll('dh-badge, dh-bar, dh-panel, dh-why').length).toBe(0);
    expect(document.documentElement.hasAttribute('data-dunghen')).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    expect(vi.getTimerCount()).toBe(0);
    document.querySelector('.cdk-row, .mat-row')?.append('x');
    await settle();
    expect(badges().length).toBe(0);
  });

  it('counts on when the browser brings the page back from its cache', async () => {
    await settle();
    const before = badges().map((badge) => badge.getAttribute('data-left'));
    now += 24 * 60;
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await settle();
    const after = badges().map((badge) => badge.getAttribute('data-left'));
    expect(after).not.toEqual(before);
  });

  it('goes on counting while nobody touches the page', async () => {
    await settle();
    const before = badges().map((badge) => badge.getAttribute('data-left'));
    now += 120;
    await vi.advanceTimersByTimeAsync(601_000);
    await settle();
    expect(badges().map((badge) => badge.getAttribute('data-left'))).not.toEqual(before);
  });

  it('a row that turns unreadable loses its badge', async () => {
    await settle();
    const count = badges().length;
    const cell = document.querySelector('.cdk-row .cdk-column-code, .mat-row .mat-column-code');
    if (!cell) throw new Error('no code cell in the fixture');
    cell.textContent = '';
    await settle();
    expect(badges().length).toBe(count - 1);
    expect(await session.report()).toMatchObject({ state: 'changed', unreadable: 1 });
  });

  it('no row shows the badge of the dossier it held before, not even between two slices of work', async () => {
    const body = document.querySelector('.cdk-row')?.parentElement;
    if (!body) throw new Error('no rows in the fixture');
    const pattern = body.querySelector('.cdk-row') as Element;
    for (let i = 0; i < 180; i++) body.append(pattern.cloneNode(true));
    const rows = [...body.querySelectorAll('.cdk-row')];
    const rename = (from: number) => {
      for (const [i, row] of rows.entries()) {
        const code = row.querySelector('.cdk-column-code a') ?? row.querySelector('.cdk-column-code');
        if (code) code.textContent = `H29.999-261125-${String(from + i).padStart(4, '0')}`;
      }
    };
    rename(1000);
    // Every look at the clock finds a slice used up, so that the list takes many of them.
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      clock += 20;
      return clock;
    });
    await settle();
    await settle();
    expect(badges().length).toBe(rows.length);
    rename(5000);
    let between = 0;
    for (let i = 0; i < 400; i++) {
      await vi.advanceTimersByTimeAsync(1);
      const shown = badges().filter((badge) => !badge.hasAttribute('hidden'));
      const wrong = shown.filter(
        (badge) => !badge.closest('.cdk-row')?.textContent?.includes(badge.getAttribute('data-code') ?? '?'),
      );
      // Until the next frame nobody has seen anything of the change; from the first slice on nothing may be wrong.
      if (shown.length < rows.length) between += 1;
      if (between > 0) expect(wrong).toEqual([]);
    }
    expect(between).toBeGreaterThan(0);
    expect(badges().filter((badge) => !badge.hasAttribute('hidden')).length).toBe(rows.length);
    vi.mocked(performance.now).mockRestore();
  });

  it('an orphan takes its badges away: nobody would correct them', async () => {
    await settle();
    alive = false;
    document.querySelector('.cdk-row td, .cdk-row .cdk-cell, .mat-row .mat-cell')?.append('x');
    await settle();
    expect(badges().length).toBe(0);
    expect(document.querySelector('dh-bar')?.shadowRoot?.textContent).toContain('Tải lại trang');
  });

  it('pausing takes everything away and resuming brings it back', async () => {
    await settle();
    const count = badges().length;
    session.setPaused(true);
    await settle();
    expect(document.querySelectorAll('dh-badge, dh-bar').length).toBe(0);
    expect((await session.report())?.state).toBe('paused');
    session.setPaused(false);
    await settle();
    expect(badges().length).toBe(count);
  });
});
