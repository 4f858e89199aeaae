import type { Problem } from './design.ts';

/** A field with its name, its unit and what is wrong with it. */
export function Field({
  id,
  label,
  value,
  problems,
  onChange,
  unit,
  wide = false,
}: {
  id: string;
  label: string;
  value: string;
  problems: readonly Problem[];
  onChange: (value: string) => void;
  unit?: string;
  wide?: boolean;
}) {
  const problem = problems.find(({ field }) => field === id);
  return (
    <label class={wide ? 'wide' : undefined}>
      {label}
      <span class="with-unit">
        <input
          id={id}
          value={value}
          inputMode={unit === undefined ? undefined : 'decimal'}
          size={unit === undefined ? undefined : 6}
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          autoComplete="off"
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        {unit}
      </span>
      {problem && (
        <span id={`${id}-problem`} class="problem">
          {problem.message}
        </span>
      )}
    </label>
  );
}
