import { Stop } from '../budget.ts';
import { indexOfAscii } from '../kind.ts';
import type { PdfDocument } from './document.ts';
import { type Dict, Lexer, nameOf, PdfString, Ref, type Value } from './lex.ts';

/** A signature as it lies in the file: nothing is verified yet. */
export interface RawSignature {
  format: string;
  seal: boolean;
  /** Two stretches of the file, as offset and length. */
  range: [number, number, number, number] | null;
  /** The value (CMS), and whether it fills the gap between both stretches and nothing else does. */
  value: Uint8Array;
  rangeSound: boolean;
  /** Bytes behind the last trailing space are signed. */
  coversFile: boolean;
  /** `/M`, as written. */
  claimed: string | null;
}

const MAX_FIELDS = 20_000;
const SEAL = 'ETSI.RFC3161';
/** How far around a byte range its dictionary's other entries are looked for, when there is no table to go by. */
const NEAR = 2000;

type Range = [number, number, number, number];

function rangeOf(values: readonly Value[]): Range | null {
  const numbers = values.filter((one) => typeof one === 'number' && Number.isInteger(one) && one >= 0);
  return numbers.length === 4 && values.length === 4 ? (numbers as Range) : null;
}

function coversFile(bytes: Uint8Array, range: Range): boolean {
  for (let at = range[2] + range[3]; at < bytes.length; at++) {
    if (![0, 9, 10, 13, 32].includes(bytes[at] as number)) return false;
  }
  return true;
}

/** A range may leave out the signature's own value, `<…>`, and not one byte more: else other text hides in the gap. */
function isSound(bytes: Uint8Array, [a, b, c, d]: Range, value: PdfString): boolean {
  return a === 0 && b > 0 && c > b && c + d <= bytes.length && value.start === b && value.end === c && bytes[b] === 60;
}

function describe(
  bytes: Uint8Array,
  range: Range | null,
  value: PdfString,
  format: string,
  claimed: string | null,
): RawSignature {
  const rangeSound = range !== null && isSound(bytes, range, value);
  const covers = range !== null && rangeSound && coversFile(bytes, range);
  return { format, seal: format === SEAL, range, value: value.bytes, rangeSound, coversFile: covers, claimed };
}

function fromDict(doc: PdfDocument, dict: Dict): RawSignature | null {
  const value = doc.get(dict.get('Contents'));
  if (!(value instanceof PdfString)) return null;
  const claimed = doc.get(dict.get('M'));
  return describe(
    doc.bytes,
    rangeOf(doc.array(dict.get('ByteRange'))),
    value,
    doc.name(dict.get('SubFilter')) ?? '',
    claimed instanceof PdfString ? new TextDecoder('latin1').decode(claimed.bytes) : null,
  );
}

/** Signed fields of the form, in the order in which they were signed. */
export function signaturesOf(doc: PdfDocument): RawSignature[] {
  const found: RawSignature[] = [];
  const seen = new Set<number>();
  const form = doc.dict(doc.root.get('AcroForm'));
  const stack: [Value, string | undefined][] = doc.array(form?.get('Fields')).map((one) => [one, undefined]);
  let visited = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (++visited > MAX_FIELDS) throw new Stop('too-complex');
    const [value, inherited] = next;
    if (value instanceof Ref) {
      if (seen.has(value.num)) continue;
      seen.add(value.num);
    }
    const field = doc.dict(value);
    if (!field) continue;
    const type = doc.name(field.get('FT')) ?? inherited;
    for (const kid of doc.array(field.get('Kids'))) stack.push([kid, type]);
    const signed = type === 'Sig' ? doc.dict(field.get('V')) : undefined;
    const signature = signed && fromDict(doc, signed);
    if (signature) found.push(signature);
  }
  return found.sort((a, b) => endOf(a) - endOf(b));
}

const endOf = ({ range }: RawSignature) => (range ? range[2] + range[3] : 0);

/** Signatures of a file without usable tables, by their byte ranges; a signature value is never compressed or encrypted. */
export function scanSignatures(bytes: Uint8Array): RawSignature[] {
  const found: RawSignature[] = [];
  for (let at = indexOfAscii(bytes, '/ByteRange'); at >= 0; at = indexOfAscii(bytes, '/ByteRange', at + 10)) {
    const values = new Lexer(bytes, at + 10, false).read();
    const range = Array.isArray(values) ? rangeOf(values) : null;
    if (!range || range[1] >= bytes.length) continue;
    const value = new Lexer(bytes, range[1], false).read();
    if (!(value instanceof PdfString)) continue;
    const near = [at - NEAR, range[2]]
      .map((from) => indexOfAscii(bytes, '/SubFilter', from, from + 2 * NEAR))
      .find((one) => one >= 0);
    const format = near === undefined ? undefined : nameOf(new Lexer(bytes, near + 10, false).read());
    found.push(describe(bytes, range, value, format ?? '', null));
  }
  return found.sort((a, b) => endOf(a) - endOf(b));
}
