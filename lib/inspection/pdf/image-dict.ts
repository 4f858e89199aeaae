import type { Colour } from '../facts.ts';
import type { PdfDocument, PdfStream } from './document.ts';
import { type Dict, Name, nameOf, type Value } from './lex.ts';
import type { Placed } from './placement.ts';

/** What the dictionary of an image says, which is enough for size and colour: nothing is decoded. */

const LONG: Record<string, string> = {
  W: 'Width',
  H: 'Height',
  BPC: 'BitsPerComponent',
  CS: 'ColorSpace',
  IM: 'ImageMask',
  D: 'Decode',
  F: 'Filter',
  DP: 'DecodeParms',
};
const LONG_NAMES: Record<string, string> = {
  G: 'DeviceGray',
  RGB: 'DeviceRGB',
  CMYK: 'DeviceCMYK',
  I: 'Indexed',
  Fl: 'FlateDecode',
  DCT: 'DCTDecode',
  CCF: 'CCITTFaxDecode',
};

/** An inline image with its short keys written out, so that it reads like any other. */
export function inlineImage(short: Dict, raw: Uint8Array, spaces: Dict | undefined): PdfStream {
  const dict: Dict = new Map();
  const long = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(long);
    const name = nameOf(value);
    return name === undefined ? value : new Name(LONG_NAMES[name] ?? name);
  };
  for (const [key, value] of short) dict.set(LONG[key] ?? key, long(value));
  const named = spaces?.get(nameOf(dict.get('ColorSpace')) ?? '');
  if (named !== undefined) dict.set('ColorSpace', named);
  return { dict, raw };
}

/** Components of a colour space; undefined when it cannot be told from the dictionary. */
export function componentsOf(doc: PdfDocument, space: Value | undefined, depth = 0): number | undefined {
  const found = doc.get(space);
  const name = nameOf(Array.isArray(found) ? doc.get(found[0]) : found);
  switch (name) {
    case 'DeviceGray':
    case 'CalGray':
    case 'Separation':
      return 1;
    case 'DeviceRGB':
    case 'CalRGB':
    case 'Lab':
      return 3;
    case 'DeviceCMYK':
      return 4;
    case 'ICCBased':
      return Array.isArray(found) ? doc.number(doc.dict(found[1])?.get('N')) : undefined;
    case 'DeviceN':
      return Array.isArray(found) ? doc.array(found[1]).length : undefined;
    case 'Indexed':
      return depth === 0 ? 1 : undefined;
  }
  return undefined;
}

export function isIndexed(doc: PdfDocument, space: Value | undefined): boolean {
  const found = doc.get(space);
  return Array.isArray(found) && nameOf(doc.get(found[0])) === 'Indexed';
}

function colourOfImage(doc: PdfDocument, dict: Dict): Colour {
  const bits = doc.number(dict.get('BitsPerComponent'));
  if (doc.get(dict.get('ImageMask')) === true || bits === 1) return 'bw';
  const filters = doc.filters(dict).map(({ name }) => name);
  if (filters.includes('JBIG2Decode') || filters.includes('CCITTFaxDecode')) return 'bw';
  const space = doc.get(dict.get('ColorSpace'));
  const base = isIndexed(doc, space) && Array.isArray(space) ? space[1] : space;
  const components = componentsOf(doc, base, 1);
  if (components === undefined) return 'unknown';
  return components === 1 ? 'grey' : 'colour';
}

/** Size and colour of an image; a mask finer than the image it cuts out is what gives the text its edges. */
export function imageOf(
  doc: PdfDocument,
  { dict }: PdfStream,
): Pick<Placed, 'width' | 'height' | 'colour'> | undefined {
  let width = doc.number(dict.get('Width'));
  let height = doc.number(dict.get('Height'));
  if (width === undefined || height === undefined || width < 1 || height < 1) return undefined;
  for (const key of ['Mask', 'SMask']) {
    const mask = doc.stream(dict.get(key))?.dict;
    const [w, h] = [doc.number(mask?.get('Width')), doc.number(mask?.get('Height'))];
    if (w !== undefined && h !== undefined && w > width && h > height) [width, height] = [w, h];
  }
  return { width, height, colour: colourOfImage(doc, dict) };
}
