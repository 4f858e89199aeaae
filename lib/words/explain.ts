import { type WorkTable, workingDaysBetween, workingMinutesBetween } from '../calendar/index.ts';
import {
  type ApologyState,
  type AssessContext,
  type Assessment,
  type ClockVerdict,
  countingAt,
  inputOf,
  letterNeed,
  minutesOfLimit,
  readingsOf,
  supplementExpired,
  traceDue,
} from '../deadline/index.ts';
import { statusName } from '../dossier/index.ts';
import type { Dossier, FieldGap } from '../schema/index.ts';
import { dayOf, fullDate, fullMoment, workingDuration } from '../text/index.ts';
import { longDay, longMoment } from './days.ts';
import { fieldName } from './fields.ts';
import { NO_READING, sayParting, sayReading } from './reading.ts';
import { limitWords, policyName, provisionalNote, sayTrace } from './steps.ts';
import { type StripWeek, stripOf } from './strip.ts';
import { badgeWords, CLOCK_NAMES, lookOf, reasonText } from './verdict.ts';

export interface Explanation {
  title: string;
  /** How the verdict of the badge came about, one sentence a step. */
  steps: string[];
  /** The other clocks. */
  clocks: { name: string; text: string }[];
  /** Our own count of the appointment, step by step, and its dates; null when the record does not tell enough. */
  count: { title: string; steps: string[]; strip: StripWeek[] } | null;
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

const day = (minute: number) => longDay(dayOf(minute));

function stepsOf(record: Dossier, assessment: Assessment, context: AssessContext): string[] {
  const { shown } = assessment;
  const { now, table } = context;
  const steps = [`Trạng thái: ${record.status.text || 'không rõ'}${statusNote(record)}.`];
  const add = (text: string) => steps.push(text);
  if (shown.verdict === 'unknown' && shown.reason) add(reasonText(shown.reason));
  if (shown.verdict === 'paused')
    add('Hồ sơ đang chờ công dân (bổ sung giấy tờ hoặc nộp tiền), nên không tính là quá hạn.');
  if (supplementExpired(record)) add(EXPIRED_SUPPLEMENT);
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
  const note = shown.effectiveDueAt === null ? null : provisionalNote(table, now, shown.effectiveDueAt);
  if (note) add(note);
  const apology = apologyWords(record, assessment, context);
  if (apology) add(apology);
  return steps;
}

const APOLOGY: Record<Exclude<ApologyState, 'none'>, string> = {
  warn: 'Nếu không kịp, thư xin lỗi phải gửi chậm nhất',
  'last-day': 'Nếu không kịp, hôm nay là ngày cuối để gửi thư xin lỗi: chậm nhất',
  late: 'Hạn gửi thư xin lỗi đã qua từ',
  overdue: 'Đã quá ngày hẹn; thư xin lỗi lẽ ra phải gửi chậm nhất',
};

const EXPIRED_SUPPLEMENT =
  'Hệ thống ghi đã quá hạn bổ sung giấy tờ. Hạn này nằm trong phiếu yêu cầu bổ sung, trang không cho biết, nên tiện ích không tính lại.';

/** When the apology letter is or was due, once it is near. */
function apologyWords(record: Dossier, assessment: Assessment, context: AssessContext): string | null {
  const need = letterNeed(record, assessment, context);
  if (!need || need.state === 'none') return null;
  const last = need.mayReappoint ? '' : ' Hồ sơ đã hẹn lại một lần, không được hẹn lại nữa.';
  return `${APOLOGY[need.state]} ${longMoment(need.letterDueAt)} (Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9).${last}`;
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
  const skipped = calendarDays - Math.abs(workingDaysBetween(table, dayOf(now) + 1, dayOf(due) + 1));
  const off = skipped > 0 ? `, bỏ qua ${skipped} ngày nghỉ` : '';
  const amount = `${workingDuration(left)} làm việc`;
  return left < 0
    ? `Từ hạn đến ${fullMoment(now)} đã qua ${amount} (${calendarDays} ngày lịch${off}).`
    : `Từ ${fullMoment(now)} đến hạn còn ${amount} (${calendarDays} ngày lịch${off}).`;
}

function countOf(record: Dossier, { table, rules }: AssessContext): Explanation['count'] {
  const input = inputOf(record, rules);
  if (!input) return null;
  const counting = countingAt(rules, input.receivedAt);
  const trace = traceDue(table, input, counting);
  const steps = sayTrace(trace);
  if (record.competentReceivedAt !== undefined && record.receivedAt !== undefined) {
    steps.unshift(
      `Nơi khác nhận hộ lúc ${longMoment(record.receivedAt)}; thời hạn tính từ lúc cơ quan có thẩm quyền nhận (Nghị định 309/2026/NĐ-CP, sửa Điều 17 khoản 3).`,
    );
  }
  return {
    title: `Đếm thời hạn ${limitWords(input.limit)} theo ${policyName(counting)}`,
    steps,
    strip: stripOf(trace, minutesOfLimit(input.limit, counting) !== null),
  };
}

function comparisonOf(record: Dossier, { computedDueAt, mismatch }: Assessment, context: AssessContext): string[] {
  const { table, rules } = context;
  const input = inputOf(record, rules);
  if (computedDueAt === null || !input) return [];
  const counting = countingAt(rules, input.receivedAt);
  const lines = [
    `Đếm theo ${policyName(counting)}: nhận ${fullMoment(input.receivedAt)}, thời hạn ${limitWords(input.limit)} → ${fullMoment(computedDueAt)}.`,
  ];
  const extended = record.extendedDueAt !== undefined;
  const due = record.extendedDueAt ?? record.dueAt;
  if (due === undefined) return lines;
  const difference = workingMinutesBetween(table, computedDueAt, due);
  if (mismatch !== null) {
    lines.push(
      `Lệch: hệ thống hẹn ${difference > 0 ? 'muộn' : 'sớm'} hơn ${workingDuration(difference)} làm việc. Nhãn vẫn theo ngày đã hẹn với công dân.`,
    );
  } else if (!extended) lines.push('Ngày hẹn của hệ thống khớp với cách đếm này (chênh dưới 1 ngày làm việc).');
  // An extended date was set by a person; nothing is to be explained about it.
  if (extended) return lines;
  const dayOnly = record.dayOnly.includes('dueAt');
  if (dayOnly ? dayOf(due) === dayOf(computedDueAt) : due === computedDueAt) return lines;
  const firstReceivedAt = record.competentReceivedAt === undefined ? undefined : record.receivedAt;
  const readings = readingsOf(context, input, { dueAt: due, dayOnly, firstReceivedAt });
  const [likely, ...others] = readings;
  if (likely) {
    lines.push(`Hệ thống ${sayReading(likely.reading)}: đếm như vậy ra đúng ${fullMoment(due)}.`);
    lines.push(sayParting(likely, minutesOfLimit(input.limit, counting) !== null));
    const also = [...new Set(others.map(({ reading }) => sayReading(reading)))].filter(
      (words) => words !== sayReading(likely.reading),
    );
    if (also.length > 0) lines.push(`Cũng khớp, nếu hệ thống ${also.slice(0, 2).join(', hoặc ')}.`);
  } else if (mismatch !== null) lines.push(NO_READING);
  return lines;
}

function sourcesOf(record: Dossier, { table }: AssessContext): string[] {
  const lines = [
    record.source.kind === 'json'
      ? 'Đọc từ dữ liệu mà trang đã tải, đối chiếu với màn hình.'
      : 'Đọc từ màn hình (trang không tải dữ liệu mà tiện ích đọc được).',
  ];
  if (!record.codeKnown) lines.push('Mã lạ: mã hồ sơ không theo dạng nào đã biết.');
  for (const gap of record.gaps) lines.push(`${fieldName(gap.field)}: ${GAP_WORDS[gap.reason]}.`);
  const { label, version } = table.source;
  lines.push(`Lịch làm việc: ${label}, bản ${version}.`);
  return lines;
}

/** Why a badge says what it says, in sentences a person can check on paper. */
export function explain(record: Dossier, assessment: Assessment, context: AssessContext): Explanation {
  const { shown, clocks } = assessment;
  const { now } = context;
  return {
    title: `${lookOf(shown.verdict).label}: ${badgeWords(shown, now).main}`,
    steps: stepsOf(record, assessment, context),
    clocks: clocks
      .filter((clock) => clock !== shown)
      .map((clock) => {
        const { main, when } = badgeWords(clock, now);
        const name = CLOCK_NAMES[clock.clock];
        // The name stands before it already.
        return { name, text: [main.replace(`${name}: `, ''), when].filter(Boolean).join(' · ') };
      }),
    count: countOf(record, context),
    comparison: comparisonOf(record, assessment, context),
    sources: sourcesOf(record, context),
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
    ...(explanation.count ? block(`${explanation.count.title}:`, explanation.count.steps) : []),
    ...block('Đối chiếu với hệ thống:', explanation.comparison),
    ...block('Nguồn:', explanation.sources),
  ].join('\n');
}
