import 'fake-indexeddb/auto';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkerLike } from '../../entrypoints/shared/worker.ts';
import { IndicatorsTab } from '../../entrypoints/spotcheck/indicators.tsx';
import { monthNow, periodChoices } from '../../entrypoints/spotcheck/indicators-periods.ts';
import { IndicatorSession } from '../../entrypoints/spotcheck/indicators-session.ts';
import * as platform from '../../lib/platform/index.ts';
import { parseMoment } from '../../lib/text/index.ts';

const NOW = parseMoment('25/11/2026 09:40')?.minute as number;

/** The worker's session in this thread; what goes over is copied, as between threads. */
function inThread(): WorkerLike {
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    postMessage: () => undefined,
    terminate: () => undefined,
  };
  let ended = false;
  const session = new IndicatorSession((answer) => {
    const data = structuredClone(answer);
    queueMicrotask(() => !ended && worker.onmessage?.({ data } as MessageEvent));
  });
  worker.postMessage = (message) => void session.receive(message);
  worker.terminate = () => {
    ended = true;
  };
  return worker;
}

const app = () => document.getElementById('app') as HTMLElement;
const said = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const all = (selector: string) => [...app().querySelectorAll<HTMLElement>(selector)];
const button = (name: RegExp) => {
  const found = all('button').find((element) => name.test(said(element)));
  if (!found) throw new Error(`no button ${name} among ${all('button').map(said).join(', ')}`);
  return found;
};
const click = (name: RegExp) => act(() => button(name).click());
const until = (text: RegExp) => vi.waitFor(() => act(() => expect(said(app())).toMatch(text)), { timeout: 20_000 });

const HEAD =
  'Mã hồ sơ,Mã TTHC,Đơn vị,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc xử lý,Hình thức nộp,Tệp kết quả,Tệp thành phần hồ sơ';
/** 40 dossiers: 3 late, 12 without a result, 30 online: the worked example of docs/indicators.md. */
const rows = Array.from({ length: 40 }, (_, i) =>
  [
    `H29.999-261101-${String(i).padStart(4, '0')}`,
    '1.001193',
    `UBND phường Mẫu ${(i % 2) + 1}`,
    'Đã trả kết quả',
    `${String((i % 20) + 1).padStart(2, '0')}/11/2026 08:00:00`,
    '23/11/2026 17:00:00',
    i < 3 ? '24/11/2026 09:00:00' : '23/11/2026 09:00:00',
    i < 30 ? 'Trực tuyến' : 'Trực tiếp',
    i < 12 ? '' : 'kq.pdf',
    'có',
  ].join(','),
);
const csv = (lines: string[]) => new File([[HEAD, ...lines].join('\r\n')], 'ho-so.csv', { type: 'text/csv' });

async function give(file: File, nth = 0): Promise<void> {
  const input = all('input[type=file]')[nth] as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  await act(() => void input.dispatchEvent(new Event('change', { bubbles: true })));
}
async function computed(lines = rows): Promise<void> {
  await give(csv(lines));
  await until(/còn đọc cho chỉ số: Hình thức nộp, Tệp thành phần hồ sơ/);
  await click(/^Tính chỉ số$/);
}

beforeEach(async () => {
  document.body.innerHTML = '<div id="app"></div>';
  vi.spyOn(platform, 'now').mockReturnValue(NOW);
  await act(async () => render(<IndicatorsTab hire={inThread} />, app()));
});
afterEach(() => {
  act(() => render(null, app()));
  vi.restoreAllMocks();
});

describe('thẻ «Chỉ số QĐ 766»', () => {
  it('từ tệp đến điểm, hồ sơ mất điểm, việc nâng điểm', async () => {
    await computed();
    await until(/Tính được 42 trên 100 điểm: đạt 36,3 \(86,43 %\)/);
    expect(said(app())).toMatch(/12 hồ sơ thiếu kết quả điện tử: \+4,2 điểm/);
    expect(said(app())).toMatch(/không tính.*phản ánh, kiến nghị/);
    expect(said(app())).toMatch(/Đây là ước đoán, không phải số liệu/);
    await click(/^3 hồ sơ của chỉ số Giải quyết trước hạn/);
    expect(all('.costs tbody tr').map((row) => said(row.querySelector('th')))).toEqual(
      [0, 1, 2].map((i) => `H29.999-261101-000${i}`),
    );
    expect(said(all('.behind')[0])).toMatch(/3 hồ sơ xong sau ngày hẹn trả/);
  });

  it('đổi đơn vị thì tính lại, danh sách đơn vị vẫn đủ', async () => {
    await computed();
    await until(/Tính được 42/);
    await click(/^UBND phường Mẫu 2$/);
    await until(/20 hồ sơ tiếp nhận trong kỳ được tính.*20 hồ sơ của đơn vị khác/);
    const units = all('.indicator-form select')[1] as HTMLSelectElement;
    expect([...units.options].map(said)).toEqual(['tất cả', 'UBND phường Mẫu 1', 'UBND phường Mẫu 2']);
  });

  it('kỳ không có hồ sơ thì nói rõ', async () => {
    await computed();
    await until(/Tính được 42/);
    const period = all('.indicator-form select')[0] as HTMLSelectElement;
    period.value = '2026-10';
    await act(() => void period.dispatchEvent(new Event('change', { bubbles: true })));
    await until(/Chưa có số liệu: không có hồ sơ nào tiếp nhận trong tháng 10\/2026/);
  });

  it('dòng hỏng được nêu tệp và dòng', async () => {
    await computed([...rows.slice(0, 20), (rows[20] as string).replace('01/11/2026', '31/11/2026')]);
    await until(/1 dòng không đọc được nên không có trong số liệu ?ho-so\.csv:22/);
  });

  it('mục tiêu riêng; tệp mục tiêu sai thì nói sai ở đâu', async () => {
    await computed();
    await until(/Tính được 42/);
    const targets = (rates: object) =>
      new File([JSON.stringify({ format: 'dunghen-targets/1', source: 'Kế hoạch mẫu', rates })], 'muc-tieu.json');
    await give(targets({ ON_TIME: 0.98 }));
    await until(/✗ Chưa đạt mục tiêu 98 %, thiếu 3 hồ sơ/);
    await click(/^Bỏ mục tiêu$/);
    await until(/Tính được 42/);
    await give(targets({ DUNG_HAN: 0.98 }));
    await until(/Chưa tính được.*tệp mục tiêu:1.*không có chỉ số này/);
  });

  it('tệp không phải bảng thì bị từ chối bằng lời', async () => {
    await give(new File(['%PDF-1.7 …'], 'quyet-dinh.pdf'));
    await until(/quyet-dinh\.pdf: là tệp PDF, không phải bảng tính/);
  });
});

describe('kỳ để chọn', () => {
  it('lùi qua đầu năm', () => {
    const january = parseMoment('05/01/2026 08:00')?.minute as number;
    const values = periodChoices(january).map(({ choices }) => choices.slice(0, 2).map(({ value }) => value));
    expect(values).toEqual([
      ['2026-01', '2025-12'],
      ['2026-Q1', '2025-Q4'],
      ['2026', '2025'],
    ]);
    expect(monthNow(NOW)).toBe('2026-11');
  });
});
