import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { type Budget, Stop } from '../budget.ts';
import { indexOfAscii } from '../kind.ts';
import { Lexer } from './lex.ts';
import { frameFrom, type PageFrame } from './pages.ts';
import { type Drawn, IDENTITY, type Matrix, multiply, nothingDrawn } from './placement.ts';
import { isUniform } from './uniform.ts';

/**
 * The second reader: pdf.js, for what the strict one leaves alone (encrypted files, broken tables, rare filters).
 *
 * It runs in this very thread: its worker script is imported beside it and, finding its handler on the global object, pdf.js
 * talks to it over a loop-back port. Nothing is fetched and nothing is compiled at run time: no character maps, no fonts, no
 * WebAssembly; scripts of a document are never run. In a dedicated worker that script also greets the page that started
 * the worker; such a message is not one of ours and the page's schema drops it (messages.ts).
 */

/** Pictures larger than the limit are left out by pdf.js without a word, so the file is searched for them first. */
const DICTIONARY_WINDOW = 600;

async function loadPdfJs() {
  const [api] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    import('pdfjs-dist/legacy/build/pdf.worker.mjs'),
  ]);
  return api;
}
type Api = Awaited<ReturnType<typeof loadPdfJs>>;

/** Dictionaries of streams are never compressed or encrypted, so this sees every image. */
function hasHugeImage(bytes: Uint8Array, pixels: number): boolean {
  const numberAfter = (at: number, key: string) => {
    const value = new Lexer(bytes, at + key.length, false).read();
    return typeof value === 'number' ? value : 0;
  };
  for (let at = indexOfAscii(bytes, '/Width'); at >= 0; at = indexOfAscii(bytes, '/Width', at + 6)) {
    const near = indexOfAscii(bytes, '/Height', at - DICTIONARY_WINDOW, at + DICTIONARY_WINDOW);
    if (near >= 0 && numberAfter(at, '/Width') * numberAfter(near, '/Height') > pixels) return true;
  }
  return false;
}

export interface RepairedPage {
  frame: PageFrame;
  drawn: Drawn;
  /** Whether all its images are nearly one colour; null when one could not be decoded. */
  uniform(): Promise<boolean | null>;
}

export class RepairedDocument {
  readonly pages: number;
  /** A picture that is too large to decode is somewhere in the file and was left out. */
  readonly hugeImage: boolean;
  readonly #api: Api;
  readonly #doc: PDFDocumentProxy;
  readonly #budget: Budget;

  constructor(api: Api, doc: PDFDocumentProxy, budget: Budget, hugeImage: boolean) {
    this.#api = api;
    this.#doc = doc;
    this.#budget = budget;
    this.pages = doc.numPages;
    this.hugeImage = hugeImage;
  }

  /** Facts of the document that this reader knows. */
  async facts() {
    const { info, metadata } = await this.#budget.race(this.#doc.getMetadata());
    const scripts = await this.#budget.race(this.#doc.hasJSActions());
    const attachments = await this.#budget.race(this.#doc.getAttachments());
    const fields = info as { PDFFormatVersion?: string; EncryptFilterName?: string | null };
    return {
      version: fields.PDFFormatVersion ?? null,
      encrypted: (fields.EncryptFilterName ?? null) !== null,
      xmp: new TextEncoder().encode(String(metadata?.getRaw() ?? '')),
      javascript: scripts,
      attachments: Object.keys(attachments ?? {}).length,
    };
  }

  /** Walks a page. Its images are decoded on the way, so this costs far more than the strict reader. */
  async page(index: number): Promise<RepairedPage> {
    const page = await this.#budget.race(this.#doc.getPage(index + 1));
    const list = await this.#budget.race(page.getOperatorList());
    const frame = frameFrom(page.view as PageFrame['box'], page.userUnit, page.rotate);
    return {
      frame,
      drawn: this.#drawn(list.fnArray, list.argsArray),
      uniform: () => this.#uniform(page, list.fnArray, list.argsArray),
    };
  }

  close(): Promise<void> {
    return this.#doc.loadingTask.destroy();
  }

  #drawn(ops: readonly number[], args: readonly unknown[]): Drawn {
    const { OPS } = this.#api;
    const drawn = nothingDrawn();
    let state = { matrix: IDENTITY, mode: 0, fillWhite: false, strokeWhite: false };
    const saved: (typeof state)[] = [];
    const transform = (matrix: unknown) => {
      if (matrix) state.matrix = multiply(Array.from(matrix as ArrayLike<number>) as unknown as Matrix, state.matrix);
    };
    const place = (image: { width: number; height: number }, bw: boolean, key: unknown) =>
      drawn.images.push({ ...image, colour: bw ? 'bw' : 'unknown', matrix: state.matrix, key });
    ops.forEach((op, i) => {
      const arg = (args[i] ?? []) as unknown[];
      if (op === OPS.save || op === OPS.beginAnnotation) saved.push({ ...state });
      else if (op === OPS.restore || op === OPS.endAnnotation) state = saved.pop() ?? state;
      else if (op === OPS.transform) transform(arg);
      else if (op === OPS.paintFormXObjectBegin) {
        saved.push({ ...state });
        transform(arg[0]);
      } else if (op === OPS.paintFormXObjectEnd) state = saved.pop() ?? state;
      else if (op === OPS.setTextRenderingMode) state.mode = Number(arg[0]);
      else if (op === OPS.setFillRGBColor) state.fillWhite = arg[0] === '#ffffff';
      else if (op === OPS.setStrokeRGBColor) state.strokeWhite = arg[0] === '#ffffff';
      else if (op === OPS.showText) {
        const count = (arg[0] as unknown[]).filter((glyph) => isInk(glyph)).length;
        if (state.mode === 3 || state.mode === 7) drawn.hiddenChars += count;
        else if (!state.fillWhite) drawn.chars += count;
      } else if (op === OPS.constructPath) {
        const stroke = arg[0] === OPS.stroke || arg[0] === OPS.closeStroke;
        if (arg[0] !== OPS.endPath && !(stroke ? state.strokeWhite : state.fillWhite)) drawn.marks = true;
      } else if (op === OPS.shadingFill) drawn.marks = true;
      else if (op === OPS.paintImageXObject) place({ width: Number(arg[1]), height: Number(arg[2]) }, false, arg[0]);
      else if (op === OPS.paintInlineImageXObject) place(arg[0] as { width: number; height: number }, false, arg[0]);
      else if (op === OPS.paintImageMaskXObject) place(arg[0] as { width: number; height: number }, true, arg[0]);
    });
    return drawn;
  }

  async #uniform(page: PDFPageProxy, ops: readonly number[], args: readonly unknown[]): Promise<boolean | null> {
    const { OPS, ImageKind } = this.#api;
    for (const [i, op] of ops.entries()) {
      const arg = (args[i] ?? []) as unknown[];
      if (op === OPS.paintImageMaskXObject || op === OPS.paintInlineImageXObject) return null;
      if (op !== OPS.paintImageXObject) continue;
      const id = String(arg[0]);
      const store = id.startsWith('g_') ? page.commonObjs : page.objs;
      const image = await this.#budget.race(new Promise<Decoded | null>((resolve) => store.get(id, resolve)));
      if (!image?.data) return null;
      const { width, height, data, kind } = image;
      const channels = kind === ImageKind.RGB_24BPP ? 3 : kind === ImageKind.RGBA_32BPP ? 4 : 1;
      const bits = kind === ImageKind.GRAYSCALE_1BPP;
      const stride = bits ? (width + 7) >> 3 : width * channels;
      if (
        !isUniform({ width, height, bytes: data, stride, step: bits ? 0 : channels, channels: Math.min(3, channels) })
      )
        return false;
    }
    page.cleanup();
    return true;
  }
}

interface Decoded {
  width: number;
  height: number;
  data?: Uint8Array;
  kind: number;
}

/** Numbers in a list of glyphs are spacing; a blank draws nothing. */
function isInk(glyph: unknown): boolean {
  return typeof glyph === 'object' && glyph !== null && (glyph as { unicode?: string }).unicode !== ' ';
}

/**
 * Opens a file with repair. @throws Stop `password` when it needs one, `broken` when nothing can be made of it.
 */
export async function openRepaired(
  bytes: Uint8Array,
  budget: Budget,
  decodersUrl: string | undefined,
): Promise<RepairedDocument> {
  const api = await loadPdfJs();
  const { imagePixels } = budget.limits;
  const task = api.getDocument({
    // pdf.js takes the buffer away from its owner.
    data: bytes.slice(),
    verbosity: api.VerbosityLevel.ERRORS,
    maxImageSize: imagePixels,
    useWasm: false,
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    ...(decodersUrl === undefined ? {} : { wasmUrl: decodersUrl }),
  });
  try {
    const doc = await budget.race(task.promise);
    return new RepairedDocument(api, doc, budget, hasHugeImage(bytes, imagePixels));
  } catch (error) {
    await task.destroy();
    if (error instanceof Stop) throw error;
    throw new Stop((error as Error).name === 'PasswordException' ? 'password' : 'broken');
  }
}
