import {
  buildTable,
  packCalendar,
  SHIPPED_CALENDAR,
  type WorkingCalendar,
  type WorkTable,
} from '../../../lib/calendar/index.ts';
import { dayOf, minuteOfDay, parseIsoDay, weekdayOf } from '../../../lib/text/index.ts';
import { nthWorkingDayClose } from '../../sandbox/naive-time.ts';
import { type Case, casesForLibraries, daysOff, daysWorked } from './calendars.ts';
import { dueByDecree } from './ours.ts';
import { PEERS, type Peer } from './peers.ts';
import { receipts } from './receipts.ts';

const RECEIPTS = 2000;
const DAYS = 5;

/** What is peculiar to a case whose date came out wrong; the first that holds is named. */
const REASONS: readonly [string, (given: Case, peer?: Peer) => boolean][] = [
  [
    'thứ Bảy làm bù',
    ({ calendar, receivedAt, due }, peer) =>
      peer?.saturdays === false && worksASaturday(calendar, dayOf(receivedAt), dayOf(due)),
  ],
  ['nhận ngày nghỉ', ({ calendar, receivedAt }) => !isWorked(calendar, dayOf(receivedAt))],
  ['nhận từ giờ đóng cửa', ({ receivedAt, due }) => minuteOfDay(receivedAt) >= minuteOfDay(due)],
  ['khác', () => true],
];

const daysOf = (dates: readonly string[]) => dates.map((iso) => parseIsoDay(iso));

const worksASaturday = (calendar: WorkingCalendar, from: number, to: number) =>
  daysOf(daysWorked(calendar)).some((day) => day !== null && day >= from && day <= to);

function isWorked(calendar: WorkingCalendar, day: number): boolean {
  if (daysOf(daysWorked(calendar)).includes(day)) return true;
  return weekdayOf(day) % 6 !== 0 && !daysOf(daysOff(calendar)).includes(day);
}

type Answer = (given: Case) => number | null;

function byPeer(peer: Peer): Answer {
  let current: WorkingCalendar | undefined;
  return ({ calendar, receivedAt, days }) => {
    if (current !== calendar) peer.use(calendar);
    current = calendar;
    return Math.floor(peer.due(receivedAt, days) / 60_000);
  };
}

function byUs(): Answer {
  const tables = new Map<WorkingCalendar, WorkTable>();
  return ({ calendar, receivedAt, days }) => {
    const table = tables.get(calendar) ?? buildTable(packCalendar(calendar));
    tables.set(calendar, table);
    return dueByDecree(table, receivedAt, days);
  };
}

/** How many dates are wrong, and what the wrong ones have in common. */
function wrongOf(cases: readonly Case[], answer: Answer, peer?: Peer): { wrong: number; why: string } {
  const wrong = cases.filter((given) => {
    const due = answer(given);
    return due === null || dayOf(due) !== dayOf(given.due);
  });
  const counts = new Map<string, number>();
  for (const given of wrong) {
    const [reason] = REASONS.find(([, holds]) => holds(given, peer)) as (typeof REASONS)[number];
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return { wrong: wrong.length, why: sorted.map(([reason, count]) => `${reason} ${count}`).join(', ') };
}

/**
 * Prints how often each library's due date (the time of day left aside) is not the decree's. The referees are the worked cases
 * and, for the receipts, the sandbox's walk over days, which shares neither code nor data with the engine.
 */
export function correctness(): void {
  const worked = casesForLibraries();
  const own = receipts(RECEIPTS, '2026-01-01', '2027-01-01', 5).map(
    (receivedAt): Case => ({
      calendar: SHIPPED_CALENDAR,
      receivedAt,
      days: DAYS,
      due: nthWorkingDayClose(receivedAt, DAYS),
    }),
  );
  console.log(
    `\nNgày hạn sai: ${worked.length} trường hợp mẫu (N ngày làm việc, không tạm dừng), và ${RECEIPTS} lần tiếp nhận năm 2026 (07:00–17:59, mọi ngày) + ${DAYS} ngày`,
  );
  console.log(`${''.padEnd(46)} ${'mẫu'.padStart(5)} ${'năm 2026'.padStart(9)}  vì sao sai`);
  for (const peer of [undefined, ...PEERS]) {
    const make = () => (peer ? byPeer(peer) : byUs());
    const ofCases = wrongOf(worked, make(), peer);
    const ofYear = wrongOf(own, make(), peer);
    const counts = `${String(ofCases.wrong).padStart(5)} ${String(ofYear.wrong).padStart(9)}`;
    const why = [ofCases.why && `mẫu: ${ofCases.why}`, ofYear.why && `năm 2026: ${ofYear.why}`].filter(Boolean);
    console.log(`${(peer?.name ?? 'Đúng Hẹn').padEnd(46)} ${counts}  ${why.join('; ') || '–'}`);
  }
}
