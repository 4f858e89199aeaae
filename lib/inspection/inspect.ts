import { Budget, isFinal, LIMITS, type Limits, Stop } from './budget.ts';
import type { FileFacts, FileKind, PdfFacts, Refusal } from './facts.ts';
import { readImage } from './image.ts';
import { kindOf } from './kind.ts';
import { lacksEnd, readPdf } from './pdf/inspect-pdf.ts';
import { readSignatures } from './pdf/signatures.ts';

export interface InspectOptions {
  /** What is not given is as in `LIMITS`. */
  limits?: Partial<Limits> | undefined;
  /** Root certificates (DER) that the unit trusts; without them no chain is judged. */
  trustAnchors?: readonly Uint8Array[] | undefined;
  /** Epoch minutes. */
  now: number;
  signal?: AbortSignal | undefined;
  /**
   * Folder (ending in `/`) with the two decoder scripts of pdf.js for fax, JBIG2 and JPEG 2000 pictures. Without it such pages are
   * only not known to be blank or not.
   */
  decodersUrl?: string | undefined;
  /** Pages done, of those that are looked at. */
  progress?: ((done: number, total: number) => void) | undefined;
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function whyOf(error: unknown): Refusal {
  if (error instanceof Stop) return error.why;
  // The only way out of memory and of the call stack that a script gets to see.
  return error instanceof RangeError ? 'too-complex' : 'broken';
}

async function readPdfFacts(bytes: Uint8Array, budget: Budget, options: InspectOptions): Promise<PdfFacts> {
  const { reading, doc } = await readPdf(bytes, {
    budget,
    decodersUrl: options.decodersUrl,
    progress: options.progress,
  });
  const { now, trustAnchors: anchors = [] } = options;
  try {
    const { signatures, unsure } = await readSignatures(bytes, doc, { budget, anchors, now });
    return { ...reading, signatures, signaturesUnsure: unsure };
  } catch (error) {
    const why = whyOf(error);
    return {
      ...reading,
      stopped: reading.stopped ?? (isFinal(why) ? why : null),
      signatures: [],
      signaturesUnsure: true,
    };
  }
}

/**
 * Facts about one file, computed here: nothing leaves this thread and nothing is fetched. Never throws; a file that cannot be read, or is made to
 * harm, gives facts that say why. The bytes are moved about while a signature is hashed and put back before this
 * function lets go of the thread.
 */
export async function inspectFile(given: Uint8Array, options: InspectOptions): Promise<FileFacts> {
  // Node's own kind of array cuts views where every other one copies.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const limits = { ...LIMITS, ...options.limits };
  const facts: FileFacts = {
    kind: 'empty',
    size: bytes.length,
    sha256: null,
    opens: { ok: true },
    pdf: null,
    image: null,
  };
  const refuse = (why: Refusal): FileFacts => ({ ...facts, opens: { ok: false, why } });
  try {
    const budget = new Budget(limits, options.signal);
    facts.kind = kindOf(bytes);
    if (facts.kind === 'empty') return refuse('empty');
    if (bytes.length > limits.fileBytes) return refuse('too-large');
    budget.check();
    facts.sha256 = await sha256(bytes);
    if (facts.kind === 'pdf') return { ...facts, pdf: await readPdfFacts(bytes, budget, options) };
    if (!isPicture(facts.kind)) return refuse('not-inspected');
    const image = readImage(facts.kind, bytes);
    return image ? { ...facts, image } : refuse('broken');
  } catch (error) {
    const why = whyOf(error);
    return refuse(why === 'broken' && facts.kind === 'pdf' && lacksEnd(bytes) ? 'truncated' : why);
  }
}

function isPicture(kind: FileKind): kind is 'jpeg' | 'png' | 'tiff' {
  return kind === 'jpeg' || kind === 'png' || kind === 'tiff';
}

/** Places (indices) of files with the same content, each group of two or more, in the order given. */
export function sameFiles(files: readonly Pick<FileFacts, 'sha256' | 'size'>[]): number[][] {
  const groups = new Map<string, number[]>();
  files.forEach(({ sha256, size }, i) => {
    // Empty files are all alike, which says nothing.
    if (sha256 === null || size === 0) return;
    groups.set(sha256, [...(groups.get(sha256) ?? []), i]);
  });
  return [...groups.values()].filter((group) => group.length > 1);
}
