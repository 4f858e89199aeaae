import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../../lib/inspection/index.ts';
import { FIRST_PAGE, flate, has, inFolder, makePdf, scanPage, textPage } from '../fixtures/pdf/make.ts';
import { Authority, type Identity, sign, update } from '../fixtures/pdf/sign.ts';

/** The same files before another reader (poppler). Skipped, and listed as skipped, only where its tool is not installed. */

function poppler(tool: string, pdf: Buffer, ...args: string[]): string {
  return inFolder((folder) => {
    const path = join(folder, 'a.pdf');
    writeFileSync(path, pdf);
    // A home of its own: pdfsig would open the certificate store of whoever runs the tests.
    return execFileSync(tool, [...args, path], {
      encoding: 'utf8',
      env: { ...process.env, HOME: folder, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  });
}

async function ours(pdf: Buffer) {
  const { pdf: facts } = await inspectFile(pdf, { now: 29_892_000 });
  if (!facts) throw new Error('does not open');
  return facts;
}

const MIXED = () =>
  makePdf([scanPage(300), scanPage(72), textPage('a'), { ...scanPage(150, 2), size: [841.89, 595.276] }], {
    version: '1.6',
  });

describe.skipIf(!has('pdfimages'))('cross-check with pdfimages -list (skipped when it is not installed)', () => {
  it('resolution and colour of every scanned page', async () => {
    const rows = poppler('pdfimages', MIXED(), '-list').split('\n').slice(2).filter(Boolean);
    const theirs = rows.map((row) => {
      const cells = row.trim().split(/\s+/);
      return {
        page: Number(cells[0]),
        colour: cells[5] === 'gray' ? 'grey' : cells[5],
        dpi: Math.min(Number(cells[12]), Number(cells[13])),
      };
    });
    const found = (await ours(MIXED())).pageFacts
      .filter(({ scan }) => scan)
      .map(({ page, colour, dpi }) => ({ page, colour, dpi }));
    expect(found).toHaveLength(3);
    expect(found).toEqual(theirs);
  });
});

describe.skipIf(!has('pdfinfo'))('cross-check with pdfinfo (skipped when it is not installed)', () => {
  it.each([
    ['plain', MIXED, 'no'],
    [
      'with a script',
      () =>
        makePdf([textPage('a')], {
          catalogue: '/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>',
        }),
      'yes',
    ],
  ])('pages, version, encryption and scripts of a file %s', async (_, make, scripts) => {
    const pdf = make();
    const lines = new Map(
      poppler('pdfinfo', pdf)
        .split('\n')
        .map((line) => line.split(/:\s+/) as [string, string]),
    );
    const facts = await ours(pdf);
    expect(String(facts.pages)).toBe(lines.get('Pages'));
    expect(facts.version).toBe(lines.get('PDF version'));
    expect(facts.encryption === 'none' ? 'no' : 'yes').toBe(lines.get('Encrypted'));
    expect([facts.javascript ? 'yes' : 'no', lines.get('JavaScript')]).toEqual([scripts, scripts]);
  });
});

describe.skipIf(!has('pdfsig'))('cross-check with pdfsig (skipped when it is not installed)', () => {
  let authority: Authority;
  let person: Identity;
  beforeAll(() => {
    authority = new Authority();
    const root = authority.certificate({ name: 'Goc', as: 'root' });
    person = authority.certificate({ name: 'Nguoi ky', issuer: root });
  });
  afterAll(() => authority.close());

  const signed = (pdf = makePdf([textPage('a')]), options = {}) =>
    sign(pdf, { value: (data) => authority.cms(data, person, options) });
  const flipped = (pdf: Buffer) => {
    pdf[100] = (pdf[100] ?? 0) ^ 1;
    return pdf;
  };

  it.each([
    ['signed', () => signed()],
    ['signed with SHA-512', () => signed(makePdf([textPage('a')]), { digest: 'sha512' })],
    ['signed twice', () => signed(signed())],
    ['changed inside the range', () => flipped(signed())],
    ['changed by an update', () => update(signed(), { [FIRST_PAGE + 1]: flate('BT (b) Tj ET') })],
  ])('integrity, range and signer of a file %s', async (_, make) => {
    const pdf = make();
    const theirs = poppler('pdfsig', pdf)
      .split(/Signature #\d+:/)
      .slice(1)
      .map((text) => ({
        valid: text.includes('Signature is Valid.'),
        total: text.includes('- Total document signed'),
        signer: /Common Name: (.*)/.exec(text)?.[1],
        ranges: /Signed Ranges: (.*)/.exec(text)?.[1],
        digest: /Hash Algorithm: (.*)/.exec(text)?.[1],
      }));
    const found = (await ours(pdf)).signatures.map(({ integrity, coversFile, signer, range, digest }) => {
      const [a, b, c, d] = range ?? [0, 0, 0, 0];
      return {
        valid: integrity === 'intact',
        total: coversFile,
        signer,
        ranges: `[${a} - ${b}], [${c} - ${c + d}]`,
        digest,
      };
    });
    const byRange = (x: { ranges?: string | undefined }, y: { ranges?: string | undefined }) =>
      (x.ranges ?? '').localeCompare(y.ranges ?? '');
    expect(found.length).toBeGreaterThan(0);
    expect(found.sort(byRange)).toEqual(theirs.sort(byRange));
  });
});
