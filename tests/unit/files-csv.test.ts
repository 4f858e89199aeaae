import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvScanner, delimiterOf } from '../../connectors/files/csv-scan.ts';
import { neutralised } from '../../connectors/files/csv-write.ts';
import { csvStream } from '../../connectors/files/index.ts';
import { type BadRow, LIMITS, type TableRow } from '../../connectors/files/source.ts';

function scan(text: string, delimiter = ',', size = text.length || 1): (TableRow | BadRow)[] {
  const scanner = new CsvScanner(delimiter);
  const rows: (TableRow | BadRow)[] = [];
  for (let i = 0; i < text.length; i += size) rows.push(...scanner.push(text.slice(i, i + size)));
  return [...rows, ...scanner.push('', true)];
}
const cells = (rows: (TableRow | BadRow)[]) => rows.map((row) => ('cells' in row ? row.cells : row.reason));

describe('CSV', () => {
  it('cuts cells, quotes and the three line ends, and counts lines', () => {
    expect(scan('a,b\r\n"1, ""x""\ny",2\rc,d\n\ne,f')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1, "x"\ny', '2'] },
      { line: 4, cells: ['c', 'd'] },
      { line: 6, cells: ['e', 'f'], cut: true },
    ]);
  });

  it('names the line of a quote that is never closed and goes on with the next', () => {
    const rows = scan('a,b\n1,"cut\n2,x\n3,"y"\n4,z\n');
    expect(rows[1]).toEqual({ line: 2, reason: expect.stringContaining('nháy') });
    expect(cells(rows).slice(2)).toEqual([
      ['2', 'x'],
      ['3', 'y'],
      ['4', 'z'],
    ]);
    expect(rows.at(-1)).toMatchObject({ line: 5 });
  });

  it('goes on after a file that is cut within a quote', () => {
    expect(scan('a,b\n1,"cut in the mid')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, reason: expect.stringContaining('nháy') },
    ]);
  });

  it('takes a quote in the midst of a cell as it stands', () => {
    expect(cells(scan('"Công ty "A" X",1\nB "C",2\n"q" ,3\n'))).toEqual([
      ['Công ty "A" X', '1'],
      ['B "C"', '2'],
      ['q', '3'],
    ]);
  });

  it('costs one row, not the file, when a cell is too long', () => {
    const long = 'x'.repeat(LIMITS.cell + 1);
    const rows = scan(`a,b\n${long},1\n2,${long.slice(1)}\n"${long}",3\n4,4\n`, ',', 1000);
    const short = rows.map((row) => ('cells' in row ? row.cells.map((cell) => String(cell).length) : row.reason));
    expect(short).toEqual([[1, 1], expect.stringContaining('ký tự'), [1, LIMITS.cell], expect.any(String), [1, 1]]);
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is the same however the text comes in pieces', () => {
    const piece = fc.constantFrom('a', '1', '"', '""', ',', '\n', '\r\n', '\r', ' ', 'ồ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (pieces, size) => {
        const text = pieces.join('');
        expect(scan(text, ',', size)).toEqual(scan(text));
      }),
    );
  });

  it.each([
    [',', 'Mã,Ngày,Tên\n1,2,"a;b"\n'],
    [';', 'Mã;Ngày;Tên\n1;2;a,b\n2;3;c\n'],
    ['\t', 'Mã\tNgày\n1\t2\n'],
    [';', 'sep=;\r\nMã;Ngày\r\n'],
    [';', 'DANH SÁCH, THÁNG 11\n\nMã;Ngày;Tên\n1;2;a\n2;3;b\n'],
    [',', 'Mã\n1\n'],
  ])('finds the sign between cells: %j', (delimiter, text) => {
    expect(delimiterOf(text)).toBe(delimiter);
  });
});

describe('writing CSV', () => {
  const written = async (headers: string[], rows: string[][]) => new Response(csvStream(headers, rows)).text();

  it('reads back as it was written, apart from the sign that disarms a formula', async () => {
    const word = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', 'ô', "'") }),
    );
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(word, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
      );
    await fc.assert(
      fc.asyncProperty(table, async ([headers = [], ...rows]) => {
        const text = await written(headers, rows);
        const back = cells(scan(text.replace(/^\ufeff/, '')));
        const expected = [headers, ...rows]
          .map((row) => row.map(neutralised))
          .filter((row) => row.length > 1 || row[0] !== '');
        expect(back).toEqual(expected);
      }),
    );
  });

  it('leaves no cell that a spreadsheet would run', async () => {
    const text = await written(['a'], [['=1+1'], ['+84'], ['-1'], ['@x'], ['\t=1'], ['\r=1'], ['＝1']]);
    for (const [cell] of cells(scan(text.replace(/^\ufeff/, ''))).slice(1)) expect(String(cell)[0]).toBe("'");
  });

  it('begins with the mark by which Excel knows UTF-8, and ends lines as Excel does', async () => {
    const bytes = new Uint8Array(await new Response(csvStream(['Mã'], [['1']])).arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe('Mã\r\n1\r\n');
  });

  it('writes moments as Vietnamese dates, numbers as numbers and truths as words', async () => {
    const rows = [
      [
        { second: 1_793_845_815 },
        { second: 1_793_811_600, dayOnly: true },
        -5,
        Number.NaN,
        true,
        false,
        null,
        undefined,
      ],
    ];
    expect(await new Response(csvStream(['a'], rows)).text()).toContain(
      '\r\n05/11/2026 09:30:15,05/11/2026,-5,,Có,Không,,\r\n',
    );
  });
});
