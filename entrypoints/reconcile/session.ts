import {
  type BusMessage,
  checkUpstream,
  FileError,
  fileReader,
  inspectFile,
  type JobSurroundings,
  readConfig,
  readerOf,
  type SecretRef,
  type Secrets,
  type SeenMessages,
  type SourceFile,
  secretNameOf,
  upstreamOf,
  writeReportCsv,
  writeReportXlsx,
} from '../../connectors/index.ts';
import { BrowserJobStore } from '../../lib/platform/job-store.ts';
import {
  JobControl,
  type JobEvent,
  type JobSource,
  type JobSpec,
  memoryAfter,
  planJob,
  type ReconcileReport,
  reconcileRecords,
  rulesAt,
  runJob,
  type Side,
  type SourceReader,
  textDigest,
} from '../../lib/reconcile/index.ts';
import { dayOf } from '../../lib/text/index.ts';
import { type BulkFiles, bulkFiles, reconcileBulk } from './bulk.ts';
import { type Answer, Ask, type JobRequest } from './protocol.ts';
import { ResendSession } from './resend-session.ts';

/** Without a period a source is read whole; these days stand for none. */
const NO_PERIOD = { from: '1970-01-01', to: '1970-01-01' };

const OTHER_SOURCES =
  'nguồn hoặc tên tệp không giống lần đối soát đang chạy tiếp; hãy chọn đúng các nguồn cũ, hoặc đối soát lần khác';

interface Prepared {
  spec: JobSpec;
  readers: Partial<Record<Side, SourceReader>>;
  store: BrowserJobStore;
  after: string | null;
  /** Big files: joined at once, not piece by piece. */
  bulk: BulkFiles | null;
}

const wordsOf = (error: unknown): string =>
  error instanceof FileError ? error.message : 'có lỗi khi đọc hoặc ghi dữ liệu trên máy này; hãy thử lại';

/**
 * The thread of a reconciliation: files, calls, store and join stay here, so that the page never waits. A job that ends early (tab
 * closed, browser killed) is gone on with by the same id, and reads again only what was in hand.
 */
export class Session {
  readonly #answer: (answer: Answer) => void;
  #prepared: Prepared | null = null;
  #control: JobControl | null = null;
  #report: ReconcileReport | null = null;
  readonly #resend: ResendSession;
  readonly #looks: Partial<Record<Side, symbol>> = {};

  constructor(answer: (answer: Answer) => void) {
    this.#answer = answer;
    this.#resend = new ResendSession(answer);
  }

  /** Takes one message of the page; anything else is refused in words. */
  async receive(message: unknown): Promise<void> {
    const ask = Ask.safeParse(message);
    if (!ask.success) return this.#answer({ type: 'failed', message: 'yêu cầu không đúng dạng; hãy tải lại trang' });
    try {
      await this.#take(ask.data);
    } catch (error) {
      this.#answer({ type: 'failed', message: wordsOf(error) });
    }
  }

  async #take(ask: Ask): Promise<void> {
    switch (ask.type) {
      case 'look':
        return this.#look(ask);
      case 'check':
        return this.#check(ask);
      case 'plan':
        return this.#plan(ask.job);
      case 'start':
        return this.#start();
      case 'pause':
        return this.#control?.pause();
      case 'resume':
        return this.#control?.resume();
      case 'stop':
        return this.#control?.cancel();
      case 'resend-plan':
        return this.#resend.plan(ask, vault(ask.secrets));
      case 'resend-run':
        return this.#resend.run(ask.confirmation, this.#report?.now ?? 0);
      case 'resend-stop':
        return this.#resend.stop();
      case 'export':
        if (this.#report)
          this.#answer({ type: 'exported', format: ask.format, bytes: await bytesOf(this.#report, ask.format) });
    }
  }

  async #look({ side, file, name, mapping }: Extract<Ask, { type: 'look' }>): Promise<void> {
    const look = Symbol();
    this.#looks[side] = look;
    let answer: Answer;
    try {
      answer = { type: 'looked', side, inspection: await inspectFile(named(file, name), side, mapping) };
    } catch (error) {
      answer = { type: 'refused', side, message: wordsOf(error) };
    }
    // Looks may overtake each other; only the last one is about what is chosen now.
    if (this.#looks[side] === look) this.#answer(answer);
  }

  async #check({ id, connections, secrets }: Extract<Ask, { type: 'check' }>): Promise<void> {
    const config = readConfig(connections);
    const upstream = config.ok ? upstreamOf(config.data, id) : null;
    if (!upstream?.ok || upstream.value.kind === 'file')
      return this.#answer({ type: 'checked', id, ok: false, message: 'kết nối này không còn được khai' });
    const result = await checkUpstream(upstream.value, { secrets: vault(secrets) });
    const message = result.ok ? 'Kết nối tốt' : result.error.message;
    this.#answer({ type: 'checked', id, ok: result.ok, message });
  }

  async #plan(job: JobRequest): Promise<void> {
    const { units, period, now, id } = job;
    const store = new BrowserJobStore(id);
    const readers: Prepared['readers'] = {};
    const sources: JobSource[] = [];
    for (const source of job.sources) {
      const made = await readerFor(source, job, messagesOf(store, job.after));
      if ('message' in made) return this.#answer({ type: 'failed', message: made.message });
      readers[source.side] = made.reader;
      const { mode, lookup } = made.reader;
      sources.push({ side: source.side, mode, name: made.name, lookup: lookup !== undefined });
    }
    const kept = await store.spec();
    // What is read already is not read again, so another source now would be held against rows of the first one.
    if (kept && JSON.stringify(kept.sources) !== JSON.stringify(sources))
      return this.#answer({ type: 'failed', message: OTHER_SOURCES });
    const spec: JobSpec = kept ?? { version: 1, sources, units, period, now, seed: id, recheck: null };
    const bulk = kept ? null : await bulkOf(job);
    this.#prepared = { spec, readers, store, after: job.after, bulk };
    this.#answer({ type: 'planned', plan: planJob(spec, readers, await store.marks()) });
  }

  async #start(): Promise<void> {
    if (!this.#prepared) return;
    const { spec, readers, store, after, bulk } = this.#prepared;
    if (bulk) return this.#startBulk(spec, bulk);
    if ((await store.spec()) === null) await store.start(spec, after ? await new BrowserJobStore(after).left() : []);
    this.#control = new JobControl();
    const run = await runJob({
      spec,
      readers,
      store,
      control: this.#control,
      emit: (event) => this.#answer({ type: 'event', event }),
    });
    this.#control = null;
    if (run.state === 'stopped') return this.#answer({ type: 'stopped' });
    const { records, unreadable, notDone, unanswered } = run.gathered;
    const rules = rulesAt(dayOf(Math.floor(spec.now / 60)));
    const sides = spec.sources.map(({ side }) => side);
    const report = reconcileRecords(records, unreadable, { rules, sides, now: spec.now, notDone, unanswered });
    await store.leave(memoryAfter(run.gathered, report.differences, await store.earlier()));
    this.#report = report;
    this.#answer({ type: 'report', report, complete: run.state === 'complete' });
  }

  async #startBulk({ now }: JobSpec, files: BulkFiles): Promise<void> {
    const control = new JobControl();
    this.#control = control;
    const emit = (event: JobEvent) => this.#answer({ type: 'event', event });
    const report = await reconcileBulk(files, { rules: rulesAt(dayOf(Math.floor(now / 60))), now, control, emit });
    this.#control = null;
    if (report === null) return this.#answer({ type: 'stopped' });
    this.#report = report;
    this.#answer({ type: 'report', report, complete: true });
  }
}

/** The files of a job that has nothing but files. */
async function bulkOf({ sources }: JobRequest): Promise<BulkFiles | null> {
  const files = sources.flatMap((source) =>
    source.kind === 'file' ? [{ ...source, file: named(source.file, source.name) }] : [],
  );
  return files.length === sources.length ? bulkFiles(files) : null;
}

async function bytesOf(report: ReconcileReport, format: 'xlsx' | 'csv'): Promise<Uint8Array> {
  const stream = format === 'xlsx' ? writeReportXlsx(report) : writeReportCsv(report);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A Blob that came over from the page has lost its name. */
function named(blob: Blob, name: string): SourceFile {
  return {
    name,
    size: blob.size,
    stream: () => blob.stream() as ReturnType<SourceFile['stream']>,
    slice: (from, to) => blob.slice(from, to),
    arrayBuffer: () => blob.arrayBuffer(),
  };
}

const vault = (secrets: Readonly<Record<string, string>>): Secrets => ({
  async read(ref: SecretRef) {
    const value = secrets[secretNameOf(ref)];
    return value === undefined
      ? { ok: false, message: `chưa nhập «${secretNameOf(ref)}» (Cài đặt → Kết nối)` }
      : { ok: true, value };
  },
});

/** Bus messages that this job, or the one before it, has read: kept on this machine, so that a killed job asks for none twice. */
function messagesOf(store: BrowserJobStore, after: string | null): SeenMessages {
  const earlier = after === null ? null : new BrowserJobStore(after);
  return {
    async get(id) {
      return ((await store.message(id)) ?? (await earlier?.message(id))) as BusMessage | undefined;
    },
    set: (id, message) => store.keepMessage(id, message),
  };
}

async function readerFor(
  source: JobRequest['sources'][number],
  job: JobRequest,
  seen: SeenMessages,
): Promise<{ reader: SourceReader; name: string } | { message: string }> {
  const { side } = source;
  if (source.kind === 'file') {
    const reader = fileReader(side, [{ file: named(source.file, source.name), mapping: source.mapping }]);
    // The name of a file may be a person's; the digest tells two files apart.
    return { reader, name: `file:${textDigest(source.name)}` };
  }
  const config = readConfig(job.connections);
  if (!config.ok) return { message: 'khai báo kết nối không đúng dạng: xem Cài đặt → Kết nối' };
  const upstream = upstreamOf(config.data, source.id);
  if (!upstream.ok) return { message: upstream.error.message };
  if (upstream.value.kind === 'file') return { message: 'nguồn này là tệp: hãy chọn tệp' };
  const around: JobSurroundings = { secrets: vault(job.secrets), period: job.period ?? NO_PERIOD, seen };
  const made = await readerOf(upstream.value, around);
  return made.ok ? { reader: made.value, name: source.id } : { message: made.error.message };
}
