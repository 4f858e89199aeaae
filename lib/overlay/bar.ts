import { urgencyOf, VERDICTS, type Verdict } from '../deadline/index.ts';
import { lookOf } from '../words/index.ts';
import { h, setAttribute, sharedStyle } from './dom.ts';
import { BAR_CSS } from './styles.ts';

const style = sharedStyle(BAR_CSS);
/** Verdicts an officer can still do something about: what "Tới hồ sơ cần chú ý" walks through. */
export const AT_RISK: readonly Verdict[] = ['overdue', 'due-today', 'due-soon'];
const ORDER = [...VERDICTS].sort((a, b) => urgencyOf(a) - urgencyOf(b));

export interface BarState {
  counts: ReadonlyMap<Verdict, number>;
  rows: number;
  filter: Verdict | null;
  /** What is wrong with the reading of this page, in words with a next step; null when all is well. */
  warning: string | null;
  scan: { state: 'idle' | 'running'; text: string } | { state: 'unavailable'; text: string };
  /** The extension was updated under this page. */
  orphan: boolean;
}

export interface BarActions {
  filter(verdict: Verdict | null): void;
  next(): void;
  scan(): void;
  cancelScan(): void;
}

/** @param key by which the focus comes back to it after a rendering. */
function act(key: string, text: string, click: () => void, props: Record<string, string | boolean> = {}): HTMLElement {
  return h('button', { type: 'button', class: 'act', 'data-key': key, click, ...props }, text);
}

/** Summary bar above the host's list: counts on this page, filter by dimming, jump to the next at risk. */
export class SummaryBar {
  readonly element: HTMLElement = h('dh-bar', {
    role: 'region',
    'aria-label': 'Đúng Hẹn: tóm tắt hạn trả trên trang này',
  });
  readonly #box = h('div', { class: 'box' });
  readonly #actions: BarActions;
  #collapsed = false;
  #last = '';

  constructor(actions: BarActions) {
    this.#actions = actions;
    const root = this.element.attachShadow({ mode: 'open' });
    style(root);
    root.append(this.#box);
  }

  render(state: BarState): void {
    // Rendering is skipped when nothing changed: the host's re-renders must not take the focus from a chip.
    const key = JSON.stringify([{ ...state, counts: [...state.counts] }, this.#collapsed]);
    if (key === this.#last) return;
    this.#last = key;
    const focused = (this.element.shadowRoot?.activeElement as HTMLElement | null)?.dataset.key;
    this.#box.replaceChildren(...(state.orphan ? this.#orphan() : this.#content(state)));
    if (focused) this.#box.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
    setAttribute(this.element, 'data-rows', String(state.rows));
  }

  #orphan(): HTMLElement[] {
    return [
      h('span', { class: 'name' }, 'Đúng Hẹn'),
      h(
        'span',
        { role: 'status' },
        'Tiện ích vừa được cập nhật, nên nhãn trên trang này đã được gỡ. Tải lại trang để thấy lại.',
      ),
      act('reload', 'Tải lại trang', () => location.reload()),
    ];
  }

  #content(state: BarState): HTMLElement[] {
    const again = (open: boolean) => () => {
      this.#collapsed = !open;
      this.render(state);
    };
    const parts: HTMLElement[] = [h('span', { class: 'name' }, 'Đúng Hẹn')];
    if (this.#collapsed) {
      const risk = AT_RISK.reduce((sum, verdict) => sum + (state.counts.get(verdict) ?? 0), 0);
      parts.push(h('span', {}, `${risk} hồ sơ cần chú ý trên trang này`));
      parts.push(act('fold', 'Mở ra', again(true), { 'aria-expanded': 'false' }));
      return parts;
    }
    parts.push(h('span', { class: 'soft' }, `${state.rows} hồ sơ trên trang này:`));
    for (const verdict of ORDER) {
      const count = state.counts.get(verdict);
      if (count) parts.push(this.#chip(verdict, count, state.filter === verdict));
    }
    parts.push(h('span', { class: 'right' }, ...this.#right(state, again(false))));
    if (state.warning) parts.push(h('div', { class: 'warn', role: 'status' }, state.warning));
    return parts;
  }

  #chip(verdict: Verdict, count: number, pressed: boolean): HTMLElement {
    const { tone, shape, label } = lookOf(verdict);
    return h(
      'button',
      {
        type: 'button',
        class: `chip ${tone}`,
        'data-key': verdict,
        'data-verdict': verdict,
        'aria-pressed': String(pressed),
        title: pressed ? 'Bỏ lọc' : `Làm mờ các dòng không phải «${label}»`,
        click: () => this.#actions.filter(pressed ? null : verdict),
      },
      `${shape} ${label} ${count}`,
    );
  }

  #right(state: BarState, fold: () => void): HTMLElement[] {
    const risk = AT_RISK.some((verdict) => state.counts.get(verdict));
    const { next, scan, cancelScan } = this.#actions;
    const { state: phase, text } = state.scan;
    const parts = [act('next', 'Cần chú ý ↓', next, { disabled: !risk, title: 'Tới hồ sơ cần chú ý tiếp theo' })];
    const off = phase === 'unavailable';
    if (!off && text) parts.push(h('span', { role: 'status', class: 'soft' }, text));
    if (phase === 'running') parts.push(act('scan', 'Dừng quét', cancelScan));
    else {
      const title = off ? text : 'Lật lần lượt các trang như cán bộ tự bấm, rồi quay lại trang này';
      parts.push(act('scan', 'Quét các trang', scan, { disabled: off, title }));
    }
    parts.push(act('fold', 'Thu gọn', fold, { 'aria-expanded': 'true' }));
    return parts;
  }
}
