import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, it } from 'vitest';
import { layoutOf } from '../fixtures/layout.ts';
import {
  AGENCIES,
  checkMeasure,
  checkSheet,
  docxOf,
  goOver,
  LONG,
  ONE_OF_EACH_SIZE,
  POPPLER,
  SUBJECTS,
} from '../fixtures/letter-case.ts';
import { has, inFolder } from '../fixtures/pdf/make.ts';

/** LibreOffice is not installed for the tests: it is 300 MB. Where it is, letters are measured as it prints them. */
const OFFICE = process.env.SOFFICE_PATH ?? (has('soffice') ? 'soffice' : undefined);

describe.skipIf(!OFFICE)('letters printed by LibreOffice (skipped when it is not installed)', () => {
  const pdfs = new Map<string, Uint8Array>();
  const pdf = (name: string) => pdfs.get(name) ?? new Uint8Array();

  beforeAll(async () => {
    const docs = new Map<string, Uint8Array>();
    for (const { name, bytes } of SUBJECTS) docs.set(name, await docxOf(bytes));
    for (const { name, bytes } of ONE_OF_EACH_SIZE) {
      for (const [i, reason] of LONG.entries()) docs.set(`${name}-${i}`, await docxOf(bytes, { reason }));
      for (const [i, agency] of AGENCIES.entries()) docs.set(`${name}-unit-${i}`, await docxOf(bytes, { agency }));
    }
    inFolder((folder) => {
      for (const [name, bytes] of docs) writeFileSync(join(folder, `${name}.docx`), bytes);
      // A home of its own: else it would ask a window that is open.
      const home = `-env:UserInstallation=${pathToFileURL(join(folder, 'home')).href}`;
      // One start for all: a start takes longer than a letter.
      const paths = [...docs.keys()].map((name) => `${name}.docx`);
      const options = { cwd: folder, stdio: 'ignore' } as const;
      execFileSync(OFFICE as string, [home, '--headless', '--convert-to', 'pdf', ...paths], options);
      for (const name of docs.keys()) pdfs.set(name, new Uint8Array(readFileSync(join(folder, `${name}.pdf`))));
    });
  });

  it.each(SUBJECTS)('$name', (subject) => checkSheet(pdf(subject.name), subject));

  it.skipIf(!POPPLER)('agree with poppler (skipped when it is not installed)', async () => {
    for (const { name } of SUBJECTS) await checkMeasure(pdf(name));
  });

  it.each(ONE_OF_EACH_SIZE)('$name over two sheets', async (subject) => {
    goOver(await Promise.all(LONG.map((_, i) => layoutOf(pdf(`${subject.name}-${i}`)))), subject);
  });

  it.each(ONE_OF_EACH_SIZE)('$name of agencies with short and long names', async (subject) => {
    for (const [i, agency] of AGENCIES.entries()) await checkSheet(pdf(`${subject.name}-unit-${i}`), subject, agency);
  });
});
