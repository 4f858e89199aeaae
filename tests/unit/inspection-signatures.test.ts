import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile, type SignatureFacts } from '../../lib/inspection/index.ts';
import { FIRST_PAGE, flate, makePdf, textPage } from '../fixtures/pdf/make.ts';
import { Authority, type Identity, sign, update } from '../fixtures/pdf/sign.ts';

/** 2026-11-01: certificates made here run from 2020 to 2099 unless a test says otherwise. */
const NOW = 29_892_000;
/** Of a file by `makePdf` with one page. */
const CONTENT = FIRST_PAGE + 1;

let authority: Authority;
let root: Identity;
let other: Identity;
let person: Identity;
let stamper: Identity;

beforeAll(() => {
  authority = new Authority();
  root = authority.certificate({ name: 'Goc thu nghiem', as: 'root' });
  other = authority.certificate({ name: 'Goc khac', as: 'root' });
  person = authority.certificate({ name: 'Nguyễn Văn Thử', issuer: root });
  stamper = authority.certificate({ name: 'May dong dau', issuer: root, as: 'stamper' });
});
afterAll(() => authority.close());

const plain = () => makePdf([textPage('Quyet dinh')]);
const signed = (by = person, options = {}) => sign(plain(), { value: (data) => authority.cms(data, by, options) });

async function signaturesOf(pdf: Uint8Array, trustAnchors: Uint8Array[] = [root.der]): Promise<SignatureFacts[]> {
  const { pdf: facts } = await inspectFile(pdf, { now: NOW, trustAnchors });
  if (!facts) throw new Error('does not open');
  expect(facts.signaturesUnsure).toBe(false);
  return facts.signatures;
}

async function only(pdf: Uint8Array, anchors?: Uint8Array[]): Promise<SignatureFacts> {
  const [one, ...more] = await signaturesOf(pdf, anchors);
  expect(more).toEqual([]);
  return one as SignatureFacts;
}

describe('a signature', () => {
  it('that holds, over the whole file, under a trusted root', async () => {
    const before = Math.floor(Date.now() / 60_000);
    const pdf = signed();
    const one = await only(pdf);
    expect(one).toMatchObject({
      type: 'signature',
      format: 'ETSI.CAdES.detached',
      rangeSound: true,
      coversFile: true,
      laterChanges: [],
      signer: 'Nguyễn Văn Thử',
      issuer: 'Goc thu nghiem',
      integrity: 'intact',
      digest: 'SHA-256',
      validity: 'valid',
      judgedBy: 'claim',
      chain: 'trusted',
      stampedAt: null,
      stampSound: null,
      validFrom: Date.UTC(2020, 0, 1) / 60_000,
      validTo: Date.UTC(2099, 0, 1) / 60_000,
    });
    expect(one.claimedAt).toBeGreaterThanOrEqual(before);
    const [a, b, c, d] = one.range ?? [];
    expect([a, (c ?? 0) + (d ?? 0), (pdf[b ?? 0] ?? 0) === 60]).toEqual([0, pdf.length, true]);
  });

  it.each([
    ['SHA-1', { digest: 'sha1' }],
    ['SHA-384', { digest: 'sha384' }],
    ['SHA-512', { digest: 'sha512' }],
    ['SHA-256', { pss: true }],
  ])('with %s %o', async (digest, options) => {
    expect(await only(signed(person, options))).toMatchObject({ integrity: 'intact', digest, chain: 'trusted' });
  });

  it('by an elliptic key', async () => {
    const elliptic = authority.certificate({ name: 'Khoa EC', issuer: root, key: 'ec' });
    const pdf = signed(elliptic);
    expect(await only(pdf)).toMatchObject({ integrity: 'intact', signer: 'Khoa EC', chain: 'trusted' });
    expect(await only(flip(pdf, 100))).toMatchObject({ integrity: 'altered' });
  });

  it('without signed attributes', async () => {
    const bare = sign(plain(), {
      value: (data) => {
        authority.cms(data, person);
        return authority.openssl(
          'cms',
          '-sign',
          '-binary',
          '-noattr',
          '-in',
          'data',
          '-signer',
          person.cert,
          '-inkey',
          person.key,
          '-outform',
          'DER',
          '-md',
          'sha256',
        );
      },
    });
    // The time is then only the one in the dictionary of the signature.
    expect(await only(bare)).toMatchObject({ integrity: 'intact', claimedAt: Date.UTC(2020, 0, 1, 20, 4) / 60_000 });
    expect(await only(flip(bare, 100))).toMatchObject({ integrity: 'altered' });
  });

  it('is found and verified though the tables of the file are broken', async () => {
    const text = signed().toString('latin1');
    const at = text.lastIndexOf('startxref\n') + 'startxref\n'.length;
    const broken = Buffer.from(`${text.slice(0, at)}00000${text.slice(at + 5)}`, 'latin1');
    expect(await only(broken)).toMatchObject({
      integrity: 'altered',
      format: 'ETSI.CAdES.detached',
      signer: 'Nguyễn Văn Thử',
    });
  });

  it('of unreadable bytes says so', async () => {
    const junk = sign(plain(), { value: () => Buffer.from('not a signature at all') });
    expect(await only(junk)).toMatchObject({
      integrity: 'unreadable',
      signer: null,
      validity: 'unknown',
      coversFile: true,
    });
  });

  it('leaves the file as it was', async () => {
    for (const pdf of [
      signed(),
      sign(makePdf([textPage('a')], { catalogue: `/Long (${'x'.repeat(200)})` }), {
        value: (data) => authority.cms(data, person),
      }),
    ]) {
      const before = Buffer.from(pdf).toString('hex');
      await inspectFile(pdf, { now: NOW });
      expect(pdf.toString('hex')).toBe(before);
    }
  });
});

function flip(pdf: Buffer, at: number): Buffer {
  const copy = Buffer.from(pdf);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

describe('after signing', () => {
  it('one changed byte is seen', async () => {
    const pdf = signed();
    const at = pdf.indexOf('/MediaBox') + 15;
    expect(await only(flip(pdf, at))).toMatchObject({ integrity: 'altered', coversFile: true, rangeSound: true });
  });

  it('a signature value of somebody else is forged', async () => {
    const pdf = signed();
    const value = authority.cms(Buffer.from('other'), person);
    // Same certificate, right digest, wrong value: the last byte of the value is turned.
    const end = pdf.indexOf('00000000', pdf.indexOf('/Contents <') + value.length);
    expect(await only(flip(pdf, end - 1))).toMatchObject({ integrity: 'forged' });
  });

  it.each([
    ['the text of a page', 'pages', () => update(signed(), { [CONTENT]: flate('BT /F1 12 Tf (Khac) Tj ET') })],
    ['the size of a page', 'pages', () => update(signed(), { [FIRST_PAGE]: (body) => body.replace('595.276', '300') })],
    [
      'a page more',
      'pages',
      () =>
        update(signed(), {
          2: '<< /Type /Pages /Kids [3 0 R 90 0 R] /Count 2 >>',
          90: '<< /Type /Page /Parent 2 0 R >>',
        }),
    ],
    [
      'a note',
      'annotations',
      () =>
        update(signed(), {
          [FIRST_PAGE]: (body) => body.replace('/Annots [', '/Annots [91 0 R '),
          91: '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>',
        }),
    ],
    [
      'a filled field',
      'forms',
      () =>
        update(signed(), {
          [FIRST_PAGE]: (body) => body.replace('/Annots [', '/Annots [91 0 R '),
          91: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (b) /Rect [0 0 9 9] >>',
        }),
    ],
    [
      'validation data',
      'validation-data',
      () => update(signed(), { 1: (body) => body.replace(/>>$/, '/DSS << /Certs [92 0 R] >> >>'), 92: flate('x') }),
    ],
    [
      'a script',
      'other',
      () => update(signed(), { 1: (body) => body.replace(/>>$/, '/OpenAction << /S /JavaScript /JS (1) >> >>') }),
    ],
    ['bytes that no table knows', 'other', () => Buffer.concat([signed(), Buffer.from('% more\n')])],
  ])('%s is told as %s', async (_, change, make) => {
    expect(await only(make())).toMatchObject({
      integrity: 'intact',
      coversFile: false,
      rangeSound: true,
      laterChanges: [change],
    });
  });

  it('a space at the end is nothing', async () => {
    expect(await only(Buffer.concat([signed(), Buffer.from('\r\n')]))).toMatchObject({ coversFile: true });
  });

  it('another signature is: both hold, the first no longer covers the file', async () => {
    const second = authority.certificate({ name: 'Nguoi thu hai', issuer: root });
    const both = sign(signed(), { value: (data) => authority.cms(data, second) });
    const found = await signaturesOf(both);
    expect(
      found.map(({ signer, integrity, coversFile, laterChanges }) => ({ signer, integrity, coversFile, laterChanges })),
    ).toEqual([
      { signer: 'Nguyễn Văn Thử', integrity: 'intact', coversFile: false, laterChanges: ['signature'] },
      { signer: 'Nguoi thu hai', integrity: 'intact', coversFile: true, laterChanges: [] },
    ]);
  });

  it('a second signer cannot hide a changed page', async () => {
    const changed = update(signed(), { [CONTENT]: flate('BT /F1 12 Tf (Khac) Tj ET') });
    const [first] = await signaturesOf(sign(changed, { value: (data) => authority.cms(data, person) }));
    expect(new Set(first?.laterChanges)).toEqual(new Set(['pages', 'signature']));
  });

  it('a gap wider than the value is not sound', async () => {
    const pdf = signed().toString('latin1');
    const wide = pdf.replace(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/, (whole, b, c, d) =>
      `/ByteRange [0 ${b - 9} ${c} ${d}]`.padEnd(whole.length),
    );
    expect(await only(Buffer.from(wide, 'latin1'))).toMatchObject({
      rangeSound: false,
      coversFile: false,
      integrity: 'altered',
    });
  });
});

describe('a certificate', () => {
  it('that had run out before the signing', async () => {
    const old = authority.certificate({ name: 'Het han', issuer: root, from: '20200101', to: '20210101' });
    expect(await only(signed(old))).toMatchObject({
      integrity: 'intact',
      validity: 'expired',
      chain: 'invalid',
      validTo: Date.UTC(2021, 0, 1) / 60_000,
    });
  });

  it('that is not yet in force', async () => {
    const early = authority.certificate({ name: 'Chua den', issuer: root, from: '20980101' });
    expect(await only(signed(early))).toMatchObject({ validity: 'not-yet', chain: 'invalid' });
  });

  it('without anchors, under other roots, or that vouches for itself', async () => {
    const pdf = signed();
    expect(await only(pdf, [])).toMatchObject({ chain: 'no-anchors' });
    expect(await only(pdf, [other.der])).toMatchObject({ chain: 'incomplete' });
    expect(await only(pdf, [Buffer.from('no certificate'), root.der])).toMatchObject({ chain: 'trusted' });
    const self = authority.certificate({ name: 'Tu ky' });
    expect(await only(signed(self))).toMatchObject({ integrity: 'intact', chain: 'self-signed' });
    expect(await only(signed(self), [])).toMatchObject({ chain: 'self-signed' });
    expect(await only(signed(self), [self.der])).toMatchObject({ chain: 'trusted' });
  });

  it('two steps under the root, when the file carries the step between', async () => {
    const between = authority.certificate({ name: 'Cap giua', as: 'root', issuer: root });
    const leaf = authority.certificate({ name: 'Cap cuoi', issuer: between });
    expect(await only(signed(leaf, { chain: [between] }))).toMatchObject({ chain: 'trusted' });
    expect(await only(signed(leaf))).toMatchObject({ chain: 'incomplete' });
  });

  it('by a root of the same name but another key', async () => {
    const twin = authority.certificate({ name: 'Goc thu nghiem', as: 'root' });
    expect(await only(signed(), [twin.der])).toMatchObject({ chain: 'invalid' });
  });
});

describe('a time stamp', () => {
  it('beside a signature gives the time that counts', async () => {
    const pdf = sign(plain(), { value: (data) => authority.withStamp(authority.cms(data, person), stamper) });
    const one = await only(pdf);
    expect(one).toMatchObject({
      integrity: 'intact',
      stampSound: true,
      judgedBy: 'stamp',
      validity: 'valid',
      chain: 'trusted',
    });
    expect(Math.abs((one.stampedAt ?? 0) - (one.claimedAt ?? 0))).toBeLessThanOrEqual(1);
  });

  it('made for another signature does not count', async () => {
    const pdf = sign(plain(), {
      value: (data) => authority.withStamp(authority.cms(data, person), stamper, Buffer.from('another')),
    });
    expect(await only(pdf)).toMatchObject({ integrity: 'intact', stampSound: false, judgedBy: 'claim' });
  });

  it('over the document is a seal, and no signature of a person', async () => {
    const seal = (pdf: Buffer) =>
      sign(pdf, { seal: true, format: 'ETSI.RFC3161', value: (data) => authority.stamp(data, stamper) });
    const found = await signaturesOf(seal(signed()));
    expect(found.map(({ type, integrity }) => [type, integrity])).toEqual([
      ['signature', 'intact'],
      ['seal', 'intact'],
    ]);
    expect(found[1]).toMatchObject({
      coversFile: true,
      stampSound: true,
      judgedBy: 'stamp',
      claimedAt: null,
      signer: 'May dong dau',
    });
    const bad = await signaturesOf(flip(seal(plain()), 100));
    expect(bad[0]).toMatchObject({ type: 'seal', integrity: 'altered', stampSound: false });
  });
});
