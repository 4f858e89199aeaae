import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../lib/ui/index.ts';

const REASONS = [
  'Không còn trên hệ thống',
  'Không có quyền xem hồ sơ này',
  'Hệ thống báo lỗi khi mở, đã thử lại',
  'Hồ sơ giấy, không có trên hệ thống',
];

/** Asks why a dossier cannot be opened; the next in order takes its place. */
export function LostDialog({
  code,
  onLost,
  onClose,
}: {
  code: string;
  /** Resolves with what stands in the way, in words; null: it is done. */
  onLost: (reason: string) => Promise<string | null>;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (busy) return;
    if (reason.trim() === '') return setProblem('Hãy ghi lý do');
    setBusy(true);
    const why = await onLost(reason);
    setBusy(false);
    if (why === null) dialog.current?.close();
    else setProblem(why);
  }
  return (
    <dialog ref={dialog} aria-labelledby="lost-title" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="lost-title">Không mở được {code}</h2>
        <p class="soft">
          Hồ sơ kế tiếp trong thứ tự đã rút sẽ vào thay, không ai được chọn. Lý do được giữ trong tệp mẫu và biên bản.
        </p>
        <label class="wide">
          Lý do
          <input
            list="lost-reasons"
            value={reason}
            maxLength={1000}
            aria-invalid={problem !== ''}
            aria-describedby="lost-problem"
            onInput={(event) => setReason(event.currentTarget.value)}
          />
          <datalist id="lost-reasons">
            {REASONS.map((text) => (
              <option key={text} value={text} />
            ))}
          </datalist>
        </label>
        <p id="lost-problem" class={problem === '' ? 'hidden' : 'notice red'} role="alert">
          {problem}
        </p>
        <div class="actions">
          <button type="submit" class="button primary">
            Thay bằng hồ sơ kế tiếp
          </button>
          <Button onClick={() => dialog.current?.close()}>Thôi</Button>
        </div>
      </form>
    </dialog>
  );
}
