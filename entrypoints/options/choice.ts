import {
  CountingChoice,
  countingOf,
  DEFAULT_RULES,
  type PolicyId,
  policyById,
  SUPPLEMENTS,
} from '../../lib/deadline/index.ts';
import type { Counting } from '../../lib/schema/index.ts';
import { fullDate, isoOf, parseIsoDay, parseMoment, startOfDay } from '../../lib/text/index.ts';
import type { FieldError } from './form.tsx';

const SHIPPED = DEFAULT_RULES.counting[0] as Counting;
const LONGEST_SOURCE = 300;
const MOST_ROUNDING = 240;

/** A dated choice while it is being typed. */
export interface ChoiceDraft {
  from: string;
  policy: PolicyId;
  dayZero: Counting['dayZero'];
  roundUp: string;
  closeOfDay: Counting['closeOfDay'];
  supplement: Counting['supplement'];
  source: string;
}

/** `01/01/2027` of `2027-01-01`. */
export function dateWords(iso: string): string {
  return fullDate(startOfDay(parseIsoDay(iso) ?? 0));
}

/** What the form shows at first: a stored choice, or the shipped way of counting without a date. */
export function draftOf(choice?: CountingChoice): ChoiceDraft {
  return {
    from: choice ? dateWords(choice.effectiveFrom) : '',
    policy: choice?.policy ?? 'civil-code',
    dayZero: choice?.dayZero ?? SHIPPED.dayZero,
    roundUp: String(choice?.roundUpMinutes ?? SHIPPED.roundUp),
    closeOfDay: choice?.closeOfDay ?? SHIPPED.closeOfDay,
    supplement: choice?.supplement ?? SHIPPED.supplement,
    source: choice?.source ?? '',
  };
}

/** True when the policy has this option; the others mean nothing under it and are not stored. */
export function hasOption(policy: PolicyId, option: 'dayZero' | 'roundUpMinutes' | 'closeOfDay'): boolean {
  return policyById(policy)?.options.includes(option) ?? false;
}

/** Date as people write it (`1/1/2027`, `01-01-2027`) or ISO; null for anything else. */
function isoDate(text: string): string | null {
  const bare = text.trim();
  if (!/^(\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}-\d{2}-\d{2})$/.test(bare)) return null;
  const moment = parseMoment(bare);
  return moment === null ? null : isoOf(moment.minute).slice(0, 10);
}

const roundingOf = ({ roundUp }: ChoiceDraft) => (/^\d{1,4}$/.test(roundUp.trim()) ? Number(roundUp) : Number.NaN);

function withoutDate(draft: ChoiceDraft): Omit<CountingChoice, 'effectiveFrom'> {
  const { policy, dayZero, closeOfDay, supplement } = draft;
  return {
    policy,
    ...(hasOption(policy, 'dayZero') ? { dayZero } : {}),
    ...(hasOption(policy, 'roundUpMinutes') ? { roundUpMinutes: roundingOf(draft) } : {}),
    ...(hasOption(policy, 'closeOfDay') ? { closeOfDay } : {}),
    supplement,
    ...(draft.source.trim() === '' ? {} : { source: draft.source.trim() }),
  };
}

/** How the draft counts, for the example: a rounding that cannot be read counts as none. */
export function countingOfDraft(draft: ChoiceDraft): Counting {
  const counting = countingOf(withoutDate(draft));
  return counting.roundUp <= MOST_ROUNDING ? counting : { ...counting, roundUp: 0 };
}

/** Reads the form. `others` are the choices that stay; no two may begin on one date. */
export function readChoice(
  draft: ChoiceDraft,
  others: readonly CountingChoice[],
): { choice: CountingChoice } | { errors: FieldError[] } {
  const errors: FieldError[] = [];
  const date = isoDate(draft.from);
  if (draft.from.trim() === '') errors.push({ field: 'from', message: 'Nhập ngày bắt đầu áp dụng' });
  else if (date === null)
    errors.push({
      field: 'from',
      message: `«${draft.from.trim()}» không phải ngày có thật; viết ngày/tháng/năm, ví dụ 01/01/2027`,
    });
  else if (others.some(({ effectiveFrom }) => effectiveFrom === date))
    errors.push({ field: 'from', message: `Đã có một cách đếm áp dụng từ ${dateWords(date)}; hãy sửa cách đó` });
  const rounding = roundingOf(draft);
  if (hasOption(draft.policy, 'roundUpMinutes') && !(rounding <= MOST_ROUNDING))
    errors.push({ field: 'roundUp', message: `Số phút làm tròn phải là số nguyên từ 0 đến ${MOST_ROUNDING}` });
  if (draft.source.trim().length > LONGEST_SOURCE)
    errors.push({ field: 'source', message: `Văn bản dài quá ${LONGEST_SOURCE} chữ` });
  if (errors.length > 0 || date === null) return { errors };
  return { choice: CountingChoice.parse({ effectiveFrom: date, ...withoutDate(draft) }) };
}

export const DAY_ZERO_WORDS: Record<Counting['dayZero'], string> = {
  effective: 'Ngày nhận là ngày làm việc đầu tiên từ lúc nhận',
  'receipt-date': 'Ngày nhận là ngày ghi trên giấy tiếp nhận',
};

/** Options of a choice in one line, without its policy. */
export function optionWords(choice: Omit<CountingChoice, 'effectiveFrom'>): string {
  const { dayZero, roundUp, closeOfDay, supplement } = countingOf(choice);
  return [
    hasOption(choice.policy, 'dayZero') ? DAY_ZERO_WORDS[dayZero] : '',
    roundUp > 1 ? `làm tròn lên ${roundUp} phút` : '',
    closeOfDay === 'next-opening' ? 'hết giờ thì dời sang đầu giờ hôm sau' : '',
    `bổ sung: ${SUPPLEMENTS.find(({ id }) => id === supplement)?.label.toLowerCase()}`,
  ]
    .filter(Boolean)
    .join('; ');
}
