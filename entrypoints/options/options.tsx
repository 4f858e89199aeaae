import { useMemo } from 'preact/hooks';
import { buildTable, mergeCalendars, packCalendar, SHIPPED_CALENDAR } from '../../lib/calendar/index.ts';
import { version } from '../../lib/platform/index.ts';
import { useNow, useSetting } from '../shared/hooks.ts';
import { CalendarSection } from './calendar.tsx';
import { CatalogueSection } from './catalogue.tsx';
import { ConnectionSection } from './connections.tsx';
import { CountingSection } from './counting.tsx';
import { CutoffSection } from './cutoffs.tsx';
import { ReminderSection } from './reminders.tsx';

const CONTENTS = [
  ['counting', 'Cách đếm hạn'],
  ['reminders', 'Khi nào nhắc'],
  ['cutoffs', 'Giờ chốt trong ngày'],
  ['calendar', 'Lịch làm việc'],
  ['catalogue', 'Danh mục thủ tục'],
  ['connections', 'Kết nối'],
] as const;

/** How a unit counts, warns and works: everything an admin may change, each part saved by itself. */
export function Options() {
  const rules = useSetting('rules');
  const layers = useSetting('calendars');
  const catalogues = useSetting('catalogues');
  const connections = useSetting('connections');
  const now = useNow();
  const calendar = useMemo(() => (layers === null ? null : mergeCalendars(SHIPPED_CALENDAR, layers)), [layers]);
  const table = useMemo(() => (calendar === null ? null : buildTable(packCalendar(calendar))), [calendar]);
  if (
    rules === null ||
    layers === null ||
    catalogues === null ||
    connections === null ||
    calendar === null ||
    table === null ||
    now === null
  )
    return (
      <main class="center" aria-busy="true">
        <p>Đang mở cài đặt…</p>
      </main>
    );
  return (
    <div class="page">
      <header>
        <img src="/icon/32.png" alt="" width={28} height={28} />
        <div>
          <h1>Cài đặt Đúng Hẹn</h1>
          <p class="soft">Quy tắc của đơn vị, lưu trên trình duyệt này. Không gửi đi đâu.</p>
        </div>
      </header>
      <nav aria-label="Các phần">
        <ul>
          {CONTENTS.map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
          <li class="apart">
            <a href="/deadline.html">Thử tính hạn</a>
          </li>
          <li>
            <a href="/inspect.html">Kiểm tra tệp</a>
          </li>
          <li>
            <a href="/reconcile.html">Đối soát</a>
          </li>
          <li>
            <a href="/sidepanel.html">Bảng công việc</a>
          </li>
        </ul>
      </nav>
      <main>
        <p class="notice">Bảng công việc dùng quy tắc mới ngay. Trang một cửa đang mở: tải lại để dùng quy tắc mới.</p>
        <CountingSection choices={rules.counting ?? []} table={table} now={now} />
        <ReminderSection stored={rules.thresholds} />
        <CutoffSection stored={rules.cutoffs ?? []} usual={table.source.cutoff} />
        <CalendarSection calendar={calendar} table={table} layers={layers} rules={rules} now={now} />
        <CatalogueSection files={catalogues} now={now} />
        <ConnectionSection text={connections} />
      </main>
      <footer class="soft">Đúng Hẹn {version()} · Giấy phép MIT · Mã nguồn mở</footer>
    </div>
  );
}
