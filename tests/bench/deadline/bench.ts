import { loadavg } from 'node:os';
import { buildTable, packCalendar, SHIPPED_CALENDAR } from '../../../lib/calendar/index.ts';
import type { DossierLimit } from '../../../lib/schema/index.ts';
import { twiceTheYears } from './calendars.ts';
import { correctness } from './correctness.ts';
import { dueOf, dueOfMany, elapsedOf, textToText } from './ours.ts';
import { MOMENT, MOMENT_AT_LEAST, PEERS, type Peer } from './peers.ts';
import { receipts } from './receipts.ts';
import { INPUTS, median, ratioOf, type Subject, sample } from './sample.ts';
import { selfCheck } from './self-check.ts';

const TIMED_PEERS = [MOMENT_AT_LEAST, ...PEERS];
const ELAPSED_DAYS = 20;
const HOURS = 8;
const MANY = 100_000;

type Query = '+5' | '+30' | 'hours' | 'elapsed';
const QUERIES: readonly [Query, string][] = [
  ['+5', '+5 ngày LV'],
  ['+30', '+30 ngày LV'],
  ['hours', `+${HOURS} giờ LV`],
  ['elapsed', `đã qua ${ELAPSED_DAYS} ngày`],
];
const LIMITS: Partial<Record<Query, DossierLimit>> = {
  '+5': { value: 5, unit: 'workday' },
  '+30': { value: 30, unit: 'workday' },
  hours: { value: HOURS, unit: 'hour' },
};
const LIMIT = LIMITS['+5'] as DossierLimit;

const OURS = 'Đúng Hẹn';
const PAUSED = `${OURS}, 2 lần tạm dừng`;
const TEXT = `${OURS}: đọc ISO, tính +5 ngày, viết ISO`;
const TABLE = `${OURS}: dựng bảng 8 năm`;
const FROM_DATA = `${OURS}: dựng bảng 8 năm, kể cả đọc lịch`;
const many = (pauses: number) => `${OURS}: ${MANY.toLocaleString('vi')} hạn, ${pauses} lần tạm dừng`;

interface Timed extends Subject {
  name: string;
  query: Query | 'own';
}

function ours(starts: readonly number[], ends: readonly number[]): Timed[] {
  const lots = receipts(MANY, '2024-02-01', '2027-06-01', 7);
  const eight = twiceTheYears();
  const packed = packCalendar(eight);
  return [
    ...QUERIES.flatMap(([query]): Timed[] => {
      const limit = LIMITS[query];
      if (!limit) return [{ name: OURS, query, run: elapsedOf(starts, ends) }];
      return [
        { name: OURS, query, run: dueOf(starts, limit, false) },
        { name: PAUSED, query, run: dueOf(starts, limit, true) },
      ];
    }),
    { name: TEXT, query: 'own', run: textToText(starts, LIMIT) },
    { name: TABLE, query: 'own', run: () => buildTable(packed).workingDays.length },
    { name: FROM_DATA, query: 'own', run: () => buildTable(packCalendar(eight)).workingDays.length },
    { name: many(0), query: 'own', run: dueOfMany(lots, false) },
    { name: many(2), query: 'own', run: dueOfMany(lots, true) },
  ];
}

function theirs(peer: Peer, starts: readonly number[], ends: readonly number[]): Timed[] {
  const { addDays, addHours, elapsed } = peer.questions(starts, ends);
  const { name } = peer;
  const prepare = () => peer.use(SHIPPED_CALENDAR);
  const timed: Timed[] = [
    { name, query: '+5', prepare, run: (i) => addDays(i, 5) },
    { name, query: '+30', prepare, run: (i) => addDays(i, 30) },
  ];
  if (addHours) timed.push({ name, query: 'hours', prepare, run: (i) => addHours(i, HOURS) });
  if (elapsed) timed.push({ name, query: 'elapsed', prepare, run: elapsed });
  return timed;
}

const round = (value: number) => value.toLocaleString('vi', { maximumFractionDigits: value < 100 ? 1 : 0 });

const precise = (value: number) => value.toLocaleString('vi', { maximumFractionDigits: value < 1 ? 3 : 2 });

interface Found {
  /** Nanoseconds, median of the rounds; undefined where there is no such operation. */
  ns(name: string, query: Timed['query']): number | undefined;
  /** How many times longer the first takes than the second. */
  ratio(one: [string, Query], other: [string, Query]): number;
}

function table({ ns: found, ratio }: Found): void {
  console.log([''.padEnd(46), ...QUERIES.map(([, title]) => title.padStart(20))].join(''));
  for (const name of [OURS, PAUSED, ...TIMED_PEERS.map((peer) => peer.name)]) {
    const cells = QUERIES.map(([query]) => {
      const ns = found(name, query);
      if (ns === undefined) return '–'.padStart(20);
      const times = name === OURS ? '' : `×${round(ratio([name, query], [OURS, query]))}`;
      return `${round(ns).padStart(11)}${times.padStart(9)}`;
    });
    console.log((name.padEnd(46) + cells.join('')).trimEnd());
  }
  for (const name of [TEXT, TABLE, FROM_DATA, many(0), many(2)]) {
    const ns = found(name, 'own') as number;
    console.log(name.padEnd(46) + (ns < 10_000 ? `${round(ns)} ns` : `${precise(ns / 1e6)} ms`).padStart(14));
  }
}

/** The bars of the design; reported, never enforced. */
function bars({ ns, ratio }: Found): void {
  const ms = (name: string) => (ns(name, 'own') as number) / 1e6;
  const rows: [string, number, 'ít nhất' | 'nhiều nhất', number][] = [
    [`nhanh hơn ${MOMENT.name}, +5 ngày (lần)`, ratio([MOMENT.name, '+5'], [OURS, '+5']), 'ít nhất', 200],
    [`nhanh hơn ${MOMENT.name}, +30 ngày (lần)`, ratio([MOMENT.name, '+30'], [OURS, '+30']), 'ít nhất', 800],
    ['+30 ngày so với +5 ngày (lần)', ratio([OURS, '+30'], [OURS, '+5']), 'nhiều nhất', 1.3],
    [`${MANY.toLocaleString('vi')} hạn (ms)`, ms(many(0)), 'nhiều nhất', 50],
    [`${MANY.toLocaleString('vi')} hạn, 2 lần tạm dừng (ms)`, ms(many(2)), 'nhiều nhất', 150],
    ['bảng 8 năm, kể cả đọc lịch (ms)', ms(FROM_DATA), 'nhiều nhất', 2],
  ];
  console.log('\nMức đề ra');
  for (const [what, value, side, bar] of rows) {
    const met = side === 'ít nhất' ? value >= bar : value <= bar;
    const verdict = `${side} ${precise(bar)}: ${met ? 'ĐẠT' : 'KHÔNG ĐẠT'}`;
    console.log(`${what.padEnd(50)}${precise(value).padStart(11)}   ${verdict}`);
  }
}

/** What a due date costs and how often it is right, beside date libraries in the same process and on the same calendar. */
export async function bench({ rounds }: { rounds: number }): Promise<void> {
  const zone = process.env.TZ;
  // The libraries count in the zone of the machine; an officer's is Vietnam's.
  process.env.TZ = 'Asia/Ho_Chi_Minh';
  try {
    const starts = receipts(INPUTS, '2024-02-01', '2027-06-01', 3);
    const ends = starts.map((start) => start + ELAPSED_DAYS * 1440);
    console.log(
      `\nhạn trả: nano giây bộ xử lý mỗi phép tính, trung vị ${rounds} lượt xen kẽ, mỗi lượt từ 100 ms; tải máy ${loadavg()[0]}`,
    );
    console.log('Thư viện: một lệnh của nó, trên thời điểm đã chuẩn bị sẵn. Đúng Hẹn: cả phép tính hạn, từ giờ nhận.');
    console.log('LV = làm việc; ×n: chậm hơn Đúng Hẹn n lần; –: không có phép tính này.');
    console.log(
      `«không có ngày lễ»: thiếu ngày lễ nên ngày sai; chỉ để thấy danh sách ngày lễ làm thư viện chậm bao nhiêu.`,
    );
    console.log(`tự kiểm: ${selfCheck(dueOf(starts, LIMIT, false), rounds)}\n`);
    const subjects = [...ours(starts, ends), ...TIMED_PEERS.flatMap((peer) => theirs(peer, starts, ends))];
    const times = sample(subjects, rounds);
    const all = (name: string, query: Timed['query']) => {
      const subject = subjects.find((one) => one.name === name && one.query === query);
      return (subject && times.get(subject)) ?? [];
    };
    const found: Found = {
      ns: (name, query) => (all(name, query).length > 0 ? median(all(name, query)) : undefined),
      ratio: (one, other) => ratioOf(all(...one), all(...other)),
    };
    table(found);
    bars(found);
    correctness();
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
}
