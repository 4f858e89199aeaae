import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { FileError, FileMapping, readFacts } from '../connectors/files/index.ts';
import { openPath } from '../connectors/files/node.ts';
import { type IndicatorRecord, recordOfDossier, recordOfSide } from '../lib/indicators/index.ts';
import { problemText, readJson } from '../lib/json/index.ts';
import { Dossier } from '../lib/schema/index.ts';
import { InputError } from './errors.ts';
import { readText } from './files.ts';
import { readOrThrow } from './indicators-args.ts';

/** Rows that are named; the rest are counted. */
const NAMED = 50;
const HEAD = 4096;

/** Rows that could not be read: the first are named on stderr with file and line. */
class Unreadable {
  count = 0;

  tell(line: string): void {
    if (this.count++ < NAMED) console.error(line);
  }

  end(path: string): void {
    if (this.count > NAMED) console.error(`${path}: còn ${this.count - NAMED} dòng nữa không đọc được`);
  }
}

/** Does the file hold canonical records, one a line (as `page read` prints them)? */
async function isCanonical(path: string): Promise<boolean> {
  const file = await openPath(path);
  const head = new TextDecoder().decode(await file.slice(0, HEAD).arrayBuffer());
  return /^\uFEFF?\s*\{/.test(head) && /"codeKnown":/.test(head) && /"source":\{"kind"/.test(head);
}

async function readLines(path: string, add: (record: IndicatorRecord) => void, bad: Unreadable): Promise<void> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    line++;
    const bare = text.replace(/^\uFEFF/, '');
    if (bare.trim() === '' || bare.startsWith('{"health":')) continue;
    const reading = readJson(bare, Dossier);
    if (reading.ok) add(recordOfDossier(reading.data));
    else for (const problem of reading.problems.slice(0, 1)) bad.tell(problemText(path, { ...problem, line }));
  }
}

async function readTable(
  path: string,
  mapping: FileMapping | undefined,
  add: (record: IndicatorRecord) => void,
  bad: Unreadable,
): Promise<void> {
  const rows = readFacts(await openPath(path), mapping && { mapping });
  for (;;) {
    const { done, value } = await rows.next();
    if (done) {
      const reasons = Object.entries(value.ignoredBy).map(([reason, count]) => `${count} ${reason}`);
      if (reasons.length > 0) console.error(`${path}: ${value.ignored} dòng không phải hồ sơ (${reasons.join('; ')})`);
      return;
    }
    for (const { at, reason } of value.unreadable) bad.tell(`${at}: ${reason}`);
    value.records.forEach((record, i) => {
      add(recordOfSide(record, value.facts[i]));
    });
  }
}

/**
 * Gives every dossier of a file to `add`, one by one.
 * @returns how many rows could not be read; they have been named on stderr
 * @throws InputError naming the file, for what cannot be read as a whole
 */
export async function readDossiers(
  path: string,
  mappingFile: string | undefined,
  add: (record: IndicatorRecord) => void,
): Promise<number> {
  const bad = new Unreadable();
  const mapping =
    mappingFile === undefined
      ? undefined
      : readOrThrow(mappingFile, readJson(readText(mappingFile, 1), FileMapping)).data;
  try {
    if (await isCanonical(path)) await readLines(path, add, bad);
    else await readTable(path, mapping, add, bad);
  } catch (error) {
    if (error instanceof FileError) throw new InputError(error.message);
    throw error;
  }
  bad.end(path);
  return bad.count;
}
