import { useEffect, useRef, useState } from 'preact/hooks';
import { DECISIONS, type Decision, type Suggestion, standardCheck } from '../../lib/sampling/index.ts';
import { DECISION_MARKS, DECISION_WORDS } from './check-words.ts';

export interface UnitActions {
  decide: (check: string, decision: Decision | null) => void;
  cause: (check: string, text: string) => void;
  note: (text: string) => void;
  open: () => void;
  copy: () => void;
  lost: () => void;
  read: () => void;
  bringBack: () => void;
  /** The check that the keys mean. */
  checkAt: (index: number) => void;
}

/** Ids by which the keys find their fields. */
export const NOTE_ID = 'unit-note';
export const checkId = (index: number) => `unit-check-${index}`;
export const causeId = (index: number) => `unit-cause-${index}`;

/** Escape goes from a field back to its check, where the keys mean decisions again. */
export const leave = (index: number) => (event: KeyboardEvent) => {
  if (event.key === 'Escape') document.getElementById(checkId(index))?.focus();
};

const FOUND_MARKS = { pass: '✓', fail: '✕', 'not-applicable': '–', unknown: '?' } as const;

/** One check of the dossier in front: what was found about it, and the three decisions. */
export function CheckCard({
  name,
  index,
  current,
  decision,
  cause,
  suggestion,
  locked,
  actions,
  onRefused,
}: {
  name: string;
  index: number;
  current: boolean;
  decision: Decision | null;
  /** Null: causes are not written here. */
  cause: string | null;
  suggestion: Suggestion | null;
  locked: string | null;
  actions: UnitActions;
  onRefused: (why: string) => void;
}) {
  const box = useRef<HTMLFieldSetElement>(null);
  const standard = standardCheck(name);
  const id = checkId(index);
  useEffect(() => {
    if (current) box.current?.scrollIntoView?.({ block: 'nearest' });
  }, [current]);
  return (
    <fieldset
      ref={box}
      id={id}
      class={`check ${decision ?? 'none'}`}
      tabIndex={-1}
      aria-current={current ? 'step' : undefined}
      aria-describedby={standard ? `${id}-about` : undefined}
      data-decision={decision ?? ''}
      onFocusIn={() => actions.checkAt(index)}
    >
      <legend>
        {index + 1}. {name}
      </legend>
      {standard && (
        <p id={`${id}-about`} class="soft">
          {standard.about}
        </p>
      )}
      {suggestion && (
        <ul class="suggested">
          {suggestion.findings.map((finding) => (
            <li key={finding.id} class={finding.state === 'fail' ? finding.severity : 'soft'}>
              <span aria-hidden="true">{FOUND_MARKS[finding.state]} </span>
              Tự động thấy: {finding.id === 'papers' ? '' : `${finding.id} · `}
              {finding.text}
            </li>
          ))}
        </ul>
      )}
      <div class="decisions">
        {DECISIONS.map((one, i) => {
          const hint = decision === null && suggestion?.decision === one;
          return (
            <button
              key={one}
              type="button"
              class={`button decision ${one}${hint ? ' hint' : ''}`}
              aria-pressed={decision === one}
              aria-disabled={locked !== null || undefined}
              title={locked ?? undefined}
              onClick={() => (locked === null ? actions.decide(name, one) : onRefused(locked))}
            >
              <span aria-hidden="true">{DECISION_MARKS[one]} </span>
              {DECISION_WORDS[one]} <kbd>{i + 1}</kbd>
              {hint && <span class="mark">gợi ý</span>}
            </button>
          );
        })}
        {decision === 'fail' && cause !== null && (
          <CauseField
            index={index}
            cause={cause}
            usual={standard?.causes.map(({ text }) => text) ?? []}
            suggested={suggestion?.cause ?? null}
            readOnly={locked !== null}
            onCause={(text) => actions.cause(name, text)}
          />
        )}
      </div>
    </fieldset>
  );
}

/** Why a check failed: in own words, or one of the usual causes. */
function CauseField({
  index,
  cause,
  usual,
  suggested,
  readOnly,
  onCause,
}: {
  index: number;
  cause: string;
  usual: readonly string[];
  /** What the findings point at; Enter takes it into an empty field. */
  suggested: string | null;
  readOnly: boolean;
  onCause: (text: string) => void;
}) {
  // What is kept has no blank at its end; while a person types, it may.
  const [text, setText] = useState(cause);
  useEffect(() => {
    if (cause !== text.trim()) setText(cause);
  }, [cause]);
  const id = causeId(index);
  return (
    <label class="cause" for={id}>
      <span>
        Nguyên nhân <kbd>C</kbd>
      </span>
      <input
        id={id}
        list={`${id}-usual`}
        value={text}
        maxLength={400}
        readOnly={readOnly}
        placeholder={suggested === null ? undefined : `Enter: ${suggested}`}
        onInput={(event) => {
          setText(event.currentTarget.value);
          onCause(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          leave(index)(event);
          if (event.key !== 'Enter' || event.isComposing) return;
          if (text.trim() === '' && suggested !== null) onCause(suggested);
          document.getElementById(checkId(index))?.focus();
        }}
      />
      <datalist id={`${id}-usual`}>
        {usual.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </label>
  );
}
