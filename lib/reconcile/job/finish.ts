import type { Difference, Side } from '../types.ts';
import type { Gathered } from './gather.ts';
import { isClosed, keysOf } from './questions.ts';
import type { Memory, NotDone } from './types.ts';

/**
 * What the next run may build on: each answer, whether the dossier was in order, and for how many runs it has been so. `earlier` is
 * what this run itself built on.
 */
export function memoryAfter(
  { answers, records }: Gathered,
  differences: readonly Difference[],
  earlier: readonly Memory[],
): Memory[] {
  const before = new Map(earlier.map((entry) => [`${entry.side}|${entry.code}`, entry]));
  const unsettled = new Set<string>();
  for (const { outcome, findings, records: rows } of differences) {
    // What is late today is asked for again tomorrow.
    if (outcome === 'excluded' && !findings.some((finding) => finding.class === 'stale')) continue;
    for (const record of Object.values(rows)) for (const key of keysOf(record)) unsettled.add(key);
  }
  const open = new Set(
    Object.values(records)
      .flat()
      .filter((record) => !isClosed(record))
      .flatMap(keysOf),
  );
  return answers.map(({ side, code, digest, answer }) => {
    const last = before.get(`${side}|${code}`);
    const settled = !unsettled.has(code);
    const rests = settled && answer !== null && !open.has(code);
    return { side, code, digest, answer, settled, equalRuns: rests ? (last?.equalRuns ?? 0) + 1 : 0 };
  });
}

/** Failures as a person reads them: one line for what one side did not give for one reason. */
export function notDoneBySide(notDone: readonly NotDone[]): { side: Side; message: string; parts: NotDone[] }[] {
  const groups = new Map<string, { side: Side; message: string; parts: NotDone[] }>();
  for (const part of notDone) {
    const id = `${part.side}|${part.message}`;
    const group = groups.get(id);
    if (group) group.parts.push(part);
    else groups.set(id, { side: part.side, message: part.message, parts: [part] });
  }
  return [...groups.values()];
}
