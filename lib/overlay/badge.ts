import type { Assessment } from '../deadline/index.ts';
import type { Dossier, SeenLetters } from '../schema/index.ts';
import { isoOf } from '../text/index.ts';
import { badgeLabel, badgeWords, lookOf, toneOf } from '../words/index.ts';
import { h, setAttribute, sharedStyle } from './dom.ts';
import { BADGE_CSS } from './styles.ts';

/** Attributes of `dh-badge` are a public contract (docs/architecture.md); change them only with a major version. */
export const BADGE = 'dh-badge';

export interface BadgeModel {
  record: Dossier;
  assessment: Assessment;
  /** Epoch minutes at which it was assessed. */
  now: number;
  /** Its apology letter, when it needs or has one. */
  letter: SeenLetters['letters'][number] | undefined;
}

const style = sharedStyle(BADGE_CSS);

interface Parts {
  button: HTMLElement;
  shape: HTMLElement;
  main: HTMLElement;
  when: HTMLElement;
  /** Mismatch and letter, made for the few that need them. */
  marks: HTMLElement[];
}
const parts = new WeakMap<Element, Parts>();

let template: HTMLElement | undefined;

/** Cloned for every badge: building it piece by piece costs more than all the rest of a row. */
function makeTemplate(): HTMLElement {
  return h(
    'button',
    { type: 'button', title: 'Đếm theo ngày làm việc. Bấm để xem vì sao.' },
    h('span', { class: 's', 'aria-hidden': 'true' }),
    h('span', { class: 'm' }),
    h('span', { class: 'w' }),
  );
}

function build(element: HTMLElement): Parts {
  template ??= makeTemplate();
  // Focus given to the element goes to its button, so that closing "Vì sao?" can return it.
  const root = element.attachShadow({ mode: 'open', delegatesFocus: true });
  const button = template.cloneNode(true) as HTMLElement;
  const [shape, main, when] = button.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
  root.append(button);
  style(root);
  return { button, shape, main, when, marks: [] };
}

function mark({ button, marks }: Parts, place: number, text: string | null | undefined, title: string): void {
  if (!text) {
    marks[place]?.remove();
    return;
  }
  marks[place] ??= h('span', { class: 'x', title });
  marks[place].textContent = text;
  button.append(marks[place]);
}

export function createBadge(): HTMLElement {
  return document.createElement(BADGE);
}

/** Writes the state into the attributes and, the first time it is needed, the visible part. */
export function paintBadge(element: HTMLElement, { record, assessment, now, letter }: BadgeModel): void {
  const { shown, mismatch } = assessment;
  setAttribute(element, 'data-code', record.code);
  setAttribute(element, 'data-clock', shown.clock);
  setAttribute(element, 'data-verdict', shown.verdict);
  setAttribute(element, 'data-due', shown.dueAt === null ? '' : isoOf(shown.dueAt));
  setAttribute(element, 'data-left', shown.left === null ? '' : String(shown.left));
  setAttribute(element, 'data-mismatch', mismatch === null ? null : String(mismatch));
  setAttribute(element, 'data-letter', letter?.state ?? null);
  setAttribute(element, 'data-source', record.source.kind === 'json' ? 'json' : 'dom');

  let own = parts.get(element);
  if (!own) {
    own = build(element);
    parts.set(element, own);
  }
  const words = badgeWords(shown, now);
  own.button.className = toneOf(shown);
  own.shape.textContent = lookOf(shown.verdict).shape;
  own.main.textContent = words.main;
  own.when.textContent = words.when;
  mark(own, 0, mismatch === null ? null : 'lệch', 'Ngày hẹn của hệ thống lệch với cách đếm của luật');
  mark(own, 1, letter && `✉ ${letter.text}`, 'Thư xin lỗi');
  setAttribute(own.button, 'aria-label', `${badgeLabel(assessment, now)}${letter ? `. ${letter.text}` : ''}. Vì sao?`);
}
