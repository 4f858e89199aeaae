import { isKnownCode, statusOf } from '../dossier/index.ts';
import type { Dossier, FieldGap, MomentFieldName, WireBatch, WireDossier } from '../schema/index.ts';
import { fold, minuteOfDay, type ParsedMoment, parseMoment } from '../text/index.ts';

/** How one system's own answers are known and cut down to the fields of the record. Runs in the page world. */
export interface JsonSource {
  adapter: string;
  /** What an answer from this path holds, or null when it is none of ours. */
  kindOf(pathname: string): WireBatch['kind'] | null;
  /** Fields of the record only; whatever is a person's stays behind. Never throws on odd shapes. */
  project(body: unknown): WireDossier[];
}

type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list that some servers send as the bare object when it has one item. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? [value] : [];
}

/** Trimmed text of at most `max` units, from text or a number; undefined when empty or of another kind. */
export function textOf(value: unknown, max = 80): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  return text.trim().slice(0, max) || undefined;
}

export function numberOf(value: unknown): number | undefined {
  const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof n === 'number' && Number.isFinite(n) ? n : undefined;
}

/** Lower-case extension of a file name; the name itself is personal data and stays in the page. */
export function extensionOf(name: unknown): string | undefined {
  const match = typeof name === 'string' ? /\.([A-Za-z0-9]{1,8})$/.exec(name.trim()) : null;
  return match?.[1]?.toLowerCase();
}

const CHANNELS: Record<string, Dossier['channel']> = {
  'truc tuyen': 'online',
  true: 'online',
  'truc tiep': 'counter',
  false: 'counter',
  'buu chinh': 'post',
  'buu chinh cong ich': 'post',
};

/** Channel (kênh nộp) of the words or flag a system uses; undefined when not in our list. */
function channelOf(text: string | undefined): Dossier['channel'] | undefined {
  return text === undefined ? undefined : CHANNELS[fold(text)];
}

const MOMENTS: readonly (readonly [keyof WireDossier, MomentFieldName])[] = [
  ['submitted', 'submittedAt'],
  ['received', 'receivedAt'],
  ['due', 'dueAt'],
  ['extended', 'extendedDueAt'],
  ['completed', 'completedAt'],
  ['returned', 'returnedAt'],
];

/** No office is open at midnight: 00:00 in a due field is a date that some system stored as a moment. */
function isMidnightDue(field: MomentFieldName, moment: ParsedMoment): boolean {
  return (field === 'dueAt' || field === 'extendedDueAt') && minuteOfDay(moment.minute) === 0;
}

function limitOf(value: number | undefined, unit: 'd' | 'h' | undefined): Dossier['limit'] {
  if (value === undefined || unit === undefined || value <= 0 || value > 10_000) return undefined;
  return { value, unit: unit === 'h' ? 'hour' : 'workday' };
}

/**
 * The record of one dossier that the page fetched. A date that cannot be read becomes a gap, never a guess.
 * @param readAt epoch minutes
 */
export function fromWire(wire: WireDossier, adapter: string, readAt: number): Dossier {
  const other = wire.otherCode !== undefined && wire.otherCode !== wire.code ? [wire.otherCode] : [];
  const gaps: FieldGap[] = [];
  const record: Dossier = {
    code: wire.code,
    aliases: other,
    // A field, not a cell: what stands in it is the code, in whatever form.
    codeKnown: isKnownCode(wire.code),
    procedure: { code: wire.procedureCode, name: wire.procedureName },
    dayOnly: [],
    status: { code: wire.status === undefined ? 'unknown' : statusOf(wire.status), text: wire.status ?? '' },
    pauses: [],
    source: { kind: 'json', adapter, readAt },
    gaps,
  };
  if (wire.id !== undefined) record.systemId = wire.id;
  if (wire.unit !== undefined) record.unit = wire.unit;
  const channel = channelOf(wire.channel);
  if (channel !== undefined) record.channel = channel;
  for (const [from, field] of MOMENTS) {
    const text = wire[from] as string | undefined;
    if (text === undefined) continue;
    const moment = parseMoment(text);
    if (moment === null) {
      gaps.push({ field, reason: 'unreadable' });
      continue;
    }
    record[field] = moment.minute;
    if (moment.dayOnly || isMidnightDue(field, moment)) record.dayOnly.push(field);
  }
  if (record.dueAt === undefined && !gaps.some((gap) => gap.field === 'dueAt')) {
    gaps.push({ field: 'dueAt', reason: 'absent' });
  }
  const limit = limitOf(wire.limitValue, wire.limitUnit);
  if (limit) record.limit = limit;
  const step = {
    name: wire.stepName,
    startedAt: parseMoment(wire.stepStarted ?? '')?.minute,
    dueAt: parseMoment(wire.stepDue ?? '')?.minute,
    limit: limitOf(wire.stepLimitValue, wire.stepLimitUnit),
  };
  if (Object.values(step).some((value) => value !== undefined)) record.step = step;
  if (wire.components) {
    record.components = wire.components.map((component) => ({
      name: component.name,
      kind: component.type,
      quantity: component.quantity,
      state: component.files.length > 0 ? 'present' : 'unknown',
      files: component.files,
    }));
  }
  return record;
}
