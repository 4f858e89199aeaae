import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AssessContext } from '../../lib/deadline/index.ts';
import { Button, type WorklistItem } from '../../lib/ui/index.ts';
import { Row, type RowActions } from './row.tsx';

/** Rows drawn at a time: five thousand at once take seconds and nobody reads them. */
export const PAGE_ROWS = 100;
const JUMP = 10;

interface Place {
  /** The list that this place belongs to; in another one it means nothing. */
  resetKey: string;
  limit: number;
  /** Key of the row that is the tab stop. */
  current: string | null;
}

/** The rows as a grid with one tab stop: arrows move, Enter opens. */
export function Grid({
  items,
  context,
  resetKey,
  actions,
}: {
  items: readonly WorklistItem[];
  context: AssessContext;
  /** Another filter is another list: it starts again from the top. */
  resetKey: string;
  actions: Omit<RowActions, 'explain'>;
}) {
  const [place, setPlace] = useState<Place>({ resetKey, limit: PAGE_ROWS, current: null });
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const grid = useRef<HTMLTableElement>(null);
  const rowAt = (index: number) => grid.current?.querySelectorAll<HTMLElement>('.row')[index];
  /** Row to focus once it is drawn. */
  const wanted = useRef<number | null>(null);

  useLayoutEffect(() => {
    const row = wanted.current === null ? undefined : rowAt(wanted.current);
    if (!row) return;
    wanted.current = null;
    row.focus();
  });

  const { limit, current: currentKey } = place.resetKey === resetKey ? place : { limit: PAGE_ROWS, current: null };
  const move = (change: Partial<Place>) => setPlace({ resetKey, limit, current: currentKey, ...change });
  const shown = items.slice(0, limit);
  const found = shown.findIndex(({ key }) => key === currentKey);
  const current = found === -1 ? 0 : found;

  function moveTo(index: number): void {
    const target = Math.max(0, Math.min(items.length - 1, index));
    wanted.current = target;
    const needed = Math.ceil((target + 1) / PAGE_ROWS) * PAGE_ROWS;
    move({ limit: Math.max(limit, needed), current: items[target]?.key ?? null });
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
    const target = KEYS[event.key];
    if (target) {
      event.preventDefault();
      moveTo(target());
    } else if (event.key === 'Enter' && onRow && item) {
      event.preventDefault();
      actions.open(item);
    }
  }

  function onFocus(event: FocusEvent): void {
    const key = (event.target as HTMLElement).closest<HTMLElement>('[data-key]')?.dataset.key;
    if (key !== undefined && key !== currentKey) move({ current: key });
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
              context={context}
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
              move({ limit: limit + PAGE_ROWS, current: items[limit]?.key ?? null });
            }}
          >
            Hiện thêm {Math.min(PAGE_ROWS, items.length - limit)} hồ sơ (còn {items.length - limit})
          </Button>
        </div>
      )}
    </>
  );
}
