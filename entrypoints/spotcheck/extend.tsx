import { useState } from 'preact/hooks';
import type { Spotcheck } from '../../lib/platform/index.ts';
import { type Goal, sampleSize } from '../../lib/sampling/index.ts';
import { Button } from '../../lib/ui/index.ts';
import type { Desk } from './desk.ts';
import { Field } from './field.tsx';
import { countOf, percentOf } from './words.ts';
import { stepKeys, useWork, WorkState } from './work.tsx';

/** Draws more of the same order; what is drawn stays. */
export function Extend({
  value: { id, record },
  desk,
  hasList,
  onChanged,
  onSay,
}: {
  value: Spotcheck;
  desk: Desk;
  hasList: boolean;
  onChanged: (check: Spotcheck) => void;
  onSay: (message: string) => void;
}) {
  const work = useWork(desk);
  const [kind, setKind] = useState<'size' | 'margin'>('size');
  const [text, setText] = useState('');
  const { basis } = record.design;
  const plan = basis.kind === 'plan';
  const now = sampleSize(record);
  const number = kind === 'size' ? countOf(text) : percentOf(text);
  const why = plan
    ? 'Phương án chấp nhận có cỡ mẫu cố định: rút thêm sau khi đã xem làm sai cả hai rủi ro'
    : record.signedOffAt !== null
      ? 'Kết quả đã chốt: mở lại kết quả rồi mới rút thêm'
      : !hasList
        ? 'Máy này chưa có danh sách của mẫu'
        : number === null
          ? kind === 'size'
            ? 'Ghi tổng số hồ sơ muốn có'
            : 'Ghi sai số muốn có, ví dụ 3'
          : null;
  function go(): void {
    if (why !== null) onSay(why);
    if (why !== null || number === null) return;
    const expected = basis.kind === 'margin' ? basis.expected : 0.5;
    const goal: Goal = kind === 'size' ? { kind, size: number } : { kind, margin: number, expected };
    work.run(
      'Đang rút thêm…',
      () => desk.ask({ type: 'extend', id, goal, now: Date.now() }),
      (next) => {
        setText('');
        onChanged(next);
        onSay(`Đã rút thêm ${next.record.units.length - record.units.length} hồ sơ`);
      },
    );
  }
  return (
    <section class="card" aria-labelledby="extend-title" onKeyDown={stepKeys(go)}>
      <h3 id="extend-title">Rút thêm</h3>
      <p class="soft">Các hồ sơ đã rút và kết luận của chúng giữ nguyên.</p>
      <WorkState work={work} />
      {!plan && (
        <div class="line-of-fields">
          <label>
            Muốn có
            <select
              value={kind}
              onChange={(event) => setKind(event.currentTarget.value === 'margin' ? 'margin' : 'size')}
            >
              <option value="size">tổng số hồ sơ (đang có {now})</option>
              <option value="margin">sai số ±</option>
            </select>
          </label>
          <Field
            id="extend-to"
            label={kind === 'size' ? 'Tổng số hồ sơ' : 'Sai số'}
            unit={kind === 'size' ? 'hồ sơ' : 'điểm %'}
            value={text}
            problems={[]}
            onChange={setText}
          />
        </div>
      )}
      <div class="actions">
        <Button disabledReason={why} onRefused={onSay} onClick={go}>
          Rút thêm
        </Button>
        {why !== null && <span class="soft">{why}</span>}
      </div>
    </section>
  );
}
