import { type ApologyWindow, type AssessContext, type Assessment, assess, letterNeed } from '../deadline/index.ts';
import type { RegisterEntry } from '../letters/index.ts';
import type { Dossier, LetterMark, SeenLetters } from '../schema/index.ts';
import { letterMarkWords } from '../words/index.ts';

/** The register by host and code. */
export type LetterRegister = ReadonlyMap<string, RegisterEntry>;

export const letterKey = (host: string, code: string): string => `${host} ${code}`;

/** What is to be done about a dossier's apology letter. */
export interface LetterTask {
  /** Null where no letter can be due, for instance because the dossier is finished. */
  need: ApologyWindow | null;
  mark: LetterMark | null;
  /** Made, not sent; true also when its moment has passed meanwhile. */
  drafted: boolean;
  /** Someone has to act: this is what stands in «Cần thư xin lỗi». */
  waiting: boolean;
}

/**
 * The letter of a dossier, from its clocks and from what the register says was done. What the clocks say goes before what the
 * register once observed: a date set anew ends being late. A letter that was sent stays sent; one that is only drafted means
 * nothing any more once the dossier needs none.
 */
export function letterTask(
  record: Dossier,
  assessment: Assessment,
  context: AssessContext,
  entry: RegisterEntry | undefined,
): LetterTask {
  const need = letterNeed(record, assessment, context);
  const state = entry?.state ?? 'none';
  const drafted = state === 'drafted' || (state === 'late' && entry?.draftedAt !== undefined);
  const task = (mark: LetterMark | null, waiting = false): LetterTask => ({ need, mark, drafted, waiting });
  if (state === 'issued') return task('issued');
  if (state === 'not-applicable' || need === null) return task(null);
  switch (need.state) {
    case 'none':
      return task(drafted ? 'drafted' : null);
    case 'warn':
    case 'last-day':
      return task(drafted ? 'drafted' : 'needed', true);
    default:
      return task('late', true);
  }
}

/** What a page is told of the letters of the dossiers that it shows: those with a mark only. */
export function lettersOf(
  records: readonly Dossier[],
  context: AssessContext,
  entryOf: (code: string) => RegisterEntry | undefined,
): SeenLetters['letters'] {
  return records.flatMap((record) => {
    const { code } = record;
    const { mark } = letterTask(record, assess(record, context), context, entryOf(code));
    return mark === null ? [] : [{ code, state: mark, text: letterMarkWords(mark) }];
  });
}
