import { BLANK } from '../thresholds.ts';

/** Points looked at in one image. A line of text leaves hundreds of them dark even when only one pixel in five is looked at. */
const MAX_SAMPLES = 2_000_000;

/** Rows of samples of one channel, or of packed bits. */
export interface Raster {
  width: number;
  height: number;
  bytes: Uint8Array | Uint8ClampedArray;
  /** Bytes from one row to the next. */
  stride: number;
  /** Bytes from one pixel to the next; 0 for eight pixels a byte. */
  step: number;
  /** Channels that are added up for lightness. */
  channels: number;
  /** Values are places in a colour table: they are equal or they are not. */
  indexed?: boolean;
}

function reader({ bytes, stride, step, channels }: Raster): (x: number, y: number) => number {
  if (step === 0) return (x, y) => (((bytes[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) * 255;
  if (channels === 1) return (x, y) => bytes[y * stride + x * step] ?? 0;
  return (x, y) => {
    const at = y * stride + x * step;
    let sum = 0;
    for (let i = 0; i < channels; i++) sum += bytes[at + i] ?? 0;
    return Math.round(sum / channels);
  };
}

/**
 * Whether an image is nearly one colour: away from its edges (shadows, holes) almost nothing stands out from the usual lightness.
 * Looks at an even grid of a bounded number of points. A raster may be the top of an image of `fullHeight` rows; it is then judged by
 * what the whole may hold, so a top that is not uniform settles it and one that is settles nothing.
 */
export function isUniform(raster: Raster, fullHeight = raster.height): boolean {
  const { width, height } = raster;
  const [x0, y0] = [Math.floor(width * BLANK.margin), Math.floor(fullHeight * BLANK.margin)];
  const bottom = Math.min(height, fullHeight - y0);
  const every = Math.max(1, Math.ceil(Math.sqrt(((width - 2 * x0) * (bottom - y0)) / MAX_SAMPLES)));
  const at = reader(raster);
  const histogram = new Uint32Array(256);
  let total = 0;
  for (let y = y0; y < bottom; y += every) {
    // A grid in step with a pattern of the scanner would see one phase of it only.
    for (let x = x0 + (y % every); x < width - x0; x += every) {
      const value = at(x, y);
      histogram[value] = (histogram[value] as number) + 1;
      total++;
    }
  }
  let usual = 0;
  for (let i = 1; i < 256; i++) if ((histogram[i] as number) > (histogram[usual] as number)) usual = i;
  let ink = 0;
  const contrast = raster.indexed ? 1 : BLANK.contrast;
  for (let i = 0; i < 256; i++) if (Math.abs(i - usual) >= contrast) ink += histogram[i] as number;
  return total > 0 && ink / total <= (BLANK.inkShare * fullHeight) / height;
}
