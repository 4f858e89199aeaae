/** A small world for jobs: books of three sides, sources that count and fail on command, a store that can die. */
import {
  type Cell,
  type CellKey,
  type CellMark,
  cellId,
  type JobSource,
  type JobSpec,
  type JobStore,
  type JournalLine,
  type Memory,
  markOf,
  type ReaderFailure,
  type ReadResult,
  type Side,
  type SideRecord,
  type SourceReader,
} from '../../lib/reconcile/index.ts';

/** 2026-11-02 08:00 at UTC+7, epoch seconds. */
export const START = Date.UTC(2026, 10, 2, 1) / 1000;
export const DAY = 86_400;
const UNITS = ['000.01.99.H29', '000.02.99.H29'];

export const dossier = (n: number, more: Partial<SideRecord> = {}): SideRecord => ({
  code: `000.0${(n % 2) + 1}.99.H29-261102-${String(n).padStart(4, '0')}`,
  procedure: '9.999001',
  unit: UNITS[n % 2] as string,
  status: 10,
  receivedAt: START + (n % 4) * DAY + n,
  dueAt: START + 10 * DAY,
  finishedAt: START + 5 * DAY,
  updatedAt: START + 5 * DAY,
  at: `dòng ${n}`,
  ...more,
});

export const spec = (sources: Partial<JobSource>[], more: Partial<JobSpec> = {}): JobSpec => ({
  version: 1,
  sources: sources.map((source) => ({ side: 'city', mode: 'list', name: 'thử', lookup: false, ...source })),
  units: UNITS,
  period: { from: '2026-11-02', to: '2026-11-05' },
  now: START + 60 * DAY,
  seed: 'thử',
  recheck: 2,
  ...more,
});

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The contract of a store, in memory. `dieAfter` operations every further one fails, as if the process were gone. */
export class MemoryStore implements JobStore {
  state = { spec: null as JobSpec | null, cells: new Map<string, { mark: CellMark; cell: Cell }>() };
  earlierEntries: Memory[] = [];
  leftEntries: Memory[] = [];
  lines: JournalLine[] = [];
  operations = 0;
  dieAfter = Number.POSITIVE_INFINITY;
  #epochs = new Map<string, number>();

  async #step(): Promise<void> {
    this.operations += 1;
    if (this.operations > this.dieAfter) throw new Error('chết');
  }
  async spec(): Promise<JobSpec | null> {
    await this.#step();
    return clone(this.state.spec);
  }
  async start(value: JobSpec, earlier: readonly Memory[]): Promise<void> {
    await this.#step();
    this.state.spec = clone(value);
    this.earlierEntries = clone([...earlier]);
  }
  async earlier(): Promise<Memory[]> {
    await this.#step();
    return clone(this.earlierEntries);
  }
  async claim(key: CellKey): Promise<number> {
    await this.#step();
    const epoch = (this.#epochs.get(cellId(key)) ?? 0) + 1;
    this.#epochs.set(cellId(key), epoch);
    return epoch;
  }
  async commit(key: CellKey, epoch: number, cell: Cell): Promise<boolean> {
    await this.#step();
    if (this.#epochs.get(cellId(key)) !== epoch) return false;
    this.state.cells.set(cellId(key), clone({ mark: markOf(key, cell), cell }));
    return true;
  }
  async marks(): Promise<CellMark[]> {
    await this.#step();
    return [...this.state.cells.values()].map(({ mark }) => clone(mark));
  }
  async get(key: CellKey): Promise<Cell | null> {
    await this.#step();
    return clone(this.state.cells.get(cellId(key))?.cell ?? null);
  }
  async journal(line: JournalLine): Promise<void> {
    await this.#step();
    this.lines.push(clone(line));
  }
  async leave(entries: readonly Memory[]): Promise<void> {
    await this.#step();
    this.leftEntries = clone([...entries]);
  }
  async left(): Promise<Memory[]> {
    await this.#step();
    return clone(this.leftEntries);
  }
}

export type Fault = (call: { about: string; number: number }) => ReaderFailure | null;

export interface FakeSource {
  reader: SourceReader;
  /** What every call was about, in order. */
  calls: string[];
  /** Of these, the ones that were answered. */
  answered: string[];
}

const dayOf = (second = 0) => new Date((second + 7 * 3600) * 1000).toISOString().slice(0, 10);

/** A source over a book. `fault` decides call by call. */
export function source(
  side: Side,
  mode: SourceReader['mode'],
  book: readonly SideRecord[],
  { fault = () => null, lookup = mode === 'lookup' }: { fault?: Fault; lookup?: boolean } = {},
): FakeSource {
  const calls: string[] = [];
  const answered: string[] = [];
  async function answer<T>(about: string, signal: AbortSignal, value: () => T): Promise<ReadResult<T>> {
    const number = calls.push(about);
    // Answers come in another order than questions.
    for (let i = 0; i < (about.length * 7 + number) % 5; i++) await Promise.resolve();
    if (signal.aborted) return { ok: false, error: { kind: 'cancelled', message: 'đã hủy' } };
    const error = fault({ about, number });
    if (error) return { ok: false, error };
    answered.push(about);
    return { ok: true, value: value() };
  }
  const reader: SourceReader = {
    side,
    mode,
    estimate: (cells, codes = 0) => ({ calls: cells.length + codes, perSecond: 5 }),
  };
  if (mode === 'list')
    reader.list = ({ unit, day }, signal) =>
      answer(`${unit} ${day}`, signal, () => ({
        records: clone(book.filter((row) => (unit === '' || row.unit === unit) && dayOf(row.receivedAt) === day)),
        unreadable: [],
      }));
  if (lookup)
    reader.lookup = (codes, signal) =>
      answer(codes[0] as string, signal, () => {
        const found = book.find((row) => [row.code, ...(row.aliases ?? [])].some((code) => codes.includes(code)));
        return found ? clone(found) : null;
      });
  if (mode === 'whole')
    reader.whole = async function* () {
      calls.push('tất cả');
      for (let i = 0; i < book.length; i += 3) yield { records: clone(book.slice(i, i + 3)), unreadable: [] };
    };
  return { reader, calls, answered };
}

export const network: ReaderFailure = { kind: 'network', message: 'không có mạng' };
export const refused: ReaderFailure = { kind: 'auth', message: 'sai mật khẩu' };

/** A clock that waiting moves on, so that back-off takes no time. */
export function fakeTime(): { clock: () => number; wait: (ms: number) => Promise<void>; waited: number[] } {
  let now = 0;
  const waited: number[] = [];
  return {
    clock: () => now,
    wait: async (ms) => {
      waited.push(ms);
      now += ms;
    },
    waited,
  };
}
