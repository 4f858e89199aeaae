import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Basis } from '../../lib/deadline/index.ts';
import type { LetterUnit } from '../../lib/letters/index.ts';
import { version } from '../../lib/platform/index.ts';
import { Panel, Tabs } from '../../lib/ui/index.ts';
import { useBasis, useNow, useSetting } from '../shared/hooks.ts';
import { BatchTab } from './batch-tab.tsx';
import { targetOf } from './draft.ts';
import { DraftTab } from './draft-tab.tsx';
import { useOwnTemplates, useRegister } from './hooks.ts';
import { type TemplateOption, templateOptions } from './make.ts';
import { RegisterTab } from './register-tab.tsx';
import { TemplatesTab } from './templates-tab.tsx';
import { UnitTab } from './unit-tab.tsx';

const TABS = [
  ['draft', 'Soạn thư'],
  ['batch', 'Soạn hàng loạt'],
  ['register', 'Sổ thư'],
  ['templates', 'Mẫu thư'],
  ['unit', 'Thông tin đơn vị'],
] as const;
type Tab = (typeof TABS)[number][0];

/** "Thư xin lỗi": drafting, in ones and in many, the templates and the register. */
export function Letters() {
  const now = useNow();
  const basis = useBasis();
  const unit = useSetting('letterUnit');
  if (now === null || basis === null || unit === null)
    return (
      <main class="center" aria-busy="true">
        <p>Đang mở trang soạn thư…</p>
      </main>
    );
  return <Open now={now} basis={basis} unit={unit} />;
}

function Open({ now, basis, unit }: { now: number; basis: Basis; unit: LetterUnit }) {
  const [target] = useState(() => targetOf(location.hash));
  const [tab, setTab] = useState<Tab>('draft');
  const [register, retry] = useRegister();
  const [own, reload, failed] = useOwnTemplates();
  /** Control that takes the focus when its tab comes. */
  const wanted = useRef('');
  const day = Math.floor(now / 1440);
  const options = useMemo(() => templateOptions(own ?? [], now), [own, day]);
  const { form } = options[0] as TemplateOption;

  /** Brings a control to the front, in whichever tab it is. */
  function go(field: string): void {
    const other = field.startsWith('unit-') && tab !== 'unit';
    if (other) setTab('unit');
    else document.getElementById(field)?.focus();
    wanted.current = other ? field : '';
  }

  // Once its tab is drawn.
  useEffect(() => {
    if (wanted.current !== '') document.getElementById(wanted.current)?.focus();
    wanted.current = '';
  }, [tab]);

  return (
    <div class="page">
      <header>
        <h1>Thư xin lỗi</h1>
        <Tabs label="Các phần" tabs={TABS} value={tab} onChange={setTab} />
      </header>
      <main>
        <Panel id="draft" tab={tab}>
          <DraftTab
            target={target}
            active={tab === 'draft'}
            now={now}
            basis={basis}
            unit={unit}
            options={options}
            register={register}
            onGo={go}
          />
        </Panel>
        <Panel id="batch" tab={tab}>
          <BatchTab now={now} basis={basis} unit={unit} options={options} register={register} onGo={go} />
        </Panel>
        <Panel id="register" tab={tab}>
          <RegisterTab state={register} unit={unit.coQuanBanHanh ?? ''} now={now} onRetry={retry} />
        </Panel>
        <Panel id="templates" tab={tab}>
          <TemplatesTab
            own={own ?? []}
            failed={failed}
            form={form}
            options={options}
            active={tab === 'templates'}
            now={now}
            onChanged={reload}
          />
        </Panel>
        <Panel id="unit" tab={tab}>
          <UnitTab unit={unit} form={form} />
        </Panel>
      </main>
      <footer class="soft">
        Đúng Hẹn {version()}. Thư chỉ nằm trên trang này khi đang soạn: tên, địa chỉ không được lưu, không gửi đi đâu.
        Số, ngày ký và chữ ký để trống.
      </footer>
    </div>
  );
}
