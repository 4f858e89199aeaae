import { useEffect, useRef, useState } from 'preact/hooks';
import type { WorkTable } from '../../lib/calendar/index.ts';
import { type CountingChoice, POLICIES, SUPPLEMENTS } from '../../lib/deadline/index.ts';
import type { Counting } from '../../lib/schema/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { type ChoiceDraft, countingOfDraft, DAY_ZERO_WORDS, draftOf, hasOption, readChoice } from './choice.ts';
import { Example } from './example.tsx';
import { ErrorSummary, type FieldError, type RadioOption, Radios, TextField } from './form.tsx';

const withSource = (text: string, source: string) => (
  <>
    {text} <span class="source">Nguồn: {source}.</span>
  </>
);

const POLICY_OPTIONS = POLICIES.map(({ id, name, label, source }) => ({
  value: id,
  label: name,
  hint: withSource(`${label}.`, source),
}));

const SUPPLEMENT_OPTIONS = SUPPLEMENTS.map(({ id, label, source }) => ({
  value: id,
  label,
  hint: withSource('', source),
}));

const DAY_ZERO_OPTIONS: readonly RadioOption<Counting['dayZero']>[] = [
  {
    value: 'effective',
    label: DAY_ZERO_WORDS.effective,
    hint: 'Nhận sau giờ làm việc hoặc vào ngày nghỉ thì coi như nhận vào ngày làm việc kế tiếp, và bắt đầu đếm từ ngày sau đó.',
  },
  {
    value: 'receipt-date',
    label: DAY_ZERO_WORDS['receipt-date'],
    hint: 'Kể cả khi đó là ngoài giờ hoặc ngày nghỉ: bắt đầu đếm ngay từ ngày làm việc sau ngày đó.',
  },
];

const CLOSE_OPTIONS: readonly RadioOption<Counting['closeOfDay']>[] = [
  { value: 'stay', label: 'Giữ nguyên', hint: 'Hạn là đúng giờ hết làm việc của ngày đó.' },
  {
    value: 'next-opening',
    label: 'Dời sang đầu giờ làm việc hôm sau',
    hint: 'Hạn là giờ mở cửa của ngày làm việc kế tiếp.',
  },
];

/** One dated choice, a question a block, with three dossiers counted by it while it is being made. */
export function CountingForm({
  choice,
  others,
  table,
  onSave,
  onCancel,
}: {
  choice: CountingChoice | undefined;
  others: readonly CountingChoice[];
  table: WorkTable;
  onSave: (choice: CountingChoice) => void;
  onCancel: () => void;
}) {
  const [draft, setDraft] = useState<ChoiceDraft>(() => draftOf(choice));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const title = useRef<HTMLHeadingElement>(null);
  const change = (part: Partial<ChoiceDraft>) => setDraft({ ...draft, ...part });

  // The button that opened the form stands elsewhere, or is gone.
  useEffect(() => title.current?.focus(), []);

  function submit(): void {
    const read = readChoice(draft, others);
    setErrors('errors' in read ? read.errors : []);
    setAttempt(attempt + 1);
    if ('choice' in read) onSave(read.choice);
  }

  return (
    <form
      class="form boxed"
      aria-labelledby="counting-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3 id="counting-form" tabIndex={-1} ref={title}>
        {choice ? 'Sửa cách đếm' : 'Thêm cách đếm'}
      </h3>
      <ErrorSummary errors={errors} attempt={attempt} />
      <TextField
        id="from"
        label="Áp dụng cho hồ sơ tiếp nhận từ ngày nào?"
        hint="Ngày/tháng/năm, ví dụ 01/01/2027. Hồ sơ nhận trước ngày này vẫn đếm theo cách cũ."
        value={draft.from}
        errors={errors}
        onInput={(from) => change({ from })}
      />
      <Radios
        name="policy"
        legend="Thời hạn tính bằng ngày làm việc được đếm thế nào?"
        options={POLICY_OPTIONS}
        value={draft.policy}
        onChange={(policy) => change({ policy })}
      />
      {hasOption(draft.policy, 'dayZero') && (
        <Radios
          name="dayZero"
          legend="Ngày nhận (ngày không tính vào thời hạn) là ngày nào?"
          options={DAY_ZERO_OPTIONS}
          value={draft.dayZero}
          onChange={(dayZero) => change({ dayZero })}
        />
      )}
      {hasOption(draft.policy, 'roundUpMinutes') && (
        <TextField
          id="roundUp"
          label="Làm tròn giờ của hạn lên bao nhiêu phút?"
          hint="0 là không làm tròn. Phần mềm OpenCPS làm tròn lên 15 phút."
          value={draft.roundUp}
          errors={errors}
          numeric
          after="phút"
          onInput={(roundUp) => change({ roundUp })}
        />
      )}
      {hasOption(draft.policy, 'closeOfDay') && (
        <Radios
          name="closeOfDay"
          legend="Hạn rơi đúng lúc hết giờ làm việc thì sao?"
          options={CLOSE_OPTIONS}
          value={draft.closeOfDay}
          onChange={(closeOfDay) => change({ closeOfDay })}
        />
      )}
      <Radios
        name="supplement"
        legend="Hồ sơ phải bổ sung thì thời gian chờ được tính thế nào?"
        options={SUPPLEMENT_OPTIONS}
        value={draft.supplement}
        onChange={(supplement) => change({ supplement })}
      />
      <TextField
        id="source"
        label="Cách đếm này được quyết định ở văn bản nào? (không bắt buộc)"
        hint="Số, ngày và cơ quan của công văn hay quyết định, để người sau biết vì sao."
        value={draft.source}
        errors={errors}
        size="long"
        onInput={(source) => change({ source })}
      />
      <Example title="Ví dụ theo cách đếm này và lịch của đơn vị" table={table} counting={countingOfDraft(draft)} />
      <div class="actions">
        <button type="submit" class="button primary">
          Lưu cách đếm
        </button>
        <Button onClick={onCancel}>Bỏ, không lưu</Button>
      </div>
    </form>
  );
}
