import type { Dossier, DossierComponent, MomentFieldName } from '../schema/index.ts';
import type { ReadContext } from './adapter.ts';
import { channelIn, channelOf, MOMENT_HEADERS } from './headers.ts';
import type { LabelMap } from './labels.ts';
import { buildRecord } from './record.ts';
import { type Supplements, withSupplements } from './supplements.ts';
import { type MomentReading, readCodeCell, readLimit, readMoment, readProcedure, readStatus } from './values.ts';

/** What an adapter knows beside the labels of a detail page. */
export interface DetailExtras {
  adapter: string;
  systemId?: string;
  /** Procedure from a heading, when no label has it. */
  procedure?: Dossier['procedure'];
  components?: DossierComponent[];
  supplements?: Supplements;
}

/** The record of a detail page from its labelled values; null when there is no code, because then it is no dossier. */
export function buildDetail(labels: LabelMap, context: ReadContext, extras: DetailExtras): Dossier | null {
  const found = readCodeCell(labels.get('code')?.lines ?? []);
  if (found === null) return null;
  const { codes } = found;
  const other = readCodeCell(labels.get('otherCode')?.lines ?? []);
  if (other?.codes.codeKnown && other.codes.code !== codes.code) codes.aliases = [...codes.aliases, other.codes.code];

  const moments: Partial<Record<MomentFieldName, MomentReading>> = { receivedAt: 'not-shown', dueAt: 'not-shown' };
  for (const field of MOMENT_HEADERS) {
    const label = labels.get(field);
    if (label) moments[field] = readMoment(label.lines);
  }
  // OpenCPS writes "Một cửa" where an online dossier has its submission date.
  const submitted = labels.get('submittedAt')?.lines.join(' ') ?? '';
  const channel = channelIn(labels.get('channel')?.lines.join(' ') ?? '') ?? channelOf(submitted) ?? found.channel;
  if (channelOf(submitted)) delete moments.submittedAt;

  const title = labels.get('procedure')?.value.getAttribute('title') ?? null;
  const named = readProcedure(labels.get('procedure')?.lines.join(' ') ?? '', title);
  const procedure = named.name === undefined ? { ...named, ...extras.procedure } : named;
  const code = labels.get('procedureCode')?.lines[0];
  if (procedure.code === undefined && code !== undefined) procedure.code = code.slice(0, 60);

  const record = buildRecord({
    adapter: extras.adapter,
    readAt: context.readAt,
    codes,
    systemId: extras.systemId,
    procedure,
    procedureGap: labels.has('procedure') ? 'absent' : 'not-shown',
    status: readStatus(labels.get('status')?.lines ?? []),
    statusGap: labels.has('status') ? 'absent' : 'not-shown',
    moments,
    unit: labels.get('unit')?.lines[0],
    channel: channel ?? undefined,
    limit: readLimit(labels.get('limit')?.lines.join(' ') ?? ''),
    step: labels.get('step')?.lines[0],
    components: extras.components,
  });
  return withSupplements(record, extras.supplements);
}
