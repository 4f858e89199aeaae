import * as Plot from '@observablehq/plot';
import { useCallback, useMemo } from 'preact/hooks';
import { type Basis, operatingCurve, rateText } from '../../lib/sampling/index.ts';
import { Chart } from '../shared/chart.tsx';

const ROWS = 12;

/** How often an acceptance plan accepts a list, by the share of faulty dossiers in it. */
export function OperatingCurve({ count, plan }: { count: number; plan: Extract<Basis, { kind: 'plan' }> }) {
  const { n, c, acceptable, rejectable } = plan;
  const points = useMemo(() => operatingCurve(count, { n, c }), [count, n, c]);
  const draw = useCallback(
    () =>
      Plot.plot({
        width: 520,
        height: 240,
        marginLeft: 48,
        marginBottom: 36,
        x: { label: 'hồ sơ lỗi trong danh sách (%)', percent: true },
        y: { label: 'được chấp nhận (%)', percent: true, domain: [0, 100], grid: true },
        marks: [
          Plot.ruleX([acceptable], { stroke: 'var(--dh-green)', strokeDasharray: '4 3' }),
          Plot.ruleX([rejectable], { stroke: 'var(--dh-red)', strokeDasharray: '1 3', strokeWidth: 2 }),
          Plot.line(points, { x: 'rate', y: 'accepted', stroke: 'var(--dh-link)', strokeWidth: 2 }),
          Plot.ruleY([0]),
        ],
      }),
    [points, acceptable, rejectable],
  );
  const every = Math.max(1, Math.ceil(points.length / ROWS));
  return (
    <Chart title="Đường đặc tính của phương án" draw={draw}>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">Hồ sơ lỗi</th>
            <th scope="col">Tỷ lệ lỗi</th>
            <th scope="col">Được chấp nhận</th>
          </tr>
        </thead>
        <tbody>
          {points
            .filter((_, i) => i % every === 0 || i === points.length - 1)
            .map(({ faulty, rate, accepted }) => (
              <tr key={faulty}>
                <td>{faulty}</td>
                <td>{rateText(rate, 2)}</td>
                <td>{rateText(accepted)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </Chart>
  );
}
