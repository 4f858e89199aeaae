import { readFileSync, statSync } from 'node:fs';
import { InputError } from './errors.ts';

/**
 * The text of a data file: UTF-8, with or without a byte order mark, or the UTF-16 that Windows tools write (always with one).
 * @throws InputError naming the file, when there is none, it is too large, or its bytes are not text.
 */
export function readText(file: string, maxMegabytes: number): string {
  const refuse = (why: string): never => {
    throw new InputError(`${file}: ${why}`);
  };
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return refuse('không có tệp này');
  if (!stat.isFile()) refuse('không phải là tệp');
  if (stat.size > maxMegabytes * 1024 * 1024) refuse(`tệp lớn hơn ${maxMegabytes} MB`);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return refuse(`không đọc được (${(error as NodeJS.ErrnoException).code ?? 'lỗi'})`);
  }
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('không phải là chữ UTF-8');
  }
}
