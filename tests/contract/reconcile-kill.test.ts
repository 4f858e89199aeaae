import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRng } from '../sandbox/city/rng.ts';
import { wall } from '../sandbox/naive-time.ts';
import { plant } from '../sandbox/planted.ts';
import type { UpstreamCall, Upstreams } from '../sandbox/upstream-types.ts';
import { startUpstreams } from '../sandbox/upstreams.ts';
import { configText, ENVIRONMENT, NAMES } from './reconcile-world.ts';

const MAIN = join(import.meta.dirname, '../../cli/main.ts');
const NOW = '2026-11-25T09:40';
const KILLS = 5;
/** Partitions of one side that the command has in hand. */
const IN_HAND = 4;
/** Calls of one side that are on their way together. */
const AT_ONCE = 8;
const PATIENCE = 240_000;

const folder = mkdtempSync(join(tmpdir(), 'dunghen-kill-'));
let upstreams: Upstreams;

beforeAll(async () => {
  const planted = plant({ seed: 'kill', now: wall(NOW), count: 500 }, { share: 0.1 });
  upstreams = await startUpstreams({ planted });
});
afterAll(async () => {
  await upstreams?.close();
  rmSync(folder, { recursive: true, force: true });
});

function command(out: string, config: string, more: string[] = []): ChildProcess {
  const { from, to } = upstreams.planted.period;
  const sources = Object.entries(NAMES).flatMap(([side, name]) => [`--${side}`, name]);
  const args = [
    'reconcile',
    ...sources,
    '--from',
    from,
    '--to',
    to,
    '--now',
    NOW,
    '--config',
    config,
    '--out',
    out,
    '--resume',
  ];
  return spawn(process.execPath, [MAIN, ...args, ...more], {
    env: { ...process.env, ...ENVIRONMENT },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Runs until it ends, or until the upstreams have seen so many calls: then SIGKILL. */
function life(
  out: string,
  config: string,
  killAt = Number.POSITIVE_INFINITY,
): Promise<{ code: number | null; words: string }> {
  const child = command(out, config);
  let words = '';
  child.stderr?.on('data', (bytes) => {
    words += bytes;
  });
  const watch = setInterval(() => {
    if (upstreams.calls.length >= killAt) child.kill('SIGKILL');
  }, 1);
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      clearInterval(watch);
      resolve({ code, words });
    });
  });
}

const aboutOf = (calls: readonly UpstreamCall[], service: string) =>
  calls.filter((call) => call.service === service && call.status === 200).map(({ about }) => about);

/** What stands in both, as often as it does. */
const repeated = (before: readonly string[], after: readonly string[]): number =>
  after.filter((about) => before.includes(about)).length;

/** Dossiers of the unit and day that has most of them; of questions, two such parts are in hand. */
function largestPartition(): number {
  const sizes = new Map<string, number>();
  for (const { unit, receivedAt } of upstreams.planted.city) {
    const key = `${unit.code} ${Math.floor((receivedAt + 7 * 3600) / 86_400)}`;
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  return Math.max(...sizes.values());
}

describe.each([
  ['lists', 'full' as const],
  ['code by code', 'none' as const],
])('the command killed with SIGKILL five times, nation read by %s', (name, list) => {
  it(
    'gives the same bytes as one that was left alone, and repeats what was in hand only',
    async () => {
      const config = join(folder, `${list}.json`);
      writeFileSync(config, configText(upstreams, { list, quota: 400 }));
      const from = upstreams.calls.length;
      const calm = await life(join(folder, `${list}-calm`), config);
      expect(calm.code, calm.words).toBe(1);
      const needed = upstreams.calls.length - from;

      const out = join(folder, `${list}-killed`);
      const rng = makeRng(`kill ${name}`);
      const lives: UpstreamCall[][] = [];
      for (let i = 0; i <= KILLS; i++) {
        const start = upstreams.calls.length;
        const share = Math.floor(needed / (KILLS + 1));
        // Spread over the whole job, so that lists and questions are both cut.
        const killAt = i < KILLS ? start + rng.int(Math.floor(0.7 * share), share) : Number.POSITIVE_INFINITY;
        const { code, words } = await life(out, config, killAt);
        expect(code, words).toBe(i < KILLS ? null : 1);
        lives.push(upstreams.calls.slice(start));
      }

      const bytes = (of: string) => readFileSync(join(folder, `${list}-${of}`, 'report.json'), 'utf8');
      expect(bytes('killed')).toBe(bytes('calm'));
      for (let i = 1; i <= KILLS; i++) {
        const before = lives.slice(0, i).flat();
        const after = lives[i] as UpstreamCall[];
        const again = (service: string) => repeated(aboutOf(before, service), aboutOf(after, service));
        expect(again('search')).toBeLessThanOrEqual(IN_HAND);
        expect(again('DanhSachHoSo')).toBeLessThanOrEqual(IN_HAND);
        expect(again('bus-detail')).toBeLessThanOrEqual(2 * AT_ONCE);
        expect(again('TraCuuHoSo')).toBeLessThanOrEqual(2 * largestPartition());
      }
      expect(lives.flat().length - needed).toBeLessThan(needed / 3);
    },
    PATIENCE,
  );
});

describe('the command stopped by Ctrl+C', () => {
  it(
    'keeps what is in hand, says how to go on, and goes on',
    async () => {
      const config = join(folder, 'stop.json');
      writeFileSync(config, configText(upstreams, { quota: 200 }));
      const out = join(folder, 'stopped');
      const start = upstreams.calls.length;
      const child = command(out, config);
      let words = '';
      child.stderr?.on('data', (bytes) => {
        words += bytes;
      });
      const watch = setInterval(() => {
        if (upstreams.calls.length < start + 40) return;
        clearInterval(watch);
        child.kill('SIGINT');
      }, 1);
      const code = await new Promise((resolve) => child.once('exit', resolve));
      expect(code, words).toBe(2);
      expect(words).toContain(`làm tiếp: dunghen reconcile --out ${out} --resume`);
      const read = aboutOf(upstreams.calls.slice(start), 'search');
      const then = upstreams.calls.length;
      const end = await life(out, config);
      expect(end.code, end.words).toBe(1);
      expect(repeated(read, aboutOf(upstreams.calls.slice(then), 'search'))).toBe(0);
    },
    PATIENCE,
  );
});
