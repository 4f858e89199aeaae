import { useMemo, useRef, useState } from 'preact/hooks';
import type { Basis } from '../../lib/deadline/index.ts';
import { CHANNEL_NAMES, CHANNELS, type LetterChannel, type LetterUnit } from '../../lib/letters/index.ts';
import { Button, buildItems, Empty, letterKey, type WorklistItem } from '../../lib/ui/index.ts';
import { useWorklist } from '../shared/hooks.ts';
import { BatchResults } from './batch-results.tsx';
import { type BatchResult, type BatchTask, runBatch } from './batch-run.ts';
import { BatchTable, PRESETS } from './batch-table.tsx';
import { EMPTY_DRAFT } from './draft.ts';
import { Area, FaultSummary, Select } from './fields.tsx';
import type { RegisterState } from './hooks.ts';
import { optionOf, type TemplateOption } from './make.ts';
import { presetsOf, presetValue } from './presets.ts';
import { type Fault, readLetter } from './read.ts';

/** Between two looks of the progress: drawing the page costs more than a letter. */
const DRAW_MS = 100;

/** Letters for many dossiers at once: all that wait for one, or those chosen. */
export function BatchTab({
  now,
  basis,
  unit,
  options,
  register,
  onGo,
}: {
  now: number;
  basis: Basis;
  unit: LetterUnit;
  options: readonly TemplateOption[];
  register: RegisterState;
  onGo: (field: string) => void;
}) {
  const [state, retry] = useWorklist();
  /** Rows that someone ticked or unticked; the others are ticked while they have no draft. */
  const [ticks, setTicks] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [reasonId, setReasonId] = useState('');
  const presets = presetsOf(unit);
  const [reason, setReason] = useState('');
  const [own, setOwn] = useState<ReadonlyMap<string, string>>(new Map());
  const [channel, setChannel] = useState<LetterChannel>('paper');
  const [template, setTemplate] = useState('');
  const [faults, setFaults] = useState<Fault[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [done, setDone] = useState<number | null>(null);
  const [result, setResult] = useState<BatchResult | null>(null);
  const [failed, setFailed] = useState('');
  const cancel = useRef(false);

  const entries = register.kind === 'ready' ? register.register.entries : null;
  const known = useMemo(
    () => entries && new Map(entries.map((entry) => [letterKey(entry.host, entry.code), entry])),
    [entries],
  );
  const seen = state.kind === 'ready' ? state.list.entries : null;
  const waiting = useMemo(() => {
    if (seen === null) return [];
    // Codes of an imported list name no host.
    const sent = new Set((entries ?? []).flatMap((entry) => (entry.state === 'issued' ? [entry.code] : [])));
    const items = buildItems(seen, { ...basis, now }, known ?? new Map());
    return items.filter(({ letter, entry }) => letter?.waiting && !sent.has(entry.code));
  }, [seen, basis, now, known, entries]);
  const isTicked = ({ key, letter }: WorklistItem) => ticks.get(key) ?? !letter?.drafted;
  const chosen = waiting.filter(isTicked);
  // Kept: while letters are made the progress changes all the time, and hundreds of rows would cost more than the letters.
  const table = useMemo(
    () => (
      <BatchTable
        items={waiting}
        isTicked={isTicked}
        reasons={own}
        now={now}
        onTick={(keys, ticked) => setTicks(new Map([...ticks, ...keys.map((key) => [key, ticked] as const)]))}
        onReason={(key, id) => setOwn(new Map(own).set(key, id))}
      />
    ),
    [waiting, ticks, own, now],
  );

  if (state.kind === 'loading' || register.kind === 'loading') return <p aria-busy="true">Đang mở danh sách…</p>;
  if (state.kind === 'failed')
    return (
      <Empty alert title="Không mở được danh sách trên máy này">
        <p>Trình duyệt không cho đọc nơi lưu. Soạn từng thư vẫn dùng được.</p>
        <Button kind="primary" onClick={retry}>
          Thử lại
        </Button>
      </Empty>
    );
  if (waiting.length === 0)
    return (
      <Empty title="Không có hồ sơ nào cần thư xin lỗi">
        <p>Mở trang danh sách trên hệ thống một cửa: hồ sơ sắp hoặc đã quá hẹn sẽ hiện ở đây.</p>
      </Empty>
    );

  function preset(id: string): void {
    const found = presets.find(({ value }) => value === id);
    setReasonId(found?.reasonId ?? '');
    if (found && found.text !== '') setReason(found.text);
  }

  /** What stands against every letter alike: the unit's own lines, and the reason. */
  function commonFaults(option: TemplateOption): Fault[] {
    const empty = readLetter(EMPTY_DRAFT, { unit, form: option.form, basis, now, registered: 0 });
    const found = empty.faults.filter(({ field }) => field.startsWith('unit-'));
    const needsReason = chosen.some(({ key }) => !own.get(key));
    if (needsReason && reason.trim() === '')
      found.push({ field: 'batch-reason', message: 'Nhập lý do chung, hoặc chọn lý do cho từng hồ sơ', missing: true });
    if (chosen.length === 0) found.push({ field: 'batch-all', message: 'Chọn ít nhất một hồ sơ', missing: true });
    return found;
  }

  function taskOf({ key, entry }: WorklistItem): BatchTask {
    const { host, code } = entry;
    const mine = PRESETS.find(({ id }) => id === own.get(key));
    return {
      key,
      host,
      code,
      reasonId: mine?.id ?? (reasonId || 'other'),
      reason: mine?.text ?? reason,
      registered: known?.get(letterKey(host, code))?.reappointments ?? 0,
    };
  }

  async function run(): Promise<void> {
    const option = optionOf(options, template);
    const found = commonFaults(option);
    setFaults(found);
    setAttempt(attempt + 1);
    if (found.length > 0) return;
    cancel.current = false;
    setFailed('');
    setResult(null);
    setDone(0);
    let drawn = 0;
    try {
      const settings = { unit, option, basis, now, channel };
      setResult(
        await runBatch(chosen.map(taskOf), settings, (count) => {
          if (performance.now() - drawn >= DRAW_MS) {
            drawn = performance.now();
            setDone(count);
          }
          return !cancel.current;
        }),
      );
    } catch (error) {
      setFailed(`Không dùng được mẫu: ${(error as Error).message}`);
    }
    setDone(null);
  }

  const running = done !== null;
  return (
    <div class="card wide">
      <h2>Soạn hàng loạt</h2>
      <p class="soft">
        Tên người nhận đọc từ trang đang mở lúc soạn, không đoán, không lưu. Để mở trang danh sách có các hồ sơ này.
      </p>
      <FaultSummary title="Chưa soạn được" faults={faults} attempt={attempt} onGo={onGo} />
      <div class="pair">
        <Select
          id="batch-preset"
          label="Lý do chung"
          faults={[]}
          value={presetValue(presets, reasonId, reason)}
          options={[['', 'Chọn…'], ...presets.map(({ value, label }) => [value, label] as const)]}
          onChange={preset}
        />
        <Select
          id="batch-channel"
          label="Gửi bằng"
          faults={[]}
          value={channel}
          options={CHANNELS.map((one) => [one, CHANNEL_NAMES[one]] as const)}
          onChange={setChannel}
        />
        <Select
          id="batch-template"
          label="Mẫu thư"
          faults={[]}
          value={template || (options[0]?.id ?? '')}
          options={options.map(({ id, label }) => [id, label] as const)}
          onChange={setTemplate}
        />
      </div>
      <Area
        id="batch-reason"
        label="Lý do, như ghi trong thư"
        hint="Không ghi tên ai: lý do này vào mọi thư."
        rows={2}
        faults={faults}
        value={reason}
        onInput={setReason}
      />
      <div class="actions">
        <Button kind="primary" disabledReason={running ? 'Đang soạn' : null} onClick={() => void run()}>
          Soạn {chosen.length} thư
        </Button>
        {running && (
          <>
            <progress max={chosen.length} value={done} aria-label="Tiến độ" />
            <span role="status">
              {done}/{chosen.length}
            </span>
            <Button
              onClick={() => {
                cancel.current = true;
              }}
            >
              Dừng
            </Button>
          </>
        )}
      </div>
      {failed !== '' && (
        <p class="fault" role="alert">
          ▲ {failed}
        </p>
      )}
      {result && <BatchResults result={result} unit={unit} basis={basis} now={now} onDone={() => setResult(null)} />}
      {table}
    </div>
  );
}
