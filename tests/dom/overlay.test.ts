import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shippedTable } from '../../lib/calendar/index.ts';
import { DEFAULT_RULES } from '../../lib/deadline/index.ts';
import { type Environment, Knowledge, type Session, startSession } from '../../lib/overlay/index.ts';
import { offerSupplement, supplement } from '../../lib/overlay/more.ts';
import type { PageReport, SeenDossier, SeenLetters } from '../../lib/schema/index.ts';
import { wall } from '../sandbox/naive-time.ts';

const PAGE = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'pages', 'igate', 'sandbox-list.html'), 'utf8');
const ADDRESS = 'https://motcua.tphcm.gov.vn/vi/dossier/processing';

describe('a session on a page', () => {
  let now: number;
  let alive: boolean;
  let life: AbortController;
  let session: Session;
  let seen: number;
  /** What the background answers about letters. */
  let letters: (items: SeenDossier[]) => Promise<unknown>;

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
    letters = async () => undefined;
    life = new AbortController();
    const env: Environment = {
      doc: document,
      url: () => new URL(ADDRESS),
      now: () => now,
      table: shippedTable(),
      rules: DEFAULT_RULES,
      knowledge: new Knowledge(),
      alive: () => alive,
      seen: async (items) => {
        seen += items.length;
        return letters(items);
      },
      ask: async (type) => (type === 'page.supplement' ? offerSupplement(supplement()) : undefined),
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
    expect(await session.ask('page.report', {})).toMatchObject({
      state: 'ok',
      kind: 'list',
      rows,
      adapter: { id: 'igate' },
    });
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
    expect(await session.ask('page.report', {})).toMatchObject({ state: 'changed', unreadable: 1 });
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

  describe('marks of apology letters', () => {
    type State = SeenLetters['letters'][number]['state'];
    let states: Map<string, State>;

    beforeEach(() => {
      states = new Map();
      letters = async (items) => ({
        stored: items.length,
        bad: 0,
        letters: items.flatMap(({ record: { code } }) => {
          const state = states.get(code);
          return state ? [{ code, state, text: `chữ của ${state}` }] : [];
        }),
      });
    });

    const told = async () => {
      await settle();
      await vi.advanceTimersByTimeAsync(2000);
      await settle();
    };
    /** Code → mark, of the badges that have one. */
    const marks = () =>
      Object.fromEntries(
        badges()
          .filter((badge) => badge.hasAttribute('data-letter'))
          .map((badge) => [badge.getAttribute('data-code'), badge.getAttribute('data-letter')]),
      );
    const badgeOf = (code: string) => badges().find((badge) => badge.getAttribute('data-code') === code);
    const wordsOf = (code: string) => badgeOf(code)?.shadowRoot?.textContent ?? '';
    const codes = () =>
      [...document.querySelectorAll('.cdk-row .cdk-column-code')].map(
        (cell) => /^\s*([\w.]+-\d{6}-\d{4})/.exec(cell.textContent ?? '')?.[1] ?? '',
      );
    const rename = (from: string, to: string) => {
      for (const cell of document.querySelectorAll('.cdk-row .cdk-column-code')) {
        const inner = cell.querySelector('a') ?? cell;
        if (inner.textContent?.trim() === from) inner.textContent = to;
      }
    };
    /** The person comes back to this tab. */
    const comeBack = async () => {
      document.dispatchEvent(new Event('visibilitychange'));
      await told();
    };

    it('stand in words and as an attribute once the background has answered, and on no other row', async () => {
      const [first = '', second = '', third = '', fourth = ''] = codes();
      states.set(first, 'needed').set(second, 'drafted').set(third, 'issued').set(fourth, 'late');
      await told();
      expect(marks()).toEqual({ [first]: 'needed', [second]: 'drafted', [third]: 'issued', [fourth]: 'late' });
      expect(wordsOf(first)).toContain('✉ chữ của needed');
      expect(badgeOf(first)?.shadowRoot?.querySelector('button')?.getAttribute('aria-label')).toContain(
        'chữ của needed',
      );
      expect(badges().filter((badge) => badge.shadowRoot?.textContent?.includes('✉'))).toHaveLength(4);
    });

    it('follow the dossier and not the row', async () => {
      const [first = '', second = ''] = codes();
      states.set(first, 'needed');
      await told();
      // Sorted by the host: two rows have changed places.
      rename(first, 'x');
      rename(second, first);
      rename('x', second);
      await told();
      expect(marks()).toEqual({ [first]: 'needed' });
      expect(wordsOf(second)).not.toContain('✉');
      // The row is used for a dossier that nobody has asked about yet: no frame with the old mark.
      rename(first, 'H29.999-261125-9999');
      letters = () => new Promise(() => {});
      await settle();
      expect(badgeOf('H29.999-261125-9999')).toBeDefined();
      expect(marks()).toEqual({});
    });

    it('come back with a row that the host has drawn anew', async () => {
      const [first = ''] = codes();
      states.set(first, 'late');
      await told();
      const row = document.querySelector('.cdk-row') as Element;
      const again = row.cloneNode(true) as Element;
      for (const badge of again.querySelectorAll('dh-badge')) badge.remove();
      row.replaceWith(again);
      await told();
      expect(marks()).toEqual({ [first]: 'late' });
      expect(badges()).toHaveLength(codes().length);
    });

    it('change and go when the person comes back from drafting', async () => {
      const [first = '', second = ''] = codes();
      states.set(first, 'needed').set(second, 'needed');
      await told();
      states.set(first, 'drafted');
      states.delete(second);
      await comeBack();
      expect(marks()).toEqual({ [first]: 'drafted' });
      expect(wordsOf(first)).toContain('chữ của drafted');
      expect(wordsOf(second)).not.toContain('✉');
    });

    it('are asked for again when time has changed a verdict', async () => {
      now = wall('2026-11-02T09:00');
      await told();
      const before = seen;
      for (const code of codes()) states.set(code, 'late');
      now = wall('2026-11-25T09:40');
      await vi.advanceTimersByTimeAsync(601_000);
      await told();
      expect(seen).toBeGreaterThan(before);
      expect(Object.keys(marks())).toHaveLength(seen - before);
    });

    it.each([
      ['silence', undefined],
      ['a refusal', { ok: false, kind: 'failed', message: '' }],
      ['a mark that does not exist', { letters: [{ code: 'A', state: 'shouted', text: '' }] }],
    ])('stay as they are after %s', async (_name, answer) => {
      const [first = ''] = codes();
      states.set(first, 'needed');
      await told();
      letters = async () => answer;
      await comeBack();
      expect(marks()).toEqual({ [first]: 'needed' });
    });
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
    expect(((await session.ask('page.report', {})) as PageReport).state).toBe('paused');
    session.setPaused(false);
    await settle();
    expect(badges().length).toBe(count);
  });
});
