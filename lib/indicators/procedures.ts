import { shippedTable, type WorkTable } from '../calendar/index.ts';
import { countingAt, DEFAULT_RULES, dueAt } from '../deadline/index.ts';
import { type Catalogue, checkDossier, procedureNumber, procedureOfDossier } from '../digitization/index.ts';
import type { Dossier, DossierLimit, Rules } from '../schema/index.ts';

/** What is known of a procedure; undefined: not known. */
export interface ProcedureFacts {
  /** Does it end in a paper (kết quả bằng văn bản, giấy tờ)? */
  yieldsPaper: boolean | undefined;
  hasFee: boolean | undefined;
  /** Longest time that it may take. */
  limit: DossierLimit | undefined;
}

export type ProcedureLookup = (procedure: string | undefined) => ProcedureFacts;

const NOTHING: ProcedureFacts = { yieldsPaper: undefined, hasFee: undefined, limit: undefined };
/** A dossier that has ended and has no result file: whether check D2 holds that against it says whether its procedure yields a paper. */
const ENDED: Dossier = {
  code: '-',
  aliases: [],
  codeKnown: false,
  procedure: {},
  dayOnly: [],
  status: { code: 9, text: '' },
  pauses: [],
  source: { kind: 'file', adapter: 'indicators', readAt: 0 },
  gaps: [],
};
const PAPER = { fail: true, 'not-applicable': false, pass: undefined, unknown: undefined } as const;

/** Limits that can be counted; a same-day limit has no length. */
function limitOf(limit: { value: number | null; unit: string } | undefined): DossierLimit | undefined {
  if (limit === undefined || limit.value === null) return undefined;
  const { value, unit } = limit;
  return unit === 'workday' || unit === 'calendarDay' || unit === 'hour' || unit === 'month'
    ? { value, unit }
    : undefined;
}

/** Looks procedures up in a catalogue, by their number or their whole name; what was found is remembered. */
export function lookupIn(catalogue: Catalogue): ProcedureLookup {
  const known = new Map<string, ProcedureFacts>();
  const find = (procedure: string): ProcedureFacts => {
    const named = procedureNumber(procedure) === null ? { name: procedure } : { code: procedure };
    const found = procedureOfDossier(named, catalogue);
    if (found === undefined) return NOTHING;
    const d2 = checkDossier(ENDED, undefined, found, { results: [] }).find(({ id }) => id === 'D2');
    return {
      yieldsPaper: d2 && PAPER[d2.state],
      hasFee: found.fee ?? undefined,
      limit: limitOf(found.limit),
    };
  };
  return (procedure) => {
    if (procedure === undefined) return NOTHING;
    const before = known.get(procedure);
    if (before !== undefined) return before;
    const facts = find(procedure);
    if (known.size < 20_000) known.set(procedure, facts);
    return facts;
  };
}

/** Due moment of a limit, epoch minutes; null when it cannot be counted. */
export type LimitCounter = (receivedAt: number, limit: DossierLimit) => number | null;

/** Counts limits as the deadlines do. Left out: the rules and the calendar that ship. */
export function limitCounter(rules: Rules = DEFAULT_RULES, table: WorkTable = shippedTable()): LimitCounter {
  return (receivedAt, limit) =>
    dueAt(table, { receivedAt: Math.floor(receivedAt), limit }, countingAt(rules, receivedAt));
}
