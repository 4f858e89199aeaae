import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Difference } from '../../lib/reconcile/index.ts';
import { causeName, className } from '../../lib/reconcile/index.ts';
import { NO_CAUSE, type TableRow } from './filter.ts';
import { dayText } from './words.ts';

/** Rows have one height, so that 100,000 of them need no measuring. */
const ROW = 36;
const SPARE = 8;
/** Columns that are left beside an open dossier (style.css hides the others). */
const NARROW = 3;
const HEADS = ['Mã hồ sơ', 'Tiếp nhận', 'Đơn vị', 'Lệch gì', 'Nguyên nhân'];

const JUMPS: Record<string, (at: number, page: number, last: number) => number> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, page) => at + page,
  PageUp: (at, page) => at - page,
  Home: () => 0,
  End: (_at, _page, last) => last,
};

/** The differences as a grid with one tab stop; only the rows in sight are drawn. */
export function Differences({
  rows,
  chosen,
  onChoose,
}: {
  rows: readonly TableRow[];
  chosen: Difference | null;
  onChoose: (difference: Difference) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(480);
  const [current, setCurrent] = useState(0);
  const wanted = useRef<number | null>(null);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setHeight(element.clientHeight));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  // Another filter is another table.
  useLayoutEffect(() => {
    setCurrent(0);
    setTop(0);
    if (box.current) box.current.scrollTop = 0;
  }, [rows]);

  // A dossier that is closed gives the focus back to its row.
  const before = useRef<Difference | null>(null);
  useLayoutEffect(() => {
    if (before.current !== null && chosen === null) moveTo(current);
    before.current = chosen;
  }, [chosen]);

  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const first = Math.max(0, Math.floor(top / ROW) - SPARE);
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW) + SPARE);
  const drawn = rows.slice(first, last);
  const columns = chosen ? NARROW : HEADS.length;
  // The tab stop has to be in the document.
  const stop = current >= first && current < last ? current : first;

  function moveTo(index: number): void {
    const target = Math.max(0, Math.min(rows.length - 1, index));
    setCurrent(target);
    wanted.current = target;
    const element = box.current;
    if (!element) return;
    if (target * ROW < element.scrollTop) element.scrollTop = target * ROW;
    if ((target + 2) * ROW > element.scrollTop + height) element.scrollTop = (target + 2) * ROW - height;
    setTop(element.scrollTop);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const jump = JUMPS[event.key];
    const row = rows[current];
    if (jump) {
      event.preventDefault();
      moveTo(jump(current, Math.max(1, Math.floor(height / ROW) - 2), rows.length - 1));
    } else if ((event.key === 'Enter' || event.key === ' ') && row?.kind === 'dossier') {
      event.preventDefault();
      onChoose(row.difference);
    }
  }

  return (
    <div class="differences" ref={box} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table as grid is a pattern of the ARIA guide
        role="grid"
        aria-label="Hồ sơ lệch"
        aria-rowcount={rows.length + 1}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1}>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space height={first * ROW} columns={columns} />
          {drawn.map((row, i) => {
            const index = first + i;
            const at = { index, tabIndex: index === stop ? 0 : -1 };
            if (row.kind === 'group')
              return (
                <tr key={row.key} class="group" aria-rowindex={index + 2} data-index={index} tabIndex={at.tabIndex}>
                  <td colSpan={columns}>
                    <strong>
                      {row.cause === NO_CAUSE ? 'Chưa rõ nguyên nhân' : causeName(row.cause)}: {row.count} hồ sơ
                    </strong>
                  </td>
                </tr>
              );
            return (
              <DossierLine
                key={row.key}
                {...at}
                difference={row.difference}
                chosen={row.difference === chosen}
                onChoose={() => {
                  setCurrent(index);
                  onChoose(row.difference);
                }}
              />
            );
          })}
          <Space height={(rows.length - last) * ROW} columns={columns} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are not drawn. */
function Space({ height, columns }: { height: number; columns: number }) {
  return height > 0 ? (
    <tr class="space" style={{ height: `${height}px` }}>
      <td colSpan={columns} />
    </tr>
  ) : null;
}

function DossierLine({
  difference,
  index,
  tabIndex,
  chosen,
  onChoose,
}: {
  difference: Difference;
  index: number;
  tabIndex: number;
  chosen: boolean;
  onChoose: () => void;
}) {
  const { code, day, unit, findings, outcome } = difference;
  const names = [...new Set(findings.map((finding) => className(finding.class)))];
  const causes = [...new Set(findings.flatMap(({ cause }) => (cause === undefined ? [] : [causeName(cause)])))];
  const cells = [day === undefined ? '' : dayText(day), unit ?? '', names.join(', '), causes.join(', ')];
  return (
    <tr
      class={`${outcome}${chosen ? ' chosen' : ''}`}
      tabIndex={tabIndex}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-index={index}
      data-code={code}
      onClick={onChoose}
    >
      <td title={code}>
        <bdi>{code}</bdi>
      </td>
      {cells.map((cell, i) => (
        <td key={i} title={cell}>
          {cell}
        </td>
      ))}
    </tr>
  );
}
