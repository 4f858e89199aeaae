import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CalendarLayer } from '../../lib/calendar/index.ts';
import type { Settings } from '../../lib/platform/index.ts';
import {
  all,
  button,
  choose,
  click,
  close,
  endOptions,
  file,
  give,
  layers,
  nextDownload,
  open,
  part,
  rules,
  startOptions,
  texts,
  type,
  UNIT_LAYER,
  until,
  words,
} from './options-page.tsx';

beforeEach(startOptions);
afterEach(endOptions);

describe('the year', () => {
  it('marks days off and days worked instead, in the months and in words', async () => {
    await open();
    expect(texts('.month caption')).toHaveLength(12);
    expect(all('.month td.off')).toHaveLength(14);
    expect(all('.month td.worked')).toHaveLength(2);
    expect(words(document.querySelector('.totals'))).toContain('14 ngày nghỉ vào ngày thường, 2 ngày làm bù');
    const tet = all('.month td.off').find((cell) => words(cell.querySelector('.date')) === '16') as HTMLElement;
    expect(tet.title).toContain('thứ Hai 16/02/2026: nghỉ');
    expect(words(tet.querySelector('.hidden'))).toContain('nghỉ');
    expect(texts('.special li strong').filter((text) => text === 'làm bù')).toHaveLength(2);
    choose('year', '2027');
    expect(words(document.querySelector('.totals'))).toContain('Năm 2027');
    expect(texts('#calendar .notice h4')).toEqual(['Chưa được công bố trong năm 2027']);
  });

  it('shows other hours of one day, and a unit’s own day off', async () => {
    const layer: CalendarLayer = {
      ...UNIT_LAYER,
      years: [
        {
          year: 2026,
          off: [{ date: '2026-06-15', reason: 'Kỷ niệm thành lập' }],
          working: [{ date: '2026-06-16', hours: [['07:30', '11:30']] }],
        },
      ],
    };
    await open({ calendars: [layer] });
    expect(all('.month td.hours')).toHaveLength(1);
    expect(all('.month td.off')).toHaveLength(15);
    expect(document.querySelector('.special')?.textContent).toContain('Kỷ niệm thành lập');
    expect(words(document.querySelector('.facts'))).toContain('UBND phường Thử');
  });
});

describe('import', () => {
  it('shows a calendar before it is taken, and takes it back', async () => {
    await open();
    await give(file(UNIT_LAYER));
    expect(texts('.review h4')).toEqual(['Kiểm tra: lich.json']);
    expect(document.activeElement).toBe(document.querySelector('.review h4'));
    expect(words(document.querySelector('.review'))).toContain('«UBND phường Thử», bản 1, năm 2026');
    expect(await layers()).toEqual([]);
    click(button('Nhận lịch này'));
    await until(async () => expect(await layers()).toEqual([UNIT_LAYER]));
    await until(() => expect(all('.month td.off')).toHaveLength(15));
    expect(all('.review')).toEqual([]);
    click(button('Hoàn tác'));
    await until(async () => expect(await layers()).toEqual([]));
  });

  it('refuses faults with their lines, and copies the list', async () => {
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue(undefined);
    await open();
    await give(file({ ...UNIT_LAYER, years: [{ year: 2026, off: ['2026-02-30'] }] }, 'sai.json'));
    expect(texts('.review h4')).toEqual(['Không nhận: sai.json']);
    expect(texts('.remarks li')).toEqual([
      expect.stringMatching(/^Dòng 11 years\[0\]\.off\[0\]: /) as unknown as string,
    ]);
    expect(all('button').map(words)).not.toContain('Nhận lịch này');
    click(button('Chép danh sách'));
    await until(() => expect(written).toHaveBeenCalledOnce());
    expect(written.mock.calls[0]?.[0]).toMatch(/^sai\.json:11: years\[0\]\.off\[0\]: /);
    click(button('Đóng'));
    expect(all('.review')).toEqual([]);
    expect(document.activeElement).toBe(button('Chọn tệp .json'));
  });

  it('wants warnings to be confirmed', async () => {
    await open();
    await give(file({ ...UNIT_LAYER, lable: 'slip' }));
    expect(texts('.review h5')[0]).toContain('Cảnh báo (1)');
    const take = button('Nhận lịch này');
    expect(take.getAttribute('aria-disabled')).toBe('true');
    click(take);
    expect(texts('.review [role=status]')).toEqual(['Đánh dấu đã đọc các cảnh báo trước']);
    expect(await layers()).toEqual([]);
    click(document.querySelector('.check input') as HTMLElement);
    click(button('Nhận lịch này'));
    await until(async () => expect(await layers()).toHaveLength(1));
  });

  it('takes pasted text, and a new version in place of the one before', async () => {
    await open({ calendars: [UNIT_LAYER] });
    type('calendar-paste', JSON.stringify({ ...UNIT_LAYER, version: '2' }));
    click(button('Kiểm tra chữ đã dán'));
    expect(words(document.querySelector('.review'))).toContain('Thay cho «UBND phường Thử», bản 1');
    click(button('Nhận lịch này'));
    await until(async () => expect((await layers()).map(({ version }) => version)).toEqual(['2']));
  });

  it.each<[string, File[], string]>([
    ['nothing', [file(' ')], 'không có chữ nào'],
    ['no JSON', [file('ngày nghỉ')], 'không phải JSON'],
    ['no text', [new File([new Uint8Array([0x50, 0x4b, 3, 4, 0, 0xff])], 'lich.xlsx')], 'không phải tệp chữ .json'],
    ['too much', [file(`"${'x'.repeat(2_200_000)}"`)], 'tệp 2,1 MB, lớn quá 2 MB'],
    ['two files', [file(UNIT_LAYER), file(UNIT_LAYER)], 'mỗi lần chỉ một tệp'],
    ['rules of a later version', [file({ format: 'dunghen-unit/2' })], 'phải là "dunghen-unit/1"'],
  ])('refuses %s', async (_, files, message) => {
    await open();
    await give(...files);
    expect(texts('.review h4')[0]).toContain('Không nhận');
    expect(words(document.querySelector('.remarks'))).toContain(message);
  });

  it('takes a file that is dropped', async () => {
    await open();
    const drop = new Event('drop', { bubbles: true, cancelable: true });
    Object.assign(drop, { dataTransfer: { files: [file(UNIT_LAYER)] } });
    act(() => void part('calendar-choose').dispatchEvent(drop));
    expect(drop.defaultPrevented).toBe(true);
    await until(() => expect(texts('.review h4')).toEqual(['Kiểm tra: lich.json']));
  });
});

describe('imported calendars', () => {
  const OTHER: CalendarLayer = { ...UNIT_LAYER, id: 'khac', label: 'Lịch khác' };

  it('are moved, removed and put back', async () => {
    await open({ calendars: [UNIT_LAYER, OTHER] });
    expect(button('Đưa lên: UBND phường Thử. Đang ở trên cùng').getAttribute('aria-disabled')).toBe('true');
    click(button('Đưa lên: Lịch khác'));
    await until(async () => expect((await layers()).map(({ id }) => id)).toEqual(['khac', 'ubnd-thu']));
    await until(() => expect(texts('#calendar .cards strong')).toEqual(['Lịch khác', 'UBND phường Thử']));
    click(button('Xoá: Lịch khác'));
    await until(() => expect(texts('#calendar .cards strong')).toEqual(['UBND phường Thử']));
    expect(document.activeElement).toBe(button('Hoàn tác'));
    click(button('Hoàn tác'));
    await until(() => expect(texts('#calendar .cards strong')).toEqual(['Lịch khác', 'UBND phường Thử']));
    click(button('Lịch trở về mặc định'));
    await until(async () => expect(await layers()).toEqual([]));
  });

  it('are exported one by one in the form that is imported', async () => {
    await open({ calendars: [UNIT_LAYER] });
    const download = nextDownload();
    click(button('Tải tệp: UBND phường Thử'));
    const { name, text } = await download;
    expect(name).toBe('ubnd-thu-1.json');
    expect(JSON.parse(text)).toEqual(UNIT_LAYER);
  });

  it('go to another machine with all rules in one file, and can be taken back there', async () => {
    const stored: Partial<Settings> = {
      rules: {
        counting: [{ effectiveFrom: '2027-01-01', policy: 'keep-time', supplement: 'pause' }],
        thresholds: { acceptanceWorkdays: 2 },
        cutoffs: [{ procedure: '1.014849', at: '14:00' }],
      },
      calendars: [UNIT_LAYER],
    };
    await open(stored);
    const download = nextDownload();
    click(button('Tải cả bộ quy tắc'));
    const { name, text } = await download;
    expect(name).toBe('dung-hen-quy-tac-2026-11-23.json');
    close();

    await open({ rules: { thresholds: { acceptanceWorkdays: 5 } }, calendars: [] });
    await give(file(text, name));
    expect(words(document.querySelector('.review'))).toContain(
      '1 cách đếm theo ngày, 1 ngưỡng riêng, 1 giờ chốt, 1 lịch',
    );
    click(button('Nhận cả bộ quy tắc'));
    await until(async () => expect(await layers()).toEqual(stored.calendars));
    await until(async () => expect(await rules()).toEqual(stored.rules));
    await until(() => expect(all('#calendar .status button')).toHaveLength(1));
    click(button('Hoàn tác'));
    await until(async () => expect(await rules()).toEqual({ thresholds: { acceptanceWorkdays: 5 } }));
    expect(await layers()).toEqual([]);
  });
});

describe('a provisional year', () => {
  it('is a file that can be imported as it is', async () => {
    await open();
    expect((part('provisional') as HTMLInputElement).value).toBe('2028');
    const download = nextDownload();
    click(button('Tạo lịch dự kiến'));
    const { name, text } = await download;
    expect(name).toBe('lich-du-kien-2028.json');
    await give(file(text, name));
    expect(texts('.review h4')).toEqual(['Kiểm tra: lich-du-kien-2028.json']);
    expect(document.querySelector('.check')).toBeNull();
    click(button('Nhận lịch này'));
    await until(() => expect(words(document.querySelector('.facts'))).toContain('2028 (dự kiến)'));
  });

  it.each(['', '1800', 'năm sau', '2028.5'])('refuses «%s»', async (year) => {
    await open();
    type('provisional', year);
    click(button('Tạo lịch dự kiến'));
    expect(part('provisional').getAttribute('aria-invalid')).toBe('true');
    expect(words(part('provisional-fault'))).toContain('Năm');
    expect(document.activeElement).toBe(part('provisional'));
  });
});
