import { beforeAll, describe, expect, it } from 'vitest';
import { OpenCpsClient, opencpsReader } from '../../connectors/index.ts';
import type { SideRecord, UnreadableRow } from '../../lib/reconcile/index.ts';
import type { FaultRule } from '../sandbox/faults.ts';
import { wall } from '../sandbox/naive-time.ts';
import { plant } from '../sandbox/planted.ts';
import type { Planted } from '../sandbox/planted-types.ts';
import { makePopulation } from '../sandbox/population.ts';
import { SANDBOX_SECRETS } from '../sandbox/upstream-types.ts';
import { startUpstreams } from '../sandbox/upstreams.ts';
import { closeAfter, PATIENT, skippingClock } from './local-server.ts';

const NOW = wall('2026-11-25T09:40');
const NEVER = new AbortController().signal;
let planted: Planted;
beforeAll(() => {
  planted = plant(makePopulation({ seed: 'mot-cua', now: NOW, count: 600 }));
});

/** Reads the whole period of the city's book as a job does, and what could not be read of it. */
async function readAll(faults: readonly FaultRule[] = [], retries = 4) {
  const upstreams = await startUpstreams({ planted, faults });
  closeAfter(() => upstreams.close());
  const { groupId } = SANDBOX_SECRETS.citysearch;
  const limits = { ...PATIENT, retries, timers: skippingClock() };
  const client = new OpenCpsClient({ baseUrl: upstreams.urls.citysearch, groupId, ...limits });
  const { list } = opencpsReader({ client, results: true });
  const records: SideRecord[] = [];
  const unreadable: UnreadableRow[] = [];
  const failed: string[] = [];
  const last = Date.parse(planted.period.to);
  for (const unit of planted.units)
    for (let at = Date.parse(planted.period.from); at <= last; at += 86_400_000) {
      const day = new Date(at).toISOString().slice(0, 10);
      const outcome = await list?.({ unit, day }, NEVER);
      if (!outcome?.ok) failed.push(outcome?.error.kind ?? '');
      else {
        records.push(...outcome.value.records);
        unreadable.push(...outcome.value.unreadable);
      }
    }
  return { records, unreadable, failed, calls: upstreams.calls };
}

const codes = (records: readonly SideRecord[]) => records.map(({ code }) => code).sort();

describe('OpenCPS against the simulated city', { timeout: 30_000 }, () => {
  it('reads every row of the book, to the second, and no person', async () => {
    const { records, unreadable, failed } = await readAll();
    expect(failed).toEqual([]);
    const readable = planted.city.filter(({ broken }) => broken === undefined);
    expect(codes(records)).toEqual(readable.map(({ code }) => code.normalize('NFC').trim()).sort());
    expect(unreadable.length).toBe(planted.unreadable.city);
    const facts = (receivedAt: number, status: number | undefined, result: boolean) =>
      `${receivedAt} ${status} ${result}`;
    expect(records.map((r) => facts(r.receivedAt ?? 0, r.status, r.hasResult ?? false)).sort()).toEqual(
      readable.map((r) => facts(r.receivedAt, r.status, r.status >= 9 && r.hasResult)).sort(),
    );
    const [owner] = planted.city.map((row) => row.owner);
    expect(JSON.stringify([records, unreadable])).not.toMatch(
      new RegExp(`${owner?.name}|${owner?.phone}|99\\d{9}`, 'iu'),
    );
  });

  it('faults that pass by themselves change nothing', async () => {
    const quiet = await readAll();
    const every = { '500': 7, '502-html': 11, '429': 13, reset: 17, truncated: 19 };
    const faults = Object.entries(every).map(
      ([fault, number]) => ({ fault, upstream: 'citysearch', when: { every: number } }) as FaultRule,
    );
    const noisy = await readAll([
      ...faults,
      { fault: 'one-as-object', upstream: 'citysearch' },
      { fault: 'numbers-as-strings', upstream: 'citysearch' },
    ]);
    expect(noisy.failed).toEqual([]);
    expect(codes(noisy.records)).toEqual(codes(quiet.records));
    expect(noisy.calls.length).toBeGreaterThan(quiet.calls.length);
  });

  it('faults that do not pass are named, and never look like a day without dossiers', async () => {
    const quiet = await readAll();
    const kinds = { 203: 'auth', 401: 'auth', 403: 'permission', 204: 'schema' } as const;
    for (const [fault, kind] of Object.entries(kinds)) {
      const rule = { fault, upstream: 'citysearch', service: 'search', when: { nth: [2, 5] } } as FaultRule;
      const { failed, records } = await readAll([rule]);
      expect(failed).toEqual([kind, kind]);
      expect(records.length).toBeLessThanOrEqual(quiet.records.length);
    }
  });
});
