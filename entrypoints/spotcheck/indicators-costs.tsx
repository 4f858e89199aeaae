import { useState } from 'preact/hooks';
import { type ComputedComponent, type Cost, countText, type Reason, reasonText } from '../../lib/indicators/index.ts';
import { fullDate, startOfDay } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';

const SHOWN = 50;

export type AddressOf = (code: string) => string | null;

/** Dossiers by code, each with why it is here; opens in the city system where its address is known. */
export function CostTable({
  caption,
  costs,
  count,
  addressOf,
}: {
  caption: string;
  costs: readonly Cost[];
  /** All of them; `costs` may hold the first only. */
  count: number;
  addressOf: AddressOf;
}) {
  const [shown, setShown] = useState(SHOWN);
  if (costs.length === 0) return null;
  const rows = costs.slice(0, shown);
  return (
    <>
      <table class="costs">
        <caption>
          {caption}: {countText(count)} hồ sơ
          {count > costs.length && `, ở đây là ${countText(costs.length)} mã đầu`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Mã hồ sơ</th>
            <th scope="col">Vì sao</th>
            <th scope="col">Đơn vị</th>
            <th scope="col">Thủ tục</th>
            <th scope="col">Tiếp nhận</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((cost, i) => {
            const address = addressOf(cost.code);
            return (
              <tr key={`${cost.code} ${i}`}>
                <th scope="row">
                  {address === null ? (
                    <bdi>{cost.code}</bdi>
                  ) : (
                    <a href={address} target="_blank" rel="noreferrer" title="Mở trong hệ thống Thành phố">
                      <bdi>{cost.code}</bdi>
                    </a>
                  )}
                </th>
                <td>{reasonText(cost.why)}</td>
                <td>{cost.unit}</td>
                <td>{cost.procedure}</td>
                <td>{cost.day === null ? '' : fullDate(startOfDay(cost.day))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {shown < costs.length && (
        <Button kind="small" onClick={() => setShown(shown + SHOWN)}>
          Hiện thêm {Math.min(SHOWN, costs.length - shown)} hồ sơ
        </Button>
      )}
    </>
  );
}

/** Everything behind one figure: how many for each reason, and the dossiers. */
export function Behind({ result, addressOf }: { result: ComputedComponent; addressOf: AddressOf }) {
  const { reasons, costs, unknowns, known, passed, unknown } = result;
  return (
    <div class="behind">
      <ul class="bullets">
        {Object.entries(reasons).map(([reason, count]) => (
          <li key={reason}>
            {countText(count)} hồ sơ {reasonText(reason as Reason)}
          </li>
        ))}
      </ul>
      {known === passed && <p>Không hồ sơ nào mất điểm ở chỉ số này.</p>}
      <CostTable caption="Mất điểm" costs={costs} count={known - passed} addressOf={addressOf} />
      <CostTable caption="Chưa xét được" costs={unknowns} count={unknown} addressOf={addressOf} />
    </div>
  );
}
