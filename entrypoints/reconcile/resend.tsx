import { useState } from 'preact/hooks';
import type { BlockedDossier, ResyncPlan } from '../../connectors/index.ts';
import type { Difference } from '../../lib/reconcile/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { groupsOf } from './filter.ts';
import { Sending } from './resend-sending.tsx';
import type { Resend } from './run.ts';

/** More than this in one go nobody looks through; the filter makes the choice smaller. */
const MOST = 200;

/** Dossiers that sending the city's record again can cure. */
export const curableOf = (differences: readonly Difference[]): Difference[] =>
  differences.filter(
    ({ outcome, records, findings }) =>
      outcome === 'different' && records.city !== undefined && findings.some(({ curable }) => curable),
  );

interface Steps {
  onPrepare: (codes: string[]) => void;
  onSend: () => void;
  onStop: () => void;
  onLeave: () => void;
  /** Reconciles once more, to see what was cured. */
  onAgain: () => void;
}

/** «Gửi lại»: choose, look at exactly what would be sent, confirm by its number, watch, and keep the journal. */
export function ResendPanel({ curable, state, ...steps }: { curable: readonly Difference[]; state: Resend } & Steps) {
  const [open, setOpen] = useState(false);
  const { onLeave } = steps;
  if (!open)
    return (
      <div class="actions">
        <Button
          disabledReason={curable.length === 0 ? 'Trong bộ lọc không có hồ sơ nào gửi lại được' : null}
          onClick={() => setOpen(true)}
        >
          {`Gửi lại lên Cổng DVCQG (${curable.length} hồ sơ gửi lại được trong bộ lọc)`}
        </Button>
      </div>
    );
  const leave = () => {
    setOpen(false);
    onLeave();
  };
  return (
    <section class="card resend" aria-labelledby="resend-title">
      <h2 id="resend-title">Gửi lại lên Cổng DVCQG</h2>
      {state.kind === 'none' && <Choose curable={curable} onPrepare={steps.onPrepare} onLeave={leave} />}
      {state.kind === 'reading' && (
        <>
          <p aria-busy="true">Đang đọc lại từng hồ sơ ở hệ thống Thành phố…</p>
          <div class="actions">
            <Button onClick={steps.onStop}>Dừng</Button>
          </div>
        </>
      )}
      {state.kind === 'shown' && (
        <Shown plan={state.plan} blocked={state.blocked} onSend={steps.onSend} onLeave={leave} />
      )}
      {(state.kind === 'sending' || state.kind === 'sent') && (
        <Sending state={state} onStop={steps.onStop} onAgain={steps.onAgain} onLeave={leave} />
      )}
      {state.kind === 'failed' && (
        <>
          <p class="notice red" role="alert">
            Không gửi gì: {state.message}
          </p>
          <div class="actions">
            <Button onClick={leave}>Đóng</Button>
          </div>
        </>
      )}
    </section>
  );
}

function Choose({
  curable,
  onPrepare,
  onLeave,
}: {
  curable: readonly Difference[];
  onPrepare: (codes: string[]) => void;
  onLeave: () => void;
}) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const offered = curable.slice(0, MOST);
  const codes = offered.map(({ records, code }) => records.city?.code ?? code);
  const chosen = codes.filter((code) => !left.has(code));
  return (
    <>
      <p>
        Mỗi hồ sơ được đọc lại ở hệ thống Thành phố rồi cho xem đúng nội dung sẽ gửi. Chưa có gì được gửi cho đến khi
        bạn xác nhận. Lịch sử xử lý và giấy tờ đã nộp không gửi kèm, vì hệ thống Thành phố không cho lấy.
      </p>
      {curable.length > MOST && (
        <p class="notice amber">▲ Mỗi lần nhiều nhất {MOST} hồ sơ; lọc bớt để chọn các hồ sơ khác.</p>
      )}
      <fieldset class="codes">
        <legend>Hồ sơ sẽ gửi</legend>
        {codes.map((code) => (
          <label key={code} class="check">
            <input
              type="checkbox"
              checked={!left.has(code)}
              onChange={() => {
                const next = new Set(left);
                if (!next.delete(code)) next.add(code);
                setLeft(next);
              }}
            />
            <bdi>{code}</bdi>
          </label>
        ))}
      </fieldset>
      <div class="actions">
        <Button
          kind="primary"
          disabledReason={chosen.length === 0 ? 'Chưa chọn hồ sơ nào' : null}
          onClick={() => onPrepare(chosen)}
        >
          {`Xem trước nội dung gửi (${chosen.length} hồ sơ)`}
        </Button>
        <Button onClick={onLeave}>Thôi</Button>
      </div>
    </>
  );
}

function Shown({
  plan,
  blocked,
  onSend,
  onLeave,
}: {
  plan: ResyncPlan;
  blocked: readonly BlockedDossier[];
  onSend: () => void;
  onLeave: () => void;
}) {
  const [typed, setTyped] = useState('');
  const { dossiers, calls } = plan;
  const count = dossiers.length;
  return (
    <>
      {blocked.length > 0 && (
        <div class="notice amber">
          <strong>▲ {blocked.length} hồ sơ không gửi được từ đây:</strong>
          <ul class="bullets">
            {[...groupsOf(blocked, ({ reason }) => reason)].map(([reason, members]) => (
              <li key={reason}>
                {reason} <span class="soft">({members.map(({ code }) => code).join(', ')})</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {count === 0 ? (
        <div class="actions">
          <Button onClick={onLeave}>Đóng</Button>
        </div>
      ) : (
        <>
          <p>
            {count} hồ sơ, ít nhất {calls} lượt gọi. Nội dung dưới đây có thông tin cá nhân: chỉ hiện trên màn hình này,
            không được giữ lại.
          </p>
          {dossiers.map(({ code, dossier }) => (
            <details key={code}>
              <summary>
                <bdi>{code}</bdi>: {dossier.service}
              </summary>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
              <pre tabIndex={0}>{JSON.stringify(dossier.body, null, 2)}</pre>
            </details>
          ))}
          <label>
            Gõ số hồ sơ sẽ gửi ({count}) để xác nhận
            <input
              inputMode="numeric"
              autocomplete="off"
              value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          <div class="actions">
            <Button
              kind="primary"
              disabledReason={typed.trim() === String(count) ? null : `Gõ ${count} vào ô ở trên để xác nhận`}
              onClick={onSend}
            >
              {`Gửi ${count} hồ sơ lên Cổng DVCQG`}
            </Button>
            <Button onClick={onLeave}>Thôi, không gửi</Button>
          </div>
        </>
      )}
    </>
  );
}
