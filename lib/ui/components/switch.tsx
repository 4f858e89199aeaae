/** On or off, at once. */
export function Switch({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <button type="button" class="switch" role="switch" aria-checked={checked} onClick={() => onChange(!checked)}>
      <span class="track" aria-hidden="true">
        <span class="thumb" />
      </span>
      {label}
    </button>
  );
}
