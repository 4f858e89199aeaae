import { useState } from 'preact/hooks';
import type { Spotcheck } from '../../lib/platform/index.ts';
import { type Decision, progressOf, setCause, setNote } from '../../lib/sampling/index.ts';
import { Button, LiveRegion } from '../../lib/ui/index.ts';
import './check.css';
import { STEP_ID, useActions } from './check-actions.ts';
import { causeId, NOTE_ID } from './check-card.tsx';
import { KeysHelp, useKeys } from './check-keys.tsx';
import { UnitList } from './check-list.tsx';
import { LostDialog } from './check-lost.tsx';
import { useOpenDossier, usePageOfDossier } from './check-page.ts';
import { Pair } from './check-pair.tsx';
import { type Saving, useSession } from './check-session.ts';
import { UnitView } from './check-unit.tsx';
import type { StepProps } from './steps.ts';

const SAVING: Record<Saving, string> = { saved: 'Đã lưu', saving: 'Đang lưu…', failed: 'Không lưu được' };
const LOCKED = 'Kết quả đã được chốt nên kết luận bị khóa; mở lại kết quả rồi mới sửa';

/** The check: one dossier of the sample after the other, decided on by keyboard; everything is saved at once. */
export function CheckStep({ value, save, list }: StepProps) {
  const [message, setMessage] = useState('');
  const session = useSession(value, save, setMessage);
  const { check, record } = session;
  const { role, host } = check;
  const locked = record.signedOffAt === null ? null : LOCKED;
  const steps = useActions(session, list, setMessage);
  const { unit, checkAt } = steps;
  const [reading, ask] = usePageOfDossier(host, unit?.unavailable === null ? unit.code : null);
  const openDossier = useOpenDossier(host);
  const [dialog, setDialog] = useState<'keys' | 'lost' | null>(null);
  const [pair, setPair] = useState(false);
  const [keys, setKeys] = useState(true);

  const name = record.checks[checkAt]?.name;
  const act = (decision: Decision | null) => () => {
    if (locked !== null) setMessage(locked);
    else if (name !== undefined && unit?.unavailable === null) steps.decideOn(name, decision);
  };
  const open = () => {
    if (unit) void openDossier(unit).then(setMessage);
  };
  const lost = () => {
    if (unit?.unavailable !== null) return;
    if (locked === null && role === 'first') setDialog('lost');
    else setMessage(locked ?? 'Người kiểm tra lại không thay hồ sơ');
  };
  const read = () => {
    ask();
    setMessage('Đang đọc lại trang đang mở');
  };
  useKeys(keys && dialog === null, {
    pass: act('pass'),
    fail: act('fail'),
    unknown: act('unknown'),
    clear: act(null),
    checkDown: () => steps.goToCheck(checkAt + 1),
    checkUp: () => steps.goToCheck(checkAt - 1),
    next: steps.next,
    previous: steps.previous,
    nextOpen: steps.nextOpen,
    note: () => document.getElementById(NOTE_ID)?.focus(),
    cause: () => {
      const field = document.getElementById(causeId(checkAt));
      if (field) field.focus();
      else setMessage('Chỉ mục không đạt mới có nguyên nhân');
    },
    open,
    lost,
    undo: steps.undo,
    read,
    help: () => setDialog(dialog === 'keys' ? null : 'keys'),
  });

  return (
    <section id={STEP_ID} class="check-step" aria-label="Kiểm tra từng hồ sơ" tabIndex={-1}>
      <LiveRegion message={message} />
      {locked !== null && <p class="notice blue">{locked}.</p>}
      <div class="check-bar">
        <Progress record={record} role={role} />
        <SaveState saving={session.saving} onRetry={session.retry} />
        <div class="actions">
          <Button onClick={steps.nextOpen}>
            Chưa xong kế tiếp <kbd>U</kbd>
          </Button>
          <Button
            onClick={steps.undo}
            disabledReason={session.canUndo ? null : 'Chưa có gì để hoàn tác'}
            onRefused={setMessage}
          >
            Hoàn tác <kbd>Z</kbd>
          </Button>
          <Button expanded={pair} onClick={() => setPair(!pair)}>
            Giao cho đồng nghiệp
          </Button>
          <Button onClick={() => setDialog('keys')}>
            Phím tắt <kbd>?</kbd>
          </Button>
        </div>
      </div>
      {/* The live region says it; here it stays to be read. */}
      <p class="said" aria-hidden="true">
        {message}
      </p>
      {pair && (
        <Pair
          record={record}
          name={check.name}
          role={role}
          locked={locked}
          onTake={steps.take}
          onSettle={steps.settleOn}
          onShow={steps.show}
          onSay={setMessage}
        />
      )}
      <div class="check-split">
        <UnitList record={record} role={role} front={steps.front} onChoose={steps.show} />
        {unit && (
          <UnitView
            unit={unit}
            record={record}
            role={role}
            locked={locked}
            reading={reading}
            at={checkAt}
            onRefused={setMessage}
            actions={{
              decide: steps.decideOn,
              cause: (which, text) => session.change((now) => setCause(now, unit.code, which, text)),
              note: (text) => session.change((now) => setNote(now, unit.code, text)),
              open,
              copy: () =>
                void navigator.clipboard.writeText(unit.code).then(
                  () => setMessage(`Đã chép mã ${unit.code}`),
                  () => setMessage('Không chép được mã'),
                ),
              lost,
              read,
              bringBack: steps.bringBack,
              checkAt: steps.setCheckAt,
            }}
          />
        )}
      </div>
      {dialog === 'keys' && <KeysHelp on={keys} onSwitch={setKeys} onClose={() => setDialog(null)} />}
      {dialog === 'lost' && unit && <LostDialog code={unit.code} onLost={steps.lose} onClose={() => setDialog(null)} />}
    </section>
  );
}

function Progress({ record, role }: Pick<Spotcheck, 'record' | 'role'>) {
  const { done, units, unavailable } = progressOf(record, role);
  return (
    <label class="progress">
      <span>
        <strong>
          {done}/{units}
        </strong>{' '}
        hồ sơ đã xong{unavailable > 0 ? `, ${unavailable} không mở được` : ''}
      </span>
      <progress value={done} max={Math.max(1, units)} />
    </label>
  );
}

function SaveState({ saving, onRetry }: { saving: Saving; onRetry: () => void }) {
  if (saving !== 'failed') return <span class={`saving ${saving}`}>{SAVING[saving]}</span>;
  return (
    <span class="saving notice red" role="alert">
      {SAVING.failed}: đừng đóng trang này.{' '}
      <Button kind="small" onClick={onRetry}>
        Lưu lại
      </Button>
    </span>
  );
}
