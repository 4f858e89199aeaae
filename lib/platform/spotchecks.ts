import { Dexie, liveQuery, type Table } from 'dexie';
import * as z from 'zod/mini';
import { type FrozenList, type Unit as ListUnit, SampleRecord } from '../sampling/index.ts';

/** Spot checks kept by this browser: codes, decisions and notes of those who check; nothing of a citizen. */

const Spotcheck = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(80)),
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  /** City system in which the dossiers are opened, when known. */
  host: z.nullable(z.string()),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  updatedAt: z.number(),
  /** Whose decisions the person at this machine writes. */
  role: z.enum(['first', 'second']),
  record: SampleRecord,
});
export type Spotcheck = z.infer<typeof Spotcheck>;

const Unit = z.object({
  code: z.string(),
  stratum: z.string(),
  procedure: z.optional(z.string()),
  at: z.optional(z.string()),
});
const KeptList = z.object({
  id: z.string(),
  population: z.object({
    count: z.number(),
    sha256: z.string(),
    strata: z.array(z.object({ name: z.string(), units: z.array(Unit) })),
  }),
  host: z.nullable(z.string()),
});
type KeptList = z.infer<typeof KeptList>;

type Database = Dexie & { checks: Table<Spotcheck, string>; lists: Table<KeptList, string> };
let opened: Database | undefined;

function database(): Database {
  if (!opened) {
    opened = new Dexie('dung-hen-spotchecks') as Database;
    // Lists apart from checks: every decision saves its check, and a list may have a hundred thousand codes.
    opened.version(1).stores({ checks: 'id, updatedAt', lists: 'id' });
  }
  return opened;
}

/** Keeps a spot check as it is given; resolves once it is on the disk. */
export async function saveSpotcheck(check: Spotcheck): Promise<void> {
  await database().checks.put(Spotcheck.parse(check));
}

/** Null: there is none of this id, or what is there cannot be read. */
export async function loadSpotcheck(id: string): Promise<Spotcheck | null> {
  return Spotcheck.safeParse(await database().checks.get(id)).data ?? null;
}

async function readAll(): Promise<{ checks: Spotcheck[]; bad: number }> {
  const rows = await database().checks.orderBy('updatedAt').reverse().toArray();
  const checks = rows.flatMap((row) => Spotcheck.safeParse(row).data ?? []);
  return { checks, bad: rows.length - checks.length };
}

/** All that can be read, the latest first. */
export const listSpotchecks = async (): Promise<Spotcheck[]> => (await readAll()).checks;

/** What is kept now. */
export interface KeptSpotchecks {
  /** The latest first. */
  checks: Spotcheck[];
  /** Those that could not be read. They stay where they are. */
  bad: number;
}

/** Calls `changed` with what is kept now and after every change in any context, until `signal` is aborted; null: it cannot be read. */
export function followSpotchecks(changed: (kept: KeptSpotchecks | null) => void, signal: AbortSignal): void {
  const subscription = liveQuery(readAll).subscribe({ next: changed, error: () => changed(null) });
  signal.addEventListener('abort', () => subscription.unsubscribe());
}

/** Takes a spot check away with its list. Resolves with the way to bring both back. */
export async function removeSpotcheck(id: string): Promise<() => Promise<void>> {
  const db = database();
  return db.transaction('rw', db.checks, db.lists, async () => {
    const check = await db.checks.get(id);
    const list = await db.lists.get(id);
    await db.checks.delete(id);
    await db.lists.delete(id);
    return async () => {
      await db.transaction('rw', db.checks, db.lists, async () => {
        if (check) await db.checks.put(check);
        if (list) await db.lists.put(list);
      });
    };
  });
}

/** Keeps the list that a spot check is drawn from. */
export async function saveFrozenList(id: string, list: FrozenList): Promise<void> {
  await database().lists.put(KeptList.parse({ id, ...list }));
}

/** The list of a spot check; null: it was never here (a file handed over brings none), or what is here cannot be read. */
export async function frozenList(id: string): Promise<FrozenList | null> {
  const kept = KeptList.safeParse(await database().lists.get(id)).data;
  if (!kept) return null;
  const { population, host } = kept;
  const strata = population.strata.map(({ name, units }) => ({ name, units: units.map(unitOf) }));
  return { population: { ...population, strata }, host };
}

const unitOf = ({ code, stratum, procedure, at }: z.infer<typeof Unit>): ListUnit => ({
  code,
  stratum,
  ...(procedure !== undefined && { procedure }),
  ...(at !== undefined && { at }),
});
