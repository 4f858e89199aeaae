import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from './errors.ts';

interface Holder {
  pid: number;
  /** When that process started, as the system tells it: a number that is given again has another start. */
  started: string;
}

/** Start of a process in ticks since boot; '' where the system does not tell it this way. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything; the fields after it may not. The start is the 22nd of all.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not ours to signal, but there.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return now === '' || started === '' || now === started;
}

function holderOf(path: string): Holder | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : null;
  } catch {
    return null;
  }
}

/** Puts the file there with its content in one step; false: somebody else's is there. */
function place(path: string, holder: Holder): boolean {
  const own = `${path}.${process.pid}`;
  const file = openSync(own, 'w', 0o600);
  writeSync(file, JSON.stringify(holder));
  closeSync(file);
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(own);
  }
}

const taken = (path: string, { pid }: Holder) =>
  new InputError(`${dirname(path)}: một tiến trình khác (số ${pid}) đang đối soát vào thư mục này`);

/** Takes away the lock of a process that is no more. Another one may have done so at the same moment and be there now. */
function clear(path: string): void {
  const aside = `${path}.${process.pid}.cu`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const holder = holderOf(aside);
  if (holder && isAlive(holder)) {
    renameSync(aside, path);
    throw taken(path, holder);
  }
  rmSync(aside, { force: true });
}

/**
 * Keeps a second process out of a job's folder. What a process left that is no more is taken over. Returns the way to let go.
 * @throws InputError when another process is at work there.
 */
export function lockFolder(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  const me: Holder = { pid: process.pid, started: startOf(process.pid) };
  for (let tries = 0; tries < 3; tries++) {
    if (place(path, me)) return () => rmSync(path, { force: true });
    const holder = holderOf(path);
    if (holder && isAlive(holder)) throw taken(path, holder);
    clear(path);
  }
  throw new InputError(`${dirname(path)}: không giữ được thư mục này cho riêng mình`);
}
