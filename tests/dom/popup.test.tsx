import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Popup } from '../../entrypoints/popup/popup.tsx';
import { browserOf, type PageStatus, reportText } from '../../entrypoints/popup/words.ts';
import type { PageReport } from '../../lib/schema/index.ts';

const REPORT: PageReport = {
  host: 'motcua.example',
  version: '0.1.0',
  state: 'ok',
  adapter: { id: 'igate', label: 'VNPT iGate' },
  kind: 'list',
  rows: 20,
  unreadable: 1,
  strangeCodes: 2,
  fromJson: 18,
  fields: [
    { field: 'code', found: 20, expected: 20, column: 'Mã hồ sơ' },
    { field: 'dueAt', found: 18, expected: 20, column: 'Ngày hẹn trả' },
    { field: 'receivedAt', found: 0, expected: 20 },
    { field: 'status', found: 0, expected: 20, column: 'Trạng thái' },
  ],
};

let tab: { id?: number; windowId?: number; url?: string } | undefined;
let allowed: boolean;
let report: unknown;

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const texts = (selector: string) => all(selector).map((element) => element.textContent?.replace(/\s+/g, ' ').trim());
const button = (name: string) => all('button').find(({ textContent }) => textContent === name) as HTMLElement;
/** Not within `act`, which holds every drawing back until it ends. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 });
const click = (element: HTMLElement) => act(() => element.click());

async function open(): Promise<void> {
  act(() => render(<Popup />, document.getElementById('app') as HTMLElement));
  await until(() => expect(all('.state')).toHaveLength(1));
}

beforeEach(() => {
  fakeBrowser.reset();
  tab = { id: 7, windowId: 3, url: 'https://motcua.example/vi/list' };
  allowed = true;
  report = REPORT;
  document.body.innerHTML = '<div id="app"></div>';
  vi.spyOn(fakeBrowser.tabs, 'query').mockImplementation((async () => (tab ? [tab] : [])) as never);
  vi.spyOn(fakeBrowser.tabs, 'sendMessage').mockImplementation((async () => {
    if (report === undefined) throw new Error('Could not establish connection');
    return { res: report };
  }) as never);
  vi.spyOn(fakeBrowser.permissions, 'contains').mockImplementation((async () => allowed) as never);
  vi.spyOn(fakeBrowser.runtime, 'getManifest').mockReturnValue({
    version: '0.1.0',
    content_scripts: [{ matches: ['https://built-in.example/*'] }],
  } as never);
  vi.spyOn(window, 'close').mockReturnValue(undefined);
});

afterEach(() => {
  act(() => render(null, document.getElementById('app') as HTMLElement));
  vi.restoreAllMocks();
});

describe('states of a page', () => {
  const title = async () => {
    await open();
    return texts('.state h2')[0];
  };
  const changes: [Partial<PageReport>, string][] = [
    [{}, '● Đang hiện hạn cho 20 hồ sơ'],
    [{ rows: 0, unreadable: 0, fields: [] }, '○ Danh sách đang trống'],
    [{ kind: 'detail' }, '● Đang hiện hạn của hồ sơ này'],
    [{ kind: 'none' }, '○ Trang này không có hồ sơ'],
    [{ state: 'changed' }, '▲ Trang đã thay đổi, đọc chưa đủ'],
    [{ state: 'no-adapter', adapter: null }, '○ Không thấy danh sách hồ sơ ở trang này'],
    [{ state: 'paused' }, '○ Đang tạm dừng trên trang này'],
    [{ state: 'loading' }, '○ Trang đang tải hồ sơ'],
  ];
  it.each(changes)('%j', async (change, words) => {
    report = { ...REPORT, ...change };
    expect(await title()).toBe(words);
    // Every state says what to do next.
    expect(texts('.state p')[0]?.length).toBeGreaterThan(20);
  });

  it.each([undefined, 'chrome://settings', 'about:blank', 'file:///x'])('%s is no page of ours', async (url) => {
    tab = { id: 7, windowId: 3, url };
    expect(await title()).toBe('○ Đây không phải trang web');
  });

  it('no answer', async () => {
    report = undefined;
    expect(await title()).toBe('▲ Trang chưa trả lời');
    const reload = vi.spyOn(fakeBrowser.tabs, 'reload').mockResolvedValue(undefined as never);
    click(button('Tải lại trang'));
    expect(reload).toHaveBeenCalledWith(7);
  });
});

describe('health', () => {
  it('says for each field what was found, where, and why not', async () => {
    await open();
    expect(texts('.field').map((text) => text?.slice(1))).toEqual([
      'Mã hồ sơđủ 20/20 dòng, cột «Mã hồ sơ»',
      'Ngày hẹn trảđọc được 18/20 dòng, cột «Ngày hẹn trả»; 2 dòng để trống hoặc ghi khác dạng',
      'Ngày tiếp nhậnbảng không có cột này',
      'Trạng tháicó cột «Trạng thái» nhưng không đọc được dòng nào',
    ]);
    expect(texts('.notes li')).toEqual([
      '1 dòng không đọc được mã hồ sơ nên không có nhãn.',
      '2 mã lạ: vẫn có nhãn, kèm dấu «mã lạ» trong bảng công việc.',
      '18/20 hồ sơ có thêm dữ liệu mà trang tự tải, nên hạn chính xác hơn.',
    ]);
  });

  it('of one dossier speaks of parts of the page and not of rows', async () => {
    const fields = REPORT.fields.map((field) => ({ ...field, found: Math.min(field.found, 1), expected: 1 }));
    report = { ...REPORT, kind: 'detail', rows: 1, unreadable: 0, strangeCodes: 0, fromJson: 1, fields };
    await open();
    expect(document.body.textContent).not.toContain('dòng');
    expect(texts('.field').at(-1)).toContain('trang không ghi mục này');
  });
});

describe('switches and buttons', () => {
  it('pauses the host of the page', async () => {
    const sent: unknown[] = [];
    fakeBrowser.runtime.onMessage.addListener(((
      message: { type: string; data: unknown },
      _: unknown,
      answer: (value: unknown) => void,
    ) => {
      sent.push([message.type, message.data]);
      report = { ...REPORT, state: 'paused' };
      answer({ res: { paused: true } });
      return true;
    }) as never);
    await open();
    expect(all('[role=switch]')[0]?.getAttribute('aria-checked')).toBe('false');
    click(all('[role=switch]')[0] as HTMLElement);
    await until(() => expect(all('[role=switch]')[0]?.getAttribute('aria-checked')).toBe('true'));
    expect(sent).toEqual([['site.pause', { host: 'motcua.example', paused: true }]]);
    expect(texts('[role=status]')).toEqual(['Đã tạm dừng trên trang này']);
  });

  it('opens the settings', async () => {
    const options = vi.spyOn(fakeBrowser.runtime, 'openOptionsPage').mockResolvedValue(undefined as never);
    await open();
    click(button('Cài đặt'));
    expect(options).toHaveBeenCalledOnce();
    await until(() => expect(window.close).toHaveBeenCalled());
  });

  it.each([
    ['Đối soát', 'reconcile'],
    ['Kiểm tra mẫu', 'spotcheck'],
  ])('«%s» opens %s.html in a tab', async (name, page) => {
    const create = vi.spyOn(fakeBrowser.tabs, 'create').mockResolvedValue({} as never);
    await open();
    click(button(name));
    expect(create.mock.calls[0]?.[0]?.url).toMatch(new RegExp(`/${page}\\.html$`));
    await until(() => expect(window.close).toHaveBeenCalled());
  });

  it('opens the panel of this window within the click', async () => {
    const side = vi.spyOn(fakeBrowser.sidePanel, 'open').mockResolvedValue(undefined as never);
    await open();
    button('Mở bảng công việc').click();
    expect(side).toHaveBeenCalledWith({ windowId: 3 });
    await until(() => expect(window.close).toHaveBeenCalled());
  });

  it.each([
    ['https://phuong.example/x', '○ Chưa bật trên trang này'],
    ['https://built-in.example/x', '○ Trình duyệt chưa cho chạy ở đây'],
  ])('asks for %s within the click, then says to reload', async (url, title) => {
    tab = { id: 7, windowId: 3, url };
    allowed = false;
    const request = vi.spyOn(fakeBrowser.permissions, 'request').mockResolvedValue(true as never);
    await open();
    expect(texts('.state h2')).toEqual([title]);
    button('Bật trên trang này').click();
    expect(request).toHaveBeenCalledWith({ origins: [`${new URL(url).origin}/*`] });
    await until(() => expect(texts('.state h2')).toEqual(['● Đã bật trên trang này']));
    expect(button('Tải lại trang')).toBeDefined();
  });

  it('takes no for an answer', async () => {
    allowed = false;
    vi.spyOn(fakeBrowser.permissions, 'request').mockResolvedValue(false as never);
    await open();
    click(button('Bật trên trang này'));
    await until(() => expect(texts('[role=status]')[0]).toContain('Chưa được cho phép'));
    expect(texts('.state h2')).toEqual(['○ Chưa bật trên trang này']);
  });
});

describe('the report to copy', () => {
  const status: PageStatus = { kind: 'report', report: { ...REPORT, version: '0.1.0' }, tabId: 7 };

  it('holds versions, the adapter and counts, and nothing of the page', () => {
    const text = reportText(status, '0.1.0', 'Chrome 156');
    expect(text).toBe(
      [
        'Đúng Hẹn 0.1.0',
        'Trình duyệt: Chrome 156',
        'Bản chạy trên trang: 0.1.0',
        'Bộ đọc: igate',
        'Tình trạng: ok, list',
        'Dòng: 20, không đọc được mã: 1, mã lạ: 2, JSON: 18',
        'code: 20/20',
        'dueAt: 18/20',
        'receivedAt: 0/20, không thấy cột',
        'status: 0/20',
      ].join('\n'),
    );
    for (const private_ of ['motcua', 'example', 'Mã hồ sơ', 'http']) expect(text).not.toContain(private_);
  });

  it('names no host where we are not allowed either', () => {
    const other: PageStatus = { kind: 'silent', host: 'motcua.example', tabId: 7 };
    expect(reportText(other, '0.1.0', 'Firefox 140')).not.toContain('example');
  });

  it('is copied by the button', async () => {
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue(undefined);
    await open();
    click(button('Sao chép tình trạng'));
    await until(() => expect(written).toHaveBeenCalledOnce());
    expect(written.mock.calls[0]?.[0]).toContain('Bộ đọc: igate');
  });

  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
      'Chrome 156',
    ],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.1', 'Edge 156'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140'],
    ['something else', 'không rõ'],
  ])('%s', (agent, name) => {
    expect(browserOf(agent)).toBe(name);
  });
});
