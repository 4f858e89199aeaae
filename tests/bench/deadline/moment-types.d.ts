/** What the bench calls of two libraries that ship no types. */

import 'moment';

declare module 'moment' {
  interface LocaleSpecification {
    /** By weekday, 0 = Sunday: opening and closing times in turn, or null. */
    workinghours?: Record<number, string[] | null>;
    /** `YYYY-MM-DD`. */
    holidays?: string[];
  }
  interface Moment {
    addWorkingTime(amount: number, unit: 'days' | 'minutes'): Moment;
    nextWorkingTime(): Moment;
    workingDiff(other: Moment, unit: 'minutes'): number;
  }
}
