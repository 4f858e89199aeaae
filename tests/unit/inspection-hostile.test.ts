import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type FileFacts, inspectFile, type Limits } from '../../lib/inspection/index.ts';
import { jpeg, noise, paper } from '../fixtures/pdf/jpeg.ts';
import {
  assemble,
  type Body,
  flate,
  jpegImage,
  makePdf,
  type PageSpec,
  scanPage,
  stream,
  textPage,
  wholePage,
} from '../fixtures/pdf/make.ts';

/** Files made to harm end in facts, never in an exception, a hang or a flood of memory. */

const NOW = 29_900_000;
const facts = (bytes: Uint8Array, limits?: Partial<Limits>, signal?: AbortSignal): Promise<FileFacts> =>
  inspectFile(bytes, { now: NOW, limits, signal });
const firstPage = async (bytes: Uint8Array) => (await facts(bytes)).pdf?.pageFacts[0];

/** Unfolds to some megabytes more than any stream may. */
const bomb = deflateSync(Buffer.alloc(80 * 1024 * 1024, 'q Q '));
const form = (body: string) =>
  stream(body, '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 1000 0 R /B 1001 0 R >> >>');
const calls = (extra = ''): PageSpec => ({
  content: '/A Do',
  extra: `/Resources << /XObject << /A 1000 0 R /B 1001 0 R >> >> ${extra}`,
});

describe('a page', () => {
  it('that unfolds without end is given up, its neighbours are not', async () => {
    const more = new Map<number, Body>([[1000, stream(bomb, '/Filter /FlateDecode')]]);
    const { pdf } = await facts(makePdf([{ extra: '/Contents 1000 0 R' }, textPage('sau')], { more }));
    expect(pdf?.pageFacts.map(({ unread, chars }) => [unread, chars])).toEqual([
      ['too-complex', 0],
      [null, 3],
    ]);
  });

  it('that is squeezed twice', async () => {
    const more = new Map<number, Body>([[1000, stream(deflateSync(bomb), '/Filter [/FlateDecode /FlateDecode]')]]);
    expect(await firstPage(makePdf([{ extra: '/Contents 1000 0 R' }], { more }))).toMatchObject({
      unread: 'too-complex',
    });
  });

  it('whose forms call one another', async () => {
    const more = new Map<number, Body>([
      [1000, form('/B Do '.repeat(20))],
      [1001, form('/A Do '.repeat(20))],
    ]);
    expect(await firstPage(makePdf([calls()], { more }))).toMatchObject({ unread: 'too-complex' });
  });

  it('with one picture a hundred thousand times', async () => {
    const tiny = paper(8, 8, 0);
    const more = new Map<number, Body>([[1000, jpegImage(tiny, jpeg(tiny))]]);
    expect(await firstPage(makePdf([{ ...calls(), content: '/A Do '.repeat(100_000) }], { more }))).toMatchObject({
      unread: 'too-complex',
    });
  });

  it('nested a thousand deep', async () => {
    expect(await firstPage(makePdf([{ content: `${'['.repeat(1000)} 1` }]))).toMatchObject({ unread: 'too-complex' });
    expect(await firstPage(makePdf([{ extra: `/X ${'<< /A '.repeat(5000)}` }]))).not.toMatchObject({ chars: 1 });
  });
});

describe('a picture', () => {
  it('that is larger inside than its dictionary says is not decoded', async () => {
    const small = paper(64, 64, 0);
    const data = Buffer.from(jpeg(small));
    const frame = data.indexOf(Buffer.from([0xff, 0xc0]));
    data.writeUInt16BE(65_500, frame + 5);
    data.writeUInt16BE(65_500, frame + 7);
    expect(
      await firstPage(makePdf([{ content: wholePage('Im'), images: { Im: jpegImage(small, data) } }])),
    ).toMatchObject({ blank: 'unknown', skippedImages: 1 });
  });

  it('that unfolds to gigabytes is not unfolded', async () => {
    const dict =
      '/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode';
    expect(await firstPage(makePdf([{ content: wholePage('Im'), images: { Im: stream(bomb, dict) } }]))).toMatchObject({
      blank: 'unknown',
      skippedImages: 1,
      scan: true,
    });
  });

  it('of nothing', async () => {
    const image = (dict: string) => stream('x', `/Type /XObject /Subtype /Image ${dict}`);
    const pages = [
      '/Width 0 /Height 0',
      '/Width -5 /Height 9',
      '',
      '/Width 9 /Height 9 /Filter /DCTDecode',
      '/Width 9 /Height 9 /Filter /Nothing',
    ].map((dict) => ({ content: wholePage('Im'), images: { Im: image(dict) } }));
    const { pdf } = await facts(makePdf(pages));
    expect(pdf?.pageFacts.map(({ blank }) => blank)).toEqual([
      'no-marks',
      'no-marks',
      'no-marks',
      'unknown',
      'unknown',
    ]);
  });
});

describe('a file', () => {
  it('of ten thousand pages is sampled', async () => {
    const { pdf } = await facts(makePdf(Array.from({ length: 10_000 }, () => textPage('a'))));
    expect(pdf).toMatchObject({ pages: 10_000, looked: 200, damaged: false });
  });

  it('with a vast object stream', async () => {
    const more = new Map<number, Body>([
      [
        1000,
        flate(
          Buffer.concat([Buffer.from('5 0 '), Buffer.alloc(70 * 1024 * 1024, 32)]),
          '/Type /ObjStm /N 999999999 /First 4',
        ),
      ],
    ]);
    const pdf = makePdf([textPage('a')], { catalogue: '/Names 1000 0 R', more });
    expect((await facts(pdf)).pdf).toMatchObject({ pages: 1, activeUnsure: false });
  });

  it('whose tables go in a circle', async () => {
    const text = makePdf([textPage('a')]).toString('latin1');
    const at = /startxref\n(\d+)/.exec(text)?.[1];
    const circle = Buffer.from(text.replace('/Root', `/Prev ${at} /Root`), 'latin1');
    expect(await facts(circle)).toMatchObject({ kind: 'pdf', opens: { ok: true }, pdf: { pages: 1, damaged: true } });
  });

  it('with a stream whose length is itself', async () => {
    const more = new Map<number, Body>([[1000, '<< /Length 1000 0 R >>\nstream\nBT (abc) Tj ET\nendstream']]);
    expect(await firstPage(makePdf([{ extra: '/Contents 1000 0 R' }], { more }))).toMatchObject({ chars: 3 });
  });

  it('that claims more objects than there are bytes', async () => {
    const objects = new Map<number, Body>([
      [1, '<< /Type /Catalog /Pages 2 0 R >>'],
      [2, '<< /Type /Pages /Kids [] /Count 99999999 >>'],
    ]);
    const pdf = assemble(objects, Buffer.from('%PDF-1.7\n'), '/Size 99999999 /Root 1 0 R')
      .toString('latin1')
      .replace('0 1\n0000000000 65535 f', '0 4000000000\n0000000000 65535 f');
    expect((await facts(Buffer.from(pdf, 'latin1'))).pdf?.pageFacts ?? []).toEqual([]);
  });

  it('of noise, with a head and a tail', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = noise(seed);
      const middle = Buffer.from(Array.from({ length: 3000 }, () => random() * 256));
      const { opens } = await facts(
        Buffer.concat([Buffer.from('%PDF-1.7\n'), middle, Buffer.from('\nstartxref\n20\n%%EOF')]),
      );
      expect(opens.ok).toBe(false);
    }
  });

  it('with bytes changed anywhere still gives facts', async () => {
    const good = makePdf([scanPage(72, 2), textPage('chu')], { catalogue: '/AcroForm << /Fields [] >>' });
    const random = noise(99);
    for (let i = 0; i < 150; i++) {
      const bad = Buffer.from(good);
      for (let n = 0; n < 8; n++) bad[Math.floor(random() * bad.length)] = Math.floor(random() * 256);
      const { kind, sha256 } = await facts(bad);
      expect(['pdf', 'other']).toContain(kind);
      expect(sha256).toHaveLength(64);
    }
  });

  it('above the size limit is refused unread', async () => {
    expect(await facts(makePdf([textPage('a')]), { fileBytes: 100 })).toMatchObject({
      kind: 'pdf',
      sha256: null,
      opens: { ok: false, why: 'too-large' },
    });
  });
});

describe('an inspection', () => {
  const long = makePdf(Array.from({ length: 150 }, () => textPage('a')));

  it('out of time says how far it came', async () => {
    expect((await facts(long, { milliseconds: 0 })).opens).toEqual({ ok: false, why: 'time' });
  });

  it('stopped by its caller says so, before and in the midst', async () => {
    expect((await facts(long, {}, AbortSignal.abort())).opens).toEqual({ ok: false, why: 'aborted' });
    const control = new AbortController();
    const progress = (done: number) => done === 5 && control.abort();
    const { pdf } = await inspectFile(long, {
      now: NOW,
      signal: control.signal,
      progress: (done) => void progress(done),
    });
    expect(pdf).toMatchObject({ pages: 150, looked: 5, stopped: 'aborted' });
  });
});
