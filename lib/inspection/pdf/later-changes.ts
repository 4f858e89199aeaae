import { Stop } from '../budget.ts';
import type { LaterChange } from '../facts.ts';
import { isStream, PdfDocument } from './document.ts';
import { type Dict, isDict, Name, PdfString, Ref, type Value } from './lex.ts';
import { type PdfPage, pagesOf } from './pages.ts';

/** What was added to a file after one of its signatures, by comparing both states of it object by object. */

const MAX_PAGES = 5000;
/** What signing and time-stamping change in the catalogue by right. */
const SIGNING_KEYS = new Set(['AcroForm', 'DSS', 'Extensions', 'Pages', 'Perms', 'Version', 'Metadata']);
const LOOKS = ['Contents', 'Resources', 'MediaBox', 'CropBox', 'Rotate', 'UserUnit'];

function same(a: Value | undefined, b: Value | undefined, depth = 0): boolean {
  if (a === b) return true;
  if (depth > 50) return false;
  if (a instanceof Ref && b instanceof Ref) return a.num === b.num;
  if (a instanceof Name && b instanceof Name) return a.value === b.value;
  if (a instanceof PdfString && b instanceof PdfString)
    return a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i]);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => same(one, b[i], depth + 1));
  if (isDict(a) && isDict(b))
    return a.size === b.size && [...a].every(([key, one]) => same(one, b.get(key), depth + 1));
  return false;
}

class Comparison {
  readonly changes = new Set<LaterChange>();
  readonly #before: PdfDocument;
  readonly #after: PdfDocument;
  readonly #changed = new Set<number>();
  readonly #seen = new Set<number>();

  constructor(before: PdfDocument, after: PdfDocument) {
    this.#before = before;
    this.#after = after;
    for (const [num, entry] of after.entries) {
      const old = before.entries.get(num);
      if (old?.type !== entry.type || old.offset !== entry.offset) this.#changed.add(num);
    }
    // An object that was packed anew in a container under the same number.
    for (const [num, entry] of after.entries) {
      if (entry.type === 2 && this.#changed.has(entry.offset)) this.#changed.add(num);
    }
  }

  run(): void {
    const [old, now] = [pagesOf(this.#before), pagesOf(this.#after)];
    if (old.length !== now.length || old.length > MAX_PAGES)
      this.changes.add(old.length === now.length ? 'unknown' : 'pages');
    else for (const [i, page] of old.entries()) this.#page(page, now[i] as PdfPage);
    this.#catalogue(this.#before.root, this.#after.root);
    if (this.changes.size === 0) this.changes.add('other');
  }

  #page(old: PdfPage, now: PdfPage): void {
    const looks = (page: PdfPage) => LOOKS.map((key) => page.dict.get(key));
    const inherited = same(old.resources, now.resources) && same(old.box, now.box) && same(old.rotate, now.rotate);
    if (old.num !== now.num || !inherited || !looks(old).every((one, i) => same(one, looks(now)[i]))) {
      this.changes.add('pages');
      return;
    }
    if (this.#touches([old.dict.get('Contents') ?? null, old.resources])) this.changes.add('pages');
    this.#annotations(old, now);
  }

  /** Does anything reachable from these values differ? */
  #touches(start: readonly Value[]): boolean {
    const stack = [...start];
    for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
      if (value instanceof Ref) {
        if (this.#changed.has(value.num)) return true;
        if (this.#seen.has(value.num)) continue;
        this.#seen.add(value.num);
        if (this.#seen.size > this.#after.budget.limits.objects) throw new Stop('too-complex');
        const object = this.#before.object(value.num);
        value = isStream(object) ? object.dict : object;
      }
      if (Array.isArray(value)) stack.push(...value);
      else if (isDict(value)) for (const [key, one] of value) if (key !== 'Parent') stack.push(one);
    }
    return false;
  }

  #annotations(old: PdfPage, now: PdfPage): void {
    const key = (value: Value) => (value instanceof Ref ? value.num : -1);
    const before = new Set(this.#before.array(old.dict.get('Annots')).map(key));
    const list = this.#after.array(now.dict.get('Annots'));
    const after = new Set(list.map(key));
    for (const num of before) if (!after.has(num)) this.changes.add('annotations');
    for (const one of list) {
      const num = key(one);
      if (num < 0 || (before.has(num) && !this.#changed.has(num))) continue;
      this.#annotation(this.#after.dict(one));
    }
  }

  #annotation(annotation: Dict | undefined): void {
    if (!annotation) return;
    const widget = this.#after.name(annotation.get('Subtype')) === 'Widget';
    const parent = this.#after.dict(annotation.get('Parent'));
    const type = this.#after.name(annotation.get('FT') ?? parent?.get('FT'));
    this.changes.add(widget ? (type === 'Sig' ? 'signature' : 'forms') : 'annotations');
  }

  #catalogue(old: Dict, now: Dict): void {
    if (!same(old.get('DSS'), now.get('DSS')) || this.#touches([now.get('DSS') ?? null]))
      this.changes.add('validation-data');
    for (const key of new Set([...old.keys(), ...now.keys()])) {
      if (!SIGNING_KEYS.has(key) && !same(old.get(key), now.get(key))) this.changes.add('other');
    }
  }
}

/**
 * What the bytes from `end` on do to a document that was signed up to there. Never more certain than it can be: a change that fits no
 * known kind is `other`, a state that cannot be read is `unknown`.
 */
export function laterChanges(doc: PdfDocument, end: number): LaterChange[] {
  try {
    const comparison = new Comparison(new PdfDocument(doc.bytes.subarray(0, end), doc.budget), doc);
    comparison.run();
    return [...comparison.changes];
  } catch (error) {
    if (error instanceof Stop && (error.why === 'time' || error.why === 'aborted')) throw error;
    return ['unknown'];
  }
}
