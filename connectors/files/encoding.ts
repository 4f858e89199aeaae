import data from './data/legacy-letters.json' with { type: 'json' };
import { FileError, type SourceFile } from './source.ts';

/** Encodings that are found by the bytes, and the two font encodings that only a person can choose. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1258', 'tcvn3', 'vni'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export const LEGACY = ['tcvn3', 'vni'] as const satisfies readonly Encoding[];
export type Legacy = (typeof LEGACY)[number];

export const encodingName: Record<Encoding, string> = {
  'utf-8': 'Unicode (UTF-8)',
  'utf-16le': 'Unicode (UTF-16)',
  'utf-16be': 'Unicode (UTF-16, byte cao trước)',
  'windows-1258': 'Windows-1258',
  tcvn3: 'TCVN3 (ABC)',
  vni: 'VNI Windows',
};

export const isLegacy = (encoding: Encoding): encoding is Legacy => encoding === 'tcvn3' || encoding === 'vni';

const tables: Record<Legacy, Map<string, string>> = {
  tcvn3: new Map(Object.entries(data.tcvn3)),
  vni: new Map(Object.entries(data.vni)),
};

/** Text in a font encoding (its bytes as Windows-1252, as it also stands in an .xlsx) as Unicode, NFC. */
export function fromLegacy(text: string, legacy: Legacy): string {
  const table = tables[legacy];
  let made = '';
  for (let i = 0; i < text.length; i++) {
    const pair = legacy === 'vni' ? table.get(text.slice(i, i + 2)) : undefined;
    if (pair !== undefined && text.length > i + 1) {
      made += pair;
      i++;
    } else made += table.get(text[i] as string) ?? text[i];
  }
  return made.normalize('NFC');
}

/** Bytes that are looked at to tell the encoding. */
const SAMPLE = 256 * 1024;

/**
 * The encoding by the bytes: a byte order mark, else UTF-8 when they are (but for a few), else Windows-1258.
 * @throws FileError for UTF-16 without a mark.
 */
export async function detectEncoding(file: SourceFile): Promise<Encoding> {
  const bytes = new Uint8Array(await file.slice(0, SAMPLE).arrayBuffer());
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.subarray(0, 4096).includes(0)) throw new FileError(file.name, 'không phải tệp chữ (có byte 0)');
  // The sample may end in the middle of a letter: a stream waits for the rest of it.
  const text = new TextDecoder('utf-8').decode(bytes, { stream: file.size > SAMPLE });
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  if (broken === 0) return 'utf-8';
  // A field that was cut by its length in bytes breaks a letter here and there; another encoding breaks nearly all.
  const whole = (text.match(/[\u0080-\uffff]/g)?.length ?? 0) - broken;
  return whole > 4 * broken ? 'utf-8' : 'windows-1258';
}

const LABELS: Record<Encoding, string> = {
  'utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1258': 'windows-1258',
  tcvn3: 'windows-1252',
  vni: 'windows-1252',
};

/** The file's text, piece by piece. Bytes that are no letters become U+FFFD, which a cell that is read then names. */
export async function* textOf(file: SourceFile, encoding: Encoding, signal?: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder(LABELS[encoding]);
  const reader = file.stream().getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      if (text !== '') yield text;
      if (done) return;
    }
  } finally {
    // A consumer that stops early must not leave the file open.
    await reader.cancel().catch(() => undefined);
  }
}
