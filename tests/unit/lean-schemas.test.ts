import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { shippedCalendar } from '../../lib/calendar/index.ts';
import { DEFAULT_RULES } from '../../lib/deadline/index.ts';
import * as dossier from '../../lib/schema/dossier.ts';
import * as lean from '../../lib/schema/lean.ts';
import * as messages from '../../lib/schema/messages.ts';
import * as wire from '../../lib/schema/wire.ts';
import * as workingTime from '../../lib/schema/working-time.ts';
import { leanModule } from '../../scripts/vite-schemas.ts';
import { batch, record } from '../fixtures/records.ts';

type Schema = { safeParse(value: unknown): { success: boolean; data?: unknown } };

/** The module as a content script gets it. */
function built(module: Record<string, unknown>): Record<string, unknown> {
  const { shared, exports } = leanModule(module);
  const body = Object.entries(exports).map(([name, expression]) => `${JSON.stringify(name)}:${expression}`);
  return new Function('lean', `${shared.join('')}return {${body}}`)(lean);
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && 'safeParse' in value;

/** Every schema of the room with its lean twin. */
const PAIRS = [dossier, messages, wire, workingTime].flatMap((module) => {
  const twins = built(module);
  const pairs = Object.entries(module).map(([name, own]) => [name, own, twins[name]] as const);
  const { TO_BACKGROUND, TO_CONTENT } = messages;
  if (module === (messages as unknown)) {
    for (const [group, table] of Object.entries({ TO_BACKGROUND, TO_CONTENT })) {
      const twin = twins[group] as Record<string, { payload: unknown }>;
      for (const [name, { payload }] of Object.entries(table))
        pairs.push([name, payload, twin[name]?.payload] as never);
    }
  }
  return pairs.filter(([, own]) => isSchema(own)) as [name: string, own: Schema, twin: Schema][];
});

function agree(own: Schema, twin: Schema, value: unknown): boolean {
  const expected = own.safeParse(value);
  const found = twin.safeParse(value);
  expect(found.success).toBe(expected.success);
  if (expected.success) expect(found.data).toStrictEqual(expected.data);
  return expected.success;
}

const WIRE: wire.WireDossier = {
  id: '1',
  code: 'H29.999-1',
  procedureName: 'Thủ tục',
  limitValue: 5,
  limitUnit: 'd',
  status: 'Đang xử lý',
  components: [{ name: 'Đơn', type: 'Bản chính', quantity: 1, files: [{ size: 10, type: 'pdf' }, {}] }],
};

/** Little enough to be spoilt in every place. */
const CALENDAR = {
  ...shippedCalendar(),
  weekly: [[], [450, 690, 780, 1020]],
  years: shippedCalendar().years.slice(-1),
  days: shippedCalendar().days.slice(-1),
};

/** Values that are right, to be spoilt one place at a time. */
const RIGHT: unknown[] = [
  WIRE,
  { version: 1, adapter: 'igate', kind: 'list', records: [WIRE, { code: 'x' }] },
  record('H29.999-1'),
  batch([record('H29.999-1')]),
  { paused: true, calendar: CALENDAR, rules: DEFAULT_RULES },
  CALENDAR,
  DEFAULT_RULES,
  { host: 'motcua.example', paused: false },
];

const ODD = [
  undefined,
  null,
  '',
  'x'.repeat(81),
  '😀'.repeat(60),
  '😀'.repeat(81),
  'x'.repeat(700),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  1.5,
  2 ** 53,
  30_000_000,
  true,
  [],
  {},
  new Array(501).fill({ size: 1 }),
  'd',
  'list',
];

/** The value with one place, however deep, taken out or replaced. */
function* spoilt(value: unknown): Generator<unknown> {
  for (const odd of ODD) yield odd;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const copy = (inner: unknown) =>
      Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner };
    for (const inner of spoilt((value as Record<string, unknown>)[key])) yield copy(inner);
    if (!Array.isArray(value)) {
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      yield rest;
    }
  }
  if (!Array.isArray(value)) yield { ...value, more: 1 };
}

describe('the lean form of a schema', () => {
  it('exists for every schema of the room', () => {
    expect(PAIRS.length).toBeGreaterThan(20);
  });

  it.each(PAIRS)('%s says what the schema says, for what is right and for what is nearly right', (_, own, twin) => {
    for (const value of RIGHT) {
      agree(own, twin, value);
      for (const near of spoilt(value)) agree(own, twin, near);
    }
  });

  it.each(PAIRS)('%s says what the schema says, for anything', (_, own, twin) => {
    fc.assert(fc.property(fc.anything(), (value) => void agree(own, twin, value)));
  });

  it('accepts the right ones', () => {
    const twins = built(wire);
    expect((twins.WireBatch as Schema).safeParse(RIGHT[1])).toEqual({ success: true, data: RIGHT[1] });
  });

  it.each([
    ['a text of a form', z.string().check(z.regex(/x/))],
    ['a transformation', z.pipe(z.string(), z.transform(Number))],
    ['a strict object', z.strictObject({})],
    ['a union of more than words', z.union([z.string(), z.number()])],
    ['a refinement', z.number().check(z.refine((n) => n > 1))],
    ['an open end', z.number().check(z.gt(1))],
  ])('does not exist for %s, and then there is no build', (_, schema) => {
    expect(() => leanModule({ schema })).toThrow(/no lean form/);
  });
});
