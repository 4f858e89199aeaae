import { type FileFacts, InspectionAnswer, type InspectionRequest, LIMITS } from '../../lib/inspection/index.ts';
import type { WorkerLike } from '../shared/worker.ts';

/** Files in the order they came. More than these a person does not look through, and each keeps its facts until cleared. */
export const MAX_FILES = 50;
/** A thread that still works this long (ms) after the time it gives itself is stuck in one picture. */
const GRACE_MS = 15_000;
/** And one that has not stopped this long after it was asked to. */
const CANCEL_MS = 1500;

export type Failure = 'too-large' | 'unreadable' | 'crashed' | 'stuck' | 'cancelled';

export type State =
  | { kind: 'waiting' }
  | { kind: 'running'; done: number; total: number; cancelling: boolean }
  /** `at`: epoch minutes, for thresholds and certificates. */
  | { kind: 'done'; facts: FileFacts; at: number }
  | { kind: 'failed'; why: Failure };

export interface Item {
  readonly id: string;
  /** From 1: what the file is called where its name may not stand. */
  readonly number: number;
  /** Personal data: for the screen, and for an export that asks for it. */
  readonly name: string;
  readonly size: number;
  readonly state: State;
}

interface Options {
  hire: () => WorkerLike;
  /** Epoch minutes. */
  now: () => number;
  /** Folder of the picture decoders, ending in `/`. */
  decodersUrl: string;
  onChange: (items: readonly Item[]) => void;
}

/**
 * Gives files to a worker one at a time: only one of them is in memory. A worker that dies or hangs costs one file its result;
 * the next file gets a new worker.
 */
export class Inspections {
  readonly #options: Options;
  #items: readonly Item[] = [];
  /** Of files that are still to be read, and of signed ones, which are read again when the unit trusts others. No bytes. */
  readonly #files = new Map<string, File>();
  #worker: WorkerLike | null = null;
  #current: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sequence = 0;
  #anchors: readonly Uint8Array<ArrayBuffer>[] | null = null;
  /** What the file that is being read is judged by. */
  #judgedBy: readonly Uint8Array<ArrayBuffer>[] | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Takes files up to MAX_FILES in the list; gives how many it took. */
  add(files: readonly File[]): number {
    const taken = files.slice(0, Math.max(0, MAX_FILES - this.#items.length));
    const items = taken.map((file, i): Item => {
      const id = `f${++this.#sequence}`;
      const state: State = file.size > LIMITS.fileBytes ? { kind: 'failed', why: 'too-large' } : { kind: 'waiting' };
      if (state.kind === 'waiting') this.#files.set(id, file);
      return { id, number: this.#items.length + i + 1, name: file.name, size: file.size, state };
    });
    this.#change([...this.#items, ...items]);
    this.#next();
    return taken.length;
  }

  cancel(id: string): void {
    const state = this.#items.find((item) => item.id === id)?.state;
    if (state?.kind === 'waiting') this.#finish(id, { kind: 'failed', why: 'cancelled' });
    if (state?.kind !== 'running' || state.cancelling) return;
    if (this.#timer === undefined) {
      // Its bytes are still being read; nobody works on it yet.
      this.#finish(id, { kind: 'failed', why: 'cancelled' });
      return;
    }
    this.#set(id, { ...state, cancelling: true });
    this.#post({ type: 'cancel', id });
    this.#wait(CANCEL_MS, 'cancelled');
  }

  cancelAll(): void {
    // The running one last: its end would start the next.
    for (const { id, state } of this.#items) if (state.kind === 'waiting') this.cancel(id);
    if (this.#current !== null) this.cancel(this.#current);
  }

  /** DER of the certificates that the unit trusts: nothing is read before they are known, and signed files again when they change. */
  trust(anchors: readonly Uint8Array<ArrayBuffer>[]): void {
    this.#anchors = anchors;
    const signed = (item: Item) => item.state.kind === 'done' && this.#files.has(item.id);
    this.#change(this.#items.map((item) => (signed(item) ? { ...item, state: { kind: 'waiting' } } : item)));
    this.#next();
  }

  /** Forgets everything, and with the worker what it still holds in memory. */
  clear(): void {
    this.#dismiss();
    this.#current = null;
    this.#files.clear();
    this.#change([]);
  }

  #change(items: readonly Item[]): void {
    this.#items = items;
    this.#options.onChange(items);
  }

  #set(id: string, state: State): void {
    this.#change(this.#items.map((item) => (item.id === id ? { ...item, state } : item)));
  }

  #post(request: InspectionRequest, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(request, transfer);
  }

  #next(): void {
    if (this.#current !== null || this.#anchors === null) return;
    const item = this.#items.find(({ state }) => state.kind === 'waiting');
    const file = item && this.#files.get(item.id);
    if (!item || !file) return;
    this.#current = item.id;
    this.#set(item.id, { kind: 'running', done: 0, total: 0, cancelling: false });
    void this.#start(item.id, file);
  }

  async #start(id: string, file: File): Promise<void> {
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      // A folder, a file that has changed or gone since, or no memory for it.
      if (this.#current === id) this.#finish(id, { kind: 'failed', why: 'unreadable' });
      return;
    }
    if (this.#current !== id) return;
    this.#worker ??= this.#hire();
    const { now, decodersUrl } = this.#options;
    this.#judgedBy = this.#anchors;
    const trustAnchors = [...(this.#anchors ?? [])];
    this.#post({ type: 'inspect', id, bytes, now: now(), trustAnchors, decodersUrl }, [bytes.buffer]);
    this.#wait(LIMITS.milliseconds + GRACE_MS, 'stuck');
  }

  #hire(): WorkerLike {
    const worker = this.#options.hire();
    worker.onmessage = ({ data }) => {
      if (worker === this.#worker) this.#hear(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#give('crashed');
    };
    return worker;
  }

  #hear(message: unknown): void {
    const { success, data: answer } = InspectionAnswer.safeParse(message);
    if (!success || answer.id !== this.#current) return;
    const { id } = answer;
    if (answer.type === 'result') {
      const { facts } = answer;
      const aborted = !facts.opens.ok && facts.opens.why === 'aborted';
      this.#finish(
        id,
        aborted ? { kind: 'failed', why: 'cancelled' } : { kind: 'done', facts, at: this.#options.now() },
      );
      return;
    }
    const state = this.#items.find((item) => item.id === id)?.state;
    if (state?.kind === 'running') this.#set(id, { ...state, done: answer.done, total: answer.total });
  }

  #wait(milliseconds: number, why: Failure): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#give(why), milliseconds);
  }

  /** The current file gets no facts any more, and its worker is not to be trusted with another. */
  #give(why: Failure): void {
    this.#dismiss();
    if (this.#current !== null) this.#finish(this.#current, { kind: 'failed', why });
  }

  #dismiss(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#worker?.terminate();
    this.#worker = null;
  }

  #finish(id: string, state: State): void {
    const signed = state.kind === 'done' && (state.facts.pdf?.signatures.length ?? 0) > 0;
    if (!signed) this.#files.delete(id);
    if (this.#current === id) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#current = null;
    }
    // Someone has changed the list meanwhile.
    const stale = signed && this.#judgedBy !== this.#anchors;
    this.#set(id, stale ? { kind: 'waiting' } : state);
    this.#next();
  }
}
