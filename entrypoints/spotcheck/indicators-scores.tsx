import { useState } from 'preact/hooks';
import {
  CERTAINTY_NAMES,
  type ComponentResult,
  countText,
  doubtSentences,
  type GroupResult,
  type IndicatorComponent,
  type IndicatorReport,
  type IndicatorTable,
  mendText,
  notComputedText,
  rateText,
  scoreText,
} from '../../lib/indicators/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { type AddressOf, Behind } from './indicators-costs.tsx';

const COLUMNS = 6;

/** Groups and components with score and maximum; each figure opens the dossiers behind it. */
export function Scores({
  report,
  table,
  addressOf,
}: {
  report: IndicatorReport;
  table: IndicatorTable;
  addressOf: AddressOf;
}) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section class="card" aria-labelledby="indicator-scores">
      <h3 id="indicator-scores">Điểm theo nhóm</h3>
      <table class="scores">
        <thead>
          <tr>
            <th scope="col">Chỉ số</th>
            <th scope="col" class="number">
              Điểm
            </th>
            <th scope="col" class="number">
              Tối đa
            </th>
            <th scope="col" class="number">
              Tỷ lệ
            </th>
            <th scope="col">Hồ sơ mất điểm</th>
            <th scope="col">Nâng điểm, lưu ý</th>
          </tr>
        </thead>
        {report.groups.map((group) => (
          <tbody key={group.id}>
            <GroupRow group={group} />
            {group.components.map((result) => {
              const component = table.components.find(({ id }) => id === result.id);
              return (
                component && (
                  <Row
                    key={result.id}
                    component={component}
                    result={result}
                    open={open === result.id}
                    onOpen={() => setOpen(open === result.id ? null : result.id)}
                    addressOf={addressOf}
                  />
                )
              );
            })}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function GroupRow({ group: { name, score, of, max } }: { group: GroupResult }) {
  return (
    <tr class="group">
      <th scope="rowgroup">{name}</th>
      <td class="number">{score === null ? '–' : scoreText(score)}</td>
      <td class="number">{scoreText(max)}</td>
      <td colSpan={COLUMNS - 3}>
        {score === null ? 'không tính được từ nguồn này' : of < max ? `mới tính được ${scoreText(of)} điểm` : ''}
      </td>
    </tr>
  );
}

function Row({
  component,
  result,
  open,
  onOpen,
  addressOf,
}: {
  component: IndicatorComponent;
  result: ComponentResult;
  open: boolean;
  onOpen: () => void;
  addressOf: AddressOf;
}) {
  const { name, number, max } = component;
  if (result.state === 'not-computed')
    return (
      <tr class="not-computed">
        <th scope="row">
          {number} {name}
        </th>
        <td class="number">không tính</td>
        <td class="number">{scoreText(max.value)}</td>
        <td colSpan={COLUMNS - 3}>{notComputedText(result.reason)}</td>
      </tr>
    );
  const { score, passed, known, rate, unknown, target } = result;
  const mend = mendText(result);
  return (
    <>
      <tr>
        <th scope="row">
          {number} {name}
          <Certainty component={component} />
        </th>
        <td class="number">{scoreText(score)}</td>
        <td class="number">{scoreText(max.value)}</td>
        <td class="number">
          {rateText(rate)}
          <br />
          <span class="soft small">
            {countText(passed)}/{countText(known)}
          </span>
        </td>
        <td class="whole">
          <Button kind="small" expanded={open} onClick={onOpen}>
            {known === passed ? 'xem' : `${countText(known - passed)} hồ sơ`}
            {unknown > 0 && `, ${countText(unknown)} chưa xét được`}
            <span class="hidden"> của chỉ số {name}</span>
          </Button>
        </td>
        <td>
          {target && (
            <p class={target.met ? 'green' : 'red'}>
              {target.met ? '✓ Đạt' : '✗ Chưa đạt'} mục tiêu {rateText(target.rate)}
              {!target.met && `, thiếu ${countText(target.short)} hồ sơ`}
            </p>
          )}
          {mend !== null && <p>{mend}</p>}
          {doubtSentences(result).map((doubt) => (
            <p key={doubt} class="soft small">
              {doubt}
            </p>
          ))}
        </td>
      </tr>
      {open && (
        <tr class="behind-row">
          <td colSpan={COLUMNS}>
            <p class="soft">{component.formula}</p>
            <Behind result={result} addressOf={addressOf} />
          </td>
        </tr>
      )}
    </>
  );
}

/** How sure points and threshold are, where they are not sure. */
function Certainty({ component: { max, fullAt } }: { component: IndicatorComponent }) {
  const doubtful = [max, fullAt].filter(({ certainty }) => certainty === 'unsure' || certainty === 'conflict');
  if (doubtful.length === 0) return null;
  return (
    <details class="small">
      <summary>{doubtful.map(({ certainty }) => CERTAINTY_NAMES[certainty]).join(', ')}</summary>
      {doubtful.map(({ note }) => note && <p key={note}>{note}</p>)}
    </details>
  );
}
