import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { csvStream, fileReader, inspectFile, readFile } from '../../connectors/files/index.ts';
import { openPath } from '../../connectors/files/node.ts';
import type { SideRecord } from '../../lib/reconcile/index.ts';
import { at, CODE, fileOf, rawWorkbook, readAll, sheetOf, workbookOf } from '../unit/files-made.ts';

const HEADERS = [
  'STT',
  'Mã hồ sơ',
  'Mã hồ sơ quốc gia',
  'Chủ hồ sơ',
  'Mã thủ tục',
  'Đơn vị',
  'Trạng thái',
  'Ngày tiếp nhận',
  'Ngày hẹn trả',
  'Ngày kết thúc xử lý',
  'Kết quả điện tử',
];
const [received, due, finished] = [at('2026-11-05T08:15:30'), at('2026-11-17T17:00:00'), at('2026-11-16T10:00:00')];
const RECORD: Omit<SideRecord, 'at'> = {
  code: CODE(1),
  aliases: ['G22.99-261105-0001'],
  procedure: '1.004944',
  unit: 'Phường Thử Nghiệm',
  status: 10,
  statusText: 'Đã trả kết quả',
  receivedAt: received,
  dueAt: due,
  finishedAt: finished,
  hasResult: true,
};
const VALUES = [
  1,
  CODE(1),
  'G22.99-261105-0001',
  'Người Không Có Thật',
  '1.004944',
  'Phường Thử Nghiệm',
  'Đã trả kết quả',
];

describe('one dossier in every kind of file', () => {
  it('.xlsx with real dates', async () => {
    const file = await workbookOf(HEADERS, [
      [...VALUES, { second: received }, { second: due }, { second: finished }, true],
    ]);
    expect((await readAll(file)).records).toEqual([{ ...RECORD, at: 'hoso.xlsx:2' }]);
  });

  it('.xlsx with dates as text and as bare numbers', async () => {
    const file = await workbookOf(HEADERS, [
      [...VALUES, '05/11/2026 08:15:30', (due + 25_200) / 86_400 + 25_569, '2026-11-16 10:00', 'ketqua.pdf'],
    ]);
    expect((await readAll(file)).records).toEqual([{ ...RECORD, at: 'hoso.xlsx:2' }]);
  });

  it('.csv that this product wrote', async () => {
    const rows = [[...VALUES, { second: received }, { second: due }, { second: finished }, true]];
    const text = await new Response(csvStream(HEADERS, rows)).text();
    expect((await readAll(fileOf('a.csv', text))).records).toEqual([{ ...RECORD, at: 'a.csv:2' }]);
  });

  it.each([
    [
      'mapi names, one object a line',
      JSON.stringify({
        MaHoSo: CODE(1),
        MaHoSoKhac: 'G22.99-261105-0001',
        ChuHoSo: 'Người Không Có Thật',
        MaTTHC: '1.004944',
        DonViXuLy: 'Phường Thử Nghiệm',
        TrangThaiHoSo: 'Đã trả kết quả',
        NgayTiepNhan: '20261105081530',
        NgayHenTra: '20261117170000',
        NgayKetThucXuLy: '20261116100000',
        DanhSachGiayToKetQua: [{ TenGiayTo: 'x' }],
      }),
    ],
    [
      'an OpenCPS answer',
      JSON.stringify({
        total: 1,
        data: [
          {
            dossierNo: CODE(1),
            nationCode: 'G22.99-261105-0001',
            applicantName: 'x',
            serviceCode: '1.004944',
            govAgencyName: 'Phường Thử Nghiệm',
            dossierStatus: 'done',
            dossierStatusText: 'Đã trả kết quả',
            receiveDate: '05/11/2026 08:15:30',
            dueDate: '17/11/2026 17:00:00',
            releaseDate: '16/11/2026 10:00:00',
            hasResult: 'true',
          },
        ],
      }),
    ],
    [
      'an iGate page',
      JSON.stringify({
        content: [
          {
            code: CODE(1),
            nationCode: 'G22.99-261105-0001',
            applicant: { data: { fullname: 'x' } },
            procedure: { code: '1.004944', translate: [{ languageId: 228, name: 'Tên' }] },
            agency: { name: 'Phường Thử Nghiệm' },
            dossierStatus: { id: 4 },
            dossierTaskStatus: {
              name: [
                { languageId: 46, name: 'Returned' },
                { languageId: 228, name: 'Đã trả kết quả' },
              ],
            },
            acceptedDate: '2026-11-05T08:15:30.000+0700',
            appointmentDate: '2026-11-17T17:00:00.000+0700',
            completedDate: '2026-11-16T10:00:00.000+0700',
            hasResult: 1,
          },
        ],
      }),
    ],
  ])('.json: %s', async (_, text) => {
    const { records } = await readAll(fileOf('a.json', text));
    expect(records).toEqual([{ ...RECORD, at: 'a.json:1' }]);
  });

  it('.ndjson with lines that are none', async () => {
    const { records, unreadable } = await readAll(
      fileOf('a.ndjson', `{"MaHoSo":"${CODE(1)}"}\n[1]\n{"MaHoSo":"${CODE(2)}"}\n\n{"MaHoSo":"cut`),
    );
    expect(records.map(({ code, at: place }) => [code, place])).toEqual([
      [CODE(1), 'a.ndjson:1'],
      [CODE(2), 'a.ndjson:3'],
    ]);
    expect(unreadable.map(({ at: place }) => place)).toEqual(['a.ndjson:2', 'a.ndjson:5']);
  });
});

describe('what the header of a real report looks like', () => {
  it('titles above it, two rows, merged cells, numbers of columns, groups, totals and signatures', async () => {
    const rows = [
      ['ỦY BAN NHÂN DÂN PHƯỜNG THỬ NGHIỆM'],
      ['DANH SÁCH HỒ SƠ THÁNG 11/2026'],
      [],
      ['STT', 'Mã hồ sơ', 'Người nộp', '', 'Thời gian', '', 'Trạng thái'],
      ['', '', 'Họ tên', 'Mã', 'Tiếp nhận', 'Hẹn trả', ''],
      ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)'],
      ['I. Lĩnh vực thử'],
      [1, CODE(1), 'Người A', 'x1', '05/11/2026', '17/11/2026', 'Đang xử lý'],
      [2, CODE(2), 'Người B', 'x2', '05/11/2026', '17/11/2026', 'Đang xử lý'],
      ['STT', 'Mã hồ sơ', 'Người nộp', '', 'Thời gian', '', 'Trạng thái'],
      [3, '', 'Người C', 'x3', '05/11/2026', '17/11/2026', 'Đang xử lý'],
      ['Tổng cộng: 3', '', '', '', '', '', '3'],
      ['', '', '', '', '', 'Người lập biểu', 'Chủ tịch'],
      ['', '', '', '', '', 'TP. Hồ Chí Minh, ngày 30 tháng 11 năm 2026'],
    ];
    const sheet = sheetOf(rows, ['A1:G1', 'A4:A5', 'B4:B5', 'C4:D4', 'E4:F4', 'G4:G5']);
    const file = fileOf('bao-cao.xlsx', rawWorkbook({ sheet }));
    const inspection = await inspectFile(file, 'city');
    expect(inspection.headerLine).toBe(5);
    expect(inspection.columns.map(({ header, field, meaning }) => [header, field ?? meaning])).toEqual([
      ['STT', 'unused'],
      ['Mã hồ sơ', 'code'],
      ['Người nộp Họ tên', 'private'],
      ['Người nộp Mã', 'private'],
      ['Tiếp nhận', 'receivedAt'],
      ['Hẹn trả', 'dueAt'],
      ['Trạng thái', 'status'],
    ]);
    const { records, unreadable, summary } = await readAll(file);
    expect(records.map(({ code }) => code)).toEqual([CODE(1), CODE(2)]);
    expect(records[0]).toMatchObject({
      receivedAt: at('2026-11-05T00:00:00'),
      dayOnly: ['receivedAt', 'dueAt'],
      status: 4,
    });
    expect(unreadable).toMatchObject([{ at: 'bao-cao.xlsx:11', reason: expect.stringContaining('không có mã hồ sơ') }]);
    expect(summary).toMatchObject({ records: 2, unreadable: 1, ignored: 6 });
    expect(summary.examples.map(({ line }) => line)).toEqual([6, 7, 10, 12, 13, 14]);
  });

  it('cells merged over several dossiers count for each of them; a dossier over several rows counts once', async () => {
    const rows = [
      ['Đơn vị', 'Mã hồ sơ', 'Tên giấy tờ'],
      ['Phường A', CODE(1), 'Đơn'],
      ['', '', 'Bản vẽ'],
      ['', CODE(2), 'Đơn'],
      ['Phường B', CODE(3), 'Đơn'],
    ];
    const file = fileOf('x.xlsx', rawWorkbook({ sheet: sheetOf(rows, ['A2:A4', 'B2:B3']) }));
    const { records, unreadable, summary } = await readAll(file);
    expect(records.map(({ code, unit }) => [code, unit])).toEqual([
      [CODE(1), 'Phường A'],
      [CODE(2), 'Phường A'],
      [CODE(3), 'Phường B'],
    ]);
    expect(unreadable).toEqual([]);
    expect(summary.ignoredBy).toEqual({ 'dòng nối của hồ sơ phía trên (ô gộp)': 1 });
  });

  it('a hundred columns are read', async () => {
    const more = Array.from({ length: 98 }, (_, i) => `Cột ${i}`);
    const file = await workbookOf(['Mã hồ sơ', 'Trạng thái', ...more], [[CODE(1), '4', ...more]]);
    expect((await readAll(file)).records).toEqual([{ code: CODE(1), status: 4, at: 'hoso.xlsx:2' }]);
  });

  it('the sheet with the list is found among others, or named', async () => {
    const { xlsxBytes } = await import('../../connectors/files/index.ts');
    const bytes = await xlsxBytes([
      { name: 'Bìa', columns: [{ header: 'Báo cáo tháng' }], rows: [] },
      { name: 'Danh sách', columns: [{ header: 'Mã hồ sơ' }, { header: 'Trạng thái' }], rows: [[CODE(1), 4]] },
      { name: 'Tháng trước', columns: [{ header: 'Mã hồ sơ' }], rows: [[CODE(2)]] },
    ]);
    const file = fileOf('x.xlsx', bytes);
    expect((await readAll(file)).records.map(({ code }) => code)).toEqual([CODE(1)]);
    expect((await readAll(file, { sheet: 'Tháng trước' })).records.map(({ code }) => code)).toEqual([CODE(2)]);
    await expect(readAll(file, { sheet: 'Khác' })).rejects.toThrow('x.xlsx: không có trang tính «Khác»');
  });

  it('the header is where a person says, however far down', async () => {
    const above = Array.from({ length: 300 }, (_, i) => `Mã hồ sơ,ghi chú ${i}`).join('\n');
    const file = fileOf('x.csv', `${above}\nMã hồ sơ,Trạng thái\n${CODE(1)},4\n`);
    expect((await readAll(file, { headerLine: 301 })).records).toEqual([{ code: CODE(1), status: 4, at: 'x.csv:302' }]);
    await expect(readAll(file, { headerLine: 400 })).rejects.toThrow('dòng 400 không phải dòng tiêu đề');
  });

  it('headers nobody knows are mapped by a person, and the choice is held against the file', async () => {
    const file = fileOf('x.csv', `K1;K2;K3\n${CODE(1)};Z9;11/5/2026\n`);
    const inspection = await inspectFile(file, 'city');
    expect(inspection.proposal.unknown).toEqual(['K1', 'K2', 'K3']);
    expect(inspection.columns[1]?.samples).toEqual(['A9']);
    expect(inspection.problems).not.toEqual([]);
    await expect(readAll(file)).rejects.toThrow('Mã hồ sơ');
    const columns = { K1: 'code', K3: 'dueAt' } as const;
    await expect(readAll(file, { columns })).rejects.toThrow(/x\.csv: cột «K3»: .*ngày\/tháng hoặc tháng\/ngày/);
    const { records } = await readAll(file, { columns, dateOrder: { K3: 'mdy' } });
    expect(records).toEqual([{ code: CODE(1), at: 'x.csv:2', dueAt: at('2026-11-05T00:00:00'), dayOnly: ['dueAt'] }]);
    await expect(readAll(file, { columns: { K9: 'code' } })).rejects.toThrow('«K9»');
  });

  it('two columns for one compared field are a question, not a guess; what cannot be compared is said', async () => {
    const file = fileOf('x.csv', `Mã hồ sơ;Trạng thái;Tình trạng hồ sơ\n${CODE(1)};4;9\n`);
    await expect(readAll(file)).rejects.toThrow(
      'nhiều cột có thể là «Trạng thái (mã hoặc chữ)»: «Trạng thái», «Tình trạng hồ sơ»',
    );
    const columns = { 'Mã hồ sơ': 'code', 'Tình trạng hồ sơ': 'status' } as const;
    expect((await readAll(file, { columns })).records[0]?.status).toBe(9);
    const { warnings } = await inspectFile(file, 'city', { columns });
    expect(warnings.join()).toContain(
      'không có cột: Ngày tiếp nhận, Ngày hẹn trả, Ngày kết thúc xử lý, Mã thủ tục hành chính',
    );
  });

  it('a column that mixes both orders is refused, wherever in the file the second one stands', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${CODE(i)},05/11/2026`);
    const text = `Mã hồ sơ,Ngày hẹn trả\n13/11/2026-x,13/11/2026\n${rows.join('\n')}\n${CODE(9999)},11/25/2026\n`;
    await expect(readAll(fileOf('x.csv', text))).rejects.toThrow('dòng 3003');
    const { unreadable } = await readAll(fileOf('x.csv', text), { dateOrder: { 'Ngày hẹn trả': 'dmy' } });
    expect(unreadable).toMatchObject([
      { at: 'x.csv:3003', code: CODE(9999), reason: expect.stringContaining('«11/25/2026»') },
    ]);
  });
});

describe('what becomes of a row', () => {
  const one = async (header: string, value: string) =>
    (await readAll(fileOf('x.csv', `Mã hồ sơ\t${header}\n${CODE(1)}\t${value}\n`))).records[0];
  it.each<[string, string, Partial<SideRecord>]>([
    ['Trạng thái', '4', { status: 4 }],
    ['Trạng thái', '04', { status: 4 }],
    ['Trạng thái', '11', { status: 0 }],
    ['Trạng thái', 'ĐÃ CÓ KẾT QUẢ', { status: 9, statusText: 'ĐÃ CÓ KẾT QUẢ' }],
    ['dossierStatus', 'paying', { status: 6, statusText: 'paying' }],
    ['dossierStatus', '7', {}],
    ['Trạng thái', 'trạng thái riêng', { status: 0, statusText: 'trạng thái riêng' }],
    ['Trạng thái', '', {}],
    ['Ngày hẹn trả', 'Không có ngày hẹn trả', {}],
    ['Ngày hẹn trả', '-', {}],
    ['Kết quả điện tử', 'x', { hasResult: true }],
    ['Kết quả điện tử', 'Chưa có', { hasResult: false }],
    ['Kết quả điện tử', '', { hasResult: false }],
    ['Kết quả điện tử', 'https://example.invalid/tep', { hasResult: true }],
    ['Kết quả điện tử', 'đang xem', {}],
    ['Mã thủ tục', '="1.004944"', { procedure: '1.004944' }],
    [
      'Mã hồ sơ khác',
      'G22.99-261105-0001; G22.99-261105-0002',
      { aliases: ['G22.99-261105-0001', 'G22.99-261105-0002'] },
    ],
    ['Mã hồ sơ khác', CODE(1), {}],
    ['Ngày cập nhật', '2026-11-05 08:00', { updatedAt: at('2026-11-05T08:00:00') }],
  ])('%s «%s»', async (header, value, expected) => {
    expect(await one(header, value)).toEqual({ code: CODE(1), at: 'x.csv:2', ...expected });
  });

  it.each([
    ["'000.00.99.H29-261105-0001", CODE(1)],
    ['="000.00.99.H29-261105-0001"', CODE(1)],
    ['SXD.01/03082018/0008', 'SXD.01/03082018/0008'],
    ['0000/2018/07/03/', '0000/2018/07/03/'],
    [CODE(1).normalize('NFD'), CODE(1)],
  ])('code «%s»', async (written, code) => {
    expect(
      (
        await readAll(
          fileOf('x.csv', `Mã hồ sơ;x\n${written.includes('"') ? `"${written.replaceAll('"', '""')}"` : written};\n`),
        )
      ).records[0]?.code,
    ).toBe(code);
  });

  it('a code that a spreadsheet made a number or a date of is named, never guessed', async () => {
    const file = await workbookOf(
      ['Mã hồ sơ', 'Trạng thái'],
      [
        [1.5, 4],
        [{ second: received }, 4],
        ['2,6E+11', 4],
        ['#N/A', 4],
        ['x'.repeat(200), 4],
        [`a b\nc`, 4],
        [`Tên ai đó\n${CODE(7)}`, 4],
        [12345, 4],
      ],
    );
    const { records, unreadable } = await readAll(file);
    expect(unreadable.map(({ at: place }) => place)).toEqual([2, 3, 4, 5, 6, 7].map((line) => `hoso.xlsx:${line}`));
    expect(records.map(({ code }) => code)).toEqual([CODE(7), '12345']);
  });

  it('nothing of a person reaches a record, a reason, or the mapping screen', async () => {
    const secret = 'Nguyễn Không Có Thật 0900000000';
    const text = `Mã hồ sơ,Chủ hồ sơ,Số điện thoại,Ngày hẹn trả,Cột lạ\n${CODE(1)},${secret},0900000000,${secret},${secret}\n,${secret},1,05/11/2026,${secret}\n`;
    const file = fileOf('x.csv', text);
    const everything = JSON.stringify([await readAll(file), await inspectFile(file, 'city')]);
    expect(everything).not.toContain('Nguyễn');
    expect(everything).not.toContain('0900000000');
  });

  it('a bus that writes a false Z is read in local time', async () => {
    const file = fileOf('x.ndjson', `{"DocCode":"${CODE(1)}","DateAppointed":"2026-11-17T17:00:00.000Z"}\n`);
    expect((await readAll(file, undefined, 'lgsp')).records[0]?.dueAt).toBe(due);
    expect((await readAll(file, undefined, 'city')).records[0]?.dueAt).toBe(due + 25_200);
    expect((await readAll(file, { falseZ: true }, 'city')).records[0]?.dueAt).toBe(due);
  });

  it('dates of a workbook that counts from 1904', async () => {
    const sheet = sheetOf([
      ['Mã hồ sơ', 'Ngày hẹn trả'],
      [CODE(1), 44881],
    ]);
    const { records } = await readAll(fileOf('x.xlsx', rawWorkbook({ sheet, date1904: true })));
    expect(records[0]?.dueAt).toBe(at('2026-11-17T00:00:00'));
  });
});

describe('files as a side of a reconciliation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are read one after the other, from disk as from a browser', async () => {
    writeFileSync(join(folder, 'a.csv'), `Mã hồ sơ,Trạng thái\n${CODE(1)},4\n,4\n`);
    const files = [
      { file: await openPath(join(folder, 'a.csv')) },
      { file: fileOf('b.csv', `K\n${CODE(2)}\n`), mapping: { columns: { K: 'code' as const } } },
    ];
    const done: [string, number, number][] = [];
    const reader = fileReader('national', files, (name, { records, unreadable }) =>
      done.push([name, records, unreadable]),
    );
    expect([reader.side, reader.mode]).toEqual(['national', 'whole']);
    const codes: string[] = [];
    for await (const { records, unreadable } of reader.whole?.(new AbortController().signal) ?? []) {
      codes.push(...records.map(({ code }) => code));
      for (const { side } of unreadable) expect(side).toBe('national');
    }
    expect(codes).toEqual([CODE(1), CODE(2)]);
    expect(done).toEqual([
      ['a.csv', 1, 1],
      ['b.csv', 1, 0],
    ]);
  });

  it('stop when they are told to', async () => {
    const stop = new AbortController();
    const file = fileOf('x.csv', `Mã hồ sơ\n${Array.from({ length: 200_000 }, (_, i) => CODE(i)).join('\n')}\n`);
    const rows = readFile(file, 'city', { signal: stop.signal });
    await rows.next();
    stop.abort();
    await expect(
      (async () => {
        while (!(await rows.next()).done);
      })(),
    ).rejects.toThrow();
  });

  it('that are not there are named without their folder', async () => {
    await expect(openPath(join(folder, 'none.csv'))).rejects.toThrow(/^none\.csv: không có tệp này$/);
    await expect(openPath(folder)).rejects.toThrow('không phải là tệp');
  });
});
