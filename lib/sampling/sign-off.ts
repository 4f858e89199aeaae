import { SamplingError } from './error.ts';
import { evaluate, figuresOf } from './evaluate.ts';
import type { SampleRecord } from './record.ts';
import { verifyOpen } from './sample.ts';

/** How many decisions of the first person are there, on dossiers that could be opened. */
export interface Decided {
  /** Pass or fail: what a rate is made of. */
  told: number;
  unknown: number;
  open: number;
}

export function decidedOf({ units }: SampleRecord): Decided {
  const all = units.flatMap(({ unavailable, first }) => (unavailable === null ? Object.values(first) : []));
  const unknown = all.filter((decision) => decision === 'unknown').length;
  const open = all.filter((decision) => decision === null).length;
  return { told: all.length - unknown - open, unknown, open };
}

/**
 * The record with its figures written down; decisions are locked from then on. What is still open counts as "cannot tell" while the
 * record is signed off, and stays open in it.
 * @param at epoch milliseconds
 * @throws SamplingError `record` when it is signed off already, or nothing was decided from which a rate could be told
 */
export function signOff(record: SampleRecord, at: number): SampleRecord {
  verifyOpen(record);
  if (decidedOf(record).told === 0)
    throw new SamplingError('record', 'chưa có kết luận đạt hoặc không đạt nào nên chưa có gì để chốt');
  const signed = { ...record, signedOffAt: at };
  return { ...signed, figures: figuresOf(evaluate(signed)) };
}

/** The record as it was before it was signed off. */
export function reopen(record: SampleRecord): SampleRecord {
  const { figures: _, ...rest } = record;
  return { ...rest, signedOffAt: null };
}
