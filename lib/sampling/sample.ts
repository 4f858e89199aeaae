import { type Allocation, allocate } from './allocate.ts';
import { type Drawn, draw } from './draw.ts';
import { SamplingError } from './error.ts';
import { acceptancePlan, type Risks } from './plan.ts';
import type { Population } from './population.ts';
import { type Basis, type Grouping, RECORD_FORMAT, type SampleRecord, type SampleUnit } from './record.ts';
import { sizeForMargin } from './size.ts';

/** What decides how many are drawn. */
export type Goal =
  | { kind: 'margin'; margin: number; expected: number }
  | { kind: 'size'; size: number }
  | ({ kind: 'plan' } & Risks);

export interface Design {
  goal: Goal;
  confidence: number;
  /** Null: the population is not divided. */
  allocation: Allocation | null;
  /** Dossiers of each stratum at least. */
  minimum: number;
  /** Standard deviation by stratum, for Neyman's allocation; a stratum that is not named counts as the worst case, 0.5. */
  deviations?: ReadonlyMap<string, number>;
}

export interface Source {
  /** Name of the file. */
  source: string;
  by: Grouping | null;
  column: string | null;
  pooledUnder: number;
}

export interface Check {
  name: string;
  /** The rate that the unit declares for it, 0 to 1. */
  declared: number | null;
}

/** How many of a population a goal asks for, and what is written down of it. */
function basisOf(count: number, goal: Goal, confidence: number): { n: number; basis: Basis } {
  if (goal.kind === 'margin') {
    const { kind, margin, expected } = goal;
    return { n: sizeForMargin(count, { margin, confidence, expected }), basis: { kind, margin, expected } };
  }
  if (goal.kind === 'plan') {
    const { n, c } = acceptancePlan(count, goal);
    return { n, basis: { ...goal, n, c } };
  }
  if (!(Number.isInteger(goal.size) && goal.size >= 1))
    throw new SamplingError('size', 'cỡ mẫu phải là số nguyên từ 1 trở lên');
  if (goal.size > count)
    throw new SamplingError('size', `danh sách chỉ có ${count} hồ sơ, không rút được ${goal.size}`);
  return { n: goal.size, basis: { ...goal } };
}

/** A list as a design sees it: how many dossiers, and how many of each stratum. */
export interface ListSummary {
  count: number;
  sha256: string;
  strata: readonly { name: string; count: number }[];
}

export const summaryOf = ({ count, sha256, strata }: Population): ListSummary => ({
  count,
  sha256,
  strata: strata.map(({ name, units }) => ({ name, count: units.length })),
});

/** Dossiers to be looked at, without those that replace others. */
export const sampleSize = ({ population }: Pick<SampleRecord, 'population'>): number =>
  population.strata.reduce((sum, { size }) => sum + size, 0);

/**
 * How many dossiers a design takes of a list and of each stratum: the part of a record that stands before anything is drawn.
 * @throws SamplingError for goals and lists that allow no sample
 */
export function planSample(
  list: ListSummary,
  source: Source,
  { goal, confidence, allocation, minimum, deviations }: Design,
): Pick<SampleRecord, 'population' | 'design'> {
  if (goal.kind === 'plan' && list.strata.length > 1)
    throw new SamplingError('plan', 'phương án chấp nhận chỉ dùng với danh sách không chia nhóm');
  if (allocation !== null && minimum < 2) throw new SamplingError('size', 'mỗi nhóm phải có ít nhất 2 hồ sơ trong mẫu');
  const { n, basis } = basisOf(list.count, goal, confidence);
  const strata = list.strata.map(({ name, count }) => ({
    name,
    count,
    deviation: allocation === 'neyman' ? (deviations?.get(name) ?? 0.5) : null,
  }));
  const sizes = sizesOf(strata, n, allocation, minimum);
  return {
    population: {
      ...source,
      count: list.count,
      sha256: list.sha256,
      strata: strata.map((stratum) => ({ ...stratum, size: sizes.get(stratum.name) as number })),
    },
    design: { allocation, minimum, confidence, basis },
  };
}

/**
 * Draws a sample and begins its record: nothing in it is decided yet.
 * @throws SamplingError for goals, seeds and populations that allow no sample
 */
export function beginRecord(
  population: Population,
  source: Source,
  design: Design,
  seed: string,
  checks: readonly Check[],
): SampleRecord {
  const planned = planSample(summaryOf(population), source, design);
  const sizes = new Map(planned.population.strata.map(({ name, size }) => [name, size]));
  const names = checks.map(({ name }) => name);
  return {
    format: RECORD_FORMAT,
    ...planned,
    seed,
    checks: checks.map(({ name, declared }) => ({ name, declared })),
    units: unitsOf(draw(population, seed, sizes), population, names),
    signedOffAt: null,
  };
}

function sizesOf(
  strata: readonly { name: string; count: number; deviation: number | null }[],
  n: number,
  allocation: Allocation | null,
  minimum: number,
): Map<string, number> {
  const known = strata.map(({ name, count, deviation }) => ({ name, count, deviation: deviation ?? 0.5 }));
  return allocate(known, n, allocation ?? 'proportional', allocation === null ? 0 : minimum);
}

/** Dossiers as they enter a record: nothing is decided. */
function unitsOf(drawn: readonly Drawn[], { strata }: Population, checks: readonly string[]): SampleUnit[] {
  const procedures = new Map<string, string | undefined>(drawn.map(({ code }) => [code, undefined]));
  for (const { units } of strata)
    for (const { code, procedure } of units) if (procedures.has(code)) procedures.set(code, procedure);
  return drawn.map(({ code, stratum, rank }) => ({
    code,
    stratum,
    rank,
    procedure: procedures.get(code) || null,
    unavailable: null,
    first: Object.fromEntries(checks.map((name) => [name, null])),
    causes: {},
    second: null,
    settled: {},
    note: '',
  }));
}

/**
 * Holds a record against the list that it says it was drawn from.
 * @throws SamplingError `changed` when it is another list, `record` when the list and the seed give other dossiers
 */
export function verifyDraw(record: SampleRecord, population: Population): void {
  const { sha256, count } = record.population;
  if (population.sha256 !== sha256)
    throw new SamplingError(
      'changed',
      `danh sách đã đổi từ khi rút mẫu (lúc rút: ${count} hồ sơ, ${sha256.slice(0, 12)}…; bây giờ: ${population.count} hồ sơ, ${population.sha256.slice(0, 12)}…); không trộn hai danh sách, hãy dùng tệp cũ hoặc rút mẫu mới`,
    );
  const drawn = draw(population, record.seed, takenOf(record));
  const same = drawn.length === record.units.length && drawn.every(({ code }, i) => code === record.units[i]?.code);
  if (!same) throw new SamplingError('record', 'mẫu trong tệp không phải mẫu mà danh sách và hạt giống này cho');
}

/** @throws SamplingError `record` when the result is signed off: nothing changes under a signature */
export function verifyOpen({ signedOffAt }: SampleRecord): void {
  if (signedOffAt !== null)
    throw new SamplingError('record', 'kết quả của mẫu này đã được chốt; mở lại ở trang «Kiểm tra mẫu» rồi mới sửa');
}

/** How many of each stratum stand in the sample, replaced ones and their replacements included. */
function takenOf({ population, units }: SampleRecord): Map<string, number> {
  return new Map(
    population.strata.map(({ name, count, size }) => {
      const lost = units.filter(({ stratum, unavailable }) => stratum === name && unavailable !== null).length;
      return [name, Math.min(count, size + lost)];
    }),
  );
}

/** The record with the dossiers that its sizes and losses now ask for; those that are there stay as they are. */
function refilled(record: SampleRecord, population: Population): SampleRecord {
  const names = record.checks.map(({ name }) => name);
  const known = new Map(record.units.map((unit) => [unit.code, unit]));
  const fresh = unitsOf(draw(population, record.seed, takenOf(record)), population, names);
  const units = fresh.map((unit) => known.get(unit.code) ?? unit);
  // What was written down no longer belongs to this sample.
  const { figures: _, ...rest } = record;
  return { ...rest, units };
}

/**
 * A larger sample from the same list and seed; every dossier that was drawn stays, with what was decided on it.
 * @throws SamplingError when the list has changed, the result is signed off, the sample would not grow, or an acceptance plan fixed its size
 */
export function extendRecord(record: SampleRecord, population: Population, goal: Goal): SampleRecord {
  verifyOpen(record);
  verifyDraw(record, population);
  const { allocation, minimum, confidence, basis: old } = record.design;
  if (old.kind === 'plan' || goal.kind === 'plan')
    throw new SamplingError(
      'plan',
      'phương án chấp nhận có cỡ mẫu cố định: rút thêm sau khi đã xem làm sai cả hai rủi ro',
    );
  const { n, basis } = basisOf(population.count, goal, confidence);
  const { strata } = record.population;
  const now = sampleSize(record);
  if (n <= now)
    throw new SamplingError('size', `mẫu đã có ${now} hồ sơ, yêu cầu mới chỉ cần ${n}: không có gì để rút thêm`);
  const sizes = sizesOf(strata, n, allocation, minimum);
  return refilled(
    {
      ...record,
      design: { ...record.design, basis },
      population: {
        ...record.population,
        strata: strata.map((stratum) => ({ ...stratum, size: sizes.get(stratum.name) as number })),
      },
    },
    population,
  );
}

/**
 * Marks a dossier that cannot be opened; the next in the order of its stratum takes its place. The reason stays in the record.
 * @returns the record, and the code that was added; null when the stratum has no more
 * @throws SamplingError when the list has changed, the result is signed off, the code is not in the sample, or something was decided on it
 */
export function replaceUnit(
  record: SampleRecord,
  population: Population,
  code: string,
  reason: string,
): { record: SampleRecord; added: string | null } {
  verifyOpen(record);
  verifyDraw(record, population);
  const unit = record.units.find((one) => one.code === code);
  if (unit === undefined) throw new SamplingError('record', `${code} không có trong mẫu`);
  if (unit.unavailable !== null) throw new SamplingError('record', `${code} đã được thay, lý do: ${unit.unavailable}`);
  const decided = [unit.first, unit.second ?? {}].some((one) =>
    Object.values(one).some((decision) => decision !== null),
  );
  if (decided) throw new SamplingError('record', `${code} đã có kết luận, không thay được nữa`);
  const why = reason.trim();
  if (why === '' || why.length > 1000) throw new SamplingError('record', 'phải ghi lý do không mở được (1–1000 ký tự)');
  const units = record.units.map((one) => (one === unit ? { ...one, unavailable: why } : one));
  const next = refilled({ ...record, units }, population);
  const before = new Set(record.units.map((one) => one.code));
  return { record: next, added: next.units.find((one) => !before.has(one.code))?.code ?? null };
}
