import type { VerdictLook } from '../../words/index.ts';

/** Switches one filter, for instance that of a verdict. */
export function Chip({
  look: { tone, shape, label },
  count,
  pressed,
  onToggle,
}: {
  look: VerdictLook;
  count: number;
  pressed: boolean;
  onToggle: () => void;
}) {
  return (
    <button type="button" class={`chip ${tone}`} aria-pressed={pressed} onClick={onToggle}>
      <span class="shape" aria-hidden="true">
        {shape}
      </span>
      {label} <strong>{count}</strong>
    </button>
  );
}
