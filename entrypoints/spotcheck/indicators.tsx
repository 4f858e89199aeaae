import { useEffect, useState } from 'preact/hooks';
import type { FileMapping } from '../../connectors/index.ts';
import { parsePeriod, tableInForce } from '../../lib/indicators/index.ts';
import { now, readSetting, readUnit } from '../../lib/platform/index.ts';
import { Button, Empty, LiveRegion } from '../../lib/ui/index.ts';
import type { WorkerLike } from '../shared/worker.ts';
import { hireIndicators, IndicatorDesk, IndicatorsStopped } from './indicators-desk.ts';
import { IndicatorForm, type IndicatorWish } from './indicators-form.tsx';
import { monthNow } from './indicators-periods.ts';
import type { ComputedFigures, IndicatorSource, UnitBasis } from './indicators-protocol.ts';
import { IndicatorResults } from './indicators-results.tsx';
import { type ChosenFile, IndicatorFile, IndicatorSources } from './indicators-source.tsx';
import './indicators.css';

/** A source that was chosen; a file is looked at before it is read. */
type Chosen =
  | { kind: 'file'; name: string; file: ChosenFile }
  | { kind: 'other'; name: string; source: IndicatorSource };

type Work =
  | { kind: 'idle' }
  | { kind: 'running'; rows: number }
  | { kind: 'failed'; message: string }
  | { kind: 'done'; figures: ComputedFigures; period: string };

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'có lỗi không lường trước; hãy thử lại';

async function readIndicatorBasis(): Promise<UnitBasis> {
  const [unit, catalogues] = await Promise.all([readUnit(), readSetting('catalogues')]);
  return { ...unit, catalogues };
}

const sourceOf = (chosen: Chosen): IndicatorSource =>
  chosen.kind === 'other'
    ? chosen.source
    : { kind: 'file', file: chosen.file.file, name: chosen.name, mapping: chosen.file.mapping };

/** The indicators of QĐ 766 over a file, a reconciliation or the worklist. */
export function IndicatorsTab({ hire = hireIndicators }: { hire?: () => WorkerLike }) {
  const [desk] = useState(() => new IndicatorDesk(hire));
  useEffect(() => () => desk.stop(), [desk]);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [wish, setWish] = useState<IndicatorWish>(() => ({ period: monthNow(now()), unit: null, targets: null }));
  const [work, setWork] = useState<Work>({ kind: 'idle' });
  /** Units of the whole source: a figure of one unit names only that one. */
  const [units, setUnits] = useState<readonly string[]>([]);
  const [message, setMessage] = useState('');

  async function run(source: Chosen, next: IndicatorWish): Promise<void> {
    setWork({ kind: 'running', rows: 0 });
    try {
      const { period, unit, targets } = next;
      const basis = await readIndicatorBasis();
      const ask = { source: sourceOf(source), period, unit, now: now(), basis, targets: targets?.text ?? null };
      const figures = await desk.ask({ type: 'compute', ask }, (rows) => setWork({ kind: 'running', rows }));
      if (unit === null) setUnits((figures.report.units ?? []).map((one) => one.unit).sort());
      setWork({ kind: 'done', figures, period });
      setMessage('Đã tính xong');
    } catch (error) {
      if (!(error instanceof IndicatorsStopped)) setWork({ kind: 'failed', message: wordsOf(error) });
    }
  }

  async function look(file: File, mapping: FileMapping, before?: ChosenFile): Promise<void> {
    const base = before ?? { file, mapping, looked: {}, extra: [], columns: {} };
    const put = (change: Partial<ChosenFile>) =>
      setChosen({ kind: 'file', name: file.name, file: { ...base, mapping, ...change } });
    put({ looked: { ...base.looked, looking: true } });
    try {
      const { inspection, extra } = await desk.ask({ type: 'look', file, name: file.name, mapping });
      put({ looked: { inspection }, extra, columns: inspection.proposal.mapping });
    } catch (error) {
      if (!(error instanceof IndicatorsStopped)) put({ looked: { refused: wordsOf(error) } });
    }
  }

  function choose(next: Chosen): void {
    setChosen(next);
    setUnits([]);
    const all = { ...wish, unit: null };
    setWish(all);
    void run(next, all);
  }

  function change(next: IndicatorWish): void {
    setWish(next);
    if (chosen && work.kind !== 'idle') void run(chosen, next);
  }

  function leave(): void {
    desk.stop();
    setChosen(null);
    setWork({ kind: 'idle' });
    setUnits([]);
    setWish({ ...wish, unit: null });
  }

  if (chosen === null)
    return (
      <div class="indicators">
        <p class="soft">
          Tính bộ chỉ số theo Quyết định 766/QĐ-TTg từ danh sách hồ sơ: được bao nhiêu điểm, hồ sơ nào làm mất điểm, sửa
          gì thì lên điểm. Điều danh sách không cho biết được ghi là không tính.
        </p>
        <IndicatorSources
          onFile={(file) => void look(file, {})}
          onJob={(id, name, complete) => choose({ kind: 'other', name, source: { kind: 'job', id, complete } })}
          onRecords={(records, name) => choose({ kind: 'other', name, source: { kind: 'records', records } })}
        />
      </div>
    );

  const period = work.kind === 'done' ? parsePeriod(work.period) : null;
  const table = period && tableInForce(period.to);
  return (
    <div class="indicators">
      <LiveRegion message={message} />
      <div class="actions">
        <h2>
          <bdi>{chosen.name}</bdi>
        </h2>
        <Button onClick={leave}>Chọn nguồn khác</Button>
      </div>
      {chosen.kind === 'file' && (
        <IndicatorFile
          chosen={chosen.file}
          onMapping={(mapping) => {
            setWork({ kind: 'idle' });
            void look(chosen.file.file, mapping, chosen.file);
          }}
        />
      )}
      <IndicatorForm wish={wish} units={units} now={now()} onWish={change} />
      {work.kind === 'idle' && (
        <div class="actions">
          <Button
            kind="primary"
            disabledReason={chosen.kind === 'file' ? whyNot(chosen.file) : null}
            onClick={() => void run(chosen, wish)}
          >
            Tính chỉ số
          </Button>
        </div>
      )}
      {work.kind === 'running' && (
        <p class="actions" aria-busy="true">
          <span>Đang tính…{work.rows > 0 && ` ${work.rows.toLocaleString('vi')} hồ sơ`}</span>
          <Button
            onClick={() => {
              desk.stop();
              setWork({ kind: 'idle' });
            }}
          >
            Dừng
          </Button>
        </p>
      )}
      {work.kind === 'failed' && (
        <Empty title="Chưa tính được" alert>
          <p>{work.message}</p>
          <Button onClick={() => void run(chosen, wish)}>Thử lại</Button>
        </Empty>
      )}
      {work.kind === 'done' && table && (
        <IndicatorResults
          figures={work.figures}
          table={table}
          onUnit={(unit) => change({ ...wish, unit })}
          onSay={setMessage}
        />
      )}
    </div>
  );
}

/** Why a file cannot be read yet; null: it can. */
function whyNot({ looked: { inspection, looking, refused } }: ChosenFile): string | null {
  if (refused !== undefined) return 'Tệp không đọc được';
  if (!inspection || looking) return 'Đang xem tệp';
  return inspection.problems.length > 0 ? 'Tệp chưa đọc được: xem chỗ báo đỏ' : null;
}
