import { statusOf } from '../../lib/dossier/index.ts';
import { fold } from '../../lib/text/index.ts';
import data from './data/values.json' with { type: 'json' };

/** What single cells say, once their column is known. */

const folded = (list: readonly string[]) => new Set(list.map(fold));
export const totals = folded(data.totals);
export const footers = [...folded(data.footers)];
const noValue = folded(data.noValue);
export const cellErrors = folded(data.cellErrors);
const yes = folded(data.yes);
const no = folded(data.no);
const statusWords = new Map(Object.entries(data.statusWords));

/** A sign that programs put before text so that a spreadsheet leaves it alone: `'000.1`, `="000.1"`. */
export const bare = (text: string) => /^="(.*)"$/.exec(text)?.[1] ?? text.replace(/^'(?=\S)/, '');

/** A text of its own: a slice would keep the whole piece of the file alive that it was cut from. */
export const own = (text: string) => ` ${text}`.slice(1);

/** One text for all rows that say the same. */
export class Pool {
  readonly #known = new Map<string, string>();
  of(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const kept = own(text);
    if (this.#known.size < 20_000) this.#known.set(kept, kept);
    return kept;
  }
}

/** Does a text say that there is nothing? Most texts are told apart without folding them. */
export function isNothing(text: string): boolean {
  return text === '' || (text.length < 40 && !/\d/.test(text) && noValue.has(fold(text)));
}

interface Status {
  status?: number;
  text?: string;
}

/** Statuses by what stands in the two columns; a file says the same few things over and over. */
export class Statuses {
  readonly #known = new Map<string, Status>();

  of(code: string, words: string): Status {
    const key = `${code}\n${words}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = statusIn(code, words);
    if (this.#known.size < 2000) this.#known.set(own(key), found);
    return found;
  }
}

function statusIn(code: string, words: string): Status {
  const spoken = [words, code].filter((text) => !isNothing(text) && !/^\d+$/.test(text));
  const text = spoken[0] === undefined ? {} : { text: own(spoken[0].slice(0, 200)) };
  if (/^\d{1,3}$/.test(code)) {
    const number = Number(code);
    return { status: number >= 1 && number <= 10 ? number : 0, ...text };
  }
  // The column of codes goes first; its words, when it holds words, are of the same scale.
  for (const said of spoken.reverse()) {
    const known = statusOf(said);
    const status = known === 'unknown' ? statusWords.get(fold(said)) : known;
    if (status !== undefined) return { status, ...text };
  }
  return spoken.length === 0 ? {} : { status: 0, ...text };
}

/** Is there a result file? Undefined: the text says neither. */
export function resultOf(text: string): boolean | undefined {
  const key = fold(text);
  if (key === '' || no.has(key)) return false;
  if (yes.has(key) || /^\d+$/.test(key)) return true;
  // The name or the address of a file, or several of them.
  return /\.[a-z0-9]{2,5}(\b|$)|:\/\//i.test(text) ? true : undefined;
}
