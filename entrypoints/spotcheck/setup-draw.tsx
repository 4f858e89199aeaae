import { useState } from 'preact/hooks';
import { countText, sampleSize, sizeSentence } from '../../lib/sampling/index.ts';
import { Button } from '../../lib/ui/index.ts';
import type { Made } from './design.ts';
import { Field } from './field.tsx';
import { FrozenFacts } from './frozen-facts.tsx';
import type { FrozenAnswer } from './protocol.ts';
import { stepKeys } from './work.tsx';

/** The seed and the draw: asked for only now that list and design stand. */
export function DrawStep({
  frozen,
  made,
  name,
  hosts,
  onDraw,
  onBack,
  onRefused,
}: {
  frozen: FrozenAnswer;
  made: Made;
  /** Proposed name of the spot check. */
  name: string;
  /** City systems that are known, the likeliest first. */
  hosts: readonly string[];
  onDraw: (wish: { seed: string; name: string; host: string | null }) => void;
  onBack: () => void;
  onRefused: (reason: string) => void;
}) {
  const [seed, setSeed] = useState('');
  const [title, setTitle] = useState(name);
  const [host, setHost] = useState(frozen.hosts[0] ?? '');
  const size = sampleSize(made.planned);
  const clean = title.normalize('NFC').trim();
  const why = seed.trim() === '' ? 'Chưa có hạt giống' : clean === '' ? 'Đợt kiểm tra chưa có tên' : null;
  function go(): void {
    if (why !== null) onRefused(why);
    else onDraw({ seed: seed.normalize('NFC').trim(), name: clean.slice(0, 200), host: host || null });
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside
    <div class="draw" onKeyDown={stepKeys(go, onBack)}>
      <FrozenFacts frozen={frozen} />
      <p>{sizeSentence(made.planned)}</p>
      <section class="card" aria-labelledby="seed-title">
        <h3 id="seed-title">Hạt giống</h3>
        <ol class="bullets">
          <li>Ghi mã băm ở trên vào biên bản, hoặc gửi cho đơn vị được kiểm tra, trước khi có hạt giống.</li>
          <li>
            Chọn hạt giống mà lúc chốt danh sách không ai biết trước và sau này ai cũng tra lại được, ví dụ giải đặc
            biệt của kỳ xổ số mở thưởng sau giờ chốt.
          </li>
          <li>
            Mẫu rút ra được giữ ngay. Rút lại với hạt giống khác là một đợt kiểm tra khác và vẫn hiện trong danh sách.
          </li>
        </ol>
        <Field id="seed" label="Hạt giống" value={seed} problems={[]} wide onChange={setSeed} />
        <Field id="name" label="Tên đợt kiểm tra" value={title} problems={[]} wide onChange={setTitle} />
        <label class="wide">
          Mở hồ sơ trong hệ thống
          <select value={host} onChange={(event) => setHost(event.currentTarget.value)}>
            <option value="">chưa rõ</option>
            {hosts.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <div class="actions">
          <Button kind="primary" disabledReason={why} onRefused={onRefused} onClick={go}>
            Rút {countText(size)} hồ sơ
          </Button>
          <Button onClick={onBack}>Sửa cách rút</Button>
          {why !== null && <span class="soft">{why}</span>}
        </div>
      </section>
    </div>
  );
}
