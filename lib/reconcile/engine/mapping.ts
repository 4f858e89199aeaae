/** Which column of a delimited file tells what; columns are numbered from 0. */
export interface ColumnMapping {
  delimiter: ',' | ';' | '\t';
  /** Rows before the first dossier. */
  headerRows: number;
  /** Columns of every row; a row with another number is unreadable. */
  columns: number;
  code: number;
  /** Second codes of the same dossier; one cell may hold several, separated by `;`, `,` or `|`. */
  aliases?: readonly number[];
  procedure?: number;
  status?: number;
  receivedAt?: number;
  dueAt?: number;
  finishedAt?: number;
  result?: number;
  /** Not compared here, only read again for a dossier that differs. */
  unit?: number;
  /** Taken where a row has no `unit`. */
  unitName?: number;
  statusText?: number;
  updatedAt?: number;
  /** Words of this source → national status 1–10; without case, NFC. Numbers need no entry. */
  statuses?: Readonly<Record<string, number>>;
  /** The source writes local time with a `Z` behind it. */
  falseZ?: boolean;
}

/** What the parser does with a column. */
export const KIND = {
  skip: 0,
  code: 1,
  alias: 2,
  procedure: 3,
  status: 4,
  received: 5,
  due: 6,
  finish: 7,
  result: 8,
} as const;

/** Kind of each column. @throws RangeError when the mapping contradicts itself. */
export function kindsOf(mapping: ColumnMapping): Uint8Array {
  const kinds = new Uint8Array(mapping.columns);
  const set = (column: number | undefined, kind: number) => {
    if (column === undefined) return;
    if (!(column >= 0 && column < mapping.columns)) throw new RangeError(`column ${column} of ${mapping.columns}`);
    if (kinds[column] !== KIND.skip) throw new RangeError(`column ${column} is mapped twice`);
    kinds[column] = kind;
  };
  set(mapping.code, KIND.code);
  for (const column of mapping.aliases ?? []) set(column, KIND.alias);
  set(mapping.procedure, KIND.procedure);
  set(mapping.status, KIND.status);
  set(mapping.receivedAt, KIND.received);
  set(mapping.dueAt, KIND.due);
  set(mapping.finishedAt, KIND.finish);
  set(mapping.result, KIND.result);
  return kinds;
}

const YES = new Set(['1', 'true', 'yes', 'y', 'x', 'có', 'co', 'rồi', 'đã có']);
const NO = new Set(['0', 'false', 'no', 'n', 'không', 'khong', 'chưa', 'chưa có']);

const plain = (text: string) => text.normalize('NFC').trim().toLowerCase();

/** Is there a result? Undefined: the text says neither. */
export function resultOf(text: string): boolean | undefined {
  const word = plain(text);
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}

/** National status of a text: 1–10, undefined for an empty text, 0 for one that is in no table. */
export function statusReader(mapping: ColumnMapping): (text: string) => number | undefined {
  const words = new Map(Object.entries(mapping.statuses ?? {}).map(([text, status]) => [plain(text), status]));
  return (text) => {
    const word = plain(text);
    if (word === '') return undefined;
    const known = words.get(word);
    if (known !== undefined) return known;
    return /^0?[1-9]$|^10$/.test(word) ? Number(word) : 0;
  };
}
