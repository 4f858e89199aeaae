import type { ComponentChildren } from 'preact';
import { countText, GROUPING_WORDS, GROUPINGS, type Grouping, NO_STRATUM } from '../../lib/sampling/index.ts';
import { isoOf, parseIsoDay, startOfDay } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import type { Counts, Filter, Place } from './population.ts';
import { dayWords } from './words.ts';

/** How the person deals with rows that a list may not hold. */
export interface Leave {
  firstOfEach: boolean;
  withoutUnreadable: boolean;
}

const dayValue = (day: number | null): string => (day === null ? '' : isoOf(startOfDay(day)).slice(0, 10));

/** Why the list cannot be frozen as it is; null: it can. */
export function whyNotFrozen({ kept, repeated, unreadable }: Counts, leave: Leave): string | null {
  if (kept === 0) return 'Danh sách trống: không có hồ sơ nào qua các bộ lọc';
  if (repeated.rows > 0 && !leave.firstOfEach) return 'Có mã đứng nhiều lần: sửa tệp, hoặc chọn chỉ lấy dòng đầu';
  if (unreadable.count > 0 && !leave.withoutUnreadable)
    return 'Có dòng không đọc được mã: sửa tệp, hoặc chọn bỏ các dòng này';
  return null;
}

/** What was read, what of it will be drawn from, and what is wrong with it; counted anew at every change. */
export function ListFilter({
  source,
  counts,
  filter,
  leave,
  onFilter,
  onLeave,
  onFreeze,
  onBack,
  onRefused,
}: {
  source: string;
  counts: Counts;
  filter: Filter;
  leave: Leave;
  onFilter: (filter: Filter) => void;
  onLeave: (leave: Leave) => void;
  onFreeze: () => void;
  onBack: () => void;
  onRefused: (reason: string) => void;
}) {
  const { total, kept, values, days, leftOutUndated, repeated, unreadable, undated, ignored, notes } = counts;
  const told = GROUPINGS.filter((by) => values[by].some(([value]) => value !== NO_STRATUM) || filter[by].length > 0);
  const why = whyNotFrozen(counts, leave);
  const toggle = (by: Grouping, value: string, on: boolean) =>
    onFilter({ ...filter, [by]: on ? [...filter[by], value] : filter[by].filter((one) => one !== value) });
  return (
    <section class="card" aria-labelledby="filter-title">
      <h3 id="filter-title">
        <bdi>{source}</bdi>
      </h3>
      <p role="status" class="kept">
        <strong>{countText(kept)}</strong> hồ sơ sẽ nằm trong danh sách, trong {countText(total)} hồ sơ đọc được.
      </p>
      <div class="line-of-fields">
        <label>
          Tiếp nhận từ ngày
          <input
            type="date"
            value={dayValue(filter.from)}
            onChange={(event) => onFilter({ ...filter, from: parseIsoDay(event.currentTarget.value) })}
          />
        </label>
        <label>
          đến ngày
          <input
            type="date"
            value={dayValue(filter.to)}
            onChange={(event) => onFilter({ ...filter, to: parseIsoDay(event.currentTarget.value) })}
          />
        </label>
        <span class="soft">
          {days ? `Trong nguồn: từ ${dayWords(days[0])} đến ${dayWords(days[1])}` : 'Nguồn không ghi ngày tiếp nhận'}
        </span>
      </div>
      {told.length > 0 && (
        <div class="facets">
          {told.map((by) => (
            <fieldset key={by}>
              <legend>
                {GROUPING_WORDS[by]} {filter[by].length === 0 ? '(tất cả)' : `(${filter[by].length} đã chọn)`}
              </legend>
              {values[by].map(([value, count]) => (
                <label key={value} class="check">
                  <input
                    type="checkbox"
                    checked={filter[by].includes(value)}
                    onChange={(event) => toggle(by, value, event.currentTarget.checked)}
                  />
                  <bdi>{value}</bdi> <span class="soft">{countText(count)}</span>
                </label>
              ))}
              {filter[by]
                .filter((value) => !values[by].some(([one]) => one === value))
                .map((value) => (
                  <label key={value} class="check">
                    <input type="checkbox" checked onChange={() => toggle(by, value, false)} />
                    <bdi>{value}</bdi> <span class="soft">0</span>
                  </label>
                ))}
            </fieldset>
          ))}
        </div>
      )}
      {notes.map((note) => (
        <p key={note} class="notice amber">
          ▲ {note}
        </p>
      ))}
      {leftOutUndated > 0 && (
        <p class="notice amber">
          ▲ {countText(leftOutUndated)} hồ sơ không rõ ngày tiếp nhận nên nằm ngoài khoảng ngày đã chọn.
        </p>
      )}
      {repeated.rows > 0 && (
        <Trouble
          title={`${countText(repeated.codes)} mã đứng nhiều lần`}
          examples={repeated.examples.map(({ at, reason }) => ({ at: reason, reason: at }))}
          count={repeated.codes}
        >
          <label class="check">
            <input
              type="checkbox"
              checked={leave.firstOfEach}
              onChange={(event) => onLeave({ ...leave, firstOfEach: event.currentTarget.checked })}
            />
            Chỉ lấy dòng đầu của mỗi mã (bỏ {countText(repeated.rows)} dòng; việc bỏ được ghi vào mẫu)
          </label>
        </Trouble>
      )}
      {unreadable.count > 0 && (
        <Trouble title={`${countText(unreadable.count)} dòng không đọc được mã`} {...unreadable}>
          <label class="check">
            <input
              type="checkbox"
              checked={leave.withoutUnreadable}
              onChange={(event) => onLeave({ ...leave, withoutUnreadable: event.currentTarget.checked })}
            />
            Bỏ các dòng này (danh sách có thể thiếu hồ sơ; việc bỏ được ghi vào mẫu)
          </label>
        </Trouble>
      )}
      {undated.count > 0 && (
        <Trouble title={`${countText(undated.count)} hồ sơ có ngày tiếp nhận không đọc được`} {...undated}>
          <p>Các hồ sơ này vẫn nằm trong danh sách khi không lọc theo ngày.</p>
        </Trouble>
      )}
      {ignored.count > 0 && (
        <details>
          <summary>{countText(ignored.count)} dòng không phải hồ sơ (dòng tổng, ghi chú…)</summary>
          <Places examples={ignored.examples} count={ignored.count} />
        </details>
      )}
      <div class="actions">
        <Button kind="primary" disabledReason={why} onRefused={onRefused} onClick={onFreeze}>
          Chốt danh sách
        </Button>
        <Button onClick={onBack}>Chọn nguồn khác</Button>
        {why !== null && <span class="soft">{why}</span>}
      </div>
    </section>
  );
}

function Trouble({
  title,
  examples,
  count,
  children,
}: {
  title: string;
  examples: readonly Place[];
  count: number;
  children: ComponentChildren;
}) {
  return (
    <div class="notice amber">
      <p>▲ {title}:</p>
      <Places examples={examples} count={count} />
      {children}
    </div>
  );
}

function Places({ examples, count }: { examples: readonly Place[]; count: number }) {
  return (
    <ul class="bullets places">
      {examples.map(({ at, reason }) => (
        <li key={at}>
          <bdi>{at}</bdi>: {reason}
        </li>
      ))}
      {count > examples.length && <li>và {countText(count - examples.length)} trường hợp khác</li>}
    </ul>
  );
}
