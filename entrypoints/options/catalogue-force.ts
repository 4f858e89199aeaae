import {
  type CatalogueFile,
  type CatalogueProcedure,
  mergeCatalogues,
  procedureNumber,
  wordsOf,
} from '../../lib/digitization/index.ts';

/** A procedure that is in force, and the file it comes from. */
export interface Entry {
  procedure: CatalogueProcedure;
  file: CatalogueFile;
  /** Files below whose entry for the same code does not count because of this one; the nearest first. */
  over: readonly CatalogueFile[];
}

/** What is in force of files, the later over the earlier, by code. */
export function inForce(files: readonly CatalogueFile[]): Map<string, Entry> {
  const holders = new Map<string, CatalogueFile[]>();
  for (const file of files)
    for (const { code } of file.procedures) holders.set(code, [file, ...(holders.get(code) ?? [])]);
  const entries = new Map<string, Entry>();
  for (const [code, procedure] of mergeCatalogues(files).byCode) {
    const [file, ...over] = holders.get(code) ?? [];
    if (file) entries.set(code, { procedure, file, over });
  }
  return entries;
}

/** How many procedures a list has, and how far they can be trusted. */
export function tallyOf(procedures: readonly CatalogueProcedure[]) {
  const count = (is: (one: CatalogueProcedure) => boolean) => procedures.filter(is).length;
  return {
    all: procedures.length,
    verified: count(({ confidence }) => confidence === 'verified'),
    general: count(({ confidence }) => confidence === 'general'),
    stale: count(({ stale }) => stale !== undefined),
  };
}

/** `98 thủ tục: 80 đã đối chiếu, 18 theo kiến thức chung; 4 mục có thể đã cũ` */
export function tallyWords(procedures: readonly CatalogueProcedure[]): string {
  const { all, verified, general, stale } = tallyOf(procedures);
  const rest = all - verified - general;
  const parts = [
    verified > 0 ? `${verified} đã đối chiếu` : '',
    general > 0 ? `${general} theo kiến thức chung` : '',
    rest > 0 ? `${rest} không ghi độ tin` : '',
  ].filter(Boolean);
  return [
    `${all} thủ tục${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`,
    stale > 0 ? `${stale} mục có thể đã cũ` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** An entry with its words as they are compared: those of its name, and those of everything in it. */
export interface Searchable extends Entry {
  name: string;
  words: string;
}

/** Entries ready to be searched: worked out once, and not at every key. */
export function searchable(entries: Iterable<Entry>): Searchable[] {
  return [...entries].map((entry) => {
    const { name, field = '', components } = entry.procedure;
    const papers = components.flatMap(({ name: paper, aliases = [] }) => [paper, ...aliases]);
    // A space before every word, so that a query stands at the beginning of one.
    return { ...entry, name: ` ${wordsOf(name)}`, words: ` ${wordsOf([name, field, ...papers].join(' '))}` };
  });
}

/** What a query means: the number of a procedure (whole, or as far as it is typed), words, or too little to look for. */
export type Query = { kind: 'none' } | { kind: 'code'; code: string } | { kind: 'words'; words: string[] };

const LEAST = 2;

/** Reads what is typed into the search box; a code may carry the tail of a unit (`2.000815.000.00.00.H29`). */
export function readQuery(text: string): Query {
  const bare = text.trim();
  const code = procedureNumber(bare);
  if (code !== null) return { kind: 'code', code };
  if (/^\d\.\d*$/.test(bare)) return { kind: 'code', code: bare };
  const words = wordsOf(bare);
  return words.length < LEAST ? { kind: 'none' } : { kind: 'words', words: words.split(' ') };
}

/** Entries that a query finds, what has the words in its name first, and as they were typed before scattered; then in the order of the codes. */
export function search(entries: readonly Searchable[], query: Query): Searchable[] {
  const byCode = (a: Searchable, b: Searchable) => a.procedure.code.localeCompare(b.procedure.code);
  if (query.kind === 'none') return [];
  if (query.kind === 'code')
    return entries.filter(({ procedure }) => procedure.code.startsWith(query.code)).sort(byCode);
  const phrase = ` ${query.words.join(' ')}`;
  // The last word may not be finished yet.
  const parts = query.words.map((word, i) => (i === query.words.length - 1 ? ` ${word}` : ` ${word} `));
  const all = (text: string) => parts.every((part) => text.includes(part));
  const rank = ({ name, words }: Searchable) =>
    name.includes(phrase) ? 0 : all(name) ? 1 : `${words} `.includes(`${phrase} `) ? 2 : 3;
  return entries.filter(({ words }) => all(words)).sort((a, b) => rank(a) - rank(b) || byCode(a, b));
}
