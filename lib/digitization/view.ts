import type { PapersView } from '../schema/index.ts';
import type { PaperAssessment } from './assess.ts';
import { checkText, costText, noteText, reasonText, STATE_NAMES } from './words.ts';

/** An assessment in words, for a page that shows it. */
export function papersView(assessment: PaperAssessment): PapersView {
  const { verdict, missing, basis, rows, checks, hints, notes } = assessment;
  return {
    verdict,
    missing,
    basis,
    rows: rows.map(({ name, state, why }) => ({ name, state, stateName: STATE_NAMES[state], why: reasonText(why) })),
    failed: checks
      .filter(({ state }) => state === 'fail')
      .map((check) => ({
        id: check.id,
        severity: check.severity,
        text: `${check.title}: ${checkText(check)}`,
        cost: costText(check),
      })),
    unchecked: checks.filter(({ state }) => state === 'unknown').map((check) => `${check.id}: ${checkText(check)}`),
    hints,
    notes: notes.map(noteText),
  };
}
