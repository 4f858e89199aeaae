import { checkText, noteText, type PaperAssessment } from '../../lib/digitization/index.ts';
import type { AutomaticFinding } from '../../lib/sampling/index.ts';

const PAPERS = { complete: 'pass', incomplete: 'fail', unknown: 'unknown' } as const;

function papersText({ verdict, missing, notes }: PaperAssessment): string {
  if (verdict === 'complete') return 'Đủ giấy tờ phải có.';
  if (verdict === 'incomplete') return `Thiếu ${missing.length} giấy tờ: ${missing.join('; ')}.`;
  const [why] = notes;
  return `Chưa kết luận được về giấy tờ${why ? `: ${noteText(why)}` : '.'}`;
}

/** What the extension finds on the page of a dossier, as findings that speak to the checks of a sample. */
export function findingsOf(assessment: PaperAssessment): AutomaticFinding[] {
  return [
    { id: 'papers', state: PAPERS[assessment.verdict], severity: 'error', text: papersText(assessment) },
    ...assessment.checks.map((check) => ({
      id: check.id,
      state: check.state,
      severity: check.severity,
      text: `${check.title}: ${checkText(check)}`,
    })),
  ];
}
