import 'fake-indexeddb/auto';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { CheckStep } from '../../entrypoints/spotcheck/check.tsx';
import type { Spotcheck } from '../../lib/platform/index.ts';
import {
  beginRecord,
  blindCopy,
  decide,
  type FrozenList,
  freeze,
  readRecord,
  recordText,
  type SampleRecord,
} from '../../lib/sampling/index.ts';
import { record as dossier, HOST } from '../fixtures/records.ts';

const COMPLETE = 'Thành phần hồ sơ đã số hóa đủ';
const READABLE = 'Tệp mở được và đọc được';
const population = freeze(
  Array.from({ length: 40 }, (_, i) => ({
    code: `H29.999-261110-${String(i).padStart(4, '0')}`,
    stratum: '',
    procedure: `1.00${4000 + (i % 3)}`,
  })),
);
const begin = (size = 5, seed = '83412') =>
  beginRecord(
    population,
    { source: 'ds.csv', by: null, column: null, pooledUnder: 1 },
    { goal: { kind: 'size', size }, confidence: 0.95, allocation: null, minimum: 2 },
    seed,
    [COMPLETE, READABLE].map((name) => ({ name, declared: null })),
  );

/** What was saved, the last at the end. */
let saved: Spotcheck[] = [];
let failing = false;
let list: FrozenList | null = { population, host: HOST };
const downloads: { name: string; text: Promise<string> }[] = [];

async function open(record: SampleRecord, role: Spotcheck['role'] = 'first'): Promise<void> {
  const value: Spotcheck = { id: 'a', name: 'Tháng 11', host: HOST, createdAt: 1, updatedAt: 1, role, record };
  const save = async (next: Spotcheck) => {
    if (failing) throw new Error('full');
    saved.push(next);
  };
  await act(() => render(<CheckStep value={value} save={save} list={async () => list} />, document.body));
}
const now = () => saved.at(-1)?.record as SampleRecord;
const words = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const said = () => words(document.querySelector('[role=status]'));
const front = () => words(document.querySelector('#unit-title'));
const button = (name: string, root: ParentNode = document) => {
  const all = [...root.querySelectorAll<HTMLElement>('button')];
  const found = all.find((one) => (one.getAttribute('aria-label') ?? words(one)).startsWith(name));
  if (!found) throw new Error(`no button «${name}» among ${all.map(words).join(', ')}`);
  return found;
};
const click = (element: HTMLElement) => act(() => void element.click());
/** A key where the focus is, or on an element. */
const press = (code: string, target: Element = document.activeElement ?? document.body, more: KeyboardEventInit = {}) =>
  act(async () => {
    const key = more.key ?? code.replace(/^(Digit|Key)/, '');
    target.dispatchEvent(new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true, ...more }));
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
const type = (field: HTMLInputElement | HTMLTextAreaElement, text: string) =>
  act(() => {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
const field = <T extends HTMLElement = HTMLInputElement>(selector: string) => document.querySelector(selector) as T;
const give = (text: string) =>
  act(async () => {
    const input = field('input[type=file]');
    Object.defineProperty(input, 'files', { value: [new File([text], 'mau.json')], configurable: true });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 30));
  });

beforeEach(() => {
  saved = [];
  failing = false;
  list = { population, host: HOST };
  downloads.length = 0;
  vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValue([] as never);
  vi.stubGlobal(
    'URL',
    class extends URL {
      static override createObjectURL = (blob: Blob) => {
        downloads.push({ name: '', text: blob.text() });
        return 'blob:x';
      };
      static override revokeObjectURL = () => undefined;
    },
  );
  HTMLAnchorElement.prototype.click = function click(this: HTMLAnchorElement) {
    const last = downloads.at(-1);
    if (last) last.name = this.download;
  };
});
afterEach(() => {
  act(() => render(null, document.body));
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('deciding by keys', () => {
  it('from the first dossier to the last without a mouse; each decision is saved', async () => {
    const record = begin();
    await open(record);
    for (const [i, { code }] of record.units.entries()) {
      expect(front()).toBe(code);
      await press('Digit1');
      await press(i === 2 ? 'Digit3' : 'Digit1');
      if (i < 4) await press('KeyN');
    }
    expect(saved).toHaveLength(10);
    expect(now().units.map(({ first }) => Object.values(first).join())).toEqual([
      'pass,pass',
      'pass,pass',
      'pass,unknown',
      'pass,pass',
      'pass,pass',
    ]);
    expect(words(document.querySelector('.progress'))).toContain('5/5');
    expect(words(document.querySelector('.saving'))).toBe('Đã lưu');
    await press('KeyU');
    expect(said()).toBe('Đã kiểm tra hết các hồ sơ của mẫu');
  });

  it('moves between checks and dossiers, and goes to what is open', async () => {
    await open(begin());
    await press('ArrowDown');
    expect(document.activeElement?.id).toBe('unit-check-1');
    await press('Digit2');
    expect(now().units[0]?.first).toEqual({ [COMPLETE]: null, [READABLE]: 'fail' });
    await press('ArrowUp');
    expect(document.activeElement?.id).toBe('unit-check-0');
    await press('KeyN');
    await press('KeyN');
    await press('KeyP');
    expect(front()).toBe(begin().units[1]?.code);
    await press('KeyU');
    expect(front()).toBe(begin().units[2]?.code);
    await press('KeyP');
    await press('KeyP');
    await press('KeyP');
    expect(front()).toBe(begin().units[0]?.code);
  });

  it('takes back decision by decision, wherever it was made', async () => {
    const record = begin();
    await open(record);
    await press('Digit1');
    await press('Digit2');
    await press('KeyN');
    await press('Digit1');
    await press('KeyZ');
    expect(said()).toContain('Đã hoàn tác');
    await press('KeyZ');
    expect(front()).toBe(record.units[0]?.code);
    await press('KeyZ');
    expect(now().units).toEqual(record.units);
    await press('KeyZ');
    expect(said()).toBe('Không còn gì để hoàn tác');
    expect(saved).toHaveLength(6);
  });

  it('0 takes a decision away', async () => {
    await open(begin());
    await press('Digit1');
    await press('ArrowUp');
    await press('Digit0');
    expect(now().units[0]?.first[COMPLETE]).toBeNull();
  });

  it('keys are letters while the person types, with a key held down, and when they are switched off', async () => {
    await open(begin());
    const note = field<HTMLTextAreaElement>('#unit-note');
    await press('KeyG');
    expect(document.activeElement).toBe(note);
    for (const code of ['Digit1', 'KeyN', 'KeyX']) await press(code, note);
    await press('Digit1', document.body, { ctrlKey: true });
    await press('Digit1', document.body, { isComposing: true });
    await press('Digit1', document.body, { shiftKey: true });
    expect(saved).toEqual([]);
    await type(note, 'bản mờ');
    expect(now().units[0]?.note).toBe('bản mờ');
    await press('Escape', note);
    expect(document.activeElement?.id).toBe('unit-check-0');

    await press('Slash', document.body, { key: '?', shiftKey: true });
    const dialog = field<HTMLDialogElement>('dialog.keys');
    expect(dialog.open).toBe(true);
    await press('Digit1', document.body);
    expect(saved).toHaveLength(1);
    await click(dialog.querySelector('[role=switch]') as HTMLElement);
    await click(button('Đóng', dialog));
    await press('Digit1', document.body);
    expect(saved).toHaveLength(1);
  });

  it('a failure asks for its cause, with the usual ones at hand', async () => {
    await open(begin());
    await press('KeyC');
    expect(said()).toContain('Chỉ mục không đạt');
    await press('Digit2');
    expect(document.activeElement?.id).toBe('unit-check-0');
    await press('KeyC');
    const cause = document.activeElement as HTMLInputElement;
    expect([...(cause.list?.options ?? document.querySelectorAll('datalist option'))].length).toBeGreaterThan(3);
    for (const text of ['Thiếu', 'Thiếu ', 'Thiếu t', 'Thiếu trang']) {
      await type(cause, text);
      expect(cause.value).toBe(text);
    }
    await vi.waitFor(() => expect(now().units[0]?.causes).toEqual({ [COMPLETE]: 'Thiếu trang' }));
    await press('Enter', cause);
    expect(document.activeElement?.id).toBe('unit-check-0');
    await press('Digit1');
    expect(now().units[0]?.causes).toEqual({});
  });

  it('comes back to the first that is not done', async () => {
    let record = begin();
    const [a, b] = record.units.map(({ code }) => code) as [string, string];
    for (const check of [COMPLETE, READABLE]) record = decide(record, 'first', a, check, 'pass');
    await open(decide(record, 'first', b, COMPLETE, 'pass'));
    expect(front()).toBe(b);
    expect(document.querySelector('[aria-current=step]')?.id).toBe('unit-check-1');
  });

  it('nothing is decided once the result is signed off', async () => {
    await open({ ...begin(), signedOffAt: 1 });
    await press('Digit1');
    expect(said()).toContain('đã được chốt');
    await click(button('✓ Đạt'));
    await press('KeyX');
    expect(document.querySelector('dialog')).toBeNull();
    expect(field<HTMLTextAreaElement>('#unit-note').readOnly).toBe(true);
    expect(saved).toEqual([]);
  });

  it('says when nothing could be saved, and saves all of it when it can', async () => {
    await open(begin());
    failing = true;
    await press('Digit1');
    await press('Digit1');
    expect(words(document.querySelector('.saving'))).toContain('Không lưu được');
    failing = false;
    await click(button('Lưu lại'));
    await vi.waitFor(() => expect(words(document.querySelector('.saving'))).toBe('Đã lưu'));
    expect(Object.values(now().units[0]?.first ?? {})).toEqual(['pass', 'pass']);
  });

  it('of thousands only those in sight are drawn, and the list follows', async () => {
    const many = freeze(
      Array.from({ length: 3000 }, (_, i) => ({ code: `H29.999-261110-${String(i).padStart(4, '0')}`, stratum: '' })),
    );
    const record = beginRecord(
      many,
      { source: 'ds.csv', by: null, column: null, pooledUnder: 1 },
      { goal: { kind: 'size', size: 2500 }, confidence: 0.95, allocation: null, minimum: 2 },
      's',
      [{ name: READABLE, declared: null }],
    );
    await open(record);
    expect(document.querySelectorAll('.unit-rows tbody tr[data-code]').length).toBeLessThan(60);
    const grid = field<HTMLElement>('.unit-rows [role=grid]');
    await press('End', grid);
    const row = document.activeElement as HTMLElement;
    expect(row.dataset.code).toBe(record.units.at(-1)?.code);
    await press('Enter', row);
    expect(front()).toBe(record.units.at(-1)?.code);
    expect(document.activeElement?.id).toBe('unit-check-0');
  });
});

describe('what the page of the dossier tells', () => {
  const shows = (components: unknown, kind = 'detail') =>
    vi.spyOn(fakeBrowser.tabs, 'sendMessage').mockImplementation((async (
      _id: number,
      { type: asked, data }: { type: string; data: { code: string } },
    ) => {
      if (asked !== 'check.record') return undefined;
      return { res: { kind, record: dossier(data.code, components ? ({ components } as never) : {}) } };
    }) as never);
  beforeEach(() => {
    vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValue([{ id: 3, url: `https://${HOST}/x` }] as never);
  });
  const paper = (files: unknown[]) => [{ name: 'Giấy tờ mẫu', required: true, state: 'present', files }];

  it('is a suggestion and never a decision', async () => {
    shows(paper([{ size: 0, type: 'pdf' }]));
    await open(begin());
    await vi.waitFor(() => expect(words(document.querySelector('#unit-check-1 .suggested'))).toContain('0 byte'));
    expect(words(document.querySelector('#unit-check-1 .hint'))).toContain('Không đạt');
    expect(document.querySelectorAll('[aria-pressed=true]')).toHaveLength(0);
    expect(saved).toEqual([]);
    await press('ArrowDown');
    await press('Digit2');
    expect(now().units[0]?.first[READABLE]).toBe('fail');
    await press('KeyC');
    const cause = document.activeElement as HTMLInputElement;
    expect(cause.placeholder).toBe('Enter: Tệp rỗng hoặc hỏng, không mở được');
    await press('Enter', cause);
    expect(now().units[0]?.causes[READABLE]).toBe('Tệp rỗng hoặc hỏng, không mở được');
  });

  it('says when the papers are not shown, and reads again when they are', async () => {
    shows(null);
    await open(begin());
    await vi.waitFor(() => expect(words(document.querySelector('.found'))).toContain('chưa hiện giấy tờ'));
    shows(paper([{ size: 9, type: 'pdf' }]));
    await press('KeyR');
    await vi.waitFor(() => expect(words(document.querySelector('.found'))).toContain('Đọc từ trang hồ sơ đang mở.'));
    expect(words(document.querySelector('#unit-check-0 .suggested'))).toContain('D1');
  });

  it('says when it is not open', async () => {
    vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValue([] as never);
    await open(begin());
    await vi.waitFor(() => expect(words(document.querySelector('.found'))).toContain('Chưa mở hồ sơ này'));
  });
});

describe('a dossier that cannot be opened', () => {
  it('is replaced by the next in order, with the reason, and can be taken back', async () => {
    const record = begin();
    await open(record);
    await press('KeyX');
    const dialog = field<HTMLDialogElement>('dialog');
    await act(() => void dialog.querySelector('form')?.requestSubmit());
    expect(words(dialog.querySelector('[role=alert]'))).toBe('Hãy ghi lý do');
    await type(dialog.querySelector('input') as HTMLInputElement, 'Không có quyền xem');
    await act(() => void dialog.querySelector('form')?.requestSubmit());
    await vi.waitFor(() => expect(now()?.units).toHaveLength(6));
    expect(now().units[0]?.unavailable).toBe('Không có quyền xem');
    expect(now().units[5]?.procedure).toMatch(/^1\.00400\d$/);
    expect(said()).toContain('được thay bằng');
    expect(front()).toBe(record.units[1]?.code);
    await press('KeyZ', document.body);
    expect(now().units).toEqual(record.units);
  });

  it('without the frozen list says what to do; a second person does not replace', async () => {
    list = null;
    await open(begin());
    await press('KeyX');
    await type(field('dialog input'), 'mất');
    await act(() => void field<HTMLFormElement>('dialog form').requestSubmit());
    await vi.waitFor(() => expect(words(document.querySelector('dialog [role=alert]'))).toContain('nạp lại danh sách'));
    act(() => render(null, document.body));
    await open(blindCopy(begin()), 'second');
    await press('KeyX');
    expect(document.querySelector('dialog')).toBeNull();
    expect(said()).toContain('không thay hồ sơ');
  });
});

describe('a colleague', () => {
  const checked = (record: SampleRecord, role: 'first' | 'second', fails: number[]) =>
    record.units.reduce(
      (all, { code }, i) =>
        [COMPLETE, READABLE].reduce(
          (then, name) => decide(then, role, code, name, fails.includes(i) ? 'fail' : 'pass'),
          all,
        ),
      record,
    );
  const first = checked(begin(), 'first', [0]);

  it('gets a file to go on with, or one without the decisions', async () => {
    await open(first);
    await click(button('Giao cho đồng nghiệp'));
    await click(button('Tải tệp để làm tiếp'));
    await click(button('Tải tệp để kiểm tra lại độc lập'));
    const [whole, blind] = await Promise.all(downloads.map(({ text }) => text));
    expect(downloads.map(({ name }) => name)).toEqual([
      'kiem-tra-mau-thang-11.json',
      'kiem-tra-mau-thang-11-kiem-tra-lai.json',
    ]);
    expect(readRecord(whole ?? '')).toMatchObject({ ok: true, record: first });
    expect(readRecord(blind ?? '')).toMatchObject({ ok: true, record: blindCopy(first) });
  });

  it('decides for the second, and the file goes back into the first; differences are settled with a note', async () => {
    await open(blindCopy(first), 'second');
    await press('Digit2');
    expect(now().units[0]?.second?.[COMPLETE]).toBe('fail');
    expect(now().units[0]?.first[COMPLETE]).toBeNull();
    expect(document.querySelector('.cause')).toBeNull();
    act(() => render(null, document.body));

    await open(first);
    await click(button('Giao cho đồng nghiệp'));
    await give(recordText(checked(blindCopy(first), 'second', [0, 1])));
    expect(said()).toBe('Đã nhận 10 kết luận của người thứ hai');
    expect(words(document.querySelector('.pair .numbers'))).toContain('4/5');
    expect(words(document.querySelector('.pair'))).toContain('Khác nhau: 2 chỗ, còn 2 chỗ chưa xem lại');
    const one = field<HTMLElement>('.differences-of-two fieldset');
    await click(button('Đổi thành Không đạt', one));
    expect(said()).toContain('phải ghi lý do');
    await type(one.querySelector('input') as HTMLInputElement, 'trang 2 mờ');
    await click(button('Đổi thành Không đạt', one));
    await vi.waitFor(() => expect(now().units[1]?.first[COMPLETE]).toBe('fail'));
    expect(now().units[1]).toMatchObject({
      settled: { [COMPLETE]: 'pass' },
      note: expect.stringContaining('trang 2 mờ'),
    });
    // Kappa is that of the two alone.
    expect(words(document.querySelector('.pair .numbers'))).toContain('4/5');
    await press('KeyZ', document.body);
    await press('KeyZ', document.body);
    expect(now().units.map(({ first: mine, second, settled }) => ({ first: mine, second, settled }))).toEqual(
      first.units.map(({ first: mine, second, settled }) => ({ first: mine, second, settled })),
    );
  });

  it.each<[string, () => string, string]>([
    ['another sample', () => recordText(checked(blindCopy(begin(5, 'khác')), 'second', [])), 'hạt giống khác'],
    ['an own file', () => recordText(first), 'chưa có kết luận của người thứ hai'],
    ['something else', () => '{}', 'mau.json:1'],
  ])('%s is refused in words, and nothing changes', async (_, text, message) => {
    await open(first);
    await click(button('Giao cho đồng nghiệp'));
    await give(text());
    expect(words(document.querySelector('.pair [role=alert]'))).toContain(message);
    expect(saved).toEqual([]);
  });
});
