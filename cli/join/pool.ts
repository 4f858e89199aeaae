import { Worker } from 'node:worker_threads';
import type { KernelOutcome, ReaderOutput } from '../../lib/reconcile/engine/index.ts';
import type { FromWorker, JoinTask, RangeRead, ReadTask, ToWorker, WorkerStart } from './protocol.ts';

/** Threads that read and join; a thread gets its next piece when it has done the one before. */
export class JoinPool {
  #workers: Worker[];

  constructor(threads: number, start: WorkerStart) {
    this.#workers = Array.from(
      { length: threads },
      () => new Worker(new URL('./worker.ts', import.meta.url), { workerData: start }),
    );
  }

  /** Reads all pieces; answers in the order of the tasks. */
  async read(tasks: readonly ReadTask[]): Promise<RangeRead[]> {
    const results: RangeRead[] = [];
    let next = 0;
    await Promise.all(
      this.#workers.map(async (worker) => {
        for (let at = next++; at < tasks.length; at = next++) {
          const answer = await ask(worker, { read: tasks[at] as ReadTask });
          if ('read' in answer) results[at] = answer.read;
        }
      }),
    );
    return results;
  }

  async outputs(): Promise<ReaderOutput[]> {
    const answers = await Promise.all(this.#workers.map((worker) => ask(worker, { finish: true })));
    return answers.flatMap((answer) => ('output' in answer ? [answer.output] : []));
  }

  async join(task: JoinTask): Promise<KernelOutcome[]> {
    const answers = await Promise.all(this.#workers.map((worker) => ask(worker, { join: task })));
    return answers.flatMap((answer) => ('kernel' in answer ? [answer.kernel] : []));
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** One question at a time and thread. */
function ask(worker: Worker, message: ToWorker): Promise<FromWorker> {
  return new Promise((resolve, reject) => {
    const done = () => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
    };
    const onMessage = (answer: FromWorker) => {
      done();
      resolve(answer);
    };
    const onError = (error: unknown) => {
      done();
      reject(error);
    };
    const onExit = () => onError(new Error('a thread of the join ended'));
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.postMessage(message);
  });
}
