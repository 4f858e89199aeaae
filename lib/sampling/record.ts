import * as z from 'zod/mini';
import { fieldOf, type JsonProblem, readJson } from '../json/index.ts';
import { DECISIONS } from './agreement.ts';
import { ALLOCATIONS } from './allocate.ts';
import { drawKey } from './draw.ts';

export const RECORD_FORMAT = 'dunghen-sample/1';
export const GROUPINGS = ['unit', 'field', 'channel'] as const;
export type Grouping = (typeof GROUPINGS)[number];

// Strict: a slip in a field's name must not silently lose a decision that somebody made.
const Words = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const Count = z.number().check(z.int(), z.gte(0), z.lte(100_000_000));
const Rate = z.number().check(z.gte(0), z.lte(1));
const Share = z.number().check(z.gt(0), z.lt(1));
const Decided = z.record(z.string(), z.nullable(z.enum(DECISIONS)));
const Pair = z.tuple([z.number(), z.number()]);

const Basis = z.union([
  z.strictObject({ kind: z.literal('margin'), margin: Share, expected: Share }),
  z.strictObject({ kind: z.literal('size'), size: Count }),
  z.strictObject({
    kind: z.literal('plan'),
    acceptable: Rate,
    rejectable: Rate,
    producerRisk: Share,
    consumerRisk: Share,
    n: Count,
    c: Count,
  }),
]);
export type Basis = z.infer<typeof Basis>;

const Figures = z.strictObject({
  check: Words(200),
  /** Stratum; null: the whole. */
  stratum: z.nullable(z.string()),
  rate: z.nullable(Rate),
  wilson: z.nullable(Pair),
  exact: z.nullable(Pair),
});
export type Figures = z.infer<typeof Figures>;

export const SampleRecord = z.strictObject({
  format: z.literal(RECORD_FORMAT, {
    error: `phải là "${RECORD_FORMAT}" (tệp của phiên bản khác, hoặc không phải mẫu?)`,
  }),
  population: z.strictObject({
    /** Name of the file, without its folder. */
    source: Words(400),
    by: z.nullable(z.enum(GROUPINGS)),
    /** Header of the column that divides; null where none does. */
    column: z.nullable(Words(400)),
    pooledUnder: Count,
    count: Count,
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'phải là 64 chữ số thập lục phân')),
    strata: z
      .array(
        z.strictObject({
          name: z.string().check(z.maxLength(400)),
          count: Count,
          /** Dossiers to be looked at, without those that replace others. */
          size: Count,
          deviation: z.nullable(z.number().check(z.gte(0), z.lte(0.5))),
        }),
      )
      .check(z.minLength(1)),
  }),
  design: z.strictObject({
    allocation: z.nullable(z.enum(ALLOCATIONS)),
    minimum: Count,
    confidence: z.number().check(z.gte(0.5), z.lte(0.9999)),
    basis: Basis,
  }),
  seed: Words(200),
  checks: z
    .array(z.strictObject({ name: Words(200), declared: z.nullable(Rate) }))
    .check(z.minLength(1), z.maxLength(50)),
  units: z.array(
    z.strictObject({
      code: Words(200),
      stratum: z.string(),
      /** Place in the order of the stratum, from 1. */
      rank: z.number().check(z.int(), z.gte(1)),
      /** Code or name of the procedure as the list says it; null: it does not. */
      procedure: z.nullable(Words(600)),
      /** Why it could not be opened; the next in order takes its place. */
      unavailable: z.nullable(Words(1000)),
      first: Decided,
      /** Why a check failed, in words; only for checks that the first person failed. */
      causes: z.record(z.string(), Words(400)),
      /** Decisions of a second person who did not see the first. */
      second: z.nullable(Decided),
      /** What the first person had decided alone, for checks that both came back to. Agreement is about that, not about the outcome. */
      settled: z.record(z.string(), z.enum(DECISIONS)),
      note: z.string().check(z.maxLength(4000)),
    }),
  ),
  /** Epoch milliseconds at which the result was signed off; decisions are locked until it is opened again. Null: it is not. */
  signedOffAt: z.nullable(z.number().check(z.int(), z.gte(0))),
  /** The figures as they were written down; recomputing must give the same. */
  figures: z.optional(z.array(Figures)),
});
export type SampleRecord = z.infer<typeof SampleRecord>;
export type SampleUnit = SampleRecord['units'][number];

/** A record as a file. Two records of the same content are the same bytes. */
export const recordText = (record: SampleRecord): string => `${JSON.stringify(SampleRecord.parse(record), null, 1)}\n`;

export type RecordReading = { ok: true; record: SampleRecord } | { ok: false; problems: JsonProblem[] };

/** Reads a record. Never throws; what contradicts itself (a dossier too many, out of order, decided without a check) is a fault too. */
export function readRecord(text: string): RecordReading {
  const reading = readJson(text, SampleRecord);
  if (!reading.ok) {
    // Of another kind of file nothing else is worth telling.
    const other = reading.problems.filter(({ field }) => field === 'format');
    return { ok: false, problems: other.length > 0 ? other : reading.problems };
  }
  const problems = contradictions(reading.data).map(({ path, message }) => ({
    ...reading.at(path),
    field: fieldOf(path),
    message,
  }));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, record: reading.data };
}

interface Contradiction {
  path: (string | number)[];
  message: string;
}

function contradictions(record: SampleRecord): Contradiction[] {
  const { population, checks, units } = record;
  const found: Contradiction[] = [];
  const say = (path: (string | number)[], message: string) => found.push({ path, message });
  const names = checks.map(({ name }) => name);
  names.forEach((name, i) => {
    if (names.indexOf(name) < i) say(['checks', i, 'name'], `mục kiểm tra «${name}» có hai lần`);
  });
  const { strata } = population;
  if (strata.reduce((sum, { count }) => sum + count, 0) !== population.count)
    say(['population', 'count'], 'không bằng tổng các nhóm');
  strata.forEach(({ name, count, size }, i) => {
    if (strata.findIndex((other) => other.name === name) < i)
      say(['population', 'strata', i, 'name'], `nhóm «${name}» có hai lần`);
    if (size > count) say(['population', 'strata', i, 'size'], `nhóm chỉ có ${count} hồ sơ`);
    const own = units.filter(({ stratum }) => stratum === name);
    const lost = own.filter(({ unavailable }) => unavailable !== null).length;
    const due = Math.min(count, size + lost);
    if (own.length !== due)
      say(['population', 'strata', i], `phải có ${due} hồ sơ của nhóm này trong mẫu, tệp có ${own.length}`);
  });
  const last = new Map<string, { rank: number; key: string }>();
  units.forEach(({ code, stratum, rank, unavailable, first, second, causes, settled }, i) => {
    if (!strata.some(({ name }) => name === stratum)) say(['units', i, 'stratum'], `không có nhóm «${stratum}»`);
    const before = last.get(stratum) ?? { rank: 0, key: '' };
    const key = drawKey(record.seed, code);
    if (rank !== before.rank + 1) say(['units', i, 'rank'], `phải là ${before.rank + 1}`);
    else if (key <= before.key) say(['units', i, 'code'], `${code} không đứng ở thứ tự này với hạt giống đã ghi`);
    last.set(stratum, { rank, key });
    for (const [who, decided] of [['first', first] as const, ['second', second] as const]) {
      if (decided === null) continue;
      const wrong = Object.keys(decided).find((name) => !names.includes(name));
      const missing = names.find((name) => !Object.hasOwn(decided, name));
      if (wrong !== undefined) say(['units', i, who, wrong], 'không có mục kiểm tra này');
      if (missing !== undefined) say(['units', i, who], `thiếu mục kiểm tra «${missing}»`);
      if (unavailable !== null && Object.values(decided).some((decision) => decision !== null))
        say(['units', i, who], 'hồ sơ không mở được thì không có kết luận');
    }
    for (const name of Object.keys(causes))
      if (first[name] !== 'fail') say(['units', i, 'causes', name], 'chỉ mục không đạt mới có nguyên nhân');
    for (const name of Object.keys(settled))
      if (!first[name] || !second?.[name])
        say(['units', i, 'settled', name], 'chỉ mục mà cả hai người đã kết luận mới được xem lại chung');
  });
  return found;
}
