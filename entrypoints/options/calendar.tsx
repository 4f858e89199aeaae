import { useRef, useState } from 'preact/hooks';
import { type CalendarLayer, provisionalYear, type WorkingCalendar, type WorkTable } from '../../lib/calendar/index.ts';
import { type UnitRules, unitFileText } from '../../lib/deadline/index.ts';
import { dayOf, isoOf, yearOf } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { CalendarImport, CalendarLayers } from './calendar-files.tsx';
import { dateWords } from './choice.ts';
import { downloadJson } from './download.ts';
import { type FieldError, Section, TextField } from './form.tsx';
import { SaveStatus, useSaver } from './save.tsx';
import { saveList } from './store.ts';
import { YearView } from './year-view.tsx';

const HOME = 'calendar-title';
const STATUS = { official: 'chính thức', provisional: 'dự kiến' } as const;

/** The working calendar: what is in force, where it comes from, and how another one comes in. */
export function CalendarSection({
  calendar,
  table,
  layers,
  rules,
  now,
}: {
  calendar: WorkingCalendar;
  table: WorkTable;
  layers: readonly CalendarLayer[];
  rules: UnitRules;
  now: number;
}) {
  const saver = useSaver();
  const thisYear = yearOf(dayOf(now));
  const years = [...calendar.years].sort((a, b) => a.year - b.year);
  const [chosen, setChosen] = useState(thisYear);
  const shown = years.find(({ year }) => year === chosen) ?? years.at(-1);

  return (
    <Section id="calendar" title="Lịch làm việc">
      <h3>Đang áp dụng</h3>
      <dl class="facts">
        <dt>Lịch</dt>
        <dd>{calendar.label}</dd>
        <dt>Bản</dt>
        <dd>{calendar.version}</dd>
        <dt>Năm</dt>
        <dd>
          {years.map(({ year, status }) => `${year} (${STATUS[status]})`).join(', ')}. Ngày thuộc năm khác: không đếm,
          ghi «không chắc».
        </dd>
      </dl>
      {shown && (
        <>
          <p class="line">
            <label for="year">Xem năm</label>
            <select id="year" value={shown.year} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
              {years.map(({ year, status }) => (
                <option key={year} value={year}>
                  {year} ({STATUS[status]})
                </option>
              ))}
            </select>
          </p>
          <YearView table={table} year={shown.year} source={shown.source} />
          {shown.undecided.length > 0 && (
            <div class="notice">
              <h4>Chưa được công bố trong năm {shown.year}</h4>
              <ul>
                {shown.undecided.map(({ why, assumed = '', alternatives = [] }) => (
                  <li key={`${why} ${assumed} ${alternatives}`}>
                    {why}
                    {assumed !== '' && ` · đang nghỉ ${dateWords(assumed)}`}
                    {alternatives.length > 0 && ` · có thể nghỉ ${alternatives.map(dateWords).join(', ')}`}
                  </li>
                ))}
              </ul>
            </div>
          )}
        </>
      )}

      <h3>Nhận lịch hoặc bộ quy tắc từ tệp</h3>
      <CalendarImport layers={layers} saver={saver} />
      <SaveStatus saver={saver} home={HOME} />

      <h3 id="layers-title">Lịch đã nhận ({layers.length})</h3>
      <CalendarLayers layers={layers} saver={saver} />

      <h3>Đưa sang máy khác</h3>
      <p>
        Một tệp gồm cách đếm, ngưỡng nhắc, giờ chốt và mọi lịch đã nhận. Trên máy khác, nhận tệp này ở mục trên. Tệp
        không có hồ sơ nào.
      </p>
      <div class="actions">
        <Button
          onClick={() =>
            downloadJson(
              unitFileText({ rules, calendars: [...layers] }),
              `dung-hen-quy-tac-${isoOf(now).slice(0, 10)}.json`,
            )
          }
        >
          Tải cả bộ quy tắc
        </Button>
        <Button
          disabledReason={layers.length === 0 ? 'Đang chỉ có lịch đi kèm' : null}
          onClick={() =>
            void saver.save(() => saveList('calendars', () => []), 'Đã trở về lịch đi kèm, bỏ mọi lịch đã nhận', true)
          }
        >
          Lịch trở về mặc định
        </Button>
      </div>

      <h3>Soạn lịch cho năm chưa có</h3>
      <Provisional first={(years.at(-1)?.year ?? thisYear) + 1} weekly={calendar.weekly} />
    </Section>
  );
}

/** Downloads the year that the statutory rules give, to be edited when the notice comes out. */
function Provisional({ first, weekly }: { first: number; weekly: WorkingCalendar['weekly'] }) {
  const [year, setYear] = useState(String(first));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const form = useRef<HTMLFormElement>(null);

  function create(): void {
    const number = Number(year);
    try {
      const made = provisionalYear(number, weekly);
      const layer: CalendarLayer = {
        kind: 'national',
        id: `lich-${number}`,
        version: `${number}-du-kien`,
        label: `Lịch dự kiến năm ${number}`,
        source: made.source,
        years: [made],
      };
      setErrors([]);
      downloadJson(`${JSON.stringify(layer, null, 2)}\n`, `lich-du-kien-${number}.json`);
    } catch (error) {
      setErrors([{ field: 'provisional', message: error instanceof Error ? error.message : String(error) }]);
      form.current?.querySelector('input')?.focus();
    }
  }

  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <TextField
        id="provisional"
        label="Năm"
        hint="Tệp tính theo ngày nghỉ trong Bộ luật Lao động và âm lịch; sửa theo thông báo nghỉ lễ, đổi «provisional» thành «official», rồi nhận ở trên."
        value={year}
        errors={errors}
        numeric
        onInput={setYear}
        after={
          <button type="submit" class="button">
            Tạo lịch dự kiến
          </button>
        }
      />
    </form>
  );
}
