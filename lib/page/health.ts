import type { Dossier, FieldGap } from '../schema/index.ts';
import { HEALTH_FIELDS, type HealthField, type ListReading } from './adapter.ts';

interface FieldHealth {
  field: HealthField;
  /** Rows that have it. */
  found: number;
  /** Rows that should: a dossier that was refused has no appointment, a new one has no receipt. */
  expected: number;
  /** Header it was read from. */
  column?: string;
}

export interface PageHealth {
  fields: FieldHealth[];
  /** False when a field that rows should have was found in none of them, or when rows gave no code. */
  ok: boolean;
}

/** From this many rows on, a field that is empty in all of them is not a coincidence. */
const MANY_ROWS = 3;

/** A page that does not show a date may have none to show; one without a status or a procedure has changed. */
function isFault(field: HealthField, reason: FieldGap['reason']): boolean {
  if (reason === 'no-column' || reason === 'unreadable') return true;
  return reason === 'not-shown' && (field === 'status' || field === 'procedure');
}

function has(record: Dossier, field: HealthField): boolean {
  if (field === 'procedure') return record.procedure.name !== undefined;
  if (field === 'status') return record.status.text !== '';
  // "Không có ngày hẹn trả" is what the column has to say.
  if (field === 'dueAt')
    return record.noDueDate === true || record.dueAt !== undefined || record.extendedDueAt !== undefined;
  return record[field] !== undefined;
}

/** States in which a dossier has not been received, or never was: no receipt and no promise is as it should be. */
const BEFORE_RECEIPT: ReadonlySet<Dossier['status']['code']> = new Set([1, 3]);

function isExpected(record: Dossier, field: HealthField): boolean {
  const dated = field === 'receivedAt' || field === 'dueAt';
  return !(dated && BEFORE_RECEIPT.has(record.status.code)) || has(record, field);
}

/** What a list gave, field by field: the popup's "sức khỏe trang" and the command line's last line. */
export function healthOf(list: ListReading): PageHealth {
  const records = list.rows.map((row) => row.record);
  const fields = HEALTH_FIELDS.map((field): FieldHealth => {
    const expected = records.filter((record) => isExpected(record, field)).length;
    const found = records.filter((record) => has(record, field)).length;
    const column = list.columns[field];
    const extra = field === 'code' ? list.unreadable : 0;
    return { field, found, expected: expected + extra, ...(column !== undefined && { column }) };
  });
  const sound = fields.every(({ field, found, expected }) => {
    if (expected === 0 || found > 0) return true;
    const reasons = records.flatMap((record) => record.gaps.filter((gap) => gap.field === field));
    return expected < MANY_ROWS && !reasons.some((gap) => isFault(field, gap.reason));
  });
  return { fields, ok: sound && list.unreadable === 0 };
}
