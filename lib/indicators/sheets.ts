import { parseIsoDay, startOfDay } from '../text/index.ts';
import type { ComponentResult, ComputedComponent, IndicatorReport } from './report.ts';
import type { IndicatorTable } from './table.ts';
import {
  asOfText,
  CERTAINTY_NAMES,
  countSentences,
  doubtSentences,
  forecastSentences,
  liftText,
  mendText,
  notComputedText,
  reasonText,
  totalText,
} from './words.ts';

/** A cell of a table; a moment is epoch seconds. */
export type IndicatorCell = string | number | { second: number; dayOnly?: boolean } | undefined;

export interface IndicatorSheet {
  name: string;
  columns: { header: string; width?: number }[];
  rows: IndicatorCell[][];
}

const columns = (...list: [header: string, width: number][]) => list.map(([header, width]) => ({ header, width }));
const round = (value: number) => Math.round(value * 1e6) / 1e6;
const dayCell = (iso: string): IndicatorCell => ({ second: startOfDay(parseIsoDay(iso) ?? 0) * 60, dayOnly: true });

type Row = { name: string; result: ComponentResult; group: string; component: IndicatorTable['components'][number] };

function rowsOf({ groups }: IndicatorReport, table: IndicatorTable): Row[] {
  return groups.flatMap(({ name: group, components }) =>
    components.flatMap((result) => {
      const component = table.components.find(({ id }) => id === result.id);
      return component === undefined ? [] : [{ name: component.name, result, group, component }];
    }),
  );
}

const isComputed = (row: Row): row is Row & { result: ComputedComponent } => row.result.state === 'computed';

function scores(rows: Row[]): IndicatorSheet {
  return {
    name: 'Điểm',
    columns: columns(
      ['Nhóm', 24],
      ['Mục', 8],
      ['Chỉ số', 44],
      ['Tử số', 12],
      ['Mẫu số', 12],
      ['Tỷ lệ', 10],
      ['Điểm', 10],
      ['Tối đa', 10],
      ['Chưa xét được', 14],
      ['Mục tiêu', 10],
      ['Sửa được', 40],
      ['Mức chắc chắn của điểm tối đa và ngưỡng', 30],
      ['Ghi chú', 70],
    ),
    rows: rows.map(({ group, name, component, result }) => {
      const { max, fullAt, number } = component;
      const sure = `${CERTAINTY_NAMES[max.certainty]}; ${CERTAINTY_NAMES[fullAt.certainty]}`;
      if (result.state === 'not-computed')
        return [
          group,
          number,
          name,
          undefined,
          undefined,
          undefined,
          'không tính',
          max.value,
          undefined,
          undefined,
          undefined,
          sure,
          notComputedText(result.reason),
        ];
      const notes = [max.note, fullAt.note, ...doubtSentences(result)].filter((note) => note !== undefined);
      return [
        group,
        number,
        name,
        result.passed,
        result.known,
        round(result.rate),
        round(result.score),
        max.value,
        result.unknown,
        result.target?.rate,
        mendText(result) ?? undefined,
        sure,
        notes.join(' '),
      ];
    }),
  };
}

function summary(report: IndicatorReport, table: IndicatorTable): IndicatorSheet {
  const { period, unit, lifts, forecast, of } = report;
  const lines: [string, string][] = [
    ['Kỳ', `${period.label} (tiếp nhận từ ${period.from} đến ${period.to})`],
    ['Đơn vị', unit ?? 'tất cả'],
    ['Bảng chỉ số', `${table.label}. ${table.source}`],
    ['Điểm', totalText(report)],
    ['Thời điểm xét', asOfText(report)],
    ...countSentences(report).map((text): [string, string] => ['Số hồ sơ', text]),
    ...forecastSentences(forecast, of).map((text): [string, string] => ['Dự báo', text]),
    ...lifts.map((lift): [string, string] => ['Nâng điểm', liftText(lift)]),
    ...Object.entries(table.sources).map(([letter, text]): [string, string] => [`Nguồn ${letter}`, text]),
  ];
  return { name: 'Tóm tắt', columns: columns(['Mục', 16], ['Nội dung', 110]), rows: lines };
}

function costSheet(report: IndicatorReport, rows: Row[]): IndicatorSheet {
  const costs = rows
    .filter(isComputed)
    .flatMap(({ name, result }) =>
      [...result.costs, ...result.unknowns].map((cost): IndicatorCell[] => [
        cost.code,
        name,
        reasonText(cost.why),
        cost.unit,
        cost.procedure,
        cost.day === null ? undefined : { second: startOfDay(cost.day) * 60, dayOnly: true },
      ]),
    );
  const lost = report.withoutReceipt.map(({ code, why, unit, procedure }): IndicatorCell[] => [
    code,
    'Mọi chỉ số',
    reasonText(why),
    unit,
    procedure,
  ]);
  return {
    name: 'Hồ sơ mất điểm',
    columns: columns(
      ['Mã hồ sơ', 28],
      ['Chỉ số', 36],
      ['Vì sao', 46],
      ['Đơn vị', 26],
      ['Thủ tục', 22],
      ['Ngày tiếp nhận', 14],
    ),
    rows: [...costs, ...lost],
  };
}

function daySheet(rows: Row[]): IndicatorSheet {
  return {
    name: 'Theo ngày',
    columns: columns(['Ngày tiếp nhận', 14], ['Chỉ số', 44], ['Tử số', 12], ['Mẫu số', 12]),
    rows: rows
      .filter(isComputed)
      .flatMap(({ name, result }) =>
        result.days
          .filter(({ known }) => known > 0)
          .map(({ day, passed, known }): IndicatorCell[] => [dayCell(day), name, passed, known]),
      ),
  };
}

function unitSheet({ units }: IndicatorReport, rows: Row[]): IndicatorSheet[] {
  if (units === null) return [];
  const computed = rows.filter(isComputed);
  return [
    {
      name: 'Đơn vị',
      columns: columns(
        ['Đơn vị', 40],
        ['Hồ sơ', 10],
        ['Điểm', 10],
        ['Tính được', 10],
        ...computed.map(({ name }): [string, number] => [name, 18]),
      ),
      rows: units.map(({ unit, counted, score, of, components }) => [
        unit,
        counted,
        round(score),
        of,
        ...computed.map(({ result }) => {
          const one = components[result.id];
          return one === undefined ? undefined : round(one.rate);
        }),
      ]),
    },
  ];
}

/** The report as tables: figures are numbers, days are dates, so that a monthly report can be made of it by formulas. */
export function indicatorSheets(report: IndicatorReport, table: IndicatorTable): IndicatorSheet[] {
  const rows = rowsOf(report, table);
  return [summary(report, table), scores(rows), ...unitSheet(report, rows), daySheet(rows), costSheet(report, rows)];
}
