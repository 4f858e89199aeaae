import { APOLOGY_RULE } from '../../lib/deadline/index.ts';
import type { LetterChannel } from '../../lib/letters/index.ts';
import type { Dossier, LetterFacts, MomentFieldName, Recipient } from '../../lib/schema/index.ts';
import { isoOf, type ParsedMoment, parseWholeMoment } from '../../lib/text/index.ts';

/** A moment in two inputs. */
export interface Moment {
  /** `2026-11-25`, empty while it is not complete. */
  date: string;
  /** `17:00`, or empty: the day alone. */
  time: string;
}

/** Whom the page names. */
export type PartyKind = 'authorised' | 'owner' | 'submitter';

/** The letter while it is being written. Holds a person: it lives in the page and nowhere else. */
export interface LetterDraft {
  to: string;
  organisation: boolean;
  /** As someone chose it; never guessed from a name. */
  honorific: '' | 'Ông' | 'Bà';
  address: string;
  phone: string;
  code: string;
  procedure: string;
  received: Moment;
  due: Moment;
  status: string;
  /** Re-appointments that the page shows. */
  reappointments: number;
  /** Preset (lib/letters/data/reasons.json); empty: none chosen. */
  reasonId: string;
  reason: string;
  /** Null: what the calendar proposes. */
  next: Moment | null;
  channel: LetterChannel;
  /** Form or own template; empty: the form in force. */
  template: string;
}

export const NO_MOMENT: Moment = { date: '', time: '' };

export const EMPTY_DRAFT: LetterDraft = {
  to: '',
  organisation: false,
  honorific: '',
  address: '',
  phone: '',
  code: '',
  procedure: '',
  received: NO_MOMENT,
  due: NO_MOMENT,
  status: '',
  reappointments: 0,
  reasonId: '',
  reason: '',
  next: null,
  channel: 'paper',
  template: '',
};

/** Where the letter was asked for: the part of the address after `#`. */
export interface Target {
  /** Null when no open tab was known to show the dossier. */
  tabId: number | null;
  code: string;
}

/** Null when the page was opened by itself. */
export function targetOf(hash: string): Target | null {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const tabId = Number(query.get('tab') ?? Number.NaN);
  const code = query.get('code')?.trim() ?? '';
  if (code === '' || code.length > 120) return null;
  return { tabId: Number.isInteger(tabId) && tabId >= 0 ? tabId : null, code };
}

/** The two inputs of a moment (epoch minutes). */
export function momentInputs(minute: number | undefined, dayOnly: boolean): Moment {
  if (minute === undefined) return NO_MOMENT;
  const iso = isoOf(minute);
  return { date: iso.slice(0, 10), time: dayOnly ? '' : iso.slice(11, 16) };
}

/** Null while a moment is empty or wrong. */
export function momentOf({ date, time }: Moment): ParsedMoment | null {
  return date === '' ? null : parseWholeMoment(time === '' ? date : `${date}T${time}`);
}

/** The parts of a draft that the dossier itself gives, no person among them. */
export function draftOfRecord(record: Dossier): Partial<LetterDraft> {
  const { code, procedure, status, dayOnly } = record;
  // Taken in for another unit (phi địa giới): the limit runs from the receipt by the competent one.
  const received: MomentFieldName = record.competentReceivedAt === undefined ? 'receivedAt' : 'competentReceivedAt';
  return {
    code,
    procedure: procedure.name ?? '',
    received: momentInputs(record[received], dayOnly.includes(received)),
    due: momentInputs(record.dueAt, dayOnly.includes('dueAt')),
    status: status.text,
    // A second appointment that stands on the page is the one that was allowed.
    reappointments: record.extendedDueAt === undefined ? 0 : APOLOGY_RULE.maxReappointments,
  };
}

/** The parties that a page names, in the order in which a letter goes to them; the submitter only when someone says so. */
export function partiesOf(recipient: Recipient): PartyKind[] {
  return (['authorised', 'owner', 'submitter'] as const).filter((kind) => recipient[kind]?.trim());
}

/** The draft addressed to one of the parties; address and telephone are those of the first that the page names. */
export function addressedTo(recipient: Recipient, kind: PartyKind | undefined): Partial<LetterDraft> {
  const isFirst = kind !== undefined && kind === partiesOf(recipient)[0];
  // What the page says of an organisation, it says of whose dossier it is.
  const isApplicant = kind === 'owner' || (kind === 'submitter' && !recipient.owner);
  return {
    to: kind === undefined ? '' : (recipient[kind]?.trim() ?? ''),
    organisation: isApplicant && recipient.organisation === true,
    honorific: '',
    address: (isFirst && recipient.address) || '',
    phone: (isFirst && recipient.phone) || '',
  };
}

/** What a page gives to a draft: authorised person if there is one, else the owner. */
export function draftOfFacts({ record, recipient }: LetterFacts): Partial<LetterDraft> {
  const [first] = partiesOf(recipient);
  return { ...draftOfRecord(record), ...addressedTo(recipient, first === 'submitter' ? undefined : first) };
}
