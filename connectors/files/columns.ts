import { isKnownCode } from '../../lib/dossier/index.ts';
import desk from '../../lib/page/data/headers.json' with { type: 'json' };
import { fold } from '../../lib/text/index.ts';
import data from './data/columns.json' with { type: 'json' };
import { type Cell, isBlank } from './source.ts';

/** What a column can be read for. `unitName` is taken where there is no `unit`; `statusText` where `status` tells nothing. */
export const COLUMN_FIELDS = [
  'code',
  'alias',
  'procedure',
  'unit',
  'unitName',
  'status',
  'statusText',
  'receivedAt',
  'dueAt',
  'finishedAt',
  'hasResult',
  'updatedAt',
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];
export const DATE_FIELDS = ['receivedAt', 'dueAt', 'finishedAt', 'updatedAt'] as const satisfies readonly ColumnField[];
export const isDateField = (field: ColumnField): field is (typeof DATE_FIELDS)[number] =>
  (DATE_FIELDS as readonly string[]).includes(field);

export const fieldWords: Record<ColumnField, string> = {
  code: 'Mã hồ sơ',
  alias: 'Mã khác của hồ sơ (mã quốc gia…)',
  procedure: 'Mã thủ tục hành chính',
  unit: 'Mã đơn vị',
  unitName: 'Tên đơn vị',
  status: 'Trạng thái (mã hoặc chữ)',
  statusText: 'Trạng thái (chữ)',
  receivedAt: 'Ngày tiếp nhận',
  dueAt: 'Ngày hẹn trả',
  finishedAt: 'Ngày kết thúc xử lý',
  hasResult: 'Có kết quả điện tử',
  updatedAt: 'Ngày cập nhật hoặc đồng bộ',
};

/** What a header says: a field, a person (never read), something known that is not compared, or nothing that is known. */
export type HeaderMeaning = ColumnField | 'private' | 'unused' | null;

/** A header without case, accents, blanks and signs. */
export const keyOf = (text: string) => fold(text).replace(/[^a-z0-9]/g, '');
/** The same with single blanks, for words inside a longer header. */
const wordsOf = (text: string) =>
  ` ${fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

interface Meaning {
  field: Exclude<HeaderMeaning, null>;
  /** 5 whole header that says it best, 4 whole header, 3 words within it, 2 whole but weak, 1 weak words within. */
  score: number;
}

const exact = new Map<string, Meaning>();
const inside: { words: string; meaning: Meaning }[] = [];
const add = (words: string, meaning: Meaning) => {
  const key = keyOf(words);
  if (key === '') return;
  if ((exact.get(key)?.score ?? 0) < meaning.score) exact.set(key, meaning);
};

for (const [field, lists] of Object.entries(data.fields)) {
  for (const words of 'first' in lists ? lists.first : []) add(words, { field: field as Meaning['field'], score: 5 });
  for (const words of lists.strong) add(words, { field: field as Meaning['field'], score: 4 });
  for (const words of lists.weak) add(words, { field: field as Meaning['field'], score: 2 });
}
const fromDesk: Partial<Record<string, string>> = data.fromDeskTables;
for (const entry of desk.fields) {
  const field = (fromDesk[entry.field] ?? 'unused') as Meaning['field'];
  for (const words of entry.strong) add(words, { field, score: 4 });
  for (const words of entry.weak) add(words, { field, score: 2 });
  for (const words of entry.inside)
    inside.push({ words: wordsOf(words), meaning: { field, score: entry.weak.includes(words as never) ? 1 : 3 } });
}
// The longest words tell the most: «ngày nhận kết quả» is not «ngày nhận».
inside.sort((a, b) => b.words.length - a.words.length);
const never = desk.never.map(wordsOf);
const privatePrefixes = data.privatePrefixes.map(keyOf);

/** What a header says, by its words alone. */
export function meaningOf(header: string): Meaning | null {
  const bare = header.replace(/\([^)]*\)/g, ' ');
  const whole = exact.get(keyOf(bare)) ?? exact.get(keyOf(header));
  if (whole) return whole;
  // Signs alone («#», «(*)») are a count of the rows.
  if (keyOf(header) === '') return header.trim() === '' ? null : { field: 'unused', score: 4 };
  const padded = wordsOf(bare);
  if (padded.trim() === '' || padded.length > 90) return null;
  const found = inside.filter(({ words }) => padded.includes(words));
  // A person beside anything makes the column personal.
  const personal = found.find(({ meaning }) => meaning.field === 'private');
  if (personal) return personal.meaning;
  if (/^[a-z_.]+$/i.test(header) && privatePrefixes.some((prefix) => keyOf(header).startsWith(prefix)))
    return { field: 'private', score: 3 };
  if (never.some((words) => padded.includes(words))) return null;
  return found[0]?.meaning ?? null;
}

/** Is this the name of a person's field? Then its value is not even taken out of the parser. */
export const isPrivateName = (header: string): boolean => meaningOf(header)?.field === 'private';

export interface MappingProposal {
  /** Header → field: what can be read without asking. */
  mapping: Record<string, ColumnField>;
  /** Headers whose words are not known. */
  unknown: string[];
  /** Fields that several columns claim with equal right; a person chooses. */
  ambiguous: { field: ColumnField; headers: string[] }[];
  /** Fields that no column claims. Without `code` nothing can be read. */
  missing: ColumnField[];
}

/** Share of the cells of a column that have the form of a dossier code. */
function codeShare(rows: readonly (readonly Cell[])[], column: number): number {
  const cells = rows.map((row) => row[column]).filter((cell) => !isBlank(cell));
  return cells.length === 0
    ? 0
    : cells.filter((cell) => typeof cell === 'string' && isKnownCode(cell.trim())).length / cells.length;
}

/**
 * A mapping of the headers (each different from the others) to fields. Words decide; where two columns claim the code, what stands
 * in them does: of two columns of codes the other one is an alias.
 */
export function proposeMapping(
  headers: readonly string[],
  sampleRows: readonly (readonly Cell[])[] = [],
): MappingProposal {
  const proposal: MappingProposal = { mapping: {}, unknown: [], ambiguous: [], missing: [] };
  const claims = new Map<ColumnField, { header: string; column: number; score: number }[]>();
  headers.forEach((header, column) => {
    const meaning = meaningOf(header);
    if (meaning === null) {
      if (header !== '') proposal.unknown.push(header);
    } else if (meaning.field !== 'private' && meaning.field !== 'unused')
      claims.set(meaning.field, [...(claims.get(meaning.field) ?? []), { header, column, score: meaning.score }]);
  });
  for (const field of COLUMN_FIELDS) {
    const all = claims.get(field) ?? [];
    const top = Math.max(0, ...all.map(({ score }) => score));
    let best = field === 'alias' ? all : all.filter(({ score }) => score === top);
    if (field === 'code' && best.length > 1) {
      const coded = best.filter(({ column }) => codeShare(sampleRows, column) > 0.5);
      for (const other of coded.slice(1)) proposal.mapping[other.header] = 'alias';
      if (coded.length > 0) best = coded.slice(0, 1);
    }
    if (best.length > 1 && field !== 'alias')
      proposal.ambiguous.push({ field, headers: best.map(({ header }) => header) });
    else if (best.length === 0) proposal.missing.push(field);
    else for (const { header } of best) proposal.mapping[header] ??= field;
  }
  // A code beside its words: «MaTrangThai» 4 and «TrangThaiHoSo» "Đang xử lý".
  const status = claims.get('status') ?? [];
  const taken = status.find(({ header }) => proposal.mapping[header] === 'status');
  const words = status.find(({ header }) => header !== taken?.header);
  if (taken && words && proposal.missing.includes('statusText')) {
    proposal.mapping[words.header] = 'statusText';
    proposal.missing = proposal.missing.filter((field) => field !== 'statusText');
  }
  return proposal;
}
