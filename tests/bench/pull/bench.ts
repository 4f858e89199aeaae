/**
 * How much of an upstream's quota a pull uses, and how often it is refused once it has settled: our limiter, a plain loop that
 * waits when it is told to, and a counter per second. Real sockets on loopback, the upstreams in threads of their own; one
 * pass, about fifty seconds, because shares are no times.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import * as z from 'zod/mini';
import { Http } from '../../../connectors/http.ts';
import { makeLimiter } from '../../../connectors/limit.ts';
import { nodeTransport } from '../../../connectors/node-transport.ts';
import type { UpstreamPlan, UpstreamReport } from './upstream.ts';

const Answer = z.object({ total: z.number() });
const CALLERS = 48;

interface Scenario extends UpstreamPlan {
  name: string;
  /** Calls a second that we are told. */
  quota: number;
  /** Seconds from which on calls count. */
  settled: number;
}

/** Scenarios, as long as each part needs: the quota changes at `change`, and counting begins at `settled`. */
const scenarios = (change: number, settled: number): Scenario[] => [
  ...[5, 50, 500].map((rate) => ({ name: `${rate} lần/s`, quota: rate, settled: 2, quotas: [{ from: 0, rate }] })),
  ...[undefined, 1].map((retryAfter) => ({
    name: `50 rồi 25 lần/s${retryAfter ? ', Retry-After' : ''}`,
    quota: 50,
    settled,
    retryAfter,
    quotas: [
      { from: 0, rate: 50 },
      { from: change, rate: 25 },
    ],
  })),
];

/** Pulls until the signal is raised. */
type Strategy = (url: string, quota: number, signal: AbortSignal) => Promise<void>;

const transport = nodeTransport({ connections: CALLERS });

async function callers(count: number, signal: AbortSignal, call: () => Promise<unknown>): Promise<void> {
  const work = async () => {
    while (!signal.aborted) await call();
  };
  await Promise.all(Array.from({ length: count }, work));
}

/** What every strategy calls with; only ours tries again by itself. */
const clientOf = (baseUrl: string, limiter?: ReturnType<typeof makeLimiter>) =>
  new Http({ baseUrl, limiter, transport: transport.fetch, retries: limiter ? 2 : 0, totalTimeout: 60_000 });

const ours: Strategy = (url, quota, signal) => {
  const http = clientOf(url, makeLimiter({ quota }));
  return callers(CALLERS, signal, () => http.get('x', {}, Answer, signal));
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const serial: Strategy = (url, _, signal) => {
  const http = clientOf(url);
  return callers(1, signal, async () => {
    const answer = await http.get('x', {}, Answer, signal);
    if (!answer.ok && answer.error.retryAfter) await pause(answer.error.retryAfter * 1000);
  });
};

const perSecond: Strategy = (url, quota, signal) => {
  const http = clientOf(url);
  let [window, used] = [0, 0];
  return callers(CALLERS, signal, async () => {
    for (;;) {
      const now = performance.now();
      if (Math.floor(now / 1000) !== window) [window, used] = [Math.floor(now / 1000), 0];
      if (used < quota) break;
      await pause((window + 1) * 1000 - now);
    }
    used += 1;
    await http.get('x', {}, Answer, signal);
  });
};

/** Calls that the upstream would have served between two seconds. */
function allowedBetween(quotas: Scenario['quotas'], from: number, to: number): number {
  return quotas.reduce((sum, { from: start, rate }, i) => {
    const end = quotas[i + 1]?.from ?? Number.POSITIVE_INFINITY;
    return sum + rate * Math.max(0, Math.min(to, end) - Math.max(from, start));
  }, 0);
}

async function run(strategy: Strategy, scenario: Scenario, seconds: number): Promise<string> {
  const worker = new Worker(new URL('./upstream.ts', import.meta.url), { workerData: scenario satisfies UpstreamPlan });
  const message = <T>() => new Promise<T>((resolve) => worker.once('message', resolve));
  const port = await message<number>();
  const control = new AbortController();
  const pulling = strategy(`http://127.0.0.1:${port}`, scenario.quota, control.signal);
  await pause(seconds * 1000);
  const answer = message<UpstreamReport>();
  worker.postMessage('end');
  const { calls } = await answer;
  control.abort();
  await pulling;
  // The last half second is left out: calls were cut off in it.
  const end = seconds - 0.5;
  const counted = calls.filter(({ at }) => at >= scenario.settled * 1000 && at < end * 1000);
  const served = counted.filter((call) => call.served).length;
  const share = (served / allowedBetween(scenario.quotas, scenario.settled, end)) * 100;
  const before = calls.filter(({ at, served: ok }) => !ok && at < scenario.settled * 1000).length;
  return `${share.toFixed(1).padStart(6)} %  ${String(counted.length - served).padStart(6)}  ${String(before).padStart(6)}`;
}

async function table(title: string, strategy: Strategy, list: readonly Scenario[], seconds: number): Promise<void> {
  const lines = await Promise.all(list.map((scenario) => run(strategy, scenario, seconds)));
  console.log(`${title}:`);
  list.forEach((scenario, i) => {
    console.log(`  ${scenario.name.padEnd(30)} ${lines[i]}`);
  });
}

export async function bench(): Promise<void> {
  console.log('pull: phần hạn mức dùng được, số lần bị từ chối sau khi ổn định, số lần bị từ chối trước đó');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await table('bộ hạn mức của Đúng Hẹn', ours, scenarios(3, 22), 32);
  delay.disable();
  // A call that this machine starts late is lost to the share: on a busy one the number says little about the limiter.
  console.log(
    `  (máy này gọi trễ: 99 % dưới ${(delay.percentile(99) / 1e6).toFixed(0)} ms, lâu nhất ${(delay.max / 1e6).toFixed(0)} ms)`,
  );
  const short = scenarios(3, 6);
  await Promise.all([table('vòng lặp tuần tự', serial, short, 12), table('đếm theo từng giây', perSecond, short, 12)]);
  await transport.close();
}
