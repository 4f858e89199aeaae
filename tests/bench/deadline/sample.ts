/** One thing to be timed. */
export interface Subject {
  /** Not timed; before each sample. */
  prepare?(): void;
  /** The i-th operation; what it returns is summed up, so that nothing is left out as unused. */
  run(i: number): number;
}

const SAMPLE_MS = 100;
const WARM_MS = 150;

/** Inputs that each subject goes through in turn; a power of two. */
export const INPUTS = 4096;

export const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** Processor time of this thread in milliseconds: it stands still while the machine is busy with others. */
function clock(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of `count` operations. */
function time({ run }: Subject, count: number): number {
  let sum = 0;
  const start = clock();
  for (let i = 0; i < count; i++) sum += run(i & (INPUTS - 1));
  const ms = clock() - start;
  // A query beyond the calendar would be answered sooner than a real one.
  if (!Number.isFinite(sum)) throw new Error('Phép đo có câu hỏi không tính được.');
  return ms;
}

/** Warms the subject up and finds how many operations make a sample. */
function calibrate(subject: Subject): number {
  subject.prepare?.();
  let count = 1;
  for (let spent = 0; ; count *= 2) {
    const ms = time(subject, count);
    spent += ms;
    if (spent >= WARM_MS && ms > SAMPLE_MS / 8) return Math.ceil((count * SAMPLE_MS * 1.1) / ms);
  }
}

/**
 * Nanoseconds of one operation of each subject, `rounds` samples of at least 100 ms each, taken in turn, so that a slow minute
 * of the machine hits all of them: what is compared is compared within a round.
 */
export function sample<T extends Subject>(subjects: readonly T[], rounds: number): Map<T, number[]> {
  const counts = subjects.map(calibrate);
  const found = new Map<T, number[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    subjects.forEach((subject, s) => {
      subject.prepare?.();
      let count = counts[s] as number;
      let ms = time(subject, count);
      while (ms < SAMPLE_MS) {
        count = counts[s] = Math.ceil((count * SAMPLE_MS * 1.1) / Math.max(ms, 1));
        ms = time(subject, count);
      }
      found.get(subject)?.push((ms * 1e6) / count);
    });
  }
  return found;
}

/** Median of the ratios round by round. */
export const ratioOf = (ones: readonly number[], others: readonly number[]) =>
  median(ones.map((one, round) => one / (others[round] as number)));
