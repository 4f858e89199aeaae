import * as z from 'zod/mini';
import { CalendarLayer } from '../calendar/index.ts';
import { UnitRules } from '../deadline/index.ts';
import { CatalogueFile } from '../digitization/index.ts';
import { LetterUnit } from '../letters/index.ts';
import { browser } from './browser.ts';

/**
 * Settings of this browser, one key each: background and pages write different keys, so that two of them writing
 * in the same moment cannot undo each other.
 */
const SETTINGS = {
  /** Hosts (with port) where the officer paused us. */
  pausedHosts: {
    schema: z.array(z.string().check(z.maxLength(200))).check(z.maxLength(500)),
    fallback: [] as string[],
  },
  /** How the unit counts and when it warns, where it differs from the shipped rules. */
  rules: { schema: UnitRules, fallback: {} as UnitRules },
  /** Calendars that an admin imported, later ones over earlier ones, over the shipped one. */
  calendars: { schema: z.array(CalendarLayer).check(z.maxLength(40)), fallback: [] as CalendarLayer[] },
  /** Procedures that an admin imported, later files over earlier ones, over the shipped catalogue. */
  catalogues: { schema: z.array(CatalogueFile).check(z.maxLength(20)), fallback: [] as CatalogueFile[] },
  /** What every letter of this unit says of the unit itself. */
  letterUnit: { schema: LetterUnit, fallback: {} as LetterUnit },
  /**
   * Text of the unit's `dunghen.config.json`, as the admin gave it: addresses and names, and of secrets only where they are. It is read
   * by the connectors' own schema wherever it is used.
   */
  connections: { schema: z.string().check(z.maxLength(200_000)), fallback: '' as string },
  /** "Khóa bảng": the panel shows nothing until someone asks for it. */
  panelLocked: { schema: z.boolean(), fallback: false as boolean },
} as const;

export type SettingName = keyof typeof SETTINGS;
export type Settings = { [N in SettingName]: z.infer<(typeof SETTINGS)[N]['schema']> };

const keyOf = (name: SettingName) => `settings.${name}`;

/** Reads and writes of this context, one after the other. */
let queue: Promise<unknown> = Promise.resolve();

function enqueue<T>(work: () => Promise<T>): Promise<T> {
  const result = queue.then(work);
  queue = result.catch(() => undefined);
  return result;
}

async function read<N extends SettingName>(name: N): Promise<Settings[N]> {
  const key = keyOf(name);
  const stored = (await browser.storage.local.get(key))[key];
  const { schema, fallback } = SETTINGS[name];
  if (stored === undefined || stored === null) return structuredClone(fallback) as Settings[N];
  const parsed = schema.safeParse(stored);
  if (parsed.success) return parsed.data as Settings[N];
  // The name only: what is stored there may be anything.
  console.error(`[dung-hen] setting ${name} is not valid and was replaced by its default`);
  return structuredClone(fallback) as Settings[N];
}

/** A value as stored, or its default when there is none or it is not valid. */
export function readSetting<N extends SettingName>(name: N): Promise<Settings[N]> {
  return enqueue(() => read(name));
}

/** Changes one value; `change` gets the present one. Resolves with what was written. */
export function updateSetting<N extends SettingName>(
  name: N,
  change: (value: Settings[N]) => Settings[N],
): Promise<Settings[N]> {
  return enqueue(async () => {
    const value = SETTINGS[name].schema.parse(change(await read(name))) as Settings[N];
    await browser.storage.local.set({ [keyOf(name)]: value });
    return value;
  });
}

/** Adds or removes a host from the paused ones. */
export function setPaused(host: string, paused: boolean): Promise<string[]> {
  return updateSetting('pausedHosts', (hosts) => {
    const others = hosts.filter((other) => other !== host);
    return paused ? [...others, host] : others;
  });
}

/** Calls `changed` with the name of each setting that any context writes. Returns the way to stop. */
export function watchSettings(changed: (name: SettingName) => void): () => void {
  const listener = (changes: Record<string, unknown>, area: string) => {
    if (area !== 'local') return;
    for (const name of Object.keys(SETTINGS) as SettingName[]) if (keyOf(name) in changes) changed(name);
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}

/** Content scripts may read neither area (they share a process with the page). Where the browser can: Chromium. */
export async function lockStorage(): Promise<void> {
  for (const area of ['session', 'local'] as const) {
    const { setAccessLevel } = browser.storage[area] as {
      setAccessLevel?: (access: { accessLevel: 'TRUSTED_CONTEXTS' }) => Promise<void>;
    };
    try {
      await setAccessLevel?.call(browser.storage[area], { accessLevel: 'TRUSTED_CONTEXTS' });
    } catch {
      console.error(`[dung-hen] storage.${area} could not be closed to content scripts`);
    }
  }
}
