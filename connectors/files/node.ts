import { openAsBlob, statSync } from 'node:fs';
import { basename } from 'node:path';
import { FileError, type SourceFile } from './source.ts';

/**
 * A file of this machine as the readers take it; nothing of it is read yet. Only for Node: not behind the door of this folder.
 * @throws FileError when there is none
 */
export async function openPath(path: string): Promise<SourceFile> {
  const name = basename(path);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new FileError(name, 'không có tệp này');
  if (!stat.isFile()) throw new FileError(name, 'không phải là tệp');
  try {
    const blob = await openAsBlob(path);
    return {
      name,
      size: blob.size,
      stream: () => blob.stream() as ReadableStream<Uint8Array<ArrayBuffer>>,
      slice: (from, to) => blob.slice(from, to),
      arrayBuffer: () => blob.arrayBuffer(),
    };
  } catch (error) {
    throw new FileError(name, `không đọc được (${(error as NodeJS.ErrnoException).code ?? 'lỗi'})`);
  }
}
