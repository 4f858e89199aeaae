import { clean } from '../../lib/text/index.ts';
import { meaningOf } from './columns.ts';
import { type Cell, isBlank, type TableRow } from './source.ts';

export interface HeaderPlace {
  /** Index, among the rows looked at, of the header's lower row. */
  at: number;
  /** One label a column, each different; '' for a column without a header. */
  headers: string[];
  /** How many of them are known words. */
  known: number;
}

/** Rows from the top that are looked at: titles, dates and stamps above a header never take more. */
export const HEADER_ROWS = 40;

const isText = (cell: Cell) => typeof cell === 'string';
const LETTER = /\p{L}/u;

function worth(labels: readonly string[]): number {
  const meanings = labels.map((label) => meaningOf(label)?.field ?? null);
  const known = meanings.filter((field) => field !== null).length;
  return known + (meanings.includes('code') ? 3 : 0);
}

/** Two header rows as one: the lower word where there is one, with its group's where it says nothing by itself or is a person's. */
function combined(upper: readonly string[], lower: readonly string[]): string[] {
  let group = '';
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, column) => {
    const above = upper[column] ?? '';
    const below = lower[column] ?? '';
    if (above !== '') group = above;
    if (below === '') return above;
    const alone = meaningOf(below) !== null && meaningOf(group)?.field !== 'private';
    return alone || group === '' ? below : `${group} ${below}`;
  });
}

/** Labels that occur again get a number, so that a choice can name each column. */
function distinct(labels: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return labels.map((label) => {
    if (label === '') return '';
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return count === 1 ? label : `${label} (${count})`;
  });
}

/**
 * Where the header is: the row, or the two rows, with the most known words; else, for a person to map, the first widest row of
 * words. `chosen` is the index that a person named as the lower row. Null when nothing can be a header.
 * @param words text of a cell, in the encoding of the file
 */
export function findHeader(
  given: readonly TableRow[],
  words: (text: string) => string,
  chosen?: number,
): HeaderPlace | null {
  const rows = given.slice(0, Math.max(HEADER_ROWS, (chosen ?? 0) + 1));
  // A cell merged downwards says its word in the upper row; below it would hide that there are two.
  const labels = rows.map(({ cells, filled }) =>
    cells.map((cell, column) =>
      isBlank(cell) || filled?.includes(column) ? '' : clean(words(String(cell))).slice(0, 200),
    ),
  );
  const single = labels.map(worth);
  const place = (at: number, two: boolean): HeaderPlace => {
    const row = labels[at] ?? [];
    const headers = distinct(two ? combined(labels[at - 1] ?? [], row) : row);
    return { at, headers, known: headers.filter((header) => meaningOf(header) !== null).length };
  };
  const double = labels.map((row, at) =>
    at > 0 && (rows[at]?.cells ?? []).every((cell) => isBlank(cell) || isText(cell))
      ? worth(combined(labels[at - 1] ?? [], row))
      : 0,
  );
  const better = (at: number) => (double[at] ?? 0) > Math.max(single[at] ?? 0, single[at - 1] ?? 0);
  if (chosen !== undefined) return labels[chosen] ? place(chosen, better(chosen)) : null;
  let best = -1;
  let score = 1;
  for (const at of labels.keys()) {
    const here = better(at) ? (double[at] ?? 0) : (single[at] ?? 0);
    if (here > score) [best, score] = [at, here];
  }
  if (best >= 0) return place(best, better(best));
  const widths = rows.map(({ cells }) => cells.filter((cell) => isText(cell) && LETTER.test(cell as string)).length);
  const widest = Math.max(0, ...widths);
  return widest === 0
    ? null
    : place(
        widths.findIndex((width) => width >= Math.max(1, widest * 0.8)),
        false,
      );
}
