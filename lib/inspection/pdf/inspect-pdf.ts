import { type Budget, isFinal, Stop } from '../budget.ts';
import type { Blank, PageFacts, PdfFacts, Refusal } from '../facts.ts';
import { indexOfAscii } from '../kind.ts';
import { BLANK } from '../thresholds.ts';
import { type ActiveContent, activeContent, pdfAClaim } from './active.ts';
import { type ImageDecoders, isUniformImage, loadDecoders } from './decode.ts';
import { PdfDocument, type PdfStream } from './document.ts';
import { frameOf, type PageFrame, type PdfPage, pagesOf, samplePages } from './pages.ts';
import { openRepaired, type RepairedDocument } from './pdfjs.ts';
import { colourOf, type Drawn, scanOf } from './placement.ts';
import { walkPage } from './walk.ts';

export interface PdfOptions {
  budget: Budget;
  decodersUrl?: string | undefined;
  progress?: ((done: number, total: number) => void) | undefined;
}

export type PageReading = Omit<PdfFacts, 'signatures' | 'signaturesUnsure'>;

const TAIL = 1024;
/** Images on one page that are decoded to see whether it is blank; a page in more pieces is not a blank scan. */
const MAX_DECODED = 32;

/** The end-of-file mark is not where it belongs: an upload or a copy that broke off. */
export const lacksEnd = (bytes: Uint8Array) => indexOfAscii(bytes, '%%EOF', bytes.length - TAIL) < 0;

/** What is drawn decides first; pixels are only asked when images are all there is. */
async function blankOf(drawn: Drawn, look: () => Promise<boolean | null>): Promise<Blank> {
  if (drawn.marks || drawn.chars > 0 || drawn.hiddenChars > BLANK.ocrChars) return 'no';
  if (drawn.images.length === 0) return 'no-marks';
  const uniform = await look();
  return uniform === null ? 'unknown' : uniform ? 'uniform-image' : 'no';
}

function pageFacts(index: number, frame: PageFrame, drawn: Drawn, blank: Blank, skippedImages: number): PageFacts {
  return {
    page: index + 1,
    width: frame.width,
    height: frame.height,
    blank,
    ...scanOf(drawn.images, frame),
    images: drawn.images.length,
    colour: colourOf(drawn.images),
    chars: drawn.chars,
    hiddenChars: drawn.hiddenChars,
    skippedImages,
    unread: null,
  };
}

function unreadPage(index: number, why: Refusal): PageFacts {
  const nothing = { width: 0, height: 0, scan: false, images: 0, dpi: null, coarsestDpi: null, colour: null };
  return { page: index + 1, blank: 'unknown', ...nothing, chars: 0, hiddenChars: 0, skippedImages: 0, unread: why };
}

/** Both readers behind one face; the repairing one is started for the first page that needs it. */
class PdfReader {
  readonly #bytes: Uint8Array;
  readonly #options: PdfOptions;
  #strict: { doc: PdfDocument; pages: PdfPage[] } | undefined;
  #repaired: Promise<RepairedDocument> | undefined;
  #decoders: Promise<ImageDecoders> | undefined;
  /** Images met on several pages (a letterhead, an empty form) are judged once. */
  readonly #uniform = new Map<unknown, boolean>();

  constructor(bytes: Uint8Array, options: PdfOptions) {
    this.#bytes = bytes;
    this.#options = options;
  }

  /** Tries the strict reader; an encrypted file is read by it as far as its tables only. */
  openStrict(): PdfDocument | undefined {
    try {
      const doc = new PdfDocument(this.#bytes, this.#options.budget);
      if (doc.encrypted) return doc;
      const pages = pagesOf(doc);
      if (pages.length > 0) this.#strict = { doc, pages };
      return this.#strict && doc;
    } catch (error) {
      if (error instanceof Stop && error.why !== 'broken' && error.why !== 'not-inspected') throw error;
      return undefined;
    }
  }

  get strictPages(): number | undefined {
    return this.#strict?.pages.length;
  }

  repaired(): Promise<RepairedDocument> {
    this.#repaired ??= openRepaired(this.#bytes, this.#options.budget, this.#options.decodersUrl);
    return this.#repaired;
  }

  async close(): Promise<void> {
    await this.#repaired?.then((doc) => doc.close()).catch(() => {});
  }

  async page(index: number): Promise<PageFacts> {
    try {
      return await (this.#strict
        ? this.#strictPage(this.#strict.doc, this.#strict.pages[index] as PdfPage, index)
        : this.#repairedPage(index));
    } catch (error) {
      const why = error instanceof Stop ? error.why : 'broken';
      if (isFinal(why)) throw error;
      return unreadPage(index, why);
    }
  }

  async #strictPage(doc: PdfDocument, page: PdfPage, index: number): Promise<PageFacts> {
    let drawn: Drawn;
    try {
      drawn = walkPage(doc, page);
    } catch (error) {
      // Bad numbers and rare filters: readers cope, so they get their chance. A bomb does not.
      const repairable = !(error instanceof Stop) || error.why === 'broken' || error.why === 'not-inspected';
      if (repairable) return this.#repairedPage(index);
      throw error;
    }
    let skipped = 0;
    const blank = await blankOf(drawn, async () => {
      let unsure = drawn.images.length > MAX_DECODED;
      for (const { key } of drawn.images.slice(0, MAX_DECODED)) {
        const uniform = await this.#isUniform(doc, key as PdfStream).catch((error: unknown) => {
          if (error instanceof Stop && isFinal(error.why)) throw error;
          if (error instanceof Stop && error.why === 'too-large') skipped++;
          return null;
        });
        if (uniform === false) return false;
        unsure ||= uniform === null;
      }
      return unsure ? null : true;
    });
    return pageFacts(index, frameOf(doc, page), drawn, blank, skipped);
  }

  async #isUniform(doc: PdfDocument, stream: PdfStream): Promise<boolean> {
    const known = this.#uniform.get(stream);
    if (known !== undefined) return known;
    const load = () => {
      this.#decoders ??= loadDecoders(this.#options.decodersUrl);
      return this.#decoders;
    };
    const uniform = await isUniformImage(doc, stream, load, this.#options.budget);
    this.#uniform.set(stream, uniform);
    return uniform;
  }

  async #repairedPage(index: number): Promise<PageFacts> {
    const reader = await this.repaired();
    const { frame, drawn, uniform } = await reader.page(index);
    const blank = await blankOf(drawn, uniform);
    // A picture was left out for its size: on a page that seems empty it may be the scan itself.
    const hidden = reader.hugeImage && blank === 'no-marks';
    return pageFacts(index, frame, drawn, hidden ? 'unknown' : blank, hidden ? 1 : 0);
  }
}

const NOTHING_ACTIVE: ActiveContent = { javascript: false, launch: false, attachments: 0, unsure: true };

function searchActive(doc: PdfDocument): ActiveContent {
  try {
    return activeContent(doc);
  } catch (error) {
    if (error instanceof Stop && isFinal(error.why)) throw error;
    return NOTHING_ACTIVE;
  }
}

function strictFacts(doc: PdfDocument) {
  let pdfA: PdfFacts['pdfA'] = null;
  try {
    const metadata = doc.stream(doc.root.get('Metadata'));
    pdfA = metadata ? pdfAClaim(doc.content(metadata)) : null;
  } catch (error) {
    if (error instanceof Stop && isFinal(error.why)) throw error;
  }
  const header = new TextDecoder('latin1').decode(doc.bytes.subarray(5, 8));
  return { version: doc.name(doc.root.get('Version')) ?? header, pdfA, encrypted: false, ...searchActive(doc) };
}

async function repairedFacts(doc: RepairedDocument) {
  const { xmp, ...facts } = await doc.facts();
  // Launch actions are not among what pdf.js tells.
  return { ...facts, pdfA: pdfAClaim(xmp), launch: false, unsure: true };
}

/**
 * Everything about a PDF but its signatures; the document is given back for those when its tables could be read.
 * @throws Stop when the file does not open at all, or time ran out before the first page.
 */
export async function readPdf(
  bytes: Uint8Array,
  options: PdfOptions,
): Promise<{ reading: PageReading; doc: PdfDocument | undefined }> {
  const { budget } = options;
  const reader = new PdfReader(bytes, options);
  try {
    const doc = reader.openStrict();
    const strict = reader.strictPages;
    const pages = strict ?? (await reader.repaired()).pages;
    const facts = strict !== undefined && doc ? strictFacts(doc) : await repairedFacts(await reader.repaired());
    const wanted = samplePages(pages, budget.limits.pages);
    const seen: PageFacts[] = [];
    let stopped: Refusal | null = null;
    try {
      for (const index of wanted) {
        await budget.breathe();
        seen.push(await reader.page(index));
        options.progress?.(seen.length, wanted.length);
      }
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      stopped = error.why;
    }
    const reading: PageReading = {
      version: facts.version,
      pages,
      looked: seen.length,
      pageFacts: seen,
      encryption: facts.encrypted ? 'restrictions' : 'none',
      stopped,
      damaged: doc === undefined,
      truncated: lacksEnd(bytes),
      pdfA: facts.pdfA,
      javascript: facts.javascript,
      launch: facts.launch,
      attachments: facts.attachments,
      activeUnsure: facts.unsure,
    };
    return { reading, doc };
  } finally {
    await reader.close();
  }
}
