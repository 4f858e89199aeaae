import type { OutCell, OutSheet } from '../../connectors/files/index.ts';
import {
  DECISION_WORDS,
  type Decision,
  differenceSentence,
  type Estimate,
  evaluate,
  findingsOf,
  type Interval,
  rateSentence,
  type SampleRecord,
  type SampleResult,
  verdictSentence,
} from '../../lib/sampling/index.ts';
import { NO_CAUSE, NO_PROCEDURE } from './result-findings.tsx';
import { methodOf } from './result-method.ts';

type Columns = readonly (readonly [header: string, width: number])[];
const columnsOf = (columns: Columns) => columns.map(([header, width]) => ({ header, width }));

/** Per cent as a number for formulas; four digits are more than any sample can tell. */
const percent = (rate: number | null | undefined): OutCell =>
  rate === null || rate === undefined ? null : Math.round(rate * 1e6) / 1e4;
const ends = (interval: Interval | undefined): OutCell[] => [percent(interval?.[0]), percent(interval?.[1])];

const COUNTS: Columns = [
  ['Đạt', 10],
  ['Không đạt', 10],
  ['Không kết luận', 12],
  ['Chưa kiểm tra', 12],
];
const RATES: Columns = [
  ['Tỷ lệ đạt (%)', 12],
  ['Để xem: từ (%)', 12],
  ['Để xem: đến (%)', 12],
  ['Để quyết định: từ (%)', 14],
  ['Để quyết định: đến (%)', 14],
  ['Không kết luận đều không đạt (%)', 18],
  ['Không kết luận đều đạt (%)', 18],
];
const ratesOf = (estimate: Estimate | null): OutCell[] => [
  percent(estimate?.rate),
  ...ends(estimate?.wilson),
  ...ends(estimate?.exact),
  ...ends(estimate?.range),
];

function resultSheet(record: SampleRecord, { checks, confidence }: SampleResult): OutSheet {
  return {
    name: 'Kết quả',
    columns: columnsOf([
      ['Mục kiểm tra', 40],
      ...COUNTS,
      ...RATES,
      ['Đã khai (%)', 12],
      ['Chênh lệch (điểm)', 12],
      ['Chênh lệch: từ', 12],
      ['Chênh lệch: đến', 12],
      ['Hai người cùng kiểm tra', 14],
      ['Thống nhất', 12],
      ['Kappa', 10],
      ['Nghĩa là', 60],
      ['Về số đã khai', 60],
      ['Theo phương án chấp nhận', 50],
    ]),
    rows: checks.map((check) => {
      const { name, total, strata, failed, unknown, open, difference, agreement } = check;
      const passed = strata.reduce((sum, stratum) => sum + stratum.passed, 0);
      return [
        name,
        passed,
        failed.length,
        unknown.length,
        open,
        ...ratesOf(total),
        percent(record.checks.find((one) => one.name === name)?.declared),
        percent(difference?.value),
        ...ends(difference?.interval),
        agreement?.both,
        agreement?.agreed,
        agreement?.kappa,
        rateSentence(check, confidence),
        differenceSentence(check, confidence),
        verdictSentence(check, record),
      ];
    }),
  };
}

function groupSheet({ checks }: SampleResult): OutSheet {
  return {
    name: 'Theo nhóm',
    columns: columnsOf([['Mục kiểm tra', 40], ['Nhóm', 30], ['Hồ sơ của nhóm', 12], ...COUNTS, ...RATES]),
    rows: checks.flatMap(({ name, strata }) =>
      strata.map((stratum) => [
        name,
        stratum.name === '' ? '(không chia nhóm)' : stratum.name,
        stratum.count,
        stratum.passed,
        stratum.failed,
        stratum.unknown,
        stratum.open,
        ...ratesOf(stratum.estimate),
      ]),
    ),
  };
}

function decided(decision: Decision | null | undefined, open: string): string {
  return decision ? DECISION_WORDS[decision] : open;
}

function sampleSheet({ checks, units, signedOffAt }: SampleRecord): OutSheet {
  const second = units.some((unit) => unit.second !== null);
  const open = signedOffAt === null ? 'chưa kiểm tra' : 'chưa kiểm tra (tính là không kết luận)';
  return {
    name: 'Danh sách mẫu',
    columns: columnsOf([
      ['Mã hồ sơ', 28],
      ['Nhóm', 24],
      ['Thứ tự trong nhóm', 10],
      ['Thủ tục', 40],
      ['Không mở được (lý do)', 30],
      ...checks.flatMap(
        ({ name }, i): Columns => [
          [`${i + 1}. ${name}`, 20],
          [`${i + 1}. Nguyên nhân`, 30],
          ...(second ? ([[`${i + 1}. Người thứ hai`, 16]] as const) : []),
        ],
      ),
      ['Ghi chú', 50],
    ]),
    rows: units.map((unit) => {
      const { code, stratum, rank, procedure, unavailable, first, causes, note } = unit;
      const there = unavailable === null;
      const decisions = checks.flatMap(({ name }): OutCell[] => [
        there ? decided(first[name], open) : null,
        causes[name],
        ...(second ? [there ? decided(unit.second?.[name], '') : null] : []),
      ]);
      return [code, stratum, rank, procedure, unavailable, ...decisions, note];
    }),
  };
}

/** One row a dossier and check that failed, then how often each cause and procedure did: to be filtered and counted again. */
function findingSheets(record: SampleRecord): OutSheet[] {
  const { causes, procedures } = findingsOf(record);
  const units = new Map(record.units.map((unit) => [unit.code, unit]));
  return [
    {
      name: 'Lỗi',
      columns: columnsOf([
        ['Mục kiểm tra', 40],
        ['Nguyên nhân', 40],
        ['Mã hồ sơ', 28],
        ['Nhóm', 24],
        ['Thủ tục', 40],
        ['Ghi chú', 50],
      ]),
      rows: causes.flatMap(({ check, cause, codes }) =>
        codes.map((code) => {
          const unit = units.get(code);
          return [check, cause ?? NO_CAUSE, code, unit?.stratum, unit?.procedure, unit?.note];
        }),
      ),
    },
    {
      name: 'Lỗi theo thủ tục',
      columns: columnsOf([
        ['Thủ tục', 50],
        ['Hồ sơ không đạt', 14],
        ['Hồ sơ trong mẫu', 14],
      ]),
      rows: procedures.map(({ procedure, looked, codes }) => [procedure ?? NO_PROCEDURE, codes.length, looked]),
    },
  ];
}

/** The result as a workbook: figures are numbers, and what is needed to draw the sample again stands on a sheet of its own. */
export function resultSheets(record: SampleRecord): OutSheet[] {
  const result = evaluate(record);
  return [
    resultSheet(record, result),
    groupSheet(result),
    sampleSheet(record),
    ...findingSheets(record),
    {
      name: 'Phương pháp',
      columns: columnsOf([
        ['Nội dung', 30],
        ['Giá trị', 90],
      ]),
      rows: methodOf(record),
    },
  ];
}
