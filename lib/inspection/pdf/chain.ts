import type * as Pki from 'pkijs';
import type { Chain } from '../facts.ts';
import { equal, type PkiModule, type Tools } from './crypto-tools.ts';

/** Whether a certificate leads to a root that the unit trusts. Revocation is not looked at: that would need the network. */

/** A signature carries its chain of three or four; a hundred would be there to keep us busy. */
const MAX_CERTIFICATES = 20;

export function certificatesOf(signed: Pki.SignedData, pki: PkiModule): Pki.Certificate[] {
  return (signed.certificates ?? [])
    .filter((one): one is Pki.Certificate => one instanceof pki.Certificate)
    .slice(0, MAX_CERTIFICATES);
}

/** Judged at the moment of signing, by the certificates that the signature carries and the given roots. */
export async function chainOf(
  { pki, anchors }: Tools,
  signed: Pki.SignedData,
  certificate: Pki.Certificate,
  at: Date,
): Promise<Chain> {
  const own = certificate.issuer.isEqual(certificate.subject);
  if (anchors.length === 0) return own ? 'self-signed' : 'no-anchors';
  // A unit may trust one certificate as it is; the engine below only takes roots that may sign others.
  const itself = anchors.some((anchor) => equal(new Uint8Array(anchor.tbsView), new Uint8Array(certificate.tbsView)));
  if (itself && at >= certificate.notBefore.value && at <= certificate.notAfter.value) return 'trusted';
  try {
    const engine = new pki.CertificateChainValidationEngine({
      trustedCerts: anchors,
      // The certificate to be judged goes last.
      certs: [...certificatesOf(signed, pki).filter((one) => one !== certificate), certificate],
      checkDate: at,
    });
    const { result } = await engine.verify({ passedWhenNotRevValues: true });
    if (result) return 'trusted';
  } catch {
    return 'unknown';
  }
  if (own) return 'self-signed';
  const issuers = [...anchors, ...certificatesOf(signed, pki)];
  let top = certificate;
  for (let i = 0; i < MAX_CERTIFICATES && !top.issuer.isEqual(top.subject); i++) {
    const issuer = issuers.find((one) => one.subject.isEqual(top.issuer));
    if (!issuer) return 'incomplete';
    top = issuer;
  }
  return anchors.some((anchor) => anchor.subject.isEqual(top.subject)) ? 'invalid' : 'incomplete';
}
