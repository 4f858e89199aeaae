import { absences, duplicates } from './absence.ts';
import { type Case, type ClassifyContext, finding, isFresh, type RecordGroup, valuesOf } from './case.ts';
import { type CauseId, momentCause, procedureCause, resultCause, statusCause } from './causes.ts';
import { type ComparedField, compareField, cosmeticOf, type Pair, pairsOf, type SideRecords } from './fields.ts';
import { pickRow } from './pick.ts';
import type { ReconcileRules } from './rules.ts';
import { codeKey, dayOfSeconds, isMoment } from './same.ts';
import { type Difference, type DifferenceClass, type Finding, SIDES, type SideRecord } from './types.ts';
import { FIELD_NAMES, fieldText, isoDayText } from './values.ts';

/** The class of a field that differs. */
const FIELD_CLASS: Record<ComparedField, DifferenceClass> = {
  status: 'status',
  dueAt: 'due-date',
  finishedAt: 'finish-date',
  receivedAt: 'received-date',
  procedure: 'procedure',
  hasResult: 'result-file',
};

/** What a system passes on after the receipt; the rest was settled with it, and no lag explains it. */
const CHANGES: ReadonlySet<ComparedField> = new Set(['status', 'dueAt', 'finishedAt', 'hasResult']);

/** The heaviest first: the first finding is what the dossier is counted and shown by. */
const ORDER: readonly DifferenceClass[] = [
  'unreadable',
  'duplicate',
  'missing-national',
  'missing-city',
  'missing-lgsp',
  'status',
  'due-date',
  'finish-date',
  'received-date',
  'procedure',
  'result-file',
  'outside-system',
  'stale',
  'cosmetic',
  'code-alias',
];

/** Told, but not held against anybody. */
const EXCUSED: ReadonlySet<DifferenceClass> = new Set(['outside-system', 'stale', 'cosmetic', 'code-alias']);

/** Is a finding only told: an expected difference, or a system that did not answer? */
export const isExcused = (finding: Finding): boolean => EXCUSED.has(finding.class) || finding.rule === 'no-answer';

function causeOf(field: ComparedField, pair: Pair): CauseId | undefined {
  if (field === 'status') return statusCause(pair);
  if (field === 'procedure') return procedureCause(pair);
  if (field === 'hasResult') return resultCause(pair);
  return momentCause(field, pair);
}

/** Sending again sets the nation's value to the city's: a cure where the city tells it and the nation has another. */
function canSend(field: ComparedField, { pairs, context }: Case): boolean {
  const pair = pairs.find(({ a, b }) => a === 'city' && b === 'national');
  if (!pair || compareField(field, pair, context.rules) !== 'different') return false;
  return field !== 'hasResult' || pair.x.hasResult === true;
}

function ruleOf(field: ComparedField, pairs: readonly Pair[], { tolerance }: ReconcileRules): string {
  if (field === 'status' || field === 'procedure' || field === 'hasResult') return `other-${FIELD_CLASS[field]}`;
  const dayOnly = pairs.some(({ x, y }) => [x, y].some((record) => record.dayOnly?.includes(field)));
  return dayOnly || 'days' in tolerance[field] ? 'other-day' : 'beyond-tolerance';
}

function fieldFindings(one: Case): Finding[] {
  const { records, pairs, context } = one;
  const { rules } = context;
  const found: Finding[] = [];
  const late: ComparedField[] = [];
  const source = records.city ?? records.lgsp;
  const changed = source && (source.updatedAt ?? source.finishedAt ?? source.receivedAt);
  for (const field of Object.keys(FIELD_CLASS) as ComparedField[]) {
    const apart = pairs.filter((pair) => compareField(field, pair, rules) === 'different');
    const expected = field === 'status' ? apart.map((pair) => cosmeticOf(pair, records, rules)) : [];
    const wrong = apart.filter((_, i) => expected[i] === undefined);
    const cosmetic = expected.find((rule) => rule !== undefined);
    const values = valuesOf(records, (record) => fieldText(field, record));
    const [first] = wrong;
    if (first && CHANGES.has(field) && isFresh(changed, context)) late.push(field);
    else if (first) {
      const cause = wrong.map((pair) => causeOf(field, pair)).find((id) => id !== undefined);
      const curable = canSend(field, one);
      found.push(finding(FIELD_CLASS[field], { values, rule: ruleOf(field, wrong, rules), cause, curable }));
    } else if (cosmetic) {
      found.push(finding('cosmetic', { values, rule: cosmetic.id, cause: 'pushed-as-9' }));
    }
  }
  if (late.length > 0) {
    const told = (record: SideRecord) =>
      late
        .flatMap((field) => (fieldText(field, record) ? `${FIELD_NAMES[field]}: ${fieldText(field, record)}` : []))
        .join('; ');
    found.push(finding('stale', { values: valuesOf(records, told), rule: 'changed-lately' }));
  }
  return found;
}

/** Two systems that have no code in common; a second row under another code is told as a duplicate. */
function aliases({ records, group }: Case): Finding[] {
  const codes = SIDES.flatMap((side) => (records[side] ? [new Set(group[side].map(({ code }) => codeKey(code)))] : []));
  const apart = codes.some((a, i) => codes.slice(i + 1).some((b) => ![...a].some((code) => b.has(code))));
  if (!apart) return [];
  return [
    finding('code-alias', {
      values: valuesOf(records, ({ code }) => code),
      rule: 'joined-by-alias',
      cause: 'other-code',
    }),
  ];
}

/** First of the systems (city, nation, bus) that tells. */
function firstTold<T>(records: SideRecords, tell: (record: SideRecord) => T | undefined): T | undefined {
  return SIDES.map((side) => records[side] && tell(records[side])).find((value) => value !== undefined);
}

/**
 * What is not the same between the systems for one dossier; null: all that were asked have it once, under one code, and agree on
 * everything that two of them tell. Never throws, whatever the values. The order of a system's rows does not count.
 *
 * Precedence: a row that cannot be read or an answer that did not come is never «missing»; nor is a dossier of another system, or one
 * received within the lag. Fields are compared whenever two systems have the dossier; a late field becomes `stale`, an
 * expected pair of statuses `cosmetic`. The dossier is `excluded` when all it has are such reasons, else `different`.
 */
export function classify(group: RecordGroup, context: ClassifyContext): Difference | null {
  const records: SideRecords = Object.fromEntries(
    SIDES.flatMap((side) => (group[side].length > 0 ? [[side, pickRow(group[side])]] : [])),
  );
  const pairs = pairsOf(records);
  const one: Case = { records, group, pairs, context };
  const code = firstTold(records, (record) => record.code);
  if (code === undefined) return null;
  const findings = [...duplicates(one), ...absences(one), ...fieldFindings(one), ...aliases(one)];
  if (findings.length === 0) return null;
  const excused = findings.every(isExcused);
  const unit = firstTold(records, (record) => record.unit);
  const procedure = firstTold(records, (record) => record.procedure);
  const received = firstTold(records, ({ receivedAt }) => (isMoment(receivedAt) ? receivedAt : undefined));
  return {
    code,
    outcome: excused ? 'excluded' : 'different',
    ...(unit === undefined ? {} : { unit }),
    ...(procedure === undefined ? {} : { procedure }),
    ...(received === undefined ? {} : { day: isoDayText(dayOfSeconds(received)) }),
    records,
    rows: Object.fromEntries(SIDES.flatMap((side) => (group[side].length > 0 ? [[side, group[side].length]] : []))),
    findings: findings.sort((a, b) => ORDER.indexOf(a.class) - ORDER.indexOf(b.class)),
  };
}
