import { type Dossier, type FieldGap, MOMENT_FIELDS, type MomentFieldName } from '../schema/index.ts';
import { dayOf } from '../text/index.ts';

function sameMoment(a: Dossier, b: Dossier, field: MomentFieldName): boolean {
  const x = a[field] as number;
  const y = b[field] as number;
  if (a.dayOnly.includes(field) || b.dayOnly.includes(field)) return dayOf(x) === dayOf(y);
  return x === y;
}

const isOther = (record: Dossier, code: string) => code !== record.code;

/**
 * One record from what the page fetched (`json`) and what it shows (`dom`), for the same dossier. JSON knows more and
 * more exactly; but where the screen contradicts it, the screen is what the officer sees and what a stale answer or
 * a forged message cannot change, so the screen's value stands and the field is noted as a conflict.
 */
export function mergeReadings(json: Dossier, dom: Dossier): Dossier {
  const gaps: FieldGap[] = json.gaps.filter((gap) => gap.reason === 'conflict');
  const merged: Dossier = {
    ...json,
    code: dom.code,
    codeKnown: dom.codeKnown,
    aliases: [...new Set([...dom.aliases, ...json.aliases, json.code])].filter((c) => isOther(dom, c)).slice(0, 8),
    procedure: { code: json.procedure.code ?? dom.procedure.code, name: json.procedure.name ?? dom.procedure.name },
    unit: json.unit ?? dom.unit,
    channel: json.channel ?? dom.channel,
    limit: json.limit ?? dom.limit,
    step: json.step ?? dom.step,
    supplementRequests: json.supplementRequests ?? dom.supplementRequests,
    components: json.components ?? dom.components,
    pauses: json.pauses.length > 0 ? json.pauses : dom.pauses,
    noDueDate: dom.noDueDate,
    dayOnly: [],
    gaps,
  };
  const dayOnly: MomentFieldName[] = [];
  for (const field of MOMENT_FIELDS) {
    let from = json[field] === undefined ? dom : json;
    // Systems that show the extended date in the appointment column: not a conflict with the original date.
    const shownAsDue = field === 'dueAt' && json.extendedDueAt !== undefined && dom.dueAt === json.extendedDueAt;
    if (json[field] !== undefined && dom[field] !== undefined && !sameMoment(json, dom, field) && !shownAsDue) {
      from = dom;
      gaps.push({ field, reason: 'conflict' });
    }
    merged[field] = from[field];
    if (from.dayOnly.includes(field) && from[field] !== undefined) dayOnly.push(field);
  }
  merged.dayOnly = dayOnly;
  // A screen that promises nothing is not given a date by an answer.
  if (dom.noDueDate) merged.dueAt = undefined;
  if (dom.status.code !== 'unknown' && json.status.code !== dom.status.code) {
    if (json.status.code !== 'unknown' && !statusGroupAgrees(json, dom))
      gaps.push({ field: 'status', reason: 'conflict' });
    if (!statusGroupAgrees(json, dom)) merged.status = dom.status;
  } else if (dom.status.code === 'unknown' && dom.status.text !== '' && dom.status.text !== json.status.text) {
    // The screen says something we do not understand while the answer says something we do: not certain any more.
    merged.status = dom.status;
    gaps.push({ field: 'status', reason: 'conflict' });
  }
  for (const gap of dom.gaps) if (missing(merged, gap.field)) gaps.push(gap);
  return merged;
}

/** A menu title groups "received" and "in progress"; the finer word is not a contradiction. */
function statusGroupAgrees(json: Dossier, dom: Dossier): boolean {
  const running = (code: unknown) => code === 2 || code === 4;
  return running(json.status.code) && running(dom.status.code);
}

function missing(record: Dossier, field: string): boolean {
  if (field === 'status') return record.status.code === 'unknown';
  if (field === 'procedure') return record.procedure.name === undefined;
  return record[field as keyof Dossier] === undefined;
}
