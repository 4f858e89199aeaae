import * as z from 'zod/mini';

/**
 * What a page needs in order to count: the unit's calendar and rules as numbers, made ready by the background
 * (lib/calendar/pack.ts, lib/deadline/rules.ts) from the dated data files. A page holds no law and no calendar of its own.
 */

const Text = (max: number) => z.string().check(z.maxLength(max));
/** Minute of the day; 1440 is midnight at the end of it. */
const Minute = z.number().check(z.int(), z.gte(0), z.lte(1440));
/** Day number: days since 1970-01-01 at UTC+7. */
const Day = z.number().check(z.int(), z.gte(0), z.lte(60_000));
/** Working intervals of a day, `[from, to, from, to …]`, ascending, without overlap. */
const Hours = z.array(Minute).check(z.maxLength(24));

export const PackedCalendar = z.object({
  label: Text(300),
  version: Text(200),
  /** Hours of each weekday; 0 = Sunday. */
  weekly: z.array(Hours).check(z.maxLength(7)),
  /** From this minute on, a same-day procedure is due the next working day. */
  cutoff: Minute,
  /** Years with a table; `official` is false for a provisional one, `note` says what is undecided in it. */
  years: z
    .array(
      z.object({ year: z.number().check(z.int(), z.gte(1990), z.lte(2099)), official: z.boolean(), note: Text(1500) }),
    )
    .check(z.maxLength(110)),
  /** Days that are not as their weekday: hours (none = day off), and why, with the source. */
  days: z.array(z.object({ day: Day, hours: Hours, why: Text(400) })).check(z.maxLength(8000)),
});
export type PackedCalendar = z.infer<typeof PackedCalendar>;

/** How a time limit is counted; docs/deadlines.md says each choice in words. */
export const Counting = z.object({
  /** Name of the policy, as in lib/deadline/data/policies.json. */
  policy: Text(60),
  /** Day (number) from which dossiers received are counted so. */
  from: z.number().check(z.int(), z.gte(0), z.lte(60_000)),
  /** N working days end at the close of the Nth day | after N × `workday` working minutes | on the Nth day at the time of receipt. */
  days: z.enum(['close', 'hours', 'time']),
  /** Day 0 is the day of the first working minute after receipt | the calendar date of receipt. */
  dayZero: z.enum(['effective', 'receipt-date']),
  /** Minutes that a moment counted in minutes is rounded up to; 0 or 1: none. */
  roundUp: z.number().check(z.int(), z.gte(0), z.lte(240)),
  /** A moment counted in minutes that lands exactly on the close of a day. */
  closeOfDay: z.enum(['stay', 'next-opening']),
  /**
   * After a supplement (bổ sung hồ sơ): the limit begins anew | the clock stood | the working time waited is added to the old due |
   * the calendar time waited is added.
   */
  supplement: z.enum(['restart', 'pause', 'shift', 'subtract']),
  /** Working minutes of one day of a limit. */
  workday: z.number().check(z.int(), z.gte(60), z.lte(1440)),
});
export type Counting = z.infer<typeof Counting>;

export const Thresholds = z.object({
  /** "Sắp đến hạn" begins at this many working minutes … */
  dueSoonMinutes: z.number().check(z.int(), z.gte(0), z.lte(48_000)),
  /** … but never before this share of the limit (0–1) is left, so that a short procedure is not born yellow. */
  dueSoonShare: z.number().check(z.gte(0), z.lte(1)),
  /** Our date and the system's must be this many working minutes apart for the "lệch" mark. */
  mismatchMinutes: z.number().check(z.int(), z.gte(1), z.lte(48_000)),
  /** Working minutes of a day, for shares and words. */
  workdayMinutes: z.number().check(z.int(), z.gte(60), z.lte(1440)),
  /** Working days for accepting an online dossier. */
  acceptanceWorkdays: z.number().check(z.int(), z.gte(1), z.lte(60)),
});
export type Thresholds = z.infer<typeof Thresholds>;

export const Rules = z.object({
  thresholds: Thresholds,
  /** Oldest first; a dossier is counted by the last one that was in force on the day of its receipt. */
  counting: z.array(Counting).check(z.maxLength(40)),
  /** Same-day procedures with a cut-off of their own, by the first part of the procedure's code (`1.014849`). */
  cutoffs: z.array(z.object({ procedure: Text(60), minute: Minute })).check(z.maxLength(2000)),
});
export type Rules = z.infer<typeof Rules>;
