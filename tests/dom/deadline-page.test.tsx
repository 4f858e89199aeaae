import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { draftOfHash, freshDraft, hashOf, momentDraft } from '../../entrypoints/deadline/draft.ts';
import { Deadline } from '../../entrypoints/deadline/page.tsx';
import { Popup } from '../../entrypoints/popup/popup.tsx';
import { updateSetting } from '../../lib/platform/index.ts';
import { at, NOW } from '../fixtures/records.ts';

const wall = () => Math.floor(Date.now() / 60_000);
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const texts = (selector: string) => all(selector).map((element) => element.textContent?.replace(/\s+/g, ' ').trim());
const one = <T extends HTMLElement>(selector: string) => {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};
const button = (name: string) => {
  const found = all('button').find((element) => (element.getAttribute('aria-label') ?? element.textContent) === name);
  if (!found) throw new Error(`no button «${name}» among ${texts('button').join(', ')}`);
  return found;
};
const until = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 });
const click = (element: HTMLElement) => act(() => element.click());
const fill = (selector: string, value: string, event = 'input') =>
  act(() => {
    const control = one<HTMLInputElement>(selector);
    control.value = value;
    control.dispatchEvent(new Event(event, { bubbles: true }));
  });
const choose = (selector: string, value: string) => fill(selector, value, 'change');
const headline = () => texts('.headline')[0];
/** `[way, due, difference]` of each row of the tables. */
const ways = () =>
  all('.ways tbody tr:not(.told)').map((row) =>
    [...row.children].slice(0, 3).map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()),
  );

const written = vi.fn();

async function open(hash = ''): Promise<void> {
  history.replaceState(null, '', `/deadline.html${hash}`);
  act(() => render(<Deadline />, document.getElementById('app') as HTMLElement));
  await until(() => expect(document.querySelector('form')).not.toBeNull());
}

beforeEach(async () => {
  fakeBrowser.reset();
  await fakeBrowser.storage.session.set({ sandboxOffsetMinutes: NOW - wall() });
  vi.spyOn(fakeBrowser.runtime, 'getManifest').mockReturnValue({ version: '0.1.0' } as never);
  document.body.innerHTML = '<div id="app"></div>';
  written.mockReset();
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => written(text));
});

afterEach(() => {
  act(() => render(null, document.getElementById('app') as HTMLElement));
  vi.restoreAllMocks();
});

describe('the known cases', () => {
  const cases = [
    ['16:59 12/02/2026', '5', 'workday', '17:00 thứ Năm 26/02/2026'],
    ['17:00 12/02/2026', '5', 'workday', '17:00 thứ Sáu 27/02/2026'],
    ['10:20 09/01/2026', '1', 'workday', '17:00 thứ Bảy 10/01/2026'],
    ['09:00 21/08/2026', '3', 'workday', '17:00 thứ Ba 25/08/2026'],
    ['09:00 14/02/2026', '5', 'calendarDay', '17:00 thứ Hai 02/03/2026'],
    ['15:00 04/03/2026', '', 'same-day', '17:00 thứ Năm 05/03/2026'],
    ['15:20 06/03/2026', '', 'same-day', '17:00 thứ Hai 09/03/2026'],
    ['14:59 04/03/2026', '', 'same-day', '17:00 thứ Tư 04/03/2026'],
    ['09:00 04/03/2026', '1,5', 'workday', '14:30 thứ Năm 05/03/2026'],
    ['09:00 31/01/2026', '1', 'month', '17:00 thứ Hai 02/03/2026'],
  ] as const;
  it.each(cases)('%s + %s %s', async (received, value, unit, due) => {
    await open();
    fill('#received-text', received);
    choose('#unit', unit);
    if (value !== '') fill('#value', value);
    expect(headline()).toBe(due);
    // The steps end with the date that stands above them.
    expect(texts('.beside .steps li').at(-1)).toBe(`Hạn: ${due}.`);
  });

  it('counts from now in an untouched form, and says what is still to be entered', async () => {
    await open();
    expect(one<HTMLInputElement>('#received-date').value).toBe('2026-11-23');
    expect(one<HTMLInputElement>('#received-time').value).toBe('09:00');
    expect(texts('#answer')).toEqual(['Nhập tiếp để có hạn trả']);
    expect(all('.fault')).toHaveLength(0);
    expect(document.activeElement?.id).toBe('value');
    fill('#value', '1');
    expect(texts('.echo')[0]).toBe('09:00 thứ Hai 23/11/2026');
    expect(headline()).toMatch(/^17:00 /);
  });

  it('takes a moment that is pasted into the date', async () => {
    await open('#nhan=2026-03-04T09:00&han=5&dv=workday');
    const event = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(event, { clipboardData: { getData: () => 'Ngày nhận: 16:59 ngày 12/02/2026' } });
    act(() => void one('#received-date').dispatchEvent(event));
    expect(event.defaultPrevented).toBe(true);
    expect(headline()).toBe('17:00 thứ Năm 26/02/2026');
  });

  it('draws the dates of the count and warns of a provisional year', async () => {
    await open('#nhan=2027-03-01T09:00&han=2&dv=workday');
    expect(texts('.strip td b')).toEqual(['0', '1', '⚑']);
    expect(texts('.warning')[0]).toContain('Lịch dự kiến, chưa có thông báo chính thức: năm 2027');
  });

  it('says when a letter would be due', async () => {
    await open('#nhan=2026-11-16T09:00&han=6&dv=workday');
    expect(headline()).toBe('17:00 thứ Tư 25/11/2026');
    expect(all('section[aria-labelledby=apology-title] tr').map((row) => row.textContent)).toEqual([
      'Nhắc lần 107:30 thứ Năm 19/11/2026đã qua',
      'Nhắc lần 207:30 thứ Sáu 20/11/2026đã qua',
      'Gửi thư chậm nhất (Nghị định 61/2018/NĐ-CP)17:00 thứ Hai 23/11/2026hôm nay',
      'Chậm nhất theo Thành phố (Quyết định 5157/QĐ-UBND)17:00 thứ Tư 25/11/2026',
    ]);
  });
});

describe('other ways', () => {
  it('gives each with its difference, and its steps on a click', async () => {
    await open('#nhan=2026-02-12T19:30&han=5&dv=workday');
    expect(ways()).toEqual([
      ['Bộ luật Dân sự', '17:00 thứ Sáu 27/02/2026', 'cách của đơn vị'],
      ['Bộ luật Dân sự, tính theo ngày ghi nhận', '17:00 thứ Năm 26/02/2026', 'sớm hơn 1 ngày làm việc'],
      ['Đếm theo giờ', '17:00 thứ Năm 26/02/2026', 'sớm hơn 1 ngày làm việc'],
      [
        'Đếm theo giờ, làm tròn lên 15 phút, hết giờ thì sang đầu giờ hôm sau',
        '07:30 thứ Sáu 27/02/2026',
        'sớm hơn 1 ngày làm việc',
      ],
      ['Giữ giờ nhận', '07:30 thứ Sáu 27/02/2026', 'sớm hơn 1 ngày làm việc'],
    ]);
    click(button('Các bước: Bộ luật Dân sự, tính theo ngày ghi nhận'));
    expect(texts('.told li')).toContain('Không tính ngày ghi nhận, thứ Năm 12/02/2026, dù có là ngày nghỉ.');
    click(button('Ẩn bước: Bộ luật Dân sự, tính theo ngày ghi nhận'));
    expect(all('.told')).toHaveLength(0);
  });

  it('counts by what the unit chose for the day of receipt', async () => {
    await updateSetting('rules', () => ({ counting: [{ effectiveFrom: '2026-02-01', policy: 'keep-time' }] }));
    await open('#nhan=2026-02-12T16:59&han=5&dv=workday');
    expect(headline()).toBe('16:59 thứ Năm 26/02/2026');
    expect(ways()[0]).toEqual(['Giữ giờ nhận', '16:59 thứ Năm 26/02/2026', 'cách của đơn vị']);
    expect(ways()[1]).toEqual(['Bộ luật Dân sự', '17:00 thứ Năm 26/02/2026', 'muộn hơn 1 phút làm việc']);
    expect(document.body.textContent).toContain('Đơn vị áp dụng cho hồ sơ nhận từ 01/02/2026.');
    fill('#received-date', '2026-01-09');
    expect(headline()).toMatch(/^17:00 /);
  });

  it('lists a supplement under each treatment', async () => {
    await open('#nhan=2026-03-02T09:20&han=10&dv=workday');
    click(button('Thêm đợt chờ'));
    expect(document.activeElement?.id).toBe('pause-0-kind');
    expect(texts('.results li')).toEqual([
      'Nhập đủ ngày, tháng, năm bắt đầu chờ của đợt 1',
      'Nhập đủ ngày, tháng, năm kết thúc chờ của đợt 1',
    ]);
    fill('#pause-0-from-date', '2026-03-04');
    fill('#pause-0-from-time', '10:00');
    fill('#pause-0-to-date', '2026-03-09');
    fill('#pause-0-to-time', '15:00');
    expect(headline()).toBe('17:00 thứ Hai 23/03/2026');
    expect(ways().slice(5)).toEqual([
      ['Tính lại từ đầu sau khi nhận đủ hồ sơ', '17:00 thứ Hai 23/03/2026', 'cách của đơn vị'],
      ['Tạm dừng: thời gian chờ bổ sung không tính', '17:00 thứ Năm 19/03/2026', 'sớm hơn 2 ngày làm việc'],
      // 27,5 working hours waited, from 17:00 on 16/03.
      ['Cộng thêm số giờ làm việc đã chờ vào hạn cũ', '11:00 thứ Sáu 20/03/2026', 'sớm hơn 1,5 ngày làm việc'],
      ['Cộng thêm thời gian chờ theo lịch, kể cả ngày nghỉ', '22:00 thứ Bảy 21/03/2026', 'sớm hơn 1 ngày làm việc'],
    ]);
    // A financial duty is no supplement: the clock only stands.
    choose('#pause-0-kind', 'financial');
    expect(headline()).toBe('17:00 thứ Năm 19/03/2026');
    click(one('#pause-0-open'));
    expect(headline()).toBe('Đồng hồ đang dừng');
    expect(ways()).toEqual([]);
    click(button('Bỏ đợt 1'));
    expect(headline()).toBe('17:00 thứ Hai 16/03/2026');
    expect(document.activeElement?.textContent).toBe('Thêm đợt chờ');
  });

  it('says so when a wait changes nothing', async () => {
    await open('#nhan=2026-03-02T09:20&han=2&dv=workday&bs=financial_2026-03-10T10:00_2026-03-11T10:00');
    expect(texts('.warning')[0]).toContain('không làm đổi hạn');
  });
});

describe("the system's date", () => {
  const answer = () => texts('section[aria-labelledby=system-title] > *');

  it('counted by hours is recognised, with where the counts part', async () => {
    await open('#nhan=2026-03-04T09:20&han=5&dv=workday');
    fill('#system-text', '09:20 11/03/2026');
    const lines = answer();
    expect(lines[0]).toBe('So với ngày hẹn của hệ thống: khác');
    expect(lines[3]).toMatch(/^Hệ thống đếm theo giờ .* ra đúng 09:20 thứ Tư 11\/03\/2026\.$/);
    expect(lines[4]).toMatch(/^Chỗ tách nhau đầu tiên: thứ Tư 04\/03\/2026\./);
    expect(texts('section[aria-labelledby=system-title] details li').at(-1)).toBe('Hạn: 09:20 thứ Tư 11/03/2026.');
  });

  it.each([
    ['2026-03-11T17:00', 'khớp', 'Khớp với cách đếm của đơn vị.'],
    ['2026-03-11T', 'khớp', 'Khớp với cách đếm của đơn vị.'],
    ['2026-03-25T16:40', 'khác', 'Không cách đếm nào đã biết'],
    ['2031-03-25T16:40', 'khác', 'Khác với cách đếm của đơn vị.'],
  ])('%s: %s', async (date, verdict, words) => {
    await open(`#nhan=2026-03-04T09:20&han=5&dv=workday&he=${date}`);
    expect(answer()[0]).toBe(`So với ngày hẹn của hệ thống: ${verdict}`);
    expect(answer().join(' ')).toContain(words);
  });

  it('counted from the receipt elsewhere is recognised; ours counts from the competent unit', async () => {
    await open('#nhan=2026-03-04T09:20&noi=2026-03-02T14:00&han=5&dv=workday&he=2026-03-09T17:00');
    expect(headline()).toBe('17:00 thứ Tư 11/03/2026');
    expect(texts('legend')[0]).toBe('Cơ quan có thẩm quyền nhận lúc');
    expect(answer()[3]).toContain('tính từ lúc nơi khác nhận hộ');
  });
});

describe('what cannot be counted', () => {
  it.each([
    ['#value', 'năm', 'value', '«năm» không phải là số: gõ như 5 hoặc 1,5'],
    ['#value', '1.000', 'value', '«1.000» không phải là số: gõ như 5 hoặc 1,5'],
    ['#value', '0', 'value', 'Thời hạn phải lớn hơn 0; thủ tục trả ngay thì chọn «trong ngày»'],
    ['#value', '20000', 'value', 'Thời hạn quá dài: nhiều nhất 10.000'],
    [
      '#received-text',
      'hôm qua',
      'received-text',
      'Không đọc được «hôm qua»: gõ như 16:59 12/02/2026, hoặc chọn ngày và giờ',
    ],
    [
      '#received-text',
      '31/02/2026',
      'received-text',
      'Không đọc được «31/02/2026»: gõ như 16:59 12/02/2026, hoặc chọn ngày và giờ',
    ],
    ['#received-time', '', 'received-time', 'Nhập giờ nhận hồ sơ'],
    [
      '#elsewhere-text',
      '10:00 05/03/2026',
      'elsewhere-date',
      'Nơi khác nhận hộ phải trước lúc cơ quan có thẩm quyền nhận',
    ],
  ])('%s = «%s»', async (selector, value, field, message) => {
    await open('#nhan=2026-03-04T09:20&han=5&dv=workday');
    fill(selector, value);
    expect(headline()).toBeUndefined();
    expect(one(`#${field}-fault`).textContent).toContain(message);
    expect(one(`#${field}`).getAttribute('aria-describedby')).toBe(`${field}-fault`);
    const link = one<HTMLAnchorElement>('.results a');
    expect(link.textContent).toBe(message);
    click(link);
    expect(document.activeElement?.id).toBe(field);
  });

  it('names every fault of a supplement and of a limit in parts of a month', async () => {
    await open(
      '#nhan=2026-03-04T09:20&han=1.5&dv=month&bs=supplement_2026-03-02T10:00_2026-03-01T10:00&he=2026-02-30T',
    );
    expect(texts('.results li')).toEqual([
      'Thời hạn tính theo tháng phải là số nguyên',
      'Đợt 1: bắt đầu chờ phải sau lúc nhận hồ sơ',
      'Đợt 1: kết thúc chờ phải sau lúc bắt đầu',
      'Ngày hẹn của hệ thống không có thật, hoặc ngoài các năm 1990–2099',
    ]);
  });

  it('names the year without a calendar and says what to do', async () => {
    await open('#nhan=2027-12-20T09:00&han=30&dv=workday');
    expect(headline()).toBe('Chưa có lịch làm việc năm 2028');
    expect(document.body.textContent).toContain('Đang có lịch các năm: 2024, 2025, 2026, 2027.');
    expect(texts('.answer a[href^="/options.html"]')).toEqual(['Mở Cài đặt']);
    expect(all('section[aria-labelledby=apology-title]')).toHaveLength(0);
  });
});

describe('same-day procedures', () => {
  it('follow the cut-off of the procedure that is chosen', async () => {
    await updateSetting('rules', () => ({ cutoffs: [{ procedure: '1.999999', at: '16:00' }] }));
    await open('#nhan=2026-03-04T15:20&dv=same-day');
    expect(headline()).toBe('17:00 thứ Năm 05/03/2026');
    choose('#procedure', '1.999999');
    expect(headline()).toBe('17:00 thứ Tư 04/03/2026');
    expect(location.hash).toContain('tt=1.999999');
  });
});

describe('the address', () => {
  it('holds the whole form and gives it back', () => {
    const draft = {
      ...freshDraft(at('09:00 02/03/2026')),
      elsewhere: momentDraft(at('15:00 27/02/2026')),
      value: '1,5',
      unit: 'hour' as const,
      procedure: '1.999999',
      pauses: [
        {
          kind: 'supplement' as const,
          from: momentDraft(at('10:00 04/03/2026')),
          to: momentDraft(at('15:00 09/03/2026')),
          open: false,
        },
        {
          kind: 'financial' as const,
          from: momentDraft(at('10:00 10/03/2026')),
          to: { date: '', time: '', text: '' },
          open: true,
        },
      ],
      system: momentDraft(at('00:00 17/03/2026'), true),
    };
    expect(draftOfHash(hashOf(draft))).toEqual(draft);
    expect(draftOfHash('')).toBeNull();
  });

  it('holds nothing that was typed freely', async () => {
    await open();
    fill('#received-text', 'Bà Không Có Thật, 16:59 12/02/2026, điện thoại 0000000000');
    fill('#value', 'năm ngày');
    expect(decodeURIComponent(location.hash)).toBe('#nhan=2026-02-12T16:59&dv=workday');
  });

  it('leaves out what is not of our making', () => {
    const draft = draftOfHash('#nhan=<b>T25&han=alert(1)&dv=week&tt=a b&bs=x_y_z&he=ab');
    expect(JSON.stringify(draft)).not.toMatch(/<b>|alert|week|a b/);
    expect(draft?.unit).toBe('workday');
  });

  it('follows the form, one step of history a field, and going back undoes it', async () => {
    await open('#nhan=2026-02-12T16:59&han=5&dv=workday');
    const before = history.length;
    fill('#value', '1');
    fill('#value', '10');
    expect(location.hash).toBe('#nhan=2026-02-12T16:59&han=10&dv=workday');
    expect(history.length).toBe(before + 1);
    const ten = headline();
    history.replaceState(null, '', '#nhan=2026-02-12T16:59&han=5&dv=workday');
    act(() => void window.dispatchEvent(new PopStateEvent('popstate')));
    expect(headline()).not.toBe(ten);
    expect(headline()).toBe('17:00 thứ Năm 26/02/2026');
    expect(one<HTMLInputElement>('#value').value).toBe('5');
    click(button('Bắt đầu lại'));
    expect(location.hash).toBe('');
    expect(one<HTMLInputElement>('#received-date').value).toBe('2026-11-23');
    expect(document.activeElement?.id).toBe('value');
  });
});

describe('telling', () => {
  it('copies the whole explanation as text', async () => {
    await open(
      '#nhan=2026-03-02T09:20&han=10&dv=workday&bs=supplement_2026-03-04T10:00_2026-03-09T15:00&he=2026-03-19T17:00',
    );
    click(button('Chép kết quả'));
    await until(() => expect(texts('[role=status]')).toEqual(['Đã chép kết quả dạng chữ']));
    const lines = String(written.mock.calls[0]?.[0]).split('\n');
    for (const line of [
      'Nhận lúc 09:20 thứ Hai 02/03/2026.',
      'Thời hạn: 10 ngày làm việc.',
      'Chờ bổ sung từ 10:00 thứ Tư 04/03/2026 đến 15:00 thứ Hai 09/03/2026.',
      'Hạn trả kết quả: 17:00 thứ Hai 23/03/2026',
      'Cách đếm của đơn vị: Bộ luật Dân sự',
      '8. Hạn: 17:00 thứ Hai 23/03/2026.',
      'So với ngày hẹn của hệ thống: khác',
      '- Hệ thống chỉ tạm dừng trong lúc chờ bổ sung: đếm như vậy ra đúng 17:00 thứ Năm 19/03/2026.',
      '- Gửi thư chậm nhất (Nghị định 61/2018/NĐ-CP): 17:00 thứ Sáu 20/03/2026 (đã qua)',
      '- Bộ luật Dân sự (cách của đơn vị): 17:00 thứ Hai 23/03/2026',
      '- Tạm dừng: thời gian chờ bổ sung không tính: 17:00 thứ Năm 19/03/2026, sớm hơn 2 ngày làm việc',
      'Tính lúc 09:00 thứ Hai 23/11/2026.',
    ])
      expect(lines).toContain(line);
  });

  it('says the new date to a screen reader once typing has stopped', async () => {
    await open('#nhan=2026-02-12T16:59&han=5&dv=workday');
    expect(texts('[role=status]')).toEqual(['']);
    fill('#value', '1');
    fill('#value', '6');
    await until(() => expect(texts('[role=status]')).toEqual(['Hạn trả kết quả: 17:00 thứ Sáu 27/02/2026']));
  });
});

it('is opened from the popup', async () => {
  const create = vi.spyOn(fakeBrowser.tabs, 'create').mockResolvedValue({} as never);
  vi.spyOn(window, 'close').mockReturnValue(undefined);
  act(() => render(<Popup />, one('#app')));
  click(button('Thử tính hạn'));
  await until(() => expect(create).toHaveBeenCalledOnce());
  expect(create.mock.calls[0]?.[0].url).toMatch(/\/deadline\.html$/);
});
