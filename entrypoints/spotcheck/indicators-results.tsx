import { useMemo } from 'preact/hooks';
import { xlsxBytes } from '../../connectors/index.ts';
import {
  asOfText,
  countSentences,
  emptyText,
  gainText,
  type IndicatorReport,
  type IndicatorTable,
  indicatorSheets,
  liftText,
  MEND_WORDS,
  NO_UNIT,
  scoreText,
  totalText,
} from '../../lib/indicators/index.ts';
import { codeKey } from '../../lib/reconcile/index.ts';
import { Button, Empty } from '../../lib/ui/index.ts';
import { download } from '../shared/download.ts';
import { useWorklist } from '../shared/hooks.ts';
import { type AddressOf, CostTable } from './indicators-costs.tsx';
import type { ComputedFigures } from './indicators-protocol.ts';
import { Scores } from './indicators-scores.tsx';
import { Trend } from './indicators-trend.tsx';
import { Units } from './indicators-units.tsx';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The page of a dossier in the city system, where one was seen in this browser. */
function useAddresses(): AddressOf {
  const [worklist] = useWorklist();
  const addresses = useMemo(() => {
    const entries = worklist.kind === 'ready' ? worklist.list.entries : [];
    return new Map(entries.map(({ code, link }) => [codeKey(code), link]));
  }, [worklist]);
  return (code) => addresses.get(codeKey(code)) ?? null;
}

/** The figures of a period: groups, what lifts them, days, units. */
export function IndicatorResults({
  figures: { report, unreadable, notes },
  table,
  onUnit,
  onSay,
}: {
  figures: ComputedFigures;
  table: IndicatorTable;
  onUnit: (unit: string) => void;
  onSay: (message: string) => void;
}) {
  const addressOf = useAddresses();
  const { period, unit, units, withoutReceipt, counts } = report;
  const empty = emptyText(report);

  async function save(): Promise<void> {
    download(await xlsxBytes(indicatorSheets(report, table)), `chi-so-${period.from}-${period.to}.xlsx`, XLSX);
    onSay('Đã tải tệp .xlsx');
  }

  return (
    <div class="indicator-results">
      {unreadable.count > 0 && (
        <details class="notice red">
          <summary>{unreadable.count} dòng không đọc được nên không có trong số liệu</summary>
          <ul class="bullets">
            {unreadable.examples.map(({ at, reason }) => (
              <li key={at}>
                {at}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
      {notes.map((note) => (
        <p key={note} class="notice amber">
          ▲ {note}
        </p>
      ))}
      {empty !== null ? (
        <Empty title={`Chưa có số liệu: ${empty}`} alert>
          <p>Hãy chọn kỳ khác, đơn vị khác hoặc nguồn khác.</p>
        </Empty>
      ) : (
        <>
          <section class="card" aria-labelledby="indicator-total">
            <h3 id="indicator-total">
              {table.label}, {period.label}
              {unit !== null && `, ${unit}`}
            </h3>
            <p class="total">{totalText(report)}</p>
            <p class="soft">
              {[...countSentences(report), asOfText(report)].join(' ')} Điểm chính thức là điểm Cổng Dịch vụ công quốc
              gia công bố.
            </p>
            <div class="actions">
              <Button onClick={() => void save()}>Tải báo cáo .xlsx</Button>
            </div>
          </section>
          <Lifts report={report} />
          <Scores report={report} table={table} addressOf={addressOf} />
          {withoutReceipt.length > 0 && (
            <section class="card" aria-label="Hồ sơ không có ngày tiếp nhận">
              <CostTable
                caption="Không có ngày tiếp nhận, không được tính vào chỉ số nào"
                costs={withoutReceipt}
                count={counts.withoutReceipt}
                addressOf={addressOf}
              />
            </section>
          )}
          <Trend report={report} table={table} />
          {units && <Units units={units.filter((one) => one.unit !== NO_UNIT)} table={table} onUnit={onUnit} />}
          <Sources table={table} />
        </>
      )}
    </div>
  );
}

function Lifts({ report: { lifts, gainOfAll } }: { report: IndicatorReport }) {
  return (
    <section class="card" aria-labelledby="indicator-lifts">
      <h3 id="indicator-lifts">Việc nâng điểm nhiều nhất</h3>
      {lifts.length === 0 && <p class="soft">Không còn hồ sơ nào sửa mà nâng được điểm.</p>}
      <ol class="bullets">
        {lifts.map((lift) => (
          <li key={lift.mend}>
            <strong>{liftText(lift)}</strong>. {MEND_WORDS[lift.mend]}.
          </li>
        ))}
      </ol>
      {lifts.length > 1 && <p>Làm tất cả: {gainText(gainOfAll)}.</p>}
    </section>
  );
}

/** Where the figures of the table come from. */
function Sources({ table }: { table: IndicatorTable }) {
  return (
    <details>
      <summary>Bảng chỉ số lấy từ đâu</summary>
      <p>{table.source}</p>
      <dl class="sources">
        {Object.entries(table.sources).map(([letter, text]) => (
          <div key={letter}>
            <dt>{letter}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <ul class="bullets">
        {table.components.map(({ id, number, name, max, fullAt, formula }) => (
          <li key={id}>
            {number} {name}: {scoreText(max.value)} điểm ({max.source}; ngưỡng {fullAt.source}). {formula}
          </li>
        ))}
      </ul>
    </details>
  );
}
