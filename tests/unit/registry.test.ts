import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_HOSTS } from '../../lib/hosts/index.ts';
import {
  ADAPTERS,
  adapterById,
  HEALTH_FIELDS,
  healthOf,
  isMatchPattern,
  type ListReading,
  readPage,
} from '../../lib/page/index.ts';
import type { Dossier } from '../../lib/schema/index.ts';
import { loadFixtures } from '../fixtures/pages.ts';

const ROOM = join(import.meta.dirname, '../../lib/page');
const folders = readdirSync(ROOM, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'data')
  .map((entry) => entry.name);
const fixtures = loadFixtures();

interface Rule {
  css?: string;
  label?: string;
  since?: string;
  why?: string;
}

describe('adapters', () => {
  it('are registered, each folder of lib/page one', () => {
    expect(ADAPTERS.map(({ meta }) => meta.id).sort()).toEqual([...folders].sort());
    expect(new Set(ADAPTERS.map(({ meta }) => meta.id)).size).toBe(ADAPTERS.length);
    for (const { meta } of ADAPTERS) expect(adapterById(meta.id)?.meta).toBe(meta);
    expect(adapterById('khong-co')).toBeUndefined();
  });

  it('are asked with the generic one last', () => {
    expect(ADAPTERS.at(-1)?.meta.id).toBe('generic');
  });

  it.each(ADAPTERS.map((adapter) => [adapter.meta.id, adapter] as const))(
    '%s declares itself',
    (id, { meta, overlays }) => {
      expect(meta.label.length).toBeGreaterThan(5);
      expect(meta.checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(Number.isNaN(Date.parse(meta.checkedOn))).toBe(false);
      for (const host of meta.hosts) expect(isMatchPattern(host), host).toBe(true);
      expect(overlays.root.length * overlays.open.length).toBeGreaterThan(0);
      expect(id).toMatch(/^[a-z]+$/);
    },
  );

  it('have the city’s host among them once', () => {
    for (const host of BUILT_IN_HOSTS) {
      expect(isMatchPattern(host)).toBe(true);
      expect(ADAPTERS.filter(({ meta }) => meta.hosts.includes(host))).toHaveLength(1);
    }
  });

  it.each(folders)('%s has at least two saved pages', (folder) => {
    const own = fixtures.filter((fixture) => fixture.folder === folder);
    expect(own.length).toBeGreaterThanOrEqual(2);
    expect(own.some(({ expected }) => expected.kind === 'list' && expected.records.length > 0)).toBe(true);
    for (const { name, expected } of own) {
      expect(expected.adapter, name).toBe(folder);
      expect(expected.people.length > 0 || expected.records.length === 0, name).toBe(true);
    }
  });

  it.each(folders)('%s keeps its selectors as dated data, in order', (folder) => {
    const file = readFileSync(join(ROOM, folder, 'data/selectors.json'), 'utf8');
    const data = JSON.parse(file) as Record<string, unknown>;
    expect(String(data.source).length).toBeGreaterThan(20);
    const lists = Object.values(data).filter((value) => Array.isArray(value)) as Rule[][];
    expect(lists.length).toBeGreaterThan(0);
    for (const rule of lists.flat()) {
      expect(rule.css ?? rule.label, folder).toBeTruthy();
      expect(rule.since, JSON.stringify(rule)).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(rule.why?.length, JSON.stringify(rule)).toBeGreaterThan(2);
    }
  });

  it('have no fixture that names a machine or a real person’s number', () => {
    for (const { name, html } of fixtures) {
      expect(html, name).not.toMatch(/file:|\/(?:home|root|tmp|Users)\//);
      expect(html.length, name).toBeLessThan(120_000);
      for (const phone of html.match(/(?<![\da-f.])0\d{9}(?![\da-f])/g) ?? []) expect(phone, name).toMatch(/^0999/);
    }
  });
});

describe('readers', () => {
  it('bring nobody out of any saved page, whichever adapter is forced on it', () => {
    for (const { name, html, expected } of fixtures) {
      const window = new Window();
      const doc = new window.DOMParser().parseFromString(html, 'text/html') as unknown as Document;
      for (const adapter of ADAPTERS) {
        const { records } = readPage(doc, { url: new URL(expected.url), readAt: 29_000_000 }, adapter);
        const text = JSON.stringify(records);
        for (const person of expected.people)
          expect(text.includes(person), `${name} by ${adapter.meta.id}: ${person}`).toBe(false);
      }
    }
  });

  it('survive every saved page with any piece of it missing', () => {
    for (const { name, html, expected } of fixtures.filter(({ name }) => !name.includes('sandbox'))) {
      for (let cut = 200; cut < html.length; cut += 371) {
        const window = new Window();
        const doc = new window.DOMParser().parseFromString(html.slice(0, cut), 'text/html') as unknown as Document;
        expect(
          () => readPage(doc, { url: new URL(expected.url), readAt: 29_000_000 }),
          `${name} at ${cut}`,
        ).not.toThrow();
      }
    }
  });
});

describe('page health', () => {
  const record = (part: Partial<Dossier>): Dossier => ({
    code: 'H29.999-260803-0012',
    aliases: [],
    codeKnown: true,
    procedure: { name: 'Mẫu' },
    dayOnly: [],
    status: { code: 4, text: 'Đang xử lý' },
    pauses: [],
    source: { kind: 'dom', adapter: 'test', readAt: 29_000_000 },
    gaps: [],
    receivedAt: 29_000_000,
    dueAt: 29_000_000,
    ...part,
  });
  const list = (records: Dossier[], part: Partial<ListReading> = {}): ListReading => ({
    rows: records.map((one) => ({ record: one, row: {} as Element, anchor: {} as Element })),
    unreadable: 0,
    columns: {},
    loading: false,
    ...part,
  });
  const none = { dueAt: undefined, gaps: [{ field: 'dueAt', reason: 'absent' as const }] };

  it('is good when all is there, and for an empty list', () => {
    const { ok, fields } = healthOf(list([record({})], { columns: { dueAt: 'Ngày hẹn trả' } }));
    expect(ok).toBe(true);
    expect(fields.map(({ field }) => field)).toEqual([...HEALTH_FIELDS]);
    expect(fields.find(({ field }) => field === 'dueAt')).toEqual({
      field: 'dueAt',
      found: 1,
      expected: 1,
      column: 'Ngày hẹn trả',
    });
    expect(healthOf(list([])).ok).toBe(true);
  });

  it('does not ask a new or refused dossier for dates', () => {
    const fresh = record({ ...none, receivedAt: undefined, status: { code: 1, text: 'Mới đăng ký' } });
    expect(healthOf(list([fresh, fresh, fresh]))).toMatchObject({ ok: true });
    expect(healthOf(list([fresh])).fields.find(({ field }) => field === 'dueAt')).toMatchObject({
      found: 0,
      expected: 0,
    });
  });

  it('takes one empty date for what it is, and a column of them for a change', () => {
    expect(healthOf(list([record(none)])).ok).toBe(true);
    expect(healthOf(list([record(none), record(none), record(none)])).ok).toBe(false);
    expect(healthOf(list([record(none), record(none), record({})])).ok).toBe(true);
  });

  it('is bad when a column is gone, a cell cannot be read, or a row has no code', () => {
    const gap = (reason: 'no-column' | 'unreadable' | 'not-shown') => [{ field: 'dueAt', reason }];
    expect(healthOf(list([record({ dueAt: undefined, gaps: gap('no-column') })])).ok).toBe(false);
    expect(healthOf(list([record({ dueAt: undefined, gaps: gap('unreadable') })])).ok).toBe(false);
    expect(healthOf(list([record({ dueAt: undefined, gaps: gap('not-shown') })])).ok).toBe(true);
    const bad = healthOf(list([record({})], { unreadable: 2 }));
    expect(bad.ok).toBe(false);
    expect(bad.fields.find(({ field }) => field === 'code')).toMatchObject({ found: 1, expected: 3 });
  });

  it('counts unknown words as a status that is there', () => {
    const odd = record({ status: { code: 'unknown', text: 'Chờ ý kiến' } });
    expect(healthOf(list([odd])).fields.find(({ field }) => field === 'status')).toMatchObject({
      found: 1,
      expected: 1,
    });
  });
});
