import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Basis } from '../../lib/deadline/index.ts';
import { version } from '../../lib/platform/index.ts';
import { Button, LiveRegion } from '../../lib/ui/index.ts';
import { useBasis, useNow } from '../shared/hooks.ts';
import { type Answer, answer } from './answer.ts';
import { Form } from './form.tsx';
import { type Fault, readDraft } from './read.ts';
import { NotYet, Result } from './result.tsx';
import { useDraft } from './state.ts';
import { answerText } from './text.ts';

/** After the last key, so that a screen reader does not speak on every letter. */
const ANNOUNCE_DELAY = 700;
const SAY_SECONDS = 6;
const NO_FAULTS: readonly Fault[] = [];

/** "Thử tính hạn": when is it due, and how does one get there. */
export function Deadline() {
  const now = useNow();
  const basis = useBasis();
  if (now === null || basis === null)
    return (
      <main class="center" aria-busy="true">
        <p>Đang mở lịch làm việc…</p>
      </main>
    );
  return <Open now={now} basis={basis} />;
}

/** For the ear: the date, or how much is still to do. */
function spokenWords(found: Answer | null, faults: readonly Fault[]): string {
  if (found)
    return found.problem ? `Chưa có hạn trả: ${found.headline}. ${found.next}` : `Hạn trả kết quả: ${found.headline}`;
  return `Chưa tính được: ${faults.map(({ message }) => message).join('; ')}`;
}

function Open({ now, basis }: { now: number; basis: Basis }) {
  const { draft, touched, change, reset } = useDraft(now);
  const valueInput = useRef<HTMLInputElement>(null);
  /** For the ear, and for the eye when it is not on the screen anyway. */
  const [message, setMessage] = useState({ text: '', visible: false });

  const read = useMemo(() => readDraft(draft, basis.rules), [draft, basis]);
  const found = useMemo(() => ('question' in read ? answer(read.question, basis, now) : null), [read, basis, now]);
  const faults = 'faults' in read ? read.faults : NO_FAULTS;

  const spoken = spokenWords(found, faults);
  const before = useRef(spoken);
  useEffect(() => {
    if (before.current === spoken) return;
    before.current = spoken;
    const timer = setTimeout(() => setMessage({ text: spoken, visible: false }), ANNOUNCE_DELAY);
    return () => clearTimeout(timer);
  }, [spoken]);

  useEffect(() => {
    if (!message.visible) return;
    const timer = setTimeout(() => setMessage({ text: '', visible: false }), SAY_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [message]);

  // The receipt is already there; what the officer has still to say is the limit.
  useEffect(() => {
    if (!touched) valueInput.current?.focus();
  }, []);

  async function copy(): Promise<void> {
    if (!found) return;
    try {
      await navigator.clipboard.writeText(answerText(found));
      setMessage({ text: 'Đã chép kết quả dạng chữ', visible: true });
    } catch {
      setMessage({ text: 'Trình duyệt không cho chép. Hãy bấm vào trang rồi thử lại.', visible: true });
    }
  }

  return (
    <div class="page">
      <header>
        <div>
          <h1>Thử tính hạn</h1>
          <p class="soft">Nhận lúc nào thì bao giờ hẹn trả, đếm theo quy tắc và lịch của đơn vị.</p>
        </div>
        <div class="actions">
          <Button
            onClick={() => {
              reset();
              valueInput.current?.focus();
            }}
          >
            Bắt đầu lại
          </Button>
          <a href="/options.html">Cài đặt</a>
        </div>
      </header>
      <LiveRegion message={message.text} />
      <main>
        <Form
          draft={draft}
          faults={touched ? faults : NO_FAULTS}
          cutoffs={{ usual: basis.table.source.cutoff, own: basis.rules.cutoffs }}
          now={now}
          valueRef={valueInput}
          onChange={change}
        />
        <div class="results">
          {found ? <Result answer={found} onCopy={() => void copy()} /> : <NotYet faults={faults} />}
          {message.visible && (
            <p class="said" aria-hidden="true">
              {message.text}
            </p>
          )}
        </div>
      </main>
      <footer class="soft small">
        Đúng Hẹn {version()}. Trang này chỉ tính thử: không đọc, không ghi gì vào hệ thống một cửa; địa chỉ trang chỉ có
        ngày giờ và con số.
      </footer>
    </div>
  );
}
