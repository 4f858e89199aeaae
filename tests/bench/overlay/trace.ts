import type { CDPSession } from 'playwright-core';

/**
 * Script time of one extension in one page, from two recordings of the same moments. The trace knows every call that
 * the browser made into a script, with the processor time it took, but a promise's continuation carries no name there.
 * The sampling profiler knows whose code ran at any moment, but not where one call ends and the next begins. Calls come
 * from the first; what happened outside of them, from the second.
 */
interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  /** Processor time of the thread: another program on the machine does not make our code look slower. */
  tdur?: number;
  tid: number;
  pid: number;
  args?: { data?: { url?: string } };
}

interface ProfileNode {
  id: number;
  callFrame: { url: string; functionName: string };
  children?: number[];
}

interface Profile {
  nodes: ProfileNode[];
  startTime: number;
  samples?: number[];
  timeDeltas?: number[];
}

export interface Recording {
  events: TraceEvent[];
  profile: Profile;
}

export interface Cost {
  /** Milliseconds of processor time in the scripts, nested calls counted once. */
  total: number;
  /** Of these, running the files for the first time. */
  load: number;
  /** The longest single call, in processor time. */
  longest: number;
  /** Milliseconds on the wall, as a check: never below `total`. */
  wall: number;
  calls: number;
  /** Milliseconds the page spent on style, layout and painting, whoever was the cause; not a part of `total`. */
  drawing: number;
  /** Addresses of the scripts that ran. */
  files: Set<string>;
}

const CATEGORIES = ['-*', 'devtools.timeline', 'v8.execute'].join(',');
const SAMPLING_US = 200;
const CALLS = ['FunctionCall', 'EvaluateScript'];
const DRAWING = ['UpdateLayoutTree', 'Layout', 'PrePaint', 'Paint', 'Layerize', 'Commit'];

/** Records everything that happens in the page's process during `work`. */
export async function record(client: CDPSession, work: () => Promise<void>): Promise<Recording> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: unknown[] }) => {
    events.push(...(value as TraceEvent[]));
  };
  client.on('Tracing.dataCollected', collect);
  const complete = new Promise<void>((resolve) => client.once('Tracing.tracingComplete', () => resolve()));
  await client.send('Profiler.enable');
  await client.send('Profiler.setSamplingInterval', { interval: SAMPLING_US });
  await client.send('Profiler.start');
  await client.send('Tracing.start', { categories: CATEGORIES, transferMode: 'ReportEvents' });
  await work();
  await client.send('Tracing.end');
  await complete;
  const { profile } = await client.send('Profiler.stop');
  client.off('Tracing.dataCollected', collect);
  return { events, profile };
}

interface Span {
  from: number;
  to: number;
}

/** Moments at which code under `prefix` ran: its own, or what it had the browser do. */
function ownMoments({ nodes, startTime, samples = [], timeDeltas = [] }: Profile, prefix: string): Span[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const owner = new Map<number, string>();
  // Parents come before their children. The nearest frame with an address owns what runs: a page's handler that we
  // merely call through is the page's, the browser's own functions belong to who called them.
  for (const { id, callFrame, children = [] } of nodes) {
    const own = callFrame.url || owner.get(id) || '';
    owner.set(id, own);
    for (const child of children) owner.set(child, own);
  }
  const spans: Span[] = [];
  let at = startTime;
  let before = false;
  samples.forEach((id, i) => {
    at += timeDeltas[i] ?? 0;
    const collecting = byId.get(id)?.callFrame.functionName === '(garbage collector)';
    const own = collecting ? before : (owner.get(id) ?? '').startsWith(prefix);
    if (own) spans.push({ from: at, to: at + (timeDeltas[i + 1] ?? 0) });
    before = own;
  });
  return spans;
}

const spanOf = ({ ts, dur = 0 }: TraceEvent): Span => ({ from: ts, to: ts + dur });
const cpuOf = ({ dur = 0, tdur }: TraceEvent) => (tdur ?? dur) / 1000;

/** Those that lie in no other one of the same thread. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  const ends = new Map<string, number>();
  return [...events]
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .filter((event) => {
      const thread = `${event.pid}/${event.tid}`;
      if (event.ts < (ends.get(thread) ?? 0)) return false;
      ends.set(thread, event.ts + (event.dur ?? 0));
      return true;
    });
}

/** Time in scripts whose address begins with `prefix`. */
export function costOf({ events, profile }: Recording, prefix: string): Cost {
  const spans = events.filter(({ ph }) => ph === 'X');
  const own = outermost(
    spans.filter(({ name, args }) => CALLS.includes(name) && (args?.data?.url ?? '').startsWith(prefix)),
  );
  const cost: Cost = { total: 0, load: 0, longest: 0, wall: 0, calls: own.length, drawing: 0, files: new Set() };
  for (const call of own) {
    const cpu = cpuOf(call);
    cost.files.add(call.args?.data?.url ?? '');
    cost.total += cpu;
    cost.wall += (call.dur ?? 0) / 1000;
    if (call.name === 'EvaluateScript') cost.load += cpu;
    cost.longest = Math.max(cost.longest, cpu);
  }
  const threads = new Set(own.map(({ pid, tid }) => `${pid}/${tid}`));
  const inside = own.map(spanOf);
  // Between our calls: continuations after an `await`, and our wrappers inside calls of the page.
  const loose = ownMoments(profile, prefix).filter(
    ({ from }) => !inside.some((span) => from >= span.from && from < span.to),
  );
  const others = outermost(
    spans.filter(
      (event) =>
        ['RunMicrotasks', ...CALLS].includes(event.name) &&
        !own.includes(event) &&
        (threads.size === 0 || threads.has(`${event.pid}/${event.tid}`)),
    ),
  );
  for (const other of others) {
    const { from, to } = spanOf(other);
    const ours = loose.filter((moment) => moment.from >= from && moment.from < to);
    const wall = ours.reduce((sum, moment) => sum + Math.min(moment.to, to) - moment.from, 0) / 1000;
    if (wall === 0) continue;
    const cpu = (wall / ((other.dur ?? 0) / 1000)) * cpuOf(other);
    cost.total += cpu;
    cost.wall += wall;
    cost.longest = Math.max(cost.longest, cpu);
    cost.calls += 1;
  }
  // Every extension has one page here, so whatever drew was it.
  for (const event of outermost(spans.filter(({ name }) => DRAWING.includes(name)))) cost.drawing += cpuOf(event);
  return cost;
}
