import type { WorkerLike } from '../shared/worker.ts';
import type { IndicatorAnswer, IndicatorAnswers, IndicatorAsk } from './indicators-protocol.ts';

/** Our own script in a thread of its own; the address has to stand here whole, for the bundler to find it. */
export const hireIndicators = (): WorkerLike =>
  new Worker(new URL('./indicators-worker.ts', import.meta.url), { type: 'module' });

/** The worker said no; the message is ready to show. */
export class IndicatorsRefused extends Error {}

/** Another question came before the answer. */
export class IndicatorsStopped extends Error {}

interface Waiting {
  nr: number;
  done: (value: never) => void;
  failed: (error: Error) => void;
  progress: (rows: number) => void;
}

/** The page's end of the worker. Only the last question counts: a new one ends what runs. */
export class IndicatorDesk {
  readonly #hire: () => WorkerLike;
  #worker: WorkerLike | null = null;
  #waiting: Waiting | null = null;
  #nr = 0;

  constructor(hire: () => WorkerLike) {
    this.#hire = hire;
  }

  /** @throws IndicatorsRefused in words, IndicatorsStopped when another question came */
  ask<Type extends IndicatorAsk['type']>(
    ask: Extract<IndicatorAsk, { type: Type }>,
    progress: (rows: number) => void = () => undefined,
  ): Promise<IndicatorAnswers[Type]> {
    if (this.#waiting) this.stop();
    const nr = ++this.#nr;
    return new Promise<IndicatorAnswers[Type]>((done, failed) => {
      this.#waiting = { nr, done, failed, progress };
      this.#at().postMessage({ nr, ask });
    });
  }

  stop(): void {
    this.#end(new IndicatorsStopped());
  }

  #at(): WorkerLike {
    if (this.#worker) return this.#worker;
    const worker = this.#hire();
    worker.onmessage = ({ data }) => this.#take(data as IndicatorAnswer);
    worker.onerror = () =>
      this.#end(new IndicatorsRefused('luồng xử lý bị trình duyệt dừng (thường do thiếu bộ nhớ); hãy thử lại'));
    this.#worker = worker;
    return worker;
  }

  #end(error: Error): void {
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.failed(error);
  }

  #take(answer: IndicatorAnswer): void {
    const waiting = this.#waiting;
    if (waiting?.nr !== answer.nr) return;
    if (answer.kind !== 'progress') this.#waiting = null;
    if (answer.kind === 'progress') waiting.progress(answer.rows);
    else if (answer.kind === 'done') waiting.done(answer.value as never);
    else waiting.failed(new IndicatorsRefused(answer.message));
  }
}
