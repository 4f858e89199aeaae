import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, type WorklistItem } from '../../lib/ui/index.ts';
import { Row, type RowActions } from './row.tsx';

/** Rows drawn at a time: five thousand at once take seconds and nobody reads them. */
export const PAGE_ROWS = 100;
const JUMP = 10;

/** The rows as a grid with one tab stop: arrows move, Enter opens. */
export function Grid({
  items,
  now,
  resetKey,
  actions,
}: {
  items: readonly WorklistItem[];
  now: number;
  /** Another filter is another list: it starts again from the top. */
  resetKey: string;
  actions: Omit<RowActions, 'explain'>;
}) {
  const [limit, setLimit] = useState(PAGE_ROWS);
  const [currentKey, setCurrentKey] = useState<string | null>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const grid = useRef<HTMLTableElement>(null);
  /** Row to focus once it is drawn. */
  const wanted = useRef<number | null>(null);

  // Only another filter starts the list again; a new reading of a page does not.
  useEffect(() => {
    setLimit(PAGE_ROWS);
    setCurrentKey(null);
  }, [resetKey]);

  useEffect(() => {
    if (wanted.current === null) return;
    grid.current?.querySelectorAll<HTMLElement>('.row')[wanted.current]?.focus();
    wanted.current = null;
  });

  const shown = items.slice(0, limit);
  const found = shown.findIndex(({ key }) => key === currentKey);
  const current = found === -1 ? 0 : found;

  function moveTo(index: number): void {
    const target = Math.max(0, Math.min(items.length - 1, index));
    wanted.current = target;
    if (target >= limit) setLimit(Math.ceil((target + 1) / PAGE_ROWS) * PAGE_ROWS);
    setCurrentKey(items[target]?.key ?? null);
    // Already drawn and already current: nothing will be drawn again, so the focus moves here.
    const row = grid.current?.querySelectorAll<HTMLElement>('.row')[target];
    if (row) {
      row.focus();
      wanted.current = null;
    }
  }

  const KEYS: Record<string, () => number> = {
    ArrowDown: () => current + 1,
    ArrowUp: () => current - 1,
    PageDown: () => current + JUMP,
    PageUp: () => current - JUMP,
    Home: () => 0,
    End: () => shown.length - 1,
  };

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const item = shown[current];
    const onRow = (event.target as HTMLElement).matches('.row');
    const move = KEYS[event.key];
    if (move) {
      event.preventDefault();
      moveTo(move());
    } else if (event.key === 'Enter' && onRow && item) {
      event.preventDefault();
      actions.open(item);
    }
  }

  function onFocus(event: FocusEvent): void {
    const key = (event.target as HTMLElement).closest<HTMLElement>('[data-key]')?.dataset.key;
    if (key !== undefined) setCurrentKey(key);
  }

  function toggle({ key }: WorklistItem): void {
    const next = new Set(expanded);
    if (!next.delete(key)) next.add(key);
    setExpanded(next);
  }

  return (
    <>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table as grid is a pattern of the ARIA guide
        role="grid"
        class="grid"
        aria-label="Hồ sơ, gấp nhất ở trên"
        aria-rowcount={items.length}
        onKeyDown={onKeyDown}
        onFocusIn={onFocus}
      >
        <tbody>
          {shown.map((item, index) => (
            <Row
              key={item.key}
              item={item}
              index={index}
              now={now}
              current={index === current}
              expanded={expanded.has(item.key)}
              actions={{ ...actions, explain: toggle }}
            />
          ))}
        </tbody>
      </table>
      {items.length > limit && (
        <div class="more">
          <Button
            onClick={() => {
              // The reader goes on where the list went on.
              wanted.current = limit;
              setCurrentKey(items[limit]?.key ?? null);
              setLimit(limit + PAGE_ROWS);
            }}
          >
            Hiện thêm {Math.min(PAGE_ROWS, items.length - limit)} hồ sơ (còn {items.length - limit})
          </Button>
        </div>
      )}
    </>
  );
}
