import * as z from 'zod/mini';
import { FileFacts } from './facts.ts';
import { inspectFile } from './inspect.ts';

/**
 * What a page and its inspection worker say to each other. A request carries bytes (transferred) and never a name. Whoever listens drops what
 * does not fit: pdf.js, loaded in a worker, greets the page with a message of its own.
 */

const Id = z.string().check(z.maxLength(64));
const Bytes = z.instanceof(Uint8Array);

export const InspectionRequest = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('inspect'),
    id: Id,
    bytes: Bytes,
    /** Epoch minutes. */
    now: z.number(),
    /** DER. */
    trustAnchors: z.array(Bytes).check(z.maxLength(500)),
    decodersUrl: z.optional(z.string()),
  }),
  z.object({ type: z.literal('cancel'), id: Id }),
]);
export type InspectionRequest = z.infer<typeof InspectionRequest>;

export const InspectionAnswer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), id: Id, done: z.number(), total: z.number() }),
  z.object({ type: z.literal('result'), id: Id, facts: FileFacts }),
]);
export type InspectionAnswer = z.infer<typeof InspectionAnswer>;

/**
 * The worker's side: give it every message, it posts the answers. Files are inspected one after another, so that only one of them
 * is unfolded in memory; a cancelled one answers `aborted`.
 *
 * In a worker: `const receive = inspector((answer) => postMessage(answer)); onmessage = ({ data }) => receive(data)`.
 * A decoder in the midst of one picture hears no cancellation; a page that cannot wait ends the worker.
 */
export function inspector(post: (answer: InspectionAnswer) => void): (message: unknown) => void {
  const running = new Map<string, AbortController>();
  let last: Promise<void> = Promise.resolve();
  return (message) => {
    const parsed = InspectionRequest.safeParse(message);
    if (!parsed.success) return;
    const request = parsed.data;
    const { id } = request;
    if (request.type === 'cancel') {
      running.get(id)?.abort();
      return;
    }
    const control = new AbortController();
    running.set(id, control);
    last = last.then(async () => {
      const { bytes, now, trustAnchors, decodersUrl } = request;
      const progress = (done: number, total: number) => post({ type: 'progress', id, done, total });
      const facts = await inspectFile(bytes, { now, trustAnchors, decodersUrl, progress, signal: control.signal });
      running.delete(id);
      post({ type: 'result', id, facts });
    });
  };
}
