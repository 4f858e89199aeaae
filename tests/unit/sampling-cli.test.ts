import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from 'citty';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { InputError } from '../../cli/errors.ts';
import { sampleCommand } from '../../cli/sample.ts';
import { freeze, type SampleRecord } from '../../lib/sampling/index.ts';

const MAIN = join(import.meta.dirname, '../../cli/main.ts');

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** The command in this process: each start of Node costs more than all that it does here. */
async function sample(...args: string[]): Promise<Ran> {
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const err = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const text = (spy: typeof out) => spy.mock.calls.map(([line]) => `${line}\n`).join('');
  process.exitCode = 0;
  let failure: string | null = null;
  try {
    await runCommand(sampleCommand, { rawArgs: args });
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

/** The program itself. */
function dunghen(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
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
const recordIn = (name: string): SampleRecord => JSON.parse(readFileSync(path(name), 'utf8'));

const HEAD = ['Mã hồ sơ', 'Chủ hồ sơ', 'Lĩnh vực', 'Đơn vị xử lý', 'Hình thức nộp'];
const FIELDS = ['Hộ tịch', 'Chứng thực', 'Đất đai'];
const codeOf = (i: number) => `H29.999-261110-${String(i).padStart(4, '0')}`;
const rowOf = (i: number) => [
  codeOf(i),
  'Nguyễn Văn Mẫu',
  FIELDS[i % 3] as string,
  `UBND phường Mẫu ${i % 2}`,
  i % 5 === 0 ? 'Trực tiếp' : 'Trực tuyến',
];
const ROWS = Array.from({ length: 600 }, (_, i) => rowOf(i));
const csv = (rows: readonly (readonly string[])[]) => `${[HEAD, ...rows].map((row) => row.join(';')).join('\n')}\n`;

let list: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunghen-sample-'));
  list = file('ds.csv', csv(ROWS));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('dunghen sample', () => {
  it('without a seed shows the list and its hash, and draws nothing', async () => {
    const ran = await sample('--in', list, '--margin', '5%');
    expect(ran.code).toBe(0);
    const [shown] = lines(ran);
    const { sha256 } = freeze(ROWS.map(([code]) => ({ code: code as string, stratum: '' })));
    expect(shown.population).toMatchObject({ count: 600, sha256, strata: [{ size: 235 }] });
    expect(ran.err).toContain('chưa rút');
    expect(ran.out).not.toContain(codeOf(0).slice(0, 8));
  });

  it('draws into a file, in which there is no person; workbook and table give the same sample', async () => {
    const rows = [...ROWS].reverse();
    const book = file('ds.xlsx', await writeXlsx({ sheets: [{ name: 'DS', rows: [HEAD, ...rows] }] }));
    const args = [
      '--margin',
      '5%',
      '--by',
      'field',
      '--seed',
      'xổ số 83412',
      '--checks',
      'Bản chụp; Kết quả',
      '--declared',
      '98,5%; -',
    ];
    const a = await sample('--in', list, '--out', path('a.json'), ...args);
    const b = await sample('--in', book, '--out', path('b.json'), ...args);
    expect([a.code, b.code, a.err, b.err]).toEqual([0, 0, '', '']);
    expect(a.out.replaceAll('ds.csv', 'ds.xlsx')).toBe(b.out);
    const record = recordIn('a.json');
    expect(record.population.strata.map(({ name, size }) => [name, size])).toEqual([
      ['Chứng thực', 79],
      ['Hộ tịch', 78],
      ['Đất đai', 78],
    ]);
    expect(record.checks).toEqual([
      { name: 'Bản chụp', declared: 0.985 },
      { name: 'Kết quả', declared: null },
    ]);
    expect(JSON.stringify(record)).not.toContain('Nguyễn');
    expect(lines(a).filter(({ type }) => type === 'unit')).toHaveLength(235);
  });

  it('keeps the procedure of each dossier, of those drawn later too, where the file names them', async () => {
    const withColumn = file(
      'tthc.csv',
      `Mã hồ sơ;MaTTHC\n${ROWS.map((_, i) => `${codeOf(i)};1.00${String(1000 + (i % 7))}`).join('\n')}\n`,
    );
    const out = path('tthc.json');
    await sample('--in', withColumn, '--size', '20', '--seed', 's', '--out', out);
    await sample('extend', out, '--in', withColumn, '--size', '30');
    const lost = recordIn('tthc.json').units[0]?.code as string;
    await sample('replace', out, '--in', withColumn, '--code', lost, '--reason', 'mất');
    const { units } = recordIn('tthc.json');
    expect(units).toHaveLength(31);
    for (const { code, procedure } of units) expect(procedure).toBe(`1.00${1000 + (Number(code.slice(-4)) % 7)}`);
  });

  it.each([
    ['unit', 'Đơn vị xử lý', 2],
    ['channel', 'Hình thức nộp', 2],
  ])('divides by %s', async (by, column, strata) => {
    const [shown] = lines(await sample('--in', list, '--size', '50', '--by', by));
    expect(shown.population).toMatchObject({ by, column });
    expect(shown.population.strata).toHaveLength(strata);
  });

  it('from a draw to a signed result: replace, extend, evaluate, and the same figures again', async () => {
    const out = path('c.json');
    expect(await sample('--in', list, '--size', '40', '--seed', 's', '--out', out)).toMatchObject({ code: 0 });
    const first = recordIn('c.json');
    const lost = first.units[2]?.code as string;
    const replaced = await sample('replace', out, '--in', list, '--code', lost, '--reason', 'hồ sơ giấy đã chuyển kho');
    expect(replaced.code).toBe(0);
    expect(lines(replaced)[0].added).toBe(recordIn('c.json').units[40]?.code);
    expect(await sample('extend', out, '--in', list, '--size', '60')).toMatchObject({
      code: 0,
      err: 'rút thêm 20 hồ sơ\n',
    });
    const record = recordIn('c.json');
    expect(record.units.slice(0, 40).map(({ code }) => code)).toEqual(first.units.map(({ code }) => code));

    const open = await sample('evaluate', out);
    expect(open.code).toBe(1);
    expect(lines(open)[0]).toMatchObject({ open: 60, total: null });

    for (const unit of record.units) if (unit.unavailable === null) unit.first = { 'Đúng như đã khai': 'pass' };
    file('c.json', JSON.stringify(record));
    const done = await sample('evaluate', out, '--in', list, '--out', path('d.json'));
    expect([done.code, done.err]).toEqual([0, '']);
    expect(lines(done)).toMatchObject([
      { type: 'check', open: 0, total: { passed: 60, rate: 1 } },
      { type: 'unavailable', code: lost, reason: 'hồ sơ giấy đã chuyển kho' },
    ]);
    expect((await sample('evaluate', path('d.json'))).out).toBe(done.out);

    const forged = recordIn('d.json');
    Object.assign(forged.figures?.[0] as object, { rate: 0.99 });
    file('e.json', JSON.stringify(forged));
    expect(await sample('evaluate', path('e.json'))).toMatchObject({ code: 2, out: '' });
    file('signed.json', JSON.stringify({ ...recordIn('c.json'), signedOffAt: 1 }));
    const another = ['--in', list, '--code', record.units[5]?.code as string, '--reason', 'x'];
    for (const ran of [
      await sample('extend', path('signed.json'), '--in', list, '--size', '70'),
      await sample('replace', path('signed.json'), ...another),
    ])
      expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('đã được chốt') });
    const failed = recordIn('c.json');
    Object.assign(failed.units[0] as object, {
      first: { 'Đúng như đã khai': 'fail' },
      causes: { 'Đúng như đã khai': 'Thiếu trang' },
    });
    file('f.json', JSON.stringify(failed));
    expect(await sample('evaluate', path('f.json'))).toMatchObject({ code: 1, err: '' });
  });

  it('an earlier sample steers the next one (neyman)', async () => {
    const early = path('early.json');
    const by = ['--by', 'field', '--in', list];
    await sample(...by, '--size', '60', '--seed', 's', '--out', early);
    const record = recordIn('early.json');
    for (const [i, unit] of record.units.entries())
      unit.first = { 'Đúng như đã khai': unit.stratum === 'Đất đai' && i % 2 === 0 ? 'fail' : 'pass' };
    file('early.json', JSON.stringify(record));
    const [shown] = lines(await sample(...by, '--size', '60', '--allocation', 'neyman', '--previous', early));
    const sizes = Object.fromEntries(
      shown.population.strata.map(({ name, size }: { name: string; size: number }) => [name, size]),
    );
    expect(sizes['Đất đai']).toBeGreaterThan(30);
    expect(sizes['Hộ tịch']).toBe(sizes['Chứng thực']);
  });
});

describe('as a program', () => {
  it('ends with the exit codes of the house', async () => {
    const out = path('p.json');
    const drawn = await dunghen('sample', '--in', list, '--margin', '5%', '--seed', 's', '--out', out);
    expect([drawn.code, drawn.err]).toEqual([0, '']);
    expect(await dunghen('sample', 'evaluate', out)).toMatchObject({ code: 1, err: '' });
    const refused = await dunghen('sample', '--in', list, '--size', '601');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(/^dunghen: [^\n]+ chỉ có 600 hồ sơ, không rút được 601\n$/);
    expect((await dunghen('sample', '--help')).out).toContain('--consumer-risk');
  });
});

describe('what is refused, in one line and with exit code 2', () => {
  const refused = async (message: RegExp, ...args: string[]) => {
    const ran = await sample(...args);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(message);
    expect(ran.err.split('\n').filter((line) => line.startsWith('dunghen:'))).toHaveLength(1);
  };

  it('lists: changed, empty, twice, a stratum of one, unreadable rows, no such column', async () => {
    const drawn = path('g.json');
    await sample('--in', list, '--size', '40', '--seed', 's', '--out', drawn);
    const changed = file('changed.csv', csv(ROWS.slice(1)));
    await refused(/danh sách đã đổi từ khi rút mẫu/, 'evaluate', drawn, '--in', changed);
    await refused(/danh sách đã đổi/, 'extend', drawn, '--in', changed, '--size', '50');
    await refused(/danh sách không có hồ sơ nào/, '--in', file('empty.csv', csv([])), '--margin', '5%');
    await refused(
      new RegExp(`1 mã đứng nhiều lần: ${codeOf(3)} \\(twice\\.csv:5, twice\\.csv:602\\)`),
      '--in',
      file('twice.csv', csv([...ROWS, rowOf(3)])),
      '--margin',
      '5%',
    );
    const single = file('single.csv', csv([...ROWS, ['H29.999-261110-9000', '', 'Môi trường', 'X', 'Y']]));
    await refused(/nhóm chỉ có một hồ sơ.*«Môi trường»/, '--in', single, '--margin', '5%', '--by', 'field');
    await refused(
      /1 dòng không đọc được mã/,
      '--in',
      file('hole.csv', csv([...ROWS, ['', '', 'Hộ tịch', 'X', 'Y']])),
      '--margin',
      '5%',
    );
    await refused(
      /cột «Chủ hồ sơ» là thông tin cá nhân/,
      '--in',
      list,
      '--margin',
      '5%',
      '--by',
      'field',
      '--column',
      'Chủ hồ sơ',
    );
    await refused(
      /không có cột lĩnh vực/,
      '--in',
      file('codes.csv', 'Mã hồ sơ\nH29.999-1\nH29.999-2\n'),
      '--margin',
      '5%',
      '--by',
      'field',
    );
    await refused(/không có tệp này/, '--in', path('none.csv'), '--margin', '5%');
    await refused(/chỉ có 600 hồ sơ, không rút được 601/, '--in', list, '--size', '601');
  });

  it('records: another version, not to be written over', async () => {
    const drawn = path('h.json');
    await sample('--in', list, '--size', '40', '--seed', 's', '--out', drawn);
    const old = file('old.json', readFileSync(drawn, 'utf8').replace('dunghen-sample/1', 'dunghen-sample/9'));
    await refused(/old\.json:2: format: phải là "dunghen-sample\/1"/, 'evaluate', old);
    await refused(/đã có tệp này/, '--in', list, '--size', '40', '--seed', 's', '--out', drawn);
    await refused(/thiếu tên tệp/, 'evaluate');
  });

  it.each<[RegExp, string[]]>([
    [/thiếu --in/, ['--margin', '5%']],
    [/thiếu --margin/, ['--in', 'x.csv']],
    [/chỉ chọn một/, ['--in', 'x.csv', '--margin', '5%', '--size', '3']],
    [/có dấu %/, ['--in', 'x.csv', '--margin', '0.05']],
    [/phải là phần trăm/, ['--in', 'x.csv', '--margin', '101%']],
    [/--size 1e3: phải là số nguyên/, ['--in', 'x.csv', '--size', '1e3']],
    [/phải là một trong: unit, field, channel/, ['--in', 'x.csv', '--size', '9', '--by', 'ward']],
    [/chỉ dùng khi chia nhóm/, ['--in', 'x.csv', '--size', '9', '--allocation', 'neyman']],
    [/cần --previous/, ['--in', 'x.csv', '--size', '9', '--by', 'unit', '--allocation', 'neyman']],
    [/đi cùng nhau/, ['--in', 'x.csv', '--size', '9', '--seed', 's']],
    [/cần cả --acceptable và --rejectable/, ['--in', 'x.csv', '--acceptable', '1%']],
    [/--expected chỉ dùng với --margin/, ['--in', 'x.csv', '--size', '9', '--expected', '90%']],
    [/có 1 tỷ lệ cho 2 mục/, ['--in', 'x.csv', '--size', '9', '--checks', 'a;b', '--declared', '9%']],
    [/«a» có hai lần/, ['--in', 'x.csv', '--size', '9', '--checks', 'a;a']],
    [/không có tuỳ chọn --la/, ['--in', 'x.csv', '--la']],
  ])('%s', async (message, args) => {
    await refused(message, ...args);
  });
});
