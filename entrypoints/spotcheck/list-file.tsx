import { useState } from 'preact/hooks';
import type { Spotcheck } from '../../lib/platform/index.ts';
import type { FrozenList } from '../../lib/sampling/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { Drop } from '../shared/drop.tsx';
import { type Desk, Refused } from './desk.ts';
import { LIST_FILES } from './setup-source.tsx';
import { useWork, WorkState } from './work.tsx';

/** Holds a file against the list of the sample; another list is never mixed in. */
export function ListFile({
  value,
  known,
  desk,
  onAttached,
  onNewFrom,
  onSay,
}: {
  value: Spotcheck;
  known: FrozenList | 'none' | null;
  desk: Desk;
  onAttached: () => void;
  onNewFrom: (file: File) => void;
  onSay: (message: string) => void;
}) {
  const work = useWork(desk);
  const [other, setOther] = useState<File | null>(null);
  const [same, setSame] = useState<string | null>(null);
  async function take([file]: readonly File[]): Promise<void> {
    if (!file) return;
    setOther(null);
    setSame(null);
    work.run(
      'Đang so danh sách…',
      (progress) =>
        desk.ask({ type: 'attach', id: value.id, file, name: file.name }, progress).catch((error: unknown) => {
          if (error instanceof Refused && error.changed) setOther(file);
          throw error;
        }),
      () => {
        setSame(file.name);
        onSay('Đúng danh sách đã chốt');
        onAttached();
      },
    );
  }
  return (
    <section class="card" aria-labelledby="list-title">
      <h3 id="list-title">Đối chiếu tệp danh sách</h3>
      {known === 'none' && (
        <p class="notice amber">
          ▲ Máy này chưa có danh sách của mẫu (đợt nhận từ người khác). Nạp tệp danh sách đã chốt để rút thêm hoặc thay
          hồ sơ.
        </p>
      )}
      <WorkState work={work} />
      {same !== null && (
        <p class="notice green">
          ✓ <bdi>{same}</bdi>: đúng danh sách đã chốt, mã băm khớp.
        </p>
      )}
      {other && (
        <div class="actions">
          <Button onClick={() => onNewFrom(other)}>Rút mẫu mới từ tệp này</Button>
        </div>
      )}
      <Drop
        accept={LIST_FILES}
        label="Chọn tệp danh sách"
        hint="tệp gốc (nếu không lọc) hoặc tệp .csv danh sách đã chốt"
        onFiles={take}
      />
    </section>
  );
}
