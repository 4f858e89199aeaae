import * as z from 'zod/mini';
import { type JsonProblem, readJson } from '../json/index.ts';
import { fold } from '../text/index.ts';
import type { IndicatorTable } from './table.ts';

const FORMAT = 'dunghen-targets/1';
const Rate = z.number().check(z.gte(0, 'tỷ lệ từ 0 đến 1 (80 % là 0.8)'), z.lte(1, 'tỷ lệ từ 0 đến 1 (80 % là 0.8)'));
const Rates = z.record(z.string(), Rate);

/** Rates that a unit has set itself, by component; for some units others. */
export const Targets = z.strictObject({
  format: z.literal(FORMAT, { error: `phải là "${FORMAT}"` }),
  /** Where they were decided (kế hoạch, quyết định). */
  source: z.string().check(z.minLength(1), z.maxLength(300)),
  rates: Rates,
  units: z.optional(z.record(z.string(), Rates)),
});
export type Targets = z.infer<typeof Targets>;

export type TargetsReading = { ok: true; targets: Targets } | { ok: false; problems: JsonProblem[] };

/** Reads a file of targets. Never throws; a component that the table does not have is a fault. */
export function readTargets(text: string, table: IndicatorTable): TargetsReading {
  const reading = readJson(text, Targets);
  if (!reading.ok) return reading;
  const { rates, units = {} } = reading.data;
  const known = new Set(table.components.map(({ id }) => id));
  const places = [
    ...Object.keys(rates).map((id) => ['rates', id]),
    ...Object.entries(units).flatMap(([unit, own]) => Object.keys(own).map((id) => ['units', unit, id])),
  ];
  const problems = places
    .filter((path) => !known.has(path.at(-1) as string))
    .map((path) => ({
      ...reading.at(path),
      field: path.at(-1) as string,
      message: `bảng ${table.id} không có chỉ số này; có: ${[...known].join(', ')}`,
    }));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, targets: reading.data };
}

/** The target of a component, for a unit or for all. */
export function targetOf(targets: Targets | undefined, id: string, unit: string | null): number | null {
  if (targets === undefined) return null;
  const own =
    unit === null ? undefined : Object.entries(targets.units ?? {}).find(([name]) => fold(name) === fold(unit));
  return own?.[1][id] ?? targets.rates[id] ?? null;
}
