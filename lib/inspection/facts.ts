import * as z from 'zod/mini';

/** Facts about one file, as they cross from a worker to a page. Nothing here is a judgement: those are in words.ts. */

/** By content, never by name. */
export const FileKind = z.enum(['pdf', 'jpeg', 'png', 'tiff', 'docx', 'zip', 'empty', 'other']);
export type FileKind = z.infer<typeof FileKind>;

/** Why a file, or a part of it, was not read. */
export const Refusal = z.enum([
  'empty',
  'too-large',
  'password',
  'broken',
  'truncated',
  'not-inspected',
  'too-complex',
  'time',
  'aborted',
]);
export type Refusal = z.infer<typeof Refusal>;

const Opens = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), why: Refusal }),
]);

export const Colour = z.enum(['colour', 'grey', 'bw', 'unknown']);
export type Colour = z.infer<typeof Colour>;

/** `no-marks`: nothing is drawn; `uniform-image`: all images are nearly one colour; `unknown`: they could not be looked at. */
export const Blank = z.enum(['no', 'no-marks', 'uniform-image', 'unknown']);
export type Blank = z.infer<typeof Blank>;

export const PageFacts = z.object({
  /** From 1. */
  page: z.number(),
  /** Millimetres, as seen (turned by /Rotate). */
  width: z.number(),
  height: z.number(),
  blank: Blank,
  /** Images cover at least half of the page. */
  scan: z.boolean(),
  images: z.number(),
  /** Dots an inch of a scanned page: pixels over placed size, the lower of both directions; null when no scan. */
  dpi: z.nullable(z.number()),
  /** The coarsest layer, when a page is stored as layers of different fineness (background under a text mask). */
  coarsestDpi: z.nullable(z.number()),
  /** Pixel format of the images, not what is seen in them; null without images. */
  colour: z.nullable(Colour),
  /** Characters that are drawn, and characters laid invisibly over a scan (OCR). */
  chars: z.number(),
  hiddenChars: z.number(),
  /** Images that were not decoded because of their size. */
  skippedImages: z.number(),
  /** Set when this page could not be read; the rest of the fields then says nothing. */
  unread: z.nullable(Refusal),
});
export type PageFacts = z.infer<typeof PageFacts>;

/** What the bytes after a signed part do. `unknown`: they could not be compared with what was signed. */
export const LaterChange = z.enum([
  'pages',
  'annotations',
  'forms',
  'signature',
  'validation-data',
  'other',
  'unknown',
]);
export type LaterChange = z.infer<typeof LaterChange>;

/**
 * `no-anchors`: no list of roots was given, so nothing can be said; `self-signed`: the certificate vouches for itself;
 * `incomplete`: an issuer is not in the file nor among the anchors.
 */
export const Chain = z.enum(['no-anchors', 'trusted', 'self-signed', 'incomplete', 'invalid', 'unknown']);
export type Chain = z.infer<typeof Chain>;

const Moment = z.nullable(z.number());

export const SignatureFacts = z.object({
  /** `seal`: a time stamp over the document, no person's signature. */
  type: z.enum(['signature', 'seal']),
  format: z.string(),
  range: z.nullable(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  /** The range leaves out the signature value and nothing else. */
  rangeSound: z.boolean(),
  /** Bytes to the end of the file are signed. */
  coversFile: z.boolean(),
  laterChanges: z.array(LaterChange),
  /** As the certificate says. For showing to the person who asked only: never stored or logged. */
  signer: z.nullable(z.string()),
  issuer: z.nullable(z.string()),
  /** Epoch minutes: as the signer says; as the time stamp says. */
  claimedAt: Moment,
  stampedAt: Moment,
  /** The time stamp was made for this signature and its own signature holds. */
  stampSound: z.nullable(z.boolean()),
  /** `intact`: digest and signature computed and right; `altered`: the signed bytes changed; `forged`: the value is wrong. */
  integrity: z.enum(['intact', 'altered', 'forged', 'unsupported', 'unreadable']),
  digest: z.nullable(z.string()),
  /** Validity of the signer's certificate, epoch minutes, and where the moment of signing lies in it. */
  validFrom: Moment,
  validTo: Moment,
  validity: z.enum(['valid', 'expired', 'not-yet', 'unknown']),
  /** Which moment `validity` and `chain` were judged at. */
  judgedBy: z.enum(['stamp', 'claim', 'now']),
  chain: Chain,
});
export type SignatureFacts = z.infer<typeof SignatureFacts>;

export const PdfFacts = z.object({
  version: z.nullable(z.string()),
  pages: z.number(),
  /** Fewer than `pages` when the file is long: first, last and a spread between. */
  looked: z.number(),
  pageFacts: z.array(PageFacts),
  /** `restrictions`: opens without a password but asks readers to forbid something. */
  encryption: z.enum(['none', 'restrictions', 'password']),
  /** Why the rest of the wanted pages was not looked at; null when all were. */
  stopped: z.nullable(Refusal),
  /** The structure had to be rebuilt. */
  damaged: z.boolean(),
  /** The end-of-file mark is missing. */
  truncated: z.boolean(),
  /** What the file says of itself, not verified: part and conformance, as in 2 and B. */
  pdfA: z.nullable(z.object({ part: z.string(), conformance: z.string() })),
  javascript: z.boolean(),
  launch: z.boolean(),
  attachments: z.number(),
  /** Not the whole of the file could be searched for scripts, launches and attachments. */
  activeUnsure: z.boolean(),
  signatures: z.array(SignatureFacts),
  signaturesUnsure: z.boolean(),
});
export type PdfFacts = z.infer<typeof PdfFacts>;

export const ImageFacts = z.object({
  /** Pixels. */
  width: z.number(),
  height: z.number(),
  colour: Colour,
  /** The picture's end is missing. */
  truncated: z.boolean(),
  /** As the file states; null when it states none. */
  dpi: z.nullable(z.number()),
  /** If the picture is a whole A4 sheet. */
  dpiIfA4: z.number(),
});
export type ImageFacts = z.infer<typeof ImageFacts>;

export const FileFacts = z.object({
  kind: FileKind,
  size: z.number(),
  /** Hex; null when the file was refused before it was read. */
  sha256: z.nullable(z.string()),
  opens: Opens,
  pdf: z.nullable(PdfFacts),
  image: z.nullable(ImageFacts),
});
export type FileFacts = z.infer<typeof FileFacts>;
