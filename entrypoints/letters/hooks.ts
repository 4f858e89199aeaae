import { useEffect, useRef, useState } from 'preact/hooks';
import type { RegisterEntry } from '../../lib/letters/index.ts';
import {
  allSeen,
  askLetterFacts,
  askLetterFactsOfHost,
  hostOfTab,
  type OwnTemplate,
  ownTemplates,
  type Register,
  watchRegister,
} from '../../lib/platform/index.ts';
import type { Dossier, Recipient } from '../../lib/schema/index.ts';
import { draftOfFacts, draftOfRecord, type LetterDraft, type Target } from './draft.ts';

export type RegisterState = { kind: 'loading' } | { kind: 'failed' } | { kind: 'ready'; register: Register };

/** The register, following every change. `retry` opens it again after a failure. */
export function useRegister(): [state: RegisterState, retry: () => void] {
  const [state, setState] = useState<RegisterState>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(
    () =>
      watchRegister(
        (register) => setState({ kind: 'ready', register }),
        () => setState({ kind: 'failed' }),
      ),
    [attempt],
  );
  return [
    state,
    () => {
      setState({ kind: 'loading' });
      setAttempt((count) => count + 1);
    },
  ];
}

/** The entry of a dossier: of its own host, or of a list that named none. */
export function entryOf(state: RegisterState, host: string, code: string): RegisterEntry | undefined {
  if (state.kind !== 'ready') return undefined;
  const same = state.register.entries.filter((entry) => entry.code === code);
  return same.find((entry) => entry.host === host) ?? same.find((entry) => entry.host === '' || host === '');
}

/** The unit's own templates; null until they are read. `reload` after a change. */
export function useOwnTemplates(): [templates: OwnTemplate[] | null, reload: () => Promise<void>, failed: boolean] {
  const [templates, setTemplates] = useState<OwnTemplate[] | null>(null);
  const [failed, setFailed] = useState(false);
  const reload = async () => {
    try {
      setTemplates(await ownTemplates());
      setFailed(false);
    } catch {
      // The built-in ones are there all the same.
      setTemplates([]);
      setFailed(true);
    }
  };
  useEffect(() => void reload(), []);
  return [templates, reload, failed];
}

/**
 * none: opened by itself · reading · read · closed: the tab is gone · gone: the page does not show the dossier (any more).
 */
export type SourceKind = 'none' | 'reading' | 'read' | 'closed' | 'gone';

export interface Source {
  kind: SourceKind;
  host: string;
  /** Whom the page named. In memory only. */
  recipient: Recipient | null;
  /** For the register. */
  record: Dossier | null;
}

/**
 * Reads the dossier from its page now. When no page shows it, the worklist still knows its dates; never its people.
 * @returns what to take over into the draft.
 */
export async function readSource({ tabId, code }: Target): Promise<{ source: Source; found: Partial<LetterDraft> }> {
  const [tabHost, facts] =
    tabId === null ? [null, null] : await Promise.all([hostOfTab(tabId), askLetterFacts(tabId, code)]);
  if (facts !== null)
    return {
      source: { kind: 'read', host: tabHost ?? '', recipient: facts.recipient, record: facts.record },
      found: draftOfFacts(facts),
    };
  const seen = await allSeen().then(
    ({ entries }) => entries.find((entry) => entry.code === code && (tabHost === null || entry.host === tabHost)),
    () => undefined,
  );
  // Opened from the worklist, or the tab is gone: another page of that host may show the dossier by now.
  const elsewhere = seen && tabHost === null ? await askLetterFactsOfHost(seen.host, code) : null;
  if (seen && elsewhere)
    return {
      source: { kind: 'read', host: seen.host, recipient: elsewhere.recipient, record: elsewhere.record },
      found: draftOfFacts(elsewhere),
    };
  return {
    source: {
      kind: tabHost === null ? 'closed' : 'gone',
      host: tabHost ?? seen?.host ?? '',
      recipient: null,
      record: seen?.record ?? null,
    },
    found: seen ? draftOfRecord(seen.record) : { code },
  };
}

/** `value` once it has stood still for `ms`. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
