import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayLines, yearText } from '../../cli/calendar-text.ts';
import { CalendarLayer, provisionalYear, SHIPPED_CALENDAR } from '../../lib/calendar/index.ts';

const MAIN = join(import.meta.dirname, '../../cli/main.ts');

function calendar(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, 'calendar', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const linesOf = (out: string) => out.split('\n').filter((line) => line !== '');
const objectsOf = (out: string) => linesOf(out).map((line) => JSON.parse(line) as Record<string, unknown>);

let folder: string;
const file = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
};
const unit = { kind: 'unit', id: 'phuong', version: '1', label: 'Phường Một', source: 'QĐ 1' };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunghen-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('dunghen calendar show', () => {
  it('gives every day of a year when it is piped', async () => {
    const ran = await calendar('show', '--year', '2026');
    const days = objectsOf(ran.out);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(days).toHaveLength(365);
    expect(days.filter(({ working }) => working)).toHaveLength(249);
    expect(days[9]).toEqual({
      date: '2026-01-10',
      weekday: 'thứ Bảy',
      working: true,
      hours: [
        ['07:30', '11:30'],
        ['13:00', '17:00'],
      ],
      why: `làm bù cho thứ Sáu 02/01/2026 · ${SHIPPED_CALENDAR.years[2]?.source}`,
      status: 'official',
    });
  });

  it('lays the files that it is given over the shipped calendar, in their order', async () => {
    const first = file('mot.json', {
      ...unit,
      years: [{ year: 2026, off: [{ date: '2026-03-05', reason: 'chuyển trụ sở' }] }],
    });
    const second = file('hai.json', {
      ...unit,
      sameDayCutoff: '14:00',
      years: [{ year: 2026, off: [{ date: '2026-03-06', reason: 'mất điện' }] }],
    });
    const ran = await calendar('show', '--year=2026', '--calendar', first, `--calendar=${second}`);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const off = objectsOf(ran.out).filter(({ date }) => String(date).startsWith('2026-03-0'));
    expect(off.filter(({ why }) => why).map(({ date, why }) => [date, why])).toEqual([
      ['2026-03-05', 'chuyển trụ sở · QĐ 1'],
      ['2026-03-06', 'mất điện · QĐ 1'],
    ]);
  });

  it('says on stderr that a file has something to look at', async () => {
    const ran = await calendar(
      'show',
      '--year',
      '2026',
      '--calendar',
      file('la.json', { ...unit, years: [{ year: 2031 }] }),
    );
    expect(ran.code).toBe(0);
    expect(linesOf(ran.err)).toEqual([
      expect.stringMatching(/la\.json: có 1 điều cần xem lại: dunghen calendar check /),
    ]);
  });
});

describe('a year in words', () => {
  const [, , official, provisional] = SHIPPED_CALENDAR.years;

  it('counts the working days of each month and gives every reason', () => {
    if (!official) throw new Error('no 2026');
    const text = yearText(SHIPPED_CALENDAR, official);
    const months = [...text.matchAll(/^Tháng \d+: (\d+) ngày làm việc$/gm)].map(([, count]) => Number(count));
    expect(months).toEqual([21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 20, 23]);
    expect(text).toMatch(/^Lịch làm việc năm 2026: 249 ngày làm việc, chính thức\n/);
    expect(text).toMatch(/^ {2}làm việc {2}thứ Bảy 10\/01 {3}làm bù cho thứ Sáu 02\/01\/2026$/m);
    expect(text).toMatch(/^ {2}nghỉ {6}thứ Sáu 20\/02 {3}Tết Nguyên đán \(mùng 4\)$/m);
    expect(text.split(official.source)).toHaveLength(2);
  });

  it('marks what is not announced', () => {
    if (!provisional) throw new Error('no 2027');
    const text = yearText(SHIPPED_CALENDAR, provisional);
    expect(text).toContain('DỰ KIẾN, chưa có thông báo');
    expect(text.match(/\(dự kiến\)$/gm)).toHaveLength(2);
    expect(text).toMatch(/thứ Tư 01\/09 .*\(dự kiến\)$/m);
    expect(text).toContain('tạm lấy thứ Tư 01/09/2027; có thể là thứ Sáu 03/09/2027');
    const open = dayLines(SHIPPED_CALENDAR, provisional).filter(({ undecided }) => undecided);
    expect(open.map(({ date, working }) => [date, working])).toEqual([
      ['2027-02-04', false],
      ['2027-02-11', true],
      ['2027-09-01', false],
      ['2027-09-03', true],
    ]);
  });

  it('ends with the last year that dates can name', () => {
    const year = { ...provisionalYear(2030), year: 2099, off: [], undecided: [] };
    const days = dayLines({ ...SHIPPED_CALENDAR, years: [year] }, year);
    expect([days.length, days.at(-1)?.date]).toEqual([365, '2099-12-31']);
  });
});

describe('dunghen calendar check', () => {
  it('names file and line of what is wrong', async () => {
    const path = file('2028.json', {
      ...unit,
      kind: 'national',
      years: [{ year: 2028, source: 'TB 1', off: provisionalYear(2028).off.filter((date) => date !== '2028-04-04') }],
    });
    const ran = await calendar('check', path);
    expect(ran).toMatchObject({ code: 1, err: '' });
    expect(linesOf(ran.out)).toEqual([
      `${path}:11: lỗi: years[0].off: thiếu ngày nghỉ thứ Ba 04/04/2028: Giỗ Tổ Hùng Vương (10/3 âm lịch) (Bộ luật Lao động 2019, Điều 112 khoản 1)`,
    ]);
    const json = await calendar('check', path, '--json');
    expect(json.code).toBe(1);
    expect(objectsOf(json.out)).toEqual([
      expect.objectContaining({ file: path, line: 11, severity: 'error', field: 'years[0].off', date: '2028-04-04' }),
    ]);
  });

  it('is content with notes', async () => {
    const path = file('nghi.json', { ...unit, years: [{ year: 2026, off: ['2026-03-05'] }] });
    const ran = await calendar('check', path);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(linesOf(ran.out)).toEqual([
      expect.stringContaining(`${path}:11: ghi chú: years[0].off[0]: `),
      `${path}: không có lỗi`,
    ]);
  });

  it('refuses a file that is no calendar, fault by fault', async () => {
    const path = file('sai.json', { ...unit, kind: 'xa', years: [{ year: 2028, off: ['2028-02-30'] }] });
    const ran = await calendar('check', path);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(linesOf(ran.err)).toEqual([
      `${path}:2: kind: phải là một trong: national, unit`,
      expect.stringContaining(`${path}:11: years[0].off[0]: `),
    ]);
    expect(await calendar('show', '--year', '2026', '--calendar', path)).toMatchObject({ code: 2, out: '' });
  });
});

describe('dunghen calendar make', () => {
  it.each([2026, 2029, 2050])('makes %i as a layer that stands its own check', async (year) => {
    const made = await calendar('make', '--year', String(year));
    expect(made).toMatchObject({ code: 0, err: '' });
    const layer = CalendarLayer.parse(JSON.parse(made.out));
    expect(layer).toMatchObject({ kind: 'national', years: [provisionalYear(year)] });
    expect(await calendar('check', file(`${year}.json`, made.out))).toMatchObject({ code: 0, err: '' });
  });
});

describe('dunghen calendar', () => {
  it.each([
    [['show'], /thiếu năm: dunghen calendar show --year 2026/],
    [['show', '--year', 'nay'], /--year: không phải là năm: nay/],
    [['show', '--year', '2040'], /lịch không có năm 2040; tạo bảng dự kiến: dunghen calendar make --year 2040/],
    [['show', '--year', '2020'], /lịch không có năm 2020$/],
    [['show', '--year', '2026', '--calendar'], /--calendar cần một giá trị/],
    [['show', '--year', '2026', '--calendar', 'khong-co.json'], /khong-co\.json: không có tệp này/],
    [['show', '--year', '2026', '--nam'], /không có tuỳ chọn --nam/],
    [['make', '--year', '2051'], /năm 2051: chưa có quy định trong dữ liệu/],
    [['make', '2028'], /thừa: 2028/],
    [['check'], /thiếu tên tệp/],
    [['check', 'mot.json', 'hai.json'], /thừa: hai\.json/],
    [['xem'], /không có lệnh này/],
  ])('refuses %j', async (args, message) => {
    const ran = await calendar(...args);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(linesOf(ran.err)).toEqual([expect.stringMatching(message)]);
  });

  it('explains each command', async () => {
    expect((await calendar('--help')).out).toMatch(/dunghen calendar.*show\|check\|make/);
    expect((await calendar('check', '--help')).out).toMatch(/dunghen calendar check/);
  });
});
