import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { problemText } from '../lib/json/index.ts';
import {
  type CellMark,
  compareReports,
  JobControl,
  type JobRun,
  type JobSpec,
  memoryAfter,
  notesOf,
  planJob,
  type ReconcileReport,
  type ReconcileRules,
  readReport,
  readRulesFile,
  reconcileRecords,
  rulesAt,
  runJob,
  type SheetExtras,
} from '../lib/reconcile/index.ts';
import { dayOf } from '../lib/text/index.ts';
import { EXIT, InputError } from './errors.ts';
import { readText } from './files.ts';
import { lockFolder } from './job-lock.ts';
import { FileJobStore } from './job-store.ts';
import { ARGS, type Args, checkArgs, type Wish, wishOf, wishOfJob } from './reconcile-args.ts';
import { bulkFiles, reconcileBulk } from './reconcile-bulk.ts';
import { printLines, printNotDone, printSummary, writeResults } from './reconcile-out.ts';
import { planLines, progressTeller } from './reconcile-progress.ts';
import { type Opened, openSources } from './reconcile-sources.ts';

/** Folder of the job inside the folder of the results. */
const JOB = 'tien-trinh';
const MAX_REPORT_MEGABYTES = 500;

function rulesOf(file: string | undefined, now: number): ReconcileRules {
  const day = dayOf(Math.floor(now / 60));
  if (file === undefined) return rulesAt(day);
  const reading = readRulesFile(readText(file, 1));
  if (reading.ok) return rulesAt(day, [reading.rules]);
  throw new InputError(reading.problems.map((problem) => problemText(file, problem)).join('; '));
}

function oldReport(file: string): ReconcileReport {
  const reading = readReport(readText(file, MAX_REPORT_MEGABYTES));
  if (reading.ok) return reading.report;
  throw new InputError(reading.problems.map((problem) => problemText(file, problem)).join('; '));
}

/** Ctrl+C once: what is in hand is finished and kept; twice: it is dropped. */
async function interruptible(work: (control: JobControl) => Promise<JobRun>): Promise<JobRun> {
  const control = new JobControl();
  const stop = () => {
    if (control.stopped) return control.cancel();
    control.stop();
    console.error('\nđang dừng: chờ các phần đang đọc xong (Ctrl+C lần nữa để bỏ các phần ấy)');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(control);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

const earlierFolder = (previous: string): string => {
  const folder = join(previous, JOB);
  if (!existsSync(folder)) throw new InputError(`--previous ${previous}: không có lần đối soát nào ở đây`);
  return folder;
};

const unitsOf = (wish: Wish, opened: Opened): string[] =>
  wish.units.length > 0 ? wish.units : [...new Set(opened.units)].sort();

async function printPlan(wish: Wish, opened: Opened, marks: CellMark[], asLines: boolean): Promise<void> {
  const { names: _names, ...rest } = wish;
  const plan = planJob({ ...rest, units: unitsOf(wish, opened), sources: opened.sources }, opened.readers, marks);
  if (asLines) console.log(JSON.stringify(plan));
  else for (const line of planLines(plan)) console.log(line);
}

async function specIn(store: FileJobStore, wish: Wish, opened: Opened, args: Args): Promise<JobSpec> {
  const kept = await store.spec();
  if (kept) return kept;
  const { names: _names, ...rest } = wish;
  const spec: JobSpec = { ...rest, sources: opened.sources, units: unitsOf(wish, opened) };
  const earlier = args.previous === undefined ? [] : await new FileJobStore(earlierFolder(args.previous)).left();
  await store.start(spec, earlier);
  return spec;
}

/** `dunghen reconcile`: two or three systems held against each other, in pieces that survive whatever stops the process. */
export const reconcileCommand = defineCommand({
  meta: { name: 'reconcile', description: 'Đối soát hồ sơ giữa hệ thống TTHC Thành phố, Cổng DVCQG và LGSP-HCM' },
  args: ARGS,
  async run({ args: given }) {
    const args = checkArgs(given);
    const { out } = args;
    const asLines = args.json || !process.stdout.isTTY;
    const folder = join(out, JOB);
    const before = args.compare === undefined ? null : oldReport(args.compare);
    const kept = existsSync(folder) ? await new FileJobStore(folder).spec() : null;
    if (kept && !args.resume && !args.plan)
      throw new InputError(`${out}: đã có một lần đối soát ở đây; thêm --resume để làm tiếp, hoặc chọn --out khác`);
    const wish = kept ? wishOfJob(kept, args) : wishOf(args);
    const rules = rulesOf(args.rules, wish.now);
    const earlier = args.previous === undefined ? undefined : earlierFolder(args.previous);
    const bulk =
      kept || args.plan || args.mapping !== undefined ? null : await bulkFiles(wish.names, args.bulk === true);
    if (bulk && 'why' in bulk) console.error(`${bulk.why}: đọc từng dòng, chậm hơn`);
    else if (bulk) {
      const report = await reconcileBulk(bulk.files, rules, wish.now);
      return await deliver(report, { notes: [], rechecks: [] }, { out, before, asLines, complete: true });
    }
    const choice = {
      names: wish.names,
      config: args.config,
      mapping: args.mapping,
      period: wish.period,
      folder,
      earlier,
    };
    const opened = await openSources(choice);
    try {
      if (args.plan) return await printPlan(wish, opened, kept ? await new FileJobStore(folder).marks() : [], asLines);
      // Only now: a command that was not understood leaves nothing behind.
      const release = lockFolder(join(folder, 'khoa'));
      try {
        const store = new FileJobStore(folder);
        const spec = await specIn(store, wish, opened, args);
        const run = await interruptible((control) =>
          runJob({ spec, readers: opened.readers, store, control, emit: progressTeller() }),
        );
        await finish(run, { spec, store, out, rules, before, asLines });
      } finally {
        release();
      }
    } finally {
      await opened.close();
    }
  },
});

interface Ending extends Omit<Delivery, 'complete'> {
  spec: JobSpec;
  store: FileJobStore;
  rules: ReconcileRules;
}

async function finish(run: JobRun, { spec, store, rules, ...ending }: Ending): Promise<void> {
  if (run.state === 'stopped') {
    console.error(`đã dừng; làm tiếp: dunghen reconcile --out ${ending.out} --resume`);
    process.exitCode = EXIT.failure;
    return;
  }
  const { records, unreadable, notDone, unanswered, rechecks } = run.gathered;
  const sides = spec.sources.map(({ side }) => side);
  const report = reconcileRecords(records, unreadable, { rules, sides, now: spec.now, notDone, unanswered });
  await store.leave(memoryAfter(run.gathered, report.differences, await store.earlier()));
  await deliver(report, { notes: notesOf(spec.sources), rechecks }, { ...ending, complete: run.state === 'complete' });
}

interface Delivery {
  out: string;
  before: ReconcileReport | null;
  asLines: boolean;
  complete: boolean;
}

/** Writes and prints the results, and sets the exit code. */
async function deliver(report: ReconcileReport, said: SheetExtras, delivery: Delivery): Promise<void> {
  const { out, before, asLines, complete } = delivery;
  const extras = before === null ? said : { ...said, comparison: compareReports(before, report) };
  await writeResults(out, report, extras);
  if (asLines) printLines(report, extras, complete);
  else printSummary(report, extras, out);
  printNotDone(report);
  const differs = report.unreadable.length > 0 || report.differences.some(({ outcome }) => outcome === 'different');
  if (!complete) console.error(`chưa đủ dữ liệu; làm tiếp các phần còn lại: dunghen reconcile --out ${out} --resume`);
  process.exitCode = complete ? (differs ? EXIT.findings : EXIT.done) : EXIT.failure;
}
