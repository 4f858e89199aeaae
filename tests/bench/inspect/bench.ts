import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { inspectFile } from '../../../lib/inspection/index.ts';
import { makePdf, scanPage, textPage } from '../../fixtures/pdf/make.ts';
import { median } from '../deadline/sample.ts';

const NOW = 29_700_000;

/** Files of an office: scans at two resolutions, and pages of text. */
function files(): { name: string; pages: number; bytes: Uint8Array }[] {
  const many = <T>(count: number, page: T) => Array.from({ length: count }, () => page);
  const of = (name: string, pages: number, pdf: Buffer) => ({ name, pages, bytes: new Uint8Array(pdf) });
  return [
    of('20 trang quét 300 dpi', 20, makePdf(many(20, scanPage(300)))),
    of('40 trang quét 150 dpi', 40, makePdf(many(40, scanPage(150)))),
    of('200 trang chữ', 200, makePdf(many(200, textPage('Trang thu nghiem')))),
  ];
}

async function ours(bytes: Uint8Array): Promise<void> {
  const facts = await inspectFile(bytes, { now: NOW });
  if (!facts.opens.ok) throw new Error('Tệp thử không mở được.');
}

/** pdf.js alone going over the same pages: what a reader built on it alone must pay at least. */
async function theirs(bytes: Uint8Array): Promise<void> {
  const task = getDocument({ data: bytes.slice(), verbosity: VerbosityLevel.ERRORS, useWorkerFetch: false });
  const doc = await task.promise;
  for (let number = 1; number <= doc.numPages; number++) {
    const page = await doc.getPage(number);
    await page.getOperatorList();
    await page.getTextContent();
    page.cleanup();
  }
  await task.destroy();
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** File inspection beside pdf.js reading the same pages alone. Reports, never judges by a clock. */
export async function bench({ rounds }: { rounds: number }): Promise<void> {
  console.log(`\nkiểm tra tệp: thời gian đồng hồ, trung vị ${rounds} lượt xen kẽ\n`);
  for (const { name, pages, bytes } of files()) {
    const mb = bytes.length / 1e6;
    const mine: number[] = [];
    const other: number[] = [];
    await ours(bytes);
    for (let round = 0; round < rounds; round++) {
      mine.push(await seconds(() => ours(bytes)));
      other.push(await seconds(() => theirs(bytes)));
    }
    const rate = (times: number[]) =>
      `${(pages / median(times)).toFixed(0)} trang/giây, ${(mb / median(times)).toFixed(1)} MB/giây`;
    console.log(
      `${name} (${mb.toFixed(1)} MB): Đúng Hẹn ${rate(mine)}; pdf.js một mình ${rate(other)}; ${(median(other) / median(mine)).toFixed(1)} lần`,
    );
  }
}
