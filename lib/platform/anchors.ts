import * as z from 'zod/mini';
import { browser } from './browser.ts';

/**
 * Certificates of authorities that this unit trusts, for the chain of signatures in files. Public documents that someone chose on this
 * machine; they stay on it. A key of its own in storage, as the settings have.
 */

const KEY = 'inspect.anchors';
/** More than all authorities that a unit meets. */
export const MAX_ANCHORS = 100;
/** Of one certificate, bytes; ordinary ones have one or two thousand. */
export const MAX_ANCHOR_BYTES = 16 * 1024;

const TrustAnchor = z.object({
  /** SHA-256 of the certificate, in hex: what can be compared with what the authority publishes. */
  id: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  name: z.string().check(z.minLength(1), z.maxLength(300)),
  /** Epoch minutes; null when the certificate does not say. */
  validTo: z.nullable(z.number()),
  /** DER in base64. */
  der: z.string().check(z.maxLength(Math.ceil(MAX_ANCHOR_BYTES / 3) * 4), z.regex(/^[A-Za-z0-9+/]+=*$/)),
});
export type TrustAnchor = z.infer<typeof TrustAnchor>;

/** Every certificate that the unit trusts; one that is not valid is left out. Rejects when the browser gives no access. */
export async function readAnchors(): Promise<TrustAnchor[]> {
  const stored = (await browser.storage.local.get(KEY))[KEY];
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((one) => TrustAnchor.safeParse(one).data ?? []).slice(0, MAX_ANCHORS);
}

/** Trusts these too. @throws when there would be more than MAX_ANCHORS, or nothing can be written. */
export async function addAnchors(added: readonly TrustAnchor[]): Promise<void> {
  const before = await readAnchors();
  const news = added.filter(({ id }) => before.every((one) => one.id !== id));
  if (before.length + news.length > MAX_ANCHORS) throw new Error('too many certificates');
  await browser.storage.local.set({ [KEY]: [...before, ...news.map((one) => TrustAnchor.parse(one))] });
}

/** Trusts these no longer. */
export async function removeAnchors(ids: readonly string[]): Promise<void> {
  await browser.storage.local.set({ [KEY]: (await readAnchors()).filter(({ id }) => !ids.includes(id)) });
}

/** Calls `changed` after every change, whichever context makes it. Returns the way to stop. */
export function watchAnchors(changed: () => void): () => void {
  const listener = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' && KEY in changes) changed();
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
