import { type Assessment, assess, urgencyOf, type Verdict } from '../deadline/index.ts';
import { addressOf, healthOf, type ListAdapter, type ListReading, type RowReading } from '../page/index.ts';
import { type Dossier, MOMENT_FIELDS, type SeenDossier, SeenLetters } from '../schema/index.ts';
import { type BadgeModel, createBadge, paintBadge } from './badge.ts';
import { AT_RISK } from './bar.ts';
import { whenIdle } from './dom.ts';
import type { Environment } from './environment.ts';
import { Fight } from './fight.ts';
import { HostOverlays } from './host-overlays.ts';
import { RowWatch } from './row-watch.ts';

/** Milliseconds of work in one frame; a long list is done in slices so that no task is felt. */
const SLICE_MS = 10;
/** Rows read at a time between two looks at the clock. */
const CHUNK = 50;
/** Dossiers handed to the worklist in one idle moment. */
const TELL_CHUNK = 200;
/** A host that keeps removing our badges wins: this many losses per row in a fight, then we stop and say so. */
const REMOUNTS_PER_ROW = 5;

interface Row {
  row: Element;
  anchor: Element;
  /** As read from the screen. */
  dom: Dossier;
  /** With what the page fetched about it. */
  record: Dossier;
  model: BadgeModel;
  badge: HTMLElement;
  dim: Animation | null;
}

type Tally = Pick<ListReading, 'columns' | 'unreadable' | 'loading'>;

/** What the rest of the overlay may ask of a list. */
export interface ListSummary {
  rows: number;
  unreadable: number;
  strangeCodes: number;
  fromJson: number;
  counts: Map<Verdict, number>;
  health: ReturnType<typeof healthOf>;
  loading: boolean;
  /** The host removed our badges so often that we gave up. */
  refused: boolean;
}

/**
 * Badges on one list, from the first pass until `stop`. Rows are keyed by their element and re-read when the host changes
 * them; a badge always belongs to what its row says now.
 */
export class ListView {
  readonly container: Element;
  readonly adapter: ListAdapter;
  readonly #env: Environment;
  readonly #passed: () => void;
  readonly #rows = new Map<Element, Row>();
  readonly #byCode = new Map<string, Row>();
  readonly #overlays: HostOverlays;
  readonly #watch: RowWatch;
  readonly #told = new Map<string, string>();
  /** By code and not by row: a row may hold another dossier in a moment. */
  readonly #letters = new Map<string, BadgeModel['letter']>();
  /** Work in hand: rows to read, and rows whose record only has to be completed and painted anew. */
  readonly #toRead = new Set<Element>();
  readonly #toPaint = new Set<Row>();
  #structure = true;
  #outside: string | undefined;
  #frame = 0;
  #slice: ReturnType<typeof setTimeout> | undefined;
  /** Badges of the pass in hand that wait for its end: putting them in one by one would make the browser lay out the page at every slice. */
  readonly #toMount = new Set<Row>();
  readonly #toTell = new Set<Row>();
  #summary: ListSummary | null = null;
  #tick: ReturnType<typeof setTimeout> | undefined;
  #tally: Tally = { columns: {}, unreadable: 0, loading: false };
  #unreadable = new Set<Element>();
  #fight = new Fight();
  #filter: Verdict | null = null;
  #cursor: Element | null = null;
  #stopped = false;

  /** @param passed called after every pass that left nothing to do. */
  constructor(adapter: ListAdapter, container: Element, env: Environment, passed: () => void) {
    this.adapter = adapter;
    this.container = container;
    this.#env = env;
    this.#passed = passed;
    this.#overlays = new HostOverlays(env.doc, adapter.overlays, container);
    this.#watch = new RowWatch(container, {
      row: (element) => {
        this.#toRead.add(element);
        this.#schedule();
      },
      structure: (all) => {
        this.#structure = true;
        if (all) for (const row of this.#rows.keys()) this.#toRead.add(row);
        this.#schedule();
      },
    });
    this.#schedule();
  }

  /** The page fetched something about these codes. */
  learned(codes: readonly string[]): void {
    for (const code of codes) {
      const row = this.#byCode.get(code);
      if (row) this.#toPaint.add(row);
    }
    if (this.#toPaint.size > 0) this.#schedule();
  }

  /** Everything is looked at and told again: the person comes back, perhaps from the page where letters are drafted. */
  refresh(): void {
    this.#told.clear();
    this.#repaint();
  }

  #repaint(): void {
    for (const row of this.#rows.values()) this.#toPaint.add(row);
    this.#structure = true;
    this.#schedule();
  }

  /** Looks whether something outside the list that its rows depend on has changed. */
  recheck(): void {
    if (this.adapter.outside?.(this.container) === this.#outside) return;
    this.#structure = true;
    this.#schedule();
  }

  get isStale(): boolean {
    return !this.container.isConnected;
  }

  get isBusy(): boolean {
    return this.#frame !== 0 || this.#slice !== undefined;
  }

  /** Codes on the page, in order: tells whether a page was turned. */
  get codes(): string[] {
    return [...this.#rows.values()].map((row) => row.record.code);
  }

  modelOf(badge: Element): BadgeModel | null {
    for (const row of this.#rows.values()) if (row.badge === badge) return row.model;
    return null;
  }

  /** The row that shows a dossier, and what is known of it. */
  rowOf(code: string): { row: Element; record: Dossier } | undefined {
    return this.#byCode.get(code);
  }

  get filter(): Verdict | null {
    return this.#filter;
  }

  /** Dims every row of another verdict; null shows all. The host's rows are not touched otherwise. */
  setFilter(verdict: Verdict | null): void {
    this.#filter = verdict;
    for (const row of this.#rows.values()) this.#dim(row);
  }

  /** Scrolls to the next row at risk, most urgent first, and round again; the badge gets the focus. */
  goToNext(): void {
    const risky = [...this.#rows.values()]
      .filter((row) => AT_RISK.includes(row.model.assessment.shown.verdict))
      .sort((a, b) => byUrgency(a.model.assessment, b.model.assessment));
    const at = risky.findIndex((row) => row.row === this.#cursor);
    const target = risky[(at + 1) % risky.length];
    if (!target) return;
    this.#cursor = target.row;
    target.row.scrollIntoView({ block: 'center' });
    const outline = { outline: '3px solid #1f6feb', outlineOffset: '-3px' };
    target.row.animate([outline, outline], { duration: 2500 });
    target.badge.focus({ preventScroll: true });
  }

  summary(): ListSummary {
    this.#summary ??= this.#sum();
    return this.#summary;
  }

  #sum(): ListSummary {
    const counts = new Map<Verdict, number>();
    const readings: RowReading[] = [];
    let strangeCodes = 0;
    let fromJson = 0;
    for (const { model, dom, record, row, anchor } of this.#rows.values()) {
      const { verdict } = model.assessment.shown;
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      readings.push({ record: dom, row, anchor });
      if (!record.codeKnown) strangeCodes += 1;
      if (record.source.kind === 'json') fromJson += 1;
    }
    return {
      rows: this.#rows.size,
      unreadable: this.#unreadable.size,
      strangeCodes,
      fromJson,
      counts,
      health: healthOf({ ...this.#tally, rows: readings, unreadable: this.#unreadable.size }),
      loading: this.#tally.loading,
      refused: this.#refused,
    };
  }

  stop(): void {
    this.#stopped = true;
    this.#watch.dispose();
    this.#overlays.dispose();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#slice);
    clearTimeout(this.#tick);
    for (const row of this.#rows.values()) this.#drop(row);
    this.#rows.clear();
  }

  get #refused(): boolean {
    return this.#fight.count > REMOUNTS_PER_ROW * Math.max(10, this.#rows.size);
  }

  #schedule(): void {
    if (this.#stopped || this.isBusy) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#stopped || this.isStale) return;
    if (!this.#env.alive()) {
      // Nobody will correct these badges any more, and the host may put another dossier into the same row.
      this.#watch.dispose();
      clearTimeout(this.#tick);
      for (const row of this.#rows.values()) this.#drop(row);
      this.#rows.clear();
      this.#passed();
      return;
    }
    if (this.#overlays.isOpen()) {
      this.#hideUnread();
      this.#overlays.whenClosed(() => this.#schedule());
      return;
    }
    const outside = this.adapter.outside?.(this.container);
    if (outside !== this.#outside) {
      this.#outside = outside;
      for (const row of this.#rows.keys()) this.#toRead.add(row);
    }
    if (this.#structure) this.#restructure();
    this.#work(true);
  }

  /** Reads and paints for a slice of time; the rest comes in a task of its own, so that typing and scrolling stay smooth. */
  #work(first: boolean): void {
    const end = performance.now() + SLICE_MS;
    // One portion at least: on a machine that stalls between two looks at the clock the list must still get on.
    do {
      if (this.#toRead.size > 0) this.#readChunk();
      else this.#paintChunk();
    } while (this.#toRead.size + this.#toPaint.size > 0 && performance.now() < end);
    const done = this.#toRead.size === 0 && this.#toPaint.size === 0;
    // What stands at the top of the page is there at once.
    if (first || done) this.#mount();
    // What we wrote ourselves is not news.
    this.#watch.forget();
    if (!done) {
      this.#hideUnread();
      this.#slice = setTimeout(() => {
        this.#slice = undefined;
        if (this.#stopped || this.isStale) return;
        // Rows came or went meanwhile: begin again with what the host says now.
        if (this.#structure || !this.#env.alive()) this.#schedule();
        else this.#work(false);
      }, 0);
      return;
    }
    this.#passed();
    whenIdle(() => this.#tell());
    this.#armTick();
  }

  /** What a changed row says now is not known until it is read again; its old badge must not stand beside it. */
  #hideUnread(): void {
    for (const element of this.#toRead) this.#rows.get(element)?.badge.setAttribute('hidden', '');
  }

  #mount(): void {
    for (const { anchor, badge } of this.#toMount) anchor.append(badge);
    this.#toMount.clear();
  }

  /** Finds rows that came and went since the last pass. */
  #restructure(): void {
    this.#structure = false;
    this.#summary = null;
    const present = new Set(this.adapter.rowsOf(this.container));
    for (const [element, row] of this.#rows) {
      if (present.has(element)) continue;
      this.#rows.delete(element);
      this.#drop(row);
    }
    for (const element of this.#unreadable) if (!present.has(element)) this.#unreadable.delete(element);
    for (const element of present) {
      if (!this.#rows.has(element) && !this.#unreadable.has(element)) this.#toRead.add(element);
    }
    for (const element of this.#toRead) if (!present.has(element)) this.#toRead.delete(element);
    this.#watch.setRows(present);
    if (present.size === 0) {
      const { loading, columns } = this.adapter.readRows(this.container, this.#context(), []);
      this.#tally = { loading, columns, unreadable: 0 };
    }
  }

  #context() {
    return { url: this.#env.url(), readAt: this.#env.now() };
  }

  #readChunk(): void {
    const chunk: Element[] = [];
    for (const element of this.#toRead) {
      chunk.push(element);
      if (chunk.length === CHUNK) break;
    }
    const reading = this.adapter.readRows(this.container, this.#context(), chunk);
    this.#tally = reading;
    this.#summary = null;
    const read = new Set<Element>();
    for (const row of reading.rows) {
      read.add(row.row);
      this.#apply(row);
    }
    for (const element of chunk) {
      this.#toRead.delete(element);
      if (read.has(element)) this.#unreadable.delete(element);
      else this.#forgetRow(element, reading.loading);
    }
  }

  /** A row that says nothing readable must not keep the badge of what it said before. */
  #forgetRow(element: Element, loading: boolean): void {
    const known = this.#rows.get(element);
    if (known) {
      this.#rows.delete(element);
      this.#drop(known);
    }
    if (!loading) this.#unreadable.add(element);
  }

  #paintChunk(): void {
    let count = 0;
    for (const row of this.#toPaint) {
      this.#toPaint.delete(row);
      this.#paint(row, this.#env.knowledge.complete(row.dom));
      count += 1;
      if (count === CHUNK) return;
    }
  }

  #apply({ row: element, anchor, record: dom }: RowReading): void {
    const record = this.#env.knowledge.complete(dom);
    const known = this.#rows.get(element);
    if (known) {
      if (known.record.code !== record.code) this.#unindex(known);
      known.dom = dom;
      known.anchor = anchor;
      this.#paint(known, record);
      return;
    }
    const model = this.#judge(record);
    const row: Row = { row: element, anchor, dom, record, model, badge: createBadge(), dim: null };
    this.#rows.set(element, row);
    paintBadge(row.badge, model);
    this.#toMount.add(row);
    this.#toTell.add(row);
    this.#index(row);
    if (this.#filter) this.#dim(row);
  }

  #paint(row: Row, record: Dossier): void {
    this.#summary = null;
    this.#toTell.add(row);
    row.record = record;
    row.model = this.#judge(record);
    paintBadge(row.badge, row.model);
    row.badge.removeAttribute('hidden');
    if (row.badge.parentNode !== row.anchor && !this.#refused && !this.#toMount.has(row)) {
      this.#fight.putBack();
      row.anchor.append(row.badge);
    }
    this.#index(row);
    if (this.#filter || row.dim) this.#dim(row);
  }

  #judge(record: Dossier): BadgeModel {
    const now = this.#env.now();
    const { table, rules } = this.#env;
    return { record, assessment: assess(record, { table, rules, now }), now, letter: this.#letters.get(record.code) };
  }

  #index(row: Row): void {
    this.#byCode.set(row.record.code, row);
    for (const alias of row.record.aliases) this.#byCode.set(alias, row);
  }

  #unindex(row: Row): void {
    for (const code of [row.record.code, ...row.record.aliases]) {
      if (this.#byCode.get(code) === row) this.#byCode.delete(code);
    }
  }

  #drop(row: Row): void {
    this.#unindex(row);
    this.#toPaint.delete(row);
    this.#toMount.delete(row);
    this.#toTell.delete(row);
    this.#summary = null;
    row.badge.remove();
    row.dim?.cancel();
  }

  #dim(row: Row): void {
    const dim = this.#filter !== null && row.model.assessment.shown.verdict !== this.#filter;
    if (!dim) {
      row.dim?.cancel();
      row.dim = null;
    } else if (!row.dim) {
      // An animation leaves no attribute on the host's row and is taken back by cancelling it.
      row.dim = row.row.animate([{ opacity: 0.3 }, { opacity: 0.3 }], { duration: 1, fill: 'forwards' });
    }
  }

  /** Hands what is new or changed to the worklist, a handful at a time. */
  #tell(): void {
    if (this.#stopped) return;
    const items: SeenDossier[] = [];
    const url = this.#env.url();
    let looked = 0;
    for (const row of this.#toTell) {
      if (looked === TELL_CHUNK) break;
      looked += 1;
      this.#toTell.delete(row);
      const { record } = row;
      const signature = signatureOf(row.model);
      if (this.#told.get(record.code) === signature) continue;
      this.#told.set(record.code, signature);
      items.push({ record, link: addressOf(this.adapter, record, url) });
    }
    if (items.length > 0) void this.#env.seen(items, this.adapter).then((answer) => this.#marked(items, answer));
    if (this.#toTell.size > 0) whenIdle(() => this.#tell());
  }

  /** What the background says of the letters of these dossiers; when it says nothing, their marks stay as they are. */
  #marked(items: readonly SeenDossier[], answer: unknown): void {
    const { data } = SeenLetters.safeParse(answer);
    if (!data) return;
    const codes = items.map(({ record }) => record.code);
    const changed = codes.filter((code) => {
      const before = this.#letters.get(code)?.state;
      const letter = data.letters.find((one) => one.code === code);
      this.#letters.set(code, letter);
      return letter?.state !== before;
    });
    this.learned(changed);
  }

  /** Time passes on a page nobody touches: once a minute while minutes are shown, else every ten. */
  #armTick(): void {
    clearTimeout(this.#tick);
    if (this.#rows.size === 0) return;
    const shortly = [...this.#rows.values()].some(({ model }) => {
      const { left, verdict } = model.assessment.shown;
      return left !== null && Math.abs(left) < 480 && !verdict.startsWith('finished');
    });
    this.#tick = setTimeout(
      () => {
        if (this.#env.doc.visibilityState === 'visible') this.#repaint();
      },
      shortly ? 60_000 : 600_000,
    );
  }
}

function byUrgency(a: Assessment, b: Assessment): number {
  return urgencyOf(a.shown.verdict) - urgencyOf(b.shown.verdict) || (a.shown.left ?? 0) - (b.shown.left ?? 0);
}

/**
 * What makes one reading news after another; names of procedures and units do not change. The verdict does as time passes, and
 * with it whether a letter is needed.
 */
function signatureOf({ record, assessment }: BadgeModel): string {
  const { source, status, limit, step, channel, systemId, aliases, components } = record;
  const moments = MOMENT_FIELDS.map((field) => record[field]);
  return [
    assessment.shown.verdict,
    source.kind,
    status.text,
    channel,
    systemId,
    limit?.value,
    step?.name,
    step?.dueAt,
    aliases,
    components?.length,
  ]
    .concat(moments)
    .join('|');
}
