import * as z from 'zod/mini';
import type { ApologyState } from '../deadline/index.ts';
import { readCodes } from '../dossier/index.ts';
import { Moment } from '../schema/index.ts';
import { LetterChannel } from './model.ts';

/**
 * none: no letter is needed · needed: the warning has begun · drafted: made, not sent · issued: sent · late: its moment has
 * passed without one · not-applicable: someone has decided that none is due.
 */
export const LETTER_STATES = ['none', 'needed', 'drafted', 'issued', 'late', 'not-applicable'] as const;
const LetterState = z.enum(LETTER_STATES);
export type LetterState = z.infer<typeof LetterState>;

/** What changes as a letter goes its way; kept for every step so that each can be undone. */
const Stage = z.strictObject({
  state: LetterState,
  newDueAt: z.optional(Moment),
  /** Preset of the reason (data/reasons.json). Free text may hold names and is not kept. */
  reasonId: z.optional(z.string().check(z.regex(/^[a-z][a-z-]{0,39}$/))),
  channel: z.optional(LetterChannel),
  neededAt: z.optional(Moment),
  draftedAt: z.optional(Moment),
  issuedAt: z.optional(Moment),
  /** When it was first seen to be late. */
  lateAt: z.optional(Moment),
  changedAt: Moment,
});
type Stage = z.infer<typeof Stage>;

/** How many steps back are kept. */
const KEPT_STEPS = 8;

/**
 * A dossier's letter in the register: its code and what was done, nothing of the citizen. Strict, so that no other field can
 * slip in.
 */
export const RegisterEntry = z.strictObject({
  ...Stage.shape,
  code: z.string().check(z.minLength(1), z.maxLength(120)),
  host: z.string().check(z.maxLength(200)),
  unit: z.string().check(z.maxLength(300)),
  procedureCode: z.optional(z.string().check(z.maxLength(60))),
  oldDueAt: z.optional(Moment),
  /** Moment by which the letter had to be out. */
  letterDueAt: z.optional(Moment),
  /** Re-appointments of the dossier, with this letter's own. */
  reappointments: z.number().check(z.int(), z.gte(0), z.lte(99)),
  past: z.array(Stage).check(z.maxLength(KEPT_STEPS)),
});
export type RegisterEntry = z.infer<typeof RegisterEntry>;

export type RegisterEvent =
  | { type: 'draft'; newDueAt: number; reasonId: string; channel: LetterChannel }
  /** Sent; `issuedAt` when it was at another moment than this step (an imported list). */
  | { type: 'issue'; channel?: LetterChannel; issuedAt?: number }
  | { type: 'waive' }
  /** Needed after all, or no longer: what the clocks say. */
  | { type: 'observe'; apology: ApologyState }
  /** The dossier was finished before its appointment. */
  | { type: 'clear' };

/** States from which a step may be taken. */
const FROM: Record<Exclude<RegisterEvent['type'], 'observe'>, readonly LetterState[]> = {
  draft: ['none', 'needed', 'drafted', 'late'],
  issue: ['none', 'needed', 'drafted', 'late'],
  waive: ['none', 'needed', 'drafted', 'late'],
  clear: ['needed', 'drafted'],
};

export type RegisterStep =
  | { ok: true; entry: RegisterEntry }
  /** `issued`: one letter, one re-appointment (NĐ 61/2018 art. 19.9); `state`: the step has no meaning here. */
  | { ok: false; why: 'issued' | 'state' };

const stageOf = (entry: RegisterEntry): Stage => {
  const { code, host, unit, procedureCode, oldDueAt, letterDueAt, reappointments, past, ...stage } = entry;
  return stage;
};

function observed(
  { state, neededAt, lateAt }: RegisterEntry,
  apology: ApologyState,
  at: number,
): Partial<Stage> | null {
  const isLate = apology === 'late' || apology === 'overdue';
  if (isLate && ['none', 'needed', 'drafted'].includes(state))
    return { state: 'late', neededAt: neededAt ?? at, lateAt: lateAt ?? at };
  if ((apology === 'warn' || apology === 'last-day') && state === 'none') return { state: 'needed', neededAt: at };
  return null;
}

function changed(entry: RegisterEntry, event: RegisterEvent, at: number): Partial<Stage> | null {
  switch (event.type) {
    case 'draft': {
      const { newDueAt, reasonId, channel } = event;
      // A draft does not mend being late; only sending it does.
      return { state: entry.state === 'late' ? 'late' : 'drafted', draftedAt: at, newDueAt, reasonId, channel };
    }
    case 'issue':
      return { state: 'issued', issuedAt: event.issuedAt ?? at, channel: event.channel ?? entry.channel };
    case 'waive':
      return { state: 'not-applicable' };
    case 'clear':
      return { state: 'none' };
    case 'observe':
      return observed(entry, event.apology, at);
  }
}

/**
 * Takes a step. An observation that changes nothing gives the entry itself.
 * @param at epoch minutes.
 */
export function advance(entry: RegisterEntry, event: RegisterEvent, at: number): RegisterStep {
  if (event.type !== 'observe' && !FROM[event.type].includes(entry.state))
    return { ok: false, why: entry.state === 'issued' ? 'issued' : 'state' };
  const change = changed(entry, event, at);
  if (change === null) return { ok: true, entry };
  const reappointments = entry.reappointments + (event.type === 'issue' ? 1 : 0);
  const past = [...entry.past, stageOf(entry)].slice(-KEPT_STEPS);
  return { ok: true, entry: { ...entry, ...change, changedAt: at, reappointments, past } };
}

/** Takes the last step back; null when there is none left. */
export function undo(entry: RegisterEntry): RegisterEntry | null {
  const before = entry.past.at(-1);
  if (before === undefined) return null;
  const { code, host, unit, procedureCode, oldDueAt, letterDueAt } = entry;
  const undidIssue = entry.state === 'issued' && before.state !== 'issued';
  return {
    ...before,
    code,
    host,
    unit,
    procedureCode,
    oldDueAt,
    letterDueAt,
    reappointments: entry.reappointments - (undidIssue ? 1 : 0),
    past: entry.past.slice(0, -1),
  };
}

/** A dossier that enters the register. */
export function newEntry(
  given: Pick<RegisterEntry, 'code' | 'host' | 'unit'> & Partial<RegisterEntry>,
  at: number,
): RegisterEntry {
  return { state: 'none', reappointments: 0, past: [], changedAt: at, ...given };
}

export interface CodeList {
  codes: string[];
  /** Codes that stand in the list more than once, each once. */
  repeated: string[];
  /** Lines (from 1) in which no code was found; a heading is not among them. */
  unread: number[];
}

/**
 * Codes of dossiers for which a letter went out already: one a line, or a table as text (CSV, or copied from a spreadsheet).
 * Only the code is taken from a line; whatever else stands there is forgotten.
 */
export function readCodeList(text: string): CodeList {
  const codes = new Set<string>();
  const repeated = new Set<string>();
  const unread: number[] = [];
  for (const [i, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const found = readCodes(line.split(/[,;\t]/).map((cell) => cell.replace(/^\s*"|"\s*$/g, '')));
    if (found?.codeKnown) (codes.has(found.code) ? repeated : codes).add(found.code);
    else if (i > 0) unread.push(i + 1);
  }
  return { codes: [...codes], repeated: [...repeated], unread };
}
