import { Dexie, liveQuery, type Table } from 'dexie';
import * as z from 'zod/mini';
import { newEntry, RegisterEntry, TEMPLATE_LIMITS } from '../letters/index.ts';

/**
 * What this browser keeps of letters: the register (codes, dates, states; nothing of a citizen) and the unit's own templates. A letter
 * itself, with the name on it, is never kept.
 */

/** A .docx that the unit made. Checked before it came in, and again when it is used. */
const OwnTemplate = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(80)),
  name: z.string().check(z.minLength(1), z.maxLength(120)),
  bytes: z.instanceof(Uint8Array).check(z.refine((bytes) => bytes.byteLength <= TEMPLATE_LIMITS.file)),
  addedAt: z.number(),
});
export type OwnTemplate = z.infer<typeof OwnTemplate>;

type Key = [host: string, code: string];
type Database = Dexie & { register: Table<RegisterEntry, Key>; templates: Table<OwnTemplate, string> };
let opened: Database | undefined;

function database(): Database {
  if (!opened) {
    opened = new Dexie('dung-hen-letters') as Database;
    opened.version(1).stores({ register: '[host+code], changedAt', templates: 'id' });
  }
  return opened;
}

export interface Register {
  entries: RegisterEntry[];
  /** Rows that could not be read. They stay where they are. */
  bad: number;
}

async function readRegister(): Promise<Register> {
  const rows = await database().register.toArray();
  const entries = rows.flatMap((row) => {
    const parsed = RegisterEntry.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
  return { entries, bad: rows.length - entries.length };
}

/** Calls `changed` with the register now and after every change in any context. Returns the way to stop. */
export function watchRegister(changed: (register: Register) => void, failed: () => void): () => void {
  const subscription = liveQuery(readRegister).subscribe({ next: changed, error: failed });
  return () => subscription.unsubscribe();
}

/** What the register holds of these dossiers of a host, by code. */
export async function registerOf(host: string, codes: readonly string[]): Promise<Map<string, RegisterEntry>> {
  const rows = await database().register.bulkGet(codes.map((code): Key => [host, code]));
  const entries = rows.map((row) => RegisterEntry.safeParse(row));
  return new Map(entries.flatMap(({ data }) => (data ? [[data.code, data] as const] : [])));
}

/** The register entry of a dossier, a new one when it has none. */
export type RegisterKey = Pick<RegisterEntry, 'code' | 'host' | 'unit'> & Partial<RegisterEntry>;

/**
 * Changes the entry of one dossier. `change` gets what stands there (or a new entry) and gives what is to stand there; null leaves it.
 * Resolves with what stands there afterwards.
 */
export async function updateRegister(
  key: RegisterKey,
  at: number,
  change: (entry: RegisterEntry) => RegisterEntry | null,
): Promise<RegisterEntry> {
  const db = database();
  return db.transaction('rw', db.register, async () => {
    const found = RegisterEntry.safeParse(await db.register.get([key.host, key.code]));
    const before = found.success ? found.data : newEntry(key, at);
    const after = change(before);
    if (after === null) return before;
    const entry = RegisterEntry.parse(after);
    await db.register.put(entry);
    return entry;
  });
}

/**
 * All changes of the register that `work` makes, together or not at all. Everyone who follows the register is told once: after each
 * of hundreds, they would read all of it hundreds of times. `work` awaits nothing but the register.
 */
export function registerAtOnce<T>(work: () => Promise<T>): Promise<T> {
  const db = database();
  return db.transaction('rw', db.register, work);
}

/** The unit's own templates, by name. */
export async function ownTemplates(): Promise<OwnTemplate[]> {
  const rows = await database().templates.toArray();
  const good = rows.flatMap((row) => {
    const parsed = OwnTemplate.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
  return good.sort((a, b) => a.name.localeCompare(b.name, 'vi'));
}

export async function saveTemplate(template: OwnTemplate): Promise<void> {
  await database().templates.put(OwnTemplate.parse(template));
}

/** Takes a template away. Resolves with it, for undoing, or undefined when there was none. */
export async function removeTemplate(id: string): Promise<OwnTemplate | undefined> {
  const db = database();
  const template = await db.templates.get(id);
  await db.templates.delete(id);
  return template;
}
