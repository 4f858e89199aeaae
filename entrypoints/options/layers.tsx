import type { ComponentChildren } from 'preact';
import { Button } from '../../lib/ui/index.ts';
import { downloadJson, fileName } from './download.ts';
import type { Saver } from './save.tsx';
import type { Back } from './store.ts';

/** What an admin imported: one file that lies over others. */
export interface Layer {
  id: string;
  version: string;
  label: string;
  source: string;
}

/** Layers with one more: a new version takes the place of the one with its id, anything else goes on top. */
export function withLayer<T extends Layer>(layers: readonly T[], layer: T): T[] {
  return layers.some(({ id }) => id === layer.id)
    ? layers.map((other) => (other.id === layer.id ? layer : other))
    : [...layers, layer];
}

/** Hands a layer out in the form in which it is imported. */
export function downloadLayer(layer: Layer): void {
  downloadJson(`${JSON.stringify(layer, null, 2)}\n`, fileName(`${layer.id}-${layer.version}`));
}

function swapped<T extends Layer>(layers: readonly T[], id: string, step: 1 | -1): T[] {
  const list = [...layers];
  const from = list.findIndex((layer) => layer.id === id);
  const moved = list[from];
  const other = list[from + step];
  if (moved === undefined || other === undefined) return list;
  list[from + step] = moved;
  list[from] = other;
  return list;
}

/**
 * Imported files in their order, each to be moved, exported or removed.
 * @param title id of the heading above; `${title}-hint` becomes that of the hint
 * @param noun what one is called: "lịch", "danh mục"
 * @param detail what stands behind the version
 */
export function Layers<T extends Layer>({
  layers,
  title,
  noun,
  empty,
  hint,
  detail,
  saver,
  save,
}: {
  layers: readonly T[];
  title: string;
  noun: string;
  empty: string;
  hint: string;
  detail: (layer: T) => ComponentChildren;
  saver: Saver;
  save: (change: (layers: readonly T[]) => readonly T[]) => Promise<Back>;
}) {
  if (layers.length === 0) return <p class="soft">{empty}</p>;

  function move({ id, label }: T, step: 1 | -1): void {
    const words = `Đã đưa «${label}» ${step < 0 ? 'lên' : 'xuống'}`;
    void saver.save(() => save((list) => swapped(list, id, step)), words);
  }

  function remove({ id, label }: T): void {
    const write = () => save((list) => list.filter((layer) => layer.id !== id));
    void saver.save(write, `Đã xoá ${noun} «${label}»`, true);
  }

  return (
    <>
      <p class="hint" id={`${title}-hint`}>
        {hint}
      </p>
      <ol class="cards" aria-labelledby={title} aria-describedby={`${title}-hint`}>
        {layers.map((layer, i) => (
          <li key={layer.id}>
            <div>
              <strong>{layer.label}</strong>
              <p>
                Bản {layer.version} · {detail(layer)}
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
              <Button kind="small" label={`Tải tệp: ${layer.label}`} onClick={() => downloadLayer(layer)}>
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
