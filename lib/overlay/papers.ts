import { type Dossier, PapersView } from '../schema/index.ts';
import { h } from './dom.ts';
import type { Environment } from './environment.ts';

const MARKS: Record<PapersView['rows'][number]['state'], string> = {
  missing: '✕',
  present: '✓',
  digitized: '✓',
  reused: '✓',
  'not-applicable': '–',
  unknown: '?',
};

/** Asks for the judgement of a dossier's papers once for each state of it, and remembers the last answer. */
export class PapersJudge {
  #asked = '';
  #view: PapersView | null = null;
  readonly #env: Environment;
  readonly #came: () => void;

  /** @param came an answer has come that is not the one shown. */
  constructor(env: Environment, came: () => void) {
    this.#env = env;
    this.#came = came;
  }

  /** What is known of this record's papers; null until the answer comes, or when nobody answers. */
  viewOf(record: Dossier): PapersView | null {
    const { components, procedure, status, channel, receivedAt, supplementRequests } = record;
    const question = JSON.stringify([
      record.code,
      components,
      procedure,
      status,
      channel,
      receivedAt,
      supplementRequests,
    ]);
    if (question !== this.#asked) {
      this.#asked = question;
      this.#view = null;
      void this.#env.ask('papers.assess', { record }).then((answer) => {
        const parsed = PapersView.safeParse(answer);
        if (!parsed.success || question !== this.#asked) return;
        this.#view = parsed.data;
        this.#came();
      });
    }
    return this.#view;
  }
}

/** One line about the papers for the head of the panel. */
export function papersLine(view: PapersView | null, components: Dossier['components']): string {
  if (!components || components.length === 0) return 'chưa thấy danh sách giấy tờ trên trang này';
  if (view === null) return 'đang kiểm tra …';
  if (view.verdict === 'complete') return 'đủ giấy tờ phải có';
  if (view.verdict === 'incomplete') return `thiếu ${view.missing.length} giấy tờ`;
  return 'chưa kết luận được';
}

const lines = (title: string, texts: readonly string[]) =>
  texts.length === 0 ? null : h('div', {}, h('h3', {}, title), h('ul', {}, ...texts.map((text) => h('li', {}, text))));

/** Which papers are there, which are missing, and what that costs; each with its reason. */
export function papersBody(view: PapersView): HTMLElement {
  const rows = view.rows.map(({ name, state, stateName, why }) =>
    h(
      'tr',
      { class: `paper ${state}` },
      h('td', {}, h('b', { 'aria-hidden': 'true' }, MARKS[state]), ` ${stateName}`),
      h('td', {}, name),
      h('td', { class: 'soft' }, why),
    ),
  );
  const heads = ['Tình trạng', 'Giấy tờ', 'Vì sao'].map((head) => h('th', { scope: 'col' }, head));
  return h(
    'section',
    { 'aria-label': 'Giấy tờ và số hóa' },
    lines('Còn thiếu', view.missing),
    lines('Trước khi tiếp nhận', view.hints),
    lines(
      'Kiểm tra số hóa',
      view.failed.map(({ id, text, cost }) => (cost ? `${id} · ${text} ${cost}` : `${id} · ${text}`)),
    ),
    h(
      'details',
      {},
      h('summary', {}, `Từng giấy tờ (${rows.length})`),
      h('table', { class: 'papers' }, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows)),
    ),
    view.unchecked.length > 0
      ? h(
          'details',
          {},
          h('summary', {}, `Không kiểm tra được từ trang này (${view.unchecked.length})`),
          lines('', view.unchecked),
        )
      : null,
    lines('Lưu ý', view.notes),
  );
}

/** Opens the page that inspects files. The files go there by the officer's own hand: nothing of this page is read for it. */
export function inspectButton(env: Environment): HTMLElement {
  const open = () => void env.ask('inspect.open', {});
  return h('button', { type: 'button', class: 'act', 'data-key': 'inspect', click: open }, 'Kiểm tra tệp');
}

/** The same as text for the clipboard: the code and names of papers, no person and no file name. */
export function papersText(code: string, view: PapersView): string {
  const block = (title: string, texts: readonly string[]) =>
    texts.length > 0 ? [title, ...texts.map((text) => `- ${text}`)] : [];
  return [
    `Hồ sơ ${code}`,
    ...block('Còn thiếu:', view.missing),
    ...block('Trước khi tiếp nhận:', view.hints),
    ...block(
      'Kiểm tra số hóa:',
      view.failed.map(({ id, text, cost }) => [id, text, cost].filter(Boolean).join(' · ')),
    ),
    ...block(
      'Từng giấy tờ:',
      view.rows.map(({ name, stateName, why }) => `${name}: ${stateName}. ${why}`),
    ),
    ...block('Lưu ý:', view.notes),
  ].join('\n');
}
