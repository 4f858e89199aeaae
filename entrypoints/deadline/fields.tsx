import type { ComponentChildren } from 'preact';
import { dayOf, parseMoment } from '../../lib/text/index.ts';
import { longDay, longMoment } from '../../lib/ui/index.ts';
import { type MomentDraft, NO_MOMENT, withText } from './draft.ts';
import { dateId, type Fault, momentOf, textId, timeId } from './read.ts';

/** What is wrong or missing in a field, right below it. */
export function Faults({ id, faults }: { id: string; faults: readonly Fault[] }) {
  const fault = faults.find(({ field }) => field === id);
  if (!fault) return null;
  return (
    <p id={`${id}-fault`} class={fault.missing ? 'fault missing' : 'fault'}>
      <span aria-hidden="true">{fault.missing ? '○' : '▲'} </span>
      {!fault.missing && <span class="hidden">Lỗi: </span>}
      {fault.message}.
    </p>
  );
}

/** Attributes that tie a control to its fault. */
export function faultOf(id: string, faults: readonly Fault[]) {
  const fault = faults.find(({ field }) => field === id);
  return {
    id,
    'aria-invalid': fault && !fault.missing ? true : undefined,
    'aria-describedby': fault ? `${id}-fault` : undefined,
  };
}

/** The moment in words: a date input shows it in the order of the browser's language, which may put the month first. */
function echo(value: MomentDraft): string {
  const moment = momentOf(value);
  if (!moment) return '';
  return moment.dayOnly ? longDay(dayOf(moment.minute)) : longMoment(moment.minute);
}

/**
 * Date and time, by the browser's own inputs or pasted in one piece: into the line below them (`oneLine`) or straight into
 * either input.
 */
export function MomentField({
  name,
  label,
  value,
  faults,
  onChange,
  oneLine = false,
  children,
}: {
  name: string;
  label: string;
  value: MomentDraft;
  faults: readonly Fault[];
  onChange: (value: MomentDraft) => void;
  oneLine?: boolean;
  children?: ComponentChildren;
}) {
  function paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text') ?? '';
    if (!parseMoment(text)) return;
    event.preventDefault();
    onChange({ ...withText(NO_MOMENT, text), text: '' });
  }
  return (
    <fieldset class="moment">
      <legend>{label}</legend>
      <div class="line">
        <label>
          <span class="hidden">Ngày</span>
          <input
            {...faultOf(dateId(name), faults)}
            type="date"
            min="1990-01-01"
            max="2099-12-31"
            value={value.date}
            onInput={(event) => onChange({ ...value, date: event.currentTarget.value, text: '' })}
            onPaste={paste}
          />
        </label>
        <label>
          <span class="hidden">Giờ</span>
          <input
            {...faultOf(timeId(name), faults)}
            type="time"
            value={value.time}
            onInput={(event) => onChange({ ...value, time: event.currentTarget.value, text: '' })}
            onPaste={paste}
          />
        </label>
        {children}
      </div>
      <p class="echo">{echo(value)}</p>
      {oneLine && (
        <label class="line one-line">
          <span>hoặc gõ, dán</span>
          <input
            {...faultOf(textId(name), faults)}
            type="text"
            autocomplete="off"
            spellcheck={false}
            placeholder="16:59 12/02/2026"
            value={value.text}
            onInput={(event) => onChange(withText(value, event.currentTarget.value))}
          />
        </label>
      )}
      {[dateId(name), timeId(name), textId(name)].map((id) => (
        <Faults key={id} id={id} faults={faults} />
      ))}
    </fieldset>
  );
}
