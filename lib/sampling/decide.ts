import type { Decision } from './agreement.ts';
import { SamplingError } from './error.ts';
import type { SampleRecord, SampleUnit } from './record.ts';
import { verifyOpen } from './sample.ts';

/** Whose decisions a person writes; the second does not see the first's. */
export type Role = 'first' | 'second';

/** The decisions of one of the two on a dossier, by check; null: not decided. */
export const decisionsOf = (unit: SampleUnit, role: Role): Record<string, Decision | null> =>
  unit[role] ?? Object.fromEntries(Object.keys(unit.first).map((name) => [name, null]));

/**
 * The record with one dossier changed.
 * @throws SamplingError `record` when the result is signed off, or the dossier is not in the sample or cannot be opened
 */
export function changeUnit(
  record: SampleRecord,
  code: string,
  change: (unit: SampleUnit) => Partial<SampleUnit>,
): SampleRecord {
  verifyOpen(record);
  const unit = record.units.find((one) => one.code === code);
  if (unit === undefined) throw new SamplingError('record', `${code} không có trong mẫu`);
  if (unit.unavailable !== null) throw new SamplingError('record', `${code} không mở được, không ghi kết luận được`);
  // Figures that were written down no longer follow from what is decided.
  const { figures: _, ...rest } = record;
  return { ...rest, units: record.units.map((one) => (one === unit ? { ...unit, ...change(unit) } : one)) };
}

/** The fields of an object with one put in its place, or taken away. */
export const withField = <T>(record: Record<string, T>, name: string, value: T | undefined): Record<string, T> => {
  const { [name]: _, ...others } = record;
  return value === undefined ? others : { ...others, [name]: value };
};

/** The unit's own fields for a new decision of the first person; what he had decided alone is kept once the second has decided too. */
function firstDecides(unit: SampleUnit, check: string, decision: Decision | null): Partial<SampleUnit> {
  const before = unit.first[check] ?? null;
  const other = unit.second?.[check] ?? null;
  const twice = before !== null && other !== null;
  if (twice && decision === null)
    throw new SamplingError(
      'record',
      `${unit.code}: hai người đã kết luận mục này; chọn kết luận khác, không bỏ trống`,
    );
  return {
    first: { ...unit.first, [check]: decision },
    causes: decision === 'fail' ? unit.causes : withField(unit.causes, check, undefined),
    settled: twice && decision !== before ? { ...unit.settled, [check]: unit.settled[check] ?? before } : unit.settled,
  };
}

/**
 * Writes a decision, or takes it away (null).
 * @throws SamplingError `record` as `changeUnit`, for a check that the sample does not have, and for taking away what two people decided
 */
export function decide(
  record: SampleRecord,
  role: Role,
  code: string,
  check: string,
  decision: Decision | null,
): SampleRecord {
  if (!record.checks.some(({ name }) => name === check))
    throw new SamplingError('record', `không có mục kiểm tra «${check}»`);
  return changeUnit(record, code, (unit) =>
    role === 'first'
      ? firstDecides(unit, check, decision)
      : { second: { ...decisionsOf(unit, 'second'), [check]: decision } },
  );
}

/**
 * Puts one check of a dossier back to what it was before; whatever else has changed since stays.
 * @throws SamplingError `record` as `changeUnit`
 */
export const restoreDecision = (record: SampleRecord, check: string, before: SampleUnit): SampleRecord =>
  changeUnit(record, before.code, (unit) => ({
    first: { ...unit.first, [check]: before.first[check] ?? null },
    second: unit.second && { ...unit.second, [check]: before.second?.[check] ?? null },
    causes: withField(unit.causes, check, before.causes[check]),
    settled: withField(unit.settled, check, before.settled[check]),
  }));

/**
 * Writes why a check failed; an empty text takes it away.
 * @throws SamplingError `record` as `changeUnit`, and for a check that did not fail
 */
export function setCause(record: SampleRecord, code: string, check: string, cause: string): SampleRecord {
  const text = cause.trim().slice(0, 400);
  return changeUnit(record, code, (unit) => {
    if (unit.first[check] !== 'fail') throw new SamplingError('record', 'chỉ mục không đạt mới có nguyên nhân');
    return { causes: withField(unit.causes, check, text === '' ? undefined : text) };
  });
}

/** Writes the note of a dossier. @throws SamplingError `record` as `changeUnit` */
export const setNote = (record: SampleRecord, code: string, note: string): SampleRecord =>
  changeUnit(record, code, () => ({ note: note.slice(0, 4000) }));

const untouched = ({ first, second }: SampleUnit) =>
  [first, second ?? {}].every((one) => Object.values(one).every((decision) => decision === null));

/**
 * Brings back a dossier that was marked as one that cannot be opened; the last of its stratum, which had come in its place, leaves.
 * @throws SamplingError `record` when the result is signed off, the dossier was not replaced, or something is decided on the one to leave
 */
export function undoReplace(record: SampleRecord, code: string): SampleRecord {
  verifyOpen(record);
  const unit = record.units.find((one) => one.code === code);
  if (unit === undefined || unit.unavailable === null)
    throw new SamplingError('record', `${code} không phải hồ sơ đã được thay`);
  const { figures: _, ...rest } = record;
  const units = record.units.map((one) => (one === unit ? { ...unit, unavailable: null } : one));
  const { count = 0, size = 0 } = record.population.strata.find(({ name }) => name === unit.stratum) ?? {};
  const own = units.filter(({ stratum }) => stratum === unit.stratum);
  const leaving = new Set<SampleUnit>();
  const due = () => Math.min(count, size + own.filter(({ unavailable }) => unavailable !== null).length);
  // More than one leaves when the last had been lost itself: nobody needs its replacement either.
  while (own.length > due()) leaving.add(own.pop() as SampleUnit);
  const kept = [...leaving].find((one) => !untouched(one));
  if (kept) throw new SamplingError('record', `${kept.code} vào thay đã có kết luận, không đưa ${code} trở lại được`);
  return { ...rest, units: units.filter((one) => !leaving.has(one)) };
}

/** Is something left to decide on this dossier? */
export const isOpen = (unit: SampleUnit, role: Role): boolean =>
  unit.unavailable === null && Object.values(decisionsOf(unit, role)).includes(null);

export interface Progress {
  /** Dossiers to be looked at, without those that cannot be opened. */
  units: number;
  /** Of which every check is decided. */
  done: number;
  /** Dossiers that could not be opened. */
  unavailable: number;
}

export function progressOf({ units }: SampleRecord, role: Role): Progress {
  const there = units.filter(({ unavailable }) => unavailable === null);
  return {
    units: there.length,
    done: there.filter((unit) => !isOpen(unit, role)).length,
    unavailable: units.length - there.length,
  };
}

/** Place of the next dossier with something left to decide, after the place `after` and round to it again; null: all is decided. */
export function nextOpen({ units }: SampleRecord, role: Role, after = -1): number | null {
  for (let step = 1; step <= units.length; step++) {
    const at = (after + step) % units.length;
    if (isOpen(units[at] as SampleUnit, role)) return at;
  }
  return null;
}
