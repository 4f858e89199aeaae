import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from 'citty';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { InputError } from '../../cli/errors.ts';
import { indicatorsCommand } from '../../cli/indicators.ts';

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** The command in this process: each start of Node costs more than all that it does here. */
async function indicators(...args: string[]): Promise<Ran> {
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const err = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const text = (spy: typeof out) => spy.mock.calls.map(([line]) => `${line}\n`).join('');
  process.exitCode = 0;
  let failure: string | null = null;
  try {
    await runCommand(indicatorsCommand, { rawArgs: args });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    failure = `dunghen: ${error.message}\n`;
  }
  const ran = {
    code: failure === null ? Number(process.exitCode) : 2,
    out: text(out),
    err: text(err) + (failure ?? ''),
  };
  process.exitCode = 0;
  vi.restoreAllMocks();
  return ran;
}

let folder: string;
const path = (name: string) => join(folder, name);
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(path(name), content);
  return path(name);
};
const lines = ({ out }: Ran) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const component = (ran: Ran, id: string) => lines(ran).find((line) => line.type === 'component' && line.id === id);
const sum = (ran: Ran) => lines(ran).find(({ type }) => type === 'sum');

const HEAD = [
  'Mã hồ sơ',
  'Chủ hồ sơ',
  'Mã TTHC',
  'Đơn vị xử lý',
  'Trạng thái',
  'Ngày tiếp nhận',
  'Ngày hẹn trả',
  'Ngày kết thúc xử lý',
  'Hình thức nộp',
  'Tệp kết quả',
  'Tệp thành phần hồ sơ',
  'Số lần bổ sung',
];
/** 20 dossiers of a procedure that yields a paper: 3 late, 4 without a result, 10 online, 2 received in October. */
const rows = Array.from({ length: 22 }, (_, i) => {
  const day = i < 20 ? `${String(i + 1).padStart(2, '0')}/11/2026` : '30/10/2026';
  return [
    `H29.999-261101-${String(i).padStart(4, '0')}`,
    'Nguyễn Văn Mẫu',
    '1.001193.000.00.00.H29',
    `UBND phường Mẫu ${(i % 2) + 1}`,
    'Đã trả kết quả',
    `${day} 08:00:00`,
    '25/11/2026 17:00:00',
    i < 3 ? '26/11/2026 09:00:00' : '24/11/2026 09:00:00',
    i < 10 ? 'Trực tuyến' : 'Trực tiếp',
    i < 16 ? 'ket-qua.pdf' : '',
    'có',
    '0',
  ];
});
const csv = (list: string[][]) => [HEAD, ...list].map((row) => row.join(',')).join('\r\n');
const NOW = ['--now', '2026-12-05T08:00'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunghen-indicators-'));
  file('ho-so.csv', csv(rows));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const over = (...args: string[]) => indicators('--in', path('ho-so.csv'), '--period', '2026-11', ...NOW, ...args);

describe('dunghen indicators', () => {
  it('tính từ CSV, nêu hồ sơ mất điểm, không nêu người', async () => {
    const ran = await over();
    expect(ran.code).toBe(1);
    expect(component(ran, 'ON_TIME')).toMatchObject({ passed: 17, known: 20, score: 17 });
    expect(component(ran, 'ORIGINAL_RESULT_AVAILABLE')).toMatchObject({ passed: 16, known: 20 });
    expect(component(ran, 'ONLINE_DOSSIER')).toMatchObject({ passed: 10, known: 20, score: 12 });
    expect(component(ran, 'PETITION_PROCESSING_ON_TIME')).toMatchObject({ state: 'not-computed' });
    expect(sum(ran)).toMatchObject({ counts: { counted: 20, outside: 2 }, of: 42, max: 100 });
    const late = lines(ran).filter(({ type, component }) => type === 'cost' && component === 'ON_TIME');
    expect(late.map(({ code }) => code)).toEqual(rows.slice(0, 3).map(([code]) => code));
    expect(lines(ran).find(({ type }) => type === 'lift').text).toBe('4 hồ sơ thiếu kết quả điện tử: +2 điểm');
    expect(ran.out).not.toContain('Nguyễn');
  });

  it('chỉ một đơn vị, và so các đơn vị', async () => {
    const one = await over('--unit', 'ubnd phường mẫu 1');
    expect(sum(one)).toMatchObject({ unit: 'ubnd phường mẫu 1', counts: { counted: 10 } });
    const units = lines(await over('--by', 'unit')).filter(({ type }) => type === 'unit');
    expect(units.map(({ unit, counted }) => [unit, counted])).toEqual([
      ['UBND phường Mẫu 2', 10],
      ['UBND phường Mẫu 1', 10],
    ]);
  });

  it('đọc .xlsx ra cùng số, và ghi báo cáo .xlsx mở lại được', async () => {
    file('ho-so.xlsx', await writeXlsx({ sheets: [{ name: 'Sheet1', rows: [HEAD, ...rows] }] }));
    const out = path('chi-so.xlsx');
    const ran = await indicators('--in', path('ho-so.xlsx'), '--period', '2026-11', ...NOW, '--out', out);
    expect(sum(ran).score).toBe(sum(await over()).score);
    const book = await readXlsx(readFileSync(out));
    expect(book.sheets.map(({ name }) => name)).toEqual(['Tóm tắt', 'Điểm', 'Theo ngày', 'Hồ sơ mất điểm']);
    const scores = book.sheets[1]?.rows ?? [];
    expect(scores.find(([, number]) => number === '2.1')?.slice(3, 8)).toEqual([17, 20, 0.85, 17, 20]);
  });

  it('đọc bản ghi của page read, mỗi dòng một hồ sơ; dòng hỏng nêu tệp và dòng, mã thoát 2', async () => {
    const record = {
      code: 'H29.999-261101-0001',
      aliases: [],
      codeKnown: true,
      procedure: { code: '1.001193' },
      receivedAt: 29_907_420,
      dueAt: 29_920_000,
      completedAt: 29_910_000,
      dayOnly: [],
      status: { code: 9, text: 'Đã xử lý xong' },
      pauses: [],
      source: { kind: 'dom', adapter: 'generic', readAt: 29_930_000 },
      gaps: [],
    };
    const bad = { ...record, receivedAt: 'hôm qua' };
    const text = [record, bad, { health: {} }].map((line) => JSON.stringify(line)).join('\n');
    const ran = await indicators('--in', file('trang.ndjson', text), '--period', '2026-11', ...NOW);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/trang\.ndjson:2: receivedAt: phải là số/);
    expect(component(ran, 'ON_TIME')).toMatchObject({ passed: 1, known: 1 });
  });

  it('dòng CSV không đọc được thì nêu tệp và dòng, phần còn lại vẫn tính', async () => {
    const broken = rows.slice(0, 3).map((row, i) => (i === 1 ? row.with(5, '31/11/2026 08:00:00') : row));
    const ran = await indicators('--in', file('hong.csv', csv(broken)), '--period', '2026-11', ...NOW);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/hong\.csv:3: .*không phải ngày có thật/);
    expect(sum(ran).counts.counted).toBe(2);
  });

  it('mục tiêu riêng: chưa đạt thì mã thoát 1, đạt hết mà không còn gì sửa thì 0', async () => {
    const targets = (rate: number) =>
      file(
        'muc-tieu.json',
        JSON.stringify({ format: 'dunghen-targets/1', source: 'Kế hoạch mẫu', rates: { ON_TIME: rate } }),
      );
    const good = rows.slice(3, 16);
    const run = (rate: number) =>
      indicators('--in', file('tot.csv', csv(good)), '--period', '2026-11', ...NOW, '--targets', targets(rate));
    const met = await run(1);
    expect(met.code).toBe(0);
    expect(component(met, 'ON_TIME').target).toEqual({ rate: 1, met: true, short: 0 });
    const missed = await over('--targets', targets(0.95));
    expect(missed.code).toBe(1);
    expect(component(missed, 'ON_TIME').target).toEqual({ rate: 0.95, met: false, short: 2 });
  });

  it('in cho người đọc khi có màn hình', async () => {
    const tty = process.stdout.isTTY;
    process.stdout.isTTY = true;
    const ran = await over('--by', 'unit').finally(() => {
      process.stdout.isTTY = tty;
    });
    expect(ran.out).toMatch(/Tính được 42 trên 100 điểm/);
    expect(ran.out).toMatch(/không tính\. Tính theo phản ánh, kiến nghị/);
    expect(ran.out).toMatch(/4 hồ sơ thiếu kết quả điện tử: \+2 điểm/);
  });

  it.each<[string, string[], RegExp]>([
    ['thiếu kỳ', ['--in', 'a.csv'], /thiếu --in hoặc --period/],
    ['kỳ sai', ['--in', 'a.csv', '--period', '11/2026'], /--period 11\/2026: phải là/],
    ['trước khi có bảng', ['--in', 'a.csv', '--period', '2021-11'], /chưa có bảng chỉ số nào/],
    ['tuỳ chọn lạ', ['--in', 'a.csv', '--period', '2026-11', '--kỳ', 'x'], /không có tuỳ chọn --kỳ/],
    ['không có tệp', ['--in', 'khong-co.csv', '--period', '2026-11'], /không có tệp này/],
    ['--by khác', ['--in', 'a.csv', '--period', '2026-11', '--by', 'field'], /chỉ có unit/],
  ])('từ chối: %s', async (_, args, message) => {
    const ran = await indicators(...args);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(message);
  });

  it('không có hồ sơ nào để tính thì nói rõ vì sao', async () => {
    const none = await indicators('--in', path('ho-so.csv'), '--period', '2025-11', ...NOW);
    expect(none.err).toMatch(/không có hồ sơ nào tiếp nhận trong tháng 11\/2025/);
    const unit = await over('--unit', 'Sở Mẫu');
    expect(unit.err).toMatch(/không có hồ sơ nào của đơn vị «Sở Mẫu»/);
    const bare = file('khong-ngay.csv', 'Mã hồ sơ,Trạng thái\r\nH29.999-261101-0001,Đã trả kết quả\r\n');
    const dateless = await indicators('--in', bare, '--period', '2026-11', ...NOW);
    expect(dateless.err).toMatch(/không hồ sơ nào có ngày tiếp nhận/);
  });
});
