import type * as Pki from 'pkijs';

/** The libraries that read certificates and signatures, loaded when the first signature is met. */

export type PkiModule = typeof Pki;

const SIGNED_DATA = '1.2.840.113549.1.7.2';

export interface Tools {
  pki: PkiModule;
  parse(bytes: Uint8Array): Pki.SignedData;
  anchors: Pki.Certificate[];
}

/** Loads the libraries and reads the trust anchors (DER); one that is no certificate is left out. */
export async function loadTools(anchors: readonly Uint8Array[]): Promise<Tools> {
  const [pki, asn1] = await Promise.all([import('pkijs'), import('asn1js')]);
  const read = anchors.map((der) => {
    try {
      return pki.Certificate.fromBER(der.slice().buffer);
    } catch {
      return null;
    }
  });
  return {
    pki,
    anchors: read.filter((one) => one !== null),
    parse(bytes) {
      // Values are padded with zeros; only the first structure counts.
      const { result, offset } = asn1.fromBER(bytes.slice().buffer);
      if (offset < 0) throw new Error('not ASN.1');
      const content = new pki.ContentInfo({ schema: result });
      if (content.contentType !== SIGNED_DATA) throw new Error('not signed data');
      return new pki.SignedData({ schema: content.content });
    },
  };
}

export const equal = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);
