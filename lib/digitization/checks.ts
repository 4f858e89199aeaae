import type { Dossier, DossierComponent } from '../schema/index.ts';
import data from './data/checks.json' with { type: 'json' };
import { wordsOf } from './names.ts';
import type { CheckReason } from './reasons.ts';
import { hasFile, shownName } from './rows.ts';
import type { CatalogueProcedure } from './schema.ts';

export type CheckId = 'D1' | 'D2' | 'D3' | 'D4' | 'D5' | 'D6' | 'D7' | 'D8' | 'D9';
export type CheckSeverity = 'error' | 'warn' | 'info';

interface CheckRule {
  id: CheckId;
  title: string;
  severity: CheckSeverity;
  softSeverity?: CheckSeverity;
  /** Indicators of QĐ 766 that a dossier costs which fails. */
  costs: string[];
  source: string;
}

/** Checks D1–D9, as data. */
export const CHECK_RULES = data.checks as readonly CheckRule[];
/** Indicators of QĐ 766 that a check can cost, by number. */
export const INDICATORS: Readonly<Record<string, string>> = data.indicators;

export interface CheckResult {
  id: CheckId;
  title: string;
  /** `unknown`: không kiểm tra được, and `why` says what is not known. */
  state: 'pass' | 'fail' | 'not-applicable' | 'unknown';
  severity: CheckSeverity;
  costs: readonly string[];
  why: CheckReason;
}

/** What other sources than the page know of a dossier (the payload of the national portal, a report). All of it optional. */
export interface DossierFacts {
  /** Result files. */
  results?: readonly { size?: number; type?: string }[];
  /** TrangThaiSoHoa: 0 not digitized, 1 digitized, 2 papers reused, 3 results reused. */
  digitization?: 0 | 1 | 2 | 3;
  /** Fee to be paid, đồng. */
  fee?: number;
  /** DuocThanhToanTrucTuyen; null: not paid online. */
  onlinePayment?: number | null;
}

interface Case {
  record: Dossier;
  /** Rows that are papers, when the papers were read at all. */
  papers: readonly DossierComponent[] | undefined;
  procedure: CatalogueProcedure | undefined;
  facts: DossierFacts;
}

type Outcome = Pick<CheckResult, 'state' | 'why'> & { soft?: boolean };

const PASS: Outcome = { state: 'pass', why: { kind: 'ok' } };
const fail = (why: CheckReason): Outcome => ({ state: 'fail', why });
const skip = (why: CheckReason): Outcome => ({ state: 'not-applicable', why });
const cannot = (what: Extract<CheckReason, { kind: 'not-read' }>['what']): Outcome => ({
  state: 'unknown',
  why: { kind: 'not-read', what },
});

const anyFile = (papers: readonly DossierComponent[]) => papers.some(hasFile);
const has = (list: readonly number[], value: unknown) => typeof value === 'number' && list.includes(value);

/** D4 and D5 go by marks that pages do not show; a paper that is marked was marked by its source. */
const isMarked = ({ state }: DossierComponent) => state === 'digitized' || state === 'reused';

const ELECTRONIC_ONLY = /^(?:cap nhat|ket qua theo danh muc)/;
/** Does the procedure end in a paper? Undefined when the catalogue does not name its results. */
function yieldsPaper(procedure: CatalogueProcedure | undefined): boolean | undefined {
  const names = (procedure?.results ?? []).map(({ name }) => wordsOf(name));
  if (names.length === 0) return undefined;
  if (names.some((name) => !ELECTRONIC_ONLY.test(name))) return true;
  return names.every((name) => name.startsWith('cap nhat')) ? false : undefined;
}

const CHECKS: Record<CheckId, (one: Case) => Outcome> = {
  D1: ({ papers }) =>
    papers === undefined ? cannot('components') : anyFile(papers) ? PASS : fail({ kind: 'no-file' }),

  D2: ({ record, procedure, facts: { results } }) => {
    const { code } = record.status;
    if (code === 'unknown') return cannot('status');
    if (!data.endedStatuses.includes(code)) return skip({ kind: 'not-ended' });
    if (yieldsPaper(procedure) === false) return skip({ kind: 'no-paper-result' });
    if (results === undefined) return cannot('results');
    if (results.length > 0) return PASS;
    return yieldsPaper(procedure) ? fail({ kind: 'no-result-file' }) : cannot('results');
  },

  D3: ({ papers, facts: { results } }) => {
    if (results === undefined) return cannot('results');
    if (papers === undefined) return cannot('components');
    const files = papers.flatMap((paper) => paper.files);
    if (files.length === 0 || results.length === 0) return PASS;
    if ([...files, ...results].some(({ size, type }) => size === undefined || type === undefined))
      return cannot('sizes');
    const same = results.some((one) => files.some(({ size, type }) => size === one.size && type === one.type && size));
    return same ? fail({ kind: 'result-is-component' }) : PASS;
  },

  D4: ({ papers, facts: { digitization } }) => {
    if (papers?.some(isMarked) || (digitization ?? 0) > 0) return PASS;
    if (digitization === 0) return fail({ kind: 'nothing-marked' });
    if (papers === undefined) return cannot('components');
    return anyFile(papers) ? cannot('marks') : fail({ kind: 'nothing-marked' });
  },

  D5: ({ papers, facts: { digitization } }) => {
    if (digitization === undefined) return cannot('marks');
    if (papers === undefined) return cannot('components');
    if (digitization === 0 && anyFile(papers)) return fail({ kind: 'file-without-mark' });
    // Papers that are reused (2, 3) need no file of their own.
    if (digitization === 1 && !anyFile(papers)) return fail({ kind: 'marked-without-file' });
    return PASS;
  },

  D6: ({ record }) => {
    if (record.receivedAt !== undefined) return PASS;
    const { code } = record.status;
    if (code === 'unknown') return cannot('status');
    if (data.notReceivedStatuses.includes(code)) return skip({ kind: 'not-received-yet' });
    const empty = record.gaps.some(({ field, reason }) => field === 'receivedAt' && reason === 'absent');
    return empty ? fail({ kind: 'no-received-date' }) : cannot('received');
  },

  D7: ({ record }) => {
    const seen = record.pauses.filter(({ kind }) => kind === 'supplement').length;
    const count = Math.max(seen, record.supplementRequests ?? 0);
    const most = data.maxSupplementRequests;
    if (count > most) return fail({ kind: 'supplements', count, most });
    return record.supplementRequests === undefined ? cannot('supplements') : PASS;
  },

  D8: ({ procedure, facts: { fee, onlinePayment } }) => {
    if (fee === 0 || (fee === undefined && procedure?.fee === false)) return skip({ kind: 'no-fee' });
    if (fee === undefined) return cannot('fee');
    if (onlinePayment === undefined) return cannot('payment');
    return has(data.onlinePayment, onlinePayment) ? PASS : fail({ kind: 'not-paid-online' });
  },

  D9: ({ papers }) => {
    if (papers === undefined) return cannot('components');
    const named = (bad: (file: DossierComponent['files'][number]) => boolean) =>
      papers
        .filter(({ files }) => files.some(bad))
        .map(({ name }) => shownName(name))
        .sort();
    const empty = named(({ size }) => size === 0);
    const otherType = named(({ type }) => type !== undefined && !data.fileTypes.includes(type));
    if (empty.length > 0 || otherType.length > 0) {
      return { ...fail({ kind: 'bad-files', empty, otherType }), soft: empty.length === 0 };
    }
    const files = papers.flatMap((paper) => paper.files);
    if (files.length === 0) return skip({ kind: 'no-file' });
    return files.some(({ size, type }) => size === undefined || type === undefined) ? cannot('sizes') : PASS;
  },
};

/**
 * Checks D1–D9 of a dossier, each with the QĐ 766 indicators that a failure costs. What the record cannot tell is `unknown`, never
 * guessed.
 * @param papers rows that are papers; undefined when the papers were not read
 */
export function checkDossier(
  record: Dossier,
  papers: readonly DossierComponent[] | undefined,
  procedure: CatalogueProcedure | undefined,
  facts: DossierFacts = {},
): CheckResult[] {
  return CHECK_RULES.map(({ id, title, severity, softSeverity, costs }) => {
    const { state, why, soft } = CHECKS[id]({ record, papers, procedure, facts });
    return { id, title, state, severity: (soft && softSeverity) || severity, costs, why };
  });
}
