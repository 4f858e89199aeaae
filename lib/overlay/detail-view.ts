import { assess, dueAt } from '../deadline/index.ts';
import { addressOf, type HEALTH_FIELDS, healthOf, type PageAdapter } from '../page/index.ts';
import type { Dossier } from '../schema/index.ts';
import { badgeWords, CLOCK_NAMES, explain, explanationText, lookOf, toneOf } from '../words/index.ts';
import { h, setAttribute, sharedStyle, whenIdle } from './dom.ts';
import type { Environment } from './environment.ts';
import { Fight } from './fight.ts';
import { HostOverlays } from './host-overlays.ts';
import { inspectButton, PapersJudge, papersBody, papersLine, papersText } from './papers.ts';
import { PANEL_CSS } from './styles-more.ts';
import { copyButton, letterButton, whyBody } from './why.ts';

const style = sharedStyle(PANEL_CSS);
/** A host that removes the panel this often in a fight does not want it. */
const MAX_MOUNTS = 20;

type Section = 'why' | 'papers';

export interface DetailSummary {
  found: boolean;
  strangeCode: boolean;
  fromJson: boolean;
  health: ReturnType<typeof healthOf>;
}

/** The panel on a page of one dossier. */
export class DetailView {
  readonly adapter: PageAdapter;
  readonly root: Element;
  readonly #env: Environment;
  readonly #passed: () => void;
  readonly #observer: MutationObserver;
  readonly #overlays: HostOverlays;
  readonly #papers: PapersJudge;
  #panel: HTMLElement | null = null;
  #summary: HTMLElement | null = null;
  #body: HTMLElement | null = null;
  #dom: Dossier | null = null;
  #record: Dossier | null = null;
  #told = '';
  #frame = 0;
  #tick: ReturnType<typeof setTimeout> | undefined;
  #fight = new Fight();
  #open: Section | null = null;
  #stopped = false;

  constructor(adapter: PageAdapter, root: Element, env: Environment, passed: () => void) {
    this.adapter = adapter;
    this.root = root;
    this.#env = env;
    this.#passed = passed;
    this.#overlays = new HostOverlays(env.doc, adapter.overlays, root);
    this.#papers = new PapersJudge(env, () => this.#schedule());
    this.#observer = new MutationObserver(() => this.#schedule());
    this.#observer.observe(root, { childList: true, subtree: true, characterData: true });
    this.#schedule();
  }

  /** What is known of the dossier of this page; null until it has been read. */
  get record(): Dossier | null {
    return this.#record;
  }

  get isStale(): boolean {
    return !this.root.isConnected;
  }

  learned(codes: readonly string[]): void {
    const own = this.#dom;
    if (own && [own.code, ...own.aliases].some((code) => codes.includes(code))) this.#schedule();
  }

  refresh(): void {
    this.#schedule();
  }

  summary(): DetailSummary {
    const rows = this.#dom ? [{ record: this.#dom, row: this.root, anchor: this.root }] : [];
    const columns: Partial<Record<(typeof HEALTH_FIELDS)[number], string>> = {};
    return {
      found: this.#dom !== null,
      strangeCode: this.#dom !== null && !this.#dom.codeKnown,
      fromJson: this.#record?.source.kind === 'json',
      health: healthOf({ rows, unreadable: this.#dom ? 0 : 1, columns, loading: false }),
    };
  }

  stop(): void {
    this.#stopped = true;
    this.#observer.disconnect();
    this.#overlays.dispose();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#tick);
    this.#panel?.remove();
  }

  #schedule(): void {
    if (this.#stopped || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#stopped || this.isStale) return;
    if (!this.#env.alive()) {
      this.#observer.disconnect();
      this.#orphan();
      this.#passed();
      return;
    }
    if (this.#overlays.isOpen()) {
      this.#overlays.whenClosed(() => this.#schedule());
      return;
    }
    const now = this.#env.now();
    const reading = this.adapter.readDetail(this.#env.doc, { url: this.#env.url(), readAt: now });
    if (!reading) {
      this.#dom = null;
      this.#record = null;
      this.#panel?.remove();
    } else {
      // What was unfolded was unfolded of another dossier; and a way through many is no fight. The panel remembers which it was: while
      // a host draws the same dossier anew, there is none to be read for a moment.
      if (this.#panel?.getAttribute('data-code') !== reading.record.code) {
        this.#open = null;
        this.#fight = new Fight();
      }
      this.#dom = reading.record;
      this.#record = this.#env.knowledge.complete(reading.record);
      this.#paint(this.#record, now);
      this.#mount(reading.anchor);
      const record = this.#record;
      whenIdle(() => this.#tell(record));
    }
    this.#observer.takeRecords();
    this.#passed();
    clearTimeout(this.#tick);
    this.#tick = setTimeout(() => this.#schedule(), 60_000);
  }

  #mount(anchor: Element): void {
    const panel = this.#panel;
    if (!panel || (panel.isConnected && panel.nextElementSibling === anchor) || this.#fight.count >= MAX_MOUNTS) return;
    this.#fight.putBack();
    anchor.before(panel);
  }

  #tell(record: Dossier): void {
    const signature = JSON.stringify({ ...record, source: record.source.kind });
    if (this.#stopped || signature === this.#told) return;
    this.#told = signature;
    void this.#env.seen([{ record, link: addressOf(this.adapter, record, this.#env.url()) }], this.adapter);
  }

  #build(): void {
    this.#panel = h('dh-panel', { role: 'region', 'aria-label': 'Đúng Hẹn: hạn trả của hồ sơ này' });
    const root = this.#panel.attachShadow({ mode: 'open' });
    style(root);
    this.#summary = h('div', { class: 'top' });
    this.#body = h('div', { class: 'in', hidden: true });
    root.append(h('div', { class: 'box' }, this.#summary, this.#body));
  }

  #paint(record: Dossier, now: number): void {
    if (!this.#panel) this.#build();
    const [panel, summary, body] = [this.#panel, this.#summary, this.#body];
    if (!panel || !summary || !body) return;
    const { table, rules } = this.#env;
    const assessment = assess(record, { table, rules, now }, dueAt);
    const model = { record, assessment, now };
    const papers = this.#papers.viewOf(record);
    setAttribute(panel, 'data-code', record.code);
    setAttribute(panel, 'data-verdict', assessment.shown.verdict);
    setAttribute(panel, 'data-digitization', papers?.verdict ?? 'unknown');
    setAttribute(panel, 'data-missing', String(papers?.missing.length ?? 0));

    const cells = assessment.clocks.map((clock) => {
      const { main, when } = badgeWords(clock, now);
      const name = clock.clock === 'step' || clock.clock === 'acceptance' ? '' : `${CLOCK_NAMES[clock.clock]}: `;
      const words = [`${lookOf(clock.verdict).shape} ${name}${main}`, when].filter(Boolean).join(' · ');
      return h(
        'span',
        { class: `cell ${toneOf(clock)}`, 'data-clock': clock.clock, 'data-verdict': clock.verdict },
        words,
      );
    });
    const explanation = explain(record, assessment, { table, rules, now });
    const focused = (panel.shadowRoot?.activeElement as HTMLElement | null)?.dataset.key;
    const sections: [key: Section, label: string, tone: string, content: HTMLElement | null][] = [
      ['why', 'Vì sao?', '', whyBody(model, explanation)],
      [
        'papers',
        `Giấy tờ: ${papersLine(papers, record.components)}`,
        papers?.verdict === 'incomplete' ? ' amber' : '',
        papers && record.components ? papersBody(papers) : null,
      ],
    ];
    const toggles = sections.map(([key, label, tone, content]) => this.#toggle(key, label, tone, content === null));
    summary.replaceChildren(
      h('span', { class: 'side' }, 'Đúng Hẹn'),
      ...cells,
      assessment.mismatch === null ? '' : h('span', { class: 'cell grey' }, 'lệch với cách đếm của luật'),
      ...toggles,
      letterButton(this.#env, record.code),
    );
    summary.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
    const open = sections.find(([key, , , content]) => key === this.#open && content !== null);
    body.hidden = open === undefined;
    body.replaceChildren(
      ...(open?.[3] ? [open[3]] : []),
      h(
        'div',
        { class: 'acts' },
        this.#open === 'papers' ? inspectButton(this.#env) : null,
        copyButton(() =>
          this.#open === 'papers' && papers ? papersText(record.code, papers) : explanationText(record, explanation),
        ),
      ),
    );
  }

  /** A button that opens one section of the panel and closes the other. */
  #toggle(key: Section, label: string, tone: string, empty: boolean): HTMLElement {
    if (empty) return h('span', {}, label);
    const toggle = () => {
      this.#open = this.#open === key ? null : key;
      this.#schedule();
    };
    const expanded = String(this.#open === key);
    return h(
      'button',
      { type: 'button', class: `act${tone}`, 'data-key': key, 'aria-expanded': expanded, click: toggle },
      label,
    );
  }

  #orphan(): void {
    for (const name of ['data-verdict', 'data-digitization', 'data-missing']) this.#panel?.removeAttribute(name);
    this.#body?.replaceChildren();
    const reload = h('button', { type: 'button', class: 'act', click: () => location.reload() }, 'Tải lại trang');
    this.#summary?.replaceChildren(
      h('span', { role: 'status' }, 'Tiện ích vừa được cập nhật. Số liệu ở đây không còn được làm mới.'),
      reload,
    );
  }
}
