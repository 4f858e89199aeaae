import type { DossierComponent } from '../schema/index.ts';
import { assign } from './assignment.ts';
import { isBare, type PaperName, paperKey, paperName } from './names.ts';
import { hasFile } from './rows.ts';
import type { CatalogueComponent } from './schema.ts';

/** Words that are in every second name and tell no paper from another. */
const EVERYWHERE = new Set(
  'giay to van ban cua va cac theo mau so ve cho co duoc hoac trong tai voi la do nguoi ban sao chinh goc lieu'.split(
    ' ',
  ),
);
const AT_LEAST_WORDS = 3;

/** Tiers stand so far apart that no two matches of a lower one outweigh one of a higher. */
const TIER = { equal: 1_000_000, partEqual: 100_000, within: 20_000, partWithin: 10_000, words: 2_000 };
const FILE_BONUS = 5;

const padded = (key: string) => ` ${key} `;
/** Does a phrase stand in a longer one, at the borders of words? Names of one word, and names of no paper, prove nothing. */
const stands = (short: string, long: string) =>
  short.includes(' ') && !isBare(short) && padded(long).includes(padded(short));

/** Longest first: the longer what is common, and the less is left over, the better. */
function withinWeight(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (!stands(short, long)) return 0;
  return 10 * Math.min(short.length, 200) + Math.round((500 * short.length) / long.length);
}

/** All telling words of the shorter name stand in the longer, in any order: "giấy tờ, tài liệu chứng minh chỗ ở hợp pháp". */
function wordsWeight(a: string, b: string): number {
  const telling = (key: string) => new Set(key.split(' ').filter((word) => !EVERYWHERE.has(word)));
  const [short, long] = [telling(a), telling(b)].sort((x, y) => x.size - y.size) as [Set<string>, Set<string>];
  if (short.size < AT_LEAST_WORDS || ![...short].every((word) => long.has(word))) return 0;
  return TIER.words + Math.round((1000 * short.size) / long.size);
}

/** A form is filled in, a paper proves something: a name with the other's words in it is about it, and not it. */
function sameSort(row: PaperName, paper: PaperName): boolean {
  return row.form === paper.form || (paper.form && stands(paper.main, row.main));
}

function pairWeight(row: PaperName, paper: PaperName): number {
  if (!sameSort(row, paper)) return 0;
  if (row.whole === paper.whole) return TIER.equal + 2;
  if (row.main === paper.main) return TIER.equal;
  const rowKeys = [row.main, ...row.parts];
  const paperKeys = [paper.main, ...paper.parts];
  const [rowMain, paperMain] = [row.main, paper.main];
  // "Đơn đề nghị" alone is the form of whatever is asked for.
  if (row.form && paper.form && (isBare(rowMain) || isBare(paperMain))) return TIER.within;
  if (rowKeys.some((key) => paperKeys.includes(key) && !isBare(key))) return TIER.partEqual;
  const main = withinWeight(rowMain, paperMain);
  if (main > 0) return TIER.within + main;
  const part = Math.max(...rowKeys.flatMap((key) => paperKeys.map((other) => withinWeight(key, other))));
  return part > 0 ? TIER.partWithin + part : wordsWeight(rowMain, paperMain);
}

const namesOf = ({ name, aliases = [] }: CatalogueComponent) => [name, ...aliases].map(paperName);

/** How well the name of a row fits a paper of the catalogue; 0: not at all. Only comparisons mean anything. */
export function nameWeight(row: string, component: CatalogueComponent): number {
  const name = paperName(row);
  return Math.max(...namesOf(component).map((paper) => pairWeight(name, paper)));
}

/** Is one of the papers that a row's name enumerates ("Tờ khai và Giấy chứng sinh") this one? */
function isJoined(row: PaperName, component: CatalogueComponent): boolean {
  if (row.joined.length < 2) return false;
  return namesOf(component).some(({ main, parts, form }) =>
    row.joined.some((key) => [main, ...parts].includes(key) || (form && isBare(key) && main.startsWith(key))),
  );
}

export interface PaperMatch {
  /** Row of each component of the catalogue, -1 where the page has none. */
  rowOf: number[];
  /** Component of each row, -1 where it has none. */
  componentOf: number[];
  /** What a row without a component of its own names once more; null: no paper of the catalogue. */
  again: (Again | null)[];
  /** Rows whose name covers a component that has another row or none: one scan for several papers, or an alternative. */
  coveredBy: number[][];
}

/** A paper that another row has been taken for already. */
export interface Again {
  component: number;
  /** `same`: by the same name as the other row; `part`: by the name of one of its alternatives; `loose`: only alike. */
  alike: 'same' | 'part' | 'loose';
}

/** Of rows of one name, the one that the page asks for stands for the paper. */
const REQUIRED_RANK = new Map([
  [true, '0'],
  [undefined, '1'],
  [false, '2'],
]);

/**
 * The order of the page says nothing about papers: rows are compared in an order of their own, so that shuffling changes nothing. Rows of
 * one key are the same in all that is judged.
 */
function ownOrder(rows: readonly DossierComponent[]): number[] {
  const keys = rows.map((row) => {
    const { name, state, required, kind, files, ...rest } = row;
    const { main, whole } = paperName(name);
    const told = JSON.stringify([state, kind, files, Object.entries(rest).sort()]);
    return [main, whole, hasFile(row) ? '0' : '1', REQUIRED_RANK.get(required), name, told].join('\n');
  });
  const compared = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return rows.map((_, i) => i).sort((a, b) => compared(keys[a] as string, keys[b] as string));
}

/**
 * Which row of the page is which paper of the catalogue: one to one, of the greatest total weight. Rows that are no papers (headings,
 * notes) must have been left out.
 */
export function matchPapers(rows: readonly DossierComponent[], components: readonly CatalogueComponent[]): PaperMatch {
  const order = ownOrder(rows);
  const weights = components.map((component) =>
    order.map((row) => {
      const weight = nameWeight((rows[row] as DossierComponent).name, component);
      return weight > 0 && hasFile(rows[row] as DossierComponent) ? weight + FILE_BONUS : weight;
    }),
  );
  const rowOf = assign(weights).map((column) => (column < 0 ? -1 : (order[column] as number)));
  const componentOf = rows.map((_, row) => rowOf.indexOf(row));
  const keyAt = (row: number) => paperKey((rows[row] as DossierComponent).name);
  const again = rows.map((_, row): Again | null => {
    if ((componentOf[row] as number) >= 0) return null;
    const column = order.indexOf(row);
    const line = weights.map((weight) => weight[column] as number);
    const weight = Math.max(0, ...line);
    if (weight === 0) return null;
    const component = line.indexOf(weight);
    const same = keyAt(rowOf[component] as number) === keyAt(row);
    return { component, alike: same ? 'same' : weight >= TIER.partEqual ? 'part' : 'loose' };
  });
  const coveredBy = components.map((component, i) =>
    order.filter((row) => {
      if (row === rowOf[i]) return false;
      // A row that has the very name of a paper is that paper, though there may be an "and" in it.
      const own = weights[componentOf[row] as number]?.[order.indexOf(row)] ?? 0;
      if (own >= TIER.equal) return false;
      if (isJoined(paperName((rows[row] as DossierComponent).name), component)) return true;
      return again[row]?.component === i && again[row].alike !== 'loose';
    }),
  );
  return { rowOf, componentOf, again, coveredBy };
}
