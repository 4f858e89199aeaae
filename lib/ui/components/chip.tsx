import type { Verdict } from '../../deadline/index.ts';
import { lookOf } from '../../words/index.ts';

/** Switches the filter of one verdict. */
export function Chip({
  verdict,
  count,
  pressed,
  onToggle,
}: {
  verdict: Verdict;
  count: number;
  pressed: boolean;
  onToggle: () => void;
}) {
  const { tone, shape, label } = lookOf(verdict);
  return (
    <button type="button" class={`chip ${tone}`} aria-pressed={pressed} onClick={onToggle}>
      <span class="shape" aria-hidden="true">
        {shape}
      </span>
      {label} <strong>{count}</strong>
    </button>
  );
}
