import { Unzlib } from 'fflate';
import { Stop } from '../budget.ts';
import { type Dict, isDict, Name, nameOf, type Value } from './lex.ts';

/** Deflate unfolds at most a thousandfold, so one slice can overshoot a limit by some megabytes only. */
const SLICE = 16 * 1024;

/**
 * Unfolds a Flate stream. A stream that is cut short gives what there is, as readers do.
 * @throws Stop `too-complex` once more than `limit` bytes come out.
 */
export function inflate(bytes: Uint8Array, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let total = 0;
  const stream = new Unzlib((chunk) => {
    total += chunk.length;
    if (total > limit) throw new Stop('too-complex');
    if (chunk.length > 0) chunks.push(chunk);
  });
  try {
    for (let at = 0; at < bytes.length; at += SLICE) {
      stream.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
    }
  } catch (error) {
    if (error instanceof Stop) throw error;
  }
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const out = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

const asNumber = (value: Value | undefined, otherwise: number) => (typeof value === 'number' ? value : otherwise);

function paeth(a: number, b: number, c: number): number {
  const pa = Math.abs(b - c);
  const pb = Math.abs(a - c);
  const pc = Math.abs(a + b - 2 * c);
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

function undoPng(data: Uint8Array, rowBytes: number, step: number): Uint8Array {
  const rows = Math.ceil(data.length / (rowBytes + 1));
  const out = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row++) {
    const from = row * (rowBytes + 1);
    const to = row * rowBytes;
    const type = data[from] as number;
    const length = Math.min(rowBytes, data.length - from - 1);
    for (let i = 0; i < length; i++) {
      const left = i >= step ? (out[to + i - step] as number) : 0;
      const up = row > 0 ? (out[to + i - rowBytes] as number) : 0;
      let guess = 0;
      if (type === 1) guess = left;
      else if (type === 2) guess = up;
      else if (type === 3) guess = (left + up) >> 1;
      else if (type === 4)
        guess = paeth(left, up, row > 0 && i >= step ? (out[to + i - rowBytes - step] as number) : 0);
      out[to + i] = (data[from + 1 + i] as number) + guess;
    }
  }
  return out;
}

function undoTiff(data: Uint8Array, rowBytes: number, step: number): Uint8Array {
  const out = data.slice();
  for (let row = 0; row < out.length; row += rowBytes) {
    const end = Math.min(row + rowBytes, out.length);
    for (let i = row + step; i < end; i++) out[i] = (out[i] as number) + (out[i - step] as number);
  }
  return out;
}

/** Undoes the row predictor of a Flate stream (ISO 32000-1 §7.4.4.4). @throws Stop on row sizes that cannot be. */
export function unpredict(data: Uint8Array, parms: Value | undefined): Uint8Array {
  const dict: Dict = isDict(parms) ? parms : new Map();
  const predictor = asNumber(dict.get('Predictor'), 1);
  if (predictor < 2) return data;
  const bits = asNumber(dict.get('BitsPerComponent'), 8);
  const colours = asNumber(dict.get('Colors'), 1);
  const rowBytes = Math.ceil((asNumber(dict.get('Columns'), 1) * colours * bits) / 8);
  const step = Math.max(1, (colours * bits) >> 3);
  if (!(rowBytes > 0 && rowBytes < 1e7 && step < 256)) throw new Stop('broken');
  if (predictor >= 10) return undoPng(data, rowBytes, step);
  if (bits !== 8) throw new Stop('not-inspected');
  return undoTiff(data, rowBytes, step);
}

/** `/F` is the filter of an inline image, but names a file in the dictionary of a stream. */
const shortFilter = (value: Value | undefined) => (value instanceof Name || Array.isArray(value) ? value : undefined);

/** The filters of a stream, in order, with their parameters. */
export function filtersOf(dict: Dict): { name: string; parms: Value | undefined }[] {
  const filter = dict.get('Filter') ?? shortFilter(dict.get('F'));
  const parms = dict.get('DecodeParms') ?? dict.get('DP');
  const names = Array.isArray(filter) ? filter : filter === undefined || filter === null ? [] : [filter];
  return names.map((value, i) => ({
    name: nameOf(value) ?? '?',
    parms: Array.isArray(parms) ? parms[i] : i === 0 ? parms : undefined,
  }));
}
