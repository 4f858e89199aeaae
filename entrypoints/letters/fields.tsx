import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Moment } from './draft.ts';
import type { Fault } from './read.ts';

const of = (faults: readonly Fault[], id: string) => faults.find(({ field }) => field === id);

/** Attributes that tie a control to its hint and its fault. */
function tied(id: string, faults: readonly Fault[], hint?: unknown) {
  const fault = of(faults, id);
  const described = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
  return { 'aria-invalid': fault !== undefined || undefined, 'aria-describedby': described || undefined };
}

/** A question with its hint and what is wrong with the answer. */
function Question({
  id,
  label,
  hint,
  faults,
  group = false,
  children,
}: {
  id: string;
  label: string;
  hint?: ComponentChildren;
  faults: readonly Fault[];
  /** Several controls: a fieldset. */
  group?: boolean;
  children: ComponentChildren;
}) {
  const fault = of(faults, id);
  const inner = (
    <>
      {group ? <legend>{label}</legend> : <label for={id}>{label}</label>}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          <span aria-hidden="true">▲ </span>
          <span class="hidden">Lỗi: </span>
          {fault.message}
        </p>
      )}
      {children}
    </>
  );
  const name = fault ? 'question wrong' : 'question';
  return group ? <fieldset class={name}>{inner}</fieldset> : <div class={name}>{inner}</div>;
}

export interface FieldProps {
  id: string;
  label: string;
  hint?: ComponentChildren;
  faults: readonly Fault[];
}

/** One line of text. Names stand in these, so the browser is told to remember none of it. */
export function Line({
  value,
  onInput,
  short = false,
  ...question
}: FieldProps & { value: string; onInput: (value: string) => void; short?: boolean }) {
  const { id, faults, hint } = question;
  return (
    <Question {...question}>
      <input
        id={id}
        class={short ? 'short' : undefined}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={value}
        {...tied(id, faults, hint)}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Question>
  );
}

export function Area({
  value,
  onInput,
  rows = 3,
  ...question
}: FieldProps & { value: string; onInput: (value: string) => void; rows?: number }) {
  const { id, faults, hint } = question;
  return (
    <Question {...question}>
      <textarea
        id={id}
        rows={rows}
        autocomplete="off"
        value={value}
        {...tied(id, faults, hint)}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Question>
  );
}

export function Select<T extends string>({
  value,
  options,
  onChange,
  ...question
}: FieldProps & { value: T; options: readonly (readonly [value: T, label: string])[]; onChange: (value: T) => void }) {
  const { id, faults, hint } = question;
  return (
    <Question {...question}>
      <select
        id={id}
        value={value}
        {...tied(id, faults, hint)}
        onChange={(event) => onChange(event.currentTarget.value as T)}
      >
        {options.map(([one, label]) => (
          <option key={one} value={one}>
            {label}
          </option>
        ))}
      </select>
    </Question>
  );
}

/** Day and hour; `echo` is the same in words, because a date input follows the language of the browser. */
export function MomentField({
  value,
  echo,
  onChange,
  children,
  ...question
}: FieldProps & {
  value: Moment;
  echo: string;
  onChange: (value: Moment) => void;
  children?: ComponentChildren;
}) {
  const { id, faults, hint } = question;
  return (
    <Question {...question} group>
      <div class="line">
        <input
          id={id}
          type="date"
          min="1990-01-01"
          max="2099-12-31"
          aria-label="Ngày"
          value={value.date}
          {...tied(id, faults, hint)}
          onInput={(event) => onChange({ ...value, date: event.currentTarget.value })}
        />
        <input
          id={`${id}-time`}
          type="time"
          aria-label="Giờ, có thể để trống"
          value={value.time}
          onInput={(event) => onChange({ ...value, time: event.currentTarget.value })}
        />
        {children}
      </div>
      <p class="echo">{echo}</p>
    </Question>
  );
}

/** All faults above the form. Takes the focus at each refused attempt; each line leads to its field, wherever that is. */
export function FaultSummary({
  title,
  faults,
  attempt,
  onGo,
}: {
  title: string;
  faults: readonly Fault[];
  attempt: number;
  onGo: (field: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0 && faults.length > 0) box.current?.focus();
  }, [attempt]);
  if (attempt === 0 || faults.length === 0) return null;
  return (
    <div class="errors" ref={box} tabIndex={-1}>
      <div role="alert">
        <h3>{title}</h3>
        <ul>
          {faults.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <a
                href={`#${field}`}
                onClick={(event) => {
                  event.preventDefault();
                  onGo(field);
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
