import { useRef, useState } from 'preact/hooks';
import { resolveRules, type UnitRules } from '../../lib/deadline/index.ts';
import { startOfDay, timeOf } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { useDraft } from './draft.ts';
import { ErrorSummary, Fault, type FieldError, Section } from './form.tsx';
import { SaveStatus, useSaver } from './save.tsx';
import { saveRules } from './store.ts';

type Cutoff = NonNullable<UnitRules['cutoffs']>[number];

const LONGEST_CODE = 60;
const MOST = 2000;
const idOf = (row: number, part: 'code' | 'at') => `cutoff-${part}-${row}`;

/** `9:30`, `9h30` and `09:30` alike; null for what is no time of day. */
function clockOf(text: string): string | null {
  const found = /^(\d{1,2})[:h]([0-5]\d)$/.exec(text.trim());
  if (!found || Number(found[1]) > 23) return null;
  return `${(found[1] as string).padStart(2, '0')}:${found[2]}`;
}

/** Reads the rows; empty ones are left out, and no procedure may stand there twice under any spelling of its code. */
function readCutoffs(rows: readonly Cutoff[]): { cutoffs: Cutoff[] } | { errors: FieldError[] } {
  const errors: FieldError[] = [];
  const cutoffs: Cutoff[] = [];
  const seen = new Set<string>();
  rows.forEach((row, i) => {
    const procedure = row.procedure.trim();
    const at = clockOf(row.at);
    if (procedure === '' && row.at.trim() === '') return;
    const stem = resolveRules({ cutoffs: [{ procedure, at: '00:00' }] }).cutoffs[0]?.procedure ?? procedure;
    const code = (message: string) => errors.push({ field: idOf(i, 'code'), message });
    if (procedure === '') code(`Dòng ${i + 1}: nhập mã thủ tục`);
    else if (procedure.length > LONGEST_CODE) code(`Dòng ${i + 1}: mã thủ tục dài quá ${LONGEST_CODE} chữ`);
    else if (seen.has(stem)) code(`Dòng ${i + 1}: thủ tục ${stem} đã có ở trên`);
    seen.add(stem);
    if (at === null)
      errors.push({ field: idOf(i, 'at'), message: `Dòng ${i + 1}: giờ chốt phải có dạng giờ:phút, ví dụ 15:00` });
    else cutoffs.push({ procedure, at });
  });
  return errors.length > 0 ? { errors } : { cutoffs };
}

/** Same-day procedures with a cut-off of their own. `usual` is the calendar's, minute of the day. */
export function CutoffSection({ stored, usual }: { stored: readonly Cutoff[]; usual: number }) {
  const saver = useSaver();
  const { draft, change, dirty } = useDraft<readonly Cutoff[]>(stored);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const add = useRef<HTMLDivElement>(null);
  const usualWords = timeOf(startOfDay(0) + usual);

  const set = (row: number, part: Partial<Cutoff>) =>
    change(draft.map((cutoff, i) => (i === row ? { ...cutoff, ...part } : cutoff)));

  function remove(row: number): void {
    change(draft.filter((_, i) => i !== row));
    // Faults are named by the number of their row.
    setErrors([]);
    add.current?.querySelector('button')?.focus();
  }

  async function submit(): Promise<void> {
    const read = readCutoffs(draft);
    setErrors('errors' in read ? read.errors : []);
    setAttempt(attempt + 1);
    if ('errors' in read) return;
    if (await saver.save(() => saveRules('cutoffs', () => (read.cutoffs.length > 0 ? read.cutoffs : undefined))))
      change(read.cutoffs);
  }

  async function reset(): Promise<void> {
    setErrors([]);
    if (await saver.save(() => saveRules('cutoffs', () => undefined), 'Đã trở về mặc định', true)) change([]);
  }

  return (
    <Section id="cutoffs" title="Giờ chốt của thủ tục trả trong ngày">
      <p>
        Hồ sơ của thủ tục trả trong ngày nhận từ giờ chốt trở đi thì trả trong ngày làm việc tiếp theo. Thủ tục không có
        trong danh sách này: {usualWords}, theo lịch làm việc.
      </p>
      <form
        class="form"
        aria-labelledby="cutoffs-title"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ErrorSummary errors={errors} attempt={attempt} />
        <p class="hint" id="cutoff-hint">
          Mã thủ tục là phần đầu trong Cơ sở dữ liệu quốc gia, ví dụ 1.014849; mã đầy đủ có đuôi cũng được. Giờ chốt
          dạng giờ:phút, ví dụ 15:00.
        </p>
        {draft.length > 0 && (
          <table class="rows" aria-describedby="cutoff-hint">
            <thead>
              <tr>
                <th scope="col">Mã thủ tục</th>
                <th scope="col">Giờ chốt</th>
                <th scope="col">
                  <span class="hidden">Xoá</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {draft.map((cutoff, i) => (
                <tr key={i}>
                  <Cell
                    id={idOf(i, 'code')}
                    label={`Mã thủ tục, dòng ${i + 1}`}
                    value={cutoff.procedure}
                    errors={errors}
                    onInput={(procedure) => set(i, { procedure })}
                  />
                  <Cell
                    id={idOf(i, 'at')}
                    label={`Giờ chốt, dòng ${i + 1}`}
                    value={cutoff.at}
                    errors={errors}
                    onInput={(at) => set(i, { at })}
                  />
                  <td>
                    <Button kind="small" label={`Xoá dòng ${i + 1}`} onClick={() => remove(i)}>
                      Xoá
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <div class="actions" ref={add}>
          <Button
            disabledReason={draft.length >= MOST ? `Nhiều nhất ${MOST} thủ tục` : null}
            onClick={() => {
              change([...draft, { procedure: '', at: usualWords }]);
              // After the row is drawn.
              setTimeout(() => document.getElementById(idOf(draft.length, 'code'))?.focus());
            }}
          >
            Thêm thủ tục
          </Button>
        </div>
        <div class="actions">
          <button type="submit" class="button primary">
            Lưu giờ chốt
          </button>
          {dirty && (
            <Button
              onClick={() => {
                change(stored);
                setErrors([]);
                document.getElementById('cutoffs-title')?.focus();
              }}
            >
              Bỏ thay đổi
            </Button>
          )}
          <Button disabledReason={stored.length === 0 ? 'Đang là mặc định' : null} onClick={() => void reset()}>
            Trở về mặc định
          </Button>
        </div>
      </form>
      <SaveStatus saver={saver} home="cutoffs-title" />
    </Section>
  );
}

function Cell({
  id,
  label,
  value,
  errors,
  onInput,
}: {
  id: string;
  label: string;
  value: string;
  errors: readonly FieldError[];
  onInput: (value: string) => void;
}) {
  const wrong = errors.some(({ field }) => field === id);
  return (
    <td class={wrong ? 'wrong' : ''}>
      <Fault errors={errors} id={id} />
      <input
        id={id}
        type="text"
        class="short"
        aria-label={label}
        autocomplete="off"
        spellcheck={false}
        value={value}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? `${id}-fault` : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </td>
  );
}
