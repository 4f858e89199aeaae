import * as z from 'zod/mini';
import { IsoDay } from '../calendar/index.ts';
import { type JsonProblem, readJson } from '../json/index.ts';
import { isoOf, startOfDay } from '../text/index.ts';
import qd766 from './data/qd766-2022-06.json' with { type: 'json' };
import { MEASURES } from './measures.ts';

const Words = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const Id = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,60}$/, 'chỉ gồm chữ không dấu, số, gạch nối và gạch dưới'));

/**
 * How sure a figure is: `verified` read in several copies that agree or borne out by published scores, `secondary` read in one copy,
 * `conflict` copies disagree, `unsure` chosen by the project.
 */
const CERTAINTIES = ['verified', 'secondary', 'conflict', 'unsure'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

const figure = (value: z.ZodMiniNumber) =>
  z.strictObject({
    value,
    certainty: z.enum(CERTAINTIES),
    /** Letters of the table's `sources`. */
    source: Words(100),
    note: z.optional(Words(600)),
  });
const Points = figure(z.number().check(z.gte(0), z.lte(100)));
const Share = figure(z.number().check(z.gt(0), z.lte(1)));

const IndicatorComponent = z
  .strictObject({
    id: Id,
    /** `metricCode` of the portal's own answers; null: the portal names none. */
    metricCode: z.nullable(Id),
    /** Number in the description of the formulae. */
    number: Words(10),
    group: Id,
    name: Words(200),
    max: Points,
    /** Rate from which all points are given. */
    fullAt: Share,
    /** What is counted over dossiers; null: no dossier tells it, and `why` says so. */
    measure: z.nullable(z.enum(MEASURES)),
    formula: Words(600),
    why: z.optional(Words(400)),
  })
  .check(
    z.refine(({ measure, why }) => (measure === null) === (why !== undefined), {
      error: 'thành phần không tính được từ hồ sơ (measure: null) phải có lý do (why); thành phần tính được thì không',
      path: ['why'],
    }),
  );
export type IndicatorComponent = z.infer<typeof IndicatorComponent>;

const near = (a: number, b: number) => Math.abs(a - b) < 1e-9;

/** Groups, components, points and thresholds of an evaluation, from a day on. Dated data with a source for each figure. */
export const IndicatorTable = z
  .strictObject({
    id: Id,
    label: Words(200),
    effectiveFrom: IsoDay,
    effectiveTo: z.nullable(IsoDay),
    checkedOn: IsoDay,
    source: Words(1000),
    sources: z.record(z.string(), Words(400)),
    groups: z.array(z.strictObject({ id: Id, name: Words(100), max: Points })).check(z.minLength(1), z.maxLength(20)),
    components: z.array(IndicatorComponent).check(z.minLength(1), z.maxLength(60)),
  })
  .check(
    z.refine(({ components }) => new Set(components.map(({ id }) => id)).size === components.length, {
      error: 'hai thành phần có cùng id',
      path: ['components'],
    }),
    z.refine(
      ({ components }) => {
        const used = components.flatMap(({ measure }) => measure ?? []);
        return new Set(used).size === used.length;
      },
      { error: 'hai thành phần đếm cùng một điều (measure)', path: ['components'] },
    ),
    z.refine(({ groups, components }) => components.every(({ group }) => groups.some(({ id }) => id === group)), {
      error: 'có thành phần thuộc nhóm không có trong groups',
      path: ['components'],
    }),
    z.refine(
      ({ groups, components }) =>
        groups.every(({ id, max }) =>
          near(
            components.reduce((sum, one) => sum + (one.group === id ? one.max.value : 0), 0),
            max.value,
          ),
        ),
      { error: 'điểm các thành phần của một nhóm phải cộng lại bằng điểm của nhóm', path: ['groups'] },
    ),
  );
export type IndicatorTable = z.infer<typeof IndicatorTable>;

/** Tables that ship. */
export const SHIPPED_TABLES = [qd766] as unknown as readonly IndicatorTable[];

/**
 * The table in force on a day; null when none is. Of several the one that came into force last stands.
 * @param day day number
 */
export function tableInForce(day: number, tables: readonly IndicatorTable[] = SHIPPED_TABLES): IndicatorTable | null {
  const iso = isoOf(startOfDay(day)).slice(0, 10);
  return tables.reduce<IndicatorTable | null>((best, table) => {
    const inForce = table.effectiveFrom <= iso && (table.effectiveTo === null || iso <= table.effectiveTo);
    return inForce && (best === null || table.effectiveFrom > best.effectiveFrom) ? table : best;
  }, null);
}

export type TableReading = { ok: true; table: IndicatorTable } | { ok: false; problems: JsonProblem[] };

/** Reads a table that a unit made (other points, other thresholds). Never throws; each fault comes with its line. */
export function readTable(text: string): TableReading {
  const reading = readJson(text, IndicatorTable);
  return reading.ok ? { ok: true, table: reading.data } : reading;
}
