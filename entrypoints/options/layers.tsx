import type { CalendarLayer } from '../../lib/calendar/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { downloadJson, fileName } from './download.ts';
import type { Saver } from './save.tsx';
import { saveCalendars } from './store.ts';

const KINDS: Record<CalendarLayer['kind'], string> = {
  national: 'lịch chung, thay cả năm',
  unit: 'lịch riêng của đơn vị, thêm vào',
};

/** `2027, 2028`; a layer may bring weekly hours only. */
const yearsWords = ({ years }: CalendarLayer) =>
  years.length === 0 ? 'chỉ có giờ trong tuần' : `năm ${years.map(({ year }) => year).join(', ')}`;

/** "Lịch «…», bản …, năm …" */
export function layerWords(layer: CalendarLayer): string {
  return `«${layer.label}», bản ${layer.version}, ${yearsWords(layer)} (${KINDS[layer.kind]})`;
}

function swapped(layers: readonly CalendarLayer[], id: string, step: 1 | -1): CalendarLayer[] {
  const list = [...layers];
  const from = list.findIndex((layer) => layer.id === id);
  const moved = list[from];
  const other = list[from + step];
  if (moved === undefined || other === undefined) return list;
  list[from + step] = moved;
  list[from] = other;
  return list;
}

/** The imported calendars in their order, each to be moved, exported or removed. */
export function Layers({ layers, saver }: { layers: readonly CalendarLayer[]; saver: Saver }) {
  if (layers.length === 0) return <p class="soft">Chưa có. Đang dùng lịch đi kèm Đúng Hẹn.</p>;

  function move({ id, label }: CalendarLayer, step: 1 | -1): void {
    const words = `Đã đưa «${label}» ${step < 0 ? 'lên' : 'xuống'}`;
    void saver.save(() => saveCalendars((list) => swapped(list, id, step)), words);
  }

  function remove({ id, label }: CalendarLayer): void {
    const write = () => saveCalendars((list) => list.filter((layer) => layer.id !== id));
    void saver.save(write, `Đã xoá lịch «${label}»`, true);
  }

  return (
    <>
      <p class="hint" id="layers-hint">
        Lịch ở dưới đè lên lịch ở trên; tất cả đè lên lịch đi kèm.
      </p>
      <ol class="cards" aria-labelledby="layers-title" aria-describedby="layers-hint">
        {layers.map((layer, i) => (
          <li key={layer.id}>
            <div>
              <strong>{layer.label}</strong>
              <p>
                Bản {layer.version} · {yearsWords(layer)} · {KINDS[layer.kind]}
              </p>
              {layer.source !== '' && <p class="hint">Nguồn: {layer.source}</p>}
            </div>
            <div class="actions">
              <Button
                kind="small"
                label={`Đưa lên: ${layer.label}`}
                disabledReason={i === 0 ? 'Đang ở trên cùng' : null}
                onClick={() => move(layer, -1)}
              >
                Lên
              </Button>
              <Button
                kind="small"
                label={`Đưa xuống: ${layer.label}`}
                disabledReason={i === layers.length - 1 ? 'Đang ở dưới cùng' : null}
                onClick={() => move(layer, 1)}
              >
                Xuống
              </Button>
              <Button
                kind="small"
                label={`Tải tệp: ${layer.label}`}
                onClick={() =>
                  downloadJson(`${JSON.stringify(layer, null, 2)}\n`, fileName(`${layer.id}-${layer.version}`))
                }
              >
                Tải tệp
              </Button>
              <Button kind="small" label={`Xoá: ${layer.label}`} onClick={() => remove(layer)}>
                Xoá
              </Button>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
