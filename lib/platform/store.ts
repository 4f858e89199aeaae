import { Dexie, liveQuery, type Table } from 'dexie';
import { mergeReadings } from '../dossier/index.ts';
import { type Dossier, type SeenBatch, WorklistEntry } from '../schema/index.ts';
import { EXPIRE_HOURS, MAX_ENTRIES, MERGE_MINUTES } from './limits.ts';

/**
 * The worklist of this browser, in IndexedDB: what pages showed, keyed by host and dossier code. Without personal
 * data, and for a limited time. Every row is checked when written and again when read.
 */

const HOUR = 60;
/** A row from the future was written while the clock of the machine was wrong; it must not stay for ever. */
const FUTURE_MINUTES = 24 * HOUR;

type Key = [host: string, code: string];

type Database = Dexie & { seen: Table<WorklistEntry, Key> };
let opened: Database | undefined;

/** Opened on first use and not on import. */
function database(): Database {
  if (!opened) {
    opened = new Dexie('dung-hen') as Database;
    opened.version(1).stores({ seen: '[host+code], seenAt' });
  }
  return opened;
}

/** The address if it leads to a web page of `host`, else null. */
function safeLink(link: string | null, host: string): string | null {
  if (link === null || !URL.canParse(link)) return null;
  const url = new URL(link);
  return /^https?:$/.test(url.protocol) && url.host === host && url.username === '' ? link : null;
}

/**
 * The record to keep. The newer reading wins; but a screen shows less than the answer it was drawn from, so for some
 * minutes what the answer said fills what the screen leaves open.
 */
function combine(older: Dossier, newer: Dossier): Dossier {
  if (older.source.kind !== 'json' || newer.source.kind !== 'dom') return newer;
  // Both moments were set in the page, so a difference of clocks cannot stretch the time.
  const age = newer.source.readAt - older.source.readAt;
  return Math.abs(age) <= MERGE_MINUTES ? mergeReadings(older, newer) : newer;
}

/**
 * Notes dossiers as seen at `now` (epoch minutes). An entry that is not valid is left out and counted in `bad`. Beyond
 * `max` entries the oldest make room.
 */
export async function putSeen(
  batch: SeenBatch,
  now: number,
  max = MAX_ENTRIES,
): Promise<{ stored: number; bad: number }> {
  const { host, adapter } = batch;
  const db = database();
  return db.transaction('rw', db.seen, async () => {
    const older = await db.seen.bulkGet(batch.items.map(({ record }): Key => [host, record.code]));
    const rows = new Map<string, WorklistEntry>();
    let bad = 0;
    batch.items.forEach(({ record, link }, index) => {
      const before = rows.get(record.code) ?? validRow(older[index]);
      const entry = WorklistEntry.safeParse({
        code: record.code,
        host,
        adapter,
        link: safeLink(link, host) ?? before?.link ?? null,
        record: before ? combine(before.record, record) : record,
        seenAt: now,
      });
      if (entry.success) rows.set(record.code, entry.data);
      else bad += 1;
    });
    await db.seen.bulkPut([...rows.values()]);
    const excess = (await db.seen.count()) - max;
    if (excess > 0) await db.seen.bulkDelete(await db.seen.orderBy('seenAt').limit(excess).primaryKeys());
    return { stored: rows.size, bad };
  });
}

function validRow(row: unknown): WorklistEntry | null {
  const parsed = WorklistEntry.safeParse(row);
  return parsed.success ? parsed.data : null;
}

export interface Worklist {
  entries: WorklistEntry[];
  /** Rows that could not be read and are not shown. */
  bad: number;
}

/** Every entry that is still valid. Rejects when the browser gives no access to its database. */
export async function allSeen(): Promise<Worklist> {
  const rows = await database().seen.toArray();
  const entries: WorklistEntry[] = [];
  for (const row of rows) {
    const entry = validRow(row);
    if (entry) entries.push(entry);
  }
  return { entries, bad: rows.length - entries.length };
}

/** Empties the worklist. Resolves with the number of rows. */
export async function clearSeen(): Promise<number> {
  const db = database();
  return db.transaction('rw', db.seen, async () => {
    const count = await db.seen.count();
    await db.seen.clear();
    return count;
  });
}

/** Puts entries back ("Hoàn tác"), except where the dossier has been seen again since. */
export async function restoreSeen(entries: readonly WorklistEntry[]): Promise<void> {
  const db = database();
  await db.transaction('rw', db.seen, async () => {
    const present = await db.seen.bulkGet(entries.map(({ host, code }): Key => [host, code]));
    await db.seen.bulkPut(entries.filter((_, index) => present[index] === undefined));
  });
}

/** Deletes what was last seen more than `hours` before `now` (epoch minutes). Resolves with the number deleted. */
export async function expireSeen(now: number, hours = EXPIRE_HOURS): Promise<number> {
  const db = database();
  return db.transaction('rw', db.seen, async () => {
    const old = await db.seen
      .where('seenAt')
      .below(now - hours * HOUR)
      .delete();
    return (
      old +
      (await db.seen
        .where('seenAt')
        .above(now + FUTURE_MINUTES)
        .delete())
    );
  });
}

/** Calls `next` with the worklist now and after every change, whichever context makes it. Returns the way to stop. */
export function watchSeen(next: (list: Worklist) => void, failed: (error: unknown) => void): () => void {
  const subscription = liveQuery(allSeen).subscribe(next, failed);
  return () => subscription.unsubscribe();
}

/** Calls `changed` after every change of the worklist, whichever context makes it. */
export function onSeenChanged(changed: () => void): () => void {
  const listener = () => changed();
  Dexie.on('storagemutated', listener);
  return () => Dexie.on.storagemutated.unsubscribe(listener);
}
