import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { xlsxBytes } from '../../connectors/files/index.ts';
import { openTable } from '../../connectors/files/open.ts';
import { ResultStep } from '../../entrypoints/spotcheck/result.tsx';
import { resultSheets } from '../../entrypoints/spotcheck/result-sheets.ts';
import type { Spotcheck } from '../../lib/platform/index.ts';
import { evaluate, readRecord, type SampleRecord, signOff, verifyFigures } from '../../lib/sampling/index.ts';
import { decidedSample, dividedSample, simpleSample } from '../fixtures/samples.ts';

const AT = Date.UTC(2026, 10, 25, 2, 40);
const SCAN = { name: 'Bản chụp đúng', declared: 0.99 };
const RESULT = { name: 'Có kết quả', declared: null };
const sixty = { kind: 'size', size: 60 } as const;
const example = () => decidedSample(simpleSample(300, sixty, [SCAN]), (i) => (i < 3 ? 'fail' : 'pass'));

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const said = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const texts = (selector: string) => all(selector).map(said);
const button = (name: string | RegExp) => {
  const found = all('#app button').find((element) => {
    const label = element.getAttribute('aria-label') ?? said(element);
    return typeof name === 'string' ? label === name : name.test(label);
  });
  if (!found) throw new Error(`no button «${name}» among ${texts('#app button').join(', ')}`);
  return found;
};
const click = (name: string | RegExp) => act(() => button(name).click());
/** Cells of the lines of the first table below a heading of the page. */
const lines = (heading: string) => {
  const section = all('#app section').find((one) => said(one.querySelector('h3')) === heading);
  if (!section) throw new Error(`no section «${heading}»`);
  const table = section.querySelector('table');
  return [...(table?.querySelectorAll('tbody tr:not(.sentence), tfoot tr') ?? [])].map((row) =>
    [...row.children].map(said),
  );
};

let kept: SampleRecord[] = [];
const check = (record: SampleRecord, role: Spotcheck['role'] = 'first'): Spotcheck => ({
  id: 'a',
  name: 'Tháng 11',
  host: null,
  createdAt: AT,
  updatedAt: AT,
  role,
  record,
});

async function show(record: SampleRecord, role?: Spotcheck['role']): Promise<void> {
  const save = async (next: Spotcheck) => {
    kept.push(next.record);
    await show(next.record, role);
  };
  await act(async () =>
    render(<ResultStep value={check(record, role)} save={save} />, document.getElementById('app') as HTMLElement),
  );
}

beforeEach(() => {
  kept = [];
  document.body.innerHTML = '<div id="app"></div>';
});
afterEach(() => {
  act(() => render(null, document.getElementById('app') as HTMLElement));
  vi.restoreAllMocks();
});

describe('the worked examples of docs/spotcheck.md', () => {
  it('3 of 60 in 300: rate, both intervals, difference and what it means', async () => {
    await show(example());
    expect(lines('Tỷ lệ kiểm tra được')).toEqual([
      [SCAN.name, '95 %', 'từ 87,3 % đến 98,3 %', 'từ 87 % đến 98,7 %', '57', '3', '0', '0'],
    ]);
    expect(lines('Số đã khai và số kiểm tra được')).toEqual([
      [
        SCAN.name,
        '99 %',
        '95 %',
        '-4 điểm',
        'từ -12 điểm đến -0,3 điểm',
        'Số đã khai KHÔNG phù hợp với mẫu: khai cao hơn thực tế từ 0,3 đến 12 điểm (độ tin cậy 95 %).',
      ],
    ]);
  });

  it('900 dossiers at 90 % and 100 at 50 %: 86 % by weight', async () => {
    const drawn = dividedSample({ 'Đất đai': 100, 'Hộ tịch': 900 }, 20, [RESULT], 10);
    await show(decidedSample(drawn, (i, _, stratum) => ((stratum === 'Hộ tịch' ? i > 0 : i > 4) ? 'pass' : 'fail')));
    const groups = lines('Theo nhóm');
    expect(groups.map((cells) => [cells[0], cells[1], cells[2], cells[5], cells[6]])).toEqual([
      ['Hộ tịch', '900', '90 %', '9', '1'],
      ['Đất đai', '100', '50 %', '5', '5'],
      ['Cả danh sách (theo tỷ trọng)', '1.000', '86 %', '14', '6'],
    ]);
    expect(lines('Tỷ lệ kiểm tra được')[0]?.[1]).toBe('86 %');
  });

  it('two persons on 20 dossiers, one disagreement: kappa 0.9', async () => {
    const drawn = simpleSample(100, { kind: 'size', size: 20 }, [SCAN]);
    await show(
      decidedSample(
        drawn,
        (i) => (i < 10 ? 'pass' : 'fail'),
        (i) => (i < 11 ? 'pass' : 'fail'),
      ),
    );
    expect(lines('Hai người cùng kiểm tra')).toEqual([[SCAN.name, '20', '19', '1', '0,9']]);
    await click(/hai người kết luận khác nhau/);
    expect(texts('dialog tbody tr')).toHaveLength(1);
    expect(said(document.querySelector('dialog tbody'))).toContain('không đạt; người thứ hai: đạt');
  });
});

describe('states', () => {
  it('nothing decided: says so, and what to do', async () => {
    await show(simpleSample(300, sixty, [SCAN]));
    expect(texts('h2')).toEqual(['Chưa có kết quả']);
  });

  it('the second person is shown nothing of the first', async () => {
    await show(example(), 'second');
    expect(document.body.textContent).not.toContain('95 %');
    expect(all('.spot-sheet')).toEqual([]);
  });

  it('partly decided: provisional on the page and on paper', async () => {
    await show(decidedSample(simpleSample(300, sixty, [SCAN, RESULT]), (i) => (i < 50 ? 'pass' : null)));
    expect(texts('[role=status].notice')[0]).toBe('▲ Số liệu tạm tính: còn thiếu 20 kết luận ở 10 hồ sơ.');
    expect(said(document.querySelector('.spot-sheet .provisional'))).toBe('SỐ LIỆU TẠM TÍNH, CHƯA CHỐT');
    expect(said(document.querySelector('.sentence'))).toContain('Kể cả 10 hồ sơ chưa kiểm tra: từ 83,3 % đến 100 %.');
  });

  it('a stratum without decisions: no rate of the whole, and which one it is', async () => {
    const drawn = dividedSample({ 'Đất đai': 90, 'Hộ tịch': 90 }, 20, [SCAN]);
    await show(decidedSample(drawn, (_, __, stratum) => (stratum === 'Hộ tịch' ? null : 'pass')));
    expect(lines('Tỷ lệ kiểm tra được')[0]?.slice(1, 4)).toEqual(['–', '–', '–']);
    expect(said(document.querySelector('.sentence'))).toContain('«Hộ tịch» chưa có kết luận nào');
    expect(texts('#result-declared + p')).toEqual(['Chưa có mục nào có cả số đã khai và tỷ lệ kiểm tra được.']);
  });

  it('a census has no error', async () => {
    const census = simpleSample(40, { kind: 'size', size: 40 }, [RESULT]);
    await show(decidedSample(census, (i) => (i < 2 ? 'fail' : 'pass')));
    expect(lines('Tỷ lệ kiểm tra được')[0]?.slice(1, 4)).toEqual(['95 %', 'từ 95 % đến 95 %', 'từ 95 % đến 95 %']);
    expect(said(document.querySelector('.sentence'))).toContain('không có sai số chọn mẫu');
  });

  it.each(['pass', 'fail'] as const)('all %s: drawn, and warned about', async (decision) => {
    await show(decidedSample(simpleSample(300, sixty, [SCAN]), () => decision));
    expect(lines('Tỷ lệ kiểm tra được')[0]?.[1]).toBe(decision === 'pass' ? '100 %' : '0 %');
    expect(all('figure svg')).toHaveLength(1);
  });

  it('an acceptance plan says its verdict', async () => {
    const risks = { acceptable: 0.01, rejectable: 0.05, producerRisk: 0.05, consumerRisk: 0.1 };
    const drawn = simpleSample(1000, { kind: 'plan', ...risks }, [SCAN]);
    await show(decidedSample(drawn, (i) => (i < 4 ? 'fail' : 'pass')));
    expect(texts('#app .notice.red')).toEqual([
      `${SCAN.name}, theo phương án chấp nhận: TỪ CHỐI: 4 hồ sơ không đạt, phương án cho phép không quá 3 trong 128.`,
    ]);
  });
});

describe('what failed', () => {
  it('is counted by cause and by procedure, and each number opens its dossiers', async () => {
    const drawn = decidedSample(dividedSample({ 'Đất đai': 90, 'Hộ tịch': 90 }, 20, [SCAN]), (i) =>
      i < 2 ? 'fail' : 'pass',
    );
    const units = drawn.units.map((unit) => ({
      ...unit,
      causes: unit.first[SCAN.name] === 'fail' && unit.rank === 1 ? { [SCAN.name]: 'Mờ, thiếu nét' } : {},
    }));
    await show({ ...drawn, units });
    expect(lines('Hồ sơ không đạt').map(([, cause, count]) => [cause, count])).toEqual([
      ['Mờ, thiếu nét', '2'],
      ['chưa ghi nguyên nhân', '2'],
    ]);
    await click(`2 hồ sơ: ${SCAN.name}: Mờ, thiếu nét`);
    const wanted = units.filter(({ rank }) => rank === 1).map(({ code }) => code);
    expect(texts('dialog tbody th bdi')).toEqual(wanted);
    expect(texts('dialog td')).toContain('không đạt (Mờ, thiếu nét)');
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await click('Chép các mã');
    expect(written).toHaveBeenCalledWith(wanted.join('\n'));
  });
});

describe('signing off', () => {
  it('writes the figures into the record, and opening again takes them out', async () => {
    await show(example());
    await click('Chốt kết quả');
    const [signed] = kept as [SampleRecord];
    expect(signed.signedOffAt).not.toBeNull();
    verifyFigures(signed, evaluate(signed));
    expect(signed.figures).toHaveLength(1);
    expect(texts('[role=status].notice')[0]).toMatch(/^✓ Đã chốt lúc/);
    await click('Mở lại');
    expect(kept[1]).toEqual(example());
  });

  it('asks first when decisions are missing', async () => {
    await show(decidedSample(simpleSample(300, sixty, [SCAN]), (i) => (i < 50 ? 'pass' : null)));
    await click('Chốt kết quả');
    expect(kept).toEqual([]);
    expect(said(document.querySelector('dialog h2'))).toBe('Còn thiếu 10 kết luận');
    await click('Chốt, tính phần còn thiếu là không kết luận');
    expect(kept[0]?.signedOffAt).not.toBeNull();
    expect(lines('Tỷ lệ kiểm tra được')[0]?.slice(4)).toEqual(['50', '0', '10', '0']);
  });

  it('says when it could not be kept', async () => {
    const save = () => Promise.reject(new Error('full'));
    await act(async () =>
      render(<ResultStep value={check(example())} save={save} />, document.getElementById('app') as HTMLElement),
    );
    await act(async () => button('Chốt kết quả').click());
    expect(texts('.actions .soft')).toEqual(['Không lưu được vào máy này. Hãy thử lại.']);
  });
});

describe('the workbook', () => {
  const tableOf = async (record: SampleRecord, sheet: string) => {
    const bytes = await xlsxBytes(resultSheets(record));
    const table = await openTable(new File([bytes], 'ket-qua.xlsx'), { sheet, headerLine: 1 });
    const rows: unknown[][] = [];
    for await (const batch of table.rows()) for (const row of batch) if ('cells' in row) rows.push(row.cells);
    const at = (header: string) => table.headers.indexOf(header);
    return { rows, value: (row: number, header: string) => rows[row]?.[at(header)] ?? null, sheets: table.sheets };
  };

  it('holds the figures as numbers', async () => {
    const { value, sheets } = await tableOf(example(), 'Kết quả');
    expect(sheets).toEqual(['Kết quả', 'Theo nhóm', 'Danh sách mẫu', 'Lỗi', 'Lỗi theo thủ tục', 'Phương pháp']);
    expect(value(0, 'Tỷ lệ đạt (%)')).toBe(95);
    expect(value(0, 'Để quyết định: từ (%)')).toBe(87);
    expect(value(0, 'Để quyết định: đến (%)')).toBe(98.6667);
    expect(value(0, 'Đã khai (%)')).toBe(99);
    expect(value(0, 'Chênh lệch (điểm)')).toBe(-4);
  });

  it('lists every dossier of the sample with what was decided, and what failed', async () => {
    const record = signOff(
      decidedSample(simpleSample(300, sixty, [SCAN]), (i) => (i < 3 ? 'fail' : i < 10 ? null : 'pass')),
      AT,
    );
    const list = await tableOf(record, 'Danh sách mẫu');
    expect(list.rows.map(([code]) => code)).toEqual(record.units.map(({ code }) => code));
    expect([0, 5, 20].map((row) => list.value(row, `1. ${SCAN.name}`))).toEqual([
      'không đạt',
      'chưa kiểm tra (tính là không kết luận)',
      'đạt',
    ]);
    const failed = await tableOf(record, 'Lỗi');
    expect(failed.rows).toHaveLength(3);
  });

  it('says how to draw the sample again, and writes no formula', async () => {
    const drawn = example();
    const sly = {
      ...drawn,
      units: drawn.units.map((unit, i) => (i === 0 ? { ...unit, note: '=HYPERLINK("x")' } : unit)),
    };
    const method = await tableOf(sly, 'Phương pháp');
    const texts = Object.fromEntries(method.rows.map(([name, text]) => [name, text]));
    expect(texts['Mã băm danh sách (SHA-256)']).toBe(drawn.population.sha256);
    expect(texts['Hạt giống']).toBe(drawn.seed);
    expect((await tableOf(sly, 'Danh sách mẫu')).value(0, 'Ghi chú')).toBe('=HYPERLINK("x")');
  });
});

it('the record that the page hands out reads back', async () => {
  await show(signOff(example(), AT));
  let text = '';
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    void (blob as Blob).text().then((content) => {
      text = content;
    });
    return 'blob:x';
  });
  await click('Tải tệp mẫu (JSON)');
  await vi.waitFor(() => expect(text).not.toBe(''));
  const reading = readRecord(text);
  expect(reading.ok && reading.record.figures?.[0]?.rate).toBe(0.95);
});
