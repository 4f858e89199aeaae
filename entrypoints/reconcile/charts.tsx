import * as Plot from '@observablehq/plot';
import { useCallback } from 'preact/hooks';
import { className, DIFFERENCE_CLASSES, type Difference, type DifferenceClass } from '../../lib/reconcile/index.ts';
import { Chart } from '../shared/chart.tsx';
import { dayText } from '../shared/job-words.ts';
import { groupsOf } from './filter.ts';

interface Paint {
  /** Place in the pile, the same in every bar. */
  rank: number;
  fill: string;
  opacity: number;
}

interface Bar {
  place: string;
  class: DifferenceClass;
  count: number;
}

/** Colours that can be told apart, then the same ones pale; classes beyond these are one grey. */
const COLOURS = ['--dh-red', '--dh-blue', '--dh-amber', '--dh-purple', '--dh-green'];
const PALE = 0.45;
const REST = { fill: 'var(--dh-grey)', opacity: 0.3 };
/** More labels than this would run into each other. */
const LABELS = 12;
const UNITS_SHOWN = 12;

function barsOf(differences: readonly Difference[], placeOf: (difference: Difference) => string | undefined): Bar[] {
  const counts = new Map<string, Map<DifferenceClass, number>>();
  for (const difference of differences) {
    const place = placeOf(difference);
    if (place === undefined || difference.outcome === 'excluded') continue;
    const line = counts.get(place) ?? new Map<DifferenceClass, number>();
    counts.set(place, line);
    // A dossier counts once, by the heaviest thing that is wrong with it.
    const first = difference.findings[0]?.class;
    if (first) line.set(first, (line.get(first) ?? 0) + 1);
  }
  return [...counts].flatMap(([place, line]) => [...line].map(([name, count]) => ({ place, class: name, count })));
}

/** Which days and which units the differences come from: bars, and the same numbers as a table. */
export function Charts({ differences }: { differences: readonly Difference[] }) {
  const days = barsOf(differences, ({ day }) => day);
  const all = barsOf(differences, ({ unit }) => unit);
  const totals = groupsOf(all, ({ place }) => place);
  const sizeOf = (place: string) => (totals.get(place) ?? []).reduce((sum, { count }) => sum + count, 0);
  const largest = [...totals.keys()].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, UNITS_SHOWN);
  const units = all.filter(({ place }) => largest.includes(place));
  if (days.length === 0 && units.length === 0) return null;
  const used = DIFFERENCE_CLASSES.filter((name) => [...days, ...all].some((bar) => bar.class === name));
  const paintOf = (name: DifferenceClass): Paint => {
    const rank = used.indexOf(name);
    const colour = COLOURS[rank % COLOURS.length];
    if (rank >= 2 * COLOURS.length) return { rank, ...REST };
    return { rank, fill: `var(${colour})`, opacity: rank < COLOURS.length ? 1 : PALE };
  };
  return (
    <section class="charts" aria-label="Biểu đồ">
      <p class="legend">
        {used.map((name) => (
          <span key={name}>
            <svg width="12" height="12" aria-hidden="true">
              <rect width="12" height="12" rx="2" fill={paintOf(name).fill} fill-opacity={paintOf(name).opacity} />
            </svg>{' '}
            {className(name)}
          </span>
        ))}
      </p>
      <Figure title="Hồ sơ lệch theo ngày tiếp nhận" bars={days} paintOf={paintOf} dayOf />
      <Figure
        title={totals.size > UNITS_SHOWN ? `Theo đơn vị (${UNITS_SHOWN} đơn vị nhiều nhất)` : 'Theo đơn vị'}
        bars={units}
        paintOf={paintOf}
      />
    </section>
  );
}

function Figure({
  title,
  bars,
  paintOf,
  dayOf = false,
}: {
  title: string;
  bars: readonly Bar[];
  paintOf: (name: DifferenceClass) => Paint;
  /** Places are days: upright bars in order of time. */
  dayOf?: boolean;
}) {
  const draw = useCallback(() => {
    const fill = (bar: Bar) => paintOf(bar.class).fill;
    const fillOpacity = (bar: Bar) => paintOf(bar.class).opacity;
    const data = [...bars].sort((a, b) => paintOf(a.class).rank - paintOf(b.class).rank);
    const places = [...new Set(bars.map(({ place }) => place))].sort();
    const every = Math.ceil(places.length / LABELS);
    const ticks = places.filter((_, i) => i % every === 0);
    return Plot.plot({
      marginLeft: dayOf ? 40 : 150,
      height: dayOf ? 200 : 40 + 22 * places.length,
      width: 560,
      color: { type: 'identity' },
      x: dayOf
        ? { type: 'band', domain: places, label: null, ticks, tickFormat: shortDay }
        : { label: 'hồ sơ', grid: true },
      y: dayOf ? { label: 'hồ sơ', grid: true } : { label: null },
      marks: dayOf
        ? [Plot.barY(data, { x: 'place', y: 'count', fill, fillOpacity }), Plot.ruleY([0])]
        : [
            Plot.barX(data, { y: 'place', x: 'count', fill, fillOpacity, sort: { y: 'x', reverse: true } }),
            Plot.ruleX([0]),
          ],
    });
  }, [bars, paintOf, dayOf]);
  if (bars.length === 0) return null;
  return (
    <Chart title={title} draw={draw}>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{dayOf ? 'Ngày' : 'Đơn vị'}</th>
            <th scope="col">Loại lệch</th>
            <th scope="col">Hồ sơ</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={`${bar.place} ${bar.class}`}>
              <td>{dayOf ? dayText(bar.place) : bar.place}</td>
              <td>{className(bar.class)}</td>
              <td>{bar.count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Chart>
  );
}

const shortDay = (iso: string) => `${iso.slice(8)}/${iso.slice(5, 7)}`;
