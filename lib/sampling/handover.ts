import type { Decision } from './agreement.ts';
import { changeUnit, decisionsOf, type Role, withField } from './decide.ts';
import { SamplingError } from './error.ts';
import type { SampleRecord, SampleUnit } from './record.ts';
import { verifyOpen } from './sample.ts';

const anyDecided = (units: readonly SampleUnit[], role: Role) =>
  units.some((unit) => Object.values(unit[role] ?? {}).some((decision) => decision !== null));

/** The same sample for a second person: nothing that the first decided or wrote is in it, and its decisions will be the second's. */
export function blindCopy({ figures: _, ...record }: SampleRecord): SampleRecord {
  return {
    ...record,
    signedOffAt: null,
    units: record.units.map((unit) => {
      const nothing = Object.fromEntries(Object.keys(unit.first).map((name) => [name, null]));
      return { ...unit, first: nothing, second: { ...nothing }, causes: {}, settled: {}, note: '' };
    }),
  };
}

/** Whose decisions go into a record that comes from a file: the second's where it was made for one (`blindCopy`). */
export function roleOf({ units }: SampleRecord): Role {
  const made = units.some(({ second }) => second !== null);
  return made && !anyDecided(units, 'first') ? 'second' : 'first';
}

const short = (hash: string) => `${hash.slice(0, 12)}…`;

/** @throws SamplingError `record` saying what makes the other record one of another sample */
function verifySameSample(mine: SampleRecord, theirs: SampleRecord): void {
  const refuse = (what: string) => {
    throw new SamplingError('record', `tệp này không phải của mẫu đang mở: ${what}`);
  };
  const [hash, other] = [mine.population.sha256, theirs.population.sha256];
  if (hash !== other) refuse(`rút từ danh sách khác (mã băm ${short(other)}, mẫu đang mở ${short(hash)})`);
  if (mine.seed !== theirs.seed) refuse(`hạt giống khác («${theirs.seed}», mẫu đang mở «${mine.seed}»)`);
  const names = ({ checks }: SampleRecord) =>
    checks
      .map(({ name }) => name)
      .sort()
      .join('; ');
  if (names(mine) !== names(theirs)) refuse(`các mục kiểm tra khác (${names(theirs)})`);
  const codes = new Set(mine.units.map(({ code }) => code));
  const strange = theirs.units.filter(({ code }) => !codes.has(code));
  if (strange.length > 0)
    refuse(
      `có ${strange.length} hồ sơ mà mẫu đang mở không có (${strange[0]?.code}); có lẽ đã rút thêm hoặc thay hồ sơ ở tệp ấy`,
    );
}

export interface Merged {
  record: SampleRecord;
  /** Decisions that were taken in. */
  taken: number;
  /** Did the file hold the first's decisions too? Then the second may have seen them. */
  seen: boolean;
}

const withLine = (note: string, line: string) =>
  note.includes(line) ? note : [note, line].filter(Boolean).join('\n').slice(0, 4000);

/**
 * Takes in the decisions of a second person on the same sample. Nothing of the first's is changed.
 * @throws SamplingError `record` when the result is signed off, the file is of another sample, or it has no decision of a second person
 */
export function mergeSecond(mine: SampleRecord, theirs: SampleRecord): Merged {
  verifyOpen(mine);
  verifySameSample(mine, theirs);
  if (!anyDecided(theirs.units, 'second'))
    throw new SamplingError(
      'record',
      'tệp này chưa có kết luận của người thứ hai; hãy giao cho đồng nghiệp tệp «để kiểm tra lại độc lập», rồi nhận lại đúng tệp ấy',
    );
  const known = new Map(theirs.units.map((unit) => [unit.code, unit]));
  const { figures: _, ...rest } = mine;
  let taken = 0;
  const units = mine.units.map((unit) => {
    const other = known.get(unit.code);
    const told = Object.entries(other?.second ?? {}).filter(([, decision]) => decision !== null);
    if (other === undefined || told.length === 0 || unit.unavailable !== null) return unit;
    taken += told.length;
    const note = other.note.trim();
    return {
      ...unit,
      second: { ...decisionsOf(unit, 'second'), ...Object.fromEntries(told) },
      note: note === '' || note === unit.note ? unit.note : withLine(unit.note, `Người thứ hai: ${note}`),
    };
  });
  return { record: { ...rest, units }, taken, seen: anyDecided(theirs.units, 'first') };
}

/** Takes the second's decisions out again: `before` and `merged` are the records before and after `mergeSecond`. */
export function unmerge(record: SampleRecord, before: SampleRecord, merged: SampleRecord): SampleRecord {
  verifyOpen(record);
  const [old, came] = [before, merged].map(({ units }) => new Map(units.map((unit) => [unit.code, unit])));
  const { figures: _, ...rest } = record;
  return {
    ...rest,
    units: record.units.map((unit) => {
      const was = old?.get(unit.code);
      if (was === undefined) return { ...unit, second: null, settled: {} };
      const note = unit.note === came?.get(unit.code)?.note ? was.note : unit.note;
      return { ...unit, second: was.second, settled: was.settled, note };
    }),
  };
}

export interface Disagreement {
  code: string;
  check: string;
  /** What each decided alone. */
  first: Decision;
  second: Decision;
  /** What counts now. */
  now: Decision;
  /** Have the two come back to it? */
  settled: boolean;
}

/** Where two people differed, those that are not settled first. */
export function disagreementsOf({ checks, units }: SampleRecord): Disagreement[] {
  const found = units.flatMap((unit) =>
    unit.unavailable !== null
      ? []
      : checks.flatMap(({ name: check }): Disagreement[] => {
          const now = unit.first[check] ?? null;
          const second = unit.second?.[check] ?? null;
          const alone = unit.settled[check] ?? now;
          if (now === null || alone === null || second === null || alone === second) return [];
          const settled = Object.hasOwn(unit.settled, check);
          return [{ code: unit.code, check, first: alone, second, now, settled }];
        }),
  );
  return [...found.filter(({ settled }) => !settled), ...found.filter(({ settled }) => settled)];
}

/**
 * Settles a disagreement: the first's decision stays or is changed. What he decided alone is kept, for agreement is about that.
 * @param note why; needed for a change
 * @throws SamplingError `record` as `changeUnit`, where the two did not differ, and for a change without a note
 */
export function settle(
  record: SampleRecord,
  code: string,
  check: string,
  decision: Decision,
  note: string,
): SampleRecord {
  const found = disagreementsOf(record).find((one) => one.code === code && one.check === check);
  if (found === undefined) throw new SamplingError('record', `${code}: hai người không khác nhau ở mục «${check}»`);
  const why = note.trim();
  if (decision !== found.first && why === '')
    throw new SamplingError('record', 'đổi kết luận của người thứ nhất thì phải ghi lý do');
  return changeUnit(record, code, (unit) => {
    return {
      first: { ...unit.first, [check]: decision },
      causes: decision === 'fail' ? unit.causes : withField(unit.causes, check, undefined),
      settled: { ...unit.settled, [check]: found.first },
      note: why === '' ? unit.note : withLine(unit.note, `Xem lại «${check}»: ${why}`),
    };
  });
}
