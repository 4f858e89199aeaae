import { CHANGES, type Change, type ReportComparison } from '../compare.ts';
import type { Bucket, ReconcileReport } from '../report.ts';
import { DIFFERENCE_CLASSES, type Difference, type Finding, SIDES } from '../types.ts';
import { dayText } from '../values.ts';
import { causeName, className, fixName, ruleName, sideName } from '../words.ts';
import { partitionText } from './cells.ts';
import type { Recheck } from './gather.ts';

/** A cell of a table; a moment is epoch seconds. */
export type SheetCell = string | number | { second: number; dayOnly?: boolean } | undefined;

/** A table of the report, for .xlsx and .csv. */
export interface Sheet {
  name: string;
  columns: { header: string; width?: number }[];
  rows: SheetCell[][];
}

/** What a job can say besides the report itself. */
export interface SheetExtras {
  notes: readonly string[];
  rechecks: readonly Recheck[];
  comparison?: ReportComparison;
}

const OUTCOMES: Record<Difference['outcome'], string> = { different: 'lệch', excluded: 'chỉ để biết' };
const CHANGE_NAMES: Record<Change, string> = {
  fresh: 'mới',
  cured: 'đã hết',
  still: 'vẫn còn',
  undecided: 'chưa kết luận được',
};

const isoText = (day = ''): string => (day === '' ? '' : dayText(Date.parse(`${day}T00:00:00Z`) / 86_400_000));
const columns = (...list: [header: string, width: number][]) => list.map(([header, width]) => ({ header, width }));

export const findingColumns: Sheet['columns'] = columns(
  ['Mã hồ sơ', 28],
  ['Loại sai khác', 26],
  ['Kết luận', 12],
  ['Đơn vị', 20],
  ['Thủ tục', 18],
  ['Ngày tiếp nhận', 14],
  ['Hệ thống TTHC Thành phố', 34],
  ['Cổng DVCQG', 34],
  ['LGSP-HCM', 34],
  ['Nguyên nhân', 40],
  ['Cách xử lý', 40],
  ['Gửi lại được', 12],
  ['Quy tắc', 40],
);

const findingRow = (one: Difference, { values, rule, cause, fix, curable, ...finding }: Finding): SheetCell[] => [
  one.code,
  className(finding.class),
  OUTCOMES[one.outcome],
  one.unit,
  one.procedure,
  isoText(one.day),
  values.city,
  values.national,
  values.lgsp,
  cause && causeName(cause),
  fixName(fix),
  curable ? 'có' : 'không',
  ruleName(rule),
];

/** One row for each thing that differs, by dossier. */
export const findingRows = ({ differences }: Pick<ReconcileReport, 'differences'>): SheetCell[][] =>
  differences.flatMap((one) => one.findings.map((finding) => findingRow(one, finding)));

/** The random check as a sentence: how much may have changed unseen. */
export function recheckSentence({ side, unchanged, sampled, changed, undetected }: Recheck): string {
  const share =
    unchanged > sampled ? ` (${((100 * undetected) / (unchanged - sampled)).toFixed(1).replace('.', ',')} %)` : '';
  return (
    `${sideName(side)}: ${unchanged} hồ sơ không đổi từ lần trước; hỏi lại ngẫu nhiên ${sampled}, trong đó ${changed} đã đổi. ` +
    `Với độ tin cậy 95 %, không quá ${undetected} hồ sơ khác${share} đã đổi mà lần này chưa thấy.`
  );
}

function summary(report: ReconcileReport, { notes, rechecks }: SheetExtras): SheetCell[][] {
  const { period, units, sum, byClass, totals, rules, now } = report;
  const days = period ? `${isoText(period.from)} – ${isoText(period.to)}` : 'không rõ';
  return [
    ['Thời điểm đối soát', { second: now }],
    ['Ngày tiếp nhận', days],
    ['Đơn vị', units.length > 20 ? `${units.length} đơn vị` : units.join(', ')],
    ['Bộ quy tắc', rules],
    ['Cộng sổ', sum],
    ...SIDES.flatMap((side): SheetCell[][] => {
      const one = totals[side];
      return one ? [[sideName(side), one.total, one.matched, one.different, one.excluded]] : [];
    }),
    ...DIFFERENCE_CLASSES.flatMap((name): SheetCell[][] => (byClass[name] ? [[className(name), byClass[name]]] : [])),
    ...rechecks.map((recheck) => ['Hỏi lại ngẫu nhiên', recheckSentence(recheck)]),
    ...notes.map((note) => ['Lưu ý', note]),
    ...(report.notDone.length > 0
      ? [['Chưa làm xong', `${report.notDone.length} phần, xem bảng «Chưa làm xong»`]]
      : []),
  ];
}

function bucketSheet(name: string, head: string, buckets: readonly Bucket[], text: (key: string) => string): Sheet {
  const classes = DIFFERENCE_CLASSES.filter((one) => buckets.some((bucket) => bucket.classes[one]));
  return {
    name,
    columns: columns(
      [head, 20],
      ['Lệch', 10],
      ['Chỉ để biết', 12],
      ...classes.map((one): [string, number] => [className(one), 16]),
    ),
    rows: buckets.map(({ key, different, excluded, classes: counts }) => [
      text(key),
      different,
      excluded,
      ...classes.map((one) => counts[one] ?? 0),
    ]),
  };
}

/** The report as tables: what a ward sends on as its monthly report. */
export function reportSheets(report: ReconcileReport, extras: SheetExtras): Sheet[] {
  const { comparison } = extras;
  const sheets: Sheet[] = [
    {
      name: 'Tổng hợp',
      columns: columns(['Mục', 34], ['Giá trị / tổng số dòng', 60], ['Khớp', 10], ['Lệch', 10], ['Chỉ để biết', 12]),
      rows: summary(report, extras),
    },
    { name: 'Sai khác', columns: findingColumns, rows: findingRows(report) },
    bucketSheet('Theo ngày', 'Ngày tiếp nhận', report.byDay, (day) => isoText(day) || 'không rõ'),
    bucketSheet('Theo đơn vị', 'Đơn vị', report.byUnit, (unit) => unit || 'không rõ'),
    {
      name: 'Không đọc được',
      columns: columns(['Hệ thống', 26], ['Chỗ', 30], ['Mã hồ sơ', 28], ['Vì sao', 60]),
      rows: report.unreadable.map(({ side, at, code, reason }) => [sideName(side), at, code, reason]),
    },
    {
      name: 'Chưa làm xong',
      columns: columns(['Hệ thống', 26], ['Phần', 40], ['Số hồ sơ', 10], ['Vì sao', 60]),
      rows: report.notDone.map(({ side, partition, dossiers, message }) => [
        sideName(side),
        partitionText(partition),
        dossiers ?? 'cả phần',
        message,
      ]),
    },
  ];
  if (comparison)
    sheets.push({
      name: 'So với lần trước',
      columns: columns(
        ['Thay đổi', 20],
        ['Mã hồ sơ', 28],
        ['Loại sai khác', 26],
        ['Đơn vị', 20],
        ['Ngày tiếp nhận', 14],
      ),
      rows: CHANGES.flatMap((change) =>
        comparison[change].map(({ code, finding, unit, day }) => [
          CHANGE_NAMES[change],
          code,
          className(finding.class),
          unit,
          isoText(day),
        ]),
      ),
    });
  return sheets.filter(({ name, rows }) => rows.length > 0 || name === 'Tổng hợp' || name === 'Sai khác');
}
