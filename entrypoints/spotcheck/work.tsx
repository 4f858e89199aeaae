import { useEffect, useRef, useState } from 'preact/hooks';
import { countText } from '../../lib/sampling/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { type Desk, Refused, Stopped } from './desk.ts';

/** One piece of work of the worker at a time: what runs, how far it is, what went wrong. */
export interface Work {
  busy: { label: string; rows: number } | null;
  problem: string | null;
  /** Runs `job`, then `done` with what it brought; a refusal becomes `problem`. */
  run<T>(label: string, job: (progress: (rows: number) => void) => Promise<T>, done: (value: T) => void): void;
  stop(): void;
  clear(): void;
}

export function useWork(desk: Desk): Work {
  const [busy, setBusy] = useState<Work['busy']>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const live = useRef(true);
  useEffect(
    () => () => {
      live.current = false;
    },
    [],
  );
  return {
    busy,
    problem,
    run(label, job, done) {
      setProblem(null);
      setBusy({ label, rows: 0 });
      job((rows) => live.current && setBusy({ label, rows }))
        .then(
          (value) => live.current && done(value),
          (error: unknown) => {
            if (!live.current || error instanceof Stopped) return;
            setProblem(error instanceof Refused ? error.message : 'Có lỗi; hãy thử lại hoặc mở lại trang.');
          },
        )
        .finally(() => live.current && setBusy(null));
    },
    stop: () => desk.stop(),
    clear: () => setProblem(null),
  };
}

/** A message as a sentence of its own. */
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What runs and what went wrong, where the person looks. */
export function WorkState({ work: { busy, problem, stop } }: { work: Work }) {
  if (busy)
    return (
      <section class="card" aria-busy="true">
        <p role="status">
          {busy.label}
          {busy.rows > 0 && ` ${countText(busy.rows)} dòng`}
        </p>
        <progress aria-label={busy.label} />
        <div class="actions">
          <Button onClick={stop}>Dừng</Button>
        </div>
      </section>
    );
  return (
    problem && (
      <p class="notice red" role="alert">
        {sentence(problem)}
      </p>
    )
  );
}

/**
 * Enter in a field goes on, Escape goes back; in what has keys of its own (buttons, lists, links) both mean what they always do.
 */
export function stepKeys(next: () => void, back?: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    const target = event.target as HTMLElement;
    if (event.key === 'Escape' && back) {
      event.preventDefault();
      back();
    }
    const field = target instanceof HTMLInputElement && !['checkbox', 'radio', 'file'].includes(target.type);
    if (event.key !== 'Enter' || !field || event.isComposing) return;
    event.preventDefault();
    next();
  };
}
