import { useEffect, useRef, useState } from 'preact/hooks';
import type { Spotcheck } from '../../lib/platform/index.ts';
import { type SampleRecord, SamplingError } from '../../lib/sampling/index.ts';

/** The way back from a change, applied to whatever the record has become since. */
export interface Back {
  /** What is undone, in words. */
  what: string;
  /** Dossier that it was about; null: the whole sample. */
  code: string | null;
  /** Name of the check that it was about. */
  check?: string;
  undo(record: SampleRecord): SampleRecord;
}

export type Saving = 'saved' | 'saving' | 'failed';

const KEPT = 500;

/**
 * The record as it is decided on, saved after each change. What another step or tab saves later comes in by the properties.
 * @param tell is given what stands in the way of a change, in words
 */
export function useSession(value: Spotcheck, save: (next: Spotcheck) => Promise<void>, tell: (text: string) => void) {
  const [check, setCheck] = useState(value);
  const latest = useRef(value);
  const [saving, setSaving] = useState<Saving>('saved');
  const queue = useRef<Promise<void>>(Promise.resolve());
  const waiting = useRef(0);
  const backs = useRef<Back[]>([]);

  useEffect(() => {
    const other = value.id !== latest.current.id;
    if (!other && (waiting.current > 0 || value.updatedAt <= latest.current.updatedAt)) return;
    if (other) backs.current = [];
    latest.current = value;
    setCheck(value);
  }, [value]);

  function put(record: SampleRecord): void {
    // Later than what was there, whatever the clock says: by this an own save that comes back is told from news.
    const updatedAt = Math.max(Date.now(), latest.current.updatedAt + 1);
    const next = { ...latest.current, record, updatedAt };
    latest.current = next;
    setCheck(next);
    store();
  }

  function store(): void {
    const next = latest.current;
    setSaving('saving');
    waiting.current += 1;
    const done = (state: Saving) => () => {
      waiting.current -= 1;
      if (latest.current === next) setSaving(state);
    };
    // One after the other; of those that wait only the last is written, for it holds the others.
    queue.current = queue.current
      .then(() => (latest.current === next ? save(next) : undefined))
      .then(done('saved'), done('failed'));
  }

  /** Makes a change; says and gives back false when it may not be made. */
  function change(make: (record: SampleRecord) => SampleRecord, back?: Back): boolean {
    try {
      put(make(latest.current.record));
      if (back) backs.current = [...backs.current.slice(1 - KEPT), back];
      return true;
    } catch (error) {
      if (!(error instanceof SamplingError)) throw error;
      tell(error.message);
      return false;
    }
  }

  /** Takes back the last change; null: there is none, or it cannot be taken back (which is told). */
  function undo(): Back | null {
    const back = backs.current.at(-1);
    if (!back) {
      tell('Không còn gì để hoàn tác');
      return null;
    }
    if (!change(back.undo)) return null;
    backs.current = backs.current.slice(0, -1);
    return back;
  }

  return { check, record: check.record, saving, change, undo, retry: store, canUndo: backs.current.length > 0 };
}

export type Session = ReturnType<typeof useSession>;
