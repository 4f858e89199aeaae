import * as Plot from '@observablehq/plot';
import { useMemo, useState } from 'preact/hooks';
import {
  type ComputedComponent,
  countText,
  forecastSentences,
  forecastText,
  type IndicatorComponent,
  type IndicatorReport,
  type IndicatorTable,
  rateText,
} from '../../lib/indicators/index.ts';
import { Chart } from '../shared/chart.tsx';
import { dayText } from '../shared/job-words.ts';

interface Point {
  day: string;
  passed: number;
  known: number;
  /** Rate of the period up to this day, per cent; null: no dossier yet. */
  sofar: number | null;
}

function pointsOf({ days }: ComputedComponent): Point[] {
  let passed = 0;
  let known = 0;
  return days.map((day) => {
    passed += day.passed;
    known += day.known;
    return { ...day, sofar: known === 0 ? null : (passed / known) * 100 };
  });
}

function draw(points: readonly Point[], { fullAt }: IndicatorComponent, target: number | null): Element {
  const seen = points.filter(({ known }) => known > 0);
  const days = points.map(({ day }) => day);
  const every = Math.ceil(days.length / 10);
  return Plot.plot({
    width: 720,
    height: 260,
    marginLeft: 48,
    marginBottom: 32,
    x: {
      type: 'point',
      domain: days,
      label: null,
      ticks: days.filter((_, i) => i % every === 0),
      tickFormat: (iso: string) => `${iso.slice(8)}/${iso.slice(5, 7)}`,
    },
    y: { label: 'tỷ lệ (%)', domain: [0, 100], grid: true },
    r: { range: [1, 7] },
    marks: [
      Plot.ruleY([0]),
      ...(fullAt.value < 1
        ? [Plot.ruleY([fullAt.value * 100], { stroke: 'var(--dh-green)', strokeDasharray: '5 3' })]
        : []),
      ...(target === null
        ? []
        : [Plot.ruleY([target * 100], { stroke: 'var(--dh-red)', strokeDasharray: '1 3', strokeWidth: 2 })]),
      Plot.dot(seen, {
        x: 'day',
        y: (point: Point) => (point.passed / point.known) * 100,
        r: 'known',
        fill: 'var(--dh-blue)',
        fillOpacity: 0.45,
      }),
      Plot.line(
        points.filter(({ sofar }) => sofar !== null),
        { x: 'day', y: 'sofar', stroke: 'var(--dh-link)', strokeWidth: 2 },
      ),
    ],
  });
}

/** One component day by day, and where the period is heading. */
export function Trend({ report, table }: { report: IndicatorReport; table: IndicatorTable }) {
  const computed = report.groups.flatMap(({ components }) =>
    components.flatMap((result) => {
      const component = table.components.find(({ id }) => id === result.id);
      return result.state === 'computed' && component ? [{ result, component }] : [];
    }),
  );
  const [wanted, setWanted] = useState('ON_TIME');
  const shown = computed.find(({ component }) => component.id === wanted) ?? computed[0];
  const points = useMemo(() => (shown ? pointsOf(shown.result) : []), [shown?.result]);
  const component = shown?.component;
  const target = shown?.result.target?.rate ?? null;
  const chart = useMemo(
    () => () => (component ? draw(points, component, target) : document.createElement('div')),
    [points, component, target],
  );
  if (!shown) return null;
  const { forecast } = report;
  const own = forecast.kind === 'forecast' ? forecast.components[shown.component.id] : undefined;
  return (
    <section class="card" aria-labelledby="indicator-trend">
      <h3 id="indicator-trend">Theo ngày và dự báo cuối kỳ</h3>
      {forecastSentences(forecast, report.of).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <label>
        Chỉ số
        <select value={shown.component.id} onChange={(event) => setWanted(event.currentTarget.value)}>
          {computed.map(({ component: { id, number, name } }) => (
            <option key={id} value={id}>
              {number} {name}
            </option>
          ))}
        </select>
      </label>
      {own && <p>Riêng chỉ số này, cuối kỳ {forecastText(own)}.</p>}
      <Chart title={`${shown.component.name}: tỷ lệ theo ngày tiếp nhận`} draw={chart}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">Ngày</th>
              <th scope="col">Đạt</th>
              <th scope="col">Được tính</th>
              <th scope="col">Từ đầu kỳ</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ day, passed, known, sofar }) => (
              <tr key={day}>
                <td>{dayText(day)}</td>
                <td>{countText(passed)}</td>
                <td>{countText(known)}</td>
                <td>{sofar === null ? '' : rateText(sofar / 100)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Chart>
      <p class="legend soft">
        Đường: tỷ lệ từ đầu kỳ. Chấm: từng ngày, to nhỏ theo số hồ sơ.
        {shown.component.fullAt.value < 1 && ` Nét đứt: từ ${rateText(shown.component.fullAt.value)} được đủ điểm.`}
        {target !== null && ` Chấm chấm: mục tiêu ${rateText(target)}.`}
      </p>
    </section>
  );
}
