import type { DossierComponent } from '../schema/index.ts';
import data from './data/rows.json' with { type: 'json' };
import { wordsOf } from './names.ts';

/** What a row of a page's table of papers is. Adapters leave out what they can tell; a saved record may still have it. */
export type RowRole = 'paper' | 'heading' | 'note' | 'add-row';

const headings = new Set(data.headings.map(wordsOf));
const adders = new Set(data.adders.map(wordsOf));
const notes = data.notes.map(wordsOf);
const conditional = new RegExp(`\\b(?:${data.conditional.map(wordsOf).join('|')})\\b`);
/** Folded, nếu (if) and nêu (to state) are one word. */
const conditionalExact = new RegExp(`(?<!\\p{L})(?:${data.conditionalExact.join('|')})(?!\\p{L})`, 'iu');
const kinds = (list: readonly string[]) => new RegExp(`^(?:${list.map(wordsOf).join('|')})\\b`);
const shown = kinds(data.shown);
const electronic = kinds(data.data);

const NUMBER = /^(?:[ivx]{1,4}|[0-9]{1,2}|[a-d])\s+/;
/** "0 bản chính", "Bản chính: 0, bản sao: 0": none of any kind. */
const COUNTS = /\d+/g;

/** A file is there, or the source says that the paper is (digitized, reused). */
export function hasFile({ files, state }: DossierComponent): boolean {
  return files.length > 0 || state === 'present' || state === 'digitized' || state === 'reused';
}

function asksForNothing({ quantity, kind = '' }: DossierComponent): boolean {
  if (quantity === 0) return true;
  const counts = wordsOf(kind).match(COUNTS);
  return counts !== null && /\bban (?:chinh|sao|goc)\b/.test(wordsOf(kind)) && counts.every((n) => Number(n) === 0);
}

/** What a row is. A row with a file is always a paper, whatever it is called: nothing that was handed in may vanish. */
export function roleOf(row: DossierComponent): RowRole {
  if (hasFile(row)) return 'paper';
  const words = wordsOf(row.name);
  const bare = words.replace(NUMBER, '');
  if (adders.has(words)) return 'add-row';
  if (headings.has(words) || headings.has(bare) || /:\s*$/.test(row.name)) return 'heading';
  if (asksForNothing(row) || notes.some((note) => words.startsWith(note))) return 'note';
  return 'paper';
}

/** The name says that the paper is needed only in some cases ("nếu có", "đối với người nước ngoài"). */
export const isConditional = (name: string): boolean =>
  conditional.test(wordsOf(name)) || conditionalExact.test(name.normalize('NFC'));

/** Looked at and handed back: there is no file that could be missing. */
export const isShown = ({ name, kind = '' }: DossierComponent): boolean =>
  shown.test(wordsOf(kind)) || shown.test(wordsOf(name));

/** A form filled in on the portal, or data: no paper. */
export const isData = ({ name, kind = '' }: DossierComponent): boolean =>
  electronic.test(wordsOf(kind)) || electronic.test(wordsOf(name));

/** Name as an officer knows it, without the host's marks: "Giấy chứng sinh (*)". */
export const shownName = (name: string): string => name.replace(/\s*(?:\(\s*\*\s*\)|\*)\s*$/, '').trim() || name;
