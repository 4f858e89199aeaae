import { cutoffOf, type DueInput } from '../../lib/deadline/index.ts';
import { type DossierLimit, Limit, type Rules } from '../../lib/schema/index.ts';
import { type ParsedMoment, parseMoment, parseWholeMoment } from '../../lib/text/index.ts';
import type { Draft, LimitUnit, MomentDraft } from './draft.ts';

/** What keeps the form from being counted; `field` is the id of the control to go to. */
export interface Fault {
  field: string;
  message: string;
  /** Not answered yet, rather than answered wrongly. */
  missing: boolean;
}

/** What is asked, ready to count. */
export interface Question {
  input: DueInput;
  /** Receipt at the other unit, epoch minutes. */
  firstReceivedAt?: number;
  /** The system's appointment. */
  system: { dueAt: number; dayOnly: boolean } | null;
}

type Report = (field: string, message: string) => void;

/** Ids of the controls of a moment. */
export const dateId = (name: string) => `${name}-date`;
export const timeId = (name: string) => `${name}-time`;
export const textId = (name: string) => `${name}-text`;
export const pauseId = (index: number, end: 'from' | 'to') => `pause-${index}-${end}`;

/** The moment of a draft; null while it is empty or wrong. */
export function momentOf({ date, time }: MomentDraft): ParsedMoment | null {
  return date === '' ? null : parseWholeMoment(time === '' ? date : `${date}T${time}`);
}

const isEmpty = ({ date, time, text }: MomentDraft) => date === '' && time === '' && text.trim() === '';

const WHOLE_ONLY: Partial<Record<LimitUnit, string>> = { calendarDay: 'ngày', month: 'tháng', year: 'năm' };

/** Reads a number as people write it: `5`, `1,5`, `0.5`; NaN for anything else, also for `1.000`, which some read as a thousand. */
function numberOf(text: string): number {
  const bare = text.trim().replace(',', '.');
  return /^-?\d{1,9}(\.\d{1,2})?$/.test(bare) ? Number(bare) : Number.NaN;
}

/** Reads the form; every fault names its field, none is passed over. */
export function readDraft(draft: Draft, rules: Rules): { question: Question } | { faults: Fault[] } {
  const faults: Fault[] = [];
  const wrong: Report = (field, message) => void faults.push({ field, message, missing: false });
  const missing: Report = (field, message) => void faults.push({ field, message, missing: true });

  /** A moment of the form; null when there is none to count with. */
  function moment(name: string, value: MomentDraft, what: string, needsTime = true): ParsedMoment | null {
    const { date, time, text } = value;
    if (text.trim() !== '' && parseMoment(text) === null) {
      wrong(textId(name), `Không đọc được «${text.trim()}»: gõ như 16:59 12/02/2026, hoặc chọn ngày và giờ`);
      return null;
    }
    if (date === '') {
      missing(dateId(name), `Nhập đủ ngày, tháng, năm ${what}`);
      return null;
    }
    const read = momentOf(value);
    if (read === null) wrong(dateId(name), `Ngày ${what} không có thật, hoặc ngoài các năm 1990–2099`);
    else if (time === '' && needsTime) {
      missing(timeId(name), `Nhập giờ ${what}`);
      return null;
    }
    return read;
  }

  const received = moment('received', draft.received, 'nhận hồ sơ');
  const limit = limitOf(draft, wrong, missing);

  const pauses = draft.pauses.map(({ kind, from, to, open }, index) => {
    const [fromName, toName] = [pauseId(index, 'from'), pauseId(index, 'to')];
    const begin = moment(fromName, from, `bắt đầu chờ của đợt ${index + 1}`);
    if (begin && received && begin.minute < received.minute)
      wrong(dateId(fromName), `Đợt ${index + 1}: bắt đầu chờ phải sau lúc nhận hồ sơ`);
    const end = open ? null : moment(toName, to, `kết thúc chờ của đợt ${index + 1}`);
    if (begin && end && end.minute <= begin.minute)
      wrong(dateId(toName), `Đợt ${index + 1}: kết thúc chờ phải sau lúc bắt đầu`);
    return { kind, from: begin?.minute ?? 0, to: end?.minute ?? null };
  });

  const system = isEmpty(draft.system) ? null : moment('system', draft.system, 'hẹn của hệ thống', false);

  const elsewhere = isEmpty(draft.elsewhere) ? null : moment('elsewhere', draft.elsewhere, 'nơi khác nhận hộ');
  if (received && elsewhere && elsewhere.minute > received.minute)
    wrong(dateId('elsewhere'), 'Nơi khác nhận hộ phải trước lúc cơ quan có thẩm quyền nhận');

  if (faults.length > 0 || received === null || limit === null) return { faults };
  const cutoff = draft.procedure === '' ? undefined : cutoffOf(rules, { code: draft.procedure });
  return {
    question: {
      input: { receivedAt: received.minute, limit, pauses, cutoff },
      ...(elsewhere ? { firstReceivedAt: elsewhere.minute } : {}),
      system: system && { dueAt: system.minute, dayOnly: system.dayOnly },
    },
  };
}

/** The limit, or null with a fault. What the engine would round or clamp is refused here, so that nothing is counted unseen. */
function limitOf({ value, unit }: Draft, wrong: Report, missing: Report): DossierLimit | null {
  if (unit === 'same-day') return { value: 0, unit: 'workday' };
  if (value.trim() === '') {
    missing('value', 'Nhập thời hạn giải quyết');
    return null;
  }
  const number = numberOf(value);
  const whole = WHOLE_ONLY[unit];
  if (Number.isNaN(number)) wrong('value', `«${value.trim()}» không phải là số: gõ như 5 hoặc 1,5`);
  else if (number <= 0) wrong('value', 'Thời hạn phải lớn hơn 0; thủ tục trả ngay thì chọn «trong ngày»');
  else if (whole && !Number.isInteger(number)) wrong('value', `Thời hạn tính theo ${whole} phải là số nguyên`);
  else {
    const limit = Limit.safeParse({ value: number, unit });
    if (limit.success) return limit.data;
    wrong('value', 'Thời hạn quá dài: nhiều nhất 10.000');
  }
  return null;
}
