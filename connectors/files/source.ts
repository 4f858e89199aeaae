/** What is read of a chosen file: a browser's `File` and a Node `Blob` with a name (node.ts) have all of it. */
export interface SourceFile {
  /** Shown in every sentence about the file; never a path of the machine. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
  slice(from?: number, to?: number): { arrayBuffer(): Promise<ArrayBuffer> };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A file that is refused as a whole. The message is in Vietnamese and begins with the file's name. */
export class FileError extends Error {
  constructor(file: string, why: string) {
    super(`${file}: ${why}`);
    this.name = 'FileError';
  }
}

/** What a reader gives for one cell; a date is the wall clock of the cell written as if it were UTC. */
export type Cell = string | number | boolean | Date | null;

/** A row as it stands in the file; lines count from 1. */
export interface TableRow {
  line: number;
  cells: Cell[];
  /** The file ends within this row: no line end after it. */
  cut?: boolean;
  /** Columns whose value stands in a row above, in a cell merged downwards. */
  filled?: number[];
}

/** A piece of the file that is no row; the reason is in Vietnamese. */
export interface BadRow {
  line: number;
  reason: string;
}

export const isBad = (row: TableRow | BadRow): row is BadRow => 'reason' in row;

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');

export type FileKind = 'xlsx' | 'csv' | 'json';

const MB = 1024 * 1024;

/** Limits on what is read, whoever wrote it. Measured with hostile files (README.md). */
export const LIMITS = {
  /** Bytes of an .xlsx, which is held in memory while it is read; text files are streamed and have no such limit. */
  workbook: 50 * MB,
  /** Parts of an .xlsx. */
  parts: 200,
  /** Bytes of all parts together, inflated. */
  total: 1024 * MB,
  /** Inflated to deflated of one part, once it has passed `ratioFrom` bytes. */
  ratio: 100,
  ratioFrom: MB,
  /** The table of shared texts, which the reader holds as a tree: bytes, and tags (four a text; 1.2 GB of memory at the limit). */
  sharedTexts: { bytes: 96 * MB, tags: 3_200_000 },
  /** Every other part that is held as a whole (workbook, styles, relations). */
  smallPart: { bytes: 16 * MB, tags: 400_000 },
  /** Rows of a sheet; Excel itself ends at 1,048,576. */
  rows: 1_100_000,
  columns: 200,
  /** Characters of a cell: Excel's own limit. */
  cell: 32_767,
  /** Bytes of a JSON document that is not one object a line. */
  json: 64 * MB,
} as const;

const starts = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);

/** Text of the first bytes without what comes before the first sign. */
const opening = (bytes: Uint8Array) =>
  new TextDecoder('latin1').decode(bytes.subarray(0, 1024).filter((byte) => byte > 32 && byte < 127));

/**
 * What the file is by its first bytes; its extension is not believed.
 * @throws FileError for what is no table, saying how to make one of it.
 */
export async function kindOf(file: SourceFile): Promise<FileKind> {
  if (file.size === 0) throw new FileError(file.name, 'tệp trống');
  const bytes = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
  if (starts(bytes, 0x50, 0x4b)) return 'xlsx';
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new FileError(
      file.name,
      'là tệp .xls kiểu cũ hoặc có mật khẩu; hãy mở bằng Excel, bỏ mật khẩu và lưu lại thành .xlsx',
    );
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) throw new FileError(file.name, 'là tệp PDF, không phải bảng tính');
  if (starts(bytes, 0x1f, 0x8b)) throw new FileError(file.name, 'là tệp nén .gz; hãy giải nén trước');
  const wide = starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff);
  if (!wide && bytes.includes(0))
    throw new FileError(file.name, 'không phải tệp chữ (có byte 0); hãy lưu lại ở dạng .xlsx hoặc CSV UTF-8');
  const text = opening(starts(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes);
  if (/^<(!doctype|html|table|\?xml|meta|style)/i.test(text))
    throw new FileError(
      file.name,
      'là trang HTML hoặc XML mang tên bảng tính; hãy mở bằng Excel và lưu lại thành .xlsx',
    );
  return /^(\{|\[[[{\]])/.test(text) ? 'json' : 'csv';
}
