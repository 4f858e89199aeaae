import { codeKey, dayOfSeconds } from '../same.ts';
import { SIDES, type Side, type SideRecord, type UnreadableRow } from '../types.ts';
import { byPartition, byRecord } from './cells.ts';
import { recordDigest, textDigest } from './digest.ts';
import { drawSample, usualSample } from './sample.ts';
import type { JobSpec, Memory, Partition } from './types.ts';

/** A dossier that one side is asked for by its codes. */
export interface Question {
  /** First code, as compared: its name within the job. */
  code: string;
  /** All codes as written, the city's first. */
  codes: string[];
  partition: Partition;
  /** Of all that the other sides say. */
  digest: string;
  /** Do all sides that have it say that it is over? */
  closed: boolean;
  /** Do they all tell when they last changed it? */
  stamped: boolean;
}

export interface PlannedQuestion extends Question {
  /** Asked (`ask`), asked although nothing has changed (`sample`), or the answer of the earlier run stands (`reuse`). */
  how: 'ask' | 'sample' | 'reuse';
  memory?: Memory;
}

/** Refused, withdrawn, stopped, result given back: nothing more happens (the ten national statuses, protocols §1.5). */
const CLOSED: readonly (number | undefined)[] = [3, 7, 8, 10];
/** A dossier that was over and equal so many times in a row is asked for only by chance. */
const FROZEN_AFTER = 2;

export const keysOf = ({ code, aliases = [] }: SideRecord): string[] => [code, ...aliases].map(codeKey);
export const isClosed = ({ status }: SideRecord): boolean => CLOSED.includes(status);

/** ISO day of receipt at UTC+7; '' when the source does not tell. */
const dayOfReceipt = ({ receivedAt }: SideRecord): string =>
  receivedAt === undefined ? '' : new Date(dayOfSeconds(receivedAt) * 86_400_000).toISOString().slice(0, 10);

/** Records of the sides put together by any of their codes; each group in a fixed order, the city's record first. */
function groupByCodes(records: readonly SideRecord[]): SideRecord[][] {
  const parent = records.map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root] as number;
    for (let at = i; at !== root; ) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const holder = new Map<string, number>();
  for (const [i, record] of records.entries()) {
    for (const key of keysOf(record)) {
      const other = holder.get(key);
      if (other === undefined) holder.set(key, i);
      else {
        const [a, b] = [rootOf(i), rootOf(other)];
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  const groups = new Map<number, SideRecord[]>();
  for (const [i, record] of records.entries()) {
    const root = rootOf(i);
    const group = groups.get(root);
    if (group) group.push(record);
    else groups.set(root, [record]);
  }
  return [...groups.values()];
}

/**
 * What `side` is to be asked, given what the other sides' lists hold. When it gave a list itself, only the dossiers that the list
 * did not show: they are called missing only after the question.
 */
export function questionsFor(
  side: Side,
  read: Partial<Record<Side, readonly SideRecord[]>>,
  unreadable: readonly UnreadableRow[] = [],
): Question[] {
  const shown = new Set((read[side] ?? []).flatMap(keysOf));
  // It is there, only not to be read: another question would bring the same row.
  for (const row of unreadable) if (row.side === side && row.code !== undefined) shown.add(codeKey(row.code));
  const others = SIDES.filter((other) => other !== side).flatMap((other) => [...(read[other] ?? [])].sort(byRecord));
  const questions: Question[] = [];
  for (const group of groupByCodes(others)) {
    if (group.some((record) => keysOf(record).some((key) => shown.has(key)))) continue;
    const head = group[0] as SideRecord;
    const codes = new Map<string, string>();
    for (const record of group)
      for (const code of [record.code, ...(record.aliases ?? [])])
        if (!codes.has(codeKey(code))) codes.set(codeKey(code), code);
    questions.push({
      code: codeKey(head.code),
      codes: [...codes.values()],
      partition: { unit: head.unit ?? '', day: dayOfReceipt(head) },
      digest: textDigest(group.map(recordDigest).join()),
      closed: group.every(isClosed),
      stamped: group.every(({ updatedAt }) => updatedAt !== undefined),
    });
  }
  return questions;
}

/** May the earlier answer stand? Only for what was in order then and says the same now. */
function mayReuse({ digest, closed, stamped }: Question, memory: Memory | undefined): memory is Memory {
  if (!memory?.settled || memory.digest !== digest) return false;
  return stamped || (closed && memory.equalRuns >= FROZEN_AFTER);
}

/**
 * Decides how each question is answered. What differed last time is always asked again, for it may be cured on the other side
 * without a trace on this one; of the rest, a random sample is asked again to bound what has changed unseen.
 */
export function planQuestions(
  side: Side,
  questions: readonly Question[],
  earlier: readonly Memory[],
  { seed, recheck }: Pick<JobSpec, 'seed' | 'recheck'>,
): PlannedQuestion[] {
  const memories = new Map(earlier.filter((entry) => entry.side === side).map((entry) => [entry.code, entry]));
  const still = questions.filter((question) => mayReuse(question, memories.get(question.code)));
  const size = Math.min(still.length, recheck ?? usualSample(still.length));
  const sample = drawSample(
    still.map(({ code }) => code),
    `${seed}|${side}`,
    size,
  );
  const reusable = new Set(still.map(({ code }) => code));
  return questions.map((question) => {
    const memory = memories.get(question.code);
    const how = !reusable.has(question.code) ? 'ask' : sample.has(question.code) ? 'sample' : 'reuse';
    return { ...question, how, ...(memory && { memory }) };
  });
}

/** Questions by partition, in the order in which they are asked. */
export function questionCells(questions: readonly PlannedQuestion[]): [Partition, PlannedQuestion[]][] {
  const cells = new Map<string, [Partition, PlannedQuestion[]]>();
  for (const question of questions) {
    const { unit, day } = question.partition;
    const id = `${day}|${unit}`;
    const cell = cells.get(id);
    if (cell) cell[1].push(question);
    else cells.set(id, [question.partition, [question]]);
  }
  const sorted = [...cells.values()].sort(([a], [b]) => byPartition(a, b));
  for (const [, list] of sorted) list.sort((a, b) => (a.code < b.code ? -1 : 1));
  return sorted;
}
