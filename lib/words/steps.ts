import type { WorkTable } from '../calendar/index.ts';
import { type Closed, policyById, type Step, SUPPLEMENTS, type Trace } from '../deadline/index.ts';
import type { Counting, DossierLimit } from '../schema/index.ts';
import { dayOf, startOfDay, timeOf, workingDuration } from '../text/index.ts';
import { dayRange, longDay, longMoment, plainDay, sentence } from './days.ts';

const CLOSED: Record<Closed, string> = {
  'before-opening': 'trước giờ làm việc',
  break: 'vào giờ nghỉ giữa buổi',
  'after-close': 'sau giờ làm việc',
  'day-off': 'vào ngày nghỉ',
};

const UNITS: Record<DossierLimit['unit'], string> = {
  workday: 'ngày làm việc',
  hour: 'giờ làm việc',
  calendarDay: 'ngày',
  month: 'tháng',
  year: 'năm',
};

/** "5 ngày làm việc", "trong ngày". */
export function limitWords({ value, unit }: DossierLimit): string {
  return unit === 'workday' && value <= 0 ? 'trong ngày' : `${String(value).replace('.', ',')} ${UNITS[unit]}`;
}

/** Name of a way of counting: "Bộ luật Dân sự", "Đếm theo giờ". */
export function policyName({ policy, dayZero }: Pick<Counting, 'policy' | 'dayZero'>): string {
  const name = policyById(policy)?.name ?? policy;
  return dayZero === 'receipt-date' ? `${name}, tính theo ngày ghi nhận` : name;
}

/** Ordinary weekends in one sentence: a long limit would otherwise say little else. */
function weekends(steps: readonly Step[]): string {
  const days: number[] = [];
  for (const step of steps) {
    if (step.kind !== 'skipped' || step.why !== null) continue;
    for (let day = step.from; day <= step.to; day++) days.push(day);
  }
  const last = days.at(-1) ?? 0;
  const names = days.length <= 8 ? days.map((day) => plainDay(day, last)).join(', ') : dayRange(days[0] ?? 0, last);
  return `Không đếm ${days.length} ngày nghỉ hằng tuần: ${names}.`;
}

const clock = (minute: number) => timeOf(startOfDay(0) + minute);

function say(step: Step, { counting }: Trace): string {
  switch (step.kind) {
    case 'received':
      return `Nhận lúc ${longMoment(step.at)}.`;
    case 'restart':
      return `Nhận đủ hồ sơ bổ sung lúc ${longMoment(step.at)}: thời hạn tính lại từ đầu (${lawOfSupplement(counting)}).`;
    case 'opening':
      return `Lúc đó là ${CLOSED[step.closed]}: tính như nhận lúc ${longMoment(step.at)}.`;
    case 'day-zero':
      return step.dayZero === 'effective'
        ? `Không tính ngày nhận, ${longDay(step.day)} (Bộ luật Dân sự 2015, Điều 147 khoản 2, 3).`
        : `Không tính ngày ghi nhận, ${longDay(step.day)}, dù có là ngày nghỉ.`;
    case 'cutoff':
      return step.late
        ? `Thủ tục trả trong ngày, nhưng nhận từ ${clock(step.cutoff)} trở đi: trả trong ngày làm việc tiếp theo.`
        : `Thủ tục trả trong ngày, nhận trước ${clock(step.cutoff)}: trả ngay trong ngày.`;
    case 'counted': {
      const which = step.first === step.last ? `Ngày ${step.first}` : `Ngày ${step.first} đến ${step.last}`;
      return `${which}: ${dayRange(step.from, step.to)}.`;
    }
    case 'worked':
      return `${sentence(dayRange(step.from, step.to))}: ${step.from === step.to ? '' : 'mỗi ngày '}${workingDuration(step.minutes, Infinity)}.`;
    case 'worked-day-off':
      return `Có đếm ${longDay(step.day)}: ${parts(step.why).reason}.`;
    case 'skipped':
      return holidays([step]);
    case 'paused':
      return `Không đếm ${dayRange(step.from, step.to)}: hồ sơ đang tạm dừng.`;
    case 'rolled':
      return `Ngày cuối, ${longDay(step.from)}, là ngày nghỉ: hạn kết thúc vào ngày làm việc tiếp theo (Bộ luật Dân sự 2015, Điều 148 khoản 5).`;
    case 'moved':
      return say.moved[step.why](step.from, step.to);
    case 'due':
      return `Hạn: ${longMoment(step.at)}.`;
    case 'stopped':
      return `Tạm dừng từ ${longMoment(step.from)} và chưa có ngày tiếp tục: đồng hồ đứng, chưa có hạn.`;
    case 'no-calendar':
      return `Chưa có lịch làm việc năm ${step.year}: không đếm tiếp được.`;
  }
}
say.moved = {
  'next-opening': (from: number, to: number) =>
    `Rơi đúng lúc hết giờ ${longMoment(from)}: chuyển sang ${longMoment(to)}.`,
  rounded: (from: number, to: number) => `Làm tròn lên: ${timeOf(from)} thành ${timeOf(to)}.`,
  pushed: (from: number, to: number) =>
    `Cộng thêm thời gian đã chờ bổ sung: ${longMoment(from)} thành ${longMoment(to)}.`,
} as const;

/** Where the treatment of supplements stands. */
function lawOfSupplement({ supplement }: Pick<Counting, 'supplement'>): string {
  return SUPPLEMENTS.find(({ id }) => id === supplement)?.law ?? '';
}

/** A reason as the calendar gives it (lib/calendar/reasons.ts): what it is, and where that was decided. */
const parts = (why: string): { reason: string; source: string } => {
  const [reason = '', ...source] = why.split(' · ');
  return { reason, source: source.join(' · ') };
};

/** Neighbouring days off, each with its own reason, in one sentence: Tết alone has five. */
function holidays(steps: readonly Extract<Step, { kind: 'skipped' }>[]): string {
  const near = steps.at(-1)?.to ?? 0;
  const names = steps.map(({ from, to, why }) => {
    const days = from === to ? plainDay(from, near) : `${plainDay(from, near)} – ${plainDay(to, near)}`;
    return `${days}: ${parts(why ?? '').reason}`;
  });
  return `Không đếm ${names.join('; ')}.`;
}

/**
 * A count in sentences, in the order of time. Ordinary weekends are told once, where the first one comes, and where the special days
 * were decided is told once at the end.
 */
export function sayTrace(trace: Trace): string[] {
  const lines: string[] = [];
  const sources = new Set<string>();
  let weekendsTold = false;
  let run: Extract<Step, { kind: 'skipped' }>[] = [];
  const flush = () => {
    if (run.length > 0) lines.push(holidays(run));
    run = [];
  };
  for (const step of trace.steps) {
    if (step.kind === 'worked-day-off' || step.kind === 'skipped') {
      const { source } = parts(step.why ?? '');
      if (source) sources.add(source);
    }
    if (step.kind === 'skipped' && step.why !== null) {
      run.push(step);
      continue;
    }
    flush();
    if (step.kind === 'skipped') {
      if (!weekendsTold) lines.push(weekends(trace.steps));
      weekendsTold = true;
      continue;
    }
    if (step.kind === 'due' && sources.size > 0) lines.push(`Ngày nghỉ, ngày làm bù theo: ${[...sources].join('; ')}.`);
    lines.push(say(step, trace));
  }
  flush();
  return lines;
}

/** What is only provisional in the years that a span touches, or null. Epoch minutes. */
export function provisionalNote(table: WorkTable, from: number, to: number): string | null {
  const a = Math.min(dayOf(from), dayOf(to));
  const b = Math.max(dayOf(from), dayOf(to));
  const years = table.years.filter((year) => !year.official && year.to >= a && year.from <= b);
  if (years.length === 0) return null;
  const notes = table.source.years.filter(
    ({ official }, i) => !official && years.includes(table.years[i] as (typeof years)[number]),
  );
  const words = notes.map(({ year, note }) => `${year}${note ? ` (${note})` : ''}`).join('; ');
  return `Lịch dự kiến, chưa có thông báo chính thức: năm ${words}. Hạn có thể xê dịch.`;
}
