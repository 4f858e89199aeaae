import { FileError, inspectList, type ListField, type SourceFile } from '../../connectors/index.ts';
import {
  frozenList,
  loadSpotcheck,
  type Spotcheck,
  saveFrozenList,
  saveSpotcheck,
} from '../../lib/platform/spotchecks.ts';
import {
  beginRecord,
  extendRecord,
  freeze,
  GROUPING_WORDS,
  type Population,
  type SampleRecord,
  SamplingError,
  type Source,
  summaryOf,
  verifyDraw,
} from '../../lib/sampling/index.ts';
import { ALL, type Counts, countsOf, type Loaded, unitsOf } from './population.ts';
import {
  type Answer,
  type Answers,
  type Ask,
  type DrawAsk,
  type FrozenAnswer,
  Message,
  type SourceAsk,
} from './protocol.ts';
import { fromFile, fromJob, fromRows } from './sources.ts';
import { sourceWords } from './words.ts';

/** What stands in the way, ready to show. */
class Refusal extends Error {}

const wordsOf = (error: unknown): string =>
  error instanceof FileError || error instanceof SamplingError || error instanceof Refusal
    ? error.message
    : 'có lỗi khi đọc hoặc ghi dữ liệu trên máy này; hãy thử lại';

/** The thread of the set-up: it holds the list that is being narrowed, freezes it and draws. */
export class Session {
  readonly #answer: (answer: Answer) => void;
  #loaded: Loaded | null = null;
  #frozen: { population: Population; source: Source } | null = null;

  constructor(answer: (answer: Answer) => void) {
    this.#answer = answer;
  }

  /** Takes one message of the page; what is no such message is refused in words. */
  async receive(message: unknown): Promise<void> {
    const read = Message.safeParse(message);
    if (!read.success) {
      const nr = Number((message as { nr?: unknown } | null)?.nr);
      return this.#answer({
        nr,
        kind: 'refused',
        message: 'yêu cầu không đúng dạng; hãy tải lại trang',
        changed: false,
      });
    }
    const { nr, ask } = read.data;
    try {
      const value = await this.#take(ask, (rows) => this.#answer({ nr, kind: 'progress', rows }));
      this.#answer({ nr, kind: 'done', value });
    } catch (error) {
      const changed = error instanceof SamplingError && error.fault === 'changed';
      this.#answer({ nr, kind: 'refused', message: wordsOf(error), changed });
    }
  }

  async #take(ask: Ask, progress: (rows: number) => void): Promise<Answers[Ask['type']]> {
    switch (ask.type) {
      case 'look':
        return inspectList(named(ask.file, ask.name), ask.choice);
      case 'read':
        return this.#read(ask.source, progress);
      case 'count':
        return countsOf(this.#list(), ask.filter);
      case 'freeze':
        return this.#freeze(ask);
      case 'draw':
        return this.#draw(ask.ask);
      case 'extend':
        return extend(ask);
      case 'attach':
        return attach(ask.id, named(ask.file, ask.name), progress);
    }
  }

  #list(): Loaded {
    if (this.#loaded === null) throw new Refusal('danh sách không còn trong bộ nhớ; hãy chọn lại nguồn');
    return this.#loaded;
  }

  async #read(source: SourceAsk, progress: (rows: number) => void): Promise<Counts> {
    this.#loaded = null;
    this.#frozen = null;
    const loaded = await load(source, progress);
    this.#loaded = loaded;
    return countsOf(loaded, ALL);
  }

  #freeze({ list, known }: Extract<Ask, { type: 'freeze' }>): FrozenAnswer {
    const loaded = this.#list();
    this.#frozen = null;
    const { repeated, unreadable } = countsOf(loaded, list.filter);
    if (unreadable.count > 0 && !list.withoutUnreadable)
      throw new Refusal(
        `${unreadable.count} dòng không đọc được mã; danh sách thiếu hồ sơ thì mẫu không còn đại diện. Sửa tệp, hoặc chọn «Bỏ các dòng này» để ghi rõ việc bỏ vào biên bản`,
      );
    const population = freeze(unitsOf(loaded, list), list.pooledUnder);
    const none = { codes: 0, rows: 0, examples: [] };
    const words = sourceWords(loaded.source, list.filter, { repeated: list.firstOfEach ? repeated : none, unreadable });
    const column = list.by === null ? null : loaded.columns[list.by];
    this.#frozen = { population, source: { source: words, by: list.by, column, pooledUnder: list.pooledUnder } };
    return { summary: summaryOf(population), source: words, column, hosts: hostsOf(population, known) };
  }

  async #draw({ id, name, host, sha256, design, seed, checks, now }: DrawAsk): Promise<Spotcheck> {
    const frozen = this.#frozen;
    if (frozen?.population.sha256 !== sha256)
      throw new Refusal('danh sách không còn là danh sách đã chốt; hãy chốt lại rồi mới rút');
    const deviations = new Map(Object.entries(design.deviations));
    const record = beginRecord(frozen.population, frozen.source, { ...design, deviations }, seed, checks);
    const check: Spotcheck = { id, name, host, createdAt: now, updatedAt: now, role: 'first', record };
    // The list first: a check without its list could not be extended.
    await saveFrozenList(id, { population: frozen.population, host });
    await saveSpotcheck(check);
    return check;
  }
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

async function load(source: SourceAsk, progress: (rows: number) => void): Promise<Loaded> {
  switch (source.kind) {
    case 'file':
      return fromFile(named(source.file, source.name), source.choice, progress);
    case 'job':
      return fromJob(source.id, source.name, progress);
    case 'rows':
      return fromRows(source.rows, source.name);
  }
}

function hostsOf({ strata }: Population, known: readonly { code: string; host: string }[]): string[] {
  const codes = new Set(strata.flatMap(({ units }) => units.map(({ code }) => code)));
  const counts = new Map<string, number>();
  for (const { code, host } of known) if (codes.has(code)) counts.set(host, (counts.get(host) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([host]) => host);
}

async function extend({ id, goal, now }: Extract<Ask, { type: 'extend' }>): Promise<Spotcheck> {
  const [check, list] = await Promise.all([loadSpotcheck(id), frozenList(id)]);
  if (!check) throw new Refusal('đợt kiểm tra này không còn trên máy');
  if (!list) throw new Refusal('máy này chưa có danh sách đã chốt; hãy nạp tệp danh sách trước');
  const record = extendRecord(check.record, list.population, goal);
  const next = { ...check, record, updatedAt: Math.max(now, check.updatedAt + 1) };
  await saveSpotcheck(next);
  return next;
}

/**
 * Holds a file against the list that a sample was drawn from, and keeps it when it is the same.
 * @throws SamplingError `changed` when it is another list
 */
async function attach(id: string, file: SourceFile, progress: (rows: number) => void): Promise<null> {
  const check = await loadSpotcheck(id);
  if (!check) throw new Refusal('đợt kiểm tra này không còn trên máy');
  const { population: was } = check.record;
  const loaded = await fromFile(file, { columns: await columnsFor(was, file) }, progress);
  const units = unitsOf(loaded, { filter: ALL, by: was.by, firstOfEach: false });
  const population = freeze(units, was.pooledUnder);
  verifyDraw(check.record, population);
  await saveFrozenList(id, { population, host: check.host });
  return null;
}

/** The columns that a list was divided by when it was drawn from. */
async function columnsFor(
  { by, column }: SampleRecord['population'],
  file: SourceFile,
): Promise<Record<string, ListField>> {
  const { columns, inspection } = await inspectList(file);
  if (by === null) return columns;
  const headers = inspection.columns.map(({ header }) => header);
  const divides = headers.find((header) => header === column) ?? headers.find((header) => columns[header] === by);
  if (divides === undefined)
    throw new Refusal(`${file.name}: không có cột ${GROUPING_WORDS[by]}, mà mẫu được rút theo ${GROUPING_WORDS[by]}`);
  const others = Object.entries(columns).filter(([header, field]) => field !== by && header !== divides);
  return { ...Object.fromEntries(others), [divides]: by };
}
