import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { UNDO_SECONDS, UndoBar } from '../../entrypoints/shared/undo.tsx';
import { PAGE_ROWS } from '../../entrypoints/sidepanel/grid.tsx';
import { Panel } from '../../entrypoints/sidepanel/panel.tsx';
import { NO_LINK, readAt } from '../../entrypoints/sidepanel/row.tsx';
import { advance, type RegisterEntry, type RegisterEvent } from '../../lib/letters/index.ts';
import {
  allSeen,
  clearSeen,
  handle,
  putSeen,
  readSetting,
  registerOf,
  restoreSeen,
  updateRegister,
} from '../../lib/platform/index.ts';
import type { WorklistEntry } from '../../lib/schema/index.ts';
import { at, batch, entry, HOST, NOW, record } from '../fixtures/records.ts';

const wall = () => Math.floor(Date.now() / 60_000);
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const texts = (selector: string) => all(selector).map((element) => element.textContent?.replace(/\s+/g, ' ').trim());
const button = (name: string) => {
  const found = all('button').find((element) => (element.getAttribute('aria-label') ?? element.textContent) === name);
  if (!found) throw new Error(`no button «${name}» among ${texts('button').join(', ')}`);
  return found;
};
/** Not within `act`, which holds every drawing back until it ends. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 });
const click = (element: HTMLElement) => act(() => element.click());
const press = (key: string, target: Element = document.activeElement ?? document.body) =>
  act(() => void target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));
const type = (query: string) =>
  act(() => {
    const input = document.querySelector('input') as HTMLInputElement;
    input.value = query;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });

const OVERDUE = entry('H29.999-251101-0001', { dueAt: at('17:00 20/11/2026') });
const TODAY = entry('H29.999-251101-0002', { dueAt: at('17:00 23/11/2026') }, { link: null });
const CALM = entry('MÃ LẠ 3', { dueAt: at('17:00 30/12/2026'), codeKnown: false, aliases: ['G00.99-251101-7777'] });
const ACCEPTANCE = entry('H29.999-251101-0004', {
  status: { code: 1, text: 'Mới đăng ký' },
  channel: 'online',
  submittedAt: at('09:00 10/11/2026'),
});
const LIST: WorklistEntry[] = [CALM, TODAY, ACCEPTANCE, OVERDUE];

/** Makes sure that the database is there, then empties it. */
async function clearRegister(): Promise<void> {
  await registerOf(HOST, []);
  const raw = await new Dexie('dung-hen-letters').open();
  await raw.table('register').clear();
  raw.close();
}

const written = vi.fn();
let stop: (() => void)[] = [];

async function open(entries: readonly WorklistEntry[], rows = entries.length): Promise<void> {
  await restoreSeen(entries);
  act(() => render(<Panel />, document.getElementById('app') as HTMLElement));
  await until(() => {
    expect(all('main').length).toBe(1);
    expect(document.querySelector('[aria-busy]')).toBeNull();
    expect(all('.row')).toHaveLength(Math.min(rows, PAGE_ROWS));
  });
}

beforeEach(async () => {
  fakeBrowser.reset();
  await clearSeen();
  await clearRegister();
  // The panel shows the simulated morning of the records.
  await fakeBrowser.storage.session.set({ sandboxOffsetMinutes: NOW - wall() });
  document.body.innerHTML = '<div id="app"></div>';
  written.mockReset();
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => written(text));
  vi.spyOn(fakeBrowser.tabs, 'create').mockResolvedValue({} as never);
});

afterEach(() => {
  act(() => render(null, document.getElementById('app') as HTMLElement));
  for (const end of stop) end();
  stop = [];
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('states', () => {
  it('says how the list fills when it is empty', async () => {
    await open([]);
    expect(texts('h2')).toEqual(['Chưa có hồ sơ nào']);
    expect(document.body.textContent).toContain('Vào trang danh sách hồ sơ');
  });

  it('says so when the browser gives no access, and tries again', async () => {
    await restoreSeen([OVERDUE]);
    const failing = vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
      throw new DOMException('no', 'UnknownError');
    });
    act(() => render(<Panel />, document.getElementById('app') as HTMLElement));
    await until(() => expect(texts('[role=alert] h2')).toEqual(['Không mở được danh sách trên máy này']));
    failing.mockRestore();
    click(button('Thử lại'));
    await until(() => expect(all('.row')).toHaveLength(1));
  });

  it('counts rows that are damaged instead of hiding them', async () => {
    await putSeen(batch([]), NOW);
    const raw = await new Dexie('dung-hen').open();
    await raw.table('seen').put({ code: 'X', host: HOST, seenAt: NOW });
    raw.close();
    await open([OVERDUE]);
    expect(texts('.note')).toEqual(['1 dòng lưu trên máy này bị hỏng và không được hiện.']);
  });

  it('shows nothing of the list while it is locked', async () => {
    await open(LIST);
    click(button('Khóa bảng'));
    await until(() => expect(texts('h1')).toEqual(['Bảng đang khóa']));
    expect(document.body.textContent).not.toContain('H29');
    expect(await readSetting('panelLocked')).toBe(true);
    click(button('Mở khóa bảng'));
    await until(() => expect(all('.row')).toHaveLength(LIST.length));
  });
});

describe('a row', () => {
  it('shows verdict, moment, code, procedure, time of reading and host, the most urgent first', async () => {
    await open(LIST);
    expect(texts('.code')).toEqual([ACCEPTANCE.code, OVERDUE.code, TODAY.code, CALM.code]);
    const row = all('.row')[1] as HTMLElement;
    expect(row.querySelector('.badge')?.getAttribute('data-verdict')).toBe('overdue');
    expect(row.textContent).toContain('Quá hạn: quá 1 giờ 30 phút17:00 thứ Sáu 20/11');
    expect(row.textContent).toContain('đọc lúc 09:00');
    expect(row.textContent).toContain(HOST);
    expect(row.querySelector<HTMLElement>('.procedure')?.title).toBe('Thủ tục thử');
  });

  it('marks a strange code', async () => {
    await open([CALM]);
    expect(texts('.mark')).toContain('mã lạ');
  });

  it('says the date of an older reading', () => {
    expect(readAt(NOW, NOW)).toBe('09:00');
    expect(readAt(at('16:05 20/11/2026'), NOW)).toBe('16:05 20/11');
    expect(readAt(at('16:05 31/12/2025'), NOW)).toBe('16:05 31/12/2025');
  });

  it('opens the dossier, copies its code and explains itself', async () => {
    await open([OVERDUE]);
    click(button(`Mở hồ sơ ${OVERDUE.code}`));
    expect(fakeBrowser.tabs.create).toHaveBeenCalledWith({ url: OVERDUE.link });
    click(button(`Chép mã ${OVERDUE.code}`));
    expect(written).toHaveBeenCalledWith(OVERDUE.code);
    click(button(`Vì sao? Hồ sơ ${OVERDUE.code}`));
    expect(texts('.why h2')[0]).toBe('Cách tính');
    expect(document.body.textContent).toContain('Hệ thống hẹn trả 17:00 20/11/2026.');
  });

  it('says why it cannot be opened', async () => {
    await open([TODAY]);
    const disabled = button(`Mở hồ sơ ${TODAY.code}. ${NO_LINK}`);
    expect(disabled.getAttribute('aria-disabled')).toBe('true');
    click(disabled);
    expect(fakeBrowser.tabs.create).not.toHaveBeenCalled();
    expect(texts('[role=status]')).toEqual([NO_LINK]);
  });
});

describe('finding', () => {
  it('by part of a code or alias, without marks', async () => {
    await open(LIST);
    type('7777');
    expect(texts('.code')).toEqual([CALM.code]);
    type('ma la');
    expect(texts('.code')).toEqual([CALM.code]);
    type('nothing like that');
    expect(texts('h2')).toEqual(['Không có hồ sơ nào khớp']);
    click(button('Bỏ lọc'));
    expect(all('.row')).toHaveLength(LIST.length);
  });

  it('by clock and verdict, with counts', async () => {
    await open(LIST);
    expect(texts('[role=tab]')).toEqual(['Tất cả 4', 'Hẹn trả 3', 'Tiếp nhận 1', 'Bước xử lý 0', 'Trả kết quả 0']);
    await until(() =>
      expect(texts('.chip')).toEqual(['▲Quá hạn 2', '◆Đến hạn hôm nay 1', '●Còn hạn 1', '✉Cần thư xin lỗi 2']),
    );
    click(all('.chip')[0] as HTMLElement);
    expect(texts('.code')).toEqual([ACCEPTANCE.code, OVERDUE.code]);
    click(all('[role=tab]')[2] as HTMLElement);
    expect(texts('.code')).toEqual([ACCEPTANCE.code]);
    expect(texts('.summary span')).toEqual(['Đang hiện 1 trong 4 hồ sơ']);
    // A chip that was chosen stays to be taken back, even at zero.
    click(all('[role=tab]')[3] as HTMLElement);
    expect(texts('.chip')).toEqual(['▲Quá hạn 0']);
  });

  it('tells the count to a screen reader once the typing stops', async () => {
    await open(LIST);
    type('0');
    type('0001');
    expect(texts('[role=status]')).toEqual(['']);
    await until(() => expect(texts('[role=status]')).toEqual(['1 hồ sơ khớp']));
  });
});

describe('«Cần thư xin lỗi»', () => {
  // Friday 27 November: its letter is due on Thursday 26; of OVERDUE and TODAY that moment has passed.
  const SOON = entry('H29.999-251101-0005', { dueAt: at('17:00 27/11/2026') });
  const DONE = entry('H29.999-251101-0006', {
    dueAt: at('17:00 20/11/2026'),
    status: { code: 10, text: 'Đã trả kết quả' },
  });
  const chip = () => all('.chip').find((one) => one.textContent?.includes('Cần thư'));
  const words = () => texts('.letter .words');
  const hold = (code: string, ...events: RegisterEvent[]) =>
    updateRegister({ code, host: HOST, unit: '' }, NOW, (entry) =>
      events.reduce<RegisterEntry>((before, event) => {
        const next = advance(before, event, NOW);
        return next.ok ? next.entry : before;
      }, entry),
    );
  const stateOf = async (code: string) => (await registerOf(HOST, [code])).get(code)?.state;
  const DRAFT = { type: 'draft', newDueAt: at('17:00 30/11/2026'), reasonId: 'consult', channel: 'paper' } as const;

  /** The queue of LIST and SOON, chosen. */
  async function openQueue(entries = [...LIST, SOON, DONE]): Promise<void> {
    await open(entries);
    await until(() => expect(chip()).toBeDefined());
    click(chip() as HTMLElement);
  }

  it('shows who waits for a letter, the first that is due on top, and by when', async () => {
    await openQueue();
    expect(chip()?.getAttribute('aria-pressed')).toBe('true');
    expect(texts('.chip').at(-1)).toBe('✉Cần thư xin lỗi 3');
    expect(texts('.code')).toEqual([OVERDUE.code, TODAY.code, SOON.code]);
    expect(words()).toEqual([
      '✉ thư: đã trễ hạn thư (17:00 thứ Năm 19/11)',
      '✉ thư: đã trễ hạn thư (17:00 thứ Sáu 20/11)',
      '✉ thư: chậm nhất 17:00 thứ Năm 26/11',
    ]);
    await until(() => expect(texts('[role=status]')).toEqual(['3 hồ sơ khớp']));
    click(chip() as HTMLElement);
    expect(all('.row')).toHaveLength(6);
  });

  it('follows the register: a draft says so, a letter that was sent leaves the queue', async () => {
    await openQueue();
    await hold(SOON.code, DRAFT);
    await until(() => expect(words().at(-1)).toBe('✉ thư: đã soạn, chậm nhất 17:00 thứ Năm 26/11'));
    await hold(OVERDUE.code, { type: 'issue' });
    await hold(TODAY.code, { type: 'waive' });
    await until(() => expect(texts('.code')).toEqual([SOON.code]));
    click(chip() as HTMLElement);
    await until(() => expect(words()).toContain('✉ thư: đã gửi'));
  });

  it('notes a letter as sent, and takes it back within ten seconds', async () => {
    await openQueue();
    click(button(`Đã gửi thư xin lỗi của hồ sơ ${SOON.code}`));
    await until(() => expect(texts('.undo span')).toEqual([`Đã ghi thư của hồ sơ ${SOON.code} là đã gửi.`]));
    await until(() => expect(texts('.code')).toEqual([OVERDUE.code, TODAY.code]));
    const noted = (await registerOf(HOST, [SOON.code])).get(SOON.code);
    expect(noted).toMatchObject({
      state: 'issued',
      issuedAt: NOW,
      oldDueAt: SOON.record.dueAt,
      letterDueAt: at('17:00 26/11/2026'),
      reappointments: 1,
    });
    expect(document.activeElement?.textContent).toBe('Hoàn tác');
    click(button('Hoàn tác'));
    await until(() => expect(texts('.code')).toHaveLength(3));
    expect(await stateOf(SOON.code)).toBe('needed');
    expect(all('.undo')).toHaveLength(0);
  });

  it('one that went out late stays late in the register, taken back or not', async () => {
    await openQueue();
    click(button(`Đã gửi thư xin lỗi của hồ sơ ${OVERDUE.code}`));
    await until(() => expect(texts('.undo span')).toHaveLength(1));
    expect((await registerOf(HOST, [OVERDUE.code])).get(OVERDUE.code)?.lateAt).toBe(NOW);
    click(button('Hoàn tác'));
    await until(() => expect(texts('.undo')).toHaveLength(0));
    expect(await stateOf(OVERDUE.code)).toBe('late');
  });

  it('takes nothing back that was noted elsewhere meanwhile', async () => {
    await openQueue();
    click(button(`Đã gửi thư xin lỗi của hồ sơ ${SOON.code}`));
    await until(() => expect(texts('.undo span')).toHaveLength(1));
    await updateRegister({ code: SOON.code, host: HOST, unit: '' }, NOW, (entry) => ({ ...entry, state: 'drafted' }));
    click(button('Hoàn tác'));
    await until(() => expect(texts('.undo')).toHaveLength(0));
    expect(await stateOf(SOON.code)).toBe('drafted');
  });

  it('opens the drafting page with the tab that shows the dossier, or with the code alone', async () => {
    const query = vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValue([
      { id: 4, url: `https://${HOST}/danh-sach`, lastAccessed: 5 },
      { id: 5, url: `https://${HOST}/khac`, lastAccessed: 9 },
      { id: 6, url: 'https://motcua.example:8443/', lastAccessed: 12 },
    ] as never);
    const page = (rest: string) => ({ url: `chrome-extension://${fakeBrowser.runtime.id}/letters.html#${rest}` });
    await openQueue([SOON]);
    const draft = () => click(button(`Soạn thư xin lỗi cho hồ sơ ${SOON.code}`));
    draft();
    await until(() => expect(fakeBrowser.tabs.create).toHaveBeenLastCalledWith(page(`tab=5&code=${SOON.code}`)));
    query.mockResolvedValue([
      { id: 5, url: `https://${HOST}/khac`, lastAccessed: 9 },
      { id: 7, url: SOON.link, lastAccessed: 1 },
    ] as never);
    draft();
    await until(() => expect(fakeBrowser.tabs.create).toHaveBeenLastCalledWith(page(`tab=7&code=${SOON.code}`)));
    query.mockResolvedValue([] as never);
    draft();
    await until(() => expect(fakeBrowser.tabs.create).toHaveBeenLastCalledWith(page(`code=${SOON.code}`)));
  });

  it('the offer to take it back ends after ten seconds and tells whether the focus went with it', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const ended = vi.fn();
    const step = { text: 'x', done: 'y', back: async () => undefined };
    act(() =>
      render(<UndoBar step={step} onBack={vi.fn()} onEnd={ended} />, document.getElementById('app') as HTMLElement),
    );
    expect(document.activeElement).toBe(button('Hoàn tác'));
    vi.advanceTimersByTime(UNDO_SECONDS * 1000 - 1);
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ended).toHaveBeenCalledExactlyOnceWith(true);
  });

  it('its buttons are tab stops of the current row only', async () => {
    await openQueue();
    const stops = all('.letter button').filter((one) => one.tabIndex === 0);
    expect(stops.map((one) => one.closest('.row')?.getAttribute('data-key'))).toEqual(
      Array(2).fill(`${HOST} ${OVERDUE.code}`),
    );
  });

  it('says so when nobody waits any more', async () => {
    await openQueue([SOON]);
    await hold(SOON.code, { type: 'issue' });
    await until(() => expect(texts('h2')).toEqual(['Không còn hồ sơ nào cần thư xin lỗi']));
    click(button('Bỏ lọc'));
    expect(all('.row')).toHaveLength(1);
    expect(chip()).toBeUndefined();
  });

  it('says nothing of letters when the register cannot be read', async () => {
    // What was read before is remembered; a change makes it be read again.
    await hold(SOON.code, DRAFT);
    const { getAll } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (this: IDBObjectStore, ...rest) {
      if (this.name === 'register') throw new DOMException('no', 'UnknownError');
      return getAll.apply(this, rest);
    });
    await open([SOON]);
    await until(() => expect(texts('.note')[0]).toMatch(/^Sổ thư xin lỗi trên máy này không đọc được hết/));
    expect(chip()).toBeUndefined();
    expect(words()).toEqual([]);
  });
});

describe('an expired supplement', () => {
  it('is a tag of its own', async () => {
    await open([entry('H29.999-251101-0007', { status: { code: 'unknown', text: 'Đã quá hạn bổ sung' } }), CALM]);
    expect(texts('.mark').filter((mark) => mark === 'quá hạn bổ sung')).toHaveLength(1);
    expect(all('.badge').map((badge) => badge.dataset.verdict)).not.toContain('overdue');
  });
});

describe('keyboard', () => {
  const focused = () => document.activeElement?.querySelector('.code')?.textContent;

  it('moves between rows, and only one of them is a tab stop', async () => {
    await open(LIST);
    const stops = () => all('.row').filter((row) => row.tabIndex === 0);
    expect(stops()).toHaveLength(1);
    act(() => stops()[0]?.focus());
    press('ArrowDown');
    expect(focused()).toBe(OVERDUE.code);
    press('End');
    expect(focused()).toBe(CALM.code);
    press('ArrowDown');
    expect(focused()).toBe(CALM.code);
    press('Home');
    press('ArrowUp');
    expect(focused()).toBe(ACCEPTANCE.code);
    expect(stops()).toHaveLength(1);
    press('Enter');
    expect(fakeBrowser.tabs.create).toHaveBeenCalledWith({ url: ACCEPTANCE.link });
  });

  it('leaves Enter on a button to the button', async () => {
    await open([OVERDUE]);
    press('Enter', button(`Chép mã ${OVERDUE.code}`));
    expect(fakeBrowser.tabs.create).not.toHaveBeenCalled();
  });

  it('/ goes to the search, Escape takes every filter off', async () => {
    await open(LIST);
    press('/', document.body);
    expect(document.activeElement?.tagName).toBe('INPUT');
    type('0001');
    press('Escape');
    expect((document.querySelector('input') as HTMLInputElement).value).toBe('');
    expect(all('.row')).toHaveLength(LIST.length);
  });

  it('arrows walk the tabs', async () => {
    await open(LIST);
    act(() => all('[role=tab]')[0]?.focus());
    press('ArrowLeft');
    expect(texts('[role=tab][aria-selected=true]')).toEqual(['Trả kết quả 0']);
    press('ArrowRight');
    press('ArrowRight');
    expect(texts('[role=tab][aria-selected=true]')).toEqual(['Hẹn trả 3']);
    expect(document.activeElement?.textContent).toContain('Hẹn trả');
  });
});

describe('a long list', () => {
  it('is drawn a part at a time, by button or by walking past the end', async () => {
    const many = Array.from({ length: 2 * PAGE_ROWS + 30 }, (_, i) => entry(`H29.999-251101-${1000 + i}`));
    await open(many);
    expect(texts('.more button')).toEqual(['Hiện thêm 100 hồ sơ (còn 130)']);
    click(all('.more button')[0] as HTMLElement);
    expect(all('.row')).toHaveLength(2 * PAGE_ROWS);
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe(String(PAGE_ROWS + 1));
    press('End');
    press('ArrowDown');
    expect(all('.row')).toHaveLength(many.length);
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe(String(2 * PAGE_ROWS + 1));
    expect(texts('.more button')).toEqual([]);
    expect(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')).toBe(String(many.length));
  });
});

describe('live', () => {
  it('shows what a page reads while the panel is open, and keeps the row the person is on', async () => {
    await open([TODAY, CALM]);
    act(() => all('.row')[1]?.focus());
    await putSeen(batch([record('H29.999-251101-0009', { dueAt: at('17:00 10/11/2026') })]), NOW);
    await until(() => expect(all('.row')).toHaveLength(3));
    expect(texts('.code')[0]).toBe('H29.999-251101-0009');
    expect(all('.row').find((row) => row.tabIndex === 0)?.textContent).toContain(CALM.code);
  });
});

describe('clear and undo', () => {
  it('clears at once and gives back for ten seconds', async () => {
    stop = [handle('dossiers.clear', async () => ({ cleared: await clearSeen() }))];
    // The fake browser does not tell who sends; the gate has its own tests.
    const sender = { id: fakeBrowser.runtime.id, origin: `chrome-extension://${fakeBrowser.runtime.id}` };
    vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockImplementation(
      ((message: unknown, answer: () => void) =>
        void fakeBrowser.runtime.onMessage.trigger(message, sender as never, answer)) as never,
    );
    await open(LIST);
    click(button('Xoá danh sách'));
    await until(() => expect(texts('.undo span')).toEqual(['Đã xoá 4 hồ sơ khỏi danh sách.']));
    await until(() => expect(all('.row')).toHaveLength(0));
    expect((await allSeen()).entries).toEqual([]);
    expect(document.activeElement?.textContent).toBe('Hoàn tác');
    click(button('Hoàn tác'));
    await until(() => expect(all('.row')).toHaveLength(LIST.length));
    expect(all('.undo')).toHaveLength(0);
    expect((await allSeen()).entries).toHaveLength(LIST.length);
  });

  it('says when it could not be cleared', async () => {
    await open(LIST);
    click(button('Xoá danh sách'));
    await until(() => expect(texts('[role=status]')).toEqual(['Chưa xoá được danh sách. Hãy thử lại.']));
    expect(all('.row')).toHaveLength(LIST.length);
  });
});

describe('export', () => {
  it('takes what the filter shows', async () => {
    await open(LIST);
    type('0001');
    click(button('Chép danh sách'));
    expect(written.mock.calls[0]?.[0]).toMatch(/^Đúng Hẹn, 1 hồ sơ, lúc 09:00 23\/11\/2026\n- H29\.999-251101-0001 · /);
  });

  it('gives a .csv named after the day', async () => {
    await open(LIST);
    const names: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    click(button('Tải .csv'));
    expect(names).toEqual(['dung-hen-2026-11-23.csv']);
  });
});
