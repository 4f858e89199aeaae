import { indexOfAscii } from '../kind.ts';
import { isStream, type PdfDocument } from './document.ts';
import { type Dict, isDict, Ref, type Value } from './lex.ts';

/** What in a file acts by itself, or rides along. */
export interface ActiveContent {
  javascript: boolean;
  launch: boolean;
  attachments: number;
  /** Not everything was searched. */
  unsure: boolean;
}

/** Trees that only repeat what is reached otherwise, and can be larger than all the rest. */
const SKIPPED = new Set([
  'Parent',
  'StructTreeRoot',
  'StructParents',
  'P',
  'Pg',
  'Font',
  'ColorSpace',
  'Shading',
  'Pattern',
]);

function look(doc: PdfDocument, dict: Dict, found: ActiveContent): void {
  const action = doc.name(dict.get('S'));
  if (action === 'JavaScript' || (dict.has('JS') && action !== undefined)) found.javascript = true;
  if (action === 'Launch') found.launch = true;
  if (isDict(dict.get('EF')) || dict.get('EF') instanceof Ref) found.attachments++;
}

/** Follows everything that hangs from the catalogue, each object once, up to the limit of the budget. */
export function activeContent(doc: PdfDocument): ActiveContent {
  const found: ActiveContent = { javascript: false, launch: false, attachments: 0, unsure: false };
  const seen = new Set<number>();
  const queue: Value[] = [doc.root];
  let visited = 0;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (++visited % 1024 === 0) doc.budget.check();
    if (visited > doc.budget.limits.objects) return { ...found, unsure: true };
    let value: Value = next;
    if (next instanceof Ref) {
      if (seen.has(next.num)) continue;
      seen.add(next.num);
      const object = doc.object(next.num);
      value = isStream(object) ? object.dict : object;
    }
    if (Array.isArray(value)) {
      for (const one of value) if (typeof one === 'object' && one !== null) queue.push(one);
    } else if (isDict(value)) {
      look(doc, value, found);
      for (const [key, one] of value) {
        if (!SKIPPED.has(key) && (one instanceof Ref || isDict(one) || Array.isArray(one))) queue.push(one);
      }
    }
  }
  return found;
}

/** The claim in a file's metadata to be PDF/A; null without one. It is only a claim. */
export function pdfAClaim(xmp: Uint8Array): { part: string; conformance: string } | null {
  if (indexOfAscii(xmp, 'pdfaid') < 0) return null;
  const text = new TextDecoder().decode(xmp);
  const read = (name: string) => new RegExp(`pdfaid:${name}\\s*(?:=\\s*["']|>\\s*)(\\w{1,3})`).exec(text)?.[1] ?? '';
  const part = read('part');
  return part === '' ? null : { part, conformance: read('conformance').toUpperCase() };
}
