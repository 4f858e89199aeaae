import { type Budget, Stop } from '../budget.ts';
import type { SignatureFacts } from '../facts.ts';
import { judge } from './cms.ts';
import { loadTools } from './crypto-tools.ts';
import type { PdfDocument } from './document.ts';
import { type RawSignature, scanSignatures, signaturesOf } from './find-signatures.ts';
import { laterChanges } from './later-changes.ts';

/** Each is a hash over the whole file. */
const MAX_VERIFIED = 20;
/** `D:20261123075600+07'00'` */
const PDF_DATE = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(?:\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?/;

function parsePdfDate(text: string): number | null {
  const m = PDF_DATE.exec(text);
  if (!m) return null;
  const [year, month, day, hour, minute] = m.slice(1, 6).map(Number) as [number, number, number, number, number];
  const zone = (m[6] === '-' ? -1 : 1) * (Number(m[7] ?? 0) * 60 + Number(m[8] ?? 0));
  return Math.floor(Date.UTC(year, month - 1, day, hour, minute) / 60_000) - zone;
}

/**
 * Runs `use` on both signed stretches as one. WebCrypto takes no pieces, and a copy of a file of 200 MB would cost as much again: the
 * smaller stretch is moved next to the other in place and put back before anyone else runs. `use` must take its copy at once,
 * as `crypto.subtle.digest` does.
 */
function withJoined<T>(
  bytes: Uint8Array,
  [, b, c, d]: [number, number, number, number],
  use: (joined: Uint8Array) => T,
): T {
  const gap = bytes.slice(b, c);
  const left = b < d;
  try {
    if (left) bytes.copyWithin(gap.length, 0, b);
    else bytes.copyWithin(b, c, c + d);
    return use(left ? bytes.subarray(gap.length, c + d) : bytes.subarray(0, b + d));
  } finally {
    if (left) bytes.copyWithin(0, gap.length, gap.length + b);
    else bytes.copyWithin(c, b, b + d);
    bytes.set(gap, b);
  }
}

function found(bytes: Uint8Array, doc: PdfDocument | undefined): RawSignature[] {
  try {
    if (doc && !doc.encrypted) return signaturesOf(doc);
  } catch (error) {
    if (error instanceof Stop && error.why !== 'broken') throw error;
  }
  return scanSignatures(bytes);
}

export interface SignatureOptions {
  budget: Budget;
  anchors: readonly Uint8Array[];
  /** Epoch minutes. */
  now: number;
}

/** All signatures of a file and what each of them is worth. `unsure`: not all of them were verified. */
export async function readSignatures(
  bytes: Uint8Array,
  doc: PdfDocument | undefined,
  { budget, anchors, now }: SignatureOptions,
): Promise<{ signatures: SignatureFacts[]; unsure: boolean }> {
  const raw = found(bytes, doc);
  if (raw.length === 0) return { signatures: [], unsure: false };
  const tools = await loadTools(anchors);
  const signatures: SignatureFacts[] = [];
  for (const one of raw.slice(0, MAX_VERIFIED)) {
    await budget.breathe();
    const { range } = one;
    const sound = range !== null && range[0] === 0 && range[2] >= range[1] && range[2] + range[3] <= bytes.length;
    const digests = new Map<string, Promise<Uint8Array>>();
    const digestOf = (algorithm: string) => {
      if (!sound) return Promise.reject(new Error('no range'));
      const known = digests.get(algorithm);
      if (known) return known;
      const digest = withJoined(bytes, range, (joined) =>
        crypto.subtle.digest(algorithm, joined as Uint8Array<ArrayBuffer>),
      ).then((buffer) => new Uint8Array(buffer));
      digests.set(algorithm, digest);
      return digest;
    };
    const data = () => (sound ? withJoined(bytes, range, (joined) => joined.slice()) : new Uint8Array());
    const claimedAt = one.claimed === null ? null : parsePdfDate(one.claimed);
    const judged = await judge(tools, { value: one.value, seal: one.seal, claimedAt, digestOf, data }, now);
    const later =
      one.coversFile || !sound
        ? []
        : doc && !doc.encrypted
          ? laterChanges(doc, range[2] + range[3])
          : (['unknown'] as const);
    signatures.push({
      type: one.seal ? 'seal' : 'signature',
      format: one.format,
      range,
      rangeSound: one.rangeSound,
      coversFile: one.coversFile,
      laterChanges: [...later],
      ...judged,
    });
  }
  return { signatures, unsure: raw.length > MAX_VERIFIED };
}
