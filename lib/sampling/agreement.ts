/** What a person decides on one check of one dossier; `unknown`: looked at, and it cannot be told. */
export const DECISIONS = ['pass', 'fail', 'unknown'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface DecidedTwice {
  code: string;
  first: Decision;
  second: Decision;
}

export interface Agreement {
  /** Dossiers that two people decided on. */
  both: number;
  agreed: number;
  /** Cohen's kappa (1960): (p₀ − pₑ)/(1 − pₑ). Null when both always said the same one thing: chance alone would agree. */
  kappa: number | null;
  disagreements: DecidedTwice[];
}

/** How far two people agree beyond chance, and on which dossiers they do not; null when nothing was decided twice. */
export function agreementOf(pairs: readonly DecidedTwice[]): Agreement | null {
  const both = pairs.length;
  if (both === 0) return null;
  const disagreements = pairs.filter(({ first, second }) => first !== second);
  const agreed = both - disagreements.length;
  const chance = DECISIONS.reduce((sum, decision) => {
    const mine = pairs.filter(({ first }) => first === decision).length;
    const yours = pairs.filter(({ second }) => second === decision).length;
    return sum + mine * yours;
  }, 0);
  // Whole numbers until the last division, so that "exactly by chance" is told apart.
  const kappa = chance === both * both ? null : (agreed * both - chance) / (both * both - chance);
  return { both, agreed, kappa, disagreements };
}
