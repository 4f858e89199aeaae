import { PDFDocument, StandardFonts } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { inspectFile, type PageFacts, sameFiles } from '../../lib/inspection/index.ts';
import { jpeg, paper } from '../fixtures/pdf/jpeg.ts';
import {
  A4,
  blankFax,
  encrypt,
  flate,
  flatImage,
  has,
  jpegImage,
  makePdf,
  scanPage,
  sheet,
  stream,
  textPage,
  wholePage,
} from '../fixtures/pdf/make.ts';

const NOW = 29_900_000;
const decodersUrl = new URL('wasm/', import.meta.resolve('pdfjs-dist/package.json')).href;

const facts = (bytes: Uint8Array) => inspectFile(bytes, { now: NOW, decodersUrl });

async function pdfFacts(bytes: Uint8Array) {
  const { pdf, opens } = await facts(bytes);
  if (!pdf) throw new Error(`does not open: ${JSON.stringify(opens)}`);
  return pdf;
}

async function firstPage(bytes: Uint8Array): Promise<PageFacts> {
  const { pageFacts } = await pdfFacts(bytes);
  return pageFacts[0] as PageFacts;
}

describe('a scanned page', () => {
  it.each([300, 200, 72])('of %i dpi', async (dpi) => {
    const page = await firstPage(makePdf([scanPage(dpi)]));
    expect(page).toMatchObject({
      scan: true,
      dpi,
      coarsestDpi: null,
      colour: 'grey',
      blank: 'no',
      images: 1,
      chars: 0,
      hiddenChars: 0,
    });
    expect([page.width, page.height]).toEqual([210, 297]);
  });

  it('counts as stretched as it is placed, in its weaker direction', async () => {
    const page = await firstPage(
      makePdf([{ content: wholePage('Im', [A4[0], A4[1] / 2]), images: { Im: sheet(100, 30) } }]),
    );
    expect(page).toMatchObject({ scan: true, dpi: 100 });
    const turned = await firstPage(
      makePdf([
        {
          content: `q 0 ${A4[0]} -${A4[1]} 0 ${A4[1]} 0 cm /Im Do Q`,
          images: { Im: sheet(100, 30) },
          size: [A4[1], A4[0]],
        },
      ]),
    );
    expect(turned).toMatchObject({ scan: true, dpi: 100, width: 297, height: 210 });
  });

  it('keeps its fineness inside nested forms and a user unit', async () => {
    const form = (inner: string, matrix: string) =>
      stream(
        inner,
        `/Type /XObject /Subtype /Form /BBox [0 0 5000 5000] /Matrix [${matrix}] /Resources << /XObject << /In 1001 0 R >> >>`,
      );
    const more = new Map([
      [1000, form('q 0.5 0 0 0.5 0 0 cm /In Do Q', '2 0 0 2 0 0')],
      [1001, sheet(100, 30)],
    ]);
    const pdf = makePdf(
      [
        {
          content: `q ${A4[0] / 2} 0 0 ${A4[1] / 2} 0 0 cm /Fm Do Q`,
          extra: '/UserUnit 2 /Resources << /XObject << /Fm 1000 0 R >> >>',
          size: [A4[0] / 2, A4[1] / 2],
        },
      ],
      { more },
    );
    expect(await firstPage(pdf)).toMatchObject({ scan: true, dpi: 100, width: 210, height: 297 });
  });

  it('in strips is as coarse as the coarsest strip', async () => {
    const half = (name: string, y: number) => `q ${A4[0]} 0 0 ${A4[1] * 0.45} 0 ${y} cm /${name} Do Q\n`;
    const flat = (width: number) =>
      flatImage(width, Math.round(width * 0.637), 200, '/ColorSpace /DeviceRGB /BitsPerComponent 8', 3);
    const page = await firstPage(
      makePdf([{ content: half('A', 0) + half('B', A4[1] / 2), images: { A: flat(1654), B: flat(827) } }]),
    );
    expect(page).toMatchObject({ scan: true, dpi: 100, colour: 'colour', images: 2 });
  });

  it('in layers is as fine as its text layer', async () => {
    const mask = flatImage(2480, 3508, 0, '/ImageMask true /BitsPerComponent 1');
    const page = await firstPage(
      makePdf([{ content: wholePage('Back') + wholePage('Text'), images: { Back: sheet(72, 0), Text: mask } }]),
    );
    expect(page).toMatchObject({ scan: true, dpi: 300, coarsestDpi: 72 });
  });

  it('is not made by a logo', async () => {
    const page = await firstPage(
      makePdf([
        { content: `${textPage('Kinh gui').content} q 50 0 0 50 10 10 cm /Im Do Q`, images: { Im: sheet(72, 3) } },
      ]),
    );
    expect(page).toMatchObject({ scan: false, dpi: null, chars: 7 });
  });

  it.each([
    ['/ColorSpace /DeviceRGB /BitsPerComponent 8', 3, 'colour'],
    ['/ColorSpace /DeviceCMYK /BitsPerComponent 8', 4, 'colour'],
    ['/ColorSpace [/CalGray << /WhitePoint [1 1 1] >>] /BitsPerComponent 8', 1, 'grey'],
    ['/ColorSpace [/Indexed /DeviceRGB 1 <000000ffffff>] /BitsPerComponent 8', 1, 'colour'],
    ['/ColorSpace /DeviceGray /BitsPerComponent 1', 1, 'bw'],
  ])('with %s', async (dict, bytes, colour) => {
    const page = await firstPage(
      makePdf([{ content: wholePage('Im'), images: { Im: flatImage(400, 566, 0, dict, bytes) } }]),
    );
    expect(page).toMatchObject({ colour, blank: 'uniform-image' });
  });
});

describe('a blank page', () => {
  it.each([
    ['with no content', {}, 'no-marks'],
    ['painted white', { content: '1 1 1 rg 0 0 600 900 re f 0 0 0 0 k 1 1 1 RG 0 0 10 10 re B' }, 'no-marks'],
    ['with white text', { content: '1 g BT /F1 12 Tf (trang) Tj ET' }, 'no-marks'],
    ['with only spaces', { content: 'BT /F1 12 Tf (   ) Tj ET' }, 'no-marks'],
    ['with a line drawn', { content: '0 0 m 100 100 l S' }, 'no'],
    ['with a word', textPage('A'), 'no'],
    ['with one line of writing on a scan', scanPage(150, 1), 'no'],
    ['as a scanned empty sheet', scanPage(150, 0), 'uniform-image'],
    ['as an empty fax', { content: wholePage('F'), images: { F: blankFax(1654, 2339) } }, 'uniform-image'],
  ])('%s: %#', async (_, page, blank) => {
    expect((await firstPage(makePdf([page]))).blank).toBe(blank);
  });

  it('is not made by a stamp alone, but by a link it is', async () => {
    const annotation = (subtype: string) =>
      `/Annots [<< /Type /Annot /Subtype /${subtype} /Rect [0 0 90 90] /AP << /N 1000 0 R >> >>]`;
    const more = new Map([[1000, stream('0 0 9 9 re f', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]')]]);
    expect((await firstPage(makePdf([{ extra: annotation('Stamp') }], { more }))).blank).toBe('no');
    expect((await firstPage(makePdf([{ extra: annotation('Link') }], { more }))).blank).toBe('no-marks');
  });

  it('is not made by a filled field, but by an empty one it is', async () => {
    const field = (value: string) =>
      `/Annots [<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 90 90] /AP << /N 1000 0 R >> ${value} >>]`;
    const more = new Map([[1000, stream('', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]')]]);
    expect((await firstPage(makePdf([{ extra: field('/V (Nguyen)') }], { more }))).blank).toBe('no');
    for (const empty of ['', '/V ()', '/V /Off']) {
      expect((await firstPage(makePdf([{ extra: field(empty) }], { more }))).blank).toBe('no-marks');
    }
  });

  it('is not a flat picture whose mask cuts out writing', async () => {
    const page = (lines: number) => {
      const ink = flatImage(1240, 1754, 0, '/ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 1000 0 R');
      return makePdf([{ content: wholePage('Ink'), images: { Ink: ink } }], {
        more: new Map([[1000, sheet(150, lines)]]),
      });
    };
    expect((await firstPage(page(20))).blank).toBe('no');
    expect((await firstPage(page(0))).blank).toBe('uniform-image');
  });

  it('stays unknown without the scripts that its coding needs', async () => {
    const fax = makePdf([{ content: wholePage('F'), images: { F: blankFax(1654, 2339) } }]);
    const { pdf } = await inspectFile(fax, { now: NOW });
    expect(pdf?.pageFacts[0]).toMatchObject({ blank: 'unknown', dpi: 200, colour: 'bw' });
  });

  it('a picture above the limit is not decoded, and that is said', async () => {
    const { pdf } = await inspectFile(makePdf([scanPage(150, 0)]), { now: NOW, limits: { imagePixels: 1_000_000 } });
    expect(pdf?.pageFacts[0]).toMatchObject({ blank: 'unknown', skippedImages: 1, dpi: 150 });
  });
});

describe('text', () => {
  it('laid invisibly over a scan is told from text that is seen', async () => {
    const ocr = {
      ...scanPage(200),
      content: `${wholePage('Im')}BT 3 Tr /F1 10 Tf 10 10 Td (Don xin) Tj [(cap) -200 (giay)] TJ ET`,
    };
    expect(await firstPage(makePdf([ocr]))).toMatchObject({ chars: 0, hiddenChars: 13, scan: true, blank: 'no' });
  });

  it('of two-byte fonts counts once a character', async () => {
    const extra =
      '/Resources << /Font << /F2 << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H >> >> >>';
    expect(await firstPage(makePdf([{ content: 'BT /F2 12 Tf <004100420043> Tj ET', extra }]))).toMatchObject({
      chars: 3,
    });
  });

  it('of a font cut to what is used, whose glyphs are numbered from 1', async () => {
    expect(await firstPage(makePdf([{ content: 'BT /F1 12 Tf [<01>2<0203>-3<04>] TJ ET' }]))).toMatchObject({
      chars: 4,
      blank: 'no',
    });
  });

  it('of pdf-lib, in object streams', async () => {
    const doc = await PDFDocument.create();
    const font = await doc.embedFont(StandardFonts.Helvetica);
    for (let i = 0; i < 3; i++) doc.addPage([A4[0], A4[1]]).drawText(`Trang so ${i}`, { font, x: 50, y: 700 });
    doc.addPage([A4[0], A4[1]]);
    const pdf = await pdfFacts(await doc.save({ useObjectStreams: true }));
    expect(pdf).toMatchObject({ pages: 4, looked: 4, damaged: false, truncated: false, version: '1.7' });
    expect(pdf.pageFacts.map(({ chars, blank }) => [chars, blank])).toEqual([
      [8, 'no'],
      [8, 'no'],
      [8, 'no'],
      [0, 'no-marks'],
    ]);
  });

  it('goes on after an inline picture', async () => {
    const content = `q ${A4[0]} 0 0 ${A4[1]} 0 0 cm BI /W 2 /H 2 /CS /RGB /BPC 8 ID 123456EI7890 EI Q BT /F1 9 Tf (sau) Tj ET`;
    expect(await firstPage(makePdf([{ content }]))).toMatchObject({
      images: 1,
      colour: 'colour',
      chars: 3,
      scan: true,
    });
  });
});

describe('a document', () => {
  it('tells its version, its claim and what acts by itself', async () => {
    const xmp =
      '<rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>b</pdfaid:conformance></rdf:Description>';
    const more = new Map<number, string | Buffer>([
      [1000, flate(xmp, '/Type /Metadata /Subtype /XML')],
      [1001, '<< /Type /Filespec /F (a.xml) /EF << /F 1002 0 R >> >>'],
      [1002, stream('<a/>', '/Type /EmbeddedFile')],
    ]);
    const catalogue =
      '/Metadata 1000 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) /Next << /S /Launch /F (calc.exe) >> >> /Names << /EmbeddedFiles << /Names [(a) 1001 0 R] >> >>';
    const pdf = await pdfFacts(makePdf([textPage('a')], { version: '1.4', catalogue, more }));
    expect(pdf).toMatchObject({
      version: '1.4',
      pdfA: { part: '2', conformance: 'B' },
      javascript: true,
      launch: true,
      attachments: 1,
      activeUnsure: false,
      encryption: 'none',
    });
  });

  it('with none of that says so, and takes the claim in attributes too', async () => {
    const more = new Map([[1000, stream('<x pdfaid:part="1" pdfaid:conformance="A"/>', '/Type /Metadata')]]);
    const pdf = await pdfFacts(makePdf([textPage('a')], { catalogue: '/Metadata 1000 0 R', more }));
    expect(pdf).toMatchObject({
      pdfA: { part: '1', conformance: 'A' },
      javascript: false,
      launch: false,
      attachments: 0,
    });
    expect((await pdfFacts(makePdf([textPage('a')]))).pdfA).toBeNull();
  });

  it('of many pages is sampled: first, last and between, the same each time', async () => {
    const pdf = await pdfFacts(makePdf(Array.from({ length: 1000 }, () => textPage('a'))));
    expect(pdf).toMatchObject({ pages: 1000, looked: 200, stopped: null });
    const numbers = pdf.pageFacts.map(({ page }) => page);
    expect(numbers.slice(0, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(numbers.slice(-10)).toEqual([991, 992, 993, 994, 995, 996, 997, 998, 999, 1000]);
    const steps = numbers.slice(10, -10).map((page, i) => page - (numbers[9 + i] as number));
    expect(Math.max(...steps)).toBeLessThanOrEqual(7);
    expect(new Set(numbers).size).toBe(200);
  });

  it('inherits size and resources from the tree, and ends though the tree loops', async () => {
    const pdf = makePdf([textPage('a')])
      .toString('latin1')
      .replace('/Count 1', '/MediaBox [0 0 1 1] /Count 99')
      .replace('/Kids [3 0 R]', '/Kids [3 0 R 2 0 R]');
    // The tables now point beside their objects, which is for the repairing reader.
    const facts = await pdfFacts(Buffer.from(pdf, 'latin1'));
    expect(facts.damaged).toBe(true);
    expect(facts.pageFacts[0]).toMatchObject({ chars: 1 });
  });
});

describe('a file that is not well', () => {
  const good = makePdf([textPage('Xin chao'), textPage('tiep')]);

  it('of 0 bytes', async () => {
    expect(await facts(new Uint8Array())).toMatchObject({
      kind: 'empty',
      opens: { ok: false, why: 'empty' },
      sha256: null,
    });
  });

  it('cut short opens as far as it goes, or says that it is cut', async () => {
    const pdf = await pdfFacts(good.subarray(0, good.lastIndexOf('startxref')));
    expect(pdf).toMatchObject({ truncated: true, damaged: true, pages: 2 });
    expect((await facts(good.subarray(0, 40))).opens).toEqual({ ok: false, why: 'truncated' });
  });

  it('with a broken table is read by repair', async () => {
    const broken = Buffer.from(good.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'), 'latin1');
    const pdf = await pdfFacts(broken);
    expect(pdf).toMatchObject({ damaged: true, truncated: false, pages: 2, activeUnsure: true });
    expect(pdf.pageFacts.map(({ chars }) => chars)).toEqual([7, 4]);
  });

  it('with junk before its head is read by repair', async () => {
    expect(await pdfFacts(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), good]))).toMatchObject({
      pages: 2,
      damaged: true,
    });
  });

  it('with a filter that only the full reader knows', async () => {
    const hex = Buffer.from('BT /F1 9 Tf (abc) Tj ET').toString('hex');
    const more = new Map([[1000, stream(`${hex}>`, '/Filter /ASCIIHexDecode')]]);
    const pdf = await pdfFacts(makePdf([{ extra: '/Contents 1000 0 R' }, textPage('hai')], { more }));
    expect(pdf.damaged).toBe(false);
    expect(pdf.pageFacts.map(({ chars }) => chars)).toEqual([3, 3]);
  });

  it('that is no PDF but is called one', async () => {
    const docx = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(26), Buffer.from('word/document.xml')]);
    expect(await facts(docx)).toMatchObject({ kind: 'docx', opens: { ok: false, why: 'not-inspected' } });
    expect((await facts(Buffer.from('PK\u0003\u0004 something else'))).kind).toBe('zip');
    expect(await facts(Buffer.from('<html>'))).toMatchObject({
      kind: 'other',
      opens: { ok: false, why: 'not-inspected' },
    });
  });

  it.skipIf(!has('qpdf'))('encrypted: needs a password, or only restricts (made with qpdf)', async () => {
    expect((await facts(encrypt(good, 'bi-mat'))).opens).toEqual({ ok: false, why: 'password' });
    const pdf = await pdfFacts(encrypt(makePdf([scanPage(150, 0), scanPage(150, 3), textPage('Xin')]), ''));
    expect(pdf).toMatchObject({ encryption: 'restrictions', damaged: false, pages: 3 });
    expect(pdf.pageFacts.map(({ dpi, blank, chars }) => [dpi, blank, chars])).toEqual([
      [150, 'uniform-image', 0],
      [150, 'no', 0],
      [null, 'no', 3],
    ]);
  });
});

describe('picture files', () => {
  const small = paper(827, 1169, 20);

  it('JPEG with its density', async () => {
    const bytes = jpeg(small, 150);
    expect(await facts(bytes)).toMatchObject({
      kind: 'jpeg',
      opens: { ok: true },
      image: { width: 827, height: 1169, dpi: 150, dpiIfA4: 100, colour: 'grey', truncated: false },
    });
    expect((await facts(bytes.subarray(0, 5000))).image?.truncated).toBe(true);
    expect((await facts(jpeg(paper(64, 64, 0)))).image?.dpi).toBeNull();
  });

  it('PNG with its density', async () => {
    const chunk = (name: string, data: Buffer) =>
      Buffer.concat([Buffer.from([0, 0, 0, data.length]), Buffer.from(name), data, Buffer.alloc(4)]);
    const size = Buffer.from([0, 0, 6, 0x76, 0, 0, 9, 0x23, 8, 2, 0, 0, 0]);
    const density = Buffer.from([0, 0, 0x1e, 0xc3, 0, 0, 0x1e, 0xc3, 1]);
    const head = Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
      chunk('IHDR', size),
      chunk('pHYs', density),
    ]);
    const png = Buffer.concat([head, chunk('IEND', Buffer.alloc(0))]);
    expect((await facts(png)).image).toEqual({
      width: 1654,
      height: 2339,
      colour: 'colour',
      dpi: 200,
      dpiIfA4: 200,
      truncated: false,
    });
    expect((await facts(head)).image?.truncated).toBe(true);
  });

  it('TIFF, and one that points outside of itself', async () => {
    const tiff = Buffer.alloc(200);
    tiff.write('II*\0', 'latin1');
    tiff.writeUInt32LE(8, 4);
    const tags = [
      [256, 3, 2480],
      [257, 3, 3508],
      [258, 3, 1],
      [273, 4, 150],
      [277, 3, 1],
      [282, 5, 120],
      [296, 3, 2],
    ] as const;
    tiff.writeUInt16LE(tags.length, 8);
    tags.forEach(([tag, type, value], i) => {
      tiff.writeUInt16LE(tag, 10 + i * 12);
      tiff.writeUInt16LE(type, 12 + i * 12);
      tiff.writeUInt32LE(1, 14 + i * 12);
      tiff.writeUInt32LE(value, 18 + i * 12);
    });
    tiff.writeUInt32LE(300, 120);
    tiff.writeUInt32LE(1, 124);
    expect((await facts(tiff)).image).toEqual({
      width: 2480,
      height: 3508,
      colour: 'bw',
      dpi: 300,
      dpiIfA4: 300,
      truncated: false,
    });
    tiff.writeUInt32LE(4_000_000, 4);
    expect(await facts(tiff)).toMatchObject({ kind: 'tiff', opens: { ok: false, why: 'broken' } });
  });
});

describe('the same file twice', () => {
  it('is known by its content', async () => {
    const [a, b] = [makePdf([textPage('a')]), makePdf([textPage('b')])];
    const all = await Promise.all([a, b, Buffer.from(a), new Uint8Array(), new Uint8Array()].map(facts));
    expect(sameFiles(all)).toEqual([[0, 2]]);
  });

  it('reads without changing a byte', async () => {
    const pdf = makePdf([
      { content: wholePage('Im'), images: { Im: jpegImage(paper(100, 140, 2), jpeg(paper(100, 140, 2))) } },
    ]);
    const before = Buffer.from(pdf).toString('hex');
    await facts(pdf);
    expect(pdf.toString('hex')).toBe(before);
  });
});
