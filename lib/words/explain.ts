import { type WorkTable, workingMinutesBetween } from '../calendar/index.ts';
import type { Assessment, ClockVerdict } from '../deadline/index.ts';
import { statusName } from '../dossier/index.ts';
import type { Dossier, FieldGap } from '../schema/index.ts';
import { dayOf, fullDate, fullMoment, weekdayName, weekdayOf, workingDuration } from '../text/index.ts';
import { fieldName } from './fields.ts';
import { badgeWords, CLOCK_NAMES, lookOf, reasonText } from './verdict.ts';

export interface Explanation {
  title: string;
  /** How the verdict of the badge came about, one sentence a step. */
  steps: string[];
  /** The other clocks. */
  clocks: { name: string; text: string }[];
  /** The system's date against ours. */
  comparison: string[];
  /** Where the facts come from and what is missing. */
  sources: string[];
}

const GAP_WORDS: Record<FieldGap['reason'], string> = {
  absent: 'hệ thống không có',
  'no-column': 'bảng không có cột này',
  unreadable: 'có chữ nhưng không đọc được thành ngày',
  'not-shown': 'trang này không hiện',
  conflict: 'dữ liệu của trang và màn hình khác nhau; lấy theo màn hình',
};

const day = (minute: number) => `${weekdayName(weekdayOf(dayOf(minute)))} ${fullDate(minute)}`;

function limitWords(record: Dossier): string {
  const { limit } = record;
  if (!limit) return '';
  const value = String(limit.value).replace('.', ',');
  return limit.unit === 'hour'
    ? `${value} giờ làm việc`
    : limit.unit === 'workday'
      ? `${value} ngày làm việc`
      : `${value} ngày`;
}

function stepsOf(record: Dossier, { shown }: Assessment, now: number, table: WorkTable): string[] {
  const steps = [`Trạng thái: ${record.status.text || 'không rõ'}${statusNote(record)}.`];
  const add = (text: string) => steps.push(text);
  if (shown.verdict === 'unknown' && shown.reason) add(reasonText(shown.reason));
  if (shown.verdict === 'paused')
    add('Hồ sơ đang chờ công dân (bổ sung giấy tờ hoặc nộp tiền), nên không tính là quá hạn.');
  if (shown.verdict === 'awaiting-pickup') add('Kết quả đã có, đang chờ công dân đến nhận: không tính là quá hạn.');
  if (shown.clock === 'acceptance' && record.submittedAt !== undefined && shown.dueAt !== null) {
    add(`Nộp trực tuyến lúc ${fullMoment(record.submittedAt)}.`);
    add(
      'Hồ sơ trực tuyến phải được tiếp nhận trong 1 ngày làm việc, không tính ngày nộp (Nghị định 118/2025/NĐ-CP, Điều 17, 18).',
    );
    add(`Hạn tiếp nhận: hết giờ làm việc ${day(shown.dueAt)}.`);
  } else if (shown.clock === 'step' && shown.dueAt !== null) {
    add(
      `Bước «${record.step?.name ?? 'hiện tại'}» phải xong lúc ${fullMoment(shown.dueAt)}. Đây là hạn trong nội bộ, không phải ngày hẹn với công dân.`,
    );
  } else if (shown.dueAt !== null && shown.verdict !== 'not-started') {
    const extended = record.extendedDueAt !== undefined;
    const dateOnly = record.dayOnly.includes(extended ? 'extendedDueAt' : 'dueAt');
    add(
      extended && record.dueAt !== undefined
        ? `Hệ thống hẹn trả ${fullMoment(shown.dueAt)} (đã gia hạn; lần đầu hẹn ${fullDate(record.dueAt)}).`
        : `Hệ thống hẹn trả ${fullMoment(shown.dueAt)}.`,
    );
    if (dateOnly) add('Trang chỉ ghi ngày, không ghi giờ: tính đến hết giờ làm việc của ngày đó.');
    if (shown.effectiveDueAt !== null && shown.effectiveDueAt !== shown.dueAt) {
      add(
        `Ngày hẹn rơi vào ngày nghỉ: hạn kết thúc vào hết giờ làm việc ${day(shown.effectiveDueAt)} (Bộ luật Dân sự 2015, Điều 148 khoản 5).`,
      );
    }
  }
  if (shown.left !== null && shown.effectiveDueAt !== null) add(countWords(record, shown, now, table));
  return steps;
}

function statusNote(record: Dossier): string {
  const { code, text } = record.status;
  if (code === 'unknown') return ' (chưa có trong danh mục trạng thái)';
  const name = statusName(code);
  return name.toLowerCase() === text.toLowerCase() ? '' : ` (${name})`;
}

function countWords(record: Dossier, shown: ClockVerdict, now: number, table: WorkTable): string {
  const left = shown.left ?? 0;
  if (shown.verdict === 'finished-on-time' || shown.verdict === 'finished-late') {
    const end = record.completedAt ?? record.returnedAt ?? now;
    const late = shown.verdict === 'finished-late';
    return `Xong ngày ${fullDate(end)}: ${late ? 'trễ' : 'trước hạn'} ${workingDuration(left)} làm việc.`;
  }
  const due = shown.effectiveDueAt ?? now;
  const calendarDays = Math.abs(dayOf(due) - dayOf(now));
  const skipped = calendarDays - Math.abs(workingDays(table, now, due));
  const off = skipped > 0 ? `, bỏ qua ${skipped} ngày nghỉ` : '';
  const amount = `${workingDuration(left)} làm việc`;
  return left < 0
    ? `Từ hạn đến ${fullMoment(now)} đã qua ${amount} (${calendarDays} ngày lịch${off}).`
    : `Từ ${fullMoment(now)} đến hạn còn ${amount} (${calendarDays} ngày lịch${off}).`;
}

/** Working days between two moments, by date, the first not counted. */
function workingDays(table: WorkTable, a: number, b: number): number {
  const from = Math.min(dayOf(a), dayOf(b)) - table.firstDay + 1;
  const to = Math.max(dayOf(a), dayOf(b)) - table.firstDay + 1;
  const at = (i: number) => table.daysBefore[Math.max(0, Math.min(table.days, i))] as number;
  return at(to) - at(from);
}

function comparisonOf(record: Dossier, { computedDueAt, mismatch }: Assessment, table: WorkTable): string[] {
  const received = record.competentReceivedAt ?? record.receivedAt;
  if (computedDueAt === null || received === undefined) return [];
  const lines = [
    `Đếm theo luật: nhận ${fullMoment(received)}, thời hạn ${limitWords(record)}, không tính ngày nhận → ${fullMoment(computedDueAt)}.`,
  ];
  const due = record.extendedDueAt ?? record.dueAt;
  if (due === undefined) return lines;
  const difference = workingMinutesBetween(table, computedDueAt, due);
  if (mismatch !== null) {
    lines.push(
      `Lệch: hệ thống hẹn ${difference > 0 ? 'muộn' : 'sớm'} hơn ${workingDuration(difference)} làm việc. Nhãn vẫn theo ngày đã hẹn với công dân.`,
    );
  } else if (record.extendedDueAt === undefined)
    lines.push('Ngày hẹn của hệ thống khớp với cách đếm này (chênh dưới 1 ngày làm việc).');
  return lines;
}

function sourcesOf(record: Dossier, assessment: Assessment, table: WorkTable): string[] {
  const lines = [
    record.source.kind === 'json'
      ? 'Đọc từ dữ liệu mà trang đã tải, đối chiếu với màn hình.'
      : 'Đọc từ màn hình (trang không tải dữ liệu mà tiện ích đọc được).',
  ];
  if (!record.codeKnown) lines.push('Mã lạ: mã hồ sơ không theo dạng nào đã biết.');
  for (const gap of record.gaps) lines.push(`${fieldName(gap.field)}: ${GAP_WORDS[gap.reason]}.`);
  const { calendar } = table;
  lines.push(`Lịch làm việc: ${calendar.label}, bản ${calendar.version}.`);
  if (assessment.coverage === 'provisional') {
    lines.push('Năm này chưa có thông báo lịch nghỉ chính thức: ngày nghỉ còn tạm tính, hạn có thể xê dịch.');
  }
  return lines;
}

/** Why a badge says what it says, in sentences a person can check on paper. `now` is epoch minutes. */
export function explain(record: Dossier, assessment: Assessment, table: WorkTable, now: number): Explanation {
  const { shown, clocks } = assessment;
  return {
    title: `${lookOf(shown.verdict).label}: ${badgeWords(shown, now).main}`,
    steps: stepsOf(record, assessment, now, table),
    clocks: clocks
      .filter((clock) => clock !== shown)
      .map((clock) => {
        const { main, when } = badgeWords(clock, now);
        const name = CLOCK_NAMES[clock.clock];
        // The name stands before it already.
        return { name, text: [main.replace(`${name}: `, ''), when].filter(Boolean).join(' · ') };
      }),
    comparison: comparisonOf(record, assessment, table),
    sources: sourcesOf(record, assessment, table),
  };
}

/** The explanation as plain text for the clipboard. Holds the code, no person. */
export function explanationText(record: Dossier, explanation: Explanation): string {
  const block = (title: string, lines: string[]) =>
    lines.length > 0 ? [title, ...lines.map((line) => `- ${line}`)] : [];
  return [
    `Hồ sơ ${record.code}`,
    explanation.title,
    ...block('Cách tính:', explanation.steps),
    ...block(
      'Các hạn khác:',
      explanation.clocks.map((clock) => `${clock.name}: ${clock.text}`),
    ),
    ...block('Đối chiếu:', explanation.comparison),
    ...block('Nguồn:', explanation.sources),
  ].join('\n');
}
