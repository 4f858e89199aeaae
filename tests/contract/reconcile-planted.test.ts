import { describe, expect, it, type TestContext } from 'vitest';
import {
  memoryAfter,
  type ReconcileReport,
  reconcileRecords,
  runJob,
  SIDES,
  type Side,
} from '../../lib/reconcile/index.ts';
import type { FaultKind, FaultRule } from '../sandbox/faults.ts';
import { wall } from '../sandbox/naive-time.ts';
import { plant } from '../sandbox/planted.ts';
import type { PlantOptions } from '../sandbox/planted-types.ts';
import type { UpstreamOptions, Upstreams } from '../sandbox/upstream-types.ts';
import { startUpstreams, UPSTREAM_IDS } from '../sandbox/upstreams.ts';
import { MemoryStore } from '../unit/job-world.ts';
import { type ConfigOptions, faultsOf, type World, worldOf } from './reconcile-world.ts';

const NOW = wall('2026-11-25T09:40');
const PATIENCE = 600_000;

/** Simulated systems until the end of a test, which may run beside another. */
async function sandbox(
  { onTestFinished }: TestContext,
  count: number,
  options: Partial<UpstreamOptions> = {},
  planting?: PlantOptions,
): Promise<Upstreams> {
  const upstreams = await startUpstreams({
    planted: plant({ seed: 'planted', now: NOW, count }, planting),
    ...options,
  });
  onTestFinished(() => upstreams.close());
  return upstreams;
}

/** Long waits between attempts have their own tests; here they would only be waited for. */
const impatient = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds / 20));

async function reconcile({ spec, readers, rules }: World, store = new MemoryStore()) {
  store.state.spec = spec;
  const run = await runJob({ spec, readers, store, wait: impatient });
  if (run.state === 'stopped') throw new Error('đã dừng');
  const { records, unreadable, notDone, unanswered } = run.gathered;
  const sides = spec.sources.map(({ side }) => side);
  const report = reconcileRecords(records, unreadable, { rules, sides, now: spec.now, notDone, unanswered });
  return { state: run.state, gathered: run.gathered, report, store };
}

const job = async (upstreams: Upstreams, sides: readonly Side[] = SIDES, options?: ConfigOptions) =>
  reconcile(await worldOf(upstreams, sides, options));

/** So often, all over the job. */
const OFTEN: FaultKind[] = ['429', '500', '502-html', 'reset', 'truncated', 'delay'];
/** Another way to write the same. */
const SPELLINGS: FaultKind[] = ['one-as-object', 'error-code', 'offset-0700', 'epoch', 'numbers-as-strings', 'nfd'];
/** Answers that no repeat of the same call cures: a few of each in each system. */
const SELDOM: FaultKind[] = ['session-expired', 'refused-in-200', '401', '403', '203', 'hang'];

function mixedFaults(chance: number): FaultRule[] {
  return [
    ...OFTEN.map((fault) => ({ fault, when: { chance }, ms: 200, ...(fault === '429' && { retryAfter: 0.2 }) })),
    ...SPELLINGS.map((fault) => ({
      fault,
      when: { chance: 5 * chance },
      ...(fault === 'error-code' && { code: '00' }),
    })),
    ...UPSTREAM_IDS.flatMap((upstream) =>
      SELDOM.map((fault, i): FaultRule => ({ fault, upstream, when: { every: 37 + 10 * i }, times: 2 })),
    ),
  ];
}

const missing = ({ byClass }: ReconcileReport) => Object.keys(byClass).filter((name) => name.startsWith('missing'));

describe('planted differences', () => {
  it(
    'are found, each with its class, and nothing else, in 20,000 dossiers with faults on',
    async (context) => {
      const upstreams = await sandbox(context, 20_000, { faults: mixedFaults(0.001) });
      const { state, report } = await job(upstreams);
      const met = new Set(upstreams.calls.flatMap(({ faults }) => faults));
      expect([...OFTEN, ...SPELLINGS, ...SELDOM].filter((fault) => !met.has(fault))).toEqual([]);
      expect(state).toBe('complete');
      expect(report.notDone).toEqual([]);
      expect(faultsOf(report, upstreams.planted)).toEqual([]);
      // The bus has messages, not rows: several of one dossier become one record.
      const { city, national } = upstreams.planted;
      expect(report.totals).toMatchObject({ city: { total: city.length }, national: { total: national.length } });
    },
    PATIENCE,
  );

  it(
    'are found code by code as far as such a source can show them',
    async (context) => {
      const upstreams = await sandbox(context, 2000);
      const { report } = await job(upstreams, SIDES, { list: 'none' });
      // What only a list shows: dossiers that nobody else has, and second rows of one dossier.
      const hidden = faultsOf(report, upstreams.planted).filter(
        (line) => !/^(only-national|twice|[^ ]*\+twice)/.test(line),
      );
      expect(hidden.filter((line) => !line.startsWith('unreadable-'))).toEqual([]);
    },
    PATIENCE,
  );
});

// They wait for tries that time out far more than they compute.
describe.concurrent('a system that gives no answer', () => {
  const cases: [string, FaultRule[], Side][] = [
    ['every window of the nation fails', [{ fault: '500', upstream: 'dvcqg', service: 'DanhSachHoSo' }], 'national'],
    ['the nation hands out no session', [{ fault: '401', upstream: 'dvcqg' }], 'national'],
    [
      'one message of the bus is refused again and again',
      [{ fault: '403', upstream: 'lgsp', service: 'bus-detail', when: { from: 90 } }],
      'lgsp',
    ],
    ['the bus answers with pages of a proxy', [{ fault: '502-html', upstream: 'lgsp' }], 'lgsp'],
    ['the city cuts its answers', [{ fault: 'truncated', upstream: 'citysearch', service: 'search' }], 'city'],
    ['the city refuses in HTTP 200', [{ fault: 'refused-in-200', upstream: 'citysearch', service: 'search' }], 'city'],
  ];
  it.for(cases)(
    '%s: the parts are named, and nothing is missing there',
    { timeout: PATIENCE },
    async ([, faults, side], context) => {
      const upstreams = await sandbox(context, 150, { faults });
      const { state, report } = await job(upstreams);
      expect(state).toBe('incomplete');
      expect(report.notDone.length).toBeGreaterThan(0);
      for (const part of report.notDone) expect(part).toMatchObject({ side, message: expect.stringMatching(/\S/) });
      expect(missing(report)).not.toContain(`missing-${side}`);
      // The others are held against each other all the same.
      const wrong = faultsOf(report, upstreams.planted).filter((line) => line.startsWith('không cài'));
      expect(wrong.filter((line) => !line.includes(': unreadable'))).toEqual([]);
    },
  );

  it(
    'a wrong secret is tried once, and said in words',
    async (context) => {
      const upstreams = await sandbox(context, 150, { dvcqg: { password: 'đã-đổi' } });
      const { report } = await job(upstreams);
      expect(upstreams.calls.filter(({ upstream }) => upstream === 'dvcqg')).toHaveLength(1);
      expect(new Set(report.notDone.map(({ side, kind }) => `${side} ${kind}`))).toEqual(new Set(['national auth']));
      expect(missing(report)).not.toContain('missing-national');
    },
    PATIENCE,
  );
});

describe('a second run with nothing changed', () => {
  it(
    'asks for at most one in twenty of what the first one asked for',
    async (context) => {
      const upstreams = await sandbox(context, 3000, {}, { share: 0.01 });
      const sides = ['city', 'national'] as const;
      const first = await job(upstreams, sides, { list: 'none' });
      const lookups = () => upstreams.calls.filter(({ service }) => service === 'TraCuuHoSo').length;
      const asked = lookups();
      expect(asked).toBeGreaterThan(2900);

      const store = new MemoryStore();
      store.earlierEntries = memoryAfter(first.gathered, first.report.differences, []);
      const second = await reconcile(await worldOf(upstreams, sides, { list: 'none' }), store);
      expect(lookups() - asked).toBeLessThanOrEqual(asked / 20);
      expect(JSON.stringify(second.report)).toBe(JSON.stringify(first.report));
      expect(second.gathered.rechecks).toMatchObject([{ side: 'national', changed: 0 }]);
    },
    PATIENCE,
  );
});
