import * as z from 'zod/mini';
import { parseIsoDay } from '../text/index.ts';

/** `YYYY-MM-DD` of a day that exists. */
export const IsoDay = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/, 'phải có dạng YYYY-MM-DD'),
  z.refine((text) => parseIsoDay(text) !== null, 'ngày không tồn tại (hoặc ngoài 1990–2099)'),
);
const Clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'phải có dạng HH:mm'));

/** Working intervals of a day, wall clock at UTC+7; in any order; two may touch. No shift goes over midnight. */
export const Hours = z
  .array(z.tuple([Clock, Clock]).check(z.refine(([from, to]) => from < to, 'giờ bắt đầu phải trước giờ kết thúc')))
  .check(z.maxLength(12));

/** Names of the weekdays in `weekly`, Sunday first as in `weekdayOf`. */
export const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export const Weekly = z.object({
  mon: Hours,
  tue: Hours,
  wed: Hours,
  thu: Hours,
  fri: Hours,
  sat: Hours,
  sun: Hours,
});

const Words = z.string().check(z.minLength(1), z.maxLength(300));

/** A day off (ngày nghỉ), with the reason where the statutory rules do not tell it. */
const DayOff = z.union([IsoDay, z.object({ date: IsoDay, reason: Words, source: z.optional(Words) })]);

export const CalendarYear = z.object({
  year: z.number().check(z.int(), z.gte(1990), z.lte(2099)),
  /** official: a notice was read (chính thức); provisional: made from the statutory rules, not announced (dự kiến). */
  status: z.enum(['official', 'provisional']),
  source: z.string().check(z.maxLength(600)),
  /** Days off that the weekly hours would count as working. */
  off: z.array(DayOff).check(z.maxLength(366)),
  /** Working days in place of a day off (ngày làm bù); without own hours they use Monday's. */
  working: z.array(z.object({ date: IsoDay, hours: z.optional(Hours) })).check(z.maxLength(366)),
  /** Hoán đổi: a day off, and the day that is worked for it. */
  swaps: z.array(z.object({ off: IsoDay, work: IsoDay })).check(z.maxLength(60)),
  /** Choices that nobody has announced, and which one this table assumes. */
  undecided: z
    .array(z.object({ why: Words, assumed: z.optional(IsoDay), alternatives: z.optional(z.array(IsoDay)) }))
    .check(z.maxLength(60)),
});
export type CalendarYear = z.infer<typeof CalendarYear>;

/** Working calendar of a unit (lịch làm việc). Dated data with a source; docs/deadlines.md says how a unit changes it. */
export const WorkingCalendar = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(80)),
  version: z.string().check(z.minLength(1), z.maxLength(80)),
  label: z.string().check(z.minLength(1), z.maxLength(300)),
  source: z.string().check(z.maxLength(600)),
  /** From this time on a same-day procedure is due the next working day. */
  sameDayCutoff: z.optional(Clock),
  weekly: Weekly,
  years: z.array(CalendarYear).check(z.maxLength(110)),
});
export type WorkingCalendar = z.infer<typeof WorkingCalendar>;

/**
 * What an admin imports. A `national` layer replaces each year that it names as a whole (the notice for 2027 in place of
 * the provisional table); a `unit` layer adds days off and working days of one unit to the years that are known, and may
 * bring the unit's own weekly hours. A unit layer alone never makes a year known.
 */
export const CalendarLayer = z.object({
  kind: z.enum(['national', 'unit']),
  id: WorkingCalendar.shape.id,
  version: WorkingCalendar.shape.version,
  label: WorkingCalendar.shape.label,
  source: WorkingCalendar.shape.source,
  sameDayCutoff: WorkingCalendar.shape.sameDayCutoff,
  weekly: z.optional(Weekly),
  years: z
    .array(
      z.object({
        year: CalendarYear.shape.year,
        status: z.optional(CalendarYear.shape.status),
        source: z.optional(CalendarYear.shape.source),
        off: z.optional(CalendarYear.shape.off),
        working: z.optional(CalendarYear.shape.working),
        swaps: z.optional(CalendarYear.shape.swaps),
        undecided: z.optional(CalendarYear.shape.undecided),
      }),
    )
    .check(z.maxLength(110)),
});
export type CalendarLayer = z.infer<typeof CalendarLayer>;

/** The date of a day off, however it was written. */
export const dateOfDayOff = (off: CalendarYear['off'][number]): string => (typeof off === 'string' ? off : off.date);
