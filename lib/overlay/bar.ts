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
    const key = JSON.stringify([
      [...state.counts],
      state.rows,
      state.filter,
      state.warning,
      state.scan,
      state.orphan,
      this.#collapsed,
    ]);
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
      h('button', { type: 'button', class: 'act', click: () => location.reload() }, 'Tải lại trang'),
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
      parts.push(
        h(
          'button',
          { type: 'button', class: 'act', 'data-key': 'fold', 'aria-expanded': 'false', click: again(true) },
          'Mở ra',
        ),
      );
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
    const next = h(
      'button',
      {
        type: 'button',
        class: 'act',
        'data-key': 'next',
        disabled: !risk,
        title: 'Tới hồ sơ cần chú ý tiếp theo',
        click: () => this.#actions.next(),
      },
      'Cần chú ý ↓',
    );
    const parts = [next];
    if (state.scan.state === 'running') {
      parts.push(h('span', { role: 'status', class: 'soft' }, state.scan.text));
      parts.push(
        h(
          'button',
          { type: 'button', class: 'act', 'data-key': 'scan', click: () => this.#actions.cancelScan() },
          'Dừng quét',
        ),
      );
    } else {
      const off = state.scan.state === 'unavailable';
      if (!off && state.scan.text) parts.push(h('span', { role: 'status', class: 'soft' }, state.scan.text));
      parts.push(
        h(
          'button',
          {
            type: 'button',
            class: 'act',
            'data-key': 'scan',
            disabled: off,
            title: off ? state.scan.text : 'Lật lần lượt các trang như cán bộ tự bấm, rồi quay lại trang này',
            click: () => this.#actions.scan(),
          },
          'Quét các trang',
        ),
      );
    }
    parts.push(
      h(
        'button',
        { type: 'button', class: 'act', 'data-key': 'fold', 'aria-expanded': 'true', click: fold },
        'Thu gọn',
      ),
    );
    return parts;
  }
}
