import {
  APOLOGY_RULE,
  apologyWindow,
  type Basis,
  countingAt,
  dueAt,
  minutesOfLimit,
  policyById,
  SUPPLEMENTS,
  traceDue,
} from '../../lib/deadline/index.ts';
import type { Counting } from '../../lib/schema/index.ts';
import { dayOf, fullDate, startOfDay } from '../../lib/text/index.ts';
import {
  limitWords,
  longMoment,
  policyName,
  provisionalNote,
  type StripWeek,
  sayTrace,
  stripOf,
} from '../../lib/ui/index.ts';
import type { Question } from './read.ts';
import { checkSystem, type SystemCheck } from './system.ts';
import { type Ways, waysOf } from './ways.ts';

/** A moment of the apology window. */
export interface ApologyRow {
  name: string;
  at: string;
  /** "đã qua", "hôm nay", or empty. */
  state: string;
}

/** Everything the page says about a question, in words. */
export interface Answer {
  /** What was asked. */
  facts: string[];
  /** "17:00 thứ Năm 26/02/2026", or why there is no date. */
  headline: string;
  /** stopped: the clock stands · no-calendar: a year without a table; null with a date. */
  problem: 'stopped' | 'no-calendar' | null;
  /** What to do about the problem. */
  next: string;
  /** The unit's way of counting, and where it stands. */
  policy: string;
  policyNotes: string[];
  warnings: string[];
  steps: string[];
  strip: StripWeek[];
  /** Null while there is no date. */
  apology: { rows: ApologyRow[]; note: string } | null;
  ways: Ways;
  system: SystemCheck | null;
  sources: string[];
}

function factsOf({ input, firstReceivedAt }: Question): string[] {
  const { receivedAt, limit, pauses = [] } = input;
  const facts: string[] = [];
  if (firstReceivedAt !== undefined) {
    facts.push(
      `Nơi khác nhận hộ lúc ${longMoment(firstReceivedAt)}; thời hạn tính từ lúc cơ quan có thẩm quyền nhận (Nghị định 309/2026/NĐ-CP, sửa Điều 17 khoản 3).`,
    );
  }
  facts.push(`Nhận lúc ${longMoment(receivedAt)}.`, `Thời hạn: ${limitWords(limit)}.`);
  for (const { kind, from, to } of pauses) {
    const what = kind === 'financial' ? 'Chờ nghĩa vụ tài chính' : 'Chờ bổ sung';
    facts.push(`${what} từ ${longMoment(from)} ${to === null ? 'và chưa xong' : `đến ${longMoment(to)}`}.`);
  }
  return facts;
}

function policyNotesOf({ policy, supplement, from }: Counting, supplemented: boolean, first: Counting | undefined) {
  const { label, source } = policyById(policy) ?? {};
  const notes = [label, source].filter((note) => note !== undefined).map((note) => `${note}.`);
  // The oldest one ships and has no day from which someone chose it.
  if (from !== first?.from) notes.push(`Đơn vị áp dụng cho hồ sơ nhận từ ${fullDate(startOfDay(from))}.`);
  const mode = SUPPLEMENTS.find(({ id }) => id === supplement);
  if (supplemented && mode) notes.push(`Bổ sung hồ sơ: ${mode.label.toLowerCase()}. ${mode.source}.`);
  return notes;
}

function apologyOf({ table }: Basis, due: number, receivedAt: number, now: number): Answer['apology'] {
  const window = apologyWindow(table, due, now, 0, receivedAt);
  if (!window) return null;
  const row = (name: string, at: number): ApologyRow => {
    let state = '';
    if (dayOf(at) === dayOf(now)) state = 'hôm nay';
    else if (at < now) state = 'đã qua';
    return { name, at: longMoment(at), state };
  };
  return {
    rows: [
      ...window.warnAt.map((at, i) => row(`Nhắc lần ${i + 1}`, at)),
      row('Gửi thư chậm nhất (Nghị định 61/2018/NĐ-CP)', window.letterDueAt),
      row('Chậm nhất theo Thành phố (Quyết định 5157/QĐ-UBND)', window.cityDueAt),
    ],
    note: APOLOGY_RULE.source,
  };
}

/** Counts a question by the unit's rules and says it. Epoch minutes; pure. */
export function answer(question: Question, basis: Basis, now: number): Answer {
  const { table, rules } = basis;
  const { input } = question;
  const { receivedAt, limit, pauses = [] } = input;
  const counting = countingAt(rules, receivedAt);
  const trace = traceDue(table, input, counting);
  const { due } = trace;
  const inMinutes = minutesOfLimit(limit, counting) !== null;
  const last = trace.steps.at(-1);
  const years = table.source.years.map(({ year }) => year).join(', ');
  let headline = due === null ? '' : longMoment(due);
  let problem: Answer['problem'] = null;
  let next = '';
  if (last?.kind === 'stopped') {
    problem = 'stopped';
    headline = 'Đồng hồ đang dừng';
    next = 'Khi công dân bổ sung hoặc nộp tiền xong, nhập ngày giờ xong để có hạn.';
  } else if (last?.kind === 'no-calendar') {
    problem = 'no-calendar';
    headline = `Chưa có lịch làm việc năm ${last.year}`;
    next = `Không đoán ngày nghỉ. Đang có lịch các năm: ${years || 'chưa có năm nào'}. Quản trị nhập thêm lịch ở trang Cài đặt.`;
  }
  const warnings: string[] = [];
  const provisional = due === null ? null : provisionalNote(table, receivedAt, due);
  if (provisional) warnings.push(provisional);
  if (due !== null && pauses.length > 0 && due === dueAt(table, { ...input, pauses: [] }, counting))
    warnings.push('Theo cách đếm của đơn vị, các đợt chờ đã nhập không làm đổi hạn.');
  return {
    facts: factsOf(question),
    headline,
    problem,
    next,
    policy: policyName(counting),
    policyNotes: policyNotesOf(
      counting,
      pauses.some(({ kind }) => kind === 'supplement'),
      rules.counting[0],
    ),
    warnings,
    steps: sayTrace(trace),
    strip: stripOf(trace, inMinutes),
    apology: due === null ? null : apologyOf(basis, due, receivedAt, now),
    ways: waysOf(table, input, trace, rules.thresholds.workdayMinutes),
    system: checkSystem(basis, question, trace, inMinutes),
    sources: [`Lịch làm việc: ${table.source.label}, bản ${table.source.version}.`, `Tính lúc ${longMoment(now)}.`],
  };
}
