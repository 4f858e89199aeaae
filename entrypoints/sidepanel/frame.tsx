import type { ComponentChildren } from 'preact';
import { EXPIRE_HOURS, updateSetting } from '../../lib/platform/index.ts';
import { Button, Empty } from '../../lib/ui/index.ts';

export function Loading() {
  return (
    <main class="center" aria-busy="true">
      <p>Đang mở danh sách…</p>
    </main>
  );
}

export function Locked() {
  return (
    <main class="center">
      <h1>Bảng đang khóa</h1>
      <p>Danh sách được giấu để người đứng trước quầy không nhìn thấy.</p>
      <Button kind="primary" onClick={() => void updateSetting('panelLocked', () => false)}>
        Mở khóa bảng
      </Button>
    </main>
  );
}

export function Frame({ children, onLock }: { children: ComponentChildren; onLock?: () => void }) {
  return (
    <>
      <header>
        <h1>Bảng công việc</h1>
        {onLock && (
          <Button kind="small" title="Giấu danh sách cho đến khi có người bấm mở" onClick={onLock}>
            Khóa bảng
          </Button>
        )}
      </header>
      <main>{children}</main>
    </>
  );
}

export function NoDossiers() {
  return (
    <Empty title="Chưa có hồ sơ nào">
      <ol>
        <li>Mở hệ thống một cửa như mọi ngày.</li>
        <li>Vào trang danh sách hồ sơ.</li>
        <li>Hồ sơ hiện trên trang sẽ tự vào bảng này.</li>
      </ol>
      <p class="soft">Bảng chỉ giữ mã và các mốc ngày, không giữ tên ai, và tự xoá sau {EXPIRE_HOURS} giờ.</p>
    </Empty>
  );
}
