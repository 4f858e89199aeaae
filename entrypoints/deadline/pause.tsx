import { Button } from '../../lib/ui/index.ts';
import { PAUSE_KINDS, type PauseDraft, type PauseKind } from './draft.ts';
import { MomentField } from './fields.tsx';
import { type Fault, pauseId } from './read.ts';

const KIND_NAMES: Record<PauseKind, string> = {
  supplement: 'Bổ sung hồ sơ',
  financial: 'Nghĩa vụ tài chính',
};

/** One wait for the citizen: what for, from when, until when or not over yet. */
export function Pause({
  index,
  pause,
  faults,
  onChange,
  onRemove,
}: {
  index: number;
  pause: PauseDraft;
  faults: readonly Fault[];
  onChange: (pause: PauseDraft, part: string) => void;
  onRemove: () => void;
}) {
  const { kind, from, to, open } = pause;
  return (
    <fieldset class="pause">
      <legend class="hidden">Đợt {index + 1}</legend>
      <div class="line">
        <strong>Đợt {index + 1}</strong>
        <label>
          <span class="hidden">Chờ gì</span>
          <select
            id={`pause-${index}-kind`}
            value={kind}
            onChange={(event) => onChange({ ...pause, kind: event.currentTarget.value as PauseKind }, 'kind')}
          >
            {PAUSE_KINDS.map((known) => (
              <option key={known} value={known}>
                {KIND_NAMES[known]}
              </option>
            ))}
          </select>
        </label>
        <Button kind="small" label={`Bỏ đợt ${index + 1}`} onClick={onRemove}>
          Bỏ
        </Button>
      </div>
      <MomentField
        name={pauseId(index, 'from')}
        label="Bắt đầu chờ lúc"
        value={from}
        faults={faults}
        onChange={(value) => onChange({ ...pause, from: value }, 'from')}
      />
      <label class="line check">
        <input
          id={`pause-${index}-open`}
          type="checkbox"
          checked={open}
          onChange={(event) => onChange({ ...pause, open: event.currentTarget.checked }, 'open')}
        />
        {kind === 'financial' ? 'Chưa nộp xong' : 'Chưa bổ sung xong'}
      </label>
      {!open && (
        <MomentField
          name={pauseId(index, 'to')}
          label={kind === 'financial' ? 'Nộp xong lúc' : 'Nhận đủ lúc'}
          value={to}
          faults={faults}
          onChange={(value) => onChange({ ...pause, to: value }, 'to')}
        />
      )}
    </fieldset>
  );
}
