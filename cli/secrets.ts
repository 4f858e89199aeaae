import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SecretRef, Secrets } from '../connectors/index.ts';

type Reading = Awaited<ReturnType<Secrets['read']>>;

/** Bits of a mode that let a group or everybody do something with the file. */
const OTHERS = 0o077;
const MOST_BYTES = 64 * 1024;

function fromFile(path: string, shown: string): Reading {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { ok: false, message: `tệp bí mật ${shown}: ${code === 'ENOENT' ? 'không có tệp này' : 'không mở được'}` };
  }
  try {
    // Of the open file, not of the name: nobody can put another one there in between.
    const { mode, size, uid } = fstatSync(file);
    const own = process.getuid?.();
    if (own !== undefined && (mode & OTHERS) !== 0)
      return { ok: false, message: `tệp bí mật ${shown}: người khác đọc hoặc ghi được; hãy chạy: chmod 600 ${shown}` };
    if (own !== undefined && uid !== own && own !== 0)
      return { ok: false, message: `tệp bí mật ${shown}: không phải của người đang chạy lệnh` };
    if (size > MOST_BYTES) return { ok: false, message: `tệp bí mật ${shown}: quá lớn` };
    return { ok: true, value: readFileSync(file, 'utf8').replace(/\r?\n$/, '') };
  } catch {
    return { ok: false, message: `tệp bí mật ${shown}: không đọc được` };
  } finally {
    closeSync(file);
  }
}

/** Secrets of the command line: from the environment, or from files that only their owner may read. Never from arguments. */
export function nodeSecrets(configFile: string, environment: NodeJS.ProcessEnv = process.env): Secrets {
  return {
    async read(ref: SecretRef) {
      if ('file' in ref) return fromFile(resolve(dirname(configFile), ref.file), ref.file);
      const value = environment[ref.env];
      return value === undefined ? { ok: false, message: `chưa đặt biến môi trường ${ref.env}` } : { ok: true, value };
    },
  };
}
