import {
  type ConnectorConfig,
  type RemoteUpstream,
  readConfig,
  SIDE_OF,
  secretNameOf,
  secretsOf,
} from '../../connectors/index.ts';
import { isAllowed, originOf, readSecret, requestHost } from '../../lib/platform/index.ts';
import { SIDES, type Side } from '../../lib/reconcile/index.ts';
import type { Choice } from './sources.tsx';

/** What the page knows of the systems that an admin has declared. */

/** Systems of the unit's connections; none when the text is empty or no longer of the right form. */
export function remotesOf(connections: string): RemoteUpstream[] {
  const config = connections === '' ? null : readConfig(connections);
  return config?.ok ? remotes(config.data) : [];
}

const remotes = ({ upstreams }: ConnectorConfig): RemoteUpstream[] =>
  upstreams.filter((upstream): upstream is RemoteUpstream => upstream.kind !== 'file');

/** Ids of the systems that speak for a side. */
export const systemsOf = (systems: readonly RemoteUpstream[], side: Side): string[] =>
  systems.flatMap(({ id, kind }) => (SIDE_OF[kind] === side ? [id] : []));

/** The systems that were chosen, in the order of the sides. */
export function chosenSystems(
  systems: readonly RemoteUpstream[],
  choices: Readonly<Record<Side, Choice>>,
): RemoteUpstream[] {
  return SIDES.flatMap((side) => {
    const choice = choices[side];
    return choice.kind === 'upstream' ? systems.filter(({ id }) => id === choice.id) : [];
  });
}

/** Secrets that the systems name, as far as they were typed since the browser started. */
export async function secretsFor(systems: readonly RemoteUpstream[]): Promise<Record<string, string>> {
  const secrets: Record<string, string> = {};
  for (const name of systems.flatMap((system) => secretsOf(system).map(secretNameOf))) {
    const value = await readSecret(name);
    if (value !== null) secrets[name] = value;
  }
  return secrets;
}

/** Units that a job asks for: those that were typed, else all that the chosen systems declare. */
export function unitsFor(typed: string, chosen: readonly RemoteUpstream[]): string[] {
  const units = typed
    .split(/[\n,;]+/)
    .map((unit) => unit.trim())
    .filter(Boolean);
  return units.length > 0 ? units : [...new Set(chosen.flatMap((system) => system.units))].sort();
}

/** The bus and the portal's list answer for a named unit only; a city system knows the account's own. */
export const needsUnits = (chosen: readonly RemoteUpstream[]): boolean =>
  chosen.some((system) => system.kind === 'lgsp' || (system.kind === 'dvcqg' && system.capabilities.list !== 'none'));

/** Asks the browser for the system's address. Call it first thing in a click: it needs the gesture. */
export async function allowSystem({ baseUrl }: RemoteUpstream): Promise<boolean> {
  const origin = originOf(baseUrl);
  return origin !== null && (await requestHost(origin).catch(() => false));
}

/** The first system that the browser does not let us ask; without its leave a call fails like a cut cable. */
export async function notAllowed(chosen: readonly RemoteUpstream[]): Promise<RemoteUpstream | null> {
  for (const system of chosen) {
    const origin = originOf(system.baseUrl);
    if (origin === null || !(await isAllowed(origin))) return system;
  }
  return null;
}

/** The city system to read from and the portal that takes dossiers again; null when the connections do not allow it. */
export function resendPair(
  systems: readonly RemoteUpstream[],
  choices: Readonly<Record<Side, Choice>>,
): { city: RemoteUpstream; portal: RemoteUpstream } | null {
  // Those of the job come first.
  const all = [...chosenSystems(systems, choices), ...systems];
  const city = all.find(({ kind }) => kind === 'opencps');
  const portal = all.find((system) => system.kind === 'dvcqg' && system.capabilities.resync);
  return city && portal ? { city, portal } : null;
}
