import { INPUTS, median, ratioOf, type Subject, sample } from './sample.ts';

const BURN_MS = 2;
const LOOPS = 10;

const burn: Subject = {
  run() {
    const end = performance.now() + BURN_MS;
    while (performance.now() < end);
    return 1;
  },
};

/**
 * Measures what is known: a span burnt by the wall clock, the same operation ten times over, and an operation that does nothing.
 * Tells when the method is wrong on this machine; a busy machine is not a reason to stop.
 */
export function selfCheck(run: (i: number) => number, rounds: number): string {
  const once: Subject = { run };
  const looped: Subject = {
    run(i) {
      let sum = 0;
      for (let k = 0; k < LOOPS; k++) sum += run((i * LOOPS + k) & (INPUTS - 1));
      return sum;
    },
  };
  const nothing: Subject = { run: (i) => i };
  const found = sample([burn, once, looped, nothing], rounds);
  const of = (subject: Subject) => found.get(subject) as number[];
  const burnt = median(of(burn)) / 1e6;
  const ratio = ratioOf(of(looped), of(once));
  const right = burnt > BURN_MS * 0.5 && burnt < BURN_MS * 1.1 && ratio > LOOPS * 0.7 && ratio < LOOPS * 1.3;
  return [
    `đốt ${BURN_MS} ms, đo được ${burnt.toFixed(2)} ms (ít hơn khi máy bận việc khác); làm ${LOOPS} lần, đo được ${ratio.toFixed(1)} lần;`,
    `không làm gì ${median(of(nothing)).toFixed(1)} ns.`,
    right ? 'Phép đo đúng.' : 'PHÉP ĐO SAI trên máy này: đừng tin các số bên dưới.',
  ].join(' ');
}
