import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { updateSetting } from '../../lib/platform/index.ts';
import {
  all,
  button,
  choose,
  click,
  endOptions,
  open,
  part,
  rules,
  said,
  startOptions,
  texts,
  type,
  until,
  words,
} from './options-page.tsx';

beforeEach(startOptions);
afterEach(endOptions);

describe('the page', () => {
  it('shows what ships while nothing is stored', async () => {
    await open();
    expect(texts('h2')).toEqual([
      'Cách đếm hạn',
      'Khi nào nhắc',
      'Giờ chốt của thủ tục trả trong ngày',
      'Lịch làm việc',
      'Danh mục thủ tục',
      'Kết nối để đối soát',
    ]);
    expect(texts('#counting .cards > li')).toHaveLength(1);
    expect(texts('#counting .cards > li')[0]).toContain('Bộ luật Dân sự · từ trước đến nayđang dùng');
    expect(['dueSoon', 'share', 'mismatch', 'acceptance'].map((id) => (part(id) as HTMLInputElement).value)).toEqual([
      '2',
      '50',
      '1',
      '1',
    ]);
    expect(document.body.textContent).toContain('tải lại để dùng quy tắc mới');
    expect(words(document.querySelector('footer'))).toContain('0.1.0 · Giấy phép MIT');
    expect(all('a').map((link) => link.getAttribute('href'))).toContain('/deadline.html');
  });

  it('can be gone through by keyboard: every control is reachable, named and described', async () => {
    await open({ rules: { cutoffs: [{ procedure: '1.014849', at: '14:00' }] } });
    click(button('Thêm cách đếm từ một ngày'));
    const controls = all('a[href], button, input:not([aria-hidden]), select, textarea');
    expect(controls.filter(({ tabIndex }) => tabIndex < 0)).toEqual([]);
    expect(all('[tabindex]').filter(({ tabIndex }) => tabIndex > 0)).toEqual([]);
    for (const control of all('input:not([aria-hidden]), select, textarea')) {
      const label = control.getAttribute('aria-label') ?? words(document.querySelector(`label[for="${control.id}"]`));
      expect(label, control.outerHTML).not.toBe('');
    }
    for (const control of all('[aria-describedby]'))
      for (const id of (control.getAttribute('aria-describedby') ?? '').split(' '))
        expect(part(id), control.outerHTML).not.toBeNull();
    for (const link of all('nav a[href^="#"]')) expect(part(link.getAttribute('href')?.slice(1) ?? '')).not.toBeNull();
    const ids = all('[id]').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says so when the browser cannot write', async () => {
    await open();
    vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValue(new Error('quota'));
    click(button('Lưu khi nào nhắc'));
    await until(() => expect(said('reminders')).toContain('Chưa lưu được'));
    expect(all('#reminders .status button')).toEqual([]);
  });
});

describe('ways of counting', () => {
  const add = async (date: string, policy = 'hour-to-hour') => {
    click(button('Thêm cách đếm từ một ngày'));
    type('from', date);
    click(part(`policy-${policy}`));
    click(button('Lưu cách đếm'));
  };
  const examples = () => texts('.example strong');

  it('adds a dated choice with the options that its policy has, and takes it back', async () => {
    await open();
    click(button('Thêm cách đếm từ một ngày'));
    expect(document.activeElement).toBe(part('counting-form'));
    type('from', '1/1/2027');
    click(part('policy-hour-to-hour'));
    type('roundUp', '15');
    click(part('closeOfDay-next-opening'));
    click(part('supplement-pause'));
    type('source', ' Công văn 1/UBND ');
    click(button('Lưu cách đếm'));
    await until(() => expect(all('#counting .cards > li')).toHaveLength(2));
    expect((await rules()).counting).toEqual([
      {
        effectiveFrom: '2027-01-01',
        policy: 'hour-to-hour',
        roundUpMinutes: 15,
        closeOfDay: 'next-opening',
        supplement: 'pause',
        source: 'Công văn 1/UBND',
      },
    ]);
    expect(said('counting')).toContain('Đã lưu cách đếm từ 01/01/2027. Có thể hoàn tác');
    expect(document.activeElement).toBe(button('Hoàn tác'));
    click(button('Hoàn tác'));
    await until(() => expect(all('#counting .cards > li')).toHaveLength(1));
    expect((await rules()).counting).toBeUndefined();
    expect(document.activeElement).toBe(part('counting-title'));
  });

  it('counts three dossiers by the choice that is being made', async () => {
    await open();
    expect(examples()).toEqual(['17:00 thứ Năm 26/02/2026', '17:00 thứ Tư 11/03/2026', '17:00 thứ Hai 23/03/2026']);
    expect(texts('.example li')[0]).toBe(
      'Nhận 16:59 thứ Năm 12/02/2026, 5 ngày làm việc, qua Tết → 17:00 thứ Năm 26/02/2026',
    );
    click(button('Thêm cách đếm từ một ngày'));
    click(part('policy-keep-time'));
    expect(examples()[0]).toBe('16:59 thứ Năm 26/02/2026');
    expect(texts('.example li')[0]).toContain('(mặc định: 17:00 thứ Năm 26/02/2026)');
    click(part('policy-civil-code'));
    click(part('dayZero-receipt-date'));
    expect(examples()[1]).toBe('17:00 thứ Ba 10/03/2026');
  });

  it.each([
    ['', 'Nhập ngày bắt đầu áp dụng'],
    ['31/02/2027', '«31/02/2027» không phải ngày có thật'],
    ['từ năm sau 01/01/2027', 'không phải ngày có thật'],
    ['01/07/2026', 'Đã có một cách đếm áp dụng từ 01/07/2026'],
  ])('refuses «%s»', async (date, message) => {
    await open({ rules: { counting: [{ effectiveFrom: '2026-07-01', policy: 'keep-time' }] } });
    await add(date);
    expect(texts('.errors h3')).toEqual(['Chưa lưu: có 1 chỗ cần sửa']);
    expect(document.activeElement).toBe(document.querySelector('.errors'));
    expect(texts('.errors li')[0]).toContain(message);
    expect(part('from').getAttribute('aria-invalid')).toBe('true');
    expect(words(part('from-fault'))).toContain(message);
    click(all('.errors a')[0] as HTMLElement);
    expect(document.activeElement).toBe(part('from'));
    expect((await rules()).counting).toHaveLength(1);
  });

  it.each(['241', '7,5', 'nhiều'])('refuses to round to «%s» minutes', async (value) => {
    await open();
    click(button('Thêm cách đếm từ một ngày'));
    type('from', '01/01/2027');
    click(part('policy-hour-to-hour'));
    type('roundUp', value);
    click(button('Lưu cách đếm'));
    expect(texts('.errors li')).toEqual(['Số phút làm tròn phải là số nguyên từ 0 đến 240']);
  });

  it('changes one, even its date, and removes one', async () => {
    const counting = [
      { effectiveFrom: '2026-07-01', policy: 'keep-time' as const },
      { effectiveFrom: '2027-01-01', policy: 'civil-code' as const, dayZero: 'receipt-date' as const },
    ];
    await open({ rules: { counting } });
    expect(texts('#counting .tag')).toEqual(['đang dùng']);
    expect(texts('#counting .cards > li')[1]).toContain('đang dùng');
    click(button('Sửa cách đếm từ 01/01/2027'));
    expect((part('dayZero-receipt-date') as HTMLInputElement).checked).toBe(true);
    type('from', '01/02/2027');
    click(button('Lưu cách đếm'));
    await until(() => expect(said('counting')).toContain('01/02/2027'));
    expect((await rules()).counting?.map(({ effectiveFrom }) => effectiveFrom)).toEqual(['2026-07-01', '2027-02-01']);
    click(button('Xoá cách đếm từ 01/07/2026'));
    await until(() => expect(said('counting')).toContain('Đã xoá cách đếm từ 01/07/2026'));
    expect((await rules()).counting).toHaveLength(1);
    click(button('Hoàn tác'));
    await until(() => expect(all('#counting .cards > li')).toHaveLength(3));
  });

  it('goes back to what ships, and leaves a form without a trace', async () => {
    await open({ rules: { counting: [{ effectiveFrom: '2026-07-01', policy: 'keep-time' }] } });
    click(button('Sửa cách đếm từ 01/07/2026'));
    click(part('policy-civil-code'));
    click(button('Bỏ, không lưu'));
    expect((await rules()).counting?.[0]?.policy).toBe('keep-time');
    click(button('Trở về mặc định', part('counting')));
    await until(() => expect(all('#counting .cards > li')).toHaveLength(1));
    expect((await rules()).counting).toBeUndefined();
  });
});

describe('when to warn', () => {
  it('stores working minutes, and only what differs from what ships', async () => {
    await open();
    type('dueSoon', '12');
    choose('dueSoon-unit', 'hour');
    type('share', '33,5');
    click(button('Lưu khi nào nhắc'));
    await until(() => expect(said('reminders')).toBe('Đã lưu. Có thể hoàn tác trong 10 giây.'));
    expect((await rules()).thresholds).toEqual({ dueSoonMinutes: 720, dueSoonShare: 0.335 });
    type('dueSoon', '2');
    choose('dueSoon-unit', 'day');
    type('share', '50');
    click(button('Lưu khi nào nhắc'));
    await until(async () => expect((await rules()).thresholds).toBeUndefined());
  });

  it('names every value that cannot be, and stores none', async () => {
    await open();
    type('dueSoon', '101');
    type('share', '120');
    type('mismatch', '0');
    type('acceptance', '1,5');
    click(button('Lưu khi nào nhắc'));
    expect(document.activeElement).toBe(document.querySelector('.errors'));
    expect(texts('.errors li')).toEqual([
      '«Sắp đến hạn» phải là số từ 0 đến 100 ngày làm việc (800 giờ)',
      'Phần của thời hạn phải là số từ 0 đến 100 %',
      'Mức lệch phải là số từ 1 phút đến 100 ngày làm việc (800 giờ)',
      'Hạn tiếp nhận phải là số nguyên từ 1 đến 60 ngày làm việc',
    ]);
    expect(all('#reminders [aria-invalid]').map(({ id }) => id)).toEqual([
      'dueSoon',
      'share',
      'mismatch',
      'acceptance',
    ]);
    expect(await rules()).toEqual({});
    click(button('Bỏ thay đổi'));
    expect(all('.errors')).toEqual([]);
    expect((part('share') as HTMLInputElement).value).toBe('50');
  });

  it('takes the last save back, but only for ten seconds', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await open({ rules: { thresholds: { acceptanceWorkdays: 3 } } });
    type('acceptance', '2');
    click(button('Lưu khi nào nhắc'));
    await until(() => expect(all('#reminders .status button')).toHaveLength(1));
    click(button('Hoàn tác'));
    await until(() => expect(said('reminders')).toBe('Đã trở lại như trước'));
    expect((await rules()).thresholds).toEqual({ acceptanceWorkdays: 3 });
    await until(() => expect((part('acceptance') as HTMLInputElement).value).toBe('3'));
    type('acceptance', '4');
    click(button('Lưu khi nào nhắc'));
    await until(() => expect(all('#reminders .status button')).toHaveLength(1));
    button('Hoàn tác').focus();
    act(() => void vi.advanceTimersByTime(10_000));
    expect(all('#reminders .status button')).toEqual([]);
    expect(document.activeElement).toBe(part('reminders-title'));
  });

  it('follows another tab, but keeps what is being typed', async () => {
    await open();
    await updateSetting('rules', () => ({ thresholds: { dueSoonShare: 0.25 } }));
    await until(() => expect((part('share') as HTMLInputElement).value).toBe('25'));
    type('acceptance', '5');
    const cutoffs = [{ procedure: '1.014849', at: '14:00' }];
    await updateSetting('rules', () => ({ thresholds: { dueSoonShare: 0.75 }, cutoffs }));
    await until(() => expect(all('.rows tbody tr')).toHaveLength(1));
    expect((part('acceptance') as HTMLInputElement).value).toBe('5');
    click(button('Bỏ thay đổi'));
    expect((part('share') as HTMLInputElement).value).toBe('75');
  });
});

describe('cut-offs', () => {
  it('adds, reads times as people write them, and removes', async () => {
    await open();
    click(button('Thêm thủ tục'));
    await until(() => expect(document.activeElement).toBe(part('cutoff-code-0')));
    expect((part('cutoff-at-0') as HTMLInputElement).value).toBe('15:00');
    type('cutoff-code-0', ' 1.014849 ');
    type('cutoff-at-0', '9h30');
    click(button('Lưu giờ chốt'));
    await until(async () => expect((await rules()).cutoffs).toEqual([{ procedure: '1.014849', at: '09:30' }]));
    await until(() => expect((part('cutoff-at-0') as HTMLInputElement).value).toBe('09:30'));
    click(button('Xoá dòng 1'));
    expect(document.activeElement).toBe(button('Thêm thủ tục'));
    click(button('Lưu giờ chốt'));
    await until(async () => expect((await rules()).cutoffs).toBeUndefined());
  });

  it('names a row without a code, a time that is none, and the same procedure under two spellings', async () => {
    await open({
      rules: {
        cutoffs: [
          { procedure: '1.014849', at: '14:00' },
          { procedure: '2.000815', at: '14:00' },
        ],
      },
    });
    type('cutoff-code-0', '');
    type('cutoff-at-1', '24:00');
    click(button('Thêm thủ tục'));
    type('cutoff-code-2', '2.000815.000.00.00.H29');
    click(button('Lưu giờ chốt'));
    expect(texts('.errors li')).toEqual([
      'Dòng 1: nhập mã thủ tục',
      'Dòng 2: giờ chốt phải có dạng giờ:phút, ví dụ 15:00',
      'Dòng 3: thủ tục 2.000815 đã có ở trên',
    ]);
    click(all('.errors a')[1] as HTMLElement);
    expect(document.activeElement).toBe(part('cutoff-at-1'));
  });
});
