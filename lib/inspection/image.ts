import type { Colour, ImageFacts } from './facts.ts';
import { indexOfAscii } from './kind.ts';

/** Facts from the headers of picture files; no picture is decoded. */

const A4_INCHES = [210 / 25.4, 297 / 25.4] as const;
const CM_PER_INCH = 2.54;
const METRES_PER_INCH = 0.0254;
/** Directory entries of a TIFF; honest ones have some twenty. */
const MAX_TAGS = 500;

type Header = Omit<ImageFacts, 'dpiIfA4'>;

/** The lower of both directions, as for a scanned page, for the sheet the picture's way up. */
function dpiIfA4(width: number, height: number): number {
  const [short, long] = A4_INCHES;
  return Math.round(Math.min(Math.min(width, height) / short, Math.max(width, height) / long));
}

/** A density that no device has is a number somebody left in the header (1, 72 for "unknown" is kept: it is stated). */
const density = (dpi: number) => (Number.isFinite(dpi) && dpi > 1 && dpi < 10_000 ? Math.round(dpi) : null);

function jpeg(bytes: Uint8Array): Header | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let dpi: number | null = null;
  let size: { width: number; height: number; colour: Colour } | null = null;
  for (let at = 2; at + 10 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe0 && length >= 14 && indexOfAscii(bytes, 'JFIF', at + 4, at + 8) >= 0) {
      const unit = bytes[at + 11];
      const x = view.getUint16(at + 12);
      if (unit === 1) dpi = density(x);
      else if (unit === 2) dpi = density(x * CM_PER_INCH);
    }
    // Start of frame: all but the tables that lie between them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      size = {
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        colour: bytes[at + 9] === 1 ? 'grey' : 'colour',
      };
    }
    // Coded data cannot hold this mark, so it is the end of the picture.
    if (marker === 0xda) return size && { ...size, dpi, truncated: indexOfAscii(bytes, '\u00ff\u00d9', at) < 0 };
    at += 2 + length;
  }
  return null;
}

function png(bytes: Uint8Array): Header | null {
  if (bytes.length < 33) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [bits, type] = [bytes[24], bytes[25] as number];
  const colour: Colour = bits === 1 && type !== 2 ? 'bw' : type === 0 || type === 4 ? 'grey' : 'colour';
  let dpi: number | null = null;
  let ended = false;
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === 'pHYs' && at + 17 <= bytes.length && bytes[at + 16] === 1)
      dpi = density(view.getUint32(at + 8) * METRES_PER_INCH);
    if (name === 'IEND') ended = true;
    at += 12 + length;
  }
  return { width: view.getUint32(16), height: view.getUint32(20), colour, dpi, truncated: !ended };
}

function tiff(bytes: Uint8Array): Header | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const start = view.getUint32(4, little);
  const count = view.getUint16(start, little);
  const tags = new Map<number, number>();
  for (let i = 0; i < Math.min(count, MAX_TAGS); i++) {
    const at = start + 2 + i * 12;
    const type = view.getUint16(at + 2, little);
    const short = type === 3;
    const value = short ? view.getUint16(at + 8, little) : view.getUint32(at + 8, little);
    tags.set(view.getUint16(at, little), value);
  }
  const width = tags.get(256);
  const height = tags.get(257);
  if (!width || !height) return null;
  const rational = tags.get(282);
  const pixels =
    rational === undefined ? Number.NaN : view.getUint32(rational, little) / view.getUint32(rational + 4, little);
  const dpi = density(tags.get(296) === 3 ? pixels * CM_PER_INCH : pixels);
  const samples = tags.get(277) ?? 1;
  const bw = (tags.get(258) ?? 1) === 1 && samples === 1;
  const strips = tags.get(273) ?? 0;
  return {
    width,
    height,
    dpi,
    colour: samples >= 3 ? 'colour' : bw ? 'bw' : 'grey',
    truncated: strips >= bytes.length,
  };
}

const READERS = { jpeg, png, tiff };

/** Null when the header makes no sense. */
export function readImage(kind: keyof typeof READERS, bytes: Uint8Array): ImageFacts | null {
  try {
    const header = READERS[kind](bytes);
    if (!header || header.width < 1 || header.height < 1) return null;
    return { ...header, dpiIfA4: dpiIfA4(header.width, header.height) };
  } catch (error) {
    // A place outside of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
