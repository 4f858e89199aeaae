import { dayNumber, weekdayOf } from '../text/index.ts';
import type { CalendarYear, WorkingCalendar } from './schema.ts';
import {
  assumedOf,
  dayInWords,
  HOLIDAYS,
  isoDay,
  knowsStatutoryYear,
  offOf,
  type StatutoryDay,
  type StatutoryYear,
  type Works,
  waysOf,
  worksOn,
} from './statutory.ts';

type Undecided = CalendarYear['undecided'][number];

/** Choices of the law itself: where another span would move a day off. */
function choicesOf(ways: readonly StatutoryYear[], assumed: StatutoryYear, off: string[], works: Works): Undecided[] {
  return HOLIDAYS.flatMap((rule) => {
    const others = ways.filter(({ choice }) =>
      Object.keys(choice).every((id) => (choice[id] === assumed.choice[id]) === (id !== rule.id)),
    );
    const anchor = assumed.days.find((one) => one.rule === rule.id && one.kind === 'holiday' && one.offset === 0)?.day;
    if (anchor === undefined) return [];
    const why =
      rule.kind === 'lunar'
        ? `${rule.name} ${rule.days} ngày, mùng 1 là ${dayInWords(anchor)}: ${rule.spans.map(({ before, from }) => `${before} ngày trước và ${from} ngày từ mùng 1`).join(', hoặc ')}`
        : `${rule.name} ${rule.days} ngày: ${dayInWords(anchor)} và một ngày liền kề trước hoặc sau`;
    return others.flatMap((other) => {
      const theirs = offOf(other, works);
      const mine = off.filter((date) => !theirs.includes(date));
      const instead = theirs.filter((date) => !off.includes(date));
      return mine.map((date, i) => ({ why, assumed: date, alternatives: instead.slice(i, i + 1) }));
    });
  });
}

/** Working days between two days off, of which at least one is a holiday: the ones that governments swap (hoán đổi). */
function bridgesOf(year: number, statutory: readonly StatutoryDay[], works: Works): Undecided[] {
  const next = knowsStatutoryYear(year + 1) ? assumedOf(waysOf(year + 1, works), works).days : [];
  const off = new Map([...statutory, ...next].filter(({ day }) => works(weekdayOf(day))).map((one) => [one.day, one]));
  const first = dayNumber(year, 1, 1) as number;
  const last = dayNumber(year, 12, 31) as number;
  const found: Undecided[] = [];
  for (let day = first; day <= last; day++) {
    const worked = (one: number) => works(weekdayOf(one)) && !off.has(one);
    if (!worked(day) || worked(day - 1) || worked(day + 1)) continue;
    const holiday = off.get(day + 1) ?? off.get(day - 1);
    if (holiday === undefined) continue;
    const why = `hoán đổi ngày làm việc xen giữa ngày nghỉ: ${dayInWords(day)}, cạnh ${holiday.name}`;
    found.push({ why, alternatives: [isoDay(day)] });
  }
  return found;
}

/**
 * A provisional table of a year from the statutory rules; what nobody has announced stands in `undecided`: how Tết and National
 * Day are laid, make-up days that no text settles, days that may be swapped. An alternative without an assumed day is a day that
 * this table counts as working.
 * @param weekly weekly hours of the calendar that it is for; without them, Monday to Friday
 * @throws when the year's rules are not in the data
 */
export function provisionalYear(year: number, weekly?: WorkingCalendar['weekly']): CalendarYear {
  const works = worksOn(weekly);
  const ways = waysOf(year, works);
  const assumed = assumedOf(ways, works);
  const off = offOf(assumed, works);
  const choices = choicesOf(ways, assumed, off, works);
  const open = assumed.open.map(({ name, date }) => ({ why: `${name}: luật chưa quy định`, alternatives: [date] }));
  const settled = new Set([...choices, ...open].flatMap(({ alternatives }) => alternatives));
  const bridges = bridgesOf(year, assumed.days, works).filter(
    ({ alternatives = [] }) => !settled.has(alternatives[0] ?? ''),
  );
  const laws = [...new Set(assumed.days.map(({ source }) => source))].join('; ');
  return {
    year,
    status: 'provisional',
    source: `dự kiến, chưa có thông báo; theo ${laws}`,
    off,
    working: [],
    swaps: [],
    undecided: [...choices, ...open, ...bridges],
  };
}
