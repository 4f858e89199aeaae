import { type ListAdapter, type PickedAdapter, scout } from '../page/index.ts';
import { BADGE } from './badge.ts';
import { type BarState, SummaryBar } from './bar.ts';
import type { DetailView } from './detail-view.ts';
import type { Environment } from './environment.ts';
import { type ListSummary, ListView } from './list-view.ts';
import { SupplementLoader } from './supplement.ts';

type Picked = PickedAdapter | { adapter: ListAdapter; kind: 'list'; changed: false };

/** When to look again for a page that is still being drawn, in ms after a load, a navigation or an answer. */
const LOOKS = [0, 50, 150, 300, 600, 1200, 2500, 5000] as const;
const MAX_BAR_MOUNTS = 20;
const VERSION_ATTRIBUTE = 'data-dunghen';
/** On our badge these belong to us and never reach the host's row. */
const OWN_EVENTS = ['click', 'dblclick', 'pointerdown', 'mousedown', 'keydown'] as const;

export interface Session {
  /** Answers a message of TO_CONTENT about this page; null when there is nothing to say. */
  ask(type: string, data: unknown): Promise<unknown>;
  setPaused(paused: boolean): void;
  /** The page fetched something about these codes. */
  learned(codes: readonly string[]): void;
}

/**
 * One page from load to unload: finds what kind of page it is, keeps the right view on it through routes, paging and
 * re-rendering, and takes everything away when it is paused. Everything it starts ends with `signal`.
 */
export function startSession(env: Environment, version: string, paused: boolean, signal: AbortSignal): Session {
  const { doc } = env;
  const root = doc.documentElement;
  let view: ListView | DetailView | null = null;
  let state: { adapter: ListAdapter; changed: boolean } | null = null;
  let viewSignal = new AbortController();
  let looks: ReturnType<typeof setTimeout>[] = [];
  let walk: AbortController | null = null;
  let walkText = '';
  let barMounts = 0;
  let enteredAt = '';
  let resting = paused;
  const supplement = new SupplementLoader(() => env.ask('page.supplement', {}));

  const bar = new SummaryBar({
    filter: (verdict) => {
      if (view instanceof ListView) view.setFilter(verdict);
      paintBar();
    },
    next: () => view instanceof ListView && view.goToNext(),
    scan: () => void startWalk(),
    cancelScan: () => walk?.abort(),
  });

  function locate(): void {
    if (resting || signal.aborted) return;
    // A list with rows at the same address is what it was; asking every adapter again would tell nothing.
    if (view instanceof ListView && !view.isStale && view.summary().rows > 0 && enteredAt === env.url().href) {
      view.recheck();
      return;
    }
    const picked = pick();
    if (view && !view.isStale && picked && samePlace(picked)) {
      if (view instanceof ListView) view.recheck();
      return;
    }
    if (!picked) {
      // A page between two routes shows neither the old nor the new: the old view goes only when its element has gone.
      if (view?.isStale) leave();
      return;
    }
    enter(picked);
  }

  /** Who claims this page. What only the supplement can tell is told when it has come: it is looked at again then. */
  function pick(): Picked | null {
    if (supplement.current) return supplement.current.pickAdapter(doc, env.url());
    const found = scout(doc, env.url());
    if (found !== 'more') return found && { adapter: found, kind: 'list', changed: false };
    void supplement.get().then((came) => came && locate());
    return null;
  }

  function elementOf(picked: Picked): Element | null {
    return picked.kind === 'list' ? picked.adapter.container(doc) : picked.adapter.detailRoot(doc);
  }

  /** By its name: a list that was begun without the supplement goes on with the adapter it has. */
  function samePlace(picked: Picked): boolean {
    if (view?.adapter.meta.id !== picked.adapter.meta.id) return false;
    if ((picked.kind === 'list') !== view instanceof ListView) return false;
    return elementOf(picked) === (view instanceof ListView ? view.container : view.root);
  }

  function enter(picked: Picked): void {
    const element = elementOf(picked);
    if (!element) return;
    leave();
    viewSignal = new AbortController();
    state = picked;
    // The generic reader may have been quicker than the page: an adapter that knows it better takes over.
    enteredAt = picked.adapter.meta.id === 'generic' ? '' : env.url().href;
    barMounts = 0;
    for (const type of OWN_EVENTS) {
      doc.addEventListener(type, ownEvent, { capture: true, signal: viewSignal.signal });
    }
    if (picked.kind === 'list') view = new ListView(picked.adapter, element, env, passed);
    else view = supplement.current?.startDetail(picked.adapter, element, env, passed) ?? null;
  }

  function leave(): void {
    walk?.abort();
    viewSignal.abort();
    view?.stop();
    view = null;
    state = null;
    supplement.current?.closeWhy();
    bar.element.remove();
    root.removeAttribute(VERSION_ATTRIBUTE);
  }

  function passed(): void {
    if (!env.alive()) walk?.abort();
    paintBar();
    const loading = view instanceof ListView && view.summary().loading;
    if (!loading) root.setAttribute(VERSION_ATTRIBUTE, version);
  }

  function paintBar(): void {
    if (!(view instanceof ListView)) return;
    const { container } = view;
    const summary = view.summary();
    const barState: BarState = {
      counts: summary.counts,
      rows: summary.rows,
      filter: view.filter,
      warning: warning(summary, state?.changed ?? false),
      scan: scanState(view),
      orphan: !env.alive(),
    };
    // An empty list needs no bar, unless there is something to say.
    if (summary.rows === 0 && !barState.warning && !barState.orphan) {
      bar.element.remove();
      return;
    }
    bar.render(barState);
    if (!bar.element.isConnected || bar.element.nextElementSibling !== container) {
      if (barMounts >= MAX_BAR_MOUNTS) return;
      barMounts += 1;
      container.before(bar.element);
    }
  }

  /** What is wrong with the list, in words; a list that is as it should be never asks for them. */
  function warning(summary: ListSummary, changed: boolean): string | null {
    const { rows, unreadable, strangeCodes, health, loading, refused } = summary;
    const absent = health.fields.some(({ found, expected }) => expected > 0 && found === 0);
    if (loading || !(changed || unreadable || (rows > 0 && (absent || strangeCodes || refused)))) return null;
    if (!supplement.current) void supplement.get().then((came) => came && paintBar());
    return supplement.current?.warningOf(summary, changed) ?? null;
  }

  function scanState(list: ListView): BarState['scan'] {
    if (walk) return { state: 'running', text: walkText };
    const reason = list.adapter.unwalkable(doc);
    return reason === null ? { state: 'idle', text: walkText } : { state: 'unavailable', text: reason };
  }

  async function startWalk(): Promise<void> {
    if (walk || !(view instanceof ListView)) return;
    const control = new AbortController();
    walk = control;
    const current = () => (view instanceof ListView && !view.isStale ? view : null);
    const came = await supplement.get();
    const end = came
      ? await came.walkPages(
          doc,
          current,
          ({ read, pages, dossiers, phase }) => {
            const of = pages === null ? '' : `/${pages}`;
            walkText =
              phase === 'forward' ? `Đang đọc trang ${read}${of} · ${dossiers} hồ sơ` : 'Đang quay lại trang ban đầu …';
            paintBar();
          },
          control.signal,
        )
      : { ok: false as const, reason: 'Tiện ích không trả lời; hãy tải lại trang.' };
    walk = null;
    if (!end.ok) walkText = `Dừng quét: ${end.reason}`;
    else walkText = `${end.cancelled ? 'Đã dừng' : 'Đã đọc'} ${end.read} trang, ${end.dossiers} hồ sơ`;
    paintBar();
  }

  function ownEvent(event: Event): void {
    const target = event.target;
    if (!(target instanceof HTMLElement) || target.localName !== BADGE) return;
    if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return;
    // The host's row opens on a click; a click on our badge is not one on the row.
    event.stopPropagation();
    if (event.type === 'click') void openWhy(target);
  }

  async function openWhy(badge: HTMLElement): Promise<void> {
    const came = supplement.current ?? (await supplement.get());
    // Asked for only now: the row may have changed, or gone, while the supplement came.
    const model = view instanceof ListView ? view.modelOf(badge) : null;
    if (came && model) came.openWhy(badge, model, env);
  }

  function look(): void {
    for (const timer of looks) clearTimeout(timer);
    looks = resting || signal.aborted ? [] : LOOKS.map((ms) => setTimeout(locate, ms));
  }

  async function ask(type: string, data: unknown): Promise<unknown> {
    const came = await supplement.get();
    const { adapter = null, changed = false } = state ?? {};
    return came ? came.answer(type, data, { host: env.url().host, version, resting, view, adapter, changed }) : null;
  }

  function setPaused(next: boolean): void {
    resting = next;
    if (next) leave();
    look();
  }

  const options = { signal };
  doc.addEventListener('visibilitychange', () => doc.visibilityState === 'visible' && view?.refresh(), options);
  const win = doc.defaultView;
  if (win) {
    // Route changes of a single-page host. Without the Navigation API a click is the best hint there is.
    const navigation = (win as { navigation?: EventTarget }).navigation;
    if (navigation) navigation.addEventListener('currententrychange', look, options);
    else {
      win.addEventListener('popstate', look, options);
      win.addEventListener('hashchange', look, options);
      doc.addEventListener('click', () => setTimeout(lookIfMoved, 100), { capture: true, passive: true, signal });
    }
    win.addEventListener('pageshow', onShow, options);
  }
  /** Back from the browser's page cache: scripts resume where they stood, time has not. */
  function onShow({ persisted }: PageTransitionEvent): void {
    if (!persisted) return;
    view?.refresh();
    look();
  }
  let lastUrl = env.url().href;
  function lookIfMoved(): void {
    const { href } = env.url();
    if (href === lastUrl && !view?.isStale) return;
    lastUrl = href;
    look();
  }
  signal.addEventListener('abort', () => {
    leave();
    supplement.current?.dispose();
    for (const timer of looks) clearTimeout(timer);
  });
  look();

  return {
    ask,
    setPaused,
    learned(codes) {
      view?.learned(codes);
      // An answer came in where no list stands yet: it is about to be drawn.
      if (!view || view.isStale) look();
    },
  };
}
