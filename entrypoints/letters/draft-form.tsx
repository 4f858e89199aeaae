import { CHANNEL_NAMES, CHANNELS, type LetterUnit, reasonsFor } from '../../lib/letters/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { addressedTo, type LetterDraft, type PartyKind, partiesOf } from './draft.ts';
import { Area, Line, MomentField, Select } from './fields.tsx';
import type { Source } from './hooks.ts';
import type { TemplateOption } from './make.ts';
import { presetsOf, presetValue } from './presets.ts';
import { type Fault, momentWords, type Reading } from './read.ts';

const PARTY_NAMES: Record<PartyKind, string> = {
  authorised: 'Người được ủy quyền',
  owner: 'Chủ hồ sơ',
  submitter: 'Người nộp',
};

/** The questions of a letter. Everything that the page gave can be changed. */
export function DraftForm({
  draft,
  reading,
  faults,
  source,
  options,
  unit,
  onChange,
}: {
  draft: LetterDraft;
  reading: Reading;
  faults: readonly Fault[];
  source: Source;
  options: readonly TemplateOption[];
  unit: LetterUnit;
  onChange: (change: Partial<LetterDraft>) => void;
}) {
  const presets = presetsOf(unit, reasonsFor(draft.procedure));
  const { recipient } = source;
  const parties = recipient ? partiesOf(recipient) : [];
  const chosen = parties.find((kind) => recipient?.[kind]?.trim() === draft.to) ?? '';

  function choosePreset(id: string): void {
    const preset = presets.find(({ value }) => value === id);
    const typed = !presets.some(({ text }) => text === draft.reason) && draft.reason.trim() !== '';
    // What someone wrote is not thrown away for an empty preset.
    const reason = preset && (preset.text !== '' || !typed) ? { reason: preset.text } : {};
    onChange({ reasonId: preset?.reasonId ?? '', ...reason });
  }

  return (
    <>
      <h2>Người nhận</h2>
      {recipient && parties.length > 0 && (
        <Select<PartyKind | ''>
          id="party"
          label="Gửi cho"
          hint={
            draft.to === ''
              ? 'Trang chỉ có người nộp: không tự lấy làm người nhận.'
              : 'Có ủy quyền thì gửi người được ủy quyền.'
          }
          faults={[]}
          value={chosen}
          options={[
            ...parties.map((kind) => [kind, `${PARTY_NAMES[kind]}: ${recipient[kind]}`] as const),
            ['', 'Người khác, tự nhập'],
          ]}
          onChange={(kind) => onChange(addressedTo(recipient, kind === '' ? undefined : kind))}
        />
      )}
      <Line
        id="to"
        label="Họ tên, hoặc tên tổ chức"
        faults={faults}
        value={draft.to}
        onInput={(to) => onChange({ to })}
      />
      <div class="pair">
        <Select
          id="organisation"
          label="Là"
          faults={[]}
          value={draft.organisation ? 'yes' : 'no'}
          options={[
            ['no', 'cá nhân'],
            ['yes', 'tổ chức'],
          ]}
          onChange={(value) => onChange({ organisation: value === 'yes' })}
        />
        {!draft.organisation && (
          <Select
            id="honorific"
            label="Xưng hô"
            faults={[]}
            value={draft.honorific}
            options={[
              ['', 'Ông/Bà'],
              ['Ông', 'Ông'],
              ['Bà', 'Bà'],
            ]}
            onChange={(honorific) => onChange({ honorific })}
          />
        )}
      </div>
      <Line
        id="address"
        label="Địa chỉ (không bắt buộc)"
        faults={faults}
        value={draft.address}
        onInput={(address) => onChange({ address })}
      />
      <Line
        id="phone"
        label="Điện thoại (không bắt buộc)"
        short
        faults={faults}
        value={draft.phone}
        onInput={(phone) => onChange({ phone })}
      />

      <h2>Hồ sơ</h2>
      <Line id="code" label="Mã hồ sơ" faults={faults} value={draft.code} onInput={(code) => onChange({ code })} />
      <Area
        id="procedure"
        label="Thủ tục"
        rows={2}
        faults={faults}
        value={draft.procedure}
        onInput={(procedure) => onChange({ procedure })}
      />
      <MomentField
        id="received"
        label="Tiếp nhận"
        faults={faults}
        value={draft.received}
        echo={momentWords(draft.received)}
        onChange={(received) => onChange({ received })}
      />
      <MomentField
        id="due"
        label="Ngày hẹn trả cũ"
        faults={faults}
        value={draft.due}
        echo={momentWords(draft.due)}
        onChange={(due) => onChange({ due })}
      />
      <Line
        id="status"
        label="Tình trạng giải quyết"
        faults={faults}
        value={draft.status}
        onInput={(status) => onChange({ status })}
      />

      <h2>Lý do và ngày hẹn mới</h2>
      <Select
        id="preset"
        label="Lý do thường gặp"
        faults={[]}
        value={presetValue(presets, draft.reasonId, draft.reason)}
        options={[['', 'Chọn…'], ...presets.map(({ value, label }) => [value, label] as const)]}
        onChange={choosePreset}
      />
      <Area
        id="reason"
        label="Lý do trễ hạn, như ghi trong thư"
        faults={faults}
        value={draft.reason}
        onInput={(reason) => onChange({ reason, reasonId: draft.reasonId || 'other' })}
      />
      <MomentField
        id="next"
        label="Ngày hẹn mới"
        hint={
          draft.next === null && reading.next.date !== ''
            ? 'Đề nghị theo lịch làm việc; sửa được.'
            : 'Phải là ngày làm việc, sau hôm nay và sau ngày hẹn cũ.'
        }
        faults={faults}
        value={reading.next}
        echo={reading.nextWords}
        onChange={(next) => onChange({ next })}
      >
        {draft.next !== null && (
          <Button kind="small" onClick={() => onChange({ next: null })}>
            Lấy ngày đề nghị
          </Button>
        )}
      </MomentField>
      {reading.provisional && (
        <p class="warning">Năm của ngày này chưa có lịch nghỉ chính thức: ngày làm việc có thể đổi.</p>
      )}

      <h2>Cách gửi</h2>
      <Select
        id="channel"
        label="Gửi bằng"
        faults={[]}
        value={draft.channel}
        options={CHANNELS.map((channel) => [channel, CHANNEL_NAMES[channel]] as const)}
        onChange={(channel) => onChange({ channel })}
      />
      <Select
        id="template"
        label="Mẫu thư"
        faults={[]}
        value={draft.template || (options[0]?.id ?? '')}
        options={options.map(({ id, label }) => [id, label] as const)}
        onChange={(template) => onChange({ template })}
      />
    </>
  );
}
