import { useState } from 'preact/hooks';
import {
  DECISIONS,
  type Decision,
  type Disagreement,
  disagreementsOf,
  evaluate,
  type SampleRecord,
} from '../../lib/sampling/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { DECISION_WORDS } from './check-words.ts';

/** What a kappa means, in the words of Landis and Koch (1977). */
function kappaWords(kappa: number | null): string {
  if (kappa === null) return 'không tính được: cả hai chỉ có một loại kết luận';
  const words: [number, string][] = [
    [0.8, 'gần như hoàn toàn thống nhất'],
    [0.6, 'thống nhất tốt'],
    [0.4, 'thống nhất vừa'],
    [0.2, 'thống nhất ít'],
    [0, 'thống nhất rất ít'],
  ];
  return words.find(([least]) => kappa > least)?.[1] ?? 'không hơn may rủi';
}

const kappaText = (kappa: number | null) =>
  kappa === null ? '–' : kappa.toLocaleString('vi', { maximumFractionDigits: 2 });

/** How far the two agree, by check. */
export function Agreed({ record }: { record: SampleRecord }) {
  const rows = evaluate(record).checks.flatMap(({ name, agreement }) => (agreement ? [{ name, ...agreement }] : []));
  if (rows.length === 0) return null;
  return (
    <>
      <h3>Mức thống nhất của hai người</h3>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">Mục kiểm tra</th>
            <th scope="col">Thống nhất</th>
            <th scope="col">Kappa</th>
            <th scope="col">Nghĩa là</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, both, agreed, kappa }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {agreed}/{both}
              </td>
              <td>{kappaText(kappa)}</td>
              <td>{kappaWords(kappa)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft">
        Tính theo kết luận khi mỗi người làm một mình; xem lại chung về sau không làm kappa tăng lên. Cách gọi mức theo
        Landis và Koch (1977).
      </p>
    </>
  );
}

/** More than this at once would be long to draw; those that are settled make room. */
const SHOWN = 50;

/** Where the two differ, each to be settled. */
export function Disagreements({
  record,
  locked,
  onSettle,
  onShow,
}: {
  record: SampleRecord;
  locked: string | null;
  onSettle: (about: Disagreement, decision: Decision, note: string) => boolean;
  onShow: (code: string, check: string) => void;
}) {
  const all = disagreementsOf(record);
  if (all.length === 0) return null;
  const open = all.filter(({ settled }) => !settled).length;
  return (
    <>
      <h3>
        Khác nhau: {all.length} chỗ{open > 0 ? `, còn ${open} chỗ chưa xem lại` : ', đã xem lại hết'}
      </h3>
      <ul class="differences-of-two">
        {all.slice(0, SHOWN).map((one) => (
          <li key={`${one.code} ${one.check}`}>
            <Settle about={one} locked={locked} onSettle={onSettle} onShow={onShow} />
          </li>
        ))}
      </ul>
      {all.length > SHOWN && <p class="soft">Và {all.length - SHOWN} chỗ nữa; xem lại các chỗ trên trước.</p>}
    </>
  );
}

function Settle({
  about,
  locked,
  onSettle,
  onShow,
}: {
  about: Disagreement;
  locked: string | null;
  onSettle: (about: Disagreement, decision: Decision, note: string) => boolean;
  onShow: (code: string, check: string) => void;
}) {
  const [note, setNote] = useState('');
  const { code, check, first, second, now, settled } = about;
  const settle = (decision: Decision) => {
    if (onSettle(about, decision, note)) setNote('');
  };
  return (
    <fieldset>
      <legend>
        <bdi>{code}</bdi>: {check}
      </legend>
      <p>
        Người thứ nhất: <strong>{DECISION_WORDS[first]}</strong>. Người thứ hai:{' '}
        <strong>{DECISION_WORDS[second]}</strong>.{' '}
        {settled && <span class="mark">đã xem lại: {DECISION_WORDS[now]}</span>}
      </p>
      <div class="actions">
        <label>
          <span class="hidden">Lý do cho {code}</span>
          <input
            value={note}
            maxLength={1000}
            placeholder="Lý do (phải có khi đổi)"
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </label>
        {DECISIONS.map((decision) => (
          <Button
            key={decision}
            kind="small"
            disabledReason={locked}
            label={`${decision === now ? 'Giữ' : 'Đổi thành'} ${DECISION_WORDS[decision]}: ${code}, ${check}`}
            onClick={() => settle(decision)}
          >
            {decision === now ? 'Giữ' : 'Đổi thành'} «{DECISION_WORDS[decision]}»
          </Button>
        ))}
        <Button kind="small" onClick={() => onShow(code, check)} label={`Xem hồ sơ ${code}`}>
          Xem hồ sơ
        </Button>
      </div>
    </fieldset>
  );
}
