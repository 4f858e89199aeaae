import * as z from 'zod/mini';

const IsoDay = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const Clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const Intervals = z.array(z.tuple([Clock, Clock])).check(z.maxLength(6));

/** Working calendar of a unit (lịch làm việc). Dated data with a source; see docs/glossary.md. */
export const WorkingCalendar = z.object({
  id: z.string(),
  version: z.string(),
  label: z.string(),
  source: z.string(),
  /** Working intervals of each weekday, wall clock at UTC+7. */
  weekly: z.object({
    mon: Intervals,
    tue: Intervals,
    wed: Intervals,
    thu: Intervals,
    fri: Intervals,
    sat: Intervals,
    sun: Intervals,
  }),
  years: z.array(
    z.object({
      year: z.number().check(z.int(), z.gte(1990), z.lte(2099)),
      status: z.enum(['official', 'provisional']),
      source: z.string(),
      /** Days off that the weekly hours would count as working. */
      off: z.array(IsoDay),
      /** Working days in place of a day off; without own hours they use Monday's. */
      working: z.array(z.object({ date: IsoDay, hours: z.optional(Intervals) })),
      swaps: z.array(z.object({ off: IsoDay, work: IsoDay })),
      /** Choices nobody has announced yet, and which one this table assumes. */
      undecided: z.array(
        z.object({ why: z.string(), assumed: z.optional(IsoDay), alternatives: z.optional(z.array(IsoDay)) }),
      ),
    }),
  ),
});

export type WorkingCalendar = z.infer<typeof WorkingCalendar>;
