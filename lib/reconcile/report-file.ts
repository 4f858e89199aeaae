import * as z from 'zod/mini';
import { IsoDay } from '../calendar/index.ts';
import { type JsonProblem, readJson } from '../json/index.ts';
import { COMPARED_FIELDS } from './fields.ts';
import type { ReconcileReport } from './report.ts';
import { RowCount, TotalsError } from './totals.ts';
import { COMPARED_MOMENTS, DIFFERENCE_CLASSES, SIDES } from './types.ts';

// Plain objects, not strict ones: what is not named here (a name, a phone number) is dropped when a report is written.

const Text = z.string();
const Count = z.number().check(z.int(), z.gte(0));
/** A number that is none (a source's slip) is left out: it told nothing anyway. */
const Told = z.catch(z.optional(z.number()), undefined);
const SideName = z.enum(SIDES);
const ClassName = z.enum(DIFFERENCE_CLASSES);
const bySide = <T extends z.ZodMiniType>(value: T) =>
  z.object({ city: z.optional(value), national: z.optional(value), lgsp: z.optional(value) });
const Counts = z.object(Object.fromEntries(DIFFERENCE_CLASSES.map((name) => [name, z.optional(Count)])));

const Row = z.object({
  code: Text,
  aliases: z.optional(z.array(Text)),
  procedure: z.optional(Text),
  unit: z.optional(Text),
  status: Told,
  statusText: z.optional(Text),
  receivedAt: Told,
  dueAt: Told,
  finishedAt: Told,
  dayOnly: z.optional(z.array(z.enum(COMPARED_MOMENTS))),
  hasResult: z.optional(z.boolean()),
  updatedAt: Told,
  at: Text,
});

const FindingSchema = z.object({
  class: ClassName,
  values: bySide(Text),
  rule: Text,
  cause: z.optional(Text),
  fix: Text,
  curable: z.boolean(),
});

const DifferenceSchema = z.object({
  code: Text,
  outcome: z.enum(['different', 'excluded']),
  unit: z.optional(Text),
  procedure: z.optional(Text),
  day: z.optional(IsoDay),
  records: bySide(Row),
  rows: bySide(Count),
  findings: z.array(FindingSchema).check(z.minLength(1)),
});

const Bucket = z.object({ key: Text, different: Count, excluded: Count, classes: Counts });
const FORMAT = 'dunghen-reconcile/1';

const ReportFile = z.object({
  format: z.literal(FORMAT, { error: `phải là "${FORMAT}" (tệp này không phải kết quả đối soát?)` }),
  rules: Text,
  now: z.number(),
  sides: z.array(SideName),
  period: z.nullable(z.object({ from: IsoDay, to: IsoDay })),
  units: z.array(Text),
  differences: z.array(DifferenceSchema),
  unreadable: z.array(z.object({ side: SideName, at: Text, reason: Text, code: z.optional(Text) })),
  totals: bySide(z.object({ total: Count, matched: Count, different: Count, excluded: Count })),
  byClass: Counts,
  byCause: z.record(z.string(), Count),
  byDay: z.array(Bucket),
  byUnit: z.array(Bucket),
  fields: z.array(z.object({ field: z.enum(COMPARED_FIELDS), matched: Count, different: Count, notComparable: Count })),
  notDone: z.array(
    z.object({
      partition: z.object({ unit: Text, day: Text }),
      side: SideName,
      kind: z.enum([
        'auth',
        'permission',
        'network',
        'timeout',
        'rate',
        'schema',
        'duplicate',
        'upstream',
        'cancelled',
      ]),
      message: Text,
      dossiers: z.optional(Count),
    }),
  ),
  sum: Text,
});

/** A report as a file; nothing goes in that the report's own form does not name. */
export function reportText(report: ReconcileReport): string {
  return `${JSON.stringify(ReportFile.parse({ format: FORMAT, ...report }))}\n`;
}

export type ReportReading = { ok: true; report: ReconcileReport } | { ok: false; problems: JsonProblem[] };

/** Reads a saved report. Never throws; totals that no longer add up are a fault like any other. */
export function readReport(text: string): ReportReading {
  const reading = readJson(text, ReportFile);
  if (!reading.ok) {
    // Of another kind of file nothing else is worth telling.
    const other = reading.problems.filter(({ field }) => field === 'format');
    return { ok: false, problems: other.length > 0 ? other : reading.problems };
  }
  const { format: _format, ...report } = reading.data;
  try {
    const count = new RowCount({});
    Object.assign(count.totals, report.totals);
    count.check();
  } catch (error) {
    if (!(error instanceof TotalsError)) throw error;
    const field = `totals.${error.side}`;
    return { ok: false, problems: [{ ...reading.at(['totals', error.side]), field, message: error.message }] };
  }
  return { ok: true, report: report as ReconcileReport };
}
