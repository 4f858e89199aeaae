import type { SideRecord } from '../types.ts';

/**
 * 64 bits of a text, as 16 hexadecimal digits: two 32-bit halves that are mixed with each other at the end (the public
 * cyrb53 construction, its whole state kept). For telling whether something changed, never for identity: codes are
 * always compared as texts.
 */
export function textDigest(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2_654_435_761);
    b = Math.imul(b ^ unit, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return hex(a >>> 0) + hex(b >>> 0);
}

const hex = (word: number): string => word.toString(16).padStart(8, '0');

/** Everything that a system says of a dossier, without where it was read. */
export function recordDigest(record: SideRecord): string {
  const { code, aliases, procedure, unit, status, statusText, receivedAt, dueAt, finishedAt, dayOnly, hasResult } =
    record;
  const said = [code, aliases, procedure, unit, status, statusText, receivedAt, dueAt, finishedAt, dayOnly, hasResult];
  return textDigest(JSON.stringify([...said, record.updatedAt]));
}

/** Of a question: which dossier, as the other sides told it. */
export const codeDigest = ({ code, digest }: { code: string; digest: string }): string =>
  textDigest(JSON.stringify([code, digest]));

/** Sum of digests modulo 2^64, with their number: the order in which a server lists rows does not matter. */
export function sumDigest(digests: readonly string[]): string {
  let sum = 0n;
  for (const digest of digests) sum = (sum + BigInt(`0x${digest}`)) & 0xffff_ffff_ffff_ffffn;
  return `${digests.length}-${sum.toString(16).padStart(16, '0')}`;
}
