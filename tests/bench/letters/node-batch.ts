import { readFileSync } from 'node:fs';
import { type Engine, makeBatch } from './engines.ts';

/**
 * One batch in a process of its own: `node node-batch.ts ENGINE TEMPLATE.docx SAMPLE-JSON` prints what it cost. Loading the
 * libraries counts for the memory and not for the time.
 */

const [engine, file, sample] = process.argv.slice(2) as [Engine, string, string];

let start: NodeJS.CpuUsage | undefined;
let letters = 0;
await makeBatch(engine, {
  template: new Uint8Array(readFileSync(file)),
  sample: JSON.parse(sample),
  // Timed from the first letter on.
  each() {
    start ??= process.threadCpuUsage();
    letters += 1;
  },
});
const { user, system } = process.threadCpuUsage(start);
const ms = (user + system) / 1000;
console.log(JSON.stringify({ perSecond: ((letters - 1) * 1000) / ms, peakMB: process.resourceUsage().maxRSS / 1000 }));
