import type { Colour } from '../facts.ts';
import type { PageFrame } from './pages.ts';

/** What is drawn on one page, by whichever reader read it. */

/** a b c d e f of the PDF coordinate transform. */
export type Matrix = readonly [number, number, number, number, number, number];
export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** `m` applied first, then `n`. */
export function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[1] * n[2],
    m[0] * n[1] + m[1] * n[3],
    m[2] * n[0] + m[3] * n[2],
    m[2] * n[1] + m[3] * n[3],
    m[4] * n[0] + m[5] * n[2] + n[4],
    m[4] * n[1] + m[5] * n[3] + n[5],
  ];
}

export interface Placed {
  /** Pixels. */
  width: number;
  height: number;
  colour: Colour;
  /** Unit square → page. */
  matrix: Matrix;
  /** Identity of the stored image: one picture placed often is decoded once. */
  key: unknown;
}

export interface Drawn {
  images: Placed[];
  /** Lines, fills and shadings that are not white. */
  marks: boolean;
  chars: number;
  hiddenChars: number;
}

export const nothingDrawn = (): Drawn => ({ images: [], marks: false, chars: 0, hiddenChars: 0 });

/** A page counts as scanned when pictures take this share of it. */
const SCAN_SHARE = 0.5;
/** Smaller pictures on a scanned page are stamps and logos. */
const STRIP_SHARE = 0.04;

/** Share of the page under an image; the image's own bounding box, cut at the page's edge. */
function shareOf({ matrix: [a, b, c, d, e, f] }: Placed, [left, bottom, right, top]: PageFrame['box']): number {
  const xs = [e, e + a, e + c, e + a + c];
  const ys = [f, f + b, f + d, f + b + d];
  const w = Math.min(right, Math.max(...xs)) - Math.max(left, Math.min(...xs));
  const h = Math.min(top, Math.max(...ys)) - Math.max(bottom, Math.min(...ys));
  const area = (right - left) * (top - bottom);
  return w > 0 && h > 0 && area > 0 ? (w * h) / area : 0;
}

function dpiOf({ width, height, matrix: [a, b, c, d] }: Placed, inch: number): number {
  return Math.min(width / (Math.hypot(a, b) * inch), height / (Math.hypot(c, d) * inch));
}

export interface ScanFacts {
  scan: boolean;
  dpi: number | null;
  coarsestDpi: number | null;
}

/**
 * How fine a scanned page is. Pictures that each take most of the page lie over one another (text mask over a coarse
 * background): the finest is what is read. Strips lie side by side: the coarsest of them counts.
 */
export function scanOf(images: readonly Placed[], frame: PageFrame): ScanFacts {
  const sized = images.map((image) => ({ share: shareOf(image, frame.box), dpi: dpiOf(image, frame.inch) }));
  const usable = sized.filter(({ share, dpi }) => share >= STRIP_SHARE && Number.isFinite(dpi));
  const layers = usable.filter(({ share }) => share >= SCAN_SHARE);
  const covered = usable.reduce((sum, { share }) => sum + share, 0);
  if (covered < SCAN_SHARE) return { scan: false, dpi: null, coarsestDpi: null };
  const dpis = (layers.length > 0 ? layers : usable).map(({ dpi }) => Math.round(dpi));
  const [finest, coarsest] = [Math.max(...dpis), Math.min(...dpis)];
  if (layers.length === 0) return { scan: true, dpi: coarsest, coarsestDpi: null };
  return { scan: true, dpi: finest, coarsestDpi: coarsest < finest ? coarsest : null };
}

const RICHNESS: readonly Colour[] = ['bw', 'grey', 'unknown', 'colour'];

/** The richest pixel format on a page. */
export function colourOf(images: readonly Placed[]): Colour | null {
  return images.reduce<Colour | null>(
    (best, { colour }) => (best === null || RICHNESS.indexOf(colour) > RICHNESS.indexOf(best) ? colour : best),
    null,
  );
}
