import { useEffect, useRef, useState } from 'preact/hooks';
import type { Spotcheck } from '../../lib/platform/index.ts';
import { countText, DECISION_WORDS, type SampleRecord } from '../../lib/sampling/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { useOpenDossier } from './check-page.ts';

/** Dossiers behind a number. */
export interface Listed {
  title: string;
  codes: readonly string[];
  /** The check that the number is about; null: all of them. */
  check: string | null;
}

export type OpenList = (listed: Listed) => void;

/** A number that opens the dossiers behind it; on paper, and where there are none, the number alone. */
export function Count({ listed, onOpen }: { listed: Listed; onOpen: OpenList | undefined }) {
  const count = listed.codes.length;
  if (!onOpen || count === 0) return <>{countText(count)}</>;
  return (
    <button
      type="button"
      class="number"
      aria-haspopup="dialog"
      aria-label={`${countText(count)} hồ sơ: ${listed.title}`}
      onClick={() => onOpen(listed)}
    >
      {countText(count)}
    </button>
  );
}

/** The dossiers behind a number, over the page; the keyboard is back on the number when it closes. */
export function DossierList({ value, listed, onClose }: { value: Spotcheck; listed: Listed; onClose: () => void }) {
  const { record, host } = value;
  const dialog = useRef<HTMLDialogElement>(null);
  const openDossier = useOpenDossier(host);
  const [message, setMessage] = useState('');
  useEffect(() => dialog.current?.showModal(), []);
  const wanted = new Set(listed.codes);
  const units = record.units.filter(({ code }) => wanted.has(code));
  const divided = record.population.strata.length > 1;
  const names = listed.check === null ? record.checks.map(({ name }) => name) : [listed.check];
  function copy(): void {
    navigator.clipboard.writeText(units.map(({ code }) => code).join('\n')).then(
      () => setMessage(`Đã chép ${countText(units.length)} mã`),
      () => setMessage('Trình duyệt không cho chép. Hãy bấm vào trang rồi thử lại.'),
    );
  }
  return (
    <dialog ref={dialog} class="dossiers" aria-labelledby="dossiers-title" onClose={onClose}>
      <header>
        <h2 id="dossiers-title">
          {listed.title}: {countText(units.length)} hồ sơ
        </h2>
        <div class="actions">
          <Button kind="small" onClick={copy}>
            Chép các mã
          </Button>
          <Button kind="small" onClick={() => dialog.current?.close()}>
            Đóng
          </Button>
        </div>
      </header>
      <p class="soft" role="status">
        {message}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Mã hồ sơ</th>
            {divided && <th scope="col">Nhóm</th>}
            <th scope="col">Thủ tục</th>
            <th scope="col">Kết luận</th>
            <th scope="col">Ghi chú</th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.code}>
              <th scope="row">
                <bdi>{unit.code}</bdi>{' '}
                <Button
                  kind="small"
                  label={`Mở ${unit.code} ở hệ thống của Thành phố`}
                  onClick={() => void openDossier(unit).then(setMessage)}
                >
                  Mở
                </Button>
              </th>
              {divided && <td>{unit.stratum}</td>}
              <td>{unit.procedure ?? <span class="soft">không rõ</span>}</td>
              <td>
                {names.map((name) => (
                  <p key={name}>
                    {names.length > 1 && <span class="soft">{name}: </span>}
                    {said(unit, name)}
                  </p>
                ))}
              </td>
              <td>{unit.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </dialog>
  );
}

/** `không đạt (mờ, thiếu nét); người thứ hai: đạt` */
function said({ first, second, causes, settled }: SampleRecord['units'][number], check: string): string {
  const decision = first[check] ?? null;
  const alone = settled[check];
  const other = second?.[check] ?? null;
  const cause = causes[check] === undefined ? '' : ` (${causes[check]})`;
  return [
    `${decision === null ? 'chưa kiểm tra' : DECISION_WORDS[decision]}${cause}`,
    ...(alone === undefined ? [] : [`trước khi trao đổi: ${DECISION_WORDS[alone]}`]),
    ...(other === null ? [] : [`người thứ hai: ${DECISION_WORDS[other]}`]),
  ].join('; ');
}
