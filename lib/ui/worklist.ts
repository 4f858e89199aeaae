import {
  type AssessContext,
  type Assessment,
  assess,
  CLOCKS,
  type Clock,
  dueAt,
  urgencyOf,
  VERDICTS,
  type Verdict,
} from '../deadline/index.ts';
import type { WorklistEntry } from '../schema/index.ts';
import { fold } from '../text/index.ts';
import { type LetterRegister, type LetterTask, letterKey, letterTask } from './letter-queue.ts';

/** A dossier of the worklist with its verdict at one moment. */
export interface WorklistItem {
  /** Unique in the list. */
  key: string;
  entry: WorklistEntry;
  assessment: Assessment;
  /** Null while the register is not known: what was sent already cannot be told then. */
  letter: LetterTask | null;
  /** What a search looks through. */
  haystack: string;
}

export interface WorklistFilter {
  /** Clock that the badge shows, or every one. */
  clock: Clock | 'all';
  /** Empty means every verdict. */
  verdicts: ReadonlySet<Verdict>;
  query: string;
  /** «Cần thư xin lỗi»: only dossiers whose letter somebody has to see to. */
  letters: boolean;
}

export const NO_FILTER: WorklistFilter = { clock: 'all', verdicts: new Set(), query: '', letters: false };

/** Verdicts in the order in which a person should look at them. */
export const VERDICTS_BY_URGENCY: readonly Verdict[] = [...VERDICTS].sort((a, b) => urgencyOf(a) - urgencyOf(b));

/** Letters and digits only: an officer types a code without the dots and dashes. */
const squeeze = (folded: string) => folded.replace(/[^\p{L}\p{N}]/gu, '');

function haystackOf({ code, record }: WorklistEntry): string {
  const codes = [code, ...record.aliases].map(fold);
  return [...codes, ...codes.map(squeeze), fold(record.procedure.name ?? '')].join('\n');
}

const number = (value: number | null) => value ?? Number.POSITIVE_INFINITY;

function byUrgency(a: WorklistItem, b: WorklistItem): number {
  const x = a.assessment.shown;
  const y = b.assessment.shown;
  const urgency = urgencyOf(x.verdict) - urgencyOf(y.verdict);
  if (urgency !== 0) return urgency;
  // Infinity minus infinity is not a number, so the two are compared and never subtracted.
  const left = [number(x.left), number(y.left)] as const;
  if (left[0] !== left[1]) return left[0] < left[1] ? -1 : 1;
  const due = [number(x.dueAt), number(y.dueAt)] as const;
  if (due[0] !== due[1]) return due[0] < due[1] ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}

/**
 * Assesses every entry and puts the most urgent first.
 * @param register letters drafted and sent; null while it is not known.
 */
export function buildItems(
  entries: readonly WorklistEntry[],
  context: AssessContext,
  register: LetterRegister | null = null,
): WorklistItem[] {
  return entries
    .map((entry) => {
      const key = letterKey(entry.host, entry.code);
      const assessment = assess(entry.record, context, dueAt);
      const letter = register && letterTask(entry.record, assessment, context, register.get(key));
      return { key, entry, assessment, letter, haystack: haystackOf(entry) };
    })
    .sort(byUrgency);
}

/** Whose letter is due first; rows of the same moment keep their order. */
function byLetter(a: WorklistItem, b: WorklistItem): number {
  const left = number(a.letter?.need?.letterDueAt ?? null);
  const right = number(b.letter?.need?.letterDueAt ?? null);
  return left === right ? 0 : left < right ? -1 : 1;
}

function matcher(query: string): (item: WorklistItem) => boolean {
  const folded = fold(query);
  if (folded === '') return () => true;
  const squeezed = squeeze(folded);
  return ({ haystack }) => haystack.includes(folded) || (squeezed !== '' && haystack.includes(squeezed));
}

export interface WorklistView {
  /** Items that pass every filter, in order. */
  items: WorklistItem[];
  /** How many each clock would show under the other filters. */
  clocks: ReadonlyMap<Clock | 'all', number>;
  /** How many each verdict would show under the other filters. */
  verdicts: ReadonlyMap<Verdict, number>;
  /** How many wait for a letter under the other filters. */
  letters: number;
}

/** What a filter leaves, and what each other choice would leave. */
export function viewOf(items: readonly WorklistItem[], filter: WorklistFilter): WorklistView {
  const matches = matcher(filter.query);
  const clocks = new Map<Clock | 'all', number>([['all', 0], ...CLOCKS.map((clock) => [clock, 0] as const)]);
  const verdicts = new Map<Verdict, number>();
  const shown: WorklistItem[] = [];
  let letters = 0;
  for (const item of items) {
    if (!matches(item)) continue;
    const { clock, verdict } = item.assessment.shown;
    const rightClock = filter.clock === 'all' || filter.clock === clock;
    const rightVerdict = filter.verdicts.size === 0 || filter.verdicts.has(verdict);
    const waiting = item.letter?.waiting ?? false;
    if (rightClock && rightVerdict && waiting) letters += 1;
    if (filter.letters && !waiting) continue;
    if (rightVerdict) {
      clocks.set('all', (clocks.get('all') ?? 0) + 1);
      clocks.set(clock, (clocks.get(clock) ?? 0) + 1);
    }
    if (rightClock) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    if (rightClock && rightVerdict) shown.push(item);
  }
  if (filter.letters) shown.sort(byLetter);
  return { items: shown, clocks, verdicts, letters };
}

export interface UrgentCounts {
  /** Promise to a citizen broken, or an online dossier not received in time. */
  overdue: number;
  /** Late inside the office; not the citizen's promise, so never red. */
  lateSteps: number;
  dueToday: number;
}

/** What the toolbar counts, by the clock that each badge shows. */
export function countUrgent(entries: readonly WorklistEntry[], context: AssessContext): UrgentCounts {
  const counts: UrgentCounts = { overdue: 0, lateSteps: 0, dueToday: 0 };
  for (const { record } of entries) {
    const { clock, verdict } = assess(record, context).shown;
    if (verdict === 'due-today') counts.dueToday += 1;
    else if (verdict === 'overdue' && clock === 'step') counts.lateSteps += 1;
    else if (verdict === 'overdue') counts.overdue += 1;
  }
  return counts;
}

/** Toolbar colours: the light inks of tokens.ts, white text on them. */
const TOOLBAR_COLOURS = { red: '#b3141d', purple: '#652098', amber: '#7a4b00' } as const;

/** Toolbar badge of these counts: a number, a colour and the same in words. */
export function toolbarOf({ overdue, lateSteps, dueToday }: UrgentCounts): {
  text: string;
  title: string;
  colour: string;
} {
  const total = overdue + lateSteps + dueToday;
  const parts = [
    overdue > 0 ? `${overdue} hồ sơ quá hạn` : '',
    lateSteps > 0 ? `${lateSteps} hồ sơ trễ bước xử lý` : '',
    dueToday > 0 ? `${dueToday} đến hạn hôm nay` : '',
  ].filter(Boolean);
  return {
    text: total === 0 ? '' : total > 999 ? '999+' : String(total),
    title:
      parts.length === 0 ? 'Đúng Hẹn: không có hồ sơ quá hạn hay đến hạn hôm nay' : `Đúng Hẹn: ${parts.join(', ')}`,
    colour: overdue > 0 ? TOOLBAR_COLOURS.red : lateSteps > 0 ? TOOLBAR_COLOURS.purple : TOOLBAR_COLOURS.amber,
  };
}
