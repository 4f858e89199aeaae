import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Sha256 } from '../../../lib/sampling/index.ts';
import { median } from '../deadline/sample.ts';
import { CONTESTANTS, type Cost, SAMPLE, SEED } from './contestant.ts';

const ROWS = 1_000_000;
const FIELDS = ['Hộ tịch', 'Chứng thực', 'Đất đai', 'Đăng ký kinh doanh', 'Bảo trợ xã hội'];
const codeOf = (i: number) => `H29.999-26${String(1000 + (i % 1200)).slice(1)}-${String(i).padStart(7, '0')}`;

function writeList(path: string, rows: number): void {
  const file = openSync(path, 'w');
  let text = 'ma_ho_so,linh_vuc,don_vi,nguoi_nop\r\n';
  for (let i = 0; i < rows; i++) {
    // A step that shares no factor with the rows: the file is in no order.
    const n = (i * 611_953) % rows;
    text += `${codeOf(n)},${FIELDS[(n * n) % 5]},UBND phường Mẫu ${n % 168},Nguyễn Văn Mẫu\r\n`;
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

/** Milliseconds to hash the codes of a draw: ours, and Web Crypto, which answers by a promise each. */
async function hashing(count: number): Promise<{ own: number; web: number }> {
  const hash = new Sha256();
  const start = performance.now();
  for (let i = 0; i < count; i++) hash.reset().add(SEED).add('|').add(codeOf(i)).words();
  const half = performance.now();
  const encoder = new TextEncoder();
  for (let i = 0; i < count; i += 1000)
    await Promise.all(
      Array.from({ length: 1000 }, (_, k) =>
        crypto.subtle.digest('SHA-256', encoder.encode(`${SEED}|${codeOf(i + k)}`)),
      ),
    );
  return { own: half - start, web: performance.now() - half };
}

const ms = (value: number) => `${value.toLocaleString('vi', { maximumFractionDigits: 0 })} ms`;

/** Reading, freezing and drawing from a long list, beside the same in DuckDB's SQL; both must draw the same. */
export async function bench({ rounds, rows = ROWS }: { rounds: number; rows?: number | undefined }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dunghen-bench-'));
  try {
    const file = join(folder, 'danh-sach.csv');
    writeList(file, rows);
    const size = (statSync(file).size / 1e6).toFixed(0);
    console.log(
      `\nrút mẫu: ${SAMPLE} trong ${rows.toLocaleString('vi')} hồ sơ (${size} MB, 5 nhóm), trung vị ${rounds} lượt xen kẽ, ${cpus().length} lõi\n`,
    );
    const names = Object.keys(CONTESTANTS);
    const costs = new Map<string, Cost[]>(names.map((name) => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const name of names) costs.get(name)?.push(await costOf(name, file));
    const answers = new Set([...costs.values()].flat().map(({ sha256, sample }) => `${sha256} ${sample}`));
    if (answers.size !== 1) throw new Error('Hai bên không rút cùng một mẫu.');
    for (const [name, list] of costs) {
      const of = (key: 'read' | 'freeze' | 'draw' | 'peak') => median(list.map((cost) => cost[key]));
      console.log(
        `${name.padEnd(9)} đọc tệp ${ms(of('read'))}, sắp và băm danh sách ${ms(of('freeze'))}, rút ${ms(of('draw'))}, bộ nhớ cao nhất ${(of('peak') / 1024).toFixed(0)} MB`,
      );
    }
    const { own, web } = await hashing(100_000);
    console.log(`SHA-256 của 100.000 mã: của nhà ${ms(own)}, Web Crypto ${ms(web)} (${(web / own).toFixed(0)} lần)`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
