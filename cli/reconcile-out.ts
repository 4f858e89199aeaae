import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { csvStream, xlsxStream } from '../connectors/files/index.ts';
import {
  CHANGES,
  className,
  DIFFERENCE_CLASSES,
  findingColumns,
  findingRows,
  notDoneBySide,
  partitionText,
  type ReconcileReport,
  recheckSentence,
  reportSheets,
  reportText,
  type SheetExtras,
  sideName,
} from '../lib/reconcile/index.ts';
import { writeWhole } from './job-files.ts';

const REPORT_NAME = 'report.json';
const TABLE_NAME = 'sai-khac.csv';
const BOOK_NAME = 'doi-soat.xlsx';
const NOTES_NAME = 'luu-y.json';

/** Writes a stream as a whole file or not at all. */
async function writeStream(path: string, stream: ReadableStream<Uint8Array>): Promise<void> {
  const partial = `${path}.${process.pid}.part`;
  const file = openSync(partial, 'w', 0o600);
  try {
    for await (const bytes of stream) for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } catch (error) {
    closeSync(file);
    rmSync(partial, { force: true });
    throw error;
  }
  closeSync(file);
  renameSync(partial, path);
}

/** The results in the folder; the report last, for whoever finds it finds the others as well. */
export async function writeResults(out: string, report: ReconcileReport, extras: SheetExtras): Promise<void> {
  mkdirSync(out, { recursive: true });
  const { notes, rechecks } = extras;
  const headers = findingColumns.map(({ header }) => header);
  await writeStream(join(out, TABLE_NAME), csvStream(headers, findingRows(report)));
  await writeStream(join(out, BOOK_NAME), xlsxStream(reportSheets(report, extras)));
  writeWhole(
    join(out, NOTES_NAME),
    `${JSON.stringify({ notes, rechecks: rechecks.map((one) => ({ ...one, text: recheckSentence(one) })) })}\n`,
  );
  writeWhole(join(out, REPORT_NAME), reportText(report));
}

/** NDJSON: a line a dossier that differs, then one with the sums. */
export function printLines(report: ReconcileReport, { rechecks, comparison }: SheetExtras, complete: boolean): void {
  const { totals, byClass, byCause, notDone, sum } = report;
  for (const difference of report.differences) console.log(JSON.stringify({ type: 'difference', ...difference }));
  for (const row of report.unreadable) console.log(JSON.stringify({ type: 'unreadable', ...row }));
  for (const part of notDone) console.log(JSON.stringify({ type: 'not-done', ...part }));
  const changes = comparison && Object.fromEntries(CHANGES.map((change) => [change, comparison[change].length]));
  console.log(
    JSON.stringify({ type: 'sum', complete, totals, byClass, byCause, rechecks, ...(changes && { changes }), sum }),
  );
}

/** The sums for a person. */
export function printSummary(report: ReconcileReport, { notes, rechecks, comparison }: SheetExtras, out: string): void {
  console.log(report.sum);
  for (const name of DIFFERENCE_CLASSES) {
    const count = report.byClass[name];
    if (count) console.log(`${String(count).padStart(8)}  ${className(name)}`);
  }
  if (comparison) {
    const { fresh, cured, still, undecided } = comparison;
    console.log(
      `So với lần trước: ${fresh.length} mới, ${cured.length} đã hết, ${still.length} vẫn còn, ${undecided.length} chưa kết luận được`,
    );
  }
  for (const recheck of rechecks) console.log(recheckSentence(recheck));
  for (const note of notes) console.log(`Lưu ý: ${note}`);
  console.log(`Kết quả: ${join(out, BOOK_NAME)}, ${join(out, TABLE_NAME)}, ${join(out, REPORT_NAME)}`);
}

/** What is not done, on stderr: which parts of which system, and why. */
export function printNotDone({ notDone }: ReconcileReport): void {
  for (const { side, message, parts } of notDoneBySide(notDone)) {
    const named = parts
      .slice(0, 5)
      .map(
        ({ partition, dossiers }) => partitionText(partition) + (dossiers === undefined ? '' : ` (${dossiers} hồ sơ)`),
      );
    const more = parts.length > named.length ? ` và ${parts.length - named.length} phần nữa` : '';
    console.error(`chưa xong: ${sideName(side)}: ${named.join('; ')}${more}: ${message}`);
  }
}
