import { readFacts } from '../../../connectors/files/index.ts';
import { openPath } from '../../../connectors/files/node.ts';
import { shippedCatalogue } from '../../../lib/digitization/index.ts';
import {
  IndicatorSums,
  lookupIn,
  MEASURES,
  type Measure,
  recordOfSide,
  SHIPPED_TABLES,
} from '../../../lib/indicators/index.ts';
import { startOfDay } from '../../../lib/text/index.ts';

/** One contestant in a process of its own: a list read and the indicators added up; prints what it cost and what came out. */

/** Passed and known of each measure, and of how many units the sums were made. */
export interface Answer {
  figures: Partial<Record<Measure, [passed: number, known: number]>>;
  units: number;
}

export interface Cost extends Answer {
  /** Milliseconds. */
  time: number;
  /** Most memory the process held at once, kB. */
  peak: number;
}

/** November 2026, looked at when it is over. */
const FROM = 20_758;
const TO = 20_787;
const END = startOfDay(TO + 1);

type Work = (file: string) => Promise<Answer>;

const ours: Work = async (path) => {
  const sums = new IndicatorSums({
    period: { from: FROM, to: TO, label: 'tháng 11/2026' },
    now: END,
    byUnit: true,
    // Limits are counted on a working calendar, which SQL does not have: without an appointment neither side judges.
    dueOfLimit: () => null,
  });
  // As `dunghen indicators` reads it (cli/indicators-source.ts).
  for await (const { records, facts } of readFacts(await openPath(path)))
    records.forEach((record, i) => {
      sums.add(recordOfSide(record, facts[i]));
    });
  const report = sums.finish();
  const figures: Answer['figures'] = {};
  const results = report.groups.flatMap(({ components }) => components);
  const components = SHIPPED_TABLES.flatMap((table) => table.components);
  for (const measure of MEASURES) {
    const result = results.find(({ id }) => id === components.find((one) => one.measure === measure)?.id);
    if (result?.state === 'computed') figures[measure] = [result.passed, result.known];
  }
  return { figures, units: report.units?.length ?? 0 };
};

/** Procedures of the shipped catalogue, as a table of SQL. */
function procedureRows(): string {
  const catalogue = shippedCatalogue();
  const lookup = lookupIn(catalogue);
  const sql = (value: boolean | undefined) => (value === undefined ? 'NULL' : String(value).toUpperCase());
  return [...catalogue.byCode.keys()]
    .map((code) => {
      const { yieldsPaper, hasFee } = lookup(code);
      return `('${code}', ${sql(yieldsPaper)}, ${sql(hasFee)})`;
    })
    .join(', ');
}

const moment = (column: string) => `epoch(strptime(nullif(${column}, ''), '%d/%m/%Y %H:%M:%S')) - 25200`;
const CLOCK = END * 60;

/** The same rules in SQL: a result counts where the procedure is known, an unfinished dossier is looked at when the period ends. */
const QUERY = `
  WITH raw AS (
    SELECT DonViXuLy AS unit, MaTrangThai::INTEGER AS status, KenhThucHien = '2' AS online,
      "tệp kết quả" <> '' AS result, TaiLieuNop = '1' AS files, DuocSoHoa = '1' AS reused,
      TaiKhoanDuocXacThucVoiVNeID = '1' AS citizen, DuocThanhToanTrucTuyen IN ('1', '2') AS paid, Gia::INTEGER AS fee,
      TrangThaiDongBoDVC = '1' AS synced, DuocLayTuKhoDMQG = '1' AS stored, "số lần bổ sung"::INTEGER AS requests,
      ${moment('NgayTiepNhan')} AS received, ${moment('NgayHenTra')} AS due, ${moment('NgayKetThucXuLy')} AS finished,
      ${moment('NgayYeuCauBoSung')} AS asked, ${moment('NgayBoSung')} AS given, p.paper AS paper
    FROM list LEFT JOIN procedures p ON p.code = left(MaTTHC, 8)
  ), dossiers AS (
    SELECT *, status IN (9, 10) AS done, coalesce(finished, ${CLOCK}) AS until, coalesce(given - asked, 0) AS waited
    FROM raw WHERE received >= ${startOfDay(FROM) * 60} AND received < ${CLOCK}
  ), judged AS (
    SELECT unit,
      CASE WHEN due IS NULL THEN NULL WHEN requests > 1 THEN FALSE
        WHEN finished IS NULL AND status IN (3, 7, 8, 9, 10) THEN NULL
        WHEN finished IS NULL AND asked IS NOT NULL AND given IS NULL THEN asked <= due
        WHEN finished IS NULL AND status = 5 THEN NULL
        WHEN requests > 0 AND asked IS NULL THEN NULL
        ELSE until - waited <= due END AS on_time,
      CASE WHEN paper IS NULL THEN NULL WHEN NOT paper THEN TRUE ELSE result END AS with_result,
      paper, done, result, online, files, reused, stored, citizen, synced, paid, fee
    FROM dossiers
  ), outcomes AS (
    SELECT unit, on_time,
      CASE WHEN with_result IS NULL THEN NULL ELSE online AND with_result END AS online,
      CASE WHEN fee > 0 THEN paid END AS paid,
      CASE WHEN done AND paper THEN result END AS result,
      CASE WHEN with_result IS NULL THEN NULL ELSE files AND with_result END AS digitized,
      reused, stored AS storage, citizen AS citizen_data, synced
    FROM judged
  )`;

const duckdb: Work = async (file) => {
  // Loaded here only: its binary must not weigh on the others.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `CREATE VIEW list AS SELECT * FROM read_csv('${file}', all_varchar = true, header = true, nullstr = '\\N')`,
  );
  await connection.run(`CREATE TABLE procedures AS SELECT * FROM (VALUES ${procedureRows()}) v(code, paper, fee)`);
  const sums = MEASURES.map((measure) => measure.replaceAll('-', '_'))
    .map((name) => `count(*) FILTER (${name})::INTEGER, count(${name})::INTEGER`)
    .join(', ');
  const reader = await connection.runAndReadAll(`${QUERY} SELECT unit, ${sums} FROM outcomes GROUP BY unit`);
  const rows = reader.getRows() as [string, ...number[]][];
  const figures: Answer['figures'] = {};
  for (const [i, measure] of MEASURES.entries()) {
    const sum = (at: number) => rows.reduce((total, row) => total + (row[at] as number), 0);
    figures[measure] = [sum(i * 2 + 1), sum(i * 2 + 2)];
  }
  connection.closeSync();
  instance.closeSync();
  return { figures, units: rows.length };
};

export const CONTESTANTS = { 'Đúng Hẹn': ours, DuckDB: duckdb } satisfies Record<string, Work>;

if (import.meta.main) {
  const [name, file] = process.argv.slice(2) as [keyof typeof CONTESTANTS, string];
  const start = performance.now();
  const answer = await CONTESTANTS[name](file);
  const cost: Cost = { ...answer, time: performance.now() - start, peak: process.resourceUsage().maxRSS };
  console.log(JSON.stringify(cost));
}
