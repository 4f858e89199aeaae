import { Inflate, zipSync } from 'fflate';

/**
 * Zip files of unknown origin. Sizes that a file claims are not believed: limits hold while it is being inflated, so that a
 * zip bomb costs no more than the limit.
 */
export interface ZipLimits {
  /** Bytes of the file itself. */
  file: number;
  entries: number;
  /** Bytes of all entries together, inflated. */
  total: number;
  /** Inflated to deflated, of one entry; small entries are let be. */
  ratio: number;
}

const MB = 1024 * 1024;
export const TEMPLATE_LIMITS: ZipLimits = { file: 5 * MB, entries: 400, total: 40 * MB, ratio: 200 };

export type ZipFault =
  | 'empty'
  | 'too-large'
  | 'encrypted'
  | 'not-zip'
  | 'entries'
  | 'total'
  | 'ratio'
  | 'duplicate'
  | 'damaged';

const MESSAGES: Record<ZipFault, string> = {
  empty: 'tệp trống',
  'too-large': 'tệp quá lớn',
  encrypted: 'tệp có mật khẩu hoặc là định dạng .doc cũ; hãy bỏ mật khẩu và lưu lại ở dạng .docx',
  'not-zip': 'không phải tệp .docx',
  entries: 'tệp nén chứa quá nhiều phần',
  total: 'tệp nén bung ra quá lớn',
  ratio: 'tệp nén bung ra lớn bất thường (zip bomb)',
  duplicate: 'tệp nén có hai phần cùng tên',
  damaged: 'tệp nén hỏng',
};

export class ZipError extends Error {
  readonly fault: ZipFault;
  constructor(fault: ZipFault, detail = '') {
    super(detail === '' ? MESSAGES[fault] : `${MESSAGES[fault]}: ${detail}`);
    this.fault = fault;
  }
}

/** Bytes given to the inflater at a time: at most a thousandfold comes out before the limits are looked at again. */
const STEP = 4096;
/** An entry this small is no bomb, whatever its ratio. */
const SMALL = 256 * 1024;
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

interface Entry {
  name: string;
  method: number;
  size: number;
  at: number;
}

/** The central directory: what Word reads, too. */
function entriesOf(bytes: Uint8Array, limits: ZipLimits): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const lowest = Math.max(0, end - 65_535);
  while (end >= lowest && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < lowest) throw new ZipError('not-zip');
  const count = view.getUint16(end + 10, true);
  if (count > limits.entries) throw new ZipError('entries', `${count}`);
  const entries: Entry[] = [];
  const names = new Set<string>();
  const decoder = new TextDecoder();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw new ZipError('damaged');
    const nameLength = view.getUint16(at + 28, true);
    const name = decoder.decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (view.getUint16(at + 8, true) & 1) throw new ZipError('encrypted');
    // Part names are compared without regard to case (OPC); two readers may take different ones.
    if (names.has(name.toLowerCase())) throw new ZipError('duplicate', name);
    names.add(name.toLowerCase());
    const local = view.getUint32(at + 42, true);
    if (local + 30 > at || view.getUint32(local, true) !== 0x04034b50) throw new ZipError('damaged', name);
    entries.push({
      name,
      method: view.getUint16(at + 10, true),
      size: view.getUint32(at + 20, true),
      at: local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function inflated(name: string, packed: Uint8Array, room: number, ratio: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate((chunk) => {
    length += chunk.length;
    if (length > room) throw new ZipError('total', name);
    if (length > SMALL && length > packed.length * ratio) throw new ZipError('ratio', name);
    chunks.push(chunk);
  });
  try {
    for (let at = 0; at < packed.length || at === 0; at += STEP)
      inflate.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError('damaged', name);
  }
  return joined(chunks, length);
}

/**
 * The entries of a zip file, in its order.
 * @throws ZipError naming what is wrong with it.
 */
export function readZip(bytes: Uint8Array, limits: ZipLimits = TEMPLATE_LIMITS): Map<string, Uint8Array> {
  if (bytes.length === 0) throw new ZipError('empty');
  if (bytes.length > limits.file) throw new ZipError('too-large', `hơn ${Math.floor(limits.file / MB)} MB`);
  if (OLE.every((byte, i) => bytes[i] === byte)) throw new ZipError('encrypted');
  if (bytes.length < 22 || bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new ZipError('not-zip');
  const parts = new Map<string, Uint8Array>();
  let total = 0;
  for (const { name, method, size, at } of entriesOf(bytes, limits)) {
    if (name.endsWith('/')) continue;
    const packed = bytes.subarray(at, at + size);
    if (packed.length !== size || (method !== 0 && method !== 8)) throw new ZipError('damaged', name);
    const part = method === 0 ? packed.slice() : inflated(name, packed, limits.total - total, limits.ratio);
    total += part.length;
    if (total > limits.total) throw new ZipError('total', name);
    parts.set(name, part);
  }
  return parts;
}

/** Local wall clock, which is what zip files hold: the same bytes in every time zone. */
const anyTime = () => new Date(2026, 0, 1, 0, 0, 0);

/** A zip file whose bytes depend on nothing but its entries and their order. */
export function writeZip(parts: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const options = { mtime: anyTime(), level: 6 } as const;
  return zipSync(Object.fromEntries([...parts].map(([name, data]) => [name, [data, options]])));
}
