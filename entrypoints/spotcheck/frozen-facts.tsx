import { useState } from 'preact/hooks';
import { countText } from '../../lib/sampling/index.ts';
import { Button } from '../../lib/ui/index.ts';
import type { FrozenAnswer } from './protocol.ts';

/** The list as it is frozen, with the hash by which it is known again. */
export function FrozenFacts({ frozen }: { frozen: Pick<FrozenAnswer, 'summary' | 'source' | 'column'> }) {
  const { summary, source, column } = frozen;
  const [copied, setCopied] = useState('');
  const { sha256, count, strata } = summary;
  return (
    <section class="card" aria-labelledby="frozen-title">
      <h3 id="frozen-title">Danh sách đã chốt</h3>
      <p>
        <bdi>{source}</bdi>: <strong>{countText(count)}</strong> hồ sơ
        {strata.length > 1 && `, ${strata.length} nhóm${column === null ? '' : ` theo cột «${column}»`}`}.
      </p>
      <p>
        Mã băm SHA-256: <code class="hash">{sha256}</code>{' '}
        <Button
          kind="small"
          label="Sao chép mã băm"
          onClick={() =>
            navigator.clipboard.writeText(sha256).then(
              () => setCopied('Đã sao chép'),
              () => setCopied('Trình duyệt không cho sao chép'),
            )
          }
        >
          Sao chép
        </Button>{' '}
        <span role="status">{copied}</span>
      </p>
    </section>
  );
}
