import { type Budget, Stop } from '../budget.ts';
import { indexOfAscii } from '../kind.ts';
import type { PdfDocument, PdfStream } from './document.ts';
import { componentsOf, isIndexed } from './image-dict.ts';
import type { Dict } from './lex.ts';
import { isUniform } from './uniform.ts';

/**
 * Is an image nearly one colour? Only this question needs pixels, so images are decoded one at a time, when nothing else on the
 * page answers it, by the decoders of pdf.js (loaded at the first image).
 */

/** Bits a pixel above which a coded image is certainly not uniform: even a noisy blank sheet at a high quality stays below. */
const BUSY_BITS: Record<string, number> = { DCTDecode: 2, JPXDecode: 2, JBIG2Decode: 0.02, CCITTFaxDecode: 0.02 };

export interface ImageDecoders {
  jpeg(bytes: Uint8Array): { width: number; height: number; channels: number; bytes: Uint8Array | Uint8ClampedArray };
  /** One bit a pixel, rows padded to bytes. */
  bilevel(
    bytes: Uint8Array,
    width: number,
    height: number,
    fax: Fax | null,
    globals: Uint8Array | null,
  ): Promise<Uint8Array>;
  jpx(bytes: Uint8Array): Promise<Uint8Array>;
}

export interface Fax {
  K: number;
  EndOfLine: boolean;
  EncodedByteAlign: boolean;
  BlackIs1: boolean;
  Columns: number;
  Rows: number;
}

/**
 * Loads the decoders. JPEG needs nothing else; JBIG2, fax and JPEG 2000 need their two scripts, which lie under `url` (a folder of
 * this machine: the extension's own or the package's). Without them such images stay unknown.
 */
export async function loadDecoders(url: string | undefined): Promise<ImageDecoders> {
  const { JpegImage, Jbig2Image, JpxImage, setVerbosityLevel, VerbosityLevel } = await import(
    'pdfjs-dist/legacy/image_decoders/pdf.image_decoders.mjs'
  );
  setVerbosityLevel(VerbosityLevel.ERRORS);
  // No WebAssembly: an extension page's policy forbids compiling it.
  if (url !== undefined) Jbig2Image.setOptions({ useWasm: false, useWorkerFetch: true, wasmUrl: url });
  const scripts = () => {
    if (url === undefined) throw new Stop('not-inspected');
  };
  return {
    jpeg(bytes) {
      const image = new JpegImage({});
      image.parse(bytes);
      return {
        width: image.width,
        height: image.height,
        channels: image.numComponents,
        bytes: image.getData({ width: image.width, height: image.height }),
      };
    },
    bilevel(bytes, width, height, fax, globals) {
      scripts();
      return Jbig2Image.instance.decode(bytes, width, height, globals, fax);
    },
    jpx(bytes) {
      scripts();
      return JpxImage.instance.decode(bytes);
    },
  };
}

function faxOf(parms: Dict | undefined, width: number, height: number): Fax {
  const number = (key: string, otherwise: number) => {
    const value = parms?.get(key);
    return typeof value === 'number' ? value : otherwise;
  };
  return {
    K: number('K', 0),
    EndOfLine: parms?.get('EndOfLine') === true,
    EncodedByteAlign: parms?.get('EncodedByteAlign') === true,
    BlackIs1: parms?.get('BlackIs1') === true,
    Columns: number('Columns', width),
    Rows: number('Rows', height),
  };
}

/**
 * An image of one colour may still show text: cut out by a mask of its own, as scanners that save space do. Both are judged then.
 * @throws Stop `too-large` above the pixel limit, `not-inspected` when the picture cannot be decoded here.
 */
export async function isUniformImage(
  doc: PdfDocument,
  stream: PdfStream,
  load: () => Promise<ImageDecoders>,
  budget: Budget,
): Promise<boolean> {
  if (!(await isUniformPicture(doc, stream, load, budget))) return false;
  for (const key of ['SMask', 'Mask']) {
    const mask = doc.stream(stream.dict.get(key));
    if (mask && !(await isUniformPicture(doc, mask, load, budget))) return false;
  }
  return true;
}

async function isUniformPicture(
  doc: PdfDocument,
  stream: PdfStream,
  load: () => Promise<ImageDecoders>,
  budget: Budget,
): Promise<boolean> {
  const width = doc.number(stream.dict.get('Width')) ?? 0;
  const height = doc.number(stream.dict.get('Height')) ?? 0;
  const coded = doc.filters(stream.dict).at(-1)?.name ?? '';
  if ((stream.raw.length * 8) / (width * height) > (BUSY_BITS[coded] ?? Number.POSITIVE_INFINITY)) return false;
  if (width * height > budget.limits.imagePixels) throw new Stop('too-large');
  budget.check();
  const { bytes, left } = doc.unfold(stream, 4 * budget.limits.imagePixels + height);
  const [filter, ...more] = left;
  if (more.length > 0) throw new Stop('not-inspected');
  switch (filter?.name) {
    case undefined:
      return isUniformRaw(doc, stream, bytes, width, height);
    case 'DCTDecode': {
      const frame = jpegFrame(bytes);
      if (frame.width * frame.height > budget.limits.imagePixels) throw new Stop('too-large');
      const { jpeg } = await load();
      const judge = (data: Uint8Array) => {
        const image = jpeg(data);
        const { channels } = image;
        return isUniform({ ...image, stride: image.width * channels, step: channels, channels }, frame.height);
      };
      const top = topOfJpeg(bytes, frame);
      return (top === null || judgeTop(top, judge)) && judge(bytes);
    }
    case 'JBIG2Decode':
    case 'CCITTFaxDecode': {
      const fax = filter.name === 'CCITTFaxDecode' ? faxOf(filter.parms, width, height) : null;
      const columns = fax?.Columns ?? width;
      if (fax && columns * fax.Rows > budget.limits.imagePixels) throw new Stop('too-large');
      const globals = filter.parms?.get('JBIG2Globals');
      const shared = doc.stream(globals);
      const decoders = await load();
      const packed = await budget.race(
        decoders.bilevel(bytes, width, height, fax, shared ? doc.content(shared) : null),
      );
      return isUniform({ width, height, bytes: packed, stride: (columns + 7) >> 3, step: 0, channels: 1 });
    }
    case 'JPXDecode': {
      checkJpxSize(bytes, budget);
      const decoded = await budget.race((await load()).jpx(bytes));
      const channels = Math.max(1, Math.round(decoded.length / (width * height)));
      return isUniform({ width, height, bytes: decoded, stride: width * channels, step: channels, channels });
    }
  }
  throw new Stop('not-inspected');
}

interface JpegFrame {
  /** Place of the marker. */
  at: number;
  width: number;
  height: number;
  /** Coded row by row, so that its top can be decoded alone. */
  sequential: boolean;
}

/** The picture's own header decides what its decoder allocates, not the dictionary around it. */
function jpegFrame(bytes: Uint8Array): JpegFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) break;
    if (marker >= 0xc0 && marker <= 0xc2)
      return { at, height: view.getUint16(at + 5), width: view.getUint16(at + 7), sequential: marker !== 0xc2 };
  }
  throw new Stop('not-inspected');
}

/** A picture cut short may confuse its decoder; then only the whole of it can tell. */
function judgeTop(top: Uint8Array, judge: (data: Uint8Array) => boolean): boolean {
  try {
    return judge(top);
  } catch {
    return true;
  }
}

/** Most pages have something in their first quarter, and then three quarters of the work are spared. */
const TOP = 4;
const WORTH_ROWS = 800;

/** The same picture, said to end after its first rows; null where that saves nothing. */
function topOfJpeg(bytes: Uint8Array, { at, height, sequential }: JpegFrame): Uint8Array | null {
  if (!sequential || height < WORTH_ROWS) return null;
  const rows = Math.ceil(height / TOP);
  const top = bytes.slice();
  top[at + 5] = rows >> 8;
  top[at + 6] = rows & 255;
  return top;
}

/** The size stands right after the start of the code stream: `FF4F FF51`, two lengths, then width and height. */
function checkJpxSize(bytes: Uint8Array, budget: Budget): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = indexOfAscii(bytes, '\u00ff\u004f\u00ff\u0051');
  if (at < 0 || at + 16 > bytes.length) throw new Stop('not-inspected');
  if (view.getUint32(at + 8) * view.getUint32(at + 12) > budget.limits.imagePixels) throw new Stop('too-large');
}

function isUniformRaw(
  doc: PdfDocument,
  { dict }: PdfStream,
  bytes: Uint8Array,
  width: number,
  height: number,
): boolean {
  const mask = doc.get(dict.get('ImageMask')) === true;
  const bits = mask ? 1 : (doc.number(dict.get('BitsPerComponent')) ?? 8);
  const space = dict.get('ColorSpace');
  const channels = mask ? 1 : componentsOf(doc, space);
  if (channels === undefined || (bits !== 8 && !(bits === 1 && channels === 1))) throw new Stop('not-inspected');
  const stride = Math.ceil((width * channels * bits) / 8);
  if (bytes.length < stride * height * 0.9) throw new Stop('not-inspected');
  const step = bits === 1 ? 0 : channels;
  return isUniform({ width, height, bytes, stride, step, channels, indexed: isIndexed(doc, space) });
}
