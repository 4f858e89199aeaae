import { describe, expect, it } from 'vitest';
import { shippedTable } from '../../lib/calendar/index.ts';
import { assess, DEFAULT_RULES, VERDICTS } from '../../lib/deadline/index.ts';
import type { Dossier } from '../../lib/schema/index.ts';
import { workingDuration } from '../../lib/text/index.ts';
import { badgeLabel, badgeWords, explain, explanationText, lookOf } from '../../lib/words/index.ts';
import { wall } from '../sandbox/naive-time.ts';

const NOW = wall('2026-11-25T09:40');
const context = { table: shippedTable(), rules: DEFAULT_RULES, now: NOW };

function record(change: Partial<Dossier>): Dossier {
  return {
    code: 'H29.999-261030-0003',
    aliases: [],
    codeKnown: true,
    procedure: { name: 'Thủ tục mẫu' },
    dayOnly: [],
    status: { code: 4, text: 'Đang xử lý' },
    pauses: [],
    source: { kind: 'dom', adapter: 'igate', readAt: NOW },
    gaps: [],
    ...change,
  };
}

function say(change: Partial<Dossier>) {
  const dossier = record(change);
  const assessment = assess(dossier, context);
  const explanation = explain(dossier, assessment, context);
  return {
    assessment,
    explanation,
    text: explanationText(dossier, explanation),
    words: badgeWords(assessment.shown, NOW),
  };
}

describe('working durations', () => {
  it.each([
    [0, '0 phút'],
    [59, '59 phút'],
    [60, '1 giờ'],
    [200, '3 giờ 20 phút'],
    [479, '7 giờ 59 phút'],
    [480, '1 ngày'],
    [720, '1,5 ngày'],
    [767, '1,5 ngày'],
    [-6850, '14,2 ngày'],
  ])('%i minutes', (minutes, text) => {
    expect(workingDuration(minutes)).toBe(text);
  });
});

describe('what a badge says', () => {
  it('gives working time for how long and the calendar for until when', () => {
    expect(say({ dueAt: wall('2026-11-03T17:00') }).words).toEqual({
      main: 'quá 14,2 ngày',
      when: '17:00 thứ Ba 03/11',
    });
    expect(say({ dueAt: wall('2026-11-25T17:00') }).words).toEqual({
      main: 'còn 5 giờ 50 phút',
      when: '17:00 thứ Tư 25/11',
    });
    expect(say({ dueAt: wall('2027-01-04T11:30') }).words.when).toBe('11:30 thứ Hai 04/01/2027');
  });

  it('never says late for a dossier that waits for the citizen', () => {
    const { text, words } = say({
      dueAt: wall('2026-11-03T17:00'),
      status: { code: 5, text: 'Yêu cầu bổ sung giấy tờ' },
    });
    expect(words.main).toBe('Tạm dừng');
    expect(text).toContain('không tính là quá hạn');
  });

  it('reads aloud as one sentence', () => {
    const { assessment } = say({ dueAt: wall('2026-11-03T17:00') });
    expect(badgeLabel(assessment, NOW)).toBe('Quá hạn: quá 14,2 ngày, hẹn 17:00 thứ Ba 03/11');
  });

  it('every verdict has a name and a shape of its own', () => {
    expect(new Set(VERDICTS.map((verdict) => lookOf(verdict).label)).size).toBe(VERDICTS.length);
    expect(new Set(VERDICTS.map((verdict) => lookOf(verdict).shape)).size).toBe(VERDICTS.length);
  });
});

describe('Vì sao?', () => {
  it('counts days that a person can count on a calendar', () => {
    // 3/11 to 25/11: 22 days, of which three weekends and 24/11 are off.
    expect(say({ dueAt: wall('2026-11-03T17:00') }).text).toContain(
      'đã qua 14,2 ngày làm việc (22 ngày lịch, bỏ qua 7 ngày nghỉ)',
    );
  });

  it('says that a bare date means the close of that day, and moves one on a day off', () => {
    const { text } = say({ dueAt: wall('2026-11-28T00:00'), dayOnly: ['dueAt'] });
    expect(text).toContain('Trang chỉ ghi ngày, không ghi giờ');
    expect(text).toContain('Điều 148 khoản 5');
    expect(text).toContain('thứ Hai 30/11/2026');
  });

  it('names both promises of an extended dossier', () => {
    const { text } = say({ dueAt: wall('2026-11-20T17:00'), extendedDueAt: wall('2026-12-04T17:00') });
    expect(text).toContain('17:00 04/12/2026 (đã gia hạn; lần đầu hẹn 20/11/2026)');
  });

  it('puts the system and the law side by side when they differ', () => {
    const { assessment, text } = say({
      receivedAt: wall('2026-11-20T09:00'),
      dueAt: wall('2026-12-03T17:00'),
      limit: { value: 5, unit: 'workday' },
    });
    // Fri 20/11 + 5 working days, 24/11 off: Mon 30/11; the system gave three working days more.
    expect(assessment.mismatch).toBe(3 * 480);
    expect(text).toContain('thời hạn 5 ngày làm việc → 17:00 30/11/2026');
    expect(text).toContain('hệ thống hẹn muộn hơn 3 ngày làm việc');
  });

  it('says what could not be read, and that a year is only provisional', () => {
    const { text } = say({
      dueAt: wall('2027-02-15T17:00'),
      gaps: [{ field: 'receivedAt', reason: 'no-column' }],
      codeKnown: false,
    });
    expect(text).toContain('Ngày tiếp nhận: bảng không có cột này.');
    expect(text).toContain('Mã lạ');
    expect(text).toContain('Lịch dự kiến, chưa có thông báo chính thức: năm 2027 (Tết Nguyên đán');
  });

  it.each([
    ['no-due', {}],
    ['status-unknown', { status: { code: 'unknown' as const, text: 'Trạng thái lạ 27' } }],
    ['channel-unknown', { status: { code: 1 as const, text: 'Mới đăng ký' } }],
    ['no-end', { status: { code: 3 as const, text: 'Không được tiếp nhận' } }],
  ])('gives the reason of an unknown: %s', (reason, change) => {
    const { assessment, explanation } = say(change);
    expect(assessment.shown).toMatchObject({ verdict: 'unknown', reason });
    expect(explanation.steps.length).toBeGreaterThanOrEqual(2);
  });

  it('the other clocks do not repeat their name', () => {
    const { explanation } = say({
      dueAt: wall('2026-11-03T17:00'),
      step: { name: 'Thẩm định', dueAt: wall('2026-12-04T17:00') },
    });
    expect(explanation.clocks).toEqual([{ name: 'Bước xử lý', text: 'còn 7,7 ngày · 17:00 thứ Sáu 04/12' }]);
  });
});
