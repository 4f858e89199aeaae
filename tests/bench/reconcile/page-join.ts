import { joinStreams, SIDES, type Side } from '../../../lib/reconcile/engine/index.ts';
import { MAPPING } from './mapping.ts';

/** The join in a worker of a browser page, for Chromium: the bytes of three `File`s in, the list of what differs out. */

interface Ask {
  name: 'ours' | 'scan';
  files: Record<Side, File>;
}

export interface PageAnswer {
  ms: number;
  /** `code,mask` a line; empty from the bare scan. */
  list: string[];
}

const exactly = { receivedAt: { seconds: 0 }, dueAt: { seconds: 0 }, finishedAt: { seconds: 0 } };

async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}

async function join(files: Ask['files']): Promise<string[]> {
  const sources = Object.fromEntries(SIDES.map((side) => [side, { chunks: chunksOf(files[side]), mapping: MAPPING }]));
  const bytes = SIDES.reduce((sum, side) => sum + files[side].size, 0);
  const { outcome } = await joinStreams(sources, { sides: SIDES, tolerance: exactly, bytes });
  return Array.from({ length: outcome.groups.length }, (_, n) => `${outcome.groups.code(n)},${outcome.groups.mask(n)}`);
}

/** Every byte looked at once: the least that a script can do with the files. */
async function scan(files: Ask['files']): Promise<string[]> {
  let count = 0;
  for (const side of SIDES)
    for await (const bytes of chunksOf(files[side]))
      for (let i = 0; i < bytes.length; i++) {
        const c = bytes[i];
        if (c === 44 || c === 10) count++;
      }
  if (count === 0) throw new Error('nothing was read');
  return [];
}

addEventListener('message', async ({ data }: MessageEvent<Ask>) => {
  const start = performance.now();
  const list = await (data.name === 'ours' ? join(data.files) : scan(data.files));
  const answer: PageAnswer = { ms: performance.now() - start, list };
  postMessage(answer);
});
