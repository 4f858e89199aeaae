import { isExcused } from './classify.ts';
import type { ReconcileReport } from './report.ts';
import { rulesAt } from './rules.ts';
import { codeKey, dayOfSeconds } from './same.ts';
import { type Difference, type DifferenceClass, type Finding, SIDES, type Side } from './types.ts';
import { unknownFor } from './unknown.ts';

/** One class of one dossier in one of two reports. */
export interface ComparedFinding {
  code: string;
  finding: Finding;
  unit?: string;
  day?: string;
}

/**
 * `fresh`: only in the later report · `cured`: looked at again and gone · `still`: in both · `undecided`: in the earlier one, and the
 * later one cannot say (other days, other units, a system that was not asked or did not answer, within the lag).
 */
export const CHANGES = ['fresh', 'cured', 'still', 'undecided'] as const;
export type Change = (typeof CHANGES)[number];

export interface ReportComparison extends Record<Change, ComparedFinding[]> {
  byClass: Partial<Record<DifferenceClass, Record<Change, number>>>;
}

const codesOf = ({ code, records }: Difference): string[] => [
  ...new Set(
    [code, ...Object.values(records).flatMap((record) => [record.code, ...(record.aliases ?? [])])].map(codeKey),
  ),
];

/** Differences by each of their codes: a dossier may be shown under another code once the city has it. */
function byCode(differences: readonly Difference[]): Map<string, Difference[]> {
  const found = new Map<string, Difference[]>();
  for (const one of differences) for (const code of codesOf(one)) found.set(code, [...(found.get(code) ?? []), one]);
  return found;
}

const problemsOf = ({ findings }: Difference): Finding[] => findings.filter((finding) => !isExcused(finding));

const hasClass = (list: readonly Difference[], name: DifferenceClass) =>
  list.some((one) => problemsOf(one).some((finding) => finding.class === name));

/** Systems that a finding is about. */
const sidesOf = (finding: Finding): Side[] =>
  SIDES.filter((side) => finding.values[side] !== undefined || finding.class === `missing-${side}`);

/** Could the later run have seen the dossier of an earlier finding? */
function makeReach(after: ReconcileReport): (one: Difference, finding: Finding) => boolean {
  const { sides, now, notDone, period, units } = after;
  const hidden = unknownFor({ rules: rulesAt(dayOfSeconds(now)), sides, now, notDone });
  return ({ day, unit, records }, finding) => {
    if (day !== undefined && (period === null || day < period.from || day > period.to)) return false;
    if (unit !== undefined && !units.includes(unit)) return false;
    const about = sidesOf(finding);
    if (about.some((side) => !sides.includes(side))) return false;
    const rows = (side: Side) => (records[side] ? [records[side]] : []);
    const unseen = hidden({ city: rows('city'), national: rows('national'), lgsp: rows('lgsp') });
    return !about.some((side) => unseen.includes(side));
  };
}

/** What the later report says in a way that leaves everything open: no answer, not readable, within the lag. */
const leavesOpen = (list: readonly Difference[]) =>
  list.some(({ findings }) => findings.some((finding) => finding.class === 'unreadable' || finding.class === 'stale'));

/**
 * What became of the differences of an earlier report, by dossier (any of its codes) and class. Expected differences are left out.
 * A dossier that the later run did not look at is never called cured.
 */
export function compareReports(before: ReconcileReport, after: ReconcileReport): ReportComparison {
  const result: ReportComparison = { fresh: [], cured: [], still: [], undecided: [], byClass: {} };
  const put = (change: Change, { code, unit, day }: Difference, finding: Finding) => {
    result[change].push({ code, finding, unit, day });
    const counts = result.byClass[finding.class] ?? { fresh: 0, cured: 0, still: 0, undecided: 0 };
    result.byClass[finding.class] = counts;
    counts[change]++;
  };
  const old = byCode(before.differences);
  for (const one of after.differences) {
    const earlier = codesOf(one).flatMap((code) => old.get(code) ?? []);
    for (const finding of problemsOf(one)) put(hasClass(earlier, finding.class) ? 'still' : 'fresh', one, finding);
  }
  const reached = makeReach(after);
  const current = byCode(after.differences);
  for (const one of before.differences) {
    const later = codesOf(one).flatMap((code) => current.get(code) ?? []);
    for (const finding of problemsOf(one)) {
      if (hasClass(later, finding.class)) continue;
      put(leavesOpen(later) || !reached(one, finding) ? 'undecided' : 'cured', one, finding);
    }
  }
  return result;
}
