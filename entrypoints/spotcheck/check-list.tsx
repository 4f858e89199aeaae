import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { disagreementsOf, type Role, type SampleRecord, type SampleUnit } from '../../lib/sampling/index.ts';
import { Space, useRows } from '../shared/rows.tsx';
import { STATE_WORDS, stateOf } from './check-words.ts';

const ROW = 34;

const FILTERS = {
  all: 'Tất cả',
  open: 'Chưa xong',
  fail: 'Có mục không đạt',
  unknown: 'Có mục không kết luận được',
  lost: 'Không mở được',
  differ: 'Hai người khác nhau',
} as const;
type Filter = keyof typeof FILTERS;

function chosenBy(filter: Filter, record: SampleRecord, role: Role): readonly SampleUnit[] {
  const { units } = record;
  if (filter === 'all') return units;
  if (filter === 'differ') {
    const codes = new Set(disagreementsOf(record).map(({ code }) => code));
    return units.filter(({ code }) => codes.has(code));
  }
  return units.filter((unit) => {
    const state = stateOf(unit, role);
    return filter === 'open' ? state === 'open' || state === 'begun' : state === filter;
  });
}

/** The dossiers of the sample as a grid with one tab stop; only those in sight are drawn. */
export function UnitList({
  record,
  role,
  front,
  onChoose,
}: {
  record: SampleRecord;
  role: Role;
  /** Code of the dossier in front. */
  front: string | null;
  onChoose: (code: string) => void;
}) {
  const [filter, setFilter] = useState<Filter>('all');
  const shown = useMemo(() => chosenBy(filter, record, role), [filter, record, role]);
  const grid = useRows(shown.length, ROW);
  const divided = record.population.strata.length > 1;
  const heads = ['', 'Mã hồ sơ', ...(divided ? ['Nhóm'] : [])];

  useLayoutEffect(grid.reset, [filter]);
  // The list follows the dossier in front, without taking the focus.
  useEffect(() => {
    const at = shown.findIndex(({ code }) => code === front);
    if (at >= 0) grid.show(at);
  }, [front, filter]);

  const onEnter = (index: number) => {
    const unit = shown[index];
    if (unit) onChoose(unit.code);
  };
  return (
    <div class="units">
      <label>
        Hiện
        <select value={filter} onChange={(event) => setFilter(event.currentTarget.value as Filter)}>
          {Object.entries(FILTERS).map(([id, words]) => (
            <option key={id} value={id}>
              {words}
              {id === filter && id !== 'all' ? ` (${shown.length})` : ''}
            </option>
          ))}
        </select>
      </label>
      <div class="unit-rows" ref={grid.box} onScroll={grid.onScroll}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table as grid is a pattern of the ARIA guide
          role="grid"
          aria-label="Hồ sơ của mẫu"
          aria-rowcount={shown.length + 1}
          onKeyDown={(event) => grid.onKeyDown(event, onEnter)}
        >
          <thead>
            <tr aria-rowindex={1}>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head || <span class="hidden">Kết luận</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Space height={grid.above} columns={heads.length} />
            {shown.slice(grid.first, grid.last).map((unit, i) => (
              <UnitRow
                key={unit.code}
                unit={unit}
                role={role}
                divided={divided}
                index={grid.first + i}
                tabIndex={grid.first + i === grid.stop ? 0 : -1}
                chosen={unit.code === front}
                onChoose={() => {
                  grid.setCurrent(grid.first + i);
                  onChoose(unit.code);
                }}
              />
            ))}
            <Space height={grid.below} columns={heads.length} />
          </tbody>
        </table>
        {shown.length === 0 && <p class="soft">Không có hồ sơ nào như vậy.</p>}
      </div>
    </div>
  );
}

function UnitRow({
  unit,
  role,
  divided,
  index,
  tabIndex,
  chosen,
  onChoose,
}: {
  unit: SampleUnit;
  role: Role;
  divided: boolean;
  index: number;
  tabIndex: number;
  chosen: boolean;
  onChoose: () => void;
}) {
  const { sign, text, tone } = STATE_WORDS[stateOf(unit, role)];
  return (
    <tr
      class={chosen ? 'chosen' : ''}
      tabIndex={tabIndex}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-index={index}
      data-code={unit.code}
      onClick={onChoose}
    >
      <td title={text}>
        <span class={`sign ${tone}`} aria-hidden="true">
          {sign}
        </span>
        <span class="hidden">{text}</span>
      </td>
      <td title={unit.code}>
        <bdi>{unit.code}</bdi>
      </td>
      {divided && <td title={unit.stratum}>{unit.stratum}</td>}
    </tr>
  );
}
