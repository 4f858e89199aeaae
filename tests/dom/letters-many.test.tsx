import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportXlsx } from '../../entrypoints/letters/register-rows.ts';
import { newEntry, type RegisterEntry } from '../../lib/letters/index.ts';
import {
  clearSeen,
  ownTemplates,
  removeTemplate,
  restoreSeen,
  updateRegister,
  watchRegister,
} from '../../lib/platform/index.ts';
import { at, HOST, NOW, entry as seen } from '../fixtures/records.ts';
import {
  all,
  button,
  choose,
  click,
  close,
  downloads,
  everythingStored,
  facts,
  give,
  nextDownload,
  open,
  part,
  reset,
  shown,
  tab,
  textOf,
  texts,
  type,
  until,
  words,
} from './letters-page.tsx';

const A = 'H29.999-261110-0001';
const B = 'H29.999-261110-0002';
const C = 'H29.999-261110-0003';

const registerNow = () =>
  new Promise<RegisterEntry[]>((resolve, reject) => {
    const stop = watchRegister(({ entries }) => {
      resolve(entries);
      setTimeout(() => stop());
    }, reject);
  });
const stateOf = async (code: string) => (await registerNow()).find((one) => one.code === code)?.state;
const put = (entry: RegisterEntry) => updateRegister(entry, NOW, () => entry);
const of = (code: string, changes: Partial<RegisterEntry> = {}) =>
  newEntry({ code, host: HOST, unit: 'UBND phường Mẫu', oldDueAt: at('17:00 25/11/2026'), ...changes }, NOW);
const rows = (panel: string) => all(`#panel-${panel} tbody tr`).map((row) => words(row.querySelector('th')));
const docx = (name: string, bytes: Uint8Array = readFileSync('lib/letters/templates/nd30-2020.docx')) =>
  new File([bytes as BlobPart], name);

beforeEach(async () => {
  await reset();
  await clearSeen();
  for (const { id } of await ownTemplates()) await removeTemplate(id);
  for (const old of await registerNow()) await put(newEntry({ code: old.code, host: old.host, unit: '' }, NOW));
});

afterEach(() => {
  close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('batch', () => {
  const received = { receivedAt: at('08:00 10/11/2026') };
  const person = (code: string, owner: string) => {
    const { record, recipient } = facts();
    shown.set(code, { record: { ...record, code }, recipient: { ...recipient, owner } });
  };

  async function openBatch(): Promise<void> {
    await restoreSeen([A, B, C].map((code) => seen(code, received)));
    await open('');
    tab('batch');
    await until(() => expect(rows('batch')).toEqual([A, B, C]));
  }

  it('makes the letters whose people an open page shows, and names the others', async () => {
    person(A, 'Nguyễn Văn Mẫu');
    person(C, 'Lê Thị Mẫu');
    await openBatch();
    choose('batch-preset', 'system');
    click(button('Soạn 3 thư'));
    await until(() => expect(words(part('batch-results'))).toBe('Soạn được 2 thư, 1 hồ sơ chưa soạn được'));
    expect(texts('#panel-batch .bullets li')).toEqual([
      `${B}: Không đọc được người nhận: mở trang danh sách có hồ sơ này`,
    ]);
    click(button('Tải .zip (mỗi thư một tệp)'));
    const { name, bytes } = await nextDownload();
    expect(name).toBe('xin-loi_2026-11-23.zip');
    const files = unzipSync(bytes);
    expect(Object.keys(files)).toEqual([`xin-loi_${A}_2026-11-23.docx`, `xin-loi_${C}_2026-11-23.docx`]);
    expect(textOf(Object.values(files)[0] as Uint8Array)).toContain('Nguyễn Văn Mẫu');
    expect(textOf(Object.values(files)[1] as Uint8Array)).toContain('Lê Thị Mẫu');
    await until(async () =>
      expect([await stateOf(A), await stateOf(B), await stateOf(C)]).toEqual(['drafted', undefined, 'drafted']),
    );
    click(button('Tải một .docx gộp để in'));
    const merged = textOf((await nextDownload()).bytes);
    expect(merged.indexOf('Nguyễn Văn Mẫu')).toBeLessThan(merged.indexOf('Lê Thị Mẫu'));
    click(button('Tải bảng kết quả .csv'));
    const csv = strFromU8((await nextDownload()).bytes);
    expect(csv).toContain(`"${B}","chưa soạn"`);
    expect(csv).not.toMatch(/Nguyễn|Lê Thị/);
    expect(await everythingStored()).not.toMatch(/Nguyễn Văn|Lê Thị/);
    click(button('Hoàn tác'));
    await until(async () => expect([await stateOf(A), await stateOf(C)]).toEqual(['needed', 'needed']));
  });

  it('takes a reason of its own for a row, and asks for one where there is none', async () => {
    person(A, 'Nguyễn Văn Mẫu');
    await openBatch();
    click(button('Soạn 3 thư'));
    expect(texts('#panel-batch .errors li').join()).toContain('Nhập lý do chung');
    act(() => part('batch-all').click());
    expect(() => button('Soạn 0 thư')).not.toThrow();
    click(all(`#panel-batch input[aria-label="Chọn ${A}"]`)[0] as HTMLElement);
    const own = document.querySelector(`select[aria-label="Lý do của ${A}"]`) as HTMLSelectElement;
    own.id = 'own-reason';
    choose('own-reason', 'signature');
    click(button('Soạn 1 thư'));
    await until(() => expect(words(part('batch-results'))).toBe('Soạn được 1 thư'));
    click(button('Tải một .docx gộp để in'));
    expect(textOf((await nextDownload()).bytes)).toContain('chưa kịp ký duyệt');
  });

  it('stops when it is told to', async () => {
    for (const code of [A, B, C]) person(code, 'Nguyễn Văn Mẫu');
    await openBatch();
    choose('batch-preset', 'system');
    click(button('Soạn 3 thư'));
    await until(() => expect(() => button('Dừng')).not.toThrow());
    click(button('Dừng'));
    await until(() => expect(words(part('batch-results'))).toMatch(/^Đã dừng\. Soạn được [0-2] thư/));
  });

  it('leaves out what was sent, also from a list that named no host', async () => {
    await put(of(A, { state: 'issued', issuedAt: NOW }));
    await put(of(B, { host: '', state: 'issued', issuedAt: NOW }));
    await restoreSeen([A, B, C].map((code) => seen(code, received)));
    await open('');
    tab('batch');
    await until(() => expect(rows('batch')).toEqual([C]));
  });
});

describe('register', () => {
  it('shows, filters, notes as sent and takes back', async () => {
    await put(of(A, { state: 'drafted', draftedAt: NOW, newDueAt: at('17:00 02/12/2026'), channel: 'sms' }));
    await put(of(B, { state: 'issued', issuedAt: at('09:00 27/11/2026'), letterDueAt: at('17:00 23/11/2026') }));
    await open('');
    tab('register');
    await until(() => expect(rows('register').sort()).toEqual([A, B]));
    expect(texts(`#panel-register tr[data-state=issued]`)[0]).toContain('gửi trễ');
    choose('register-state', 'drafted');
    expect(rows('register')).toEqual([A]);
    expect(texts('#panel-register tbody tr')[0]).toContain('đã soạn25/11/202602/12/2026tin nhắn');
    choose('register-state', 'open');
    type('register-query', '0002');
    expect(rows('register')).toEqual([B]);
    type('register-query', '');
    click(button(`Đã gửi ${A}`));
    await until(async () => expect(await stateOf(A)).toBe('issued'));
    await until(() => expect(() => button('Hoàn tác')).not.toThrow());
    click(button('Hoàn tác'));
    await until(async () => expect(await stateOf(A)).toBe('drafted'));
  });

  it('takes in codes whose letters went out before, and only the codes', async () => {
    await put(of(A, { state: 'issued', issuedAt: NOW }));
    await open('');
    tab('register');
    await until(() => expect(rows('register')).toEqual([A]));
    await give('panel-register', new File([`Mã,Họ tên\n${A},x\n${B},Nguyễn Văn Mẫu\n${B},y\nchữ\n`], 'ds.csv'));
    await until(() =>
      expect(texts('#panel-register .review p')[0]).toBe(
        'Thấy 2 mã. 1 mã lặp lại, chỉ lấy một lần. Dòng không có mã: 5.',
      ),
    );
    click(button('Ghi 2 mã là đã gửi'));
    expect(words(part('sent-fault'))).toContain('Chọn ngày đã gửi');
    type('sent', '2026-11-20');
    click(button('Ghi 2 mã là đã gửi'));
    await until(async () =>
      expect((await registerNow()).find(({ code }) => code === B)?.issuedAt).toBe(at('00:00 20/11/2026')),
    );
    await until(() => expect(texts('#panel-register p[role=status]')).toContain('1 mã đã có trong sổ, không ghi lại.'));
    expect(await everythingStored()).not.toContain('Nguyễn');
    click(button('Hoàn tác'));
    await until(async () => expect(await stateOf(B)).toBe('none'));
    expect(await stateOf(A)).toBe('issued');
  });

  it('reports by unit and month in a spreadsheet that runs nothing', async () => {
    const bytes = await reportXlsx(
      [
        of(A, { state: 'issued', issuedAt: NOW, reasonId: 'system' }),
        of(B, { state: 'late', oldDueAt: at('17:00 20/11/2026') }),
        of(C, { state: 'issued', issuedAt: NOW, unit: '=HYPERLINK("http://x")' }),
        of('H29.999-261110-0004'),
      ],
      NOW,
    );
    const xml = Object.entries(unzipSync(bytes)).find(([name]) => name.endsWith('sheet1.xml'))?.[1] as Uint8Array;
    expect(strFromU8(xml)).not.toMatch(/<f[ >]/);
    const [head, formula, unit] = (await readXlsx(bytes)).sheets[0]?.rows ?? [];
    expect(head?.slice(0, 4)).toEqual(['Đơn vị', 'Tháng (ngày hẹn cũ)', 'Hồ sơ trong sổ', 'Đã gửi thư']);
    expect(formula?.[0]).toBe('=HYPERLINK("http://x")');
    expect(unit?.slice(0, 9)).toEqual(['UBND phường Mẫu', '11/2026', 2, 1, 0, 1, 0, 0, 1]);
  });

  it('says what to do while it is empty', async () => {
    await open('');
    tab('register');
    await until(() => expect(texts('#panel-register .empty h2')).toHaveLength(1));
    expect(all('#panel-register tbody tr')).toEqual([]);
  });
});

describe('templates', () => {
  it('checks a template before it comes in, offers it for drafting, and takes it away with a way back', async () => {
    await open('');
    tab('templates');
    await give('panel-templates', docx('mẫu phường.docx'));
    await until(() => expect(words(part('check-title'))).toBe('Kiểm tra mẫu: mẫu phường'));
    expect(await ownTemplates()).toEqual([]);
    click(button('Nhận mẫu này'));
    await until(() => expect(texts('#template option')).toContain('mẫu phường (mẫu của đơn vị)'));
    await until(() => expect(() => button('Bỏ mẫu mẫu phường')).not.toThrow());
    click(button('Bỏ mẫu mẫu phường'));
    await until(async () => expect(await ownTemplates()).toEqual([]));
    await until(() => expect(() => button('Hoàn tác')).not.toThrow());
    click(button('Hoàn tác'));
    await until(async () => expect((await ownTemplates()).map(({ name }) => name)).toEqual(['mẫu phường']));
  });

  it.each([
    ['no Word file', new Uint8Array([1, 2, 3]), 'Không phải tệp .docx'],
    ['an empty file', new Uint8Array(), 'Tệp trống'],
  ])('refuses %s and says why', async (_, bytes, why) => {
    await open('');
    tab('templates');
    await give('panel-templates', docx('x.docx', bytes));
    await until(() => expect(words(part('check-title'))).toBe('Chưa nhận được mẫu: x'));
    expect(texts('#panel-templates .bullets li')).toEqual([why]);
    expect(() => button('Nhận mẫu này')).toThrow();
  });

  it('gives the built-in templates as files', async () => {
    await open('');
    tab('templates');
    click(all('button').find((one) => words(one) === 'Tải về để sửa') as HTMLElement);
    const { name, bytes } = await nextDownload();
    expect(name).toBe('mau-tt03-2025.docx');
    expect(textOf(bytes)).toContain('{maHoSo}');
    expect(downloads).toHaveLength(1);
  });
});
