import { type Explanation, explanationText, lookOf, toneOf } from '../words/index.ts';
import type { BadgeModel } from './badge.ts';
import { h, sharedStyle } from './dom.ts';
import type { Environment } from './environment.ts';
import { stripTable } from './strip.ts';
import { WHY_CSS } from './styles-more.ts';

const style = sharedStyle(WHY_CSS);

const list = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? null : h('div', {}, h('h3', {}, title), h('ul', {}, ...lines.map((line) => h('li', {}, line))));

/** Our own count: its dates at a glance, its steps for whoever checks it on paper. */
function details({ title, steps, strip }: NonNullable<Explanation['count']>): HTMLElement {
  return h(
    'div',
    {},
    h('h3', {}, title),
    strip.length > 0 ? stripTable(strip, title) : null,
    h('ol', {}, ...steps.map((step) => h('li', {}, step))),
  );
}

/** Body of "Vì sao?", the same in the pop-up of a row and in the panel of a detail page. */
export function whyBody({ record, assessment }: Omit<BadgeModel, 'letter'>, explanation: Explanation): HTMLElement {
  const { shown } = assessment;
  const clocks = explanation.clocks.map(({ name, text }) =>
    h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, text)),
  );
  return h(
    'div',
    {},
    h('h2', {}, h('span', { class: `tag ${toneOf(shown)}` }, `${lookOf(shown.verdict).shape} ${explanation.title}`)),
    h('div', { class: 'code' }, `Hồ sơ ${record.code}`),
    list('Vì sao?', explanation.steps),
    explanation.count && details(explanation.count),
    clocks.length > 0
      ? h('div', {}, h('h3', {}, 'Các hạn khác'), h('table', { class: 'times' }, h('tbody', {}, ...clocks)))
      : null,
    list('Đối chiếu với hệ thống', explanation.comparison),
    list('Nguồn', explanation.sources),
  );
}

/** Copies text and says so in the button for two seconds. */
export function copyButton(text: () => string): HTMLElement {
  const button = h('button', { type: 'button', class: 'act' }, 'Sao chép');
  button.addEventListener('click', async () => {
    let done = 'Đã sao chép';
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      done = 'Trình duyệt không cho sao chép';
    }
    button.textContent = done;
    setTimeout(() => {
      button.textContent = 'Sao chép';
    }, 2000);
  });
  return button;
}

/** Opens the page that drafts an apology letter for a dossier of this page. */
export function letterButton(env: Environment, code: string): HTMLElement {
  const open = () => void env.ask('letter.open', { code });
  return h('button', { type: 'button', class: 'act', 'data-key': 'letter', click: open }, 'Soạn thư xin lỗi');
}

/** The one "Vì sao?" pop-up of a page. In the top layer, closed by Esc, by a click elsewhere, or by `close`. */
export class WhyPopup {
  #host: HTMLElement | null = null;
  #pop: HTMLElement | null = null;

  get isOpen(): boolean {
    return this.#pop?.matches(':popover-open') ?? false;
  }

  open(near: HTMLElement, model: BadgeModel, explanation: Explanation, env: Environment): void {
    this.close();
    const pop = this.#element(near.ownerDocument);
    const close = h('button', { type: 'button', class: 'act', click: () => this.close() }, 'Đóng');
    const copy = copyButton(() => explanationText(model.record, explanation));
    pop.replaceChildren(
      h(
        'div',
        { class: 'in' },
        whyBody(model, explanation),
        h('div', { class: 'acts' }, copy, letterButton(env, model.record.code), close),
      ),
    );
    pop.addEventListener(
      'toggle',
      (event) => {
        if ((event as ToggleEvent).newState === 'closed' && near.isConnected) near.focus({ preventScroll: true });
      },
      { signal: this.#toggle() },
    );
    pop.showPopover();
    place(pop, near.getBoundingClientRect());
    (close as HTMLButtonElement).focus({ preventScroll: true });
  }

  #listening = new AbortController();
  #toggle(): AbortSignal {
    this.#listening.abort();
    this.#listening = new AbortController();
    return this.#listening.signal;
  }

  close(): void {
    if (this.isOpen) this.#pop?.hidePopover();
  }

  dispose(): void {
    this.#listening.abort();
    this.#host?.remove();
    this.#host = null;
    this.#pop = null;
  }

  #element(doc: Document): HTMLElement {
    if (!this.#host?.isConnected || !this.#pop) {
      this.#host?.remove();
      this.#host = h('dh-why', {});
      const root = this.#host.attachShadow({ mode: 'open' });
      style(root);
      this.#pop = h('div', { popover: 'auto', role: 'dialog', 'aria-label': 'Vì sao?', class: 'pop' });
      root.append(this.#pop);
      doc.body.append(this.#host);
    }
    return this.#pop;
  }
}

/** Below the badge if there is room, else above; never outside the window. */
function place(pop: HTMLElement, near: DOMRect): void {
  const { width, height } = pop.getBoundingClientRect();
  const below = near.bottom + 4;
  const top = below + height <= innerHeight - 8 ? below : Math.max(8, near.top - height - 4);
  const left = Math.max(8, Math.min(near.left, innerWidth - width - 8));
  pop.style.top = `${top}px`;
  pop.style.left = `${left}px`;
}
