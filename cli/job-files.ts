import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Files that are there as a whole or not at all, also when the power fails. Each ends in a line with the number of lines before it
 * and a digest of them, so that what a disk or a person has cut is seen.
 */

const END = '#dunghen-end ';

/** FNV-1a of the bytes: against torn writes, not against people. */
function digestOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } catch {
    // Some systems cannot do that for folders; the rename is atomic all the same.
  } finally {
    closeSync(folder);
  }
}

/** Writes lines of JSON: to the disk first, to their name after. */
export function writeLines(path: string, values: readonly unknown[]): void {
  const body = values.map((value) => `${JSON.stringify(value)}\n`).join('');
  writeWhole(path, `${body}${END}${values.length} ${digestOf(body)}\n`);
}

/** Writes a whole file or none. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const partial = `${path}.${process.pid}.part`;
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(partial, 'w', 0o600);
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(partial, { force: true });
    throw error;
  }
  closeSync(file);
  renameSync(partial, path);
  syncFolder(dirname(path));
}

/** The lines of such a file; null: there is none, or it is not whole. */
export function readLines(path: string): unknown[] | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const end = text.lastIndexOf(END);
  if (end < 0 || (end > 0 && text[end - 1] !== '\n')) return null;
  const body = text.slice(0, end);
  const lines = body === '' ? [] : body.slice(0, -1).split('\n');
  if (text.slice(end) !== `${END}${lines.length} ${digestOf(body)}\n`) return null;
  return lines.map((line) => JSON.parse(line));
}
