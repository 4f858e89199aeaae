import { Inflate } from 'fflate';
import { FileError, LIMITS } from './source.ts';

/** One entry of a zip file, by its central directory. */
export interface ZipPart {
  name: string;
  /** As it stands in the file. */
  packed: Uint8Array;
  deflated: boolean;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * Entries of a zip file: those that the reader of the sheet will see, since it goes by the same directory.
 * @throws FileError for what is damaged, locked, or too many.
 */
export function zipParts(file: string, bytes: Uint8Array): ZipPart[] {
  const damaged = (why: string) => new FileError(file, `tệp .xlsx hỏng hoặc bị cắt (${why})`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const lowest = Math.max(0, end - 65_535);
  while (end >= lowest && view.getUint32(end, true) !== END) end--;
  if (end < lowest) throw damaged('không thấy mục lục');
  const count = view.getUint16(end + 10, true);
  if (count > LIMITS.parts) throw new FileError(file, `tệp .xlsx có ${count} phần, giới hạn là ${LIMITS.parts}`);
  const parts: ZipPart[] = [];
  const names = new Set<string>();
  const decoder = new TextDecoder();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) throw damaged('mục lục sai');
    const nameLength = view.getUint16(at + 28, true);
    const name = decoder.decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (view.getUint16(at + 8, true) & 1) throw new FileError(file, 'tệp có mật khẩu; hãy bỏ mật khẩu rồi lưu lại');
    // Names are compared without regard to case (OPC): of two such parts, two readers may take different ones.
    if (names.has(name.toLowerCase())) throw new FileError(file, `tệp .xlsx có hai phần cùng tên «${name}»`);
    names.add(name.toLowerCase());
    const local = view.getUint32(at + 42, true);
    const method = view.getUint16(at + 10, true);
    if (local + 30 > at || view.getUint32(local, true) !== LOCAL || (method !== 0 && method !== 8)) throw damaged(name);
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const size = view.getUint32(at + 20, true);
    const packed = bytes.subarray(from, from + size);
    if (packed.length !== size) throw damaged(name);
    if (!name.endsWith('/')) parts.push({ name, packed, deflated: method === 8 });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}

/** Bytes given to the inflater at a time: a thousandfold of it at most comes out before the limits are looked at. */
const STEP = 8192;

/**
 * The part's bytes, chunk by chunk, while `room` bytes and the ratio last. Sizes that the file claims are not believed.
 * @returns bytes in all
 */
export function inflatePart(file: string, part: ZipPart, room: number, take: (chunk: Uint8Array) => void): number {
  let length = 0;
  const count = (chunk: Uint8Array) => {
    length += chunk.length;
    if (length > room)
      throw new FileError(
        file,
        `bung ra quá lớn ở phần «${part.name}», giới hạn là ${LIMITS.total >> 20} MB cho cả tệp`,
      );
    if (length > LIMITS.ratioFrom && length > part.packed.length * LIMITS.ratio)
      throw new FileError(file, `phần «${part.name}» bung ra hơn ${LIMITS.ratio} lần (zip bomb); tệp bị từ chối`);
    if (chunk.length > 0) take(chunk);
  };
  if (!part.deflated) {
    count(part.packed);
    return length;
  }
  const inflate = new Inflate(count);
  try {
    for (let at = 0; at < part.packed.length || at === 0; at += STEP)
      inflate.push(part.packed.subarray(at, at + STEP), at + STEP >= part.packed.length);
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(file, `tệp .xlsx hỏng hoặc bị cắt (${part.name})`);
  }
  return length;
}
