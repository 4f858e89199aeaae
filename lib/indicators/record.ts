import { checkDossier } from '../digitization/index.ts';
import type { SideRecord } from '../reconcile/index.ts';
import type { Dossier, DossierLimit, DossierStatusCode } from '../schema/index.ts';

/** A span in which a dossier waited for a supplement; `to` null while it still waits. Epoch minutes. */
export interface Wait {
  from: number;
  to: number | null;
}

/**
 * A dossier as far as the indicators look at it; nothing of a person. Moments are epoch minutes, with a fraction where the source tells
 * seconds. Undefined means that the source does not tell, never "no".
 */
export interface IndicatorRecord {
  code: string;
  unit?: string | undefined;
  /** Code of the procedure, or its whole name. */
  procedure?: string | undefined;
  status?: DossierStatusCode | undefined;
  receivedAt?: number | undefined;
  dueAt?: number | undefined;
  /** Đã xử lý xong. */
  finishedAt?: number | undefined;
  /** Đã trả kết quả. */
  returnedAt?: number | undefined;
  /** Which of the moments are bare dates. */
  dayOnly?: readonly string[] | undefined;
  limit?: DossierLimit | undefined;
  /** A second appointment was made (gia hạn, hẹn lại). */
  extended?: boolean | undefined;
  supplements?: readonly Wait[] | undefined;
  /** How often a supplement was asked for. */
  supplementRequests?: number | undefined;
  channel?: 'counter' | 'online' | 'post' | undefined;
  hasResult?: boolean | undefined;
  /** At least one paper of the dossier has a file. */
  hasFiles?: boolean | undefined;
  /** At least one paper is marked as reused digitized data. */
  reused?: boolean | undefined;
  /** A paper came from, or the result went to, the citizen's store of the portal. */
  stored?: boolean | undefined;
  /** Account verified by VNeID, or data of the population database used. */
  citizenData?: boolean | undefined;
  paidOnline?: boolean | undefined;
  /** Fee to be paid, đồng. */
  fee?: number | undefined;
  /** The national portal has it. */
  synced?: boolean | undefined;
}

/** What a source may tell of a dossier beyond the record that it is read into. */
export type ExtraFacts = Omit<Partial<IndicatorRecord>, 'code' | 'dayOnly'>;

const TOLD = { pass: true, fail: false, unknown: undefined, 'not-applicable': undefined } as const;

/** Only pauses that are called a supplement are requests; undefined: nothing tells how many there were. */
function requestsOf({ pauses, supplementRequests }: Dossier): number | undefined {
  const seen = pauses.filter(({ kind }) => kind === 'supplement').length;
  return seen === 0 ? supplementRequests : Math.max(seen, supplementRequests ?? 0);
}

/**
 * A canonical record (worklist, saved page). Its papers are judged by checks D1 and D4; pauses of no named kind count as supplements, as
 * they do in the deadlines.
 */
export function recordOfDossier(dossier: Dossier, extra: ExtraFacts = {}): IndicatorRecord {
  const { components, pauses, procedure, status } = dossier;
  const checks = components === undefined ? [] : checkDossier(dossier, components, undefined);
  const told = (id: 'D1' | 'D4') => TOLD[checks.find((check) => check.id === id)?.state ?? 'unknown'];
  return {
    code: dossier.code,
    unit: dossier.unit,
    procedure: procedure.code ?? procedure.name,
    status: status.code,
    receivedAt: dossier.receivedAt,
    dueAt: dossier.dueAt,
    finishedAt: dossier.completedAt,
    returnedAt: dossier.returnedAt,
    dayOnly: dossier.dayOnly,
    limit: dossier.limit,
    extended: dossier.extendedDueAt !== undefined,
    supplements: pauses.filter(({ kind }) => (kind ?? 'supplement') === 'supplement'),
    supplementRequests: requestsOf(dossier),
    channel: dossier.channel,
    hasFiles: told('D1'),
    reused: told('D4'),
    ...extra,
  };
}

const minuteOf = (second: number | undefined) => (second === undefined ? undefined : second / 60);

/** A record of one side of a reconciliation or a row of a file, with what else its columns tell. */
export function recordOfSide(side: SideRecord, extra: ExtraFacts = {}): IndicatorRecord {
  const { code, unit, procedure, status, receivedAt, dueAt, finishedAt, dayOnly, hasResult } = side;
  return {
    code,
    unit,
    procedure,
    status: status === undefined ? undefined : status === 0 ? 'unknown' : (status as DossierStatusCode),
    receivedAt: minuteOf(receivedAt),
    dueAt: minuteOf(dueAt),
    finishedAt: minuteOf(finishedAt),
    dayOnly,
    hasResult,
    ...extra,
  };
}
