import type { DossierLimit } from '../../lib/schema/index.ts';
import { isoOf, parseMoment } from '../../lib/text/index.ts';

/** A moment while it is being typed. */
export interface MomentDraft {
  /** `2026-02-12`, as a date input has it; empty while it is not complete. */
  date: string;
  /** `16:59`, or empty. */
  time: string;
  /** What was pasted into the one-line field. Free text may name a person, so it never goes into the address. */
  text: string;
}

export type LimitUnit = DossierLimit['unit'] | 'same-day';
export const LIMIT_UNITS: readonly LimitUnit[] = ['workday', 'hour', 'calendarDay', 'month', 'year', 'same-day'];

export const PAUSE_KINDS = ['supplement', 'financial'] as const;
export type PauseKind = (typeof PAUSE_KINDS)[number];

export interface PauseDraft {
  kind: PauseKind;
  from: MomentDraft;
  to: MomentDraft;
  /** Not over yet. */
  open: boolean;
}
/** More rows than any dossier has; the address must stay short enough to be sent. */
export const MOST_PAUSES = 20;

/** The form as it stands, right or wrong. */
export interface Draft {
  /** Receipt by the unit that decides. */
  received: MomentDraft;
  /** Receipt at another unit that only took the dossier in (phi địa giới). */
  elsewhere: MomentDraft;
  value: string;
  unit: LimitUnit;
  /** Same-day procedure with a cut-off of its own; empty for the common one. */
  procedure: string;
  pauses: readonly PauseDraft[];
  /** The appointment that the system gives. */
  system: MomentDraft;
}

export const NO_MOMENT: MomentDraft = { date: '', time: '', text: '' };

/** The two inputs of a moment (epoch minutes). */
export function momentDraft(minute: number, dayOnly = false): MomentDraft {
  const iso = isoOf(minute);
  return { date: iso.slice(0, 10), time: dayOnly ? '' : iso.slice(11, 16), text: '' };
}

/** The draft after something was typed or pasted in one line: the inputs follow as soon as it can be read. */
export function withText(draft: MomentDraft, text: string): MomentDraft {
  const moment = parseMoment(text);
  return moment ? { ...momentDraft(moment.minute, moment.dayOnly), text } : { ...draft, text };
}

/** What an untouched form holds: received now. */
export function freshDraft(now: number): Draft {
  return {
    received: momentDraft(now),
    elsewhere: NO_MOMENT,
    value: '',
    unit: 'workday',
    procedure: '',
    pauses: [],
    system: NO_MOMENT,
  };
}

const stamp = ({ date, time }: MomentDraft) => (date === '' && time === '' ? '' : `${date}T${time}`);

const only = (text: string | null, form: RegExp) => (text !== null && form.test(text) ? text : '');

function unstamp(text: string | null): MomentDraft {
  if (!text) return NO_MOMENT;
  const [date = '', time = ''] = text.split('T');
  return { date: only(date, /^\d{4}-\d{2}-\d{2}$/), time: only(time, /^\d{2}:\d{2}$/), text: '' };
}

const NUMBER = /^[\d.,-]{0,12}$/;
const PROCEDURE = /^[\w.-]{1,60}$/;
const OPEN = 'open';

/** The form as the part of an address after `#`: dates, numbers and the code of a procedure, nothing that was typed freely. */
export function hashOf(draft: Draft): string {
  const query = new URLSearchParams();
  const add = (name: string, value: string) => {
    if (value !== '') query.append(name, value);
  };
  add('nhan', stamp(draft.received));
  add('noi', stamp(draft.elsewhere));
  add('han', only(draft.value.trim(), NUMBER));
  add('dv', draft.unit);
  add('tt', only(draft.procedure, PROCEDURE));
  for (const { kind, from, to, open } of draft.pauses) add('bs', `${kind}_${stamp(from)}_${open ? OPEN : stamp(to)}`);
  add('he', stamp(draft.system));
  return `#${query.toString().replaceAll('%3A', ':')}`;
}

/** The form of an address, or null when it holds none. What is not of our making is left out and shows as missing. */
export function draftOfHash(hash: string): Draft | null {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  if (!query.has('dv')) return null;
  return {
    received: unstamp(query.get('nhan')),
    elsewhere: unstamp(query.get('noi')),
    value: only(query.get('han'), NUMBER),
    unit: LIMIT_UNITS.find((unit) => unit === query.get('dv')) ?? 'workday',
    procedure: only(query.get('tt'), PROCEDURE),
    pauses: query
      .getAll('bs')
      .slice(0, MOST_PAUSES)
      .map((text) => {
        const [kind, from = '', to = ''] = text.split('_');
        return {
          kind: PAUSE_KINDS.find((known) => known === kind) ?? 'supplement',
          from: unstamp(from),
          to: unstamp(to),
          open: to === OPEN,
        };
      }),
    system: unstamp(query.get('he')),
  };
}
