import type { WorkerLike } from '../shared/worker.ts';
import type { Answer, Answers, Ask } from './protocol.ts';

/** The worker said no; the message is ready to show. */
export class Refused extends Error {
  /** The list is another one than the sample was drawn from. */
  readonly changed: boolean;
  constructor(message: string, changed: boolean) {
    super(message);
    this.changed = changed;
  }
}

/** The person stopped the work. */
export class Stopped extends Error {}

interface Waiting {
  done: (value: never) => void;
  failed: (error: Error) => void;
  progress: (rows: number) => void;
}

/** The page's end of the worker: one question, one answer. A worker that is stopped or dies forgets its list. */
export class Desk {
  readonly #hire: () => WorkerLike;
  #worker: WorkerLike | null = null;
  #waiting = new Map<number, Waiting>();
  #nr = 0;

  constructor(hire: () => WorkerLike) {
    this.#hire = hire;
  }

  /** @throws Refused in words, Stopped when the person stopped it */
  ask<Type extends Ask['type']>(
    ask: Extract<Ask, { type: Type }>,
    progress: (rows: number) => void = () => undefined,
  ): Promise<Answers[Type]> {
    const nr = ++this.#nr;
    return new Promise<Answers[Type]>((done, failed) => {
      this.#waiting.set(nr, { done, failed, progress });
      this.#at().postMessage({ nr, ask });
    });
  }

  /** Ends what runs; everything that was asked fails with `Stopped`. */
  stop(): void {
    this.#end(new Stopped());
  }

  #at(): WorkerLike {
    if (this.#worker) return this.#worker;
    const worker = this.#hire();
    worker.onmessage = ({ data }) => this.#take(data as Answer);
    worker.onerror = () =>
      this.#end(new Refused('luồng xử lý bị trình duyệt dừng (thường do thiếu bộ nhớ); hãy thử lại', false));
    this.#worker = worker;
    return worker;
  }

  #end(error: Error): void {
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { failed } of waiting) failed(error);
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.nr);
    if (!waiting) return;
    if (answer.kind !== 'progress') this.#waiting.delete(answer.nr);
    if (answer.kind === 'progress') waiting.progress(answer.rows);
    else if (answer.kind === 'done') waiting.done(answer.value as never);
    else waiting.failed(new Refused(answer.message, answer.changed));
  }
}
