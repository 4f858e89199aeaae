import type * as Pki from 'pkijs';
import type { SignatureFacts } from '../facts.ts';
import { certificatesOf, chainOf } from './chain.ts';
import { equal, type PkiModule, type Tools } from './crypto-tools.ts';

/** Cryptographic message syntax: what a signature value says and whether it holds, computed with WebCrypto (pkijs on demand). */

const OID = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  rsa: '1.2.840.113549.1.1.1',
} as const;

const DIGESTS: Record<string, string> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};
/** Common name, else organisation. */
const NAMES = ['2.5.4.3', '2.5.4.10'];

const minuteOf = (date: Date | undefined) =>
  date && !Number.isNaN(date.getTime()) ? Math.floor(date.getTime() / 60_000) : null;

function nameIn(name: Pki.RelativeDistinguishedNames): string | null {
  for (const type of NAMES) {
    const found = name.typesAndValues.find((one) => one.type === type);
    const text: unknown = found?.value.valueBlock.value;
    if (typeof text === 'string' && text !== '') return text.slice(0, 200);
  }
  return null;
}

async function signerOf(
  signed: Pki.SignedData,
  info: Pki.SignerInfo,
  pki: PkiModule,
): Promise<Pki.Certificate | undefined> {
  const all = certificatesOf(signed, pki);
  const { sid } = info;
  if (sid instanceof pki.IssuerAndSerialNumber)
    return all.find((one) => one.issuer.isEqual(sid.issuer) && one.serialNumber.isEqual(sid.serialNumber));
  const wanted = new Uint8Array(
    sid.idBlock.isConstructed ? sid.valueBlock.value[0].valueBlock.valueHexView : sid.valueBlock.valueHexView,
  );
  for (const one of all) {
    const stated = one.extensions?.find(({ extnID }) => extnID === '2.5.29.14')?.parsedValue?.valueBlock?.valueHexView;
    if (stated && equal(new Uint8Array(stated), wanted)) return one;
    if (equal(new Uint8Array(await one.getKeyHash()), wanted)) return one;
  }
  return undefined;
}

const attribute = (info: Pki.SignerInfo, type: string) =>
  info.signedAttrs?.attributes.find((one) => one.type === type)?.values[0];

interface Verified {
  integrity: SignatureFacts['integrity'];
  digest: string | null;
  certificate: Pki.Certificate | undefined;
  info: Pki.SignerInfo | undefined;
}

/**
 * Computes digest and signature. `digestOf` gives the digest of what was signed, by the name of the algorithm.
 * @param data the signed bytes, only asked for the rare value without signed attributes.
 */
async function verify(
  { pki }: Tools,
  signed: Pki.SignedData,
  digestOf: (algorithm: string) => Promise<Uint8Array>,
  data: () => Uint8Array,
): Promise<Verified> {
  const info = signed.signerInfos[0];
  if (!info) return { integrity: 'unreadable', digest: null, certificate: undefined, info };
  const digest = DIGESTS[info.digestAlgorithm.algorithmId] ?? null;
  const certificate = await signerOf(signed, info, pki);
  const known = { digest, certificate, info };
  if (!certificate || digest === null) return { ...known, integrity: certificate ? 'unsupported' : 'unreadable' };
  if (info.signedAttrs) {
    const stated = attribute(info, OID.messageDigest)?.valueBlock.valueHexView as Uint8Array | undefined;
    if (!stated || !attribute(info, OID.contentType)) return { ...known, integrity: 'unreadable' };
    if (!equal(await digestOf(digest), new Uint8Array(stated))) return { ...known, integrity: 'altered' };
  }
  const bytes = info.signedAttrs ? new Uint8Array(info.signedAttrs.encodedValue) : data();
  const { algorithmId } = info.signatureAlgorithm;
  try {
    const crypto = pki.getCrypto(true);
    // Plain "RSA" leaves the digest to the other field; the rest name it themselves.
    const holds = await crypto.verifyWithPublicKey(
      bytes as Uint8Array<ArrayBuffer>,
      info.signature,
      certificate.subjectPublicKeyInfo,
      info.signatureAlgorithm,
      ...(algorithmId === OID.rsa ? [digest] : []),
    );
    return { ...known, integrity: holds ? 'intact' : info.signedAttrs ? 'forged' : 'altered' };
  } catch {
    return { ...known, integrity: 'unsupported' };
  }
}

const sha = async (algorithm: string, bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest(algorithm, bytes as Uint8Array<ArrayBuffer>));

/** A time-stamp token: its time, and whether it was made for these bytes and its own signature holds. */
async function readStamp(tools: Tools, token: Pki.SignedData, digestOf: (algorithm: string) => Promise<Uint8Array>) {
  const content = token.encapContentInfo.eContent?.getValue();
  if (token.encapContentInfo.eContentType !== OID.timeStampInfo || !content) return null;
  const info = tools.pki.TSTInfo.fromBER(content);
  const algorithm = DIGESTS[info.messageImprint.hashAlgorithm.algorithmId];
  const imprint = new Uint8Array(info.messageImprint.hashedMessage.valueBlock.valueHexView);
  const fits = algorithm !== undefined && equal(await digestOf(algorithm), imprint);
  const inner = new Uint8Array(content);
  const own = await verify(
    tools,
    token,
    (name) => sha(name, inner),
    () => inner,
  );
  return { at: minuteOf(info.genTime), fits, own };
}

type Judged = Omit<SignatureFacts, 'type' | 'format' | 'range' | 'rangeSound' | 'coversFile' | 'laterChanges'>;

const UNREADABLE: Judged = {
  signer: null,
  issuer: null,
  claimedAt: null,
  stampedAt: null,
  stampSound: null,
  integrity: 'unreadable',
  digest: null,
  validFrom: null,
  validTo: null,
  validity: 'unknown',
  judgedBy: 'now',
  chain: 'unknown',
};

export interface ToJudge {
  value: Uint8Array;
  seal: boolean;
  /** Epoch minutes, from the dictionary of the signature. */
  claimedAt: number | null;
  digestOf: (algorithm: string) => Promise<Uint8Array>;
  data: () => Uint8Array;
}

/** What can be computed about one signature value; never throws. `now` in epoch minutes, for a signature without any time. */
export async function judge(
  tools: Tools,
  { value, seal, claimedAt, digestOf, data }: ToJudge,
  now: number,
): Promise<Judged> {
  try {
    const signed = tools.parse(value);
    const stamp = seal ? await readStamp(tools, signed, digestOf) : await stampOf(tools, signed);
    const verified = seal ? stamp?.own : await verify(tools, signed, digestOf, data);
    if (!verified) return UNREADABLE;
    const { certificate, info, digest } = verified;
    const integrity = seal && verified.integrity === 'intact' && !stamp?.fits ? 'altered' : verified.integrity;
    const stampSound = stamp ? stamp.fits && stamp.own.integrity === 'intact' : null;
    const signingTime: unknown = info && attribute(info, OID.signingTime)?.toDate?.();
    const claimed = (signingTime instanceof Date ? minuteOf(signingTime) : null) ?? claimedAt;
    const judgedBy = stamp && stampSound && stamp.at !== null ? 'stamp' : claimed !== null ? 'claim' : 'now';
    const at = { stamp: stamp?.at ?? now, claim: claimed ?? now, now }[judgedBy];
    const facts = {
      ...UNREADABLE,
      claimedAt: seal ? null : claimed,
      stampedAt: stamp?.at ?? null,
      stampSound,
      integrity,
      digest,
      judgedBy,
    } as const;
    if (!certificate) return facts;
    const validFrom = minuteOf(certificate.notBefore.value);
    const validTo = minuteOf(certificate.notAfter.value);
    return {
      ...facts,
      signer: nameIn(certificate.subject),
      issuer: nameIn(certificate.issuer),
      validFrom,
      validTo,
      validity:
        validFrom === null || validTo === null
          ? 'unknown'
          : at < validFrom
            ? 'not-yet'
            : at > validTo
              ? 'expired'
              : 'valid',
      chain: await chainOf(tools, signed, certificate, new Date(at * 60_000)),
    };
  } catch {
    return UNREADABLE;
  }
}

async function stampOf(tools: Tools, signed: Pki.SignedData) {
  const info = signed.signerInfos[0];
  const token = info?.unsignedAttrs?.attributes.find(({ type }) => type === OID.timeStampToken)?.values[0];
  if (!info || !token) return null;
  try {
    const inner = tools.parse(new Uint8Array(token.toBER(false)));
    return await readStamp(tools, inner, (name) => sha(name, new Uint8Array(info.signature.valueBlock.valueHexView)));
  } catch {
    return null;
  }
}
