import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinFiles } from '../../cli/join/index.ts';
import { type ColumnMapping, joinStreams, SIDES, type Side } from '../../lib/reconcile/engine/index.ts';
import { generate } from '../bench/reconcile/generate.ts';
import { MAPPING } from '../bench/reconcile/mapping.ts';
import { differencesSql, type Paths } from '../bench/reconcile/sql.ts';

const exact = { receivedAt: { seconds: 0 }, dueAt: { seconds: 0 }, finishedAt: { seconds: 0 } };
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunghen-join-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pathsIn = (name: string) =>
  Object.fromEntries(SIDES.map((side) => [side, join(folder, `${name}-${side}.csv`)])) as Paths;
const sourcesOf = (paths: Paths, mapping: ColumnMapping) =>
  Object.fromEntries(SIDES.map((side) => [side, { path: paths[side], mapping }]));

/** `code,mask` of every group, sorted. */
async function listOf(paths: Paths, threads: number): Promise<string[]> {
  const { outcome, rows } = await joinFiles(sourcesOf(paths, MAPPING), { sides: SIDES, tolerance: exact, threads });
  rows.close();
  const { groups } = outcome;
  return Array.from({ length: groups.length }, (_, n) => `${groups.code(n)},${groups.mask(n)}`).toSorted();
}

async function duckdbList(paths: Paths): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const found = await connection.runAndReadAll(differencesSql(paths));
  const lines = found.getRows().map(([code, mask]) => `${code},${mask}`);
  connection.closeSync();
  instance.closeSync();
  return lines.toSorted();
}

test('three generated files of 50,000 rows: the same list and classes as DuckDB, with one thread and with two', async () => {
  const paths = pathsIn('oracle');
  for (const side of SIDES) generate(paths[side], side, 50_000);
  const wanted = await duckdbList(paths);
  expect(wanted.length).toBeGreaterThan(1000);
  expect(new Set(wanted.map((line) => line.split(',')[1])).size).toBe(10);
  expect(await listOf(paths, 1)).toEqual(wanted);
  expect(await listOf(paths, 2)).toEqual(wanted);
});

describe('files in pieces', () => {
  const mapping: ColumnMapping = {
    delimiter: ';',
    headerRows: 2,
    columns: 5,
    code: 1,
    aliases: [4],
    status: 2,
    receivedAt: 3,
    unit: 0,
  };

  /** Line ends, delimiters and quotes inside quotes, odd codes, second codes, and rows that are not readable. */
  function write(path: string, side: number): void {
    const lines = ['Sổ theo dõi;;;;', '"đơn\r\nvị";mã;trạng thái;nhận;mã khác'];
    for (let i = 0; i < 6000; i++) {
      const n = side === 1 ? 5999 - i : i;
      const unit = n % 3 === 0 ? `"Phường ${n}\n\n;""A""\r\n${n};${n};4;;\n"` : `Xã ${n}`;
      const code = n % 7 === 0 ? `Số ${n}/HS` : `H29.999-260115-${n}`;
      const other = n % 50 === 0 && side > 0 ? `QG-${n}` : '';
      const own = n % 50 === 25 && side === 2 ? `BUS-${n}` : code;
      const alias = n % 50 === 25 && side === 2 ? code : other;
      const status = n % 40 === 3 && side === 1 ? 5 : 4;
      lines.push(n % 97 === 5 ? `${unit};${code}` : `${unit};${own};${status};15/01/2026 08:0${n % 10}:00;${alias}`);
    }
    writeFileSync(path, `\ufeff${lines.join(side === 2 ? '\n' : '\r\n')}`);
  }

  /** The header has three lines; every third row has four line ends inside quotes. */
  const lineOf = (row: number) => 4 + row + 4 * Math.ceil(row / 3);

  test('any number of pieces and threads gives what one reading in one thread gives', async () => {
    const paths = pathsIn('pieces');
    for (const [i, side] of SIDES.entries()) write(paths[side], i);
    const streams = Object.fromEntries(
      SIDES.map((side) => [side, { chunks: [new Uint8Array(readFileSync(paths[side]))], mapping }]),
    );
    const whole = await joinStreams(streams, { sides: SIDES, tolerance: exact, bytes: 1e6 });
    const wanted = [...whole.outcome.groups];
    expect(whole.outcome.unreadableRows).toEqual({ city: 62, national: 62, lgsp: 62 });
    for (const [threads, piece] of [
      [1, 1e9],
      [2, 40_000],
      [3, 3000],
      [2, 71],
    ] as const) {
      const { outcome, rows } = await joinFiles(sourcesOf(paths, mapping), {
        sides: SIDES,
        tolerance: exact,
        threads,
        piece,
      });
      expect([...outcome.groups], `${threads} threads, ${piece} bytes`).toEqual(wanted);
      expect(outcome.rows).toEqual(whole.outcome.rows);
      expect(outcome.unreadableRows).toEqual(whole.outcome.unreadableRows);
      expect(rows.record('national', 5998)).toMatchObject({ code: 'H29.999-260115-1', unit: 'Xã 1', status: 4 });
      expect(rows.record('lgsp', 25)).toMatchObject({ code: 'BUS-25', aliases: ['H29.999-260115-25'] });
      expect(rows.record('lgsp', 4).at).toBe(`pieces-lgsp.csv:${lineOf(4)}`);
      expect([...rows.unreadable()].filter(({ side }) => side === 'city').slice(0, 2)).toEqual([
        { side: 'city', at: `pieces-city.csv:${lineOf(5)}`, reason: 'dòng có 2 cột, cần 5 cột' },
        { side: 'city', at: `pieces-city.csv:${lineOf(102)}`, reason: 'dòng có 2 cột, cần 5 cột' },
      ]);
      rows.close();
    }
  });

  test('a file that is not there is named', async () => {
    const missing = join(folder, 'không-có.csv');
    await expect(
      joinFiles({ city: { path: missing, mapping } }, { sides: ['city'], tolerance: exact }),
    ).rejects.toThrow(`${missing}: không đọc được (ENOENT)`);
  });

  test('an empty file and one without a row have no rows', async () => {
    const paths = pathsIn('empty');
    writeFileSync(paths.city, '');
    writeFileSync(paths.national, 'a;b;c;d;e\r\n');
    const sources = { city: { path: paths.city, mapping }, national: { path: paths.national, mapping } };
    const { outcome, rows } = await joinFiles(sources, { sides: ['city', 'national'], tolerance: exact, threads: 2 });
    rows.close();
    expect(outcome.rows).toEqual({ city: 0, national: 0, lgsp: 0 } satisfies Record<Side, number>);
    expect(outcome.groups.length).toBe(0);
  });
});
