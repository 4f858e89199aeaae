import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { xlsxBytes } from '../../connectors/files/index.ts';
import { now } from '../../lib/platform/index.ts';
import {
  countText,
  decidedOf,
  evaluate,
  isOpen,
  reopen,
  type SampleRecord,
  SamplingError,
  signOff,
} from '../../lib/sampling/index.ts';
import { fullMoment } from '../../lib/text/index.ts';
import { Button, Empty, LiveRegion } from '../../lib/ui/index.ts';
import { download } from '../shared/download.ts';
import './result.css';
import { saveSampleFile } from './files.ts';
import { DeclaredTable, Verdicts } from './result-declared.tsx';
import { AgreementTable, FindingTables, hasSecond, LostTable } from './result-findings.tsx';
import { Groups, WholeChart } from './result-groups.tsx';
import { DossierList, type Listed } from './result-list.tsx';
import { methodOf } from './result-method.ts';
import { PrintSheet } from './result-print.tsx';
import { resultSheets } from './result-sheets.ts';
import { Rates } from './result-tables.tsx';
import type { StepProps } from './steps.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What came out of a spot check: figures, what they mean, what failed; on paper, as a workbook and as a record; signed off or not. */
export function ResultStep({ value, save }: Pick<StepProps, 'value' | 'save'>) {
  const { record, role, name } = value;
  const [message, setMessage] = useState('');
  const [listed, setListed] = useState<Listed | null>(null);
  const [asking, setAsking] = useState(false);
  const result = useMemo(() => evaluate(record), [record]);
  const decided = useMemo(() => decidedOf(record), [record]);
  if (role === 'second')
    return (
      <Empty title="Kết quả do người kiểm tra thứ nhất tính">
        <p>
          Bạn kiểm tra lại mà không thấy kết luận của người thứ nhất. Khi kiểm tra xong, chuyển tệp mẫu lại cho người
          thứ nhất: kết quả và mức thống nhất giữa hai người hiện ở máy ấy.
        </p>
      </Empty>
    );
  if (decided.told === 0)
    return (
      <Empty title="Chưa có kết quả">
        <p>
          Chưa hồ sơ nào có kết luận đạt hoặc không đạt. Hãy kiểm tra ở bước trước; số liệu tạm tính hiện ngay từ kết
          luận đầu tiên.
        </p>
      </Empty>
    );

  async function keep(next: SampleRecord, said: string): Promise<void> {
    try {
      await save({ ...value, record: next });
      setMessage(said);
    } catch {
      setMessage('Không lưu được vào máy này. Hãy thử lại.');
    }
  }
  function sign(): void {
    setAsking(false);
    try {
      void keep(signOff(record, now() * 60_000), 'Đã chốt kết quả');
    } catch (error) {
      if (!(error instanceof SamplingError)) throw error;
      setMessage(error.message);
    }
  }
  async function downloadXlsx(): Promise<void> {
    download(await xlsxBytes(resultSheets(record)), 'ket-qua-kiem-tra-mau.xlsx', XLSX);
    setMessage('Đã tải tệp .xlsx');
  }
  const tables = { record, result, onOpen: setListed };
  const signed = record.signedOffAt !== null;
  return (
    <div class="spot-result">
      <LiveRegion message={message} />
      <State record={record} open={decided.open} />
      <div class="actions">
        {signed ? (
          <Button onClick={() => void keep(reopen(record), 'Đã mở lại, kết luận sửa được')}>Mở lại</Button>
        ) : (
          <Button kind="primary" onClick={() => (decided.open > 0 ? setAsking(true) : sign())}>
            Chốt kết quả
          </Button>
        )}
        <Button onClick={() => void downloadXlsx()}>Tải kết quả .xlsx</Button>
        <Button onClick={() => print()}>In</Button>
        <Button
          onClick={() => {
            setMessage(saveSampleFile(value));
          }}
          title={
            signed ? 'Có số liệu đã chốt; dunghen sample evaluate tính lại được' : 'Chưa chốt nên chưa ghi số liệu'
          }
        >
          Tải tệp mẫu (JSON)
        </Button>
        {message !== '' && <span class="soft">{message}</span>}
      </div>
      {asking && <AskSign open={decided.open} onSign={sign} onClose={() => setAsking(false)} />}
      <section class="card" aria-labelledby="result-rates">
        <h3 id="result-rates">Tỷ lệ kiểm tra được</h3>
        <Rates {...tables} />
        <Verdicts {...tables} />
      </section>
      <section class="card" aria-labelledby="result-declared">
        <h3 id="result-declared">Số đã khai và số kiểm tra được</h3>
        <DeclaredTable {...tables} />
        <WholeChart {...tables} />
      </section>
      {record.population.strata.length > 1 && <Groups {...tables} />}
      <section class="card" aria-labelledby="result-findings">
        <h3 id="result-findings">Hồ sơ không đạt</h3>
        <FindingTables record={record} onOpen={setListed} />
      </section>
      {hasSecond(result) && (
        <section class="card" aria-labelledby="result-agreement">
          <h3 id="result-agreement">Hai người cùng kiểm tra</h3>
          <AgreementTable result={result} onOpen={setListed} />
        </section>
      )}
      {result.unavailable.length > 0 && (
        <section class="card" aria-labelledby="result-lost">
          <h3 id="result-lost">Hồ sơ không mở được</h3>
          <LostTable result={result} />
        </section>
      )}
      <details class="card">
        <summary>Mẫu và phương pháp</summary>
        <table class="method">
          <tbody>
            {methodOf(record).map(([label, text]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      {listed && <DossierList value={value} listed={listed} onClose={() => setListed(null)} />}
      <PrintSheet name={name} record={record} />
    </div>
  );
}

/** Is this the result, or what the result would be if the work ended here? */
function State({ record, open }: { record: SampleRecord; open: number }) {
  const { signedOffAt, units } = record;
  const dossiers = units.filter((unit) => isOpen(unit, 'first')).length;
  if (signedOffAt !== null)
    return (
      <p class="notice green" role="status">
        ✓ Đã chốt lúc {fullMoment(Math.floor(signedOffAt / 60_000))}. Kết luận được khóa cho tới khi mở lại.
        {open > 0 && ` ${countText(open)} kết luận không có, được tính là không kết luận.`}
      </p>
    );
  if (open === 0)
    return (
      <p class="notice blue" role="status">
        Đã kiểm tra xong, chưa chốt.
      </p>
    );
  return (
    <p class="notice amber" role="status">
      ▲ Số liệu tạm tính: còn thiếu {countText(open)} kết luận ở {countText(dossiers)} hồ sơ.
    </p>
  );
}

/** Signing off with open decisions is a decision of its own. */
function AskSign({ open, onSign, onClose }: { open: number; onSign: () => void; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="ask" aria-labelledby="ask-title" onClose={onClose}>
      <h2 id="ask-title">Còn thiếu {countText(open)} kết luận</h2>
      <p>
        Chốt bây giờ thì các chỗ còn thiếu được tính là «không kết luận»: không vào tỷ lệ, và làm rộng khoảng «đều không
        đạt – đều đạt». Mở lại thì chúng trở về chưa kiểm tra.
      </p>
      <div class="actions">
        <Button kind="primary" onClick={() => dialog.current?.close()}>
          Kiểm tra tiếp
        </Button>
        <Button
          onClick={() => {
            // First, so that the keyboard goes back to the button that is now «Mở lại».
            dialog.current?.close();
            onSign();
          }}
        >
          Chốt, tính phần còn thiếu là không kết luận
        </Button>
      </div>
    </dialog>
  );
}
