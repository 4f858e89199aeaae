import type { DossierComponent } from '../schema/index.ts';
import { paperKey } from './names.ts';
import type { PaperReason, PaperRow, PaperState } from './reasons.ts';
import { hasFile, isConditional, isData, isShown, shownName } from './rows.ts';

interface Finding {
  state: PaperState;
  why: PaperReason;
  needed: PaperRow['needed'];
}

/** Does the page say of any paper that it must be there? A page on which nothing is marked says nothing by it. */
const marksRequired = (rows: readonly DossierComponent[]): boolean => rows.some(({ required }) => required === true);

function emptyRow(row: DossierComponent, marked: boolean): Finding {
  if (row.state === 'not-applicable') {
    return { state: 'not-applicable', why: { kind: 'stated', state: 'not-applicable' }, needed: 'no' };
  }
  if (isShown(row)) return { state: 'not-applicable', why: { kind: 'shown-only' }, needed: 'no' };
  if (isData(row)) return { state: 'not-applicable', why: { kind: 'electronic-data' }, needed: 'no' };
  // Hosts tick papers in advance that only foreigners need: a mark does not make a condition true.
  if (isConditional(row.name)) return { state: 'unknown', why: { kind: 'page-conditional' }, needed: 'maybe' };
  if (row.required) return { state: 'missing', why: { kind: 'page-required' }, needed: 'yes' };
  return marked
    ? { state: 'unknown', why: { kind: 'page-optional' }, needed: 'no' }
    : { state: 'unknown', why: { kind: 'page-unmarked' }, needed: 'yes' };
}

/**
 * Papers of a dossier whose procedure is in no catalogue: only what the page itself marks as required can be missing.
 * @param rows papers of the page, without headings and notes
 * @param places place of each row in the record
 */
export function byPage(rows: readonly DossierComponent[], places: readonly number[]): PaperRow[] {
  const marked = marksRequired(rows);
  const given = new Set(rows.filter(hasFile).map(({ name }) => paperKey(name)));
  return rows.map((row, i) => {
    const { files, state } = row;
    let finding: Finding;
    if (hasFile(row)) {
      const stated = files.length === 0 || state === 'digitized' || state === 'reused';
      const why: PaperReason = stated ? { kind: 'stated', state } : { kind: 'has-file', files: files.length };
      finding = { state: stated ? state : 'present', why, needed: row.required ? 'yes' : 'no' };
    } else if (given.has(paperKey(row.name))) {
      finding = { state: 'not-applicable', why: { kind: 'repeated', of: shownName(row.name) }, needed: 'no' };
    } else {
      finding = emptyRow(row, marked);
    }
    return { row: places[i] as number, name: shownName(row.name), ...finding, files: files.length };
  });
}
