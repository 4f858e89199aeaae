import { useState } from 'preact/hooks';
import type { UnitRules } from '../../lib/deadline/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { useDraft } from './draft.ts';
import { ErrorSummary, type FieldError, Section, TextField } from './form.tsx';
import { SaveStatus, useSaver } from './save.tsx';
import { saveRules } from './store.ts';
import { type Amount, amountWords, readThresholds, type ThresholdsDraft, thresholdsDraft } from './thresholds.ts';

const SHIPPED = thresholdsDraft();

function UnitChoice({
  id,
  of,
  value,
  onChange,
}: {
  id: string;
  of: string;
  value: Amount;
  onChange: (value: Amount) => void;
}) {
  return (
    <select
      id={id}
      aria-label={`Đơn vị của «${of}»`}
      value={value.unit}
      onChange={(event) => onChange({ ...value, unit: event.currentTarget.value as Amount['unit'] })}
    >
      <option value="day">ngày làm việc</option>
      <option value="hour">giờ làm việc</option>
    </select>
  );
}

/** When a badge turns amber, and when our date counts as different from the system's. */
export function ReminderSection({ stored }: { stored: UnitRules['thresholds'] }) {
  const saver = useSaver();
  const { draft, change, dirty } = useDraft(thresholdsDraft(stored));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const set = (part: Partial<ThresholdsDraft>) => change({ ...draft, ...part });

  async function submit(): Promise<void> {
    const read = readThresholds(draft);
    setErrors('errors' in read ? read.errors : []);
    setAttempt(attempt + 1);
    if ('errors' in read) return;
    const saved = await saver.save(() => saveRules('thresholds', () => read.thresholds));
    // As it is stored now: "2,0" becomes "2".
    if (saved) change(thresholdsDraft(read.thresholds));
  }

  async function reset(): Promise<void> {
    setErrors([]);
    if (await saver.save(() => saveRules('thresholds', () => undefined), 'Đã trở về mặc định', true)) change(SHIPPED);
  }

  return (
    <Section id="reminders" title="Khi nào nhắc">
      <form
        class="form"
        aria-labelledby="reminders-title"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ErrorSummary errors={errors} attempt={attempt} />
        <TextField
          id="dueSoon"
          label="Còn bao lâu thì báo «Sắp đến hạn»?"
          hint={`Mặc định ${amountWords(SHIPPED.dueSoon)}: kịp trước lúc phải làm thư xin lỗi (chậm nhất 1 ngày trước hạn, Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9).`}
          value={draft.dueSoon.value}
          errors={errors}
          numeric
          after={
            <UnitChoice
              id="dueSoon-unit"
              of="Sắp đến hạn"
              value={draft.dueSoon}
              onChange={(dueSoon) => set({ dueSoon })}
            />
          }
          onInput={(value) => set({ dueSoon: { ...draft.dueSoon, value } })}
        />
        <TextField
          id="share"
          label="Nhưng không sớm hơn khi còn bao nhiêu phần của thời hạn?"
          hint={`Mặc định ${SHIPPED.share} %: thủ tục 2 ngày chỉ báo khi còn 1 ngày, nếu không thì vừa nhận đã vàng.`}
          value={draft.share}
          errors={errors}
          numeric
          after="%"
          onInput={(share) => set({ share })}
        />
        <TextField
          id="mismatch"
          label="Ngày hẹn của hệ thống khác với cách đếm trên bao nhiêu thì ghi «lệch»?"
          hint={`Mặc định ${amountWords(SHIPPED.mismatch)}.`}
          value={draft.mismatch.value}
          errors={errors}
          numeric
          after={
            <UnitChoice
              id="mismatch-unit"
              of="lệch"
              value={draft.mismatch}
              onChange={(mismatch) => set({ mismatch })}
            />
          }
          onInput={(value) => set({ mismatch: { ...draft.mismatch, value } })}
        />
        <TextField
          id="acceptance"
          label="Hồ sơ nộp trực tuyến phải được tiếp nhận trong bao nhiêu ngày làm việc?"
          hint={`Mặc định ${SHIPPED.acceptance} ngày làm việc, không tính ngày nộp (Nghị định 118/2025/NĐ-CP, Điều 17, 18).`}
          value={draft.acceptance}
          errors={errors}
          numeric
          after="ngày làm việc"
          onInput={(acceptance) => set({ acceptance })}
        />
        <div class="actions">
          <button type="submit" class="button primary">
            Lưu khi nào nhắc
          </button>
          {dirty && (
            <Button
              onClick={() => {
                change(thresholdsDraft(stored));
                setErrors([]);
                document.getElementById('reminders-title')?.focus();
              }}
            >
              Bỏ thay đổi
            </Button>
          )}
          <Button disabledReason={stored === undefined ? 'Đang là mặc định' : null} onClick={() => void reset()}>
            Trở về mặc định
          </Button>
        </div>
      </form>
      <SaveStatus saver={saver} home="reminders-title" />
    </Section>
  );
}
