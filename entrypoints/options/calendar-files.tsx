import type { CalendarLayer } from '../../lib/calendar/index.ts';
import type { Unit } from '../../lib/deadline/index.ts';
import { type CalendarContent, calendarReader } from './calendar-review.ts';
import { Import } from './import.tsx';
import { Layers, withLayer } from './layers.tsx';
import type { Saver } from './save.tsx';
import { saveList, saveUnit } from './store.ts';

const KINDS: Record<CalendarLayer['kind'], string> = {
  national: 'lịch chung, thay cả năm',
  unit: 'lịch riêng của đơn vị, thêm vào',
};

/** `2027, 2028`; a layer may bring weekly hours only. */
const yearsWords = ({ years }: CalendarLayer) =>
  years.length === 0 ? 'chỉ có giờ trong tuần' : `năm ${years.map(({ year }) => year).join(', ')}`;

/** "«…», bản …, năm …" */
function layerWords(layer: CalendarLayer): string {
  return `«${layer.label}», bản ${layer.version}, ${yearsWords(layer)} (${KINDS[layer.kind]})`;
}

function unitWords({ rules, calendars }: Unit): string {
  return `Cả bộ quy tắc: ${rules.counting?.length ?? 0} cách đếm theo ngày, ${Object.keys(rules.thresholds ?? {}).length} ngưỡng riêng, ${rules.cutoffs?.length ?? 0} giờ chốt, ${calendars.length} lịch. Thay toàn bộ những gì đang đặt trên trang này.`;
}

/** What is about to be taken, in words. */
function Content({ content }: { content: CalendarContent }) {
  if (content.kind === 'unit') return <p>{unitWords(content.unit)}</p>;
  return (
    <>
      <p>Lịch {layerWords(content.layer)}.</p>
      {content.replaces && <p>Thay cho {layerWords(content.replaces)}.</p>}
    </>
  );
}

/** Takes a calendar, or a whole set of rules. */
export function CalendarImport({ layers, saver }: { layers: readonly CalendarLayer[]; saver: Saver }) {
  function accept(content: CalendarContent): Promise<boolean> {
    if (content.kind === 'unit') return saver.save(() => saveUnit(content.unit), 'Đã nhận cả bộ quy tắc', true);
    const { layer } = content;
    return saver.save(
      () => saveList('calendars', (list) => withLayer(list, layer)),
      `Đã nhận lịch «${layer.label}»`,
      true,
    );
  }
  return (
    <Import
      id="calendar"
      choose="Chọn tệp .json"
      reader={calendarReader(layers)}
      accepting={({ kind }) => (kind === 'unit' ? 'Nhận cả bộ quy tắc' : 'Nhận lịch này')}
      show={(content) => <Content content={content} />}
      onLook={saver.clear}
      onAccept={accept}
    />
  );
}

/** The imported calendars. */
export function CalendarLayers({ layers, saver }: { layers: readonly CalendarLayer[]; saver: Saver }) {
  return (
    <Layers
      layers={layers}
      title="layers-title"
      noun="lịch"
      empty="Chưa có. Đang dùng lịch đi kèm Đúng Hẹn."
      hint="Lịch ở dưới đè lên lịch ở trên; tất cả đè lên lịch đi kèm."
      detail={(layer) => `${yearsWords(layer)} · ${KINDS[layer.kind]}`}
      saver={saver}
      save={(change) => saveList('calendars', change)}
    />
  );
}
