import { Dexie, type Table } from 'dexie';
import {
  type Cell,
  type CellKey,
  type CellMark,
  cellId,
  type JobSpec,
  type JobStore,
  type JournalLine,
  type Memory,
  markOf,
} from '../reconcile/index.ts';

/** Reconciliations kept by this browser: codes, dates, states and digests; nothing of a citizen. */

interface JobRow {
  id: string;
  spec: JobSpec;
  /** Epoch milliseconds; for the list of jobs and for throwing old ones away, never part of a result. */
  startedAt: number;
}
type CellName = [job: string, cell: string];
interface Claim {
  job: string;
  cell: string;
  epoch: number;
}
interface MarkRow {
  job: string;
  cell: string;
  mark: CellMark;
}
interface CellRow {
  job: string;
  cell: string;
  content: Cell;
}
interface MemoryRow {
  job: string;
  which: 'earlier' | 'left';
  entries: Memory[];
}
interface JournalRow {
  job: string;
  line: JournalLine;
}
interface MessageRow {
  job: string;
  id: string;
  message: unknown;
}

/** A line of what was sent again to the portal: codes, times, outcomes and digests; nothing of what was sent. */
export interface SentLine {
  code: string;
  service: string;
  /** Epoch seconds. */
  at: number;
  outcome: string;
  digest: string;
  kind?: string;
}

type Database = Dexie & {
  jobs: Table<JobRow, string>;
  claims: Table<Claim, CellName>;
  marks: Table<MarkRow, CellName>;
  cells: Table<CellRow, CellName>;
  memory: Table<MemoryRow, CellName>;
  journal: Table<JournalRow, number>;
  messages: Table<MessageRow, CellName>;
  sent: Table<SentLine, number>;
};
let opened: Database | undefined;

function database(): Database {
  if (!opened) {
    opened = new Dexie('dung-hen-reconcile') as Database;
    // Marks apart from contents: what is done is asked often, and reading 20,000 records for it would take seconds.
    opened.version(1).stores({
      jobs: 'id, startedAt',
      claims: '[job+cell], job',
      marks: '[job+cell], job',
      cells: '[job+cell], job',
      memory: '[job+which], job',
      journal: '++, job',
      messages: '[job+id], job',
      sent: '++, [code+digest]',
    });
  }
  return opened;
}

/**
 * A job in IndexedDB. Every step is one transaction, so a worker or browser that is killed leaves a cell done or untouched; the fence
 * holds between tabs and workers, for they share the database.
 */
export class BrowserJobStore implements JobStore {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  async spec(): Promise<JobSpec | null> {
    return (await database().jobs.get(this.id))?.spec ?? null;
  }

  async start(spec: JobSpec, earlier: readonly Memory[]): Promise<void> {
    const db = database();
    const startedAt = Date.now();
    await db.transaction('rw', db.jobs, db.memory, async () => {
      await db.memory.put({ job: this.id, which: 'earlier', entries: [...earlier] });
      await db.jobs.add({ id: this.id, spec, startedAt });
    });
  }

  earlier(): Promise<Memory[]> {
    return this.#memory('earlier');
  }

  async claim(key: CellKey): Promise<number> {
    const db = database();
    const cell = cellId(key);
    return db.transaction('rw', db.claims, async () => {
      const epoch = ((await db.claims.get([this.id, cell]))?.epoch ?? 0) + 1;
      await db.claims.put({ job: this.id, cell, epoch });
      return epoch;
    });
  }

  async commit(key: CellKey, epoch: number, content: Cell): Promise<boolean> {
    const db = database();
    const cell = cellId(key);
    return db.transaction('rw', db.claims, db.marks, db.cells, async () => {
      if ((await db.claims.get([this.id, cell]))?.epoch !== epoch) return false;
      await db.cells.put({ job: this.id, cell, content });
      await db.marks.put({ job: this.id, cell, mark: markOf(key, content) });
      return true;
    });
  }

  async marks(): Promise<CellMark[]> {
    return (await database().marks.where('job').equals(this.id).toArray()).map(({ mark }) => mark);
  }

  async get(key: CellKey): Promise<Cell | null> {
    return (await database().cells.get([this.id, cellId(key)]))?.content ?? null;
  }

  async journal(line: JournalLine): Promise<void> {
    await database().journal.add({ job: this.id, line });
  }

  async leave(entries: readonly Memory[]): Promise<void> {
    await database().memory.put({ job: this.id, which: 'left', entries: [...entries] });
  }

  left(): Promise<Memory[]> {
    return this.#memory('left');
  }

  /** A message of the dossier bus that this job has read, as it was kept; undefined: none of that id. */
  async message(id: string): Promise<unknown> {
    return (await database().messages.get([this.id, id]))?.message;
  }

  /** Keeps a message, so that a job that goes on does not ask for it again. */
  async keepMessage(id: string, message: unknown): Promise<void> {
    await database().messages.put({ job: this.id, id, message });
  }

  async #memory(which: MemoryRow['which']): Promise<Memory[]> {
    return (await database().memory.get([this.id, which]))?.entries ?? [];
  }
}

/** A job as a list shows it. */
export interface KeptJob {
  id: string;
  spec: JobSpec;
  /** Epoch milliseconds. */
  startedAt: number;
}

/** Jobs of this browser, the latest first. */
export async function keptJobs(): Promise<KeptJob[]> {
  return database().jobs.orderBy('startedAt').reverse().toArray();
}

/** What happened in a job, in order. */
export async function journalOf(id: string): Promise<JournalLine[]> {
  return (await database().journal.where('job').equals(id).toArray()).map(({ line }) => line);
}

/** Throws away a job with all it has read. */
export async function removeJob(id: string): Promise<void> {
  const db = database();
  const tables = [db.claims, db.marks, db.cells, db.memory, db.journal, db.messages];
  await db.transaction('rw', [db.jobs, ...tables], async () => {
    for (const table of tables) await table.where('job').equals(id).delete();
    await db.jobs.delete(id);
  });
}

/** Outcomes after which the portal has a dossier with exactly the content of the digest. */
const ARRIVED = ['created', 'updated'];

/**
 * The journal of what is sent again; it outlives the jobs. `since` (epoch seconds): when the portal was read. What was sent after that
 * is done; what the portal still lacked then may be sent once more.
 */
export const sentJournal = (since: number) => ({
  async append(line: SentLine): Promise<void> {
    await database().sent.add(line);
  },
  async done(code: string, digest: string): Promise<boolean> {
    const lines = await database().sent.where('[code+digest]').equals([code, digest]).toArray();
    return lines.some(
      ({ service, outcome, at }) => at >= since && service === 'DongBoHoSoMC' && ARRIVED.includes(outcome),
    );
  },
});

/** Everything that was sent again from this browser, in order. */
export const sentLines = (): Promise<SentLine[]> => database().sent.toArray();
