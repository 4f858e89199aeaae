import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { countText, type IndicatorTable, rateText, scoreText, type UnitResult } from '../../lib/indicators/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { Chart } from '../shared/chart.tsx';

/** More bars than this would be no picture; the table has more. */
const BARS = 20;
const ROWS = 200;
const LABEL = 30;
const short = (name: string) => (name.length > LABEL ? `${name.slice(0, LABEL - 1)}…` : name);
const shareOf = ({ score, of }: UnitResult) => (of === 0 ? 0 : score / of);

/** Units side by side, by the share of the points that can be computed. */
export function Units({
  units,
  table,
  onUnit,
}: {
  units: readonly UnitResult[];
  table: IndicatorTable;
  onUnit: (unit: string) => void;
}) {
  const bars = useMemo(
    () => units.slice(0, BARS).map((unit) => ({ unit: unit.unit, share: shareOf(unit) * 100 })),
    [units],
  );
  const draw = useMemo(
    () => () =>
      Plot.plot({
        width: 640,
        height: 40 + 22 * bars.length,
        marginLeft: 210,
        x: { label: 'điểm đạt trên điểm tính được (%)', domain: [0, 100], grid: true },
        y: { label: null, domain: bars.map(({ unit }) => unit), tickFormat: short, tickSize: 0 },
        marks: [Plot.barX(bars, { x: 'share', y: 'unit', fill: 'var(--dh-blue)', fillOpacity: 0.6 }), Plot.ruleX([0])],
      }),
    [bars],
  );
  if (units.length < 2) return null;
  const columns = table.components.filter(({ id }) => units.some(({ components }) => components[id]));
  return (
    <section class="card" aria-labelledby="indicator-units">
      <h3 id="indicator-units">So sánh các đơn vị</h3>
      <p class="soft">
        Đơn vị ít hồ sơ thì vài hồ sơ đã làm đổi thứ hạng; đơn vị có chỉ số không tính được thì không so ngang được.
      </p>
      <Chart title={units.length > BARS ? `Các đơn vị (${BARS} đơn vị điểm cao nhất)` : 'Các đơn vị'} draw={draw}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">Đơn vị</th>
              <th scope="col">Hồ sơ</th>
              {columns.map(({ id, name }) => (
                <th key={id} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">Điểm</th>
            </tr>
          </thead>
          <tbody>
            {units.slice(0, ROWS).map(({ unit, counted, score, of, components }) => (
              <tr key={unit}>
                <th scope="row">
                  <Button kind="small" title="Chỉ tính đơn vị này" onClick={() => onUnit(unit)}>
                    {unit}
                  </Button>
                </th>
                <td>{countText(counted)}</td>
                {columns.map(({ id }) => {
                  const one = components[id];
                  return <td key={id}>{one ? rateText(one.rate) : 'không tính'}</td>;
                })}
                <td>
                  {scoreText(score)}/{scoreText(of)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {units.length > ROWS && <p>Còn {countText(units.length - ROWS)} đơn vị nữa, xem tệp .xlsx.</p>}
      </Chart>
    </section>
  );
}
