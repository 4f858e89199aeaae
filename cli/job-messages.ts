import { appendFileSync, closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { BusMessage, SeenMessages } from '../connectors/index.ts';

/** Whole lines of such a file; what the last process could not finish is left out. */
function linesOf(path: string): [string, BusMessage][] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as [string, BusMessage]];
      } catch {
        return [];
      }
    });
}

/**
 * Messages of the dossier bus that were read, as lines of a file that only grows: a process that is killed reads none of them again,
 * and neither does the next run (`earlier`) as long as their stamp is the same. They hold the compared fields only.
 */
export function fileMessages(path: string, earlier: string | null): SeenMessages & { close(): void } {
  const known = new Map([...(earlier === null ? [] : linesOf(earlier)), ...linesOf(path)]);
  let file: number | null = null;
  return {
    get: (id) => known.get(id),
    set(id, message) {
      known.set(id, message);
      if (file === null) {
        file = openSync(path, 'a', 0o600);
        // Ends a line that was cut, so that the next one stands alone.
        appendFileSync(file, '\n');
      }
      writeSync(file, `${JSON.stringify([id, message])}\n`);
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}
