import type { FileKind } from './facts.ts';

/** A PDF may have some bytes before its mark; readers look this far. */
const PDF_MARK_WITHIN = 1024;
/** A .docx names its parts in the first entries or in the directory at the end. */
const ZIP_WINDOW = 64 * 1024;

/** Where `text` (ASCII) stands in the bytes from `from` up to `to`, or −1. */
export function indexOfAscii(bytes: Uint8Array, text: string, from = 0, to = bytes.length): number {
  const first = text.charCodeAt(0);
  const end = Math.min(to, bytes.length) - text.length;
  for (let at = bytes.indexOf(first, Math.max(0, from)); at >= 0 && at <= end; at = bytes.indexOf(first, at + 1)) {
    let i = 1;
    while (i < text.length && bytes[at + i] === text.charCodeAt(i)) i++;
    if (i === text.length) return at;
  }
  return -1;
}

const startsWith = (bytes: Uint8Array, ...head: number[]) => head.every((byte, i) => bytes[i] === byte);

/** What a file is by its content; a name says nothing, and officers rename. */
export function kindOf(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return 'empty';
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (startsWith(bytes, 0x49, 0x49, 0x2a, 0) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) {
    const word =
      indexOfAscii(bytes, 'word/document', 0, ZIP_WINDOW) >= 0 ||
      indexOfAscii(bytes, 'word/document', bytes.length - ZIP_WINDOW) >= 0;
    return word ? 'docx' : 'zip';
  }
  return indexOfAscii(bytes, '%PDF-', 0, PDF_MARK_WITHIN) >= 0 ? 'pdf' : 'other';
}
