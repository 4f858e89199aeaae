import { decisionsOf, type Role, type SampleRecord, type SampleUnit, suggestionFor } from '../../lib/sampling/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { CheckCard, leave, NOTE_ID, type UnitActions } from './check-card.tsx';
import type { PageReading } from './check-page.ts';
import { pageWords } from './check-words.ts';

/** The dossier in front: what was found on its page, the checks, the note. */
export function UnitView({
  unit,
  record,
  role,
  locked,
  reading,
  at,
  actions,
  onRefused,
}: {
  unit: SampleUnit;
  record: SampleRecord;
  role: Role;
  /** Why nothing may be decided now; null: it may. */
  locked: string | null;
  reading: PageReading | null;
  /** The check that the keys mean. */
  at: number;
  actions: UnitActions;
  onRefused: (why: string) => void;
}) {
  const { code, procedure, stratum, rank, unavailable, note } = unit;
  const lostReason =
    locked ??
    (role === 'second'
      ? 'Người kiểm tra lại không thay hồ sơ: hãy ghi «không kết luận được» và nói lý do ở ghi chú'
      : null);
  const about = [procedure, stratum, `thứ tự ${rank}`].filter(Boolean).join(' · ');
  return (
    <section class="unit card" aria-labelledby="unit-title">
      <header>
        <div>
          <h2 id="unit-title">
            <bdi>{code}</bdi>
          </h2>
          <p class="soft">{about}</p>
        </div>
        <div class="actions">
          <Button onClick={actions.open}>
            Mở hồ sơ <kbd>O</kbd>
          </Button>
          <Button onClick={actions.copy}>Chép mã</Button>
          {unavailable === null && (
            <Button onClick={actions.lost} disabledReason={lostReason} onRefused={onRefused}>
              Không mở được <kbd>X</kbd>
            </Button>
          )}
        </div>
      </header>
      {unavailable === null ? (
        <>
          <Found reading={reading} onRead={actions.read} />
          <div class="checks">
            {record.checks.map(({ name }, index) => (
              <CheckCard
                key={`${code} ${name}`}
                name={name}
                index={index}
                current={index === at}
                decision={decisionsOf(unit, role)[name] ?? null}
                cause={role === 'first' ? (unit.causes[name] ?? '') : null}
                suggestion={suggestionFor(name, reading?.findings ?? [])}
                locked={locked}
                actions={actions}
                onRefused={onRefused}
              />
            ))}
          </div>
          <label class="wide" for={NOTE_ID}>
            <span>
              Ghi chú <kbd>G</kbd>
            </span>
            <textarea
              id={NOTE_ID}
              key={code}
              rows={2}
              maxLength={4000}
              value={note}
              readOnly={locked !== null}
              onInput={(event) => actions.note(event.currentTarget.value)}
              onKeyDown={leave(at)}
            />
          </label>
        </>
      ) : (
        <div class="notice grey">
          <p>
            – Không mở được: <q>{unavailable}</q>. Hồ sơ kế tiếp trong thứ tự đã vào thay; lý do được giữ trong tệp mẫu.
          </p>
          <Button onClick={actions.bringBack} disabledReason={lostReason} onRefused={onRefused}>
            Đưa hồ sơ này trở lại
          </Button>
        </div>
      )}
    </section>
  );
}

/** Whether the dossier is open in a tab, and what is not tied to a check. */
function Found({ reading, onRead }: { reading: PageReading | null; onRead: () => void }) {
  return (
    <div class="found" data-page={reading?.page.kind}>
      <span aria-live="polite">
        <strong>Tự động:</strong> {reading === null ? 'đang hỏi các thẻ đang mở…' : pageWords(reading.page)}
      </span>
      <Button kind="small" onClick={onRead}>
        Đọc lại <kbd>R</kbd>
      </Button>
    </div>
  );
}
