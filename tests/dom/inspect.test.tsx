import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Inspect } from '../../entrypoints/inspect/page.tsx';
import { MAX_FILES } from '../../entrypoints/inspect/queue.ts';
import type { WorkerLike } from '../../entrypoints/shared/worker.ts';
import {
  type FileFacts,
  type InspectionAnswer,
  type InspectionRequest,
  inspectFile,
  LIMITS,
  type PageFacts,
  type SignatureFacts,
} from '../../lib/inspection/index.ts';
import { makePdf, textPage } from '../fixtures/pdf/make.ts';
import { NOW } from '../fixtures/records.ts';
import { all, button, click, nextDownload, texts, until, words } from './options-page.tsx';

/** A worker that answers when the test says so. */
class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  readonly asked: InspectionRequest[] = [];
  ended = false;
  postMessage(message: unknown): void {
    this.asked.push(message as InspectionRequest);
  }
  terminate(): void {
    this.ended = true;
  }
  say(message: unknown): void {
    act(() => this.onmessage?.({ data: message } as MessageEvent));
  }
  break(): void {
    act(() => this.onerror?.({ preventDefault: () => undefined } as ErrorEvent));
  }
}

const workers: FakeWorker[] = [];
const worker = () => workers.at(-1) as FakeWorker;
const written = vi.fn();

const PAGE: PageFacts = {
  page: 1,
  width: 210,
  height: 297,
  blank: 'no',
  scan: true,
  images: 1,
  dpi: 300,
  coarsestDpi: null,
  colour: 'grey',
  chars: 0,
  hiddenChars: 0,
  skippedImages: 0,
  unread: null,
};
const SIGNATURE: SignatureFacts = {
  type: 'signature',
  format: 'ETSI.CAdES.detached',
  range: [0, 100, 24_102, 900],
  rangeSound: true,
  coversFile: true,
  laterChanges: [],
  signer: 'NGUYỄN VĂN MẪU',
  issuer: 'CA thử nghiệm',
  claimedAt: NOW - 60,
  stampedAt: null,
  stampSound: null,
  integrity: 'intact',
  digest: 'SHA-256',
  validFrom: NOW - 1000,
  validTo: NOW + 1000,
  validity: 'valid',
  judgedBy: 'claim',
  chain: 'no-anchors',
};
let plain: FileFacts;

function factsOf(sha256: string, pages: PageFacts[] = [PAGE], signatures: SignatureFacts[] = []): FileFacts {
  if (!plain.pdf) throw new Error('no PDF');
  return {
    ...plain,
    sha256,
    pdf: { ...plain.pdf, pages: pages.length, looked: pages.length, pageFacts: pages, signatures },
  };
}

const file = (name: string, content = name) => new File([content], name);

function drop(...files: File[]): void {
  const event = new Event('drop', { bubbles: true, cancelable: true });
  Object.defineProperty(event, 'dataTransfer', { value: { files } });
  act(() => void window.dispatchEvent(event));
  expect(event.defaultPrevented).toBe(true);
}

/** The request that the worker was given, once the bytes are read. */
async function request(count = 1, of = () => worker()): Promise<InspectionRequest & { type: 'inspect' }> {
  await until(() => expect(of()?.asked.filter(({ type }) => type === 'inspect')).toHaveLength(count));
  return of()
    .asked.filter((one) => one.type === 'inspect')
    .at(-1) as InspectionRequest & { type: 'inspect' };
}

async function answer(facts: FileFacts, count = 1): Promise<void> {
  const { id } = await request(count);
  worker().say({ type: 'result', id, facts } satisfies InspectionAnswer);
}

const cards = () => all('article');
const looks = () => texts('article .badge strong');
const spoken = () => words(document.querySelector('[role=status]'));

beforeEach(async () => {
  plain ??= await inspectFile(makePdf([textPage('x')]), { now: NOW });
  workers.length = 0;
  fakeBrowser.reset();
  await fakeBrowser.storage.session.set({ sandboxOffsetMinutes: NOW - Math.floor(Date.now() / 60_000) });
  vi.spyOn(fakeBrowser.runtime, 'getManifest').mockReturnValue({ version: '0.1.0' } as never);
  written.mockReset();
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => written(text));
  document.body.innerHTML = '<div id="app"></div>';
  const hire = () => {
    workers.push(new FakeWorker());
    return worker();
  };
  act(() => render(<Inspect hire={hire} />, document.getElementById('app') as HTMLElement));
  // The page takes drops once the highlight answers.
  await until(() => {
    act(() => void window.dispatchEvent(new Event('dragover', { cancelable: true })));
    expect(all('.intake.over')).toHaveLength(1);
  });
  const leave = new Event('dragleave');
  Object.defineProperty(leave, 'relatedTarget', { value: null });
  act(() => void window.dispatchEvent(leave));
  expect(all('.intake.over')).toEqual([]);
});

afterEach(() => {
  act(() => render(null, document.getElementById('app') as HTMLElement));
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('"Kiểm tra tệp"', () => {
  it('says beforehand what it tells and that nothing leaves the machine', () => {
    expect(words(document.body)).toContain('không rời khỏi máy này');
    expect(words(document.body)).toContain('không kiểm tra được chuỗi');
    expect(workers).toEqual([]);
  });

  it('inspects one file after another and shows the first by itself', async () => {
    drop(file('mot.pdf'));
    const asked = await request();
    expect(asked).toMatchObject({ now: NOW, trustAnchors: [], decodersUrl: `${location.origin}/decoders/` });
    expect(JSON.stringify(asked)).not.toContain('mot.pdf');
    // pdf.js greets the page; nothing of ours.
    worker().say({ sourceName: 'worker', targetName: 'main', action: 'ready' });
    worker().say({ type: 'progress', id: asked.id, done: 3, total: 20 });
    expect(words(cards()[0])).toContain('Trang 3 trên 20');
    worker().say({ type: 'result', id: asked.id, facts: factsOf('aa', [{ ...PAGE, dpi: 72 }], [SIGNATURE]) });
    expect(looks()).toEqual(['Cần xem']);
    await until(() => expect(texts('.findings li')[0]).toContain('thấp nhất 72 dpi'));
    expect(texts('.findings li')[0]).toMatch(/^▲Cần xem: .*Nguồn của ngưỡng: Thông tư/);
    const rows = texts('.signature .facts > div');
    expect(rows).toContain('Người kýNGUYỄN VĂN MẪU');
    expect(rows.find((row) => row.startsWith('Chuỗi'))).toContain('không kiểm tra được chuỗi');
    expect(rows.find((row) => row.startsWith('Vùng byte'))).toMatch(/0–100 và 24.102–25.002/);
    expect(spoken()).toBe('Đã xong 1 tệp: 1 cần xem');
    expect(texts('.file table td')).toEqual([]);
    const pages = all('.file details details').at(-1) as HTMLDetailsElement;
    act(() => {
      pages.open = true;
      pages.dispatchEvent(new Event('toggle'));
    });
    expect(texts('.file tbody tr')).toEqual(['1210 × 29772xámKhông']);
  });

  it('keeps the other files waiting, and tells which are the same', async () => {
    drop(file('a.pdf'), file('b.pdf'), file('c.pdf'));
    expect(looks()).toEqual(['Đang kiểm tra', 'Đang chờ', 'Đang chờ']);
    await answer(factsOf('aa'));
    expect(spoken()).toBe('Tệp 1 trên 3: Không thấy lỗi');
    await answer(factsOf('bb', [{ ...PAGE, blank: 'no-marks' }]), 2);
    await answer(factsOf('aa'), 3);
    expect(looks()).toEqual(['Không thấy lỗi', 'Cần xem', 'Không thấy lỗi']);
    expect(texts('.notice')).toEqual([expect.stringMatching(/Cùng một tệp: 1\. a\.pdf, 3\. c\.pdf/)]);
    expect(words(cards()[1])).toContain('Trang trắng, không có gì: trang 1');
    expect(workers).toHaveLength(1);
  });

  it('refuses what is too large without reading it, and a folder in words', async () => {
    const big = file('to.pdf');
    Object.defineProperty(big, 'size', { value: LIMITS.fileBytes + 1 });
    big.arrayBuffer = () => {
      throw new Error('was read');
    };
    const folder = file('thu-muc');
    folder.arrayBuffer = async () => {
      throw new DOMException('', 'NotReadableError');
    };
    drop(big, folder);
    await until(() => expect(looks()).toEqual(['Không kiểm tra được', 'Không kiểm tra được']));
    expect(words(cards()[0])).toContain('Tệp lớn hơn 200 MB nên không kiểm tra');
    expect(words(cards()[1])).toContain('có thể là thư mục');
    expect(workers).toEqual([]);
  });

  it('takes no more files than it can show', () => {
    drop(...Array.from({ length: MAX_FILES + 2 }, (_, i) => file(`${i}.pdf`)));
    expect(cards()).toHaveLength(MAX_FILES);
    expect(spoken()).toContain('2 tệp không nhận');
  });

  it('cancels a waiting file at once, and a running one when the worker has let go', async () => {
    drop(file('a.pdf'), file('b.pdf'), file('c.pdf'));
    const { id } = await request();
    click(button('Dừng tệp 2'));
    expect(looks()[1]).toBe('Đã dừng');
    expect(document.activeElement).toBe(cards()[1]);
    click(button('Dừng tệp 1'));
    expect(looks()[0]).toBe('Đang dừng');
    expect(worker().asked.at(-1)).toEqual({ type: 'cancel', id });
    worker().say({ type: 'result', id, facts: { ...plain, pdf: null, opens: { ok: false, why: 'aborted' } } });
    expect(looks()).toEqual(['Đã dừng', 'Đã dừng', 'Đang kiểm tra']);
    await request(2);
    expect(workers).toHaveLength(1);
  });

  it('ends a worker that does not hear, and goes on with a new one', async () => {
    drop(file('a.pdf'), file('b.pdf'));
    await request();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    click(button('Dừng tệp 1'));
    const [first] = workers;
    act(() => void vi.advanceTimersByTime(1500));
    vi.useRealTimers();
    expect(first?.ended).toBe(true);
    await request(1);
    expect(workers).toHaveLength(2);
    // What the ended one still says is nobody's.
    first?.say({ type: 'result', id: first.asked[0]?.id, facts: factsOf('aa') });
    expect(looks()).toEqual(['Đã dừng', 'Đang kiểm tra']);
  });

  it('gives up a file that hangs, long after its own time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    drop(file('a.pdf'));
    await vi.waitFor(() => expect(worker()?.asked).toHaveLength(1));
    act(() => void vi.advanceTimersByTime(LIMITS.milliseconds + 14_000));
    expect(looks()).toEqual(['Đang kiểm tra']);
    act(() => void vi.advanceTimersByTime(1000));
    expect(looks()).toEqual(['Không kiểm tra được']);
    expect(words(cards()[0])).toContain('Hết thời gian');
    expect(worker().ended).toBe(true);
  });

  it('outlives a worker that dies', async () => {
    drop(file('a.pdf'), file('b.pdf'));
    await request();
    worker().break();
    expect(words(cards()[0])).toContain('bị ngắt giữa chừng');
    await answer(factsOf('bb'));
    expect(looks()).toEqual(['Không kiểm tra được', 'Không thấy lỗi']);
    expect(workers).toHaveLength(2);
  });

  it('stops all and forgets all', async () => {
    drop(file('a.pdf'), file('b.pdf'), file('c.pdf'));
    await request();
    click(button('Dừng tất cả'));
    expect(looks()).toEqual(['Đang dừng', 'Đã dừng', 'Đã dừng']);
    click(button('Xoá kết quả'));
    expect(cards()).toEqual([]);
    expect(worker().ended).toBe(true);
    expect(words(document.activeElement)).toBe('Chọn tệp');
    expect(await fakeBrowser.storage.local.get()).toEqual({});
  });

  it('exports no name unless asked', async () => {
    drop(file('Nguyễn Văn Mẫu.pdf'), file('=1+1.pdf'));
    await answer(factsOf('aa', [PAGE], [SIGNATURE]));
    await answer(factsOf('aa'), 2);
    expect(words(cards()[0])).toContain('Có 1 chữ ký số; không kiểm tra được chuỗi chứng thư');
    click(button('Chép dạng chữ'));
    const text = String(written.mock.calls[0]?.[0]);
    expect(text).toContain('Tệp 1 · Không thấy lỗi · PDF');
    expect(text).toContain('phần đã ký còn nguyên vẹn');
    expect(text).toContain('Cùng nội dung với tệp 2');
    expect(text).not.toMatch(/MẪU|Mẫu|CA thử/);
    let saved = nextDownload();
    click(button('Tải .csv'));
    expect(await saved).toMatchObject({ name: 'kiem-tra-tep.csv' });
    expect((await saved).text).not.toMatch(/MẪU|Mẫu|CA thử|1\+1/);
    expect((await saved).text.split('\r\n')[1]).toMatch(/^"1","Không thấy lỗi","PDF .*","1","tệp 2","aa"$/);

    act(() => (document.querySelector('input[type=checkbox]') as HTMLInputElement).click());
    click(button('Chép dạng chữ'));
    expect(String(written.mock.calls[1]?.[0])).toMatch(/Nguyễn Văn Mẫu\.pdf.*[\s\S]*NGUYỄN VĂN MẪU/);
    saved = nextDownload();
    click(button('Tải .csv'));
    expect((await saved).text).toContain(`"'=1+1.pdf"`);
  });
});
