import { createHash } from 'node:crypto';
import { readFile } from '../../../connectors/files/index.ts';
import { openPath } from '../../../connectors/files/node.ts';
import { allocate, draw, freeze, type Unit } from '../../../lib/sampling/index.ts';

/** One contestant in a process of its own: the list read and hashed, then drawn from; prints what it cost and what came out. */

export interface Cost {
  /** Milliseconds: the file read, the list put in order and hashed, the sample drawn. */
  read: number;
  freeze: number;
  draw: number;
  /** Most memory the process held at once, kB. */
  peak: number;
  /** Hash of the list, and of the codes of the sample in order. */
  sha256: string;
  sample: string;
}

export const SEED = '83412';
export const SAMPLE = 2395;

type Work = (file: string) => Promise<Omit<Cost, 'peak'>>;

const digest = (codes: readonly string[]) => createHash('sha256').update(codes.join('\n')).digest('hex');

const ours: Work = async (path) => {
  const start = performance.now();
  // As `dunghen sample` reads it (cli/sample-list.ts), with the parts timed.
  const rows = readFile(await openPath(path), 'city', {
    mapping: { columns: { ma_ho_so: 'code', linh_vuc: 'unitName' } },
  });
  const units: Unit[] = [];
  for await (const { records } of rows)
    for (const { code, unit = '', at } of records) units.push({ code, stratum: unit, at });
  const read = performance.now();
  const population = freeze(units);
  const frozen = performance.now();
  const strata = population.strata.map(({ name, units }) => ({ name, count: units.length }));
  const drawn = draw(population, SEED, allocate(strata, SAMPLE, 'proportional'));
  const end = performance.now();
  return {
    read: read - start,
    freeze: frozen - read,
    draw: end - frozen,
    sha256: population.sha256,
    sample: digest(drawn.map(({ code }) => code)),
  };
};

const duckdb: Work = async (file) => {
  // Loaded here only: its binary must not weigh on the others.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRows() as string[][];
  const start = performance.now();
  await connection.run(
    `CREATE TABLE list AS SELECT trim(ma_ho_so) AS code, trim(linh_vuc) AS stratum FROM read_csv('${file}', all_varchar = true, header = true)`,
  );
  const read = performance.now();
  const [[sha256]] = (await rows(
    `SELECT sha256(string_agg(code || chr(9) || stratum || chr(10), '' ORDER BY code)) FROM list`,
  )) as [[string]];
  const frozen = performance.now();
  const strata = (await rows('SELECT stratum, count(*)::INTEGER FROM list GROUP BY ALL ORDER BY ALL')).map(
    ([name, count]) => ({ name: name as string, count: Number(count) }),
  );
  const sizes = allocate(strata, SAMPLE, 'proportional');
  // One query a stratum: with LIMIT the smallest are kept only, not all put in order.
  const codes: string[] = [];
  for (const { name } of strata)
    for (const [code] of await rows(
      `SELECT code FROM list WHERE stratum = '${name}' ORDER BY sha256('${SEED}|' || code) LIMIT ${sizes.get(name)}`,
    ))
      codes.push(code as string);
  const end = performance.now();
  connection.closeSync();
  instance.closeSync();
  return { read: read - start, freeze: frozen - read, draw: end - frozen, sha256, sample: digest(codes) };
};

export const CONTESTANTS = { 'Đúng Hẹn': ours, DuckDB: duckdb } satisfies Record<string, Work>;

if (import.meta.main) {
  const [name, file] = process.argv.slice(2) as [keyof typeof CONTESTANTS, string];
  const cost: Cost = { ...(await CONTESTANTS[name](file)), peak: process.resourceUsage().maxRSS };
  console.log(JSON.stringify(cost));
}
