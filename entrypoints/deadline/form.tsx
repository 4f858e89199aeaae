import type { ComponentChildren, Ref } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { startOfDay, timeOf } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import {
  type Draft,
  LIMIT_UNITS,
  type LimitUnit,
  MOST_PAUSES,
  momentDraft,
  NO_MOMENT,
  type PauseDraft,
} from './draft.ts';
import { Faults, faultOf, MomentField } from './fields.tsx';
import { Pause } from './pause.tsx';
import type { Fault } from './read.ts';

const UNIT_NAMES: Record<LimitUnit, string> = {
  workday: 'ngày làm việc',
  hour: 'giờ làm việc',
  calendarDay: 'ngày (lịch)',
  month: 'tháng',
  year: 'năm',
  'same-day': 'trong ngày',
};

export interface Cutoffs {
  /** Minute of the day, where a procedure has none of its own. */
  usual: number;
  own: readonly { procedure: string; minute: number }[];
}

const clock = (minute: number) => timeOf(startOfDay(0) + minute);

/** The questions. `onChange` tells which one was answered, so that going back undoes an answer and not a letter. */
export function Form({
  draft,
  faults,
  cutoffs,
  now,
  valueRef,
  onChange,
}: {
  draft: Draft;
  faults: readonly Fault[];
  cutoffs: Cutoffs;
  now: number;
  valueRef: Ref<HTMLInputElement>;
  onChange: (draft: Draft, field: string) => void;
}) {
  const set = <K extends keyof Draft>(field: K, value: Draft[K], key: string = field) =>
    onChange({ ...draft, [field]: value }, key);
  const sameDay = draft.unit === 'same-day';
  const form = useRef<HTMLFormElement>(null);
  /** What takes the focus once it is drawn: the pressed button may be gone, and the focus must not fall to the top of the page. */
  const wanted = useRef('');
  useEffect(() => {
    if (wanted.current !== '') form.current?.querySelector<HTMLElement>(wanted.current)?.focus();
    wanted.current = '';
  });
  function clear(field: 'system' | 'elsewhere'): void {
    wanted.current = `#${field}-date`;
    set(field, NO_MOMENT, `clear-${field}`);
  }
  return (
    <form ref={form} aria-label="Dữ kiện" onSubmit={(event) => event.preventDefault()}>
      <MomentField
        name="received"
        label={draft.elsewhere.date === '' ? 'Nhận hồ sơ lúc' : 'Cơ quan có thẩm quyền nhận lúc'}
        value={draft.received}
        faults={faults}
        onChange={(value) => set('received', value)}
        oneLine
      >
        <Button kind="small" onClick={() => set('received', momentDraft(now))}>
          Bây giờ
        </Button>
      </MomentField>

      <fieldset>
        <legend>Thời hạn giải quyết</legend>
        <div class="line">
          {!sameDay && (
            <label>
              <span class="hidden">Số</span>
              <input
                {...faultOf('value', faults)}
                ref={valueRef}
                class="number"
                type="text"
                inputMode="decimal"
                autocomplete="off"
                value={draft.value}
                onInput={(event) => set('value', event.currentTarget.value)}
              />
            </label>
          )}
          <label>
            <span class="hidden">Đơn vị tính</span>
            <select
              id="unit"
              value={draft.unit}
              onChange={(event) => set('unit', event.currentTarget.value as LimitUnit)}
            >
              {LIMIT_UNITS.map((unit) => (
                <option key={unit} value={unit}>
                  {UNIT_NAMES[unit]}
                </option>
              ))}
            </select>
          </label>
        </div>
        {sameDay && <Cutoff cutoffs={cutoffs} value={draft.procedure} onChange={(value) => set('procedure', value)} />}
        <Faults id="value" faults={faults} />
      </fieldset>

      <fieldset id="pauses" class="group">
        <legend>Chờ bổ sung, nghĩa vụ tài chính</legend>
        {draft.pauses.map((pause, index) => (
          <Pause
            // Rows have no name of their own, and everything in them is given from here.
            key={index}
            index={index}
            pause={pause}
            faults={faults}
            onChange={(value, part) => set('pauses', draft.pauses.with(index, value), `pause-${index}-${part}`)}
            onRemove={() => {
              wanted.current = '#pauses > button';
              set('pauses', draft.pauses.toSpliced(index, 1), `remove-${draft.pauses.length}`);
            }}
          />
        ))}
        <Button
          kind="small"
          disabledReason={draft.pauses.length < MOST_PAUSES ? null : `Nhiều nhất ${MOST_PAUSES} đợt`}
          onClick={() => {
            wanted.current = `#pause-${draft.pauses.length}-kind`;
            const row: PauseDraft = { kind: 'supplement', from: NO_MOMENT, to: NO_MOMENT, open: false };
            set('pauses', [...draft.pauses, row], `add-${draft.pauses.length}`);
          }}
        >
          Thêm đợt chờ
        </Button>
      </fieldset>

      <More summary="So với ngày hẹn của hệ thống" given={draft.system !== NO_MOMENT}>
        <MomentField
          name="system"
          label="Ngày hẹn của hệ thống (giờ có thể để trống)"
          value={draft.system}
          faults={faults}
          onChange={(value) => set('system', value)}
          oneLine
        />
        <Clear name="Bỏ ngày hẹn" shown={draft.system !== NO_MOMENT} onClick={() => clear('system')} />
      </More>

      <More summary="Nơi khác nhận hộ (phi địa giới)" given={draft.elsewhere !== NO_MOMENT}>
        <p class="soft">Thời hạn tính từ lúc cơ quan có thẩm quyền nhận, không phải lúc nơi khác nhận hộ.</p>
        <MomentField
          name="elsewhere"
          label="Nơi khác nhận hộ lúc"
          value={draft.elsewhere}
          faults={faults}
          onChange={(value) => set('elsewhere', value)}
          oneLine
        />
        <Clear name="Bỏ nơi nhận hộ" shown={draft.elsewhere !== NO_MOMENT} onClick={() => clear('elsewhere')} />
      </More>
    </form>
  );
}

/** A question that most dossiers do not have: closed until it is answered or asked for. */
function More({ summary, given, children }: { summary: string; given: boolean; children: ComponentChildren }) {
  const [open, setOpen] = useState(given);
  useEffect(() => {
    if (given) setOpen(true);
  }, [given]);
  return (
    <details class="group" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

function Clear({ name, shown, onClick }: { name: string; shown: boolean; onClick: () => void }) {
  if (!shown) return null;
  return (
    <Button kind="small" onClick={onClick}>
      {name}
    </Button>
  );
}

function Cutoff({
  cutoffs: { usual, own },
  value,
  onChange,
}: {
  cutoffs: Cutoffs;
  value: string;
  onChange: (value: string) => void;
}) {
  if (own.length === 0) return <p class="soft">Nhận từ {clock(usual)} trở đi: trả ngày làm việc tiếp theo.</p>;
  return (
    <label class="line">
      <span>Giờ chốt</span>
      <select
        id="procedure"
        value={own.some(({ procedure }) => procedure === value) ? value : ''}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{clock(usual)}, chung</option>
        {own.map(({ procedure, minute }) => (
          <option key={procedure} value={procedure}>
            {clock(minute)}, thủ tục {procedure}
          </option>
        ))}
      </select>
    </label>
  );
}
