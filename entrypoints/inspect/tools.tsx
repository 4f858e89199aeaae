import { Button } from '../../lib/ui/index.ts';
import { type FileView, isBusy, tally } from './view.ts';

/** How far the queue is, and what can be done with all files together. */
export function Tools({
  views,
  named,
  onNamed,
  onStop,
  onCopy,
  onCsv,
  onFold,
  onClear,
}: {
  views: readonly FileView[];
  named: boolean;
  onNamed: (named: boolean) => void;
  onStop: () => void;
  onCopy: () => void;
  onCsv: () => void;
  onFold: (open: boolean) => void;
  onClear: () => void;
}) {
  const through = views.filter((view) => !isBusy(view)).length;
  const busy = through < views.length;
  const nothing = through === 0 ? 'Chưa có tệp nào kiểm tra xong' : null;
  return (
    <div class="card tools">
      <label class="queue">
        <span>
          Xong {through} trên {views.length} tệp
        </span>
        <progress value={through} max={views.length} />
      </label>
      {through > 0 && <p class="small">{tally(views)}</p>}
      <p class="actions">
        <Button onClick={onStop} disabledReason={busy ? null : 'Không còn tệp nào đang chờ'}>
          Dừng tất cả
        </Button>
        <Button onClick={onClear}>Xoá kết quả</Button>
      </p>
      <p class="actions">
        <Button onClick={() => onFold(true)}>Mở hết</Button>
        <Button onClick={() => onFold(false)}>Gấp hết</Button>
      </p>
      <h2>Đưa vào báo cáo</h2>
      <p class="actions">
        <Button onClick={onCopy} disabledReason={nothing}>
          Chép dạng chữ
        </Button>
        <Button onClick={onCsv} disabledReason={nothing}>
          Tải .csv
        </Button>
      </p>
      <label class="check small">
        <input type="checkbox" checked={named} onChange={({ currentTarget }) => onNamed(currentTarget.checked)} />
        Kèm tên tệp và tên trong chứng thư (dữ liệu cá nhân)
      </label>
    </div>
  );
}
