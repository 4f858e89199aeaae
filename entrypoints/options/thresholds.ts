import { DEFAULT_RULES, UnitRules } from '../../lib/deadline/index.ts';
import type { FieldError } from './form.tsx';

type Stored = NonNullable<UnitRules['thresholds']>;
type Name = keyof Stored;

const SHIPPED = DEFAULT_RULES.thresholds;
const DAY = SHIPPED.workdayMinutes;

/** An amount of working time as it is typed. */
export interface Amount {
  value: string;
  unit: 'day' | 'hour';
}

/** The thresholds while they are being typed. */
export interface ThresholdsDraft {
  dueSoon: Amount;
  /** Per cent. */
  share: string;
  mismatch: Amount;
  acceptance: string;
}

const written = (value: number) => String(Math.round(value * 100) / 100).replace('.', ',');

/** Working minutes as days when they are whole days, else as hours. */
function amountOf(minutes: number): Amount {
  return minutes % DAY === 0
    ? { value: written(minutes / DAY), unit: 'day' }
    : { value: written(minutes / 60), unit: 'hour' };
}

/** `2 ngày làm việc`, `4 giờ làm việc`. */
export function amountWords({ value, unit }: Amount): string {
  return `${value} ${unit === 'day' ? 'ngày' : 'giờ'} làm việc`;
}

/** What the form shows: the unit's thresholds, the shipped ones where it has none. */
export function thresholdsDraft(stored: Stored = {}): ThresholdsDraft {
  const all = { ...SHIPPED, ...stored };
  return {
    dueSoon: amountOf(all.dueSoonMinutes),
    share: written(all.dueSoonShare * 100),
    mismatch: amountOf(all.mismatchMinutes),
    acceptance: written(all.acceptanceWorkdays),
  };
}

/** "1,5" or "1.5"; NaN for what is no number. */
const numberOf = (text: string) =>
  /^\d{1,6}([.,]\d{1,4})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN;

/** Rounded to the minute: a third of an hour need not be a whole number. */
const minutesOf = ({ value, unit }: Amount) => Math.round(numberOf(value) * (unit === 'day' ? DAY : 60));

const FIELDS: Record<Name, { field: string; message: string }> = {
  dueSoonMinutes: {
    field: 'dueSoon',
    message: '«Sắp đến hạn» phải là số từ 0 đến 100 ngày làm việc (800 giờ)',
  },
  dueSoonShare: { field: 'share', message: 'Phần của thời hạn phải là số từ 0 đến 100 %' },
  mismatchMinutes: {
    field: 'mismatch',
    message: 'Mức lệch phải là số từ 1 phút đến 100 ngày làm việc (800 giờ)',
  },
  acceptanceWorkdays: { field: 'acceptance', message: 'Hạn tiếp nhận phải là số nguyên từ 1 đến 60 ngày làm việc' },
};

/** Reads the form by the schema of the rules; what equals the shipped value is not stored. */
export function readThresholds(draft: ThresholdsDraft): { thresholds: Stored | undefined } | { errors: FieldError[] } {
  const values: Required<Stored> = {
    dueSoonMinutes: minutesOf(draft.dueSoon),
    dueSoonShare: numberOf(draft.share) / 100,
    mismatchMinutes: minutesOf(draft.mismatch),
    acceptanceWorkdays: numberOf(draft.acceptance),
  };
  const parsed = UnitRules.safeParse({ thresholds: values });
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path }) => path[1] as Name));
    return { errors: (Object.keys(FIELDS) as Name[]).filter((name) => wrong.has(name)).map((name) => FIELDS[name]) };
  }
  const own = (Object.entries(values) as [Name, number][]).filter(([name, value]) => value !== SHIPPED[name]);
  return { thresholds: own.length === 0 ? undefined : (Object.fromEntries(own) as Stored) };
}
