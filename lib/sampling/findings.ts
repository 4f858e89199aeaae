import type { SampleRecord } from './record.ts';

/** Dossiers that failed a check for one cause. */
export interface CauseGroup {
  check: string;
  /** Null: none was written down. */
  cause: string | null;
  codes: string[];
}

/** What was found in the dossiers of one procedure. */
export interface ProcedureGroup {
  /** Null: the list does not say it. */
  procedure: string | null;
  /** Dossiers of the sample that could be opened. */
  looked: number;
  /** Those that failed at least one check. */
  codes: string[];
}

export interface Findings {
  /** By check in the order of the record, the most frequent cause first. */
  causes: CauseGroup[];
  /** Procedures with failures, the most frequent first. Counts of the sample and no rates: a procedure has too few dossiers in it. */
  procedures: ProcedureGroup[];
}

/** What failed, by cause and by procedure, as the first person decided. */
export function findingsOf({ checks, units }: SampleRecord): Findings {
  const there = units.filter(({ unavailable }) => unavailable === null);
  const causes = checks.flatMap(({ name }) => {
    const groups = new Map<string | null, string[]>();
    for (const { code, first, causes: own } of there) if (first[name] === 'fail') push(groups, own[name] ?? null, code);
    return largestFirst([...groups].map(([cause, codes]) => ({ check: name, cause, codes })));
  });
  const procedures = new Map<string | null, ProcedureGroup>();
  for (const { code, procedure, first } of there) {
    const group = procedures.get(procedure) ?? { procedure, looked: 0, codes: [] };
    procedures.set(procedure, group);
    group.looked++;
    if (Object.values(first).includes('fail')) group.codes.push(code);
  }
  return { causes, procedures: largestFirst([...procedures.values()].filter(({ codes }) => codes.length > 0)) };
}

function push(groups: Map<string | null, string[]>, key: string | null, code: string): void {
  const codes = groups.get(key);
  if (codes) codes.push(code);
  else groups.set(key, [code]);
}

/** Equal ones stay in the order in which they were met. */
const largestFirst = <T extends { codes: string[] }>(groups: T[]): T[] =>
  groups.sort((a, b) => b.codes.length - a.codes.length);
