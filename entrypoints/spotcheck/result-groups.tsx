import { useState } from 'preact/hooks';
import { LINES, RateChart, type RateLine } from './result-chart.tsx';
import { DeclaredTable } from './result-declared.tsx';
import { GroupTable, Rates, type TableProps } from './result-tables.tsx';

const declaredOf = ({ record }: TableProps, check: string): number | null =>
  record.checks.find(({ name }) => name === check)?.declared ?? null;

/** All checks in one picture. */
export function WholeChart(props: TableProps) {
  const lines = props.result.checks.map(
    ({ name, total }): RateLine => ({ name, estimate: total, declared: declaredOf(props, name) }),
  );
  return (
    <RateChart title="Tỷ lệ kiểm tra được của cả danh sách" lines={lines}>
      <Rates record={props.record} result={props.result} />
      <DeclaredTable record={props.record} result={props.result} />
    </RateChart>
  );
}

/** One check by stratum, in a picture and as a table. */
export function Groups(props: TableProps) {
  const { record, result, onOpen } = props;
  const [chosen, setChosen] = useState('');
  const check = result.checks.find(({ name }) => name === chosen) ?? result.checks[0];
  if (!check) return null;
  const declared = declaredOf(props, check.name);
  const largest = [...check.strata].sort((a, b) => b.count - a.count).slice(0, LINES - 1);
  const lines: RateLine[] = [
    { name: 'Cả danh sách', estimate: check.total, declared },
    ...largest.map(({ name, estimate }) => ({ name, estimate, declared: null })),
  ];
  const some = largest.length < check.strata.length ? ` (${largest.length} nhóm lớn nhất)` : '';
  return (
    <section class="card" aria-labelledby="result-groups">
      <h3 id="result-groups">Theo nhóm</h3>
      {result.checks.length > 1 && (
        <label class="choice">
          Mục kiểm tra
          <select value={check.name} onChange={(event) => setChosen(event.currentTarget.value)}>
            {result.checks.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <GroupTable record={record} check={check} {...(onOpen && { onOpen })} />
      <RateChart title={`${check.name}, theo nhóm${some}`} lines={lines}>
        <GroupTable record={record} check={check} />
      </RateChart>
      <p class="soft">Nhóm có ít hồ sơ trong mẫu thì khoảng rộng: không xếp hạng các nhóm theo những số này.</p>
    </section>
  );
}
