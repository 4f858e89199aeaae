import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, LiveRegion } from '../../lib/ui/index.ts';
import type { Back } from './store.ts';

const UNDO_SECONDS = 10;
const FAILED = 'Chưa lưu được: trình duyệt không cho ghi. Hãy thử lại.';

interface Outcome {
  text: string;
  failed: boolean;
  back: Back | null;
  /** The control that was pressed is gone, so the undo button takes the focus. */
  takesFocus: boolean;
}

export interface Saver {
  outcome: Outcome | null;
  /** Writes and says so; false when the browser refused. */
  save(write: () => Promise<Back | null>, text?: string, takesFocus?: boolean): Promise<boolean>;
  /** Takes words and undo away. */
  clear(): void;
}

/** Saving of one section: the words after it and, for some seconds, the way back. */
export function useSaver(): Saver {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  return {
    outcome,
    clear: () => setOutcome(null),
    async save(write, text = 'Đã lưu', takesFocus = false) {
      // Emptied first, so that the same words are spoken again.
      setOutcome(null);
      try {
        setOutcome({ text, failed: false, back: await write(), takesFocus });
        return true;
      } catch {
        setOutcome({ text: FAILED, failed: true, back: null, takesFocus: false });
        return false;
      }
    },
  };
}

/** What came of the last save of a section, with «Hoàn tác». `home` is the id of what gets the focus afterwards. */
export function SaveStatus({ saver, home }: { saver: Saver; home: string }) {
  const { outcome } = saver;
  const box = useRef<HTMLDivElement>(null);
  const goHome = () => document.getElementById(home)?.focus();

  useEffect(() => {
    if (outcome === null || outcome.failed) return;
    if (outcome.takesFocus) (box.current?.querySelector('button') ?? document.getElementById(home))?.focus();
    const timer = setTimeout(() => {
      if (box.current?.contains(document.activeElement)) goHome();
      saver.clear();
    }, UNDO_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function undo(back: Back): Promise<void> {
    const write = async () => {
      await back();
      return null;
    };
    if (await saver.save(write, 'Đã trở lại như trước')) goHome();
  }

  const spoken = outcome?.back ? `${outcome.text}. Có thể hoàn tác trong ${UNDO_SECONDS} giây.` : (outcome?.text ?? '');
  return (
    <div class="status" ref={box}>
      <LiveRegion message={spoken} />
      {outcome && (
        <p class={outcome.failed ? 'said red' : 'said green'}>
          <span aria-hidden="true">
            {outcome.failed ? '▲' : '✓'} {outcome.text}
          </span>
          {outcome.back && (
            <Button kind="small" onClick={() => outcome.back && void undo(outcome.back)}>
              Hoàn tác
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
