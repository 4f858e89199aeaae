import type { Assessment, Clock, ClockVerdict, UnknownReason, Verdict } from '../deadline/index.ts';
import { calendarMoment, workingDuration } from '../text/index.ts';

/** Tone is a group of colours; the shape and the words say the same without colour. */
export type Tone = 'red' | 'amber' | 'green' | 'blue' | 'purple' | 'grey';

export interface VerdictLook {
  tone: Tone;
  /** A glyph whose outline differs per verdict, so that it reads in black and white. */
  shape: string;
  /** Name of the verdict in lists, filters and the summary bar. */
  label: string;
}

const LOOKS: Record<Verdict, VerdictLook> = {
  overdue: { tone: 'red', shape: '▲', label: 'Quá hạn' },
  'due-today': { tone: 'amber', shape: '◆', label: 'Đến hạn hôm nay' },
  'due-soon': { tone: 'amber', shape: '◇', label: 'Sắp đến hạn' },
  'on-time': { tone: 'green', shape: '●', label: 'Còn hạn' },
  paused: { tone: 'blue', shape: '❚❚', label: 'Tạm dừng' },
  'awaiting-pickup': { tone: 'blue', shape: '■', label: 'Chờ công dân nhận' },
  'not-started': { tone: 'grey', shape: '○', label: 'Chưa tính hạn' },
  'finished-on-time': { tone: 'green', shape: '✓', label: 'Xong đúng hạn' },
  'finished-late': { tone: 'purple', shape: '✕', label: 'Xong trễ hạn' },
  unknown: { tone: 'grey', shape: '?', label: 'Không chắc' },
};

export function lookOf(verdict: Verdict): VerdictLook {
  return LOOKS[verdict];
}

/** A late step is our colleague's delay inside the office, not the citizen's broken promise: purple, never red. */
export function toneOf({ clock, verdict }: Pick<ClockVerdict, 'clock' | 'verdict'>): Tone {
  return clock === 'step' && verdict === 'overdue' ? 'purple' : LOOKS[verdict].tone;
}

export const CLOCK_NAMES: Record<Clock, string> = {
  acceptance: 'Tiếp nhận',
  step: 'Bước xử lý',
  appointment: 'Hẹn trả',
  return: 'Trả kết quả',
};

const REASONS: Record<UnknownReason, string> = {
  'no-due': 'Không có ngày hẹn trả trên trang này.',
  'no-appointment': 'Thủ tục này không có ngày hẹn trả, nên không có hạn để tính.',
  'no-calendar': 'Chưa có lịch làm việc của năm liên quan, nên không đếm được ngày làm việc.',
  'no-end': 'Trang không cho biết ngày xử lý xong, nên không thể nói đúng hạn hay trễ hạn.',
  'no-submission': 'Trang không cho biết ngày nộp, nên không tính được hạn tiếp nhận.',
  'channel-unknown':
    'Không rõ hồ sơ nộp trực tuyến hay trực tiếp; chỉ hồ sơ trực tuyến có hạn tiếp nhận 1 ngày làm việc.',
  'pause-history': 'Hồ sơ từng chờ bổ sung nhưng trang không cho biết chờ từ ngày nào đến ngày nào.',
  'status-unknown': 'Không nhận ra trạng thái hồ sơ, nên không thể nói còn hạn hay quá hạn.',
};

export function reasonText(reason: UnknownReason): string {
  return REASONS[reason];
}

export interface BadgeWords {
  /** "Còn 1,5 ngày" */
  main: string;
  /** "17:00 thứ Ba 25/11", or empty. */
  when: string;
}

const SHORT_REASONS: Record<UnknownReason, string> = {
  'no-due': 'Không có ngày hẹn',
  'no-appointment': 'Không hẹn ngày trả',
  'no-calendar': 'Chưa có lịch năm',
  'no-end': 'Không rõ ngày xong',
  'no-submission': 'Không rõ ngày nộp',
  'channel-unknown': 'Không rõ kênh nộp',
  'pause-history': 'Không rõ lịch tạm dừng',
  'status-unknown': 'Trạng thái lạ',
};

/** Words of one clock as a badge shows them: working time for how long, calendar moment for until when. */
export function badgeWords(clock: ClockVerdict, now: number): BadgeWords {
  const when = clock.dueAt === null ? '' : calendarMoment(clock.dueAt, now);
  const left = clock.left ?? 0;
  const prefix = clock.clock === 'appointment' || clock.clock === 'return' ? '' : `${CLOCK_NAMES[clock.clock]}: `;
  switch (clock.verdict) {
    case 'overdue':
      // Past the close of the day but no working minute has gone by: over, though by nothing that can be counted.
      return { main: left === 0 ? `${prefix}vừa quá hạn` : `${prefix}quá ${workingDuration(left)}`, when };
    case 'due-today':
    case 'due-soon':
    case 'on-time':
      return { main: `${prefix}còn ${workingDuration(left)}`, when };
    case 'finished-late':
      return { main: left === 0 ? 'xong trễ' : `xong trễ ${workingDuration(left)}`, when };
    case 'unknown':
      return { main: SHORT_REASONS[clock.reason ?? 'status-unknown'], when };
    case 'awaiting-pickup':
      return { main: LOOKS[clock.verdict].label, when: '' };
    default:
      return { main: `${prefix}${LOOKS[clock.verdict].label}`, when };
  }
}

/** "Quá hạn: quá 1,5 ngày, hẹn 17:00 thứ Ba 25/11": the whole badge for a screen reader. */
export function badgeLabel({ shown, mismatch }: Assessment, now: number): string {
  const words = badgeWords(shown, now);
  const when = words.when ? `, hẹn ${words.when}` : '';
  return `${LOOKS[shown.verdict].label}: ${words.main}${when}${mismatch === null ? '' : ', lệch với cách đếm của luật'}`;
}
