import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { RegisterEntry } from '../../lib/letters/index.ts';
import { readSetting, updateRegister, watchRegister } from '../../lib/platform/index.ts';
import { at, HOST, NOW } from '../fixtures/records.ts';
import {
  all,
  button,
  CODE,
  choose,
  click,
  close,
  copied,
  downloads,
  everythingStored,
  facts,
  nextDownload,
  open,
  PERSON,
  part,
  press,
  reset,
  shown,
  TAB,
  tab,
  tabs,
  textOf,
  texts,
  type,
  UNIT,
  until,
  words,
} from './letters-page.tsx';

const registerNow = () =>
  new Promise<RegisterEntry[]>((resolve, reject) => {
    const stop = watchRegister(({ entries }) => {
      resolve(entries);
      setTimeout(() => stop());
    }, reject);
  });
const entry = async (code = CODE) => (await registerNow()).find((one) => one.code === code);
const status = () => words(document.querySelector('#panel-draft .outputs [role=status]'));
const summary = () => texts('#panel-draft .errors li');
const ready = () => choose('preset', 'volume');

beforeEach(async () => {
  await reset();
  for (const { code, host } of await registerNow())
    await updateRegister({ code, host, unit: '' }, NOW, (old) => ({
      code: old.code,
      host: old.host,
      unit: '',
      state: 'none',
      reappointments: 0,
      past: [],
      changedAt: NOW,
    }));
  shown.set(CODE, facts());
});

afterEach(() => {
  close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('reasons', () => {
  it("puts the unit's own sentences first, and keeps no sentence in the register", async () => {
    const OWN = 'Phần mềm dùng chung của Thành phố bảo trì từ ngày 20/11';
    await open(undefined, { ...UNIT, lyDo: [OWN] });
    expect(texts('#preset option').slice(0, 2)).toEqual(['Chọn…', OWN]);
    choose('preset', 'own-0');
    expect(part('reason').value).toBe(OWN);
    expect(part('preset').value).toBe('own-0');
    type('reason', `${OWN}.`);
    expect(part('preset').value).toBe('other');
    choose('preset', 'own-0');
    press('s');
    await until(async () => expect(await entry()).toMatchObject({ state: 'drafted', reasonId: 'other' }));
    expect(JSON.stringify(await entry())).not.toContain('bảo trì');
  });

  it('are entered with what the letters say of the unit, a line each', async () => {
    await open();
    tab('unit');
    type('unit-lyDo', 'Một lý do\n- Lý do thứ hai\n\n');
    click(button('Lưu thông tin đơn vị'));
    await until(async () => expect((await readSetting('letterUnit')).lyDo).toEqual(['Một lý do', 'Lý do thứ hai']));
  });
});

describe('what the page gives', () => {
  it('fills the letter and proposes a new date', async () => {
    await open();
    expect(words(document.querySelector('[data-source=read]'))).toContain(`Đọc từ ${HOST} lúc 09:00`);
    expect(part('to').value).toBe('Nguyễn Văn Mẫu');
    expect(part('address').value).toBe('Số 0 đường Mẫu');
    expect(part('code').value).toBe(CODE);
    expect(part('procedure').value).toBe('Đăng ký khai sinh');
    expect([part('received').value, part('received-time').value]).toEqual(['2026-11-10', '08:00']);
    expect([part('due').value, part('due-time').value]).toEqual(['2026-11-25', '17:00']);
    expect(part('status').value).toBe('Đang xử lý');
    // Five working days after the old appointment.
    expect([part('next').value, part('next-time').value]).toEqual(['2026-12-02', '17:00']);
    expect(texts('#panel-draft .fault')).toEqual([]);
  });

  it('writes to the authorised person before the owner, and lets the officer choose', async () => {
    shown.set(CODE, facts({}, { ...PERSON, authorised: 'Lê Thị Ủy' }));
    await open();
    expect(part('to').value).toBe('Lê Thị Ủy');
    choose('party', 'owner');
    expect(part('to').value).toBe('Nguyễn Văn Mẫu');
  });

  it('does not take a submitter for the owner', async () => {
    shown.set(CODE, facts({}, { submitter: 'Phạm Văn Nộp' }));
    await open();
    expect(part('to').value).toBe('');
    click(button('Tải .docx'));
    expect(summary().some((line) => line.includes('Kính gửi'))).toBe(true);
    choose('party', 'submitter');
    expect(part('to').value).toBe('Phạm Văn Nộp');
  });

  it('writes to an organisation by its name alone and guesses nobody’s sex', async () => {
    shown.set(CODE, facts({}, { owner: 'Công ty TNHH Mẫu', organisation: true }));
    await open();
    ready();
    click(button('Tải .docx'));
    const organisation = textOf((await nextDownload()).bytes);
    expect(organisation).toContain('Kính gửi: Công ty TNHH Mẫu\n');
    choose('organisation', 'no');
    click(button('Tải .docx'));
    expect(textOf((await nextDownload()).bytes)).toContain('Kính gửi: Ông/Bà Công ty');
  });

  it.each([
    ['closed', () => tabs.clear()],
    ['gone', () => shown.clear()],
  ] as const)('says so when the page is %s and keeps the code', async (kind, change) => {
    change();
    await open();
    expect(document.querySelector('[data-source]')?.getAttribute('data-source')).toBe(kind);
    expect(part('code').value).toBe(CODE);
    expect(part('to').value).toBe('');
  });

  it('can be filled by hand', async () => {
    await open('');
    expect(document.querySelector('[data-source=none]')).not.toBeNull();
    type('to', 'Nguyễn Văn Mẫu');
    type('code', 'H29.999-261110-0009');
    type('procedure', 'Thủ tục thử');
    type('received', '2026-11-10');
    type('due', '2026-11-26');
    type('status', 'Đang xử lý');
    ready();
    expect(part('next').value).toBe('2026-12-03');
    click(button('Tải .docx'));
    expect(textOf((await nextDownload()).bytes)).toContain('ngày 26 tháng 11 năm 2026');
    await until(async () => expect((await entry('H29.999-261110-0009'))?.state).toBe('drafted'));
  });

  it('reads again, keeps what was written, and can go back', async () => {
    await open();
    type('reason', 'hệ thống gián đoạn');
    type('to', 'Sai Tên');
    shown.set(CODE, facts({ status: { code: 4, text: 'Chờ ký' } }));
    click(button('Đọc lại từ trang'));
    await until(() => expect(part('status').value).toBe('Chờ ký'));
    expect(part('to').value).toBe('Nguyễn Văn Mẫu');
    expect(part('reason').value).toBe('hệ thống gián đoạn');
    await until(() => expect(status()).toContain('Đã đọc lại từ trang'));
    click(button('Hoàn tác'));
    await until(() => expect(part('to').value).toBe('Sai Tên'));
  });
});

describe('what stands against a letter', () => {
  it('names everything that is missing, makes nothing, and leads to the field', async () => {
    await open(undefined, {});
    expect(texts('#panel-draft .fault')).toEqual([]);
    press('s');
    expect(summary()).toEqual([
      'Thiếu Cơ quan ban hành',
      'Thiếu Địa danh, ngày tháng năm',
      'Thiếu Lý do trễ hạn',
      'Thiếu Nơi nhận',
      'Thiếu Chức vụ người ký',
      'Thiếu Họ tên người ký',
    ]);
    expect(document.activeElement?.className).toBe('errors');
    expect(words(part('reason-fault'))).toContain('Thiếu Lý do trễ hạn');
    expect(downloads).toEqual([]);
    expect((await entry())?.state ?? 'none').toBe('none');
    click(all('.errors a').find((link) => words(link) === 'Thiếu Nơi nhận') as HTMLElement);
    await until(() => expect(document.activeElement?.id).toBe('unit-noiNhan'));
  });

  it.each([
    ['2026-11-29', 'Chủ nhật 29/11/2026 là ngày nghỉ'],
    ['2026-11-23', 'không sau ngày hôm nay'],
    ['2026-11-25', 'không sau ngày hẹn cũ'],
    ['2040-01-05', 'Chưa có lịch làm việc'],
  ])('says at once why %s is no date', async (date, why) => {
    await open();
    ready();
    type('next', date);
    expect(words(part('next-fault'))).toContain(why);
    click(button('Tải .docx'));
    await until(() => expect(summary().join()).toContain(why));
    expect(downloads).toEqual([]);
  });

  it('refuses a second re-appointment', async () => {
    shown.set(CODE, facts({ extendedDueAt: at('17:00 30/11/2026') }));
    await open();
    ready();
    expect(texts('#panel-draft .fault').join()).toContain('Đã hẹn lại một lần');
    type('next', '2026-12-09');
    click(button('Tải .docx'));
    expect(summary().join()).toContain('Đã hẹn lại một lần');
    expect(downloads).toEqual([]);
  });

  it('takes the calendar’s date back', async () => {
    await open();
    type('next', '2026-12-04');
    expect(part('next').value).toBe('2026-12-04');
    click(button('Lấy ngày đề nghị'));
    expect(part('next').value).toBe('2026-12-02');
  });
});

describe('ways out', () => {
  it('gives a .docx with everything in it, number and date blank, and notes it', async () => {
    await open();
    ready();
    press('s');
    const { name, bytes } = await nextDownload();
    expect(name).toBe(`xin-loi_${CODE}_2026-11-23.docx`);
    const text = textOf(bytes);
    for (const one of [
      'Số: ……/PXL',
      'Phường Mẫu, ngày … tháng … năm …',
      'Ông/Bà Nguyễn Văn Mẫu',
      CODE,
      'Đăng ký khai sinh',
      '08 giờ 00 ngày 10 tháng 11 năm 2026',
      '17 giờ 00 ngày 25 tháng 11 năm 2026',
      '17 giờ 00 ngày 02 tháng 12 năm 2026',
      'Trần Thị Ký',
    ])
      expect(text).toContain(one);
    await until(() => expect(status()).toContain('Sổ ghi: đã soạn'));
    expect(await entry()).toMatchObject({
      host: HOST,
      state: 'drafted',
      channel: 'paper',
      reasonId: 'volume',
      procedureCode: '1.001',
      oldDueAt: at('17:00 25/11/2026'),
      newDueAt: at('17:00 02/12/2026'),
    });
    click(button('Hoàn tác'));
    await until(async () => expect((await entry())?.state).toBe('needed'));
  });

  it('prints under a name without a person', async () => {
    await open();
    ready();
    let title = '';
    vi.stubGlobal('print', () => {
      title = document.title;
    });
    await until(() => expect(document.querySelector('.paper')?.getAttribute('data-complete')).toBe('true'));
    press('p');
    await until(() => expect(title).toBe(`xin-loi_${CODE}_2026-11-23`));
    expect(document.title).toBe('Đúng Hẹn: thư xin lỗi');
  });

  it('gives messages with and without accents', async () => {
    await open();
    ready();
    const [short, accented, subject] = texts('.message .text') as [string, string, string];
    expect(short.length).toBeLessThanOrEqual(160);
    expect(short).toMatch(/^[\x20-\x7e]+$/);
    expect(texts('.message .row')[0]).toContain(`${short.length}/160 ký tự`);
    expect(accented).toContain('Nguyễn Văn Mẫu');
    expect(subject).not.toContain('Nguyễn');
    click(button('Chép: Tin nhắn không dấu'));
    await until(() => expect(copied).toHaveBeenCalledWith(short));
    await until(() => expect(status()).toContain('Đã chép'));
  });

  it('notes a letter that went out, then makes no second one', async () => {
    await open();
    ready();
    choose('channel', 'email');
    click(button('Đã gửi'));
    await until(async () => expect(await entry()).toMatchObject({ state: 'issued', channel: 'email', issuedAt: NOW }));
    await until(() => expect(words(document.querySelector('.source'))).toContain('đã gửi ngày 23/11/2026'));
    click(button('Tải .docx'));
    await until(() => expect(summary().join()).toContain('Đã hẹn lại một lần'));
    expect(downloads).toEqual([]);
    click(button('Hoàn tác'));
    await until(() => expect(words(document.querySelector('.source'))).not.toContain('đã gửi'));
    click(button('Tải .docx'));
    await nextDownload();
  });

  it('shows the paper as it is written, gaps named', async () => {
    await open();
    await until(() => expect(document.querySelector('.paper')?.getAttribute('data-state')).toBe('ready'));
    const paper = () => document.querySelector('.paper')?.shadowRoot?.textContent?.replace(/\u00a0/g, ' ') ?? '';
    expect(paper()).toContain('[chưa có: Lý do trễ hạn]');
    type('reason', 'mất điện');
    await until(() => expect(paper()).toContain('mất điện'));
    expect(document.querySelector('style')).toBeNull();
    expect(document.querySelector('.paper')?.shadowRoot?.querySelector('style, [style*=url]')).toBeNull();
  });
});

describe('unit', () => {
  it('saves what every letter says of it, and takes it back', async () => {
    await open(undefined, {});
    tab('unit');
    type('unit-coQuanBanHanh', 'UBND phường Thử');
    type('unit-noiNhan', '- Như trên\n\nLưu: VT');
    type('unit-nguoiKy.hoTen', 'Trần Thị Ký');
    click(button('Lưu thông tin đơn vị'));
    await until(async () =>
      expect(await readSetting('letterUnit')).toEqual({
        coQuanBanHanh: 'UBND phường Thử',
        noiNhan: ['Như trên', 'Lưu: VT'],
        nguoiKy: { hoTen: 'Trần Thị Ký' },
      }),
    );
    await until(() => expect(all('#panel-unit .said')).toHaveLength(1));
    click(button('Hoàn tác', part('panel-unit')));
    await until(async () => expect(await readSetting('letterUnit')).toEqual({}));
  });
});

describe('privacy', () => {
  it('leaves nothing of the person anywhere once the letter is out', async () => {
    const spoken: unknown[] = [];
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, method).mockImplementation((...parts) => void spoken.push(parts));
    shown.set(CODE, facts({}, { ...PERSON, authorised: 'Lê Thị Ủy', submitter: 'Phạm Văn Nộp' }));
    await open();
    ready();
    type('reason', 'ông Nguyễn Văn Mẫu chưa nộp bản chính');
    press('s');
    const { name } = await nextDownload();
    await until(async () => expect((await entry())?.state).toBe('drafted'));
    click(button('Đã gửi'));
    await until(async () => expect((await entry())?.state).toBe('issued'));
    const kept = `${await everythingStored()} ${location.href} ${document.title} ${name} ${JSON.stringify(spoken)}`;
    expect(kept).toContain(CODE);
    for (const secret of ['Nguyễn', 'Mẫu chưa nộp', 'Lê Thị', 'Phạm', 'đường Mẫu', PERSON.phone])
      expect(kept).not.toContain(secret);
    for (const field of all('input[type=text], textarea')) expect(field.getAttribute('autocomplete')).toBe('off');
  });

  it('asks only the tab that it was opened for', async () => {
    const asked: number[] = [];
    const { sendMessage } = fakeBrowser.tabs;
    fakeBrowser.tabs.sendMessage = ((id: number, message: never) => {
      asked.push(id);
      return sendMessage(id, message);
    }) as never;
    tabs.set(8, `https://${HOST}/khac`);
    await open();
    expect(asked).toEqual([TAB]);
  });
});
