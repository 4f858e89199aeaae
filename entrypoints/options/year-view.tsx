import { useMemo } from 'preact/hooks';
import type { WorkTable } from '../../lib/calendar/index.ts';
import { longDay } from '../../lib/ui/index.ts';
import { type DayKind, type Month, monthsOf, totalsOf, type YearDay } from './year.ts';

const WEEK = ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'] as const;
const KINDS: Record<DayKind, string> = {
  work: 'làm việc',
  rest: 'nghỉ hằng tuần',
  off: 'nghỉ',
  worked: 'làm bù',
  hours: 'giờ làm việc khác',
};
/** Kinds that are told apart from an ordinary week, each with a mark of its own in style.css. */
const MARKED: readonly DayKind[] = ['off', 'worked', 'hours'];

const numberWords = (n: number) => n.toLocaleString('vi-VN', { maximumFractionDigits: 1 });

function Cell({ day }: { day: YearDay | null }) {
  if (day === null) return <td />;
  const words = MARKED.includes(day.kind) || day.why ? `${KINDS[day.kind]}${day.why ? `: ${day.why}` : ''}` : '';
  return (
    <td class={day.kind} title={words === '' ? undefined : `${longDay(day.day)}: ${words}`}>
      <span class="date">{day.date}</span>
      {words !== '' && <span class="hidden">, {words}</span>}
    </td>
  );
}

function MonthTable({ month, weeks }: Month) {
  return (
    <table class="month">
      <caption>Tháng {month}</caption>
      <thead>
        <tr>
          {WEEK.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, i) => (
          <tr key={i}>
            {week.map((day, j) => (
              <Cell key={j} day={day} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A reason without the source of the whole year, which stands below the list once. */
function ownReason(why: string, source: string): string {
  const tail = ` · ${source}`;
  return source !== '' && why.endsWith(tail) ? why.slice(0, -tail.length) : why;
}

/**
 * A year as twelve months, its totals, and every day that is not as its weekday in words.
 * @param source where the year's table comes from
 */
export function YearView({ table, year, source }: { table: WorkTable; year: number; source: string }) {
  const months = useMemo(() => monthsOf(table, year), [table, year]);
  const totals = totalsOf(table, year, months);
  const special = months.flatMap(({ weeks }) =>
    weeks.flat().filter((day): day is YearDay => day !== null && (MARKED.includes(day.kind) || day.why !== null)),
  );
  return (
    <>
      <p class="totals">
        Năm {year}: <strong>{totals.workingDays} ngày làm việc</strong> ({numberWords(totals.workingHours)} giờ),{' '}
        {totals.off} ngày nghỉ vào ngày thường, {totals.worked} ngày làm bù.
      </p>
      <ul class="legend" aria-label="Chú thích">
        {(['work', 'rest', ...MARKED] as const).map((kind) => (
          <li key={kind}>
            <span class={`sample ${kind}`} aria-hidden="true">
              <span class="date">8</span>
            </span>{' '}
            {KINDS[kind]}
          </li>
        ))}
      </ul>
      <div class="months">
        {months.map((month) => (
          <MonthTable key={month.month} {...month} />
        ))}
      </div>
      <h4>Ngày không như mọi tuần trong năm {year}</h4>
      <p class="hint">Nguồn chung: {source}</p>
      {special.length === 0 ? (
        <p>Không có.</p>
      ) : (
        <ul class="special">
          {special.map(({ day, date, kind, why }) => (
            <li key={day}>
              <span class={`sample ${kind}`} aria-hidden="true">
                <span class="date">{date}</span>
              </span>
              <span>
                {longDay(day)}: <strong>{KINDS[kind]}</strong>
                {why && <span class="soft"> · {ownReason(why, source)}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
