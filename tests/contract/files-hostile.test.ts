import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { inspectFile, LIMITS } from '../../connectors/files/index.ts';
import { CODE, fileOf, rawWorkbook, readAll, sheetOf, workbookOf } from '../unit/files-made.ts';

const good = sheetOf([
  ['Mã hồ sơ', 'Trạng thái'],
  [CODE(1), 4],
]);
const MB = 1024 * 1024;
/** Text that does not shrink: no limit on ratios sees it. What repeats is beyond the window of deflate. */
function noise(size: number): string {
  let seed = 42;
  let text = '';
  while (text.length < 80_000) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    text += (seed >>> 8).toString(16);
  }
  return text.repeat(Math.ceil(size / text.length));
}

describe('a workbook that is refused, with the file and the limit named', () => {
  it.each<[string, () => Uint8Array, RegExp]>([
    [
      'a bomb of rows',
      () =>
        rawWorkbook({
          sheet: strToU8(`<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(MB)}`),
          level: 9,
        }),
      /zip bomb/,
    ],
    [
      'a bomb in one cell',
      () =>
        rawWorkbook({
          sheet: `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${'x'.repeat(8 * MB)}</t></is></c></row></sheetData>`,
        }),
      /zip bomb/,
    ],
    [
      'a bomb beside the sheet',
      () => rawWorkbook({ sheet: good, parts: { 'xl/media/image1.png': new Uint8Array(8 * MB) } }),
      /zip bomb/,
    ],
    [
      'a cell of 2 MB that does not shrink',
      () =>
        rawWorkbook({
          sheet: `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${noise(2 * MB)}</t></is></c></row></sheetData>`,
        }),
      /ô dài hơn 32\.767 ký tự/,
    ],
    [
      'a row of a million cells',
      () =>
        rawWorkbook({
          sheet: `<sheetData><row r="1">${noise(700_000).replace(/./g, '<c><v>$&</v></c>')}</row></sheetData>`,
        }),
      /dòng quá dài/,
    ],
    [
      'styles of 20 MB',
      () => rawWorkbook({ sheet: good, parts: { 'xl/styles.xml': noise(20 * MB) } }),
      /styles\.xml.*16 MB/,
    ],
    [
      'a table of a million shared texts',
      () =>
        rawWorkbook({
          sheet: good,
          parts: { 'xl/sharedStrings.xml': `<sst>${noise(1_000_000).replace(/./g, '<si><t>$&</t></si>')}</sst>` },
        }),
      /sharedStrings\.xml.*nghìn thẻ.*CSV/,
    ],
    [
      'more than 200 parts',
      () =>
        rawWorkbook({
          sheet: good,
          parts: Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`xl/media/image${i}.png`, 'x'])),
        }),
      /205 phần, giới hạn là 200/,
    ],
    ['a part of another kind', () => rawWorkbook({ sheet: good, parts: { 'run.exe': 'x' } }), /phần lạ «run\.exe»/],
    ['macros', () => rawWorkbook({ sheet: good, parts: { 'xl/vbaProject.bin': 'x' } }), /macro/],
    ['the same part twice', () => rawWorkbook({ sheet: good, parts: { 'XL/workbook.xml': 'x' } }), /hai phần cùng tên/],
    ['no workbook inside', rawWorkbookWithout, /không phải bảng tính/],
    ['cut in the middle', () => rawWorkbook({ sheet: good }).slice(0, 700), /hỏng hoặc bị cắt/],
    [
      '300 columns',
      () => rawWorkbook({ sheet: `<sheetData><row r="1">${'<c><v>7</v></c>'.repeat(300)}</row></sheetData>` }),
      /300 cột, giới hạn là 200/,
    ],
    [
      'a sheet that is no XML',
      () => rawWorkbook({ sheet: strToU8('<worksheet><sheetData><row r="1"><c r="A1"') }),
      /không có dòng nào|hỏng/,
    ],
  ])('%s', async (_, make, words) => {
    const file = fileOf('hoso.xlsx', make());
    await expect(readAll(file)).rejects.toThrow(words);
    await expect(readAll(file)).rejects.toThrow(/^hoso\.xlsx: /);
  });

  function rawWorkbookWithout(): Uint8Array {
    const bytes = rawWorkbook({ sheet: good });
    // The name is only changed where readers look for it: in the directory and before the part.
    const text = new TextDecoder('latin1').decode(bytes).replaceAll('xl/workbook.xml', 'xl/workbooq.xml');
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  }

  it('one that is too large, before it is read', async () => {
    const file = {
      ...fileOf('hoso.xlsx', ''),
      name: 'hoso.xlsx',
      size: LIMITS.workbook + 1,
      slice: () => new Blob([Uint8Array.of(0x50, 0x4b, 3, 4)]),
    };
    await expect(inspectFile(file as never, 'city')).rejects.toThrow('hoso.xlsx: tệp .xlsx lớn hơn 50 MB');
  });

  it('one whose directory lies about its sizes is measured, not believed', async () => {
    const bytes = rawWorkbook({ sheet: `<sheetData>${'<row r="1"><c><v>1</v></c></row>'.repeat(MB / 4)}</sheetData>` });
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 46 < bytes.length; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true);
    await expect(readAll(fileOf('hoso.xlsx', bytes))).rejects.toThrow('zip bomb');
  });

  it('but one cell at the far corner of a sheet costs nothing', async () => {
    const sheet = `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Mã hồ sơ</t></is></c></row><row r="1048576"><c r="A1048576" t="inlineStr"><is><t>${CODE(1)}</t></is></c></row></sheetData>`;
    expect((await readAll(fileOf('x.xlsx', rawWorkbook({ sheet })))).records).toEqual([
      { code: CODE(1), at: 'x.xlsx:1048576' },
    ]);
    const corner = `<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>`;
    await expect(readAll(fileOf('x.xlsx', rawWorkbook({ sheet: corner })))).rejects.toThrow('16384 cột');
  });

  it('and entities are not expanded', async () => {
    const entities = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
    const rows = sheetOf([['Mã hồ sơ'], ['&b;&b;'], [CODE(1)]]);
    const sheet = strToU8(`<?xml version="1.0"?>${entities}<worksheet>${rows}</worksheet>`);
    const { records } = await readAll(fileOf('x.xlsx', rawWorkbook({ sheet })));
    for (const { code } of records) expect(code.length).toBeLessThan(40);
    expect(records.at(-1)?.code).toBe(CODE(1));
  });
});

describe('what only looks like a table', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['trong.xlsx', '', /tệp trống/],
    ['cu.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), /\.xls kiểu cũ hoặc có mật khẩu/],
    ['html.xls', '<html><table><tr><td>Mã hồ sơ</td></tr></table></html>', /HTML/],
    ['html.xlsx', '\ufeff\n <!DOCTYPE html><table>', /HTML/],
    ['a.pdf', '%PDF-1.7 ...', /PDF/],
    ['a.csv.gz', Uint8Array.of(0x1f, 0x8b, 8, 0), /giải nén/],
    ['a.csv', 'M\0ã\0', /byte 0/],
    ['a.csv', '\n\n\n', /không có dòng nào/],
    ['a.csv', '1,2,3\n4,5,6\n', /không thấy dòng tiêu đề/],
    ['a.json', '{"data": [{"MaHoSo": "x"', /bị cắt/],
    ['a.json', '[]', /không có hồ sơ|tiêu đề|Mã hồ sơ/],
    ['a.json', '{"a": 1}', /Mã hồ sơ/],
    ['a.zip', Uint8Array.of(0x50, 0x4b, 5, 6, ...new Uint8Array(18)), /không phải bảng tính/],
  ])('%s %#', async (name, content, words) => {
    await expect(readAll(fileOf(name, content))).rejects.toThrow(words);
  });

  it('a workbook under a wrong name is read by its content, and said so', async () => {
    const file = await workbookOf(['Mã hồ sơ'], [[CODE(1)]], 'hoso.csv');
    expect((await inspectFile(file, 'city')).warnings.join()).toContain('«.csv»');
    expect((await readAll(file)).records).toHaveLength(1);
  });

  it.each(['Mã hồ sơ,Trạng thái\n', 'Mã hồ sơ,Trạng thái'])(
    'only a header is no dossier, and said so: %j',
    async (text) => {
      const file = fileOf('a.csv', text);
      expect((await inspectFile(file, 'city')).warnings.join()).toContain('chỉ có dòng tiêu đề');
      expect(await readAll(file)).toMatchObject({ records: [], unreadable: [], summary: { ignored: 0 } });
    },
  );
});

describe('a CSV that is damaged', () => {
  const rows = (text: string) => readAll(fileOf('x.csv', `Mã hồ sơ,Trạng thái,Ghi chú\n${text}`));

  it('cut in the middle of a quote: that line is unreadable, the rest is there', async () => {
    const { records, unreadable } = await rows(`${CODE(1)},4,"a, ""b"" c"\n${CODE(2)},4,"cut he`);
    expect(records.map(({ code }) => code)).toEqual([CODE(1)]);
    expect(unreadable).toEqual([{ side: 'city', at: 'x.csv:3', reason: expect.stringContaining('nháy') }]);
  });

  it('cut in the middle of a row', async () => {
    const { records, unreadable } = await rows(`${CODE(1)},4,a\n${CODE(2)}`);
    expect(records).toHaveLength(1);
    expect(unreadable).toMatchObject([{ at: 'x.csv:3', reason: expect.stringContaining('giữa dòng') }]);
  });

  it('a quote left open in the middle does not swallow the rows after it', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => `${CODE(i + 10)},4,"x"`).join('\n');
    const { records, unreadable } = await rows(`${CODE(1)},4,"open\n${many}\n`);
    expect(records).toHaveLength(3000);
    expect(unreadable).toHaveLength(1);
  });

  it('NUL bytes, too many cells, too few', async () => {
    const { records, unreadable } = await rows(
      `${' '.repeat(5000)}\n${CODE(1)},4\0,\n${CODE(2)},4,a,b\n${CODE(3)},4\n${CODE(4)},4,,,,\n`,
    );
    expect(unreadable.map(({ at, reason }) => [at, reason])).toEqual([
      ['x.csv:3', expect.stringContaining('byte 0')],
      ['x.csv:4', expect.stringContaining('nhiều ô hơn')],
    ]);
    expect(records.map(({ code }) => code)).toEqual([CODE(3), CODE(4)]);
  });

  it('300 columns are refused', async () => {
    await expect(readAll(fileOf('x.csv', `Mã hồ sơ${',c'.repeat(299)}\n`))).rejects.toThrow('300 cột, giới hạn là 200');
  });
});
