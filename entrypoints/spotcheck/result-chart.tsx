import * as Plot from '@observablehq/plot';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Estimate } from '../../lib/sampling/index.ts';
import { Chart } from '../shared/chart.tsx';

/** A line of the chart: a rate with both intervals, and what was declared. */
export interface RateLine {
  name: string;
  estimate: Estimate | null;
  declared: number | null;
}

/** More lines than this would be no picture; the table has them all. */
export const LINES = 40;
const LABEL = 34;
const short = (name: string) => (name.length > LABEL ? `${name.slice(0, LABEL - 1)}…` : name);
const percent = (rate: number) => Math.round(rate * 1e4) / 100;

/** From the ten per cent below everything that is drawn; a rate near 100 % must not be a speck at the end of a line. */
function domainOf(lines: readonly RateLine[]): [number, number] {
  const all = lines.flatMap(({ estimate, declared }) => [
    ...(estimate ? [estimate.exact[0], estimate.wilson[0]] : []),
    ...(declared === null ? [] : [declared]),
  ]);
  const low = Math.min(0.9, ...all.map((rate) => Math.floor(rate * 10) / 10));
  return [percent(low), 100];
}

function draw(lines: readonly RateLine[]): Element {
  const rows = lines.flatMap(({ name, estimate }) => {
    if (!estimate) return [];
    const { rate, wilson, exact } = estimate;
    const [from, to, surelyFrom, surelyTo] = [...wilson, ...exact].map(percent);
    return [{ name, rate: percent(rate), from, to, surelyFrom, surelyTo }];
  });
  const claims = lines.flatMap(({ name, declared }) =>
    declared === null ? [] : [{ name, declared: percent(declared) }],
  );
  const colour = 'var(--dh-blue)';
  return Plot.plot({
    width: 760,
    height: 50 + 30 * lines.length,
    marginLeft: 230,
    marginRight: 24,
    marginBottom: 36,
    x: { label: 'tỷ lệ đạt (%)', domain: domainOf(lines), grid: true, labelArrow: 'none' },
    y: { label: null, domain: lines.map(({ name }) => name), tickFormat: short, tickSize: 0 },
    marks: [
      Plot.ruleY(rows, {
        y: 'name',
        x1: 'surelyFrom',
        x2: 'surelyTo',
        stroke: colour,
        strokeWidth: 1.5,
        marker: 'tick',
      }),
      Plot.ruleY(rows, { y: 'name', x1: 'from', x2: 'to', stroke: colour, strokeWidth: 6, strokeOpacity: 0.35 }),
      Plot.dot(rows, { y: 'name', x: 'rate', r: 4.5, fill: colour }),
      Plot.dot(claims, {
        y: 'name',
        x: 'declared',
        symbol: 'diamond',
        r: 6,
        stroke: 'var(--dh-red)',
        strokeWidth: 2,
        fill: 'var(--dh-paper)',
      }),
    ],
  });
}

/** Dot and intervals of each line, the declared rate marked; `children` are the same numbers as a table. */
export function RateChart({
  title,
  lines,
  children,
}: {
  title: string;
  lines: readonly RateLine[];
  children: ComponentChildren;
}) {
  // Lines are made anew with every drawing of the page; only what they hold asks for another chart.
  const key = JSON.stringify(lines);
  const drawn = useMemo(() => () => draw(JSON.parse(key) as RateLine[]), [key]);
  const claimed = lines.some(({ declared }) => declared !== null);
  return (
    <div class="rate-chart">
      <Chart title={title} draw={drawn}>
        {children}
      </Chart>
      <p class="legend">
        <span>
          <svg width="14" height="12" aria-hidden="true">
            <circle cx="7" cy="6" r="4.5" fill="var(--dh-blue)" />
          </svg>{' '}
          tỷ lệ kiểm tra được
        </span>
        <span>
          <svg width="24" height="12" aria-hidden="true">
            <rect y="3" width="24" height="6" fill="var(--dh-blue)" fill-opacity="0.35" />
          </svg>{' '}
          khoảng để xem
        </span>
        <span>
          <svg width="24" height="12" aria-hidden="true">
            <path d="M1 2v8M1 6h22M23 2v8" stroke="var(--dh-blue)" stroke-width="1.5" fill="none" />
          </svg>{' '}
          khoảng để quyết định
        </span>
        {claimed && (
          <span>
            <svg width="14" height="14" aria-hidden="true">
              <path d="M7 1l5 6-5 6-5-6z" stroke="var(--dh-red)" stroke-width="2" fill="none" />
            </svg>{' '}
            số đã khai
          </span>
        )}
      </p>
    </div>
  );
}
