import type { Dossier, DossierComponent } from '../schema/index.ts';
import { byCatalogue } from './by-catalogue.ts';
import { byPage } from './by-page.ts';
import { type Catalogue, procedureNumber, procedureOfDossier } from './catalogue.ts';
import { type CheckResult, checkDossier, type DossierFacts } from './checks.ts';
import type { PaperRow, VerdictNote } from './reasons.ts';
import { roleOf, shownName } from './rows.ts';
import type { CatalogueProcedure } from './schema.ts';
import { hintsFor } from './words.ts';

export interface AssessOptions {
  catalogue: Catalogue;
  /** What other sources than the page know. */
  facts?: DossierFacts;
}

export interface PaperAssessment {
  verdict: 'complete' | 'incomplete' | 'unknown';
  /** Names of papers that are missing; alternatives as one ("A hoặc B"). */
  missing: string[];
  /** Rows of the page in its order, then papers of the catalogue that no row names. */
  rows: PaperRow[];
  checks: CheckResult[];
  /** What to look at before the dossier is accepted (status 1 or 2); empty later. */
  hints: string[];
  /** `page`: the procedure is in no catalogue, only what the page itself marks as required is judged. */
  basis: 'catalogue' | 'page';
  /** Why the verdict is no better, and how far it may be trusted. */
  notes: VerdictNote[];
  /** The catalogue's entry, when there is one. */
  procedure?: { code: string; name: string };
}

const AT_INTAKE: readonly unknown[] = [1, 2];

/** One scan that hangs on several rows: files of one size and type. Size 0 is a broken file, and proves nothing. */
function withSameScan(rows: readonly PaperRow[], components: readonly DossierComponent[]): PaperRow[] {
  const namesOf = new Map<string, Set<number>>();
  const keysAt = (row: number) =>
    (components[row]?.files ?? []).flatMap(({ size, type }) => (size && type ? [`${size} ${type}`] : []));
  for (const { row } of rows) {
    if (row === null) continue;
    for (const key of keysAt(row)) namesOf.set(key, (namesOf.get(key) ?? new Set()).add(row));
  }
  return rows.map((line) => {
    if (line.row === null || line.why.kind !== 'has-file') return line;
    const others = new Set(keysAt(line.row).flatMap((key) => [...(namesOf.get(key) ?? [])]));
    others.delete(line.row);
    if (others.size === 0) return line;
    const names = [...others].map((row) => shownName(components[row]?.name ?? '')).sort();
    return { ...line, why: { kind: 'same-scan', with: names } };
  });
}

/** Missing papers, once each, in the order of the page; papers of a group are one. */
function missingOf(rows: readonly PaperRow[]): string[] {
  const names = rows
    .filter(({ state }) => state === 'missing')
    .map(({ name, why }) => (why.kind === 'one-of-empty' ? why.of.join(' hoặc ') : name));
  return [...new Set(names)];
}

function notesOf(
  record: Dossier,
  procedure: CatalogueProcedure | undefined,
  basis: PaperAssessment['basis'],
  papers: readonly DossierComponent[],
  rows: readonly PaperRow[],
): VerdictNote[] {
  const notes: VerdictNote[] = [];
  const { code, name } = record.procedure;
  if (record.components === undefined) notes.push({ kind: 'not-read' });
  else if (papers.length === 0) notes.push({ kind: 'no-papers' });
  if (procedure === undefined) {
    if (code !== undefined) notes.push({ kind: 'not-in-catalogue', code });
    else notes.push(name === undefined ? { kind: 'no-procedure' } : { kind: 'not-in-catalogue', code: name });
  } else if (procedure.components.length === 0) {
    notes.push({ kind: 'nothing-in-catalogue', code: procedure.code });
  } else if (basis === 'page') {
    notes.push({ kind: 'not-borne-out', code: procedure.code });
  } else {
    if (procedure.basis?.components === 'general') notes.push({ kind: 'general-knowledge', code: procedure.code });
    if (procedure.stale !== undefined) notes.push({ kind: 'stale', text: procedure.stale });
  }
  const doubtful = rows.filter((row) => row.needed === 'yes' && row.state === 'unknown');
  if (doubtful.some(({ why }) => why.kind === 'page-unmarked')) notes.push({ kind: 'page-marks-nothing' });
  const names = (lines: readonly PaperRow[]) => [...new Set(lines.map((row) => row.name))];
  if (doubtful.length > 0) notes.push({ kind: 'cannot-tell', papers: names(doubtful) });
  const scans = rows.filter(({ why }) => why.kind === 'same-scan');
  if (scans.length > 0) notes.push({ kind: 'one-scan', papers: names(scans) });
  return notes;
}

/** Papers that the catalogue calls needed and the page has no row for. */
const isUnlisted = ({ row, needed, state }: PaperRow) => row === null && needed === 'yes' && state === 'unknown';

/**
 * By the catalogue where it knows the procedure, else by the page. A procedure that is known by its name alone must be borne out by
 * the page's own table: where that lacks a paper which the catalogue calls needed, it is another procedure, or an older list.
 */
function judge(
  { procedure: named, channel }: Dossier,
  procedure: CatalogueProcedure | undefined,
  papers: readonly DossierComponent[],
  places: readonly number[],
): { judged: PaperRow[]; basis: PaperAssessment['basis'] } {
  if (procedure === undefined || procedure.components.length === 0) {
    return { judged: byPage(papers, places), basis: 'page' };
  }
  if (papers.length === 0) return { judged: [], basis: 'catalogue' };
  const judged = byCatalogue(papers, places, procedure, channel);
  const byName = procedureNumber(named.code ?? '') === null;
  if (byName && judged.some(isUnlisted)) return { judged: byPage(papers, places), basis: 'page' };
  return { judged, basis: 'catalogue' };
}

/**
 * Are the papers of a dossier complete (đủ thành phần hồ sơ)? Only a paper that is certainly needed and certainly has no file is missing:
 * headings, conditions that no page tells, papers that are only shown and scans that cover two papers are none. What cannot be told
 * is `unknown`, with the reason. Works on records from JSON and from the screen alike; never throws.
 */
export function assessPapers(record: Dossier, { catalogue, facts }: AssessOptions): PaperAssessment {
  const procedure = procedureOfDossier(record.procedure, catalogue);
  const components = record.components ?? [];
  const roles = components.map(roleOf);
  const places = [...components.keys()].filter((i) => roles[i] === 'paper');
  const papers = places.map((i) => components[i] as DossierComponent);
  const { judged, basis } = judge(record, procedure, papers, places);
  const ignored = [...components.keys()].flatMap((i): PaperRow[] => {
    const role = roles[i];
    if (role === undefined || role === 'paper') return [];
    const name = shownName(components[i]?.name ?? '');
    return [{ row: i, name, state: 'not-applicable', why: { kind: role }, needed: 'no', files: 0 }];
  });
  const inOrder = (row: PaperRow) => row.row ?? Number.POSITIVE_INFINITY;
  const rows = withSameScan([...judged, ...ignored], components).sort((a, b) => inOrder(a) - inOrder(b) || 0);
  const missing = missingOf(rows);
  const notes = notesOf(record, procedure, basis, papers, rows);
  const doubt = judged.length === 0 || rows.some(({ needed, state }) => needed === 'yes' && state === 'unknown');
  const verdict = missing.length > 0 ? 'incomplete' : doubt ? 'unknown' : 'complete';
  const checks = checkDossier(record, record.components && papers, procedure, facts);
  return {
    verdict,
    missing,
    rows,
    checks,
    hints: AT_INTAKE.includes(record.status.code) ? hintsFor(rows, checks, missing, notes) : [],
    basis,
    notes,
    ...(procedure && { procedure: { code: procedure.code, name: procedure.name } }),
  };
}
