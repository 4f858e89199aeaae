import type { DossierResult } from '../../connectors/index.ts';
import { sentLines } from '../../lib/platform/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { download } from '../shared/download.ts';
import { groupsOf } from './filter.ts';
import type { Resend } from './run.ts';

const OUTCOMES: Record<DossierResult['outcome'], string> = {
  created: 'đã gửi mới',
  updated: 'đã cập nhật',
  skipped: 'vừa gửi đúng nội dung này, không gửi nữa',
  refused: 'bị từ chối',
  unknown: 'không có câu trả lời (có thể đã tới; đối soát lại để biết)',
  'not-sent': 'chưa gửi',
};

/** Every line that was ever written of what this browser sent: codes, times, outcomes, digests. */
async function downloadJournal(): Promise<void> {
  const lines = (await sentLines()).map((line) => JSON.stringify(line));
  download(`${lines.join('\n')}\n`, 'nhat-ky-gui-lai.ndjson', 'application/x-ndjson');
}

/** What is being sent, and what came of it. */
export function Sending({
  state: { kind, count, results, stopped },
  onStop,
  onAgain,
  onLeave,
}: {
  state: Extract<Resend, { kind: 'sending' | 'sent' }>;
  onStop: () => void;
  onAgain: () => void;
  onLeave: () => void;
}) {
  const groups = groupsOf(results, ({ outcome }) => outcome);
  const troubles = results.flatMap(({ code, error }) => (error ? [{ code, message: error.message }] : []));
  return (
    <>
      <progress value={results.length} max={count} aria-label="Tiến độ gửi" />
      <p role="status">
        {kind === 'sending' ? 'Đang gửi' : 'Đã xong'}: {results.length}/{count} hồ sơ
        {[...groups].map(([outcome, members]) => `; ${members.length} ${OUTCOMES[outcome]}`).join('')}.
      </p>
      {stopped !== null && <p class="notice amber">▲ {stopped}</p>}
      {troubles.length > 0 && (
        <ul class="notice amber bullets">
          {[...groupsOf(troubles, ({ message }) => message)].map(([message, members]) => (
            <li key={message}>
              {message} <span class="soft">({members.map(({ code }) => code).join(', ')})</span>
            </li>
          ))}
        </ul>
      )}
      <div class="actions">
        {kind === 'sending' ? (
          <Button onClick={onStop}>Dừng gửi</Button>
        ) : (
          <>
            <Button kind="primary" onClick={onAgain}>
              Đối soát lại
            </Button>
            <Button onClick={onLeave}>Đóng</Button>
          </>
        )}
        <Button onClick={() => void downloadJournal()}>Tải nhật ký gửi</Button>
      </div>
    </>
  );
}
