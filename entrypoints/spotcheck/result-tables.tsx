import {
  type CheckResult,
  countText,
  type Estimate,
  type Interval,
  intervalText,
  rateSentence,
  rateText,
  type SampleRecord,
  type SampleResult,
  untoldRange,
} from '../../lib/sampling/index.ts';
import { Count, type OpenList } from './result-list.tsx';

/** Tables of figures, the same on the screen and on paper; `onOpen` is left out on paper. */
export interface TableProps {
  record: SampleRecord;
  result: SampleResult;
  onOpen?: OpenList;
}

const NOTHING = '–';
const interval = (value: Interval | undefined | null) => (value ? intervalText(value) : NOTHING);

function Intervals({ estimate }: { estimate: Estimate | null }) {
  return (
    <>
      <td class="figure">
        <strong>{estimate ? rateText(estimate.rate) : NOTHING}</strong>
      </td>
      <td class="figure span">{interval(estimate?.wilson)}</td>
      <td class="figure span">{interval(estimate?.exact)}</td>
    </>
  );
}

const INTERVAL_HEADS = (
  <>
    <th scope="col">Tỷ lệ đạt</th>
    <th scope="col">Khoảng để xem (Wilson)</th>
    <th scope="col">Khoảng để quyết định (Clopper–Pearson)</th>
  </>
);
const COUNT_HEADS = (
  <>
    <th scope="col">Đạt</th>
    <th scope="col">Không đạt</th>
    <th scope="col">Không kết luận</th>
    <th scope="col">Chưa kiểm tra</th>
  </>
);

/** Dossiers of a check that are open, by stratum or in all; none once the result is signed off. */
function openCodes({ units, signedOffAt }: SampleRecord, check: string): string[] {
  if (signedOffAt !== null) return [];
  return units.flatMap(({ code, unavailable, first }) => (unavailable === null && !first[check] ? [code] : []));
}

function Counts({
  record,
  check,
  stratum,
  passed,
  onOpen,
}: {
  record: SampleRecord;
  check: CheckResult;
  stratum: string | null;
  passed: number;
  onOpen: OpenList | undefined;
}) {
  const inside = (codes: readonly string[]) => {
    if (stratum === null) return codes;
    const own = new Set(record.units.flatMap((unit) => (unit.stratum === stratum ? [unit.code] : [])));
    return codes.filter((code) => own.has(code));
  };
  const of = stratum === null || stratum === '' ? '' : `, nhóm «${stratum}»`;
  const cells = [
    ['không đạt', check.failed],
    ['không kết luận', check.unknown],
    ['chưa kiểm tra', openCodes(record, check.name)],
  ] as const;
  return (
    <>
      <td class="figure">{countText(passed)}</td>
      {cells.map(([words, codes]) => (
        <td key={words} class="figure">
          <Count
            listed={{ title: `${check.name}: ${words}${of}`, codes: inside(codes), check: check.name }}
            onOpen={onOpen}
          />
        </td>
      ))}
    </>
  );
}

/** A line a check: the rate of the whole list and what it rests on. */
export function Rates({ record, result, onOpen }: TableProps) {
  const { checks, confidence } = result;
  const untold = checks.some(({ strata }) => strata.some(({ unknown, open }) => unknown + open > 0));
  return (
    <table class="figures">
      <thead>
        <tr>
          <th scope="col">Mục kiểm tra</th>
          {INTERVAL_HEADS}
          {COUNT_HEADS}
        </tr>
      </thead>
      {checks.map((check) => (
        <tbody key={check.name}>
          <tr>
            <th scope="row">{check.name}</th>
            <Intervals estimate={check.total} />
            <Counts
              record={record}
              check={check}
              stratum={null}
              passed={check.strata.reduce((sum, { passed }) => sum + passed, 0)}
              onOpen={onOpen}
            />
          </tr>
          <tr class="sentence">
            <td colSpan={8}>
              {rateSentence(check, confidence)}
              {untold && <Untold check={check} confidence={confidence} />}
            </td>
          </tr>
        </tbody>
      ))}
    </table>
  );
}

/** What the rate would be, whatever is behind what is not told; both kinds apart. */
function Untold({ check, confidence }: { check: CheckResult; confidence: number }) {
  const { total, open } = check;
  if (!total) return null;
  const whole = open > 0 ? untoldRange(check, confidence) : null;
  return (
    <>
      {total.unknown > 0 && (
        <>
          {' '}
          Nếu {countText(total.unknown)} hồ sơ không kết luận đều không đạt hoặc đều đạt, tỷ lệ ước tính là{' '}
          {intervalText(total.range)}.
        </>
      )}
      {whole && (
        <>
          {' '}
          Kể cả {countText(open)} hồ sơ chưa kiểm tra: {intervalText(whole)}.
        </>
      )}
    </>
  );
}

/** One check by stratum, and the weighted whole. */
export function GroupTable({ record, check, onOpen }: { record: SampleRecord; check: CheckResult; onOpen?: OpenList }) {
  const { strata, total } = check;
  return (
    <table class="figures">
      <thead>
        <tr>
          <th scope="col">Nhóm</th>
          <th scope="col">Hồ sơ của nhóm</th>
          {INTERVAL_HEADS}
          {COUNT_HEADS}
        </tr>
      </thead>
      <tbody>
        {strata.map(({ name, count, estimate, passed }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="figure">{countText(count)}</td>
            <Intervals estimate={estimate} />
            <Counts record={record} check={check} stratum={name} passed={passed} onOpen={onOpen} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Cả danh sách (theo tỷ trọng)</th>
          <td class="figure">{countText(record.population.count)}</td>
          <Intervals estimate={total} />
          <Counts
            record={record}
            check={check}
            stratum={null}
            passed={strata.reduce((sum, { passed }) => sum + passed, 0)}
            onOpen={onOpen}
          />
        </tr>
      </tfoot>
    </table>
  );
}
