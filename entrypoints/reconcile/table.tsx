import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Difference } from '../../lib/reconcile/index.ts';
import { causeName, className } from '../../lib/reconcile/index.ts';
import { dayText } from '../shared/job-words.ts';
import { Space, useRows } from '../shared/rows.tsx';
import { NO_CAUSE, type TableRow } from './filter.ts';

/** Rows have one height, so that 100,000 of them need no measuring. */
const ROW = 36;
/** Columns that are left beside an open dossier (style.css hides the others). */
const NARROW = 3;
const HEADS = ['Mã hồ sơ', 'Tiếp nhận', 'Đơn vị', 'Lệch gì', 'Nguyên nhân'];

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
  const grid = useRows(rows.length, ROW);

  // Another filter is another table.
  useLayoutEffect(grid.reset, [rows]);

  // A dossier that is closed gives the focus back to its row.
  const before = useRef<Difference | null>(null);
  useLayoutEffect(() => {
    if (before.current !== null && chosen === null) grid.moveTo(grid.current);
    before.current = chosen;
  }, [chosen]);

  const { first, stop } = grid;
  const drawn = rows.slice(first, grid.last);
  const columns = chosen ? NARROW : HEADS.length;

  function onEnter(index: number): void {
    const row = rows[index];
    if (row?.kind === 'dossier') onChoose(row.difference);
  }

  return (
    <div class="differences" ref={grid.box} onScroll={grid.onScroll}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table as grid is a pattern of the ARIA guide
        role="grid"
        aria-label="Hồ sơ lệch"
        aria-rowcount={rows.length + 1}
        onKeyDown={(event) => grid.onKeyDown(event, onEnter)}
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
          <Space height={grid.above} columns={columns} />
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
                  grid.setCurrent(index);
                  onChoose(row.difference);
                }}
              />
            );
          })}
          <Space height={grid.below} columns={columns} />
        </tbody>
      </table>
    </div>
  );
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
