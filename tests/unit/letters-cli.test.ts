import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docx, linesOf, p } from './docx-files.ts';

const MAIN = join(import.meta.dirname, '../../cli/main.ts');

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

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
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunghen-letter-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ROW = {
  maHoSo: 'H29.999-261110-0001',
  kinhGui: 'Ông/Bà Nguyễn Văn Mẫu',
  ngayTiepNhan: '10/11/2026 09:15',
  tenThuTuc: 'Thủ tục "mẫu", số 1',
  ngayHenTraCu: '25/11/2026 17:00',
  tinhTrang: 'Đang xử lý',
  lyDo: 'chờ\nphối hợp & <xác minh>',
  ngayHenTraMoi: '02/12/2026 17:00',
};
const UNIT = {
  coQuanBanHanh: 'Ủy ban nhân dân phường Mẫu',
  diaDanh: 'Mẫu',
  noiNhan: ['Như trên', 'Lưu: VT'],
  nguoiKy: { chucVu: 'Chủ tịch', hoTen: 'Trần Thị Mẫu' },
};
type Row = Record<string, unknown>;
const codeOf = (i: number) => `H29.999-261110-${String(i).padStart(4, '0')}`;
const rows = (count: number): Row[] => Array.from({ length: count }, (_, i) => ({ ...ROW, maHoSo: codeOf(i + 1) }));
const quoted = (value: unknown) => `"${String(value ?? '').replace(/"/g, '""')}"`;
function csv(all: readonly Row[], separator = ','): string {
  const head = Object.keys(all[0] ?? {});
  const body = all.map((row) => head.map((name) => quoted(row[name])).join(separator));
  return [head.join(separator), ...body].join('\r\n');
}
const ndjson = (all: readonly Row[]) => all.map((row) => JSON.stringify(row)).join('\n');
const unit = () => file('don-vi.json', JSON.stringify(UNIT));

const objects = ({ out }: Ran) =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { line: number; code: string; file: string | null; errors: string[] });
/** stderr without progress and without the folder. */
const said = ({ err }: Ran) =>
  err
    .split('\n')
    .filter((line) => line !== '' && !/^\d+\/\d+ thư$/.test(line))
    .map((line) => line.replaceAll(`${folder}/`, ''));
const letters = (out: string) => readdirSync(out).filter((name) => name.startsWith('xin-loi_'));
const letter = (data: string, out: string, ...more: string[]) =>
  dunghen('letter', '--template', 'tt03-2025', '--data', data, '--out', path(out), '--unit', unit(), ...more);

describe('dunghen letter', () => {
  it('makes 497 letters of 500 rows, names the three that are bad, and merges the rest', async () => {
    const all = rows(500);
    Object.assign(all[99] as Row, { lyDo: '' });
    Object.assign(all[199] as Row, { ngayHenTraMoi: '31/02/2027' });
    Object.assign(all[299] as Row, { ngayHenTraMoi: '28/11/2026' });
    const ran = await letter(file('500.ndjson', ndjson(all)), 'ra-500', '--merged');
    expect(ran.code).toBe(1);
    expect(said(ran)).toEqual([
      '500.ndjson:100: thiếu Lý do trễ hạn {lyDo}',
      '500.ndjson:200: Ngày hẹn trả lại {ngayHenTraMoi}: không phải ngày: 31/02/2027',
      '500.ndjson:300: ngày hẹn trả lại 28/11/2026 là ngày nghỉ',
      '497 thư, 3 dòng lỗi; bảng kết quả: ra-500/ket-qua.csv',
    ]);
    expect(letters(path('ra-500'))).toHaveLength(497);
    expect(
      objects(ran)
        .filter(({ errors }) => errors.length > 0)
        .map(({ line, file }) => [line, file]),
    ).toEqual([
      [100, null],
      [200, null],
      [300, null],
    ]);
    const merged = linesOf(new Uint8Array(readFileSync(join(path('ra-500'), 'gop-tat-ca.docx'))));
    const codes = merged.filter((line) => line.startsWith('- Mã hồ sơ')).map((line) => line.slice(-4));
    expect(codes).toEqual(all.map((_, i) => codeOf(i + 1).slice(-4)).filter((_, i) => ![99, 199, 299].includes(i)));
  });

  it('prints what the row says, and nothing of the person in names and tables', async () => {
    const ran = await letter(file('mot.csv', csv([{ ...ROW, 'Địa chỉ': 'Số 0 đường Mẫu' }])), 'ra-mot');
    expect(ran.code).toBe(0);
    const [result] = objects(ran);
    expect(result).toEqual({ line: 2, code: ROW.maHoSo, file: letters(path('ra-mot'))[0], errors: [] });
    const text = linesOf(new Uint8Array(readFileSync(join(path('ra-mot'), result?.file ?? ''))))
      .join('|')
      .replace(/\u00a0/g, ' ');
    expect(text).toContain('|Kính gửi: Ông/Bà Nguyễn Văn Mẫu|Địa chỉ: Số 0 đường Mẫu|');
    expect(text).toContain(
      '|- Thủ tục hành chính: Thủ tục "mẫu", số 1|- Thời điểm tiếp nhận: 09 giờ 15 ngày 10 tháng 11 năm 2026|',
    );
    expect(text).toContain('Lý do: chờ\nphối hợp & <xác minh>.|');
    expect(text).toContain('|- Như trên;|- Lưu: VT.|');
    const table = readFileSync(join(path('ra-mot'), 'ket-qua.csv'), 'utf8');
    expect(table).toBe(`\ufeffDòng,Mã hồ sơ,Kết quả,Tệp,Lỗi\r\n2,${ROW.maHoSo},đã tạo,${result?.file},\r\n`);
    for (const made of [table, ran.out, ran.err, result?.file]) expect(made).not.toContain('Nguyễn');
  });

  it('reads the same from CSV, NDJSON and a workbook', async () => {
    const { nguoiKy, ...flat } = { ...ROW, nguoiKy: UNIT.nguoiKy };
    const head = Object.keys(flat);
    const cells = Object.values({ ...flat, ngayTiepNhan: new Date(Date.UTC(2026, 10, 10, 9, 15)) });
    const book = await writeXlsx({ sheets: [{ name: 'Thư', rows: [head, cells] }] });
    const files = [
      file('a.csv', csv([flat])),
      file('b.csv', `\ufeff${csv([flat], ';')}\n`),
      file('c.csv', Buffer.from(`\ufeff${csv([flat], '\t')}`, 'utf16le')),
      file('d.ndjson', ndjson([{ ...ROW, nguoiKy }])),
      file('e.xlsx', book),
    ];
    const texts = [];
    for (const [i, data] of files.entries()) {
      const ran = await letter(data, `ra-dang-${i}`);
      expect(ran).toMatchObject({ code: 0 });
      texts.push(
        linesOf(new Uint8Array(readFileSync(join(path(`ra-dang-${i}`), letters(path(`ra-dang-${i}`))[0] ?? '')))),
      );
    }
    for (const text of texts) expect(text).toEqual(texts[0]);
  });

  it('fills a unit’s own template with the columns of the file, and tells two letters of one code apart', async () => {
    const template = file('mau.docx', docx(p('{maHoSo} {Ghi chú} {kinhGui} {#diaChi}{diaChi}{/}')));
    const data = file(
      'rieng.csv',
      csv([
        { 'MÃ HỒ SƠ': '=A/1', 'Ghi chú': 'x', kinhGui: 'Bà M' },
        { 'MÃ HỒ SƠ': '=a/1', 'Ghi chú': 'y', kinhGui: 'Ông M' },
      ]),
    );
    const ran = await dunghen('letter', `--template=${template}`, `--data=${data}`, `--out=${path('ra/rieng')}`);
    expect(ran.code).toBe(0);
    expect(said(ran).filter((line) => line.includes('bắt buộc')).length).toBeGreaterThan(3);
    const names = objects(ran).map(({ file }) => file ?? '');
    expect(names.map((name) => name.replace(/\d{4}-\d\d-\d\d/, 'D'))).toEqual([
      'xin-loi_A_1_D.docx',
      'xin-loi_a_1_D_2.docx',
    ]);
    expect(linesOf(new Uint8Array(readFileSync(join(path('ra/rieng'), names[1] ?? ''))))).toEqual([
      '=a/1 y Ông\u00a0M ',
    ]);
    expect(readFileSync(join(path('ra/rieng'), 'ket-qua.csv'), 'utf8')).toContain("\r\n2,'=A/1,đã tạo,");
  });

  it('refuses what a letter may not say, row by row', async () => {
    const all: Row[] = [
      { ...ROW, soKyHieu: '12/PXL' },
      { ...ROW, lanHenLai: 2 },
      { ...ROW, ngayHenTraMoi: '24/11/2026' },
      { ...ROW, kinhGui: ' ', ngayTiepNhan: null },
      { ...ROW, soKyHieu: '……/PXL', ngayTiepNhan: 'ngày 05 tháng 01 năm 2026' },
    ];
    const ran = await letter(file('luat.ndjson', `${ndjson(all)}\nkhông phải\n[1]\n`), 'ra-luat');
    expect(ran.code).toBe(1);
    expect(objects(ran).map(({ errors }) => errors)).toEqual([
      ['Số, ký hiệu {soKyHieu}: số do văn thư cấp sau khi ký, không nhận từ dữ liệu'],
      ['hẹn lại lần 2: chỉ được hẹn lại không quá một lần'],
      ['ngày hẹn trả lại 24/11/2026 không sau ngày hẹn cũ 25/11/2026', 'ngày hẹn trả lại 24/11/2026 là ngày nghỉ'],
      ['thiếu Kính gửi {kinhGui}, Ngày tiếp nhận {ngayTiepNhan}'],
      [],
      ['không phải là một đối tượng JSON {…}'],
      ['không phải là một đối tượng JSON {…}'],
    ]);
  });

  it('names the line of a bad row of a table whose cells go over lines', async () => {
    const text = `${csv([ROW, ROW])}\r\n"thừa",${'"x",'.repeat(9)}\r\n`;
    const ran = await letter(file('dong.csv', text), 'ra-dong');
    expect(objects(ran).map(({ line, errors }) => [line, errors])).toEqual([
      [2, []],
      [4, []],
      [6, ['nhiều ô hơn dòng tiêu đề']],
    ]);
  });

  it('does not begin with what it cannot use, and says why in a line', async () => {
    const data = file('ok.csv', csv([ROW]));
    const bad = file('hong.docx', docx(p('{{maHoSo}} {laLung}')));
    const cases: [string[], RegExp][] = [
      [['--template', 'tt03-2025', '--data', data], /^dunghen: thiếu --out/],
      [['--template', path('khong-co.docx'), '--data', data, '--out', path('x')], /khong-co\.docx: không có tệp này$/],
      [['--template', bad, '--data', data, '--out', path('x')], /hong\.docx: mẫu chưa dùng được, xem các lỗi ở trên$/],
      [['--template', 'tt03-2025', '--data', file('a.pdf', 'x'), '--out', path('x')], /a\.pdf: chỉ đọc được tệp/],
      [
        ['--template', 'tt03-2025', '--data', file('e.xlsx', 'x'), '--out', path('x')],
        /e\.xlsx: không đọc được bảng tính: không phải tệp \.xlsx$/,
      ],
      [
        ['--template', 'tt03-2025', '--data', file('e.csv', 'a,b\n'), '--out', path('x')],
        /e\.csv: không có dòng dữ liệu nào$/,
      ],
      [
        ['--template', 'tt03-2025', '--data', file('h.csv', 'a,a\n1,2'), '--out', path('x')],
        /h\.csv:1: cột «a» có hai lần$/,
      ],
      [
        ['--template', 'tt03-2025', '--data', data, '--out', path('x'), '--unit', file('u.json', '{"noiNhan": 1}')],
        /u\.json:1: noiNhan: phải là danh sách/,
      ],
      [['--template', 'tt03-2025', '--data', data, '--out', path('x'), '--la', '1'], /không có tuỳ chọn --la$/],
    ];
    const runs = await Promise.all(cases.map(([args]) => dunghen('letter', ...args)));
    for (const [i, ran] of runs.entries()) {
      expect(ran).toMatchObject({ code: 2, out: '' });
      expect(ran.err.trimEnd().split('\n').at(-1)).toMatch(cases[i]?.[1] as RegExp);
    }
    expect(said(runs[2] as Ran).join('\n')).toContain('không có trường nào tên là laLung');
    expect(existsSync(path('x'))).toBe(false);
  });

  it('names what the disk refuses, and leaves no half letter behind', async () => {
    const data = file('dia.csv', csv([ROW]));
    const taken = await letter(data, 'dia.csv');
    expect(taken).toMatchObject({ code: 2 });
    expect(said(taken).at(-1)).toBe('dunghen: dia.csv: không ghi được: đã có tệp trùng tên thư mục này');
    const below = await letter(data, 'dia.csv/ra');
    expect(said(below).at(-1)).toBe('dunghen: dia.csv/ra: không ghi được: đường dẫn có phần không phải là thư mục');
    const out = path('ra-dia');
    expect(await letter(data, 'ra-dia')).toMatchObject({ code: 0 });
    const [made = ''] = letters(out);
    rmSync(join(out, made));
    mkdirSync(join(out, made));
    const refused = await letter(data, 'ra-dia');
    expect(refused).toMatchObject({ code: 2 });
    expect(said(refused).at(-1)).toBe(`dunghen: ra-dia/${made}: không ghi được: đã có thư mục trùng tên tệp này`);
    expect(readdirSync(out).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('dunghen template check', () => {
  const check = (template: string, ...more: string[]) => dunghen('template', 'check', template, ...more);

  it('gives 0, 1 or 2', async () => {
    const [good, bad, none, absent] = await Promise.all([
      check(join(import.meta.dirname, '../../lib/letters/templates/nd30-2020.docx')),
      check(file('sai.docx', docx(p('Kính gửi {kinhGiu}')))),
      check(file('chu.docx', 'không phải Word')),
      check(path('mat.docx')),
    ]);
    expect(good).toMatchObject({ code: 0, out: '' });
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.out.split('\n')[0] ?? '')).toEqual({
      file: path('sai.docx'),
      id: 'unknown',
      severity: 'error',
      part: 'word/document.xml',
      paragraph: 'Kính gửi {kinhGiu}',
      tag: '{kinhGiu}',
      message: 'không có trường nào tên là kinhGiu',
    });
    expect([none.code, none.err]).toEqual([2, `dunghen: ${path('chu.docx')}: không phải tệp .docx\n`]);
    expect([absent.code, absent.err]).toEqual([2, `dunghen: ${path('mat.docx')}: không có tệp này\n`]);
  });
});
