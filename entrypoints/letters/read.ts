import {
  closeOfDay,
  isWorkingDay,
  nominalClose,
  nthWorkingDayAfter,
  type WorkTable,
} from '../../lib/calendar/index.ts';
import { apologyWindow, type Basis } from '../../lib/deadline/index.ts';
import {
  checkNewDate,
  type DossierFacts,
  isProvisionalDate,
  type Letter,
  type LetterChoice,
  type LetterForm,
  type LetterProblem,
  type LetterUnit,
  letterOf,
  proposeNewDate,
} from '../../lib/letters/index.ts';
import { dayOf, type ParsedMoment } from '../../lib/text/index.ts';
import { longDay, longMoment, sentence } from '../../lib/ui/index.ts';
import { type LetterDraft, type Moment, momentInputs, momentOf } from './draft.ts';

/** What keeps a letter from being made; `field` is the id of the control to go to. */
export interface Fault {
  field: string;
  message: string;
  /** Not answered yet, rather than answered wrongly. */
  missing: boolean;
}

/** Control of each tag that the officer answers; the others are the unit's. */
const CONTROLS: Readonly<Record<string, string>> = {
  kinhGui: 'to',
  diaChi: 'address',
  soDienThoai: 'phone',
  maHoSo: 'code',
  tenThuTuc: 'procedure',
  ngayTiepNhan: 'received',
  ngayHenTraCu: 'due',
  tinhTrang: 'status',
  lyDo: 'reason',
  ngayHenTraMoi: 'next',
  lanHenLai: 'next',
};

/** Controls of the unit's settings, where they are not named like the tag. */
const UNIT_CONTROLS: Readonly<Record<string, string>> = { diaDanhNgay: 'diaDanh', soKyHieu: 'kyHieu' };

export const unitControl = (tag: string) => `unit-${UNIT_CONTROLS[tag] ?? tag}`;

/** Everything that follows from a draft. */
export interface Reading {
  facts: DossierFacts;
  choice: LetterChoice;
  /** The letter, when nothing stands against it. */
  letter: Letter | null;
  problems: LetterProblem[];
  faults: Fault[];
  /** The new date that is shown: chosen or proposed. */
  next: Moment;
  /** The new date in words. */
  nextWords: string;
  /** Its year has no official calendar yet. */
  provisional: boolean;
  /** Old appointment as it is judged; moment by which the letter has to be out. Epoch minutes. */
  dueAt: number | null;
  letterDueAt: number | null;
}

export interface Circumstances {
  unit: LetterUnit;
  form: LetterForm;
  basis: Basis;
  now: number;
  /** Re-appointments by letters that the register knows of. */
  registered: number;
}

const letterMoment = (moment: ParsedMoment | null) =>
  moment === null ? undefined : { at: moment.minute, dayOnly: moment.dayOnly };

/** The moment by which an appointment is judged: the close of its day when it has no hour, of the next working day when that is off. */
function judged(table: WorkTable, { minute, dayOnly }: ParsedMoment): number {
  const day = dayOf(minute);
  if (isWorkingDay(table, day)) return dayOnly ? nominalClose(table, day) : minute;
  const next = nthWorkingDayAfter(table, day, 1);
  return (next === null ? null : closeOfDay(table, next)) ?? minute;
}

/** "17:00 thứ Tư 02/12/2026", or the day alone; empty for none. */
export function momentWords(value: Moment): string {
  const moment = momentOf(value);
  if (moment === null) return '';
  return moment.dayOnly ? longDay(dayOf(moment.minute)) : longMoment(moment.minute);
}

/** A proposal for the new date; nothing without an old date or when no further one is allowed. */
function proposed(due: number | null, again: number, { basis, now }: Circumstances): Moment {
  const at = due === null ? null : proposeNewDate(basis.table, now, due, again);
  return momentInputs(at ?? undefined, false);
}

function faultOf({ field, why, message }: LetterProblem): Fault {
  return { field: CONTROLS[field] ?? unitControl(field), message: sentence(message), missing: why === 'missing' };
}

/** Reads a draft: the letter, or everything that stands against it, each with its field. */
export function readLetter(draft: LetterDraft, circumstances: Circumstances): Reading {
  const { unit, form, basis, now, registered } = circumstances;
  const again = Math.max(draft.reappointments, registered);
  const due = momentOf(draft.due);
  const received = momentOf(draft.received);
  const dueAt = due && judged(basis.table, due);
  const next = draft.next ?? proposed(dueAt, again, circumstances);
  const newDue = momentOf(next);
  const facts: DossierFacts = {
    code: draft.code,
    procedureName: draft.procedure,
    receivedAt: letterMoment(received),
    dueAt: letterMoment(due),
    statusText: draft.status,
    reappointments: again,
    owner: {
      name: draft.to,
      honorific: draft.honorific,
      organisation: draft.organisation,
      address: draft.address,
      phone: draft.phone,
    },
  };
  const choice: LetterChoice = { form, reason: draft.reason, newDueAt: letterMoment(newDue), channel: draft.channel };
  const result = letterOf(facts, unit, choice);
  const problems = result.ok ? [] : result.problems;
  const faults = problems.map(faultOf);
  const dates = newDue && dueAt !== null ? checkNewDate(basis.table, now, dueAt, newDue.minute, again) : [];
  // The second re-appointment is among the problems of the letter already.
  for (const { id, message } of dates)
    if (id !== 'second') faults.push({ field: 'next', message: sentence(message), missing: false });
  if (received && due && received.minute > due.minute)
    faults.push({ field: 'due', message: 'Ngày hẹn trả phải sau ngày tiếp nhận', missing: false });
  const window = dueAt === null ? null : apologyWindow(basis.table, dueAt, now, again, received?.minute);
  return {
    facts,
    choice,
    letter: result.ok && faults.length === 0 ? result.letter : null,
    problems,
    faults,
    next,
    nextWords: momentWords(next),
    provisional: newDue !== null && isProvisionalDate(basis.table, newDue.minute),
    dueAt,
    letterDueAt: window?.letterDueAt ?? null,
  };
}
