import { useEffect, useState } from 'preact/hooks';
import { frozenList, type Spotcheck, saveSpotcheck } from '../../lib/platform/index.ts';
import { Button, Panel, Tabs } from '../../lib/ui/index.ts';
import { CheckStep } from './check.tsx';
import type { Desk } from './desk.ts';
import { Overview } from './overview.tsx';
import type { StepId } from './place.ts';
import { ResultStep } from './result.tsx';
import type { StepProps } from './steps.ts';
import { stateWords } from './words.ts';

const STEPS = [
  ['sample', 'Mẫu'],
  ['check', 'Kiểm tra'],
  ['result', 'Kết quả'],
] as const;

/** One spot check: its sample, the checking, the result. */
export function Opened({
  value: kept,
  step,
  desk,
  onStep,
  onNewFrom,
  onLeave,
  onSay,
}: {
  /** As it is kept, following changes from any tab. */
  value: Spotcheck;
  step: StepId;
  desk: Desk;
  onStep: (step: StepId) => void;
  onNewFrom: (file: File) => void;
  onLeave: () => void;
  onSay: (message: string) => void;
}) {
  // What is saved here is shown at once; what is kept comes back a moment later, and from other tabs.
  const [value, setValue] = useState(kept);
  useEffect(() => {
    if (kept.updatedAt > value.updatedAt) setValue(kept);
  }, [kept]);

  async function save(next: Spotcheck): Promise<void> {
    const updatedAt = next.updatedAt > value.updatedAt ? next.updatedAt : Math.max(Date.now(), value.updatedAt + 1);
    const saved = { ...next, updatedAt };
    await saveSpotcheck(saved);
    setValue((before) => (before.updatedAt > updatedAt ? before : saved));
  }
  const props: StepProps = { value, save, list: () => frozenList(value.id) };

  return (
    <section aria-labelledby="opened-title" class="opened">
      <div class="setup-head">
        <h2 id="opened-title">
          <bdi>{value.name}</bdi> <span class="soft">({stateWords(value.record, value.role)})</span>
        </h2>
        <Tabs label="Các bước của đợt kiểm tra" tabs={STEPS} value={step} onChange={onStep} />
        <Button onClick={onLeave}>Về danh sách đợt</Button>
      </div>
      <Panel id="sample" tab={step}>
        <Overview
          value={value}
          list={props.list}
          desk={desk}
          onChanged={setValue}
          onCheck={() => onStep('check')}
          onNewFrom={onNewFrom}
          onSay={onSay}
        />
      </Panel>
      {/* Not kept while it is not seen: it has keys of its own. */}
      <Panel id="check" tab={step}>
        {step === 'check' && <CheckStep {...props} />}
      </Panel>
      <Panel id="result" tab={step}>
        {step === 'result' && <ResultStep value={value} save={save} />}
      </Panel>
    </section>
  );
}
