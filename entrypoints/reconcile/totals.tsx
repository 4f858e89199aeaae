import { type ReconcileReport, type Side, sideName } from '../../lib/reconcile/index.ts';

const number = new Intl.NumberFormat('vi-VN');

/** Every row of every side is in one of three columns, and the columns add up. */
export function Totals({ report, asked }: { report: ReconcileReport; asked: readonly Side[] }) {
  return (
    <div class="card">
      <h2 id="results-title">Kết quả đối soát</h2>
      <table class="totals">
        <thead>
          <tr>
            <th scope="col">Bên</th>
            <th scope="col">Số dòng</th>
            <th scope="col">Khớp</th>
            <th scope="col">Lệch</th>
            <th scope="col">Chỉ để biết</th>
          </tr>
        </thead>
        <tbody>
          {asked.map((side) => {
            const totals = report.totals[side];
            return (
              <tr key={side}>
                <th scope="row">{sideName(side)}</th>
                {[totals?.total, totals?.matched, totals?.different, totals?.excluded].map((count, i) => (
                  <td key={i}>{number.format(count ?? 0)}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="soft">{report.sum}</p>
    </div>
  );
}
