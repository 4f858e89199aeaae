import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows beyond those in sight that are drawn too. */
const SPARE = 8;

const JUMPS: Record<string, (at: number, page: number, last: number) => number> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, page) => at + page,
  PageUp: (at, page) => at - page,
  Home: () => 0,
  End: (_at, _page, last) => last,
};

/**
 * A grid of many rows of one height and one tab stop: only the rows in sight are drawn, arrows move between them.
 * @param height of a row, px; the head is as high
 */
export function useRows(count: number, height: number) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [seen, setSeen] = useState(480);
  const [current, setCurrent] = useState(0);
  const wanted = useRef<number | null>(null);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setSeen(element.clientHeight));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  /** Gives the focus to the row that it is wanted for, once that row is drawn. */
  function focusWanted(): void {
    if (wanted.current === null) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  }
  useLayoutEffect(focusWanted);

  const first = Math.max(0, Math.floor(top / height) - SPARE);
  const last = Math.min(count, Math.ceil((top + seen) / height) + SPARE);

  /** Makes a row the tab stop and brings it into sight. */
  function show(index: number): void {
    const target = Math.max(0, Math.min(count - 1, index));
    setCurrent(target);
    const element = box.current;
    if (!element) return;
    if (target * height < element.scrollTop) element.scrollTop = target * height;
    if ((target + 2) * height > element.scrollTop + seen) element.scrollTop = (target + 2) * height - seen;
    setTop(element.scrollTop);
  }

  /** The same, with the focus. */
  function moveTo(index: number): void {
    wanted.current = Math.max(0, Math.min(count - 1, index));
    show(index);
    // Nothing may be left to draw.
    focusWanted();
  }

  function onKeyDown(event: KeyboardEvent, onEnter: (index: number) => void): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const jump = JUMPS[event.key];
    if (jump) {
      event.preventDefault();
      moveTo(jump(current, Math.max(1, Math.floor(seen / height) - 2), count - 1));
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onEnter(current);
    }
  }

  return {
    box,
    first,
    last,
    current,
    // The tab stop has to be in the document.
    stop: current >= first && current < last ? current : first,
    /** Heights of what is not drawn, above and below. */
    above: first * height,
    below: Math.max(0, count - last) * height,
    onScroll: () => setTop(box.current?.scrollTop ?? 0),
    onKeyDown,
    setCurrent,
    show,
    moveTo,
    /** Another list: from the top. */
    reset() {
      setCurrent(0);
      setTop(0);
      if (box.current) box.current.scrollTop = 0;
    },
  };
}

/** Stands for the rows that are not drawn. */
export function Space({ height, columns }: { height: number; columns: number }) {
  return height > 0 ? (
    <tr class="space" style={{ height: `${height}px` }}>
      <td colSpan={columns} />
    </tr>
  ) : null;
}
