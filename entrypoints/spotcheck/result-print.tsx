import { Fragment, render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { evaluate, type SampleRecord } from '../../lib/sampling/index.ts';
import './result-print.css';
import { DeclaredTable, Verdicts } from './result-declared.tsx';
import { AgreementTable, FindingTables, hasSecond, LostTable } from './result-findings.tsx';
import { methodOf } from './result-method.ts';
import { GroupTable, Rates } from './result-tables.tsx';

/** The result on paper: A4, with the place for signatures left empty. No person is named on it. */
function Sheet({ name, record }: { name: string; record: SampleRecord }) {
  const result = evaluate(record);
  return (
    <>
      <h1>Kết quả kiểm tra mẫu</h1>
      <p class="sheet-name">{name}</p>
      {record.signedOffAt === null && <p class="provisional">SỐ LIỆU TẠM TÍNH, CHƯA CHỐT</p>}
      <h2>Mẫu và phương pháp</h2>
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
      <h2>Tỷ lệ kiểm tra được</h2>
      <Rates record={record} result={result} />
      <Verdicts record={record} result={result} />
      <h2>Số đã khai và số kiểm tra được</h2>
      <DeclaredTable record={record} result={result} />
      {record.population.strata.length > 1 && (
        <>
          <h2>Theo nhóm</h2>
          {result.checks.map((check) => (
            <section key={check.name}>
              <h3>{check.name}</h3>
              <GroupTable record={record} check={check} />
            </section>
          ))}
        </>
      )}
      <h2>Hồ sơ không đạt</h2>
      <FindingTables record={record} />
      <FailedCodes record={record} />
      {hasSecond(result) && (
        <>
          <h2>Hai người cùng kiểm tra</h2>
          <AgreementTable result={result} />
        </>
      )}
      {result.unavailable.length > 0 && (
        <>
          <h2>Hồ sơ không mở được</h2>
          <LostTable result={result} />
        </>
      )}
      <p class="recompute">
        Tính lại: <code>dunghen sample evaluate</code> với tệp mẫu (JSON) phải cho đúng các số trên; rút lại từ danh
        sách và hạt giống phải cho đúng mẫu này.
      </p>
      <div class="signatures">
        <p class="place">……………………, ngày …… tháng …… năm ………</p>
        <div>
          <p>Người kiểm tra</p>
          <p class="hint">(ký, ghi rõ họ tên)</p>
        </div>
        {hasSecond(result) && (
          <div>
            <p>Người kiểm tra thứ hai</p>
            <p class="hint">(ký, ghi rõ họ tên)</p>
          </div>
        )}
        <div>
          <p>Đại diện bộ phận được kiểm tra</p>
          <p class="hint">(ký, ghi rõ họ tên)</p>
        </div>
        <div>
          <p>Thủ trưởng đơn vị</p>
          <p class="hint">(ký, ghi rõ họ tên, đóng dấu)</p>
        </div>
      </div>
    </>
  );
}

/** The codes by check: on paper no number opens anything. */
function FailedCodes({ record }: { record: SampleRecord }) {
  const lists = evaluate(record).checks.filter(({ failed }) => failed.length > 0);
  return (
    <>
      {lists.map(({ name, failed }) => (
        <p key={name} class="codes">
          <strong>{name}:</strong>{' '}
          {failed.map((code, i) => (
            <Fragment key={code}>
              {i > 0 && ', '}
              <bdi>{code}</bdi>
            </Fragment>
          ))}
        </p>
      ))}
    </>
  );
}

/**
 * Keeps the sheet beside the page while the result is shown, seen by the printer only: whatever stands on the page around it, the
 * browser's own print gives the sheet too.
 */
export function PrintSheet({ name, record }: { name: string; record: SampleRecord }) {
  const sheet = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const element = document.createElement('article');
    element.className = 'spot-sheet';
    element.setAttribute('aria-hidden', 'true');
    document.body.append(element);
    sheet.current = element;
    return () => {
      render(null, element);
      element.remove();
    };
  }, []);
  useEffect(() => {
    if (sheet.current) render(<Sheet name={name} record={record} />, sheet.current);
  }, [name, record]);
  return null;
}
