import * as z from 'zod/mini';
import { type Browser, browser } from './browser.ts';
import { readSetting } from './settings.ts';

/**
 * Hosts that a person allowed by the button in the popup. The built-in ones are in the manifest; for the others the
 * same scripts are registered here, and follow what the browser says is granted.
 */

/** `https://host` of an address, or null when it is not a web page. */
export function webOrigin(address: string | undefined): string | null {
  const origin = originOf(address);
  return origin !== null && /^https?:/.test(origin) ? origin : null;
}

/** Scheme and host of an address. Not `URL.origin`: it is "null" for extension pages outside the browser. */
export function originOf(address: string | undefined): string | null {
  if (!address || !URL.canParse(address)) return null;
  const { protocol, host } = new URL(address);
  return host === '' ? null : `${protocol}//${host}`;
}

/** Match pattern of an origin. Without the port: Firefox's patterns have none, Chromium's then mean every port. */
export function patternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/** May we read pages of this origin? */
export async function isAllowed(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [patternOf(origin)] });
}

/** Asks the browser for an origin. Call it first thing in a click: it needs the gesture. */
export function requestHost(origin: string): Promise<boolean> {
  return browser.permissions.request({ origins: [patternOf(origin)] });
}

type ManifestScript = NonNullable<Browser.runtime.ManifestV3['content_scripts']>[number] & {
  world?: 'ISOLATED' | 'MAIN';
};

const manifestScripts = () => (browser.runtime.getManifest().content_scripts ?? []) as ManifestScript[];

/** Firefox turns the manifest's file names into addresses, and registration accepts only file names. */
const relative = (file: string) => (file.includes('://') ? new URL(file).pathname : file);

/** Is the origin one of those that need no asking? (Firefox lets people take even these back.) */
export function isBuiltIn(origin: string): boolean {
  const pattern = patternOf(origin);
  return manifestScripts().some((script) => script.matches?.includes(pattern));
}

const PREFIX = 'granted-';

const Connections = z.object({ upstreams: z.array(z.object({ kind: z.string(), baseUrl: z.optional(z.string()) })) });

/**
 * Patterns of exchange buses and portals that only the reconciliation asks: granting them is no wish for badges on their pages. An
 * OpenCPS system is a desk as well, and is not among them.
 */
async function machinePatterns(): Promise<Set<string>> {
  const text = await readSetting('connections');
  if (text === '') return new Set();
  try {
    const { upstreams } = Connections.parse(JSON.parse(text));
    const machines = upstreams.filter(({ kind }) => kind === 'lgsp' || kind === 'dvcqg');
    return new Set(machines.flatMap(({ baseUrl }) => (baseUrl && URL.canParse(baseUrl) ? [patternOf(baseUrl)] : [])));
  } catch {
    // A file that is not valid connects to nothing.
    return new Set();
  }
}

async function grantedPatterns(): Promise<string[]> {
  const manifest = browser.runtime.getManifest() as Browser.runtime.ManifestV3;
  const builtIn = new Set<string>(manifest.host_permissions ?? []);
  for (const script of manifestScripts()) for (const pattern of script.matches ?? []) builtIn.add(pattern);
  const { origins = [] } = await browser.permissions.getAll();
  // "On all sites" in the browser's own menu is not a wish to be read everywhere: a host has to be named.
  const machines = await machinePatterns();
  return origins
    .filter((pattern) => !builtIn.has(pattern) && !machines.has(pattern) && /^https?:\/\/[^*/]+\//.test(pattern))
    .sort();
}

async function synchronise(): Promise<string[]> {
  const matches = await grantedPatterns();
  const wanted: Browser.scripting.RegisteredContentScript[] = manifestScripts().map((script, index) => ({
    id: `${PREFIX}${index}`,
    matches,
    js: (script.js ?? []).map(relative),
    ...(script.css ? { css: script.css.map(relative) } : {}),
    runAt: script.run_at,
    allFrames: script.all_frames ?? false,
    world: script.world ?? 'ISOLATED',
    persistAcrossSessions: true,
  }));
  const { scripting } = browser;
  const present = (await scripting.getRegisteredContentScripts())
    .map(({ id }) => id)
    .filter((id) => id.startsWith(PREFIX));
  const complete = present.length === wanted.length && wanted.every(({ id }) => present.includes(id));
  if (matches.length > 0 && complete) {
    // In one stroke: between taking off and putting back, a page that loads would stay without us.
    await scripting.updateContentScripts(wanted);
    return matches;
  }
  if (present.length > 0) await scripting.unregisterContentScripts({ ids: present });
  if (matches.length > 0 && wanted.length > 0) await scripting.registerContentScripts(wanted);
  return matches;
}

let queue: Promise<unknown> = Promise.resolve();

/** Brings the registered scripts in step with the granted hosts. Resolves with the patterns they now run on. */
export function syncHosts(): Promise<string[]> {
  const result = queue.then(synchronise);
  queue = result.catch(() => undefined);
  return result;
}

/** Follows grants and withdrawals, wherever they are made. */
export function watchHosts(): void {
  const follow = () => {
    syncHosts().catch((error: unknown) => console.error('[dung-hen] hosts', error));
  };
  // Only to be woken: where scripts did not last, they must be back before the first page is opened.
  browser.runtime.onStartup.addListener(follow);
  browser.permissions.onAdded.addListener(follow);
  browser.permissions.onRemoved.addListener(follow);
}
