import type { JsonProblem } from '../../lib/json/index.ts';

/** One line about a file that is to be imported; `line` counts from 1, 0 when it is about the whole file. */
export interface Remark {
  severity: 'error' | 'warning' | 'note';
  line: number;
  text: string;
}

/** What a file is, before anything of it is taken; `content` null: refused, and only then may a remark be an `error`. */
export interface Review<T> {
  name: string;
  remarks: Remark[];
  content: T | null;
}

/** How files of one section are read. */
export interface FileReader<T> {
  /** Whole megabytes; more is not read at all. */
  megabytes: number;
  read(text: string): Omit<Review<T>, 'name'>;
}

/** Nothing of the file is taken, for one reason that has no line. */
export const refusal = (text: string, line = 0): { remarks: Remark[]; content: null } => ({
  remarks: [{ severity: 'error', line, text }],
  content: null,
});

/** The faults of a reading, each with its line. */
export const refusalOf = (problems: readonly JsonProblem[]): { remarks: Remark[]; content: null } => ({
  remarks: problems.map(({ line, field, message }) => ({
    severity: 'error',
    line,
    text: [field, message].filter(Boolean).join(': '),
  })),
  content: null,
});

/** `2,1 MB` of a number of bytes. */
export const megabyteWords = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} MB`;

const isTooLarge = (size: number, { megabytes }: FileReader<unknown>) => size > megabytes * 1024 * 1024;
const tooLarge = (size: number, { megabytes }: FileReader<unknown>) =>
  refusal(`tệp ${megabyteWords(size)}, lớn quá ${megabytes} MB`);

/** Reads a text that someone wants to import. */
export function reviewText<T>(name: string, text: string, reader: FileReader<T>): Review<T> {
  const size = new Blob([text]).size;
  if (isTooLarge(size, reader)) return { name, ...tooLarge(size, reader) };
  if (text.trim() === '') return { name, ...refusal('không có chữ nào') };
  // A replacement character stands where bytes were no UTF-8: a spreadsheet, a picture, an older encoding.
  if (text.includes('\uFFFD') || text.includes('\0')) return { name, ...refusal('không phải tệp chữ .json (UTF-8)') };
  return { name, ...reader.read(text) };
}

/** Reads a file; one that is too large is not read at all. */
export async function reviewFile<T>(file: File, reader: FileReader<T>): Promise<Review<T>> {
  if (isTooLarge(file.size, reader)) return { name: file.name, ...tooLarge(file.size, reader) };
  try {
    return reviewText(file.name, await file.text(), reader);
  } catch {
    return { name: file.name, ...refusal('trình duyệt không đọc được tệp này') };
  }
}

/** Remarks as text to send to whoever made the file. */
export function remarksText({ name, remarks }: Review<unknown>): string {
  return remarks.map(({ line, text }) => `${line > 0 ? `${name}:${line}` : name}: ${text}`).join('\n');
}
