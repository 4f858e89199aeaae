import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { xlsxBytes, xlsxStream } from '../../connectors/files/index.ts';
import { checkWorkbook } from '../../connectors/files/workbook.ts';
import { columnName } from '../../connectors/files/xlsx-write.ts';
import { at } from './files-made.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold is taken out
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const column = (header: string) => ({ header });
const read = async (bytes: Uint8Array) => (await readXlsx(bytes)).sheets;
const xmlOf = (bytes: Uint8Array, part = 'xl/worksheets/sheet1.xml') =>
  new TextDecoder().decode(unzipSync(bytes)[part]);

describe('writing .xlsx', () => {
  it('reads back equal, whatever the texts and numbers are', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('=1+1', '_x000D_', 'a\r\nb', ' x ', '<&">', 'Đã trả'),
    );
    const cell = fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        async (rows) => {
          const bytes = await xlsxBytes([
            { name: 'a', columns: Array.from({ length: 5 }, (_, i) => column(`c${i}`)), rows },
          ]);
          checkWorkbook('a.xlsx', bytes);
          const [sheet] = await read(bytes);
          const kept = (value: (typeof rows)[number][number]) => {
            if (value === null || value === '') return null;
            if (typeof value === 'number') return value === 0 ? 0 : value;
            const legal = value.replace(NOT_XML, '').replace(/\p{Surrogate}/gu, '\ufffd');
            return legal === '' ? null : legal;
          };
          const back = rows.map((row, y) =>
            row.map((_, x) => (sheet?.rows[y + 1]?.[x] === '' ? null : (sheet?.rows[y + 1]?.[x] ?? null))),
          );
          expect(back).toEqual(rows.map((row) => row.map(kept)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('writes dates that are dates, and no formula', async () => {
    const rows = [
      [
        { second: at('2026-11-05T09:30:15') },
        { second: at('2026-11-05T00:00:00'), dayOnly: true },
        '=HYPERLINK("x")',
        true,
      ],
    ];
    const bytes = await xlsxBytes([{ name: 'a', columns: ['Lúc', 'Ngày', 'Chữ', 'Có'].map(column), rows }]);
    const [sheet] = await read(bytes);
    expect(sheet?.rows[1]).toEqual([
      new Date(Date.UTC(2026, 10, 5, 9, 30, 15)),
      new Date(Date.UTC(2026, 10, 5)),
      '=HYPERLINK("x")',
      'Có',
    ]);
    expect(xmlOf(bytes)).not.toContain('<f');
    expect(xmlOf(bytes, 'xl/styles.xml')).toContain('dd/mm/yyyy\\ hh:mm:ss');
  });

  it('keeps the header in sight, bold, and filters', async () => {
    const xml = xmlOf(await xlsxBytes([{ name: 'a', columns: ['Mã', 'Ngày'].map(column), rows: [['1', '2']] }]));
    expect(xml).toContain('state="frozen"');
    expect(xml).toContain('<autoFilter ref="A1:B2"/>');
    expect(xml).toContain('<c r="A1" s="1" t="inlineStr">');
    expect(xml).toMatch(/<cols><col min="1" max="1" width="\d+"/);
  });

  it('goes on in another sheet when one is full, with the header again', async () => {
    const rows = Array.from({ length: 7 }, (_, i) => [i]);
    const sheets = await read(
      await xlsxBytes(
        [
          { name: 'Sai khác', columns: [column('n')], rows },
          { name: 'sai khác', columns: [column('m')], rows: [] },
        ],
        { rowsPerSheet: 4 },
      ),
    );
    expect(sheets.map(({ name, rows: all }) => [name, all.flat()])).toEqual([
      ['Sai khác', ['n', 0, 1, 2]],
      ['Sai khác (2)', ['n', 3, 4, 5]],
      ['Sai khác (3)', ['n', 6]],
      ['sai khác (4)', ['m']],
    ]);
  });

  it('mends names that Excel refuses, and cuts texts that are too long for it', async () => {
    const [sheet] = await read(
      await xlsxBytes([{ name: `a/b:[c]*?\\${'d'.repeat(40)}`, columns: [column('n')], rows: [['x'.repeat(40_000)]] }]),
    );
    expect(sheet?.name).toMatch(/^[^/:[\]*?\\]{1,31}$/);
    expect(String(sheet?.rows[1]?.[0])).toHaveLength(32_767);
  });

  it('pulls rows only as its bytes are taken, and lets go when nobody wants them', async () => {
    let pulled = 0;
    let closed = false;
    function* endless() {
      try {
        for (;;) yield [`${pulled++} ${Math.random()}`];
      } finally {
        closed = true;
      }
    }
    const reader = xlsxStream([{ name: 'a', columns: [column('n')], rows: endless() }]).getReader();
    for (let i = 0; i < 5; i++) await reader.read();
    await reader.cancel();
    expect(pulled).toBeLessThan(100_000);
    expect(closed).toBe(true);
  });

  it('passes on what goes wrong among the rows', async () => {
    function* broken() {
      yield ['a'];
      throw new Error('không đọc được dòng 2');
    }
    await expect(xlsxBytes([{ name: 'a', columns: [column('n')], rows: broken() }])).rejects.toThrow('dòng 2');
  });

  it('names columns as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});
