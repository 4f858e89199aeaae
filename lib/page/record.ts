import type { CellCodes } from '../dossier/index.ts';
import type { Dossier, DossierComponent, DossierLimit, FieldGap, MomentFieldName } from '../schema/index.ts';
import { minuteOfDay } from '../text/index.ts';
import { MOMENT_HEADERS } from './headers.ts';
import type { GapReason, MomentReading, Status } from './values.ts';

/** Everything a reader found about one dossier. There is no field for a person, so none can slip in. */
export interface Findings {
  adapter: string;
  readAt: number;
  codes: CellCodes;
  systemId?: string;
  procedure: Dossier['procedure'];
  /** Why the procedure's name is missing, if it is. */
  procedureGap: GapReason;
  status: Status;
  statusGap: GapReason;
  moments: Partial<Record<MomentFieldName, MomentReading>>;
  unit?: string;
  channel?: Dossier['channel'];
  limit?: DossierLimit;
  step?: string;
  components?: DossierComponent[];
}

/** Fields that are never silently missing: each has its gap with the reason. */
const ALWAYS_TOLD: readonly MomentFieldName[] = ['receivedAt', 'dueAt'];

const DUE_FIELDS: ReadonlySet<MomentFieldName> = new Set(['dueAt', 'extendedDueAt']);

/** The canonical record of what was read, with a gap for every field that could not be. */
export function buildRecord(found: Findings): Dossier {
  const gaps: FieldGap[] = [];
  const dayOnly: MomentFieldName[] = [];
  const record: Dossier = {
    code: found.codes.code,
    aliases: found.codes.aliases,
    codeKnown: found.codes.codeKnown,
    procedure: found.procedure,
    dayOnly,
    status: found.status,
    pauses: [],
    source: { kind: 'dom', adapter: found.adapter, readAt: found.readAt },
    gaps,
  };
  if (found.systemId !== undefined) record.systemId = found.systemId;
  if (found.procedure.name === undefined) gaps.push({ field: 'procedure', reason: found.procedureGap });
  for (const field of MOMENT_HEADERS) {
    const reading = found.moments[field];
    if (reading !== undefined && typeof reading !== 'string') {
      record[field] = reading.minute;
      // A promise "at 00:00" is a day without a time: nobody is asked to come at midnight.
      if (reading.dayOnly || (DUE_FIELDS.has(field) && minuteOfDay(reading.minute) === 0)) dayOnly.push(field);
    } else if (reading === 'none') {
      record.noDueDate = true;
    } else if (ALWAYS_TOLD.includes(field) || reading === 'unreadable') {
      gaps.push({ field, reason: reading ?? 'no-column' });
    }
  }
  if (found.status.code === 'unknown') {
    gaps.push({ field: 'status', reason: found.status.text === '' ? found.statusGap : 'unreadable' });
  }
  if (found.unit) record.unit = found.unit.slice(0, 300);
  if (found.channel) record.channel = found.channel;
  if (found.limit) record.limit = found.limit;
  if (found.step) record.step = { name: found.step.slice(0, 300) };
  if (found.components) record.components = found.components;
  return record;
}
