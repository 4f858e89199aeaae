import type { CDPSession } from 'playwright-core';

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  tid: number;
  pid: number;
  args?: { data?: { url?: string; scriptName?: string }; fileName?: string };
}

export interface Cost {
  /** Milliseconds in calls of the scripts of one origin, nested calls counted once. */
  total: number;
  /** The longest single call. */
  longest: number;
  calls: number;
}

const CATEGORIES = ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile'].join(',');

export async function startTrace(client: CDPSession): Promise<void> {
  await client.send('Tracing.start', { categories: CATEGORIES, transferMode: 'ReportEvents' });
}

export async function stopTrace(client: CDPSession): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: unknown[] }) => {
    events.push(...(value as TraceEvent[]));
  };
  client.on('Tracing.dataCollected', collect);
  const complete = new Promise<void>((resolve) => client.once('Tracing.tracingComplete', () => resolve()));
  await client.send('Tracing.end');
  await complete;
  client.off('Tracing.dataCollected', collect);
  return events;
}

/** Time inside scripts of `origin`: evaluation and every call that the browser made into them. */
export function costOf(events: readonly TraceEvent[], origin: string): Cost {
  const own = events
    .filter(({ name, ph, args }) => {
      if (ph !== 'X' || (name !== 'FunctionCall' && name !== 'EvaluateScript')) return false;
      return (args?.data?.url ?? args?.data?.scriptName ?? '').startsWith(origin);
    })
    .sort((a, b) => a.ts - b.ts);
  let total = 0;
  let longest = 0;
  let calls = 0;
  const ends = new Map<string, number>();
  for (const { ts, dur = 0, pid, tid } of own) {
    const thread = `${pid}/${tid}`;
    if (ts < (ends.get(thread) ?? 0)) continue;
    ends.set(thread, ts + dur);
    total += dur / 1000;
    longest = Math.max(longest, dur / 1000);
    calls += 1;
  }
  return { total, longest, calls };
}
