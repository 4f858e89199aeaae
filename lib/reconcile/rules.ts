import * as z from 'zod/mini';
import { IsoDay } from '../calendar/index.ts';
import { fieldOf, type JsonProblem, readJson } from '../json/index.ts';
import { parseIsoDay } from '../text/index.ts';
import shipped from './data/rules-2026-11.json' with { type: 'json' };
import type { ComparedMoment } from './types.ts';

// Every object is strict: a slip in a field's name must be told to the admin who made it, and not lose what it says.

const Words = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const Whole = (most: number) => z.number().check(z.int(), z.gte(0), z.lte(most));
const Status = z.number().check(z.int(), z.gte(1), z.lte(10));
const Statuses = z.array(Status).check(z.minLength(1), z.maxLength(10));
const Id = z
  .string()
  .check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'chỉ gồm chữ thường không dấu, số và dấu gạch nối, ví dụ dat-dai'));

/** How sure: read in code, read in a document, concluded, chosen by us, or decided by the unit. */
const Certainty = z.enum(['code', 'doc', 'guess', 'product', 'unit']);
const origin = { source: Words(600), certainty: Certainty };

const DAY = 86_400;
/** `seconds`: as far apart as that is still the same. `days`: calendar days at UTC+7; 0 is the same date. */
const ToleranceEntry = z.union([
  z.strictObject({ seconds: Whole(30 * DAY), ...origin }),
  z.strictObject({ days: Whole(30), ...origin }),
]);

/** A status of one system that another system is expected to tell otherwise; `from` stands nearer to the city than `to`. */
const CosmeticPair = z.strictObject({
  id: Id,
  label: Words(300),
  from: Statuses,
  to: Statuses,
  /** Only for a dossier of which no system tells a due date. */
  noDueDate: z.optional(z.boolean()),
  ...origin,
});
export type CosmeticPair = z.infer<typeof CosmeticPair>;

const SideName = z.enum(['city', 'national', 'lgsp']);

/** Statuses that mean the same between two systems, because one of them knows no difference. */
const EqualStatuses = z.strictObject({
  id: Id,
  label: Words(300),
  sides: z.tuple([SideName, SideName]),
  statuses: z.array(Status).check(z.minLength(2), z.maxLength(10)),
  ...origin,
});
export type EqualStatuses = z.infer<typeof EqualStatuses>;

/** Dossiers that live in another system, so that lacking them is no error. */
const OutsideEntry = z.strictObject({
  id: Id,
  label: Words(300),
  /** Procedures: `1.012796` is that procedure with whatever tail; `9.9*` is every code that begins so. */
  procedures: z
    .array(z.string().check(z.regex(/^[\p{L}\d][\p{L}\d.-]*\*?$/u, 'phải là mã thủ tục, hoặc đầu mã và dấu *')))
    .check(z.maxLength(2000)),
  /** Words in the unit's name or code. */
  units: z.array(Words(200)).check(z.maxLength(500)),
  from: z.optional(IsoDay),
  until: z.optional(IsoDay),
  ...origin,
});
export type OutsideEntry = z.infer<typeof OutsideEntry>;

const tolerance = { receivedAt: ToleranceEntry, dueAt: ToleranceEntry, finishedAt: ToleranceEntry };
const SyncLag = z.strictObject({ hours: Whole(24 * 60), ...origin });
const NotDoneReach = z.strictObject({ days: Whole(3660), ...origin });
const Pairs = z.array(CosmeticPair).check(z.maxLength(100));
const Equals = z.array(EqualStatuses).check(z.maxLength(100));
const Outside = z.array(OutsideEntry).check(z.maxLength(200));

/** The rules that ship, as they stand in `data/`. */
export const RulesFile = z.strictObject({
  version: Words(40),
  effectiveFrom: IsoDay,
  checkedOn: IsoDay,
  source: Words(1000),
  tolerance: z.strictObject(tolerance),
  syncLag: SyncLag,
  notDoneReach: NotDoneReach,
  cosmetic: Pairs,
  equalStatuses: Equals,
  outside: Outside,
});
export type RulesFile = z.infer<typeof RulesFile>;

const FORMAT = 'dunghen-reconcile-rules/1';

/** What a unit changes: what it leaves out stays as shipped, what has a shipped id takes its place, `without` removes. */
export const UnitReconcileRules = z.strictObject({
  format: z.literal(FORMAT, { error: `phải là "${FORMAT}"` }),
  effectiveFrom: IsoDay,
  tolerance: z.optional(z.partial(z.strictObject(tolerance))),
  syncLag: z.optional(SyncLag),
  notDoneReach: z.optional(NotDoneReach),
  cosmetic: z.optional(Pairs),
  equalStatuses: z.optional(Equals),
  outside: z.optional(Outside),
  without: z.optional(z.array(Id).check(z.maxLength(200))),
});
export type UnitReconcileRules = z.infer<typeof UnitReconcileRules>;

/** How far apart moments may be: so many seconds, or so many calendar days at UTC+7 (0: the same date). */
export type Tolerance = { seconds: number } | { days: number };
export type Tolerances = Record<ComparedMoment, Tolerance>;

/** Rules in force on one day. */
export interface ReconcileRules {
  version: string;
  tolerance: Tolerances;
  /** Hours that a system has to pass on a change. */
  lagHours: number;
  /** How many days around a part that was not asked nothing of that system is called missing. */
  reachDays: number;
  cosmetic: readonly CosmeticPair[];
  equalStatuses: readonly EqualStatuses[];
  outside: readonly OutsideEntry[];
}

/** Rule files that ship, oldest first. */
export const SHIPPED_RULES: readonly RulesFile[] = [shipped as unknown as RulesFile];

const plain = (entry: z.infer<typeof ToleranceEntry>): Tolerance =>
  'days' in entry ? { days: entry.days } : { seconds: entry.seconds };

/** The later entry of an id takes the place of the earlier. */
function laidOver<T extends { id: string }>(
  base: readonly T[],
  over: readonly T[] = [],
  without: readonly string[] = [],
): T[] {
  const all = new Map([...base, ...over].map((entry) => [entry.id, entry] as const));
  for (const id of without) all.delete(id);
  return [...all.values()];
}

function inForce(rules: ReconcileRules, day: number): ReconcileRules {
  const holds = ({ from, until }: OutsideEntry) =>
    (from === undefined || (parseIsoDay(from) as number) <= day) &&
    (until === undefined || day <= (parseIsoDay(until) as number));
  return { ...rules, outside: rules.outside.filter(holds) };
}

/** A unit's own rules over others, from its day on (day number). */
function mergeRules(rules: ReconcileRules, unit: UnitReconcileRules, day: number): ReconcileRules {
  if ((parseIsoDay(unit.effectiveFrom) as number) > day) return rules;
  const own = Object.entries(unit.tolerance ?? {}).map(([field, entry]) => [field, plain(entry)]);
  const { without } = unit;
  return inForce(
    {
      version: `${rules.version}+${unit.effectiveFrom}`,
      tolerance: { ...rules.tolerance, ...Object.fromEntries(own) },
      lagHours: unit.syncLag?.hours ?? rules.lagHours,
      reachDays: unit.notDoneReach?.days ?? rules.reachDays,
      cosmetic: laidOver(rules.cosmetic, unit.cosmetic, without),
      equalStatuses: laidOver(rules.equalStatuses, unit.equalStatuses, without),
      outside: laidOver(rules.outside, unit.outside, without),
    },
    day,
  );
}

/**
 * The rules of a day (day number): of the shipped file in force then, the oldest for days before it, with the unit's own laid over
 * in order of their dates.
 */
export function rulesAt(day: number, units: readonly UnitReconcileRules[] = []): ReconcileRules {
  const begun = SHIPPED_RULES.filter(({ effectiveFrom }) => (parseIsoDay(effectiveFrom) as number) <= day);
  const file = (begun.at(-1) ?? SHIPPED_RULES[0]) as RulesFile;
  const { receivedAt, dueAt, finishedAt } = file.tolerance;
  const rules: ReconcileRules = {
    version: file.version,
    tolerance: { receivedAt: plain(receivedAt), dueAt: plain(dueAt), finishedAt: plain(finishedAt) },
    lagHours: file.syncLag.hours,
    reachDays: file.notDoneReach.days,
    cosmetic: file.cosmetic,
    equalStatuses: file.equalStatuses,
    outside: file.outside,
  };
  return [...units]
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
    .reduce((merged, unit) => mergeRules(merged, unit, day), inForce(rules, day));
}

export type RulesReading = { ok: true; rules: UnitReconcileRules } | { ok: false; problems: JsonProblem[] };

/** What a schema cannot see: ids that stand twice, ids that take away nothing, spans that end before they begin. */
function contradictions(rules: UnitReconcileRules): { path: (string | number)[]; message: string }[] {
  const known = new Set(SHIPPED_RULES.flatMap((file) => listsOf(file).flatMap(([, list]) => list.map(({ id }) => id))));
  const twice = listsOf(rules).flatMap(([name, list]) =>
    list.flatMap(({ id }, i) =>
      list.findIndex((other) => other.id === id) < i
        ? [{ path: [name, i, 'id'], message: `mục ${id} có hai lần trong tệp này` }]
        : [],
    ),
  );
  const ends = (rules.outside ?? []).flatMap(({ from, until }, i) =>
    from !== undefined && until !== undefined && until < from
      ? [{ path: ['outside', i, 'until'], message: `kết thúc trước khi bắt đầu (${from})` }]
      : [],
  );
  const nothing = (rules.without ?? []).flatMap((id, i) =>
    known.has(id) ? [] : [{ path: ['without', i], message: `không có mục nào tên ${id} để bỏ` }],
  );
  return [...twice, ...ends, ...nothing];
}

type Lists = Partial<Record<'cosmetic' | 'equalStatuses' | 'outside', readonly { id: string }[]>>;
const listsOf = (lists: Lists): [string, readonly { id: string }[]][] =>
  (['cosmetic', 'equalStatuses', 'outside'] as const).map((name) => [name, lists[name] ?? []]);

/** Reads a unit's own rules. Never throws; each fault has line, column and field, a field that nothing reads is one. */
export function readRulesFile(text: string): RulesReading {
  const reading = readJson(text, UnitReconcileRules);
  if (!reading.ok) return reading;
  const problems = contradictions(reading.data).map(({ path, message }) => ({
    ...reading.at(path),
    field: fieldOf(path),
    message,
  }));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rules: reading.data };
}
