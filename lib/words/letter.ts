import type { ApologyWindow } from '../deadline/index.ts';
import type { LetterMark } from '../schema/index.ts';
import { calendarMoment } from '../text/index.ts';

const MARKS: Record<LetterMark, string> = {
  needed: 'cần thư',
  drafted: 'đã soạn',
  issued: 'đã gửi',
  late: 'trễ thư',
};

/** The mark of a row about its apology letter, in two words. */
export function letterMarkWords(mark: LetterMark): string {
  return MARKS[mark];
}

/** "chậm nhất 17:00 thứ Tư 25/11", "đã trễ hạn thư (17:00 thứ Tư 25/11)": what is to be done about a letter, and by when. */
export function letterWords(
  { need, mark, drafted }: { need: ApologyWindow | null; mark: LetterMark | null; drafted: boolean },
  now: number,
): string {
  if (mark === 'issued') return 'đã gửi';
  if (mark === null || need === null) return '';
  const when = calendarMoment(need.letterDueAt, now);
  const due = mark === 'late' ? `đã trễ hạn thư (${when})` : `chậm nhất ${when}`;
  return drafted ? `đã soạn, ${due}` : due;
}
