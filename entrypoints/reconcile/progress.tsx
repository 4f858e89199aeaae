import { type JobPlan, sideName } from '../../lib/reconcile/index.ts';
import { Button } from '../../lib/ui/index.ts';
import type { Progress } from './run.ts';

const number = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

/** `khoảng 3 phút`; seconds as people say them. */
export function durationWords(seconds: number): string {
  if (seconds < 60) return `khoảng ${Math.max(1, Math.round(seconds))} giây`;
  if (seconds < 5400) return `khoảng ${Math.round(seconds / 60)} phút`;
  return `khoảng ${number.format(seconds / 3600)} giờ`;
}

const MODES = { list: 'hỏi theo từng ngày', lookup: 'tra từng mã', whole: 'đọc cả tệp' } as const;

/** What a job will do, before it does anything. */
export function Plan({ plan, onStart, onBack }: { plan: JobPlan; onStart: () => void; onBack: () => void }) {
  return (
    <section class="card" aria-labelledby="plan-title">
      <h2 id="plan-title">Sẽ làm</h2>
      <ul class="bullets">
        {plan.lines.map(({ side, mode, partitions, done, calls, seconds }) => (
          <li key={side}>
            <strong>{sideName(side)}</strong>: {MODES[mode]}
            {mode === 'list' && `, ${partitions} ngày × đơn vị`}
            {done > 0 && `, đã xong ${done}`}
            {calls !== undefined && `, ${number.format(calls)} lượt gọi`}
            {seconds !== undefined && `, ${durationWords(seconds)}`}
          </li>
        ))}
      </ul>
      {plan.notes.map((note) => (
        <p key={note} class="notice amber">
          ▲ {note}
        </p>
      ))}
      <p class="soft">Chỉ đọc, không ghi gì vào hệ thống nào. Đóng trang giữa chừng không mất phần đã đọc.</p>
      <div class="actions">
        <Button kind="primary" onClick={onStart}>
          Bắt đầu đối soát
        </Button>
        <Button onClick={onBack}>Chọn lại</Button>
      </div>
    </section>
  );
}

/** A job that runs: how far, how fast, how long still; pause and stop. */
export function Running({
  progress,
  paused,
  troubles,
  onPause,
  onStop,
}: {
  progress: Progress | null;
  paused: boolean;
  troubles: readonly string[];
  onPause: (paused: boolean) => void;
  onStop: () => void;
}) {
  // Tenths tell something of slow systems only.
  const perSecond = progress?.perSecond ?? 0;
  const rate = perSecond < 10 ? perSecond : Math.round(perSecond);
  const words = progress
    ? [
        `${progress.phase === 'read' ? 'Đọc' : 'Tra từng mã'}: ${progress.done}/${progress.total} phần`,
        `${number.format(progress.dossiers)} hồ sơ`,
        rate > 0 && `${number.format(rate)} hồ sơ mỗi giây`,
        progress.secondsLeft !== undefined && `còn ${durationWords(progress.secondsLeft)}`,
      ]
        .filter(Boolean)
        .join(' · ')
    : 'Đang đọc…';
  return (
    <section class="card" aria-labelledby="running-title" aria-busy={!paused}>
      <h2 id="running-title">{paused ? 'Tạm dừng' : 'Đang đối soát'}</h2>
      <progress value={progress?.done} max={progress ? Math.max(1, progress.total) : undefined} aria-label="Tiến độ" />
      <p>{words}</p>
      {troubles.length > 0 && (
        <ul class="notice amber bullets">
          {troubles.map((trouble) => (
            <li key={trouble}>{trouble}</li>
          ))}
        </ul>
      )}
      <div class="actions">
        <Button onClick={() => onPause(!paused)}>{paused ? 'Chạy tiếp' : 'Tạm dừng'}</Button>
        <Button onClick={onStop}>Dừng</Button>
      </div>
    </section>
  );
}

/** Stopped by the person; nothing that was read is lost. */
export function Stopped({ onStart, onBack }: { onStart: () => void; onBack: () => void }) {
  return (
    <section class="card">
      <h2>Đã dừng</h2>
      <p>Phần đã đọc được giữ trên máy này.</p>
      <div class="actions">
        <Button kind="primary" onClick={onStart}>
          Chạy tiếp
        </Button>
        <Button onClick={onBack}>Về chọn nguồn</Button>
      </div>
    </section>
  );
}

export function Failed({ message, onBack }: { message: string; onBack: () => void }) {
  return (
    <section class="card" role="alert">
      <h2>Chưa đối soát được</h2>
      <p>{message}</p>
      <div class="actions">
        <Button kind="primary" onClick={onBack}>
          Về chọn nguồn
        </Button>
      </div>
    </section>
  );
}
