import { linesOf, textOf } from './cells.ts';
import data from './data/recipient.json' with { type: 'json' };
import {
  isCut,
  isLabelText,
  type Meaning,
  meaningOf,
  type Part,
  personText,
  type Role,
  sectionOfHeading,
  splitLabelled,
} from './people.ts';

/** One thing that a page says of a person. `role` is null until what is around it has told whose it is. */
export interface Fact {
  role: Role | null;
  part: Part;
  value: string;
  /** The greater wins; then the first on the page. */
  strength: number;
}

interface PlacedFact extends Fact {
  at: Element;
}

const STRENGTH = { field: 5, label: 4, section: 3, weak: 3, foreign: 1 };

/** Beyond these a label has no more to do with what comes next: the value of a cell is the next cell. */
const CELL = /^(?:td|th|dt|dd|li|tr|mat-cell)$/;
const INLINE = /^(?:b|strong|i|em|u|font|mark|small|bdi|wbr)$/;
const ICONS = 'mat-icon, i, svg, sup, img, button';
const CONTROLS =
  'input:not([type]), input[type="text"], input[type="tel"], input[type="search"], input[type=""], textarea';
const CLIMB_AT_MOST = 4;

interface Value {
  lines: string[];
  /** Its full text, where the host keeps that beside a shortened one. */
  title?: string | null;
}

/** The text boxes of forms are read as they stand now, not as they were delivered. */
function valueOfControl(control: Element): Value | null {
  const { name, value } = control as HTMLInputElement;
  return /^data\[/.test(name) ? null : { lines: [value] };
}

function valueOfElement(element: Element): Value | null {
  const controls = element.matches(CONTROLS) ? [element] : [...element.querySelectorAll(CONTROLS)];
  if (controls[0]) return controls.length === 1 ? valueOfControl(controls[0]) : null;
  const lines = linesOf(element);
  // A block of several texts is a section below its title; a cell may say more of the same person.
  const several = lines.length > 1 || [...element.children].filter((child) => textOf(child) !== '').length > 1;
  if (several && !CELL.test(element.localName)) return null;
  const titled = element.matches('[title]') ? element : element.querySelector('[title]');
  return { lines, title: titled?.getAttribute('title') ?? null };
}

/** What stands behind a node within its parent: undefined when nothing does, null when it is no value. */
function runAfter(node: Node): Value | null | undefined {
  let text = '';
  for (let next = node.nextSibling; next !== null; next = next.nextSibling) {
    if (next.nodeType === 3) {
      text += next.nodeValue ?? '';
      continue;
    }
    if (next.nodeType !== 1) continue;
    const element = next as Element;
    const begun = text.replace(/^[\s:]+/, '') !== '';
    if (element.localName === 'br') break;
    if (begun) {
      if (!INLINE.test(element.localName)) break;
      text += element.textContent ?? '';
    } else if (!element.matches(ICONS) && !/^\s*[:*]\s*$/.test(element.textContent ?? '')) {
      return valueOfElement(element);
    }
  }
  text = text.replace(/^[\s:]+/, '');
  return text.trim() === '' ? undefined : { lines: [text] };
}

/** The value of a label: the control it is for, what follows it, or what follows the elements that hold nothing else. */
function valueAfter(label: Node, parent: Element, root: Element): Value | null {
  const own = parent.closest('label');
  if (own !== null) {
    const id = own.getAttribute('for');
    const control = id ? own.ownerDocument.getElementById(id) : own.querySelector(CONTROLS);
    if (control?.matches(CONTROLS)) return valueOfControl(control);
  }
  const words = textOf(parent);
  let node: Node = label;
  let around: Element | null = parent;
  for (let level = 0; around !== null && level < CLIMB_AT_MOST; level += 1) {
    const found = runAfter(node);
    if (found !== undefined) return found;
    if (around === root || CELL.test((node as Element).localName ?? '') || textOf(around) !== words) return null;
    node = around;
    around = around.parentElement;
  }
  return null;
}

function textOfPart({ lines, title }: Value, part: Part): string | undefined {
  const end = lines.findIndex((line) => splitLabelled(line).length > 0);
  const own = end === -1 ? lines : lines.slice(0, end);
  const text = part === 'address' ? own.join(' ') : (own[0] ?? '');
  return personText(isCut(text) && title ? title : text);
}

/** Headings name the block that they stand before; a wrapper around nothing but a heading is one, a row of one cell too. */
function headingOf(element: Element): string | null {
  const text = textOf(element);
  if (text === '' || text.length > 80 || /:\s*\S/.test(text)) return null;
  if (element.matches(data.headings)) return text;
  const inner = element.querySelector(data.headings);
  if (inner !== null) return textOf(inner) === text ? text : null;
  if (element.localName === 'tr') return element.childElementCount === 1 ? text : null;
  return /^(?:[\dIVX]+\.?\s+)?thông tin\s/iu.test(text) ? text : null;
}

/** Whose block an element stands in, by the nearest heading before it. */
function sectionOf(element: Element, root: Element): Role | 'plain' | 'foreign' {
  for (let node: Element | null = element; node !== null && node !== root; node = node.parentElement) {
    for (let before = node.previousElementSibling; before !== null; before = before.previousElementSibling) {
      const heading = headingOf(before);
      if (heading === null) continue;
      const section = sectionOfHeading(heading);
      // The title of the page, or the office's name, closes nothing.
      if (section !== 'foreign' || !before.matches('h1')) return section;
    }
  }
  return 'plain';
}

/** The label that a text is the value of: a person's, somebody else's, or none. */
function labelAbove(element: Element, root: Element): Meaning | 'other' | null {
  let node: Element | null = element;
  for (let level = 0; node !== null && node !== root && level < CLIMB_AT_MOST; level += 1) {
    const before = node.previousElementSibling;
    const text = before === null || before.localName === 'br' ? '' : textOf(before);
    if (text !== '' && isLabelText(text)) return meaningOf(text) ?? 'other';
    if (CELL.test(node.localName)) return null;
    node = node.parentElement;
  }
  return null;
}

/** A fact at a label, by what the label says and whose block it stands in. */
function placed(meaning: Meaning, value: string | undefined, at: Element, root: Element): PlacedFact[] {
  if (value === undefined) return [];
  const { role, part, weak } = meaning;
  const section = sectionOf(at, root);
  const base = { part, value, at };
  if (role !== null) {
    const strength = section === 'foreign' ? STRENGTH.foreign : weak ? STRENGTH.weak : STRENGTH.label;
    return [{ ...base, role, strength }];
  }
  if (section === 'foreign') return [];
  if (section === 'plain')
    return [{ ...base, role: part === 'organisation' ? 'owner' : null, strength: STRENGTH.section }];
  return [{ ...base, role: section, strength: STRENGTH.section }];
}

/** Labels of a text that says them itself: "Chủ hồ sơ: A". What stands under another's label may be anybody's words. */
function spoken(text: string, at: Element, root: Element): PlacedFact[] {
  const found = splitLabelled(text);
  if (found.length === 0) return [];
  const above = labelAbove(at, root);
  if (above === 'other') return [];
  return found.flatMap(({ meaning, value }) => {
    if (above === null) return placed(meaning, personText(value), at, root);
    const own = meaning.role === null && meaning.part !== 'name' && meaning.part !== 'organisation';
    return own ? placed({ ...meaning, role: above.role }, personText(value), at, root) : [];
  });
}

const FORM_FIELDS = data.formFields as { key: string; role: Role; part: Part }[];

/** Fields of Form.io forms by their keys, which say whose they are. A ticked box says that both are one person. */
function formFacts(root: Element, isOut: (element: Element) => boolean): PlacedFact[] {
  const boxes = [...root.querySelectorAll<HTMLInputElement>('input[name^="data["], textarea[name^="data["]')];
  const facts: PlacedFact[] = [];
  const keyed = (key: string) => boxes.find((box) => box.name === `data[${key}]` && !isOut(box));
  const same = data.sameTick.some((key) => keyed(key)?.checked === true);
  for (const { key, role, part } of FORM_FIELDS) {
    const box = keyed(key);
    const value = box && personText(box.value);
    if (!box || value === undefined) continue;
    facts.push({ role, part, value, at: box, strength: STRENGTH.field });
    if (same && role === 'submitter') facts.push({ role: 'owner', part, value, at: box, strength: STRENGTH.field - 1 });
  }
  return facts;
}

/** The person of a fact that does not say whose it is: the only one named in the smallest block around it that names any. */
function whose(fact: PlacedFact, named: readonly PlacedFact[], root: Element): Role | null {
  for (let node: Element | null = fact.at; node !== null; node = node.parentElement) {
    const around: Element = node;
    const inside = named.filter(({ at }) => around.contains(at));
    const people = new Set(inside.map(({ value }) => value.toLocaleLowerCase('vi')));
    if (people.size > 0) return people.size === 1 ? (inside.find(({ role }) => role !== null)?.role ?? null) : null;
    if (around === root) return null;
  }
  return null;
}

/**
 * What the page says of persons below `root`; a fact that could be of two persons is left with no role. Nothing is kept.
 */
export function factsBelow(root: Element): Fact[] {
  const isOut = (element: Element) => {
    const outside = element.closest(data.outside);
    return outside !== null && outside !== root && root.contains(outside);
  };
  const facts = formFacts(root, isOut);
  const texts = root.ownerDocument.createTreeWalker(root, 4);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const text = (node.nodeValue ?? '').trim();
    const parent = node.parentElement;
    if (text.length < 2 || text.length > 1000 || parent === null || isOut(parent)) continue;
    const meaning = meaningOf(text);
    if (meaning === null) facts.push(...spoken(text, parent, root));
    else if (!parent.closest(data.headings)) {
      const value = valueAfter(node, parent, root);
      if (value !== null) facts.push(...placed(meaning, textOfPart(value, meaning.part), parent, root));
    }
  }
  const named = facts.filter(({ part }) => part === 'name' || part === 'organisation');
  return facts.map(({ at, ...fact }) => {
    const open = fact.role === null && fact.part !== 'name';
    return open ? { ...fact, role: whose({ at, ...fact }, named, root) } : fact;
  });
}
