import { Stop } from '../budget.ts';
import type { PdfDocument, PdfStream } from './document.ts';
import { imageOf, inlineImage } from './image-dict.ts';
import { type Dict, Lexer, nameOf, PdfString, type Value, Word } from './lex.ts';
import type { PdfPage } from './pages.ts';
import { type Drawn, IDENTITY, type Matrix, multiply, nothingDrawn } from './placement.ts';

/** Operators and operands of one page, forms included. A page of a city map has a tenth of it. */
const MAX_STEPS = 4_000_000;
const MAX_FORM_DEPTH = 12;
/** Operands before an operator; more is junk. */
const MAX_OPERANDS = 1000;
/** Graphics states put aside, and pictures placed, on one page. */
const MAX_SAVED = 1000;
const MAX_IMAGES = 20_000;
/** Bytes of all content of one page. */
const MAX_CONTENT = 32 * 1024 * 1024;

interface State {
  matrix: Matrix;
  /** Text render mode: 3 and 7 draw nothing. */
  mode: number;
  /** Bytes a character of the font in use. */
  wide: boolean;
  fillWhite: boolean;
  strokeWhite: boolean;
}

const PAINT_FILL = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*']);
const PAINT_STROKE = new Set(['S', 's', 'B', 'B*', 'b', 'b*']);
const NO_MARK = new Set(['Link', 'Popup']);
const HIDDEN_OR_NO_VIEW = 2 | 32;

const numbers = (values: readonly Value[]) => values.filter((value) => typeof value === 'number');

/** White in grey, RGB and (all inks off) CMYK; a pattern is never white. */
function isWhite(operands: readonly Value[]): boolean {
  const parts = numbers(operands);
  if (parts.length === 0 || parts.length !== operands.length) return false;
  return parts.length === 4 ? parts.every((part) => part <= 0.02) : parts.every((part) => part >= 0.98);
}

class Walker {
  readonly drawn: Drawn = nothingDrawn();
  readonly #doc: PdfDocument;
  #steps = 0;
  #content = 0;
  #depth = 0;

  constructor(doc: PdfDocument) {
    this.#doc = doc;
  }

  run(bytes: Uint8Array, resources: Dict | undefined, start: Matrix): void {
    this.#content += bytes.length;
    if (this.#content > MAX_CONTENT) throw new Stop('too-complex');
    const lexer = new Lexer(bytes, 0, false);
    let state: State = { matrix: start, mode: 0, wide: false, fillWhite: false, strokeWhite: false };
    const saved: State[] = [];
    let operands: Value[] = [];
    for (;;) {
      if (++this.#steps % 4096 === 0) this.#doc.budget.check();
      if (this.#steps > MAX_STEPS) throw new Stop('too-complex');
      const value = lexer.read();
      if (!(value instanceof Word)) {
        if (operands.length < MAX_OPERANDS) operands.push(value);
        continue;
      }
      if (value.value === '') {
        if (lexer.atEnd) return;
        continue;
      }
      if (value.value === 'q') {
        if (saved.length < MAX_SAVED) saved.push({ ...state });
      } else if (value.value === 'Q') state = saved.pop() ?? state;
      else if (value.value === 'BI') this.#inline(lexer, resources, state);
      else this.#operator(value.value, operands, resources, state);
      operands = [];
    }
  }

  #operator(name: string, operands: readonly Value[], resources: Dict | undefined, state: State): void {
    if (PAINT_FILL.has(name) && !state.fillWhite) this.drawn.marks = true;
    if (PAINT_STROKE.has(name) && !state.strokeWhite) this.drawn.marks = true;
    switch (name) {
      case 'cm': {
        const matrix = numbers(operands);
        if (matrix.length === 6) state.matrix = multiply(matrix as unknown as Matrix, state.matrix);
        return;
      }
      case 'Tr':
        state.mode = numbers(operands)[0] ?? 0;
        return;
      case 'Tf':
        state.wide = this.#isWide(resources, nameOf(operands[0]));
        return;
      case 'Tj':
      case "'":
      case '"':
      case 'TJ':
        this.#text(operands.flat(), state);
        return;
      case 'g':
      case 'rg':
      case 'k':
      case 'sc':
      case 'scn':
        state.fillWhite = isWhite(operands);
        return;
      case 'G':
      case 'RG':
      case 'K':
      case 'SC':
      case 'SCN':
        state.strokeWhite = isWhite(operands);
        return;
      case 'cs':
        state.fillWhite = false;
        return;
      case 'CS':
        state.strokeWhite = false;
        return;
      case 'sh':
        this.drawn.marks = true;
        return;
      case 'Do':
        this.#xobject(nameOf(operands[0]), resources, state);
    }
  }

  #text(values: readonly Value[], state: State): void {
    let count = 0;
    for (const value of values) {
      if (!(value instanceof PdfString)) continue;
      if (state.wide) count += value.bytes.length >> 1;
      // Fonts cut to what is used number their glyphs from 1, so only the usual blank is left out.
      else for (const byte of value.bytes) if (byte !== 32) count++;
    }
    if (state.mode === 3 || state.mode === 7) this.drawn.hiddenChars += count;
    else if (!state.fillWhite) this.drawn.chars += count;
  }

  #isWide(resources: Dict | undefined, name: string | undefined): boolean {
    const fonts = this.#doc.dict(resources?.get('Font'));
    const font = name === undefined ? undefined : this.#doc.dict(fonts?.get(name));
    return this.#doc.name(font?.get('Subtype')) === 'Type0';
  }

  #xobject(name: string | undefined, resources: Dict | undefined, state: State): void {
    const objects = this.#doc.dict(resources?.get('XObject'));
    const stream = name === undefined ? undefined : this.#doc.stream(objects?.get(name));
    if (!stream) return;
    const subtype = this.#doc.name(stream.dict.get('Subtype'));
    if (subtype === 'Form') this.form(stream, resources, state.matrix);
    else if (subtype === 'Image') this.#place(imageOf(this.#doc, stream), stream, state);
  }

  form(stream: PdfStream, resources: Dict | undefined, start: Matrix): void {
    if (this.#depth >= MAX_FORM_DEPTH) throw new Stop('too-complex');
    const matrix = this.#doc.array(stream.dict.get('Matrix')).map((one) => this.#doc.number(one) ?? 0);
    const own = this.#doc.dict(stream.dict.get('Resources')) ?? resources;
    this.#depth++;
    this.run(
      this.#doc.content(stream),
      own,
      multiply(matrix.length === 6 ? (matrix as unknown as Matrix) : IDENTITY, start),
    );
    this.#depth--;
  }

  #place(image: ReturnType<typeof imageOf>, key: unknown, { matrix }: State): void {
    if (!image) return;
    if (this.drawn.images.length >= MAX_IMAGES) throw new Stop('too-complex');
    this.drawn.images.push({ ...image, matrix, key });
  }

  /** `BI … ID data EI`: the data has no stated length, so its end is the first `EI` that stands alone. */
  #inline(lexer: Lexer, resources: Dict | undefined, state: State): void {
    const dict: Dict = new Map();
    for (;;) {
      const key = lexer.read();
      if (key instanceof Word) break;
      const value = lexer.read();
      if (value instanceof Word) break;
      const name = nameOf(key);
      if (name !== undefined) dict.set(name, value);
    }
    const { bytes } = lexer;
    const start = lexer.pos + 1;
    const space = (byte: number | undefined) => byte === undefined || byte === 10 || byte === 13 || byte === 32;
    let end = start;
    for (; end < bytes.length; end++) {
      if (bytes[end] === 69 && bytes[end + 1] === 73 && space(bytes[end - 1]) && space(bytes[end + 2])) break;
    }
    lexer.pos = end + 2;
    const stream = inlineImage(dict, bytes.subarray(start, end), this.#doc.dict(resources?.get('ColorSpace')));
    this.#place(imageOf(this.#doc, stream), stream, state);
  }
}

/** Content streams of a page, joined as one (ISO 32000-1 §7.8.2). */
function contentOf(doc: PdfDocument, page: PdfPage): Uint8Array {
  const contents = page.dict.get('Contents');
  const single = doc.stream(contents);
  const streams = single ? [single] : doc.array(contents).map((one) => doc.stream(one));
  const parts = streams.flatMap((stream) => (stream ? [doc.content(stream)] : []));
  if (parts.length === 1) return parts[0] as Uint8Array;
  const total = parts.reduce((sum, part) => sum + part.length + 1, 0);
  if (total > MAX_CONTENT) throw new Stop('too-complex');
  const joined = new Uint8Array(total).fill(10);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length + 1;
  }
  return joined;
}

/** A form field is seen once it holds something; a box that is not ticked is as good as empty. */
function filled(doc: PdfDocument, field: Dict): boolean {
  const parent = doc.dict(field.get('Parent'));
  const type = doc.name(field.get('FT') ?? parent?.get('FT'));
  if (type === 'Sig' && emptyRect(doc, field)) return false;
  const value = doc.get(field.get('V') ?? parent?.get('V'));
  if (value instanceof PdfString) return value.bytes.length > 0;
  return value !== null && nameOf(value) !== 'Off';
}

/** A stamp or a note is a mark on the page; a link is not. */
function annotationMarks(doc: PdfDocument, page: PdfPage): boolean {
  return doc.array(page.dict.get('Annots')).some((one) => {
    const annotation = doc.dict(one);
    if (!annotation || !doc.dict(annotation.get('AP'))) return false;
    if (((doc.number(annotation.get('F')) ?? 0) & HIDDEN_OR_NO_VIEW) !== 0) return false;
    const subtype = doc.name(annotation.get('Subtype')) ?? '';
    return subtype === 'Widget' ? filled(doc, annotation) : !NO_MARK.has(subtype);
  });
}

function emptyRect(doc: PdfDocument, annotation: Dict): boolean {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = doc.array(annotation.get('Rect')).map((one) => doc.number(one) ?? 0);
  return Math.abs(x2 - x1) < 1 || Math.abs(y2 - y1) < 1;
}

/** Everything that a page draws, without decoding a single image. @throws Stop */
export function walkPage(doc: PdfDocument, page: PdfPage): Drawn {
  const walker = new Walker(doc);
  walker.run(contentOf(doc, page), doc.dict(page.resources), IDENTITY);
  if (annotationMarks(doc, page)) walker.drawn.marks = true;
  return walker.drawn;
}
