import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What is wrong with one field; `field` is the id of its control. */
export interface FieldError {
  field: string;
  message: string;
}

/** A part of the page under a heading that can take the focus. */
export function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section id={id} class="part" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** All faults of a form above it. Takes the focus at each failed attempt; each line leads to its field. */
export function ErrorSummary({ errors, attempt }: { errors: readonly FieldError[]; attempt: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [attempt]);
  if (errors.length === 0) return null;
  return (
    <div class="errors" ref={box} tabIndex={-1}>
      <div role="alert">
        <h3>Chưa lưu: có {errors.length} chỗ cần sửa</h3>
        <ul>
          {errors.map(({ field, message }) => (
            <li key={field}>
              <a
                href={`#${field}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(field)?.focus();
                }}
              >
                {message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

const messageOf = (errors: readonly FieldError[], id: string) => errors.find(({ field }) => field === id)?.message;

export function Fault({ errors, id }: { errors: readonly FieldError[]; id: string }) {
  const message = messageOf(errors, id);
  return message === undefined ? null : (
    <p class="fault" id={`${id}-fault`}>
      <span aria-hidden="true">▲ </span>
      <span class="hidden">Lỗi: </span>
      {message}
    </p>
  );
}

/** One question answered in a line of text. */
export function TextField({
  id,
  label,
  hint,
  value,
  errors,
  onInput,
  size = 'short',
  numeric = false,
  after,
}: {
  id: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  value: string;
  errors: readonly FieldError[];
  onInput: (value: string) => void;
  size?: 'short' | 'long';
  numeric?: boolean;
  /** What stands behind the box: a unit, or the choice of one. */
  after?: ComponentChildren;
}) {
  const wrong = messageOf(errors, id) !== undefined;
  const described = [hint ? `${id}-hint` : '', wrong ? `${id}-fault` : ''].filter(Boolean).join(' ');
  return (
    <div class={wrong ? 'question wrong' : 'question'}>
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Fault errors={errors} id={id} />
      <div class="line">
        <input
          id={id}
          class={size}
          type="text"
          inputMode={numeric ? 'decimal' : undefined}
          autocomplete="off"
          spellcheck={false}
          value={value}
          aria-invalid={wrong || undefined}
          aria-describedby={described || undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        {after}
      </div>
    </div>
  );
}

export interface RadioOption<T extends string> {
  value: T;
  label: string;
  hint: ComponentChildren;
}

/** One question with a few answers, each explained. */
export function Radios<T extends string>({
  name,
  legend,
  options,
  value,
  onChange,
}: {
  name: string;
  legend: string;
  options: readonly RadioOption<T>[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <fieldset class="question">
      <legend>{legend}</legend>
      {options.map((option) => {
        const id = `${name}-${option.value}`;
        return (
          <div key={option.value} class="radio">
            <input
              id={id}
              type="radio"
              name={name}
              checked={option.value === value}
              aria-describedby={`${id}-hint`}
              onChange={() => onChange(option.value)}
            />
            <div>
              <label for={id}>{option.label}</label>
              <p class="hint" id={`${id}-hint`}>
                {option.hint}
              </p>
            </div>
          </div>
        );
      })}
    </fieldset>
  );
}
