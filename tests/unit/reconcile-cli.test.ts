import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReconcileReport } from '../../lib/reconcile/index.ts';
import { wall } from '../sandbox/naive-time.ts';
import { plant } from '../sandbox/planted.ts';
import { plantedCsv } from '../sandbox/planted-csv.ts';

const MAIN = join(import.meta.dirname, '../../cli/main.ts');
const NOW = '2026-11-25T09:40';

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

let folder: string;
const path = (name: string) => join(folder, name);
const file = (name: string, content: string | Uint8Array, mode = 0o644) => {
  writeFileSync(path(name), content);
  chmodSync(path(name), mode);
  return path(name);
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunghen-reconcile-'));
  const { city, national, lgsp } = plantedCsv(plant({ seed: 'cli', now: wall(NOW), count: 400 }, { share: 0.2 }));
  for (const [name, text] of Object.entries({ city, national, lgsp })) file(`${name}.csv`, text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reconcile(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, 'reconcile', ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const FILES = ['--city', 'file:city.csv', '--national', 'file:national.csv', '--lgsp', 'file:lgsp.csv', '--now', NOW];
const reportIn = (out: string) => JSON.parse(readFileSync(join(path(out), 'report.json'), 'utf8')) as ReconcileReport;
const lines = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('dunghen reconcile on files', () => {
  it('writes the report, the table and the workbook, and says by its exit code that something differs', async () => {
    const { code, out, err } = await reconcile(...FILES, '--out', 'mot');
    expect(code, err).toBe(1);
    const report = reportIn('mot');
    const sum = lines(out).at(-1);
    expect(sum).toMatchObject({ type: 'sum', complete: true, byClass: report.byClass });
    expect(lines(out).filter(({ type }) => type === 'difference')).toHaveLength(report.differences.length);
    const table = readFileSync(join(path('mot'), 'sai-khac.csv'), 'utf8')
      .trim()
      .split('\r\n');
    expect(table).toHaveLength(1 + report.differences.flatMap(({ findings }) => findings).length);
    const book = await readXlsx(new Uint8Array(readFileSync(join(path('mot'), 'doi-soat.xlsx'))));
    expect(book.sheets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Tổng hợp', 'Sai khác', 'Theo ngày', 'Theo đơn vị']),
    );
  });

  it('going on with a job that is done changes nothing', async () => {
    await reconcile(...FILES, '--out', 'hai');
    const before = readFileSync(join(path('hai'), 'report.json'), 'utf8');
    writeFileSync(path('hai/report.json'), '');
    const { code, err } = await reconcile('--out', 'hai', '--resume');
    expect(code, err).toBe(1);
    expect(readFileSync(join(path('hai'), 'report.json'), 'utf8')).toBe(before);
  });

  it('joins big files straight from the disk to the same differences', async () => {
    await reconcile(...FILES, '--out', 'dong');
    const { code, err } = await reconcile(...FILES, '--out', 'khoi', '--bulk');
    expect(code, err).toBe(1);
    expect(existsSync(path('khoi/tien-trinh'))).toBe(false);
    const [slow, fast] = [reportIn('dong'), reportIn('khoi')];
    const told = ({ differences }: ReconcileReport) =>
      differences.map(({ code: name, outcome, findings }) => `${name} ${outcome} ${findings.map((one) => one.class)}`);
    expect(told(fast)).toEqual(told(slow));
    expect(fast.totals).toEqual(slow.totals);
  });

  it('is silent and ends with 0 when all is the same', async () => {
    const text = 'Mã hồ sơ,Ngày tiếp nhận\nH29.999-261102-0001,02/11/2026 08:00:00\n';
    file('a.csv', text);
    file('b.csv', text);
    const { code, out, err } = await reconcile('--city', 'file:a.csv', '--national', 'file:b.csv', '--out', 'bang');
    expect(code, err).toBe(0);
    expect(lines(out)).toHaveLength(1);
  });

  it('compares with the report of an earlier time', async () => {
    const head = 'Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả\n';
    const row = (n: number, due: number) => `H29.999-261002-000${n},02/10/2026 08:00:00,${due}/10/2026 08:00:00\n`;
    file('n1.csv', head + row(1, 12) + row(2, 13));
    file('n2.csv', head + row(1, 11) + row(2, 13));
    file('c.csv', head + row(1, 12) + row(2, 12));
    await reconcile('--city', 'file:c.csv', '--national', 'file:n1.csv', '--out', 'truoc', '--now', NOW);
    const after = ['--city', 'file:c.csv', '--national', 'file:n2.csv', '--out', 'sau', '--now', NOW];
    const { out, err } = await reconcile(...after, '--compare', path('truoc/report.json'));
    expect(lines(out).at(-1), err).toMatchObject({ changes: { fresh: 1, cured: 0, still: 1, undecided: 0 } });
  });

  it('prints the plan and touches nothing', async () => {
    const { code, out } = await reconcile(...FILES, '--out', 'chua', '--plan');
    expect(code).toBe(0);
    expect(lines(out)).toMatchObject([
      { lines: [{ side: 'city', mode: 'whole' }, { side: 'national' }, { side: 'lgsp' }] },
    ]);
    expect(existsSync(path('chua'))).toBe(false);
  });
});

describe('dunghen reconcile refuses', () => {
  const config = (password: object) =>
    JSON.stringify({
      upstreams: [
        { kind: 'dvcqg', id: 'cong', baseUrl: 'http://127.0.0.1:9', username: 'u', madonvi: 'm', password },
        { kind: 'opencps', id: 'mot-cua', baseUrl: 'http://127.0.0.1:9', groupId: '1' },
      ],
    });
  const PERIOD = ['--from', '2026-11-01', '--to', '2026-11-02', '--out', 'khong', '--config', 'c.json'];

  const cases: [string, string[], string][] = [
    ['a single source', ['--city', 'file:city.csv', '--out', 'khong'], 'cần ít nhất hai nguồn'],
    ['no folder', ['--city', 'file:city.csv', '--national', 'file:national.csv'], 'thiếu --out'],
    ['an option it does not have', [...FILES, '--out', 'khong', '--thu'], 'không có tuỳ chọn --thu'],
    [
      'a file that is not there',
      ['--city', 'file:x.csv', '--national', 'file:city.csv', '--out', 'khong'],
      'x.csv: không có tệp này',
    ],
    [
      'a name without a configuration',
      ['--city', 'abc', '--national', 'file:city.csv', '--out', 'khong'],
      'chưa có tệp cấu hình',
    ],
    ['a day that is none', [...FILES, '--out', 'khong', '--from', '2026-02-30'], '--from'],
    ['a period for files', [...FILES, '--out', 'khong', '--from', '2026-02-01'], 'tệp được đọc cả'],
    ['an old report that is none', [...FILES, '--out', 'khong', '--compare', 'city.csv'], 'city.csv'],
  ];
  it.each(cases)('%s, in words, with 2, leaving nothing behind', async (_name, args, words) => {
    const { code, out, err } = await reconcile(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(words);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(existsSync(path('khong'))).toBe(false);
  });

  it('a folder in which a job is, unless it goes on; and another job in its place', async () => {
    await reconcile(...FILES, '--out', 'ba');
    const again = await reconcile(...FILES, '--out', 'ba');
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('--resume') });
    const other = await reconcile('--city', 'file:national.csv', '--out', 'ba', '--resume');
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('đang làm dở là file:city.csv') });
  });

  it('a secret that is written into the configuration', async () => {
    file('c.json', config('mat-khau' as unknown as object));
    const { code, err } = await reconcile('--city', 'mot-cua', '--national', 'cong', ...PERIOD);
    expect(code).toBe(2);
    expect(err).toContain('không ghi bí mật vào tệp này');
    expect(err).not.toContain('mat-khau');
  });

  it('a secret file that others can read', async () => {
    file('bi-mat', 'mat-khau-that', 0o640);
    file('c.json', config({ file: 'bi-mat' }));
    const { code, err } = await reconcile('--city', 'mot-cua', '--national', 'cong', ...PERIOD);
    expect(code).toBe(2);
    expect(err).toContain('chmod 600 bi-mat');
    expect(err).not.toContain('mat-khau-that');
  });

  it('a secret that is not set', async () => {
    file('c.json', config({ env: 'BIEN_KHONG_CO' }));
    const { code, err } = await reconcile('--city', 'mot-cua', '--national', 'cong', ...PERIOD);
    expect(code).toBe(2);
    expect(err).toContain('chưa đặt biến môi trường BIEN_KHONG_CO');
  });

  it('nothing of a secret that only its owner can read; a plan makes no call', async () => {
    file('bi-mat-rieng', 'mat-khau-that\n', 0o600);
    file('c.json', config({ file: 'bi-mat-rieng' }));
    const plan = await reconcile('--city', 'mot-cua', '--national', 'cong', ...PERIOD, '--plan');
    expect(plan.code, plan.err).toBe(0);
    expect(lines(plan.out)).toMatchObject([
      {
        lines: [
          { side: 'city', calls: 2, perSecond: 5 },
          { side: 'national', mode: 'lookup' },
        ],
        notes: [expect.stringContaining('chỉ cho tra từng mã')],
      },
    ]);
  });
});
