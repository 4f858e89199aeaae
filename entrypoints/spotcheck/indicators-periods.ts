import { parsePeriod } from '../../lib/indicators/index.ts';
import { isoOf } from '../../lib/text/index.ts';

/** A period that can be chosen; `value` is as `parsePeriod` reads it. */
export interface PeriodChoice {
  value: string;
  label: string;
}

const MONTHS = 12;
const QUARTERS = 5;
const YEARS = 2;

const choice = (value: string): PeriodChoice => ({ value, label: parsePeriod(value)?.label ?? value });
const pad = (n: number) => String(n).padStart(2, '0');

/** Months, quarters and years up to now, the latest first. `now`: epoch minutes. */
export function periodChoices(now: number): { name: string; choices: PeriodChoice[] }[] {
  const [year = 0, month = 1] = isoOf(now).slice(0, 7).split('-').map(Number);
  const count = year * 12 + month - 1;
  const quarter = Math.floor(count / 3);
  const list = (length: number, value: (i: number) => string) => Array.from({ length }, (_, i) => choice(value(i)));
  return [
    {
      name: 'Tháng',
      choices: list(MONTHS, (i) => `${Math.floor((count - i) / 12)}-${pad(((count - i) % 12) + 1)}`),
    },
    {
      name: 'Quý',
      choices: list(QUARTERS, (i) => `${Math.floor((quarter - i) / 4)}-Q${((quarter - i) % 4) + 1}`),
    },
    { name: 'Năm', choices: list(YEARS, (i) => String(year - i)) },
  ];
}

/** The month of a moment, epoch minutes. */
export const monthNow = (now: number): string => isoOf(now).slice(0, 7);
