import * as z from 'zod/mini';
import { browser } from './browser.ts';

/**
 * Secrets of the connections. They live in `storage.session`: in memory, gone when the browser closes, closed to content scripts, in no
 * export and no log.
 */

const PREFIX = 'secret.';
const Value = z.string().check(z.minLength(1), z.maxLength(4000));

/** The secret of that name; null when nobody has typed it since the browser started. */
export async function readSecret(name: string): Promise<string | null> {
  const key = PREFIX + name;
  const stored = Value.safeParse((await browser.storage.session.get(key))[key]);
  return stored.success ? stored.data : null;
}

/** Keeps a secret until the browser closes. */
export async function keepSecret(name: string, value: string): Promise<void> {
  await browser.storage.session.set({ [PREFIX + name]: Value.parse(value) });
}

/** Forgets one secret. */
export async function forgetSecret(name: string): Promise<void> {
  await browser.storage.session.remove(PREFIX + name);
}
