import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../lib/ui/index.ts';

export const UNDO_SECONDS = 10;

/** What has just been done and how it is taken back. */
export interface Undoable {
  text: string;
  /** Said once it has been taken back. */
  done: string;
  back: () => Promise<void>;
}

/** Offers to take the last step back, for ten seconds. `onEnd` hears whether the focus goes with it. */
export function UndoBar({
  step,
  onBack,
  onEnd,
}: {
  step: Undoable;
  onBack: () => void;
  onEnd: (focused: boolean) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed is gone with its row or list; the focus must not fall back to the top of the page.
    box.current?.querySelector('button')?.focus();
    const end = () => onEnd(box.current?.contains(document.activeElement) ?? false);
    const timer = setTimeout(end, UNDO_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [step]);
  return (
    <div class="undo" ref={box}>
      <span>{step.text}</span>
      <Button kind="small" onClick={onBack}>
        Hoàn tác
      </Button>
    </div>
  );
}
