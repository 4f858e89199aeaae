import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sampleValues } from '../../../lib/letters/index.ts';
import { buildExtension, ROOT } from '../../../scripts/run.ts';
import { NOW, SEED } from '../../e2e/harness.ts';
import { BIG_COUNT } from '../../sandbox/context.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { median } from '../deadline/sample.ts';
import { batchInPage, type Cost, engineInPage, shortcutTimes } from './chromium.ts';
import { ENGINES, type Engine, LETTERS } from './engines.ts';

const TEMPLATES = ['tt01-2018', 'tt03-2025', 'nd30-2020'] as const;
const NODE_BATCH = fileURLToPath(new URL('./node-batch.ts', import.meta.url));
/** Milliseconds from the shortcut to the letter on the screen. */
const SHORTCUT_BAR = 300;
/** Letters opened by the shortcut in one browser. */
const PRESSED = 7;

const LABELS: Record<Engine, string> = {
  ours: 'Đúng Hẹn, mỗi thư một tệp',
  merged: 'Đúng Hẹn, gộp một tệp',
  docxtemplater: 'docxtemplater, mỗi thư một tệp',
};

const fileOf = (template: string) => join(ROOT, 'lib', 'letters', 'templates', `${template}.docx`);

async function engineInNode(engine: Engine, template: string): Promise<Cost> {
  const args = [NODE_BATCH, engine, fileOf(template), JSON.stringify(sampleValues())];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Cost;
}

const words = (costs: readonly Cost[]) => {
  const of = (key: keyof Cost) => Math.round(median(costs.map((cost) => cost[key])));
  return `${String(of('perSecond')).padStart(5)} lá/giây, đỉnh ${String(of('peakMB')).padStart(4)} MB`;
};

/** Measures the subjects in turn, so that a slow minute of the machine hits all of them. */
async function inTurn<K extends string>(
  keys: readonly K[],
  rounds: number,
  measure: (key: K) => Promise<Cost>,
): Promise<Record<K, Cost[]>> {
  const found = Object.fromEntries(keys.map((key) => [key, [] as Cost[]])) as Record<K, Cost[]>;
  for (let round = 0; round < rounds; round++) for (const key of keys) found[key].push(await measure(key));
  return found;
}

function verdict(name: string, mine: readonly Cost[], theirs: readonly Cost[]): void {
  const rate = (costs: readonly Cost[]) => median(costs.map(({ perSecond }) => perSecond));
  const ratio = rate(mine) / rate(theirs);
  console.log(
    `  ${name}: ${ratio.toFixed(1)} lần docxtemplater (mức đề ra: ít nhất 1): ${ratio >= 1 ? 'ĐẠT' : 'KHÔNG ĐẠT'}`,
  );
}

async function inNode(rounds: number): Promise<void> {
  for (const template of TEMPLATES) {
    console.log(`\nNode, mẫu ${template}: thời gian bộ xử lý; bộ nhớ của cả tiến trình`);
    const found = await inTurn(ENGINES, rounds, (engine) => engineInNode(engine, template));
    for (const engine of ENGINES) console.log(`  ${LABELS[engine].padEnd(34)}${words(found[engine])}`);
    verdict('mỗi thư một tệp', found.ours, found.docxtemplater);
  }
}

async function inChromium(rounds: number): Promise<void> {
  await buildExtension('chrome', 'sandbox');
  const sandbox = await startSandbox({ seed: SEED, now: NOW, count: BIG_COUNT });
  try {
    const template = 'tt03-2025';
    console.log(`\nChromium, mẫu ${template}: thời gian đồng hồ; bộ nhớ của script`);
    const subjects = ['page', ...ENGINES] as const;
    const found = await inTurn(subjects, rounds, (subject) =>
      subject === 'page' ? batchInPage(sandbox, template) : engineInPage(subject, fileOf(template), sampleValues()),
    );
    console.log(`  ${'trang Soạn hàng loạt, từ nút bấm'.padEnd(34)}${words(found.page)}`);
    for (const engine of ENGINES) console.log(`  ${LABELS[engine].padEnd(34)}${words(found[engine])}`);
    console.log(
      '  (trang: đọc người nhận từ thẻ đang mở, vẽ tiến độ, làm cả tệp rời và tệp gộp; các dòng sau: chỉ điền và nén)',
    );
    verdict('cả trang', found.page, found.docxtemplater);
    verdict('mỗi thư một tệp', found.ours, found.docxtemplater);
    const first: number[] = [];
    const next: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const [cold, ...warm] = await shortcutTimes(sandbox, PRESSED);
      first.push(cold as number);
      next.push(...warm);
    }
    const ms = Math.round(median(next));
    console.log(
      `\ntừ phím tắt tới thư trên màn hình: ${ms} ms (trung vị ${next.length} lần; chậm nhất ${Math.round(Math.max(...next))}); lần đầu sau khi mở trình duyệt ${Math.round(median(first))} ms; mức đề ra ${SHORTCUT_BAR}: ${ms <= SHORTCUT_BAR ? 'ĐẠT' : 'KHÔNG ĐẠT'}`,
    );
  } finally {
    await sandbox.close();
  }
}

/**
 * Batches of letters in Node and in Chromium beside docxtemplater on the same template, and the time from the shortcut to the
 * letter. Reports, never judges by a clock.
 */
export async function bench({ rounds }: { rounds: number }): Promise<void> {
  console.log(`\nthư xin lỗi: ${LETTERS} lá mỗi mẻ, trung vị ${rounds} lượt xen kẽ, mỗi mẻ một tiến trình riêng`);
  console.log(`tải của máy lúc bắt đầu: ${loadavg()[0]?.toFixed(1)} (số đo bằng đồng hồ chỉ đúng khi máy rảnh)`);
  await inNode(rounds);
  await inChromium(rounds);
}
