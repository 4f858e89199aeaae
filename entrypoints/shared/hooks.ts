import { useEffect, useState } from 'preact/hooks';
import type { Basis } from '../../lib/deadline/index.ts';
import {
  isOfBasis,
  now,
  readBasis,
  readSetting,
  type SettingName,
  type Settings,
  startClock,
  type Worklist,
  watchRegister,
  watchSeen,
  watchSettings,
} from '../../lib/platform/index.ts';
import { type LetterRegister, letterKey } from '../../lib/ui/index.ts';

/** Epoch minutes; draws again when the minute changes. Null until the clock is known. */
export function useNow(): number | null {
  const [minute, setMinute] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setMinute(now());
    startClock(tick).then(tick, tick);
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      // At the turn of the minute, so that panel and badge change together.
      timer = setTimeout(
        () => {
          tick();
          wait();
        },
        60_050 - (Date.now() % 60_000),
      );
    };
    wait();
    return () => clearTimeout(timer);
  }, []);
  return minute;
}

/** A setting, following changes from any context. Null until it is read. */
export function useSetting<N extends SettingName>(name: N): Settings[N] | null {
  const [value, setValue] = useState<Settings[N] | null>(null);
  useEffect(() => {
    let live = true;
    const load = () => {
      readSetting(name).then(
        (read) => {
          if (live) setValue(read);
        },
        () => console.error(`[dung-hen] setting ${name} could not be read`),
      );
    };
    load();
    const stop = watchSettings((changed) => {
      if (changed === name) load();
    });
    return () => {
      live = false;
      stop();
    };
  }, [name]);
  return value;
}

/** What the unit counts by, following changes of its rules and calendars. Null until it is read. */
export function useBasis(): Basis | null {
  const [basis, setBasis] = useState<Basis | null>(null);
  useEffect(() => {
    let live = true;
    const load = () => {
      readBasis().then(
        (read) => {
          if (live) setBasis(read);
        },
        () => console.error('[dung-hen] the calendar could not be read'),
      );
    };
    load();
    const stop = watchSettings((name) => {
      if (isOfBasis(name)) load();
    });
    return () => {
      live = false;
      stop();
    };
  }, []);
  return basis;
}

export type WorklistState = { kind: 'loading' } | { kind: 'failed' } | { kind: 'ready'; list: Worklist };

/** The worklist, following every change. `retry` opens the database again after a failure. */
export function useWorklist(): [state: WorklistState, retry: () => void] {
  const [state, setState] = useState<WorklistState>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(
    () =>
      watchSeen(
        (list) => setState({ kind: 'ready', list }),
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

/** The register of letters, following every change. `register` is null until it is read, and when it cannot be. */
export function useRegister(): { register: LetterRegister | null; failed: boolean } {
  const [state, setState] = useState<{ register: LetterRegister | null; failed: boolean }>({
    register: null,
    failed: false,
  });
  useEffect(
    () =>
      watchRegister(
        ({ entries, bad }) =>
          setState({
            register: new Map(entries.map((entry) => [letterKey(entry.host, entry.code), entry])),
            failed: bad > 0,
          }),
        () => setState({ register: null, failed: true }),
      ),
    [],
  );
  return state;
}
