import { GROUPING_WORDS, type Grouping, progressOf, type SampleRecord } from '../../lib/sampling/index.ts';
import { fullDate, startOfDay } from '../../lib/text/index.ts';
import type { Counts, Filter } from './population.ts';

export const CHANNEL_WORDS = { counter: 'trực tiếp', online: 'trực tuyến', post: 'bưu chính' } as const;

export const dayWords = (day: number): string => fullDate(startOfDay(day));

/** Longest source that a record takes. */
const SOURCE = 400;
const NAMES = 3;

/** What the list of a sample is, for the record: the source and how it was narrowed. */
export function sourceWords(
  source: string,
  filter: Filter,
  { repeated, unreadable }: Pick<Counts, 'repeated' | 'unreadable'>,
): string {
  const chosen = (['unit', 'field', 'channel'] as const satisfies readonly Grouping[]).flatMap((by) => {
    const list = filter[by];
    if (list.length === 0) return [];
    const rest = list.length > NAMES ? ` và ${list.length - NAMES} ${GROUPING_WORDS[by]} khác` : '';
    return [`${GROUPING_WORDS[by]}: ${list.slice(0, NAMES).join(', ')}${rest}`];
  });
  const { from, to } = filter;
  const period = [from !== null && `từ ${dayWords(from)}`, to !== null && `đến ${dayWords(to)}`].filter(Boolean);
  const words = [
    source,
    ...chosen,
    period.length > 0 && `tiếp nhận ${period.join(' ')}`,
    repeated.rows > 0 && `bỏ ${repeated.rows} dòng trùng mã`,
    unreadable.count > 0 && `bỏ ${unreadable.count} dòng không đọc được mã`,
  ];
  return words.filter(Boolean).join('; ').slice(0, SOURCE).trim();
}

/** `5`, `2,5 %`: a rate from 0 to 1; null: it is none. */
export function percentOf(text: string): number | null {
  const digits = /^(\d{1,3}(?:[.,]\d{1,6})?)\s*%?$/.exec(text.trim())?.[1];
  if (digits === undefined) return null;
  const rate = Number(digits.replace(',', '.')) / 100;
  // 98.5 / 100 and 0.985 are not the same number to a computer.
  return rate > 1 ? null : Number(rate.toFixed(10));
}

/** Whole numbers from 1; null: it is none. */
export const countOf = (text: string): number | null => (/^[1-9]\d{0,8}$/.test(text.trim()) ? Number(text) : null);

/** State of a spot check in a few words. */
export function stateWords(record: SampleRecord, role: 'first' | 'second'): string {
  if (record.signedOffAt !== null) return `đã chốt ${fullDate(Math.floor(record.signedOffAt / 60_000))}`;
  const { done, units } = progressOf(record, role);
  if (done === 0) return 'chưa kiểm tra';
  return done === units ? 'đã kiểm tra xong, chưa chốt' : 'đang kiểm tra';
}
