import type { Certificate as PkiCertificate, RelativeDistinguishedNames } from 'pkijs';
import { MAX_ANCHOR_BYTES, type TrustAnchor } from '../../lib/platform/index.ts';

/** Reads certificates of authorities from the files in which they are handed out. */

export const CERTIFICATE_FILES = '.cer,.crt,.pem,.der';
/** A bundle of a hundred is smaller. */
const MAX_FILE_BYTES = 1024 * 1024;
const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+?)-----END CERTIFICATE-----/g;
const PRIVATE = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;
const BASIC_CONSTRAINTS = '2.5.29.19';
/** Common name, then organisation. */
const NAMES = ['2.5.4.3', '2.5.4.10'];

/** A certificate as someone is asked whether to trust it. */
export interface Candidate extends TrustAnchor {
  issuer: string;
  validFrom: number | null;
  /** May vouch for others. */
  authority: boolean;
}

const minuteOf = (date: Date) => (Number.isNaN(date.getTime()) ? null : Math.floor(date.getTime() / 60_000));

function nameOf({ typesAndValues }: RelativeDistinguishedNames): string {
  for (const type of NAMES) {
    const text: unknown = typesAndValues.find((one) => one.type === type)?.value.valueBlock.value;
    if (typeof text === 'string' && text.trim() !== '') return text.trim().slice(0, 300);
  }
  return 'không ghi tên';
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** DER of a trusted certificate. */
export const derOf = ({ der }: TrustAnchor): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(der), (char) => char.charCodeAt(0));

async function candidateOf(
  der: Uint8Array<ArrayBuffer>,
  read: (der: ArrayBuffer) => PkiCertificate,
): Promise<Candidate> {
  const certificate = read(der.slice().buffer);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
  const constraints = certificate.extensions?.find(({ extnID }) => extnID === BASIC_CONSTRAINTS)?.parsedValue;
  return {
    id: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    name: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: minuteOf(certificate.notBefore.value),
    validTo: minuteOf(certificate.notAfter.value),
    authority: constraints?.cA === true,
    der: base64Of(der),
  };
}

/** The certificates of a file (DER, or PEM with one or more), each once; or why there are none. Never throws. */
export async function readCertificates(file: File): Promise<Candidate[] | string> {
  if (file.size > MAX_FILE_BYTES) return 'tệp quá lớn so với một chứng thư';
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const text = new TextDecoder('latin1').decode(bytes);
    // Whoever has it can sign in that name: it must not be kept, and its owner should know.
    if (PRIVATE.test(text)) return 'tệp có khóa bí mật: chỉ đưa vào chứng thư, không đưa khóa';
    const blocks = [...text.matchAll(PEM)].map(([, body = '']) =>
      Uint8Array.from(atob(body.replace(/\s/g, '')), (char) => char.charCodeAt(0)),
    );
    const ders = blocks.length > 0 ? blocks : [bytes];
    if (ders.some(({ length }) => length > MAX_ANCHOR_BYTES)) return 'không phải chứng thư (.cer, .crt, .pem)';
    const { Certificate } = await import('pkijs');
    const found: Candidate[] = [];
    for (const der of ders) {
      const one = await candidateOf(der, (buffer) => Certificate.fromBER(buffer));
      if (found.every(({ id }) => id !== one.id)) found.push(one);
    }
    return found;
  } catch {
    return 'không phải chứng thư (.cer, .crt, .pem)';
  }
}
