import { openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import {
  CodeBook,
  Kernel,
  outputOf,
  PartitionStore,
  planOf,
  RangeFeed,
  RowSink,
} from '../../lib/reconcile/engine/index.ts';
import type { FromWorker, JoinTask, RangeRead, ReadTask, ToWorker, WorkerStart } from './protocol.ts';

/** One reader of the pool: first ranges of files into its own partitions, then partitions of all readers into groups. */

const { files, bits } = workerData as WorkerStart;
const sink = new RowSink(new PartitionStore(bits, (bytes) => new SharedArrayBuffer(bytes)), new CodeBook());
const open = files.map(({ path, mapping }) => ({
  descriptor: openSync(path, 'r'),
  headerRows: mapping.headerRows,
  feed: new RangeFeed(planOf(mapping), sink),
}));

function read({ range, file, start, limit, exact }: ReadTask): RangeRead {
  const source = open[file];
  if (source === undefined) throw new RangeError(`file ${file}`);
  const { descriptor, feed, headerRows } = source;
  const fileStart = start === 0;
  feed.begin({
    range,
    limit: limit - start,
    fileStart,
    headerRows: fileStart ? headerRows : 0,
    seek: !exact && !fileStart,
  });
  // A range that is sought begins to look at the byte before it: a line end there makes its first byte a row.
  let position = exact || fileStart ? start : start - 1;
  while (!feed.done) {
    const length = readSync(descriptor, feed.room(), { position });
    position += length;
    feed.filled(length, length === 0);
  }
  const outcome = feed.end();
  return { ...outcome, start: start + outcome.start, end: start + outcome.end };
}

function join({ sources, linked, options, partitions, next }: JoinTask) {
  const kernel = new Kernel(sources, linked, options);
  for (;;) {
    const partition = Atomics.add(next, 0, 1);
    if (partition >= partitions) return kernel.outcome();
    kernel.join(partition);
  }
}

const answer = (message: FromWorker) => parentPort?.postMessage(message);

parentPort?.on('message', (message: ToWorker) => {
  if ('read' in message) answer({ range: message.read.range, read: read(message.read) });
  else if ('finish' in message) answer({ output: outputOf(sink) });
  else answer({ kernel: join(message.join) });
});
