import { fold } from '../text/index.ts';
import data from './catalogue/names.json' with { type: 'json' };

/**
 * Names of papers as they are compared. One paper has many names and spellings; two papers may differ by one word. Everything here
 * works on folded words, so hòa/hoà, ủy/uỷ and hằng/hàng are the same already; what is left is said in `catalogue/names.json`.
 */

/** A last y after a consonant is written i as well: kỹ/kĩ, lý/li, công ty/công ti. */
const Y = /\b([bcdghklmnpqrstvx]+)y\b/g;

/** Folded words, punctuation as spaces, y as i. */
export function wordsOf(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(Y, '$1i')
    .trim();
}

/** A function that replaces whole phrases, the longest first. */
function replacer(pairs: readonly (readonly [from: string, to: string])[]): (words: string) => string {
  const to = new Map(pairs.map(([from, name]) => [wordsOf(from), wordsOf(name)]));
  const phrases = [...to.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`\\b(?:${phrases.join('|')})\\b`, 'g');
  return (words) => words.replace(pattern, (phrase) => to.get(phrase) ?? phrase);
}

const FORM = wordsOf(data.forms.name);
const unabbreviated = replacer(data.short as [string, string][]);
const shortNames = new Set(data.short.map(([from]) => wordsOf(from as string)));
/** Abbreviations may stand within a name that is replaced as a whole, so the table is read in both forms. */
const canonical = replacer(
  data.papers.flatMap(({ name, also }) =>
    [name, ...also].flatMap((one) => [
      [one, name] as const,
      ...([...shortNames].some((short) => wordsOf(one).includes(short))
        ? [[unabbreviated(wordsOf(one)), name] as const]
        : []),
    ]),
  ),
);
const wholeNames = new Map(
  data.papers.flatMap(({ name, whole = [] }: { name: string; whole?: string[] }) =>
    whole.map((one) => [wordsOf(one), wordsOf(name)] as const),
  ),
);
const phrase = (list: readonly string[]) =>
  list
    .map(wordsOf)
    .sort((a, b) => b.length - a.length)
    .join('|');
const FORMS = new RegExp(`^(?:${phrase([data.forms.name, ...data.forms.also])})\\b`);
const COPIES = new RegExp(`^(?:(?:${phrase(data.copies)}) )+(?=\\w+ \\w)`);
const TAILS = new RegExp(`(?: (?:${phrase(data.tails)}|mau(?: so)? [0-9]\\w*))+$`);
const bare = new Set([...data.bare, data.forms.name, ...data.forms.also].map(wordsOf));

/** Bullets and numbers in front of a name: "- ", "+ ", "1.", "a)", "IV.". */
const NUMBERING = /^\s*(?:[-+*•–·]+|(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivx]{1,4})[.)])\s*/i;

function bareName(text: string): string {
  let name = text.normalize('NFC');
  for (let rest = name.replace(NUMBERING, ''); rest !== name && rest !== ''; rest = name.replace(NUMBERING, ''))
    name = rest;
  return name;
}

function keyOf(text: string): string {
  const words = unabbreviated(wordsOf(text)).replace(COPIES, '').replace(TAILS, '').replace(FORMS, FORM);
  return wholeNames.get(words) ?? canonical(words);
}

/** The name of a paper for comparison: "- Bản sao Trích lục khai tử (*)" and "GIẤY CHỨNG TỬ" meet here. */
export function paperKey(name: string): string {
  return keyOf(bareName(name));
}

/** What a name says: its whole, and the papers that may stand for it. */
export interface PaperName {
  /** Everything, what is in brackets too. */
  whole: string;
  /** Without what is in brackets or behind a colon; no double of `whole`. */
  main: string;
  /** Each of the alternatives ("A hoặc B", "A/B") and of the examples in brackets. */
  parts: string[];
  /** The parts of an enumeration ("A và B", "A; B"): one row, and perhaps one scan, for several papers. */
  joined: string[];
  /** A form to be filled in (tờ khai, đơn, giấy đề nghị): never the same as a paper that proves something. */
  form: boolean;
}

const BRACKETS = /\(([^()]*)\)/g;
const ALTERNATIVES = /\s*[/;,]\s*|\s+hoặc\s+/i;
const ENUMERATION = /\s*[+;,&]\s*|\s+(?:và|kèm(?:\s+theo)?|cùng(?:\s+với)?)\s+/i;

export const isBare = (key: string): boolean => bare.has(key);
const isPhrase = (key: string) => key.includes(' ') && !bare.has(key);
const once = (keys: readonly string[]) => [...new Set(keys)];

const memo = new Map<string, PaperName>();

/** A name taken apart; remembered, because each name is compared with many. */
export function paperName(text: string): PaperName {
  const known = memo.get(text);
  if (known !== undefined) return known;
  const name = bareName(text);
  const outside = name.replace(BRACKETS, ' ');
  const [head = '', ...tail] = outside.split(':');
  const inside = [...name.matchAll(BRACKETS)].map(([, words = '']) => words);
  const whole = keyOf(name);
  const main = keyOf(head) || whole;
  const pieces = [
    head.split(/\s*\/\s*|\s+hoặc\s+/i),
    ...[...inside, ...tail].map((words) => words.split(ALTERNATIVES)),
  ];
  const parts = once(pieces.flat().map(keyOf)).filter((key) => isPhrase(key) && key !== main && key !== whole);
  const joined = once(outside.split(ENUMERATION).map(keyOf)).filter((key) => key !== '' && key !== main);
  const result = { whole, main, parts, joined, form: main === FORM || main.startsWith(`${FORM} `) };
  // Names come from the page: a hostile one must not make this grow.
  if (memo.size > 3000) memo.clear();
  memo.set(text, result);
  return result;
}
