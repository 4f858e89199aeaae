/** What a check has to say about a calendar. */
export interface CalendarFinding {
  /** error: dates will be counted wrongly; warning: probably wrong; note: harmless, or cannot be judged. */
  severity: 'error' | 'warning' | 'note';
  /** Place in the calendar's JSON: `['years', 2, 'off', 4]`. */
  path: (string | number)[];
  message: string;
  /** The day it is about, `YYYY-MM-DD`. */
  date?: string;
  /** Nothing says why the day is as it is: suspicious in a national table, usual for a unit's own days. */
  unexplained?: true;
}
