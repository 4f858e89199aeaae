import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { shippedCatalogue } from '../../../lib/digitization/index.ts';
import { median } from '../deadline/sample.ts';
import { CONTESTANTS, type Cost } from './contestant.ts';

const ROWS = 1_000_000;
const HEADERS = [
  'MaHoSo',
  'MaTTHC',
  'DonViXuLy',
  'MaTrangThai',
  'NgayTiepNhan',
  'NgayHenTra',
  'NgayKetThucXuLy',
  'KenhThucHien',
  'tệp kết quả',
  'TaiLieuNop',
  'DuocSoHoa',
  'DuocLayTuKhoDMQG',
  'TaiKhoanDuocXacThucVoiVNeID',
  'DuocThanhToanTrucTuyen',
  'Gia',
  'TrangThaiDongBoDVC',
  'số lần bổ sung',
  'NgayYeuCauBoSung',
  'NgayBoSung',
];

const pad = (n: number) => String(n).padStart(2, '0');
/** A moment of November or December 2026 by its minutes since 01/11 00:00; October below that. */
function momentText(minutes: number): string {
  const date = new Date(Date.UTC(2026, 10, 1) + minutes * 60_000);
  return `${pad(date.getUTCDate())}/${pad(date.getUTCMonth() + 1)}/${date.getUTCFullYear()} ${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:00`;
}

/** A number in [0, below) that looks drawn and is the same in every run. */
function drawn(i: number, salt: number, below: number): number {
  let x = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return ((x ^ (x >>> 15)) >>> 0) % below;
}

function rowOf(i: number, procedures: readonly string[]): string {
  const status = [9, 9, 10, 10, 10, 4, 4, 2, 5, 8][drawn(i, 1, 10)] as number;
  // Some are received in October or in December: outside of the period.
  const received = (drawn(i, 2, 33) - 1) * 1440 + 480 + drawn(i, 3, 540);
  const due = received + (1 + drawn(i, 4, 10)) * 1440;
  const requests = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2][drawn(i, 5, 10)] as number;
  const asked = requests > 0 || status === 5 ? received + 600 : null;
  const given = asked !== null && status !== 5 ? asked + 1440 * drawn(i, 6, 4) : null;
  const ended = status >= 8 ? due - 2000 + drawn(i, 7, 3000) : null;
  // A procedure that the catalogue does not have, an appointment that is missing: some of each.
  const procedure = drawn(i, 8, 20) === 0 ? '9.999999' : procedures[drawn(i, 9, procedures.length)];
  const bit = (salt: number, of: number) => (drawn(i, salt, of) === 0 ? 0 : 1);
  return [
    `H29.999-2611${pad(1 + (i % 28))}-${String(i).padStart(7, '0')}`,
    procedure,
    `UBND phường Mẫu ${drawn(i, 10, 168)}`,
    status,
    momentText(received),
    drawn(i, 11, 50) === 0 ? '' : momentText(due),
    ended === null ? '' : momentText(ended),
    1 + drawn(i, 12, 3),
    status >= 9 && bit(13, 12) === 1 ? 'https://mau.invalid/kq.pdf' : '',
    bit(14, 8),
    1 - bit(15, 3),
    1 - bit(16, 9),
    bit(17, 4),
    drawn(i, 18, 4),
    drawn(i, 19, 3) * 10_000,
    bit(20, 30),
    requests || (asked === null ? 0 : 1),
    asked === null ? '' : momentText(asked),
    given === null ? '' : momentText(given),
  ].join(',');
}

function writeList(path: string, rows: number): void {
  const procedures = [...shippedCatalogue().byCode.keys()];
  const file = openSync(path, 'w');
  let text = `${HEADERS.join(',')}\r\n`;
  for (let i = 0; i < rows; i++) {
    text += `${rowOf((i * 611_953) % rows, procedures)}\r\n`;
    if (text.length < 1 << 20 && i < rows - 1) continue;
    writeSync(file, text);
    text = '';
  }
  closeSync(file);
}

const run = promisify(execFile);
const contestant = fileURLToPath(new URL('./contestant.ts', import.meta.url));

async function costOf(name: string, file: string): Promise<Cost> {
  const { stdout } = await run(process.execPath, [contestant, name, file]);
  return JSON.parse(stdout) as Cost;
}

/** Indicators over a long list, beside the same aggregates in DuckDB's SQL; both must come to the same figures. */
export async function bench({ rounds, rows = ROWS }: { rounds: number; rows?: number | undefined }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dunghen-bench-'));
  try {
    const file = join(folder, 'ho-so.csv');
    writeList(file, rows);
    console.log(
      `\nchỉ số: ${rows.toLocaleString('vi')} hồ sơ (${(statSync(file).size / 1e6).toFixed(0)} MB, ${HEADERS.length} cột), trung vị ${rounds} lượt xen kẽ, ${cpus().length} lõi\n`,
    );
    const names = Object.keys(CONTESTANTS);
    const costs = new Map<string, Cost[]>(names.map((name) => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const name of names) costs.get(name)?.push(await costOf(name, file));
    const answers = new Set([...costs.values()].flat().map(({ figures, units }) => JSON.stringify({ figures, units })));
    if (answers.size !== 1) throw new Error(`Hai bên không ra cùng một số: ${[...answers].join(' ≠ ')}`);
    for (const [name, list] of costs) {
      const of = (key: 'time' | 'peak') => median(list.map((cost) => cost[key]));
      const time = of('time').toLocaleString('vi', { maximumFractionDigits: 0 });
      console.log(`${name.padEnd(9)} đọc tệp và tính ${time} ms, bộ nhớ cao nhất ${(of('peak') / 1024).toFixed(0)} MB`);
    }
    console.log('hai bên ra cùng tử số, mẫu số của mọi chỉ số');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
