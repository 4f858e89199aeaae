import type { DossierComponent } from '../schema/index.ts';
import { matchPapers, type PaperMatch } from './match.ts';
import type { Channel, PaperReason, PaperRow, PaperState } from './reasons.ts';
import { hasFile, isConditional, shownName } from './rows.ts';
import type { CatalogueComponent, CatalogueProcedure } from './schema.ts';

/** A decision about one paper of the catalogue. */
interface Finding {
  state: PaperState;
  why: PaperReason;
  needed: PaperRow['needed'];
}

interface Subject {
  rows: readonly DossierComponent[];
  components: readonly CatalogueComponent[];
  channel: Channel | undefined;
  match: PaperMatch;
  /** Rows with a file whose name is no paper of the catalogue: one of them may be a paper that seems not to be listed. */
  strangers: number;
}

const rowAt = ({ rows }: Subject, row: number) => rows[row] as DossierComponent;

/** What the files say: of the paper's own row, of rows that name it with others, of rows that name it again. */
function byFile(subject: Subject, component: number): Finding | null {
  const { match } = subject;
  const own = match.rowOf[component] as number;
  if (own >= 0 && hasFile(rowAt(subject, own))) {
    const { state, files } = rowAt(subject, own);
    const stated = files.length === 0 || state === 'digitized' || state === 'reused';
    const why: PaperReason = stated ? { kind: 'stated', state } : { kind: 'has-file', files: files.length };
    return { state: stated ? state : 'present', why, needed: 'yes' };
  }
  const by = (match.coveredBy[component] as number[]).find((row) => hasFile(rowAt(subject, row)));
  if (by !== undefined) {
    return { state: 'present', why: { kind: 'covered', by: shownName(rowAt(subject, by).name) }, needed: 'yes' };
  }
  if (own >= 0 && rowAt(subject, own).state === 'not-applicable') {
    return { state: 'not-applicable', why: { kind: 'stated', state: 'not-applicable' }, needed: 'no' };
  }
  return null;
}

/** True, false, or undefined when the record does not say by which channel the dossier came in. */
function inChannel({ channel: only }: CatalogueComponent, channel: Channel | undefined): boolean | undefined {
  if (only === undefined) return true;
  return channel === undefined ? undefined : only.includes(channel);
}

/** What needs no file at all, whatever else the catalogue says. */
function withoutFile(component: CatalogueComponent, channel: Channel | undefined): Finding | null {
  if (channel !== undefined && inChannel(component, channel) === false) {
    const why: PaperReason = { kind: 'other-channel', channel, only: component.channel ?? [] };
    return { state: 'not-applicable', why, needed: 'no' };
  }
  if (component.kind === 'shown') return { state: 'not-applicable', why: { kind: 'shown-only' }, needed: 'no' };
  if (component.kind === 'data') return { state: 'not-applicable', why: { kind: 'electronic-data' }, needed: 'no' };
  return null;
}

/** Has the page a row for this paper, of its own or together with others? */
const isListed = ({ match }: Subject, component: number) =>
  (match.rowOf[component] as number) >= 0 || (match.coveredBy[component] as number[]).length > 0;

/** Rows with a file that are named much like a paper, but not so that it is certain. Sorted: the order of a page says nothing. */
function rowsAlike({ rows, match }: Subject, component: number): string[] {
  const found = rows.filter((row, i) => match.again[i]?.component === component && hasFile(row));
  return found.map(({ name }) => shownName(name)).sort();
}

/** A paper that is needed and has no file: missing only where the page has an empty row of it and nothing speaks against it. */
function emptyNeeded(subject: Subject, index: number): Finding {
  const component = subject.components[index] as CatalogueComponent;
  const own = subject.match.rowOf[index] as number;
  if (component.dataMayReplace) return { state: 'unknown', why: { kind: 'data-may-replace' }, needed: 'yes' };
  if (!isListed(subject, index)) {
    return { state: 'unknown', why: { kind: 'not-listed', others: subject.strangers }, needed: 'yes' };
  }
  if (own >= 0 && isConditional(rowAt(subject, own).name) && !isConditional(component.name)) {
    return { state: 'unknown', why: { kind: 'page-contradicts' }, needed: 'yes' };
  }
  const alike = rowsAlike(subject, index);
  if (alike.length > 0) return { state: 'unknown', why: { kind: 'maybe-covered', by: alike }, needed: 'yes' };
  return { state: 'missing', why: { kind: 'required-empty' }, needed: 'yes' };
}

function single(subject: Subject, index: number): Finding {
  const component = subject.components[index] as CatalogueComponent;
  const { condition, channel: only = [] } = component;
  const settled = byFile(subject, index) ?? withoutFile(component, subject.channel);
  if (settled !== null) return settled;
  if (component.required) return emptyNeeded(subject, index);
  if (condition === undefined) return { state: 'unknown', why: { kind: 'page-optional' }, needed: 'no' };
  if (condition.when !== 'channel') {
    return { state: 'unknown', why: { kind: 'condition', ...condition }, needed: 'maybe' };
  }
  if (subject.channel === undefined) {
    return { state: 'unknown', why: { kind: 'channel-unknown', only }, needed: 'maybe' };
  }
  return emptyNeeded(subject, index);
}

/** A group of papers that stand for each other: one of them is needed, and when one is there the others are not. */
function group(subject: Subject, members: readonly number[]): Map<number, Finding> {
  const { components, channel, match } = subject;
  const found = new Map<number, Finding>();
  const all = (list: readonly number[], finding: Finding) => {
    for (const member of list) found.set(member, finding);
  };
  const name = (member: number) => (components[member] as CatalogueComponent).name;
  for (const member of members) {
    const settled = byFile(subject, member) ?? withoutFile(components[member] as CatalogueComponent, channel);
    if (settled !== null) found.set(member, settled);
  }
  const open = members.filter((member) => !found.has(member));
  const given = members.find((member) => hasState(found.get(member), ['present', 'digitized', 'reused']));
  const data = members.find((member) => found.get(member)?.why.kind === 'electronic-data');
  const alternative = given ?? (data !== undefined && channel !== undefined ? data : undefined);
  if (alternative !== undefined) {
    all(open, { state: 'not-applicable', why: { kind: 'alternative-given', by: name(alternative) }, needed: 'no' });
  } else if (data !== undefined) {
    const only = (components[data] as CatalogueComponent).channel ?? [];
    all(open, { state: 'unknown', why: { kind: 'channel-unknown', only }, needed: 'yes' });
  } else if (open.some((member) => (components[member] as CatalogueComponent).dataMayReplace)) {
    all(open, { state: 'unknown', why: { kind: 'data-may-replace' }, needed: 'yes' });
  } else {
    const unlisted = open.filter((member) => !isListed(subject, member));
    const maybe = unlisted.length === open.length || (unlisted.length > 0 && subject.strangers > 0);
    const why: PaperReason = maybe
      ? { kind: 'not-listed', others: subject.strangers }
      : {
          kind: 'one-of-empty',
          of: open.map((member) => shownName(subject.rows[match.rowOf[member] as number]?.name ?? name(member))),
        };
    all(open, { state: maybe ? 'unknown' : 'missing', why, needed: 'yes' });
  }
  return found;
}

const hasState = (finding: Finding | undefined, states: readonly PaperState[]) =>
  finding !== undefined && states.includes(finding.state);

/** A row whose name is no paper of the catalogue, or one that another row has been taken for. */
function leftOver(subject: Subject, row: number, findings: readonly Finding[]): Finding {
  const component = rowAt(subject, row);
  if (hasFile(component)) {
    const stated = component.files.length === 0 || component.state === 'digitized' || component.state === 'reused';
    return stated
      ? { state: component.state, why: { kind: 'stated', state: component.state }, needed: 'no' }
      : { state: 'present', why: { kind: 'has-file', files: component.files.length }, needed: 'no' };
  }
  const same = subject.match.again[row];
  if (same) {
    const of = (subject.components[same.component] as CatalogueComponent).name;
    const given = hasState(findings[same.component], ['present', 'digitized', 'reused', 'not-applicable']);
    if (same.alike === 'same' && given) {
      return { state: 'not-applicable', why: { kind: 'repeated', of }, needed: 'no' };
    }
    const doubt = component.required && !isConditional(component.name) && findings[same.component]?.state !== 'missing';
    return { state: 'unknown', why: { kind: 'repeated', of }, needed: doubt ? 'yes' : 'maybe' };
  }
  if (component.required !== true) return { state: 'unknown', why: { kind: 'not-in-catalogue' }, needed: 'maybe' };
  return isConditional(component.name)
    ? { state: 'unknown', why: { kind: 'page-conditional' }, needed: 'maybe' }
    : { state: 'missing', why: { kind: 'page-required' }, needed: 'yes' };
}

/**
 * Papers of a dossier against the catalogue. What a page does not tell stays `unknown`.
 * @param rows papers of the page, without headings and notes
 * @param places place of each row in the record
 */
export function byCatalogue(
  rows: readonly DossierComponent[],
  places: readonly number[],
  { components }: CatalogueProcedure,
  channel: Channel | undefined,
): PaperRow[] {
  const match = matchPapers(rows, components);
  const strangers = rows.filter(
    (row, i) => hasFile(row) && (match.componentOf[i] as number) < 0 && match.again[i] === null,
  ).length;
  const subject: Subject = { rows, components, channel, match, strangers };
  const findings: Finding[] = [];
  const groups = new Map<string, number[]>();
  components.forEach(({ oneOf }, i) => {
    if (oneOf === undefined) findings[i] = single(subject, i);
    else groups.set(oneOf, [...(groups.get(oneOf) ?? []), i]);
  });
  for (const members of groups.values()) {
    for (const [member, finding] of group(subject, members)) findings[member] = finding;
  }
  const lines: PaperRow[] = rows.map((row, i) => {
    const component = match.componentOf[i] as number;
    const finding = component < 0 ? leftOver(subject, i, findings) : (findings[component] as Finding);
    const paper = components[component];
    return {
      row: places[i] as number,
      name: shownName(row.name),
      ...(paper && { component: paper.name }),
      ...finding,
      files: row.files.length,
      ...(paper?.mustDigitize && { mustDigitize: true }),
    };
  });
  components.forEach((paper, i) => {
    if ((match.rowOf[i] as number) >= 0) return;
    const { name, mustDigitize } = paper;
    const finding = findings[i] as Finding;
    lines.push({ row: null, name, component: name, ...finding, files: 0, ...(mustDigitize && { mustDigitize: true }) });
  });
  return lines;
}
