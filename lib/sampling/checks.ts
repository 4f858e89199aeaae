import data from './data/checks.json' with { type: 'json' };

/** What the extension itself can find on the page of a dossier: the verdict on its papers, and checks D1–D9. */
export const FINDING_IDS = ['papers', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9'] as const;
export type FindingId = (typeof FINDING_IDS)[number];

/** A usual cause of a failed check; `findings`: what the extension finds when it is this, `severity`: where it has to be just that. */
export interface UsualCause {
  text: string;
  findings?: readonly FindingId[];
  severity?: AutomaticFinding['severity'];
}

/** A check of a spot check of digitization, as it is offered. A record keeps nothing but its name. */
export interface StandardCheck {
  id: string;
  name: string;
  /** What is looked at, as one sentence. */
  about: string;
  source: string;
  /** Automatic findings that speak to it. */
  findings: readonly FindingId[];
  /** May nothing found be taken for "passes"? Only where the findings cover all of the check. */
  mayPass: boolean;
  causes: readonly UsualCause[];
}

/** The standard checks with their usual causes, as dated data. */
export const STANDARD_CHECKS = data.checks as readonly StandardCheck[];

/** The standard check of a name; a person may have named others. */
export const standardCheck = (name: string): StandardCheck | undefined =>
  STANDARD_CHECKS.find((check) => check.name === name);

export interface AutomaticFinding {
  id: FindingId;
  state: 'pass' | 'fail' | 'not-applicable' | 'unknown';
  /** `error`: certainly wrong; the others are to be looked at. */
  severity: 'error' | 'warn' | 'info';
  /** What was found, as one sentence. */
  text: string;
}

export interface Suggestion {
  /** Null: the findings do not lean either way. */
  decision: 'pass' | 'fail' | null;
  /** Findings that speak to the check, those that weigh most first. */
  findings: AutomaticFinding[];
  /** A usual cause that the findings point at. */
  cause: string | null;
}

const WEIGHT: Record<AutomaticFinding['state'], number> = { fail: 0, pass: 1, 'not-applicable': 2, unknown: 3 };

/**
 * What automatic findings say about a check: a suggestion for a person to look at, never a decision. A failure is suggested for what is
 * certainly wrong, "passes" only where the findings cover the whole check and all of them are good.
 * @returns null when no finding speaks to this check
 */
export function suggestionFor(name: string, found: readonly AutomaticFinding[]): Suggestion | null {
  const check = standardCheck(name);
  if (check === undefined) return null;
  const findings = found
    .filter(({ id }) => check.findings.includes(id))
    .sort((a, b) => WEIGHT[a.state] - WEIGHT[b.state]);
  if (findings.length === 0) return null;
  const failed = findings.filter(({ state }) => state === 'fail');
  const wrong = failed.some(({ severity }) => severity === 'error');
  const good = findings.every(({ state }) => state === 'pass' || state === 'not-applicable');
  const passes = check.mayPass && good && findings.some(({ state }) => state === 'pass');
  const cause = check.causes.find(({ findings: of = [], severity: just }) =>
    failed.some(({ id, severity }) => of.includes(id) && (just === undefined || just === severity)),
  );
  return { decision: wrong ? 'fail' : passes ? 'pass' : null, findings, cause: cause?.text ?? null };
}
