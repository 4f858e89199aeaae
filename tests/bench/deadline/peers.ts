import { addDays, isWeekend, startOfDay } from 'date-fns';
import dayjs from 'dayjs';
import dayjsBusinessTime from 'dayjs-business-time';
import luxon from 'luxon-business-days';
import moment from 'moment';
import 'moment-business-time';
import type { WorkingCalendar } from '../../../lib/calendar/index.ts';
import { daysOff, daysWorked, freeSaturdays } from './calendars.ts';

/**
 * Questions about moments made ready beforehand (the i-th), asked with the one call that the library has for it; answers in
 * epoch milliseconds or minutes.
 */
interface Questions {
  addDays(i: number, days: number): number;
  addHours?(i: number, hours: number): number;
  /** Working minutes from the i-th start to the i-th end. */
  elapsed?(i: number): number;
}

export interface Peer {
  name: string;
  /** Knows that some Saturdays are worked. */
  saturdays: boolean;
  /** Sets the calendar, as the library's documentation says. All of them keep it in one place for the whole process. */
  use(calendar: WorkingCalendar): void;
  /** Epoch minutes. */
  questions(starts: readonly number[], ends: readonly number[]): Questions;
  /** Due moment (epoch milliseconds) of a receipt, which is first moved to opening time where the library can. */
  due(receivedAt: number, days: number): number;
}

const at = <T>(list: readonly T[], i: number): T => list[i] as T;
const SATURDAYS = ', cả thứ Bảy làm bù';

/** What a library is told of the calendar, for those whose speed or answers hang on it. */
type Told = 'hours only' | 'days off' | 'working Saturdays';

/** Hours of each weekday, 0 = Sunday; with working Saturdays every Saturday has Monday's, and the free ones are days off. */
function hoursOf({ weekly }: WorkingCalendar, told: Told) {
  const saturday = told === 'working Saturdays' ? weekly.mon : weekly.sat;
  return [weekly.sun, weekly.mon, weekly.tue, weekly.wed, weekly.thu, weekly.fri, saturday];
}

function offOf(calendar: WorkingCalendar, told: Told): string[] {
  if (told === 'hours only') return [];
  return told === 'days off' ? daysOff(calendar) : [...daysOff(calendar), ...freeSaturdays(calendar)];
}

const NAMES: Record<Told, string> = {
  'hours only': ', không có ngày lễ',
  'days off': '',
  'working Saturdays': SATURDAYS,
};

function momentBusinessTime(told: Told): Peer {
  const of = (minute: number) => moment(minute * 60_000);
  return {
    name: `moment-business-time${NAMES[told]}`,
    saturdays: told === 'working Saturdays',
    use: (calendar) => {
      const hours = hoursOf(calendar, told).map((day) => (day.length > 0 ? day.flat() : null));
      moment.updateLocale('en', { workinghours: { ...hours }, holidays: offOf(calendar, told) });
    },
    questions: (starts, ends) => {
      const from = starts.map(of);
      const to = ends.map(of);
      return {
        // It changes the moment it is called on.
        addDays: (i, days) => at(from, i).clone().addWorkingTime(days, 'days').valueOf(),
        addHours: (i, hours) =>
          at(from, i)
            .clone()
            .addWorkingTime(hours * 60, 'minutes')
            .valueOf(),
        elapsed: (i) => at(to, i).workingDiff(at(from, i), 'minutes'),
      };
    },
    due: (receivedAt, days) => of(receivedAt).nextWorkingTime().addWorkingTime(days, 'days').valueOf(),
  };
}

type Day = { start: string; end: string }[] | null;
type Week = [Day, Day, Day, Day, Day, Day, Day];

function dayjsBusinessTimePeer(told: Told): Peer {
  dayjs.extend(dayjsBusinessTime);
  const of = (minute: number) => dayjs(minute * 60_000);
  return {
    name: `dayjs-business-time${NAMES[told]}`,
    saturdays: told === 'working Saturdays',
    use: (calendar) => {
      const [sunday, monday, tuesday, wednesday, thursday, friday, saturday] = hoursOf(calendar, told).map((day) =>
        day.length > 0 ? day.map(([start, end]) => ({ start: `${start}:00`, end: `${end}:00` })) : null,
      ) as Week;
      dayjs.setBusinessTime({ sunday, monday, tuesday, wednesday, thursday, friday, saturday });
      dayjs.setHolidays(offOf(calendar, told));
    },
    questions: (starts, ends) => {
      const from = starts.map(of);
      const to = ends.map(of);
      return {
        addDays: (i, days) => at(from, i).addBusinessDays(days).valueOf(),
        addHours: (i, hours) => at(from, i).addBusinessHours(hours).valueOf(),
        elapsed: (i) => at(from, i).businessMinutesDiff(at(to, i)),
      };
    },
    due: (receivedAt, days) => of(receivedAt).nextBusinessTime().addBusinessDays(days).valueOf(),
  };
}

/** Days only. Its matchers are functions, so working Saturdays cost it nothing. */
function luxonPeer(): Peer {
  const { DateTime } = luxon;
  const of = (minute: number) => DateTime.fromMillis(minute * 60_000);
  return {
    name: `luxon-business-days${SATURDAYS}`,
    saturdays: true,
    use: (calendar) => {
      const off = new Set(offOf(calendar, 'working Saturdays').map((iso) => Number(iso.replaceAll('-', ''))));
      of(0).setupBusiness({
        businessDays: [1, 2, 3, 4, 5, 6],
        holidayMatchers: [({ year, month, day }) => off.has(year * 10_000 + month * 100 + day)],
      });
    },
    questions: (starts) => {
      const from = starts.map(of);
      return { addDays: (i, days) => at(from, i).plusBusiness({ days }).toMillis() };
    },
    due: (receivedAt, days) => of(receivedAt).plusBusiness({ days }).toMillis(),
  };
}

/** What one writes without a calendar library. Days only. */
function dateFnsLoop(): Peer {
  let off = new Set<number>();
  let worked = new Set<number>();
  const midnights = (dates: string[]) => new Set(dates.map((iso) => new Date(`${iso}T00:00:00`).getTime()));
  const plus = (date: Date, days: number) => {
    let day = startOfDay(date);
    for (let left = days; left > 0; ) {
      day = addDays(day, 1);
      const key = day.getTime();
      if (worked.has(key) || (!isWeekend(day) && !off.has(key))) left--;
    }
    return day.getTime();
  };
  return {
    name: `vòng lặp date-fns + Set${SATURDAYS}`,
    saturdays: true,
    use: (calendar) => {
      off = midnights(daysOff(calendar));
      worked = midnights(daysWorked(calendar));
    },
    questions: (starts) => {
      const from = starts.map((minute) => new Date(minute * 60_000));
      return { addDays: (i, days) => plus(at(from, i), days) };
    },
    due: (receivedAt, days) => plus(new Date(receivedAt * 60_000), days),
  };
}

/** The one that the bars are set against, with the days off of the calendar. */
export const MOMENT = momentBusinessTime('days off');
/** What it costs at the least: it goes through its whole list of days off at every step. */
export const MOMENT_AT_LEAST = momentBusinessTime('hours only');

export const PEERS: readonly Peer[] = [
  MOMENT,
  momentBusinessTime('working Saturdays'),
  dayjsBusinessTimePeer('days off'),
  dayjsBusinessTimePeer('working Saturdays'),
  luxonPeer(),
  dateFnsLoop(),
];
