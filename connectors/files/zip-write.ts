/** A zip file written as it goes: nothing but one small record an entry is held. */

const CRC = new Uint32Array(256).map((_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array, before: number): number {
  let c = ~before;
  for (let i = 0; i < bytes.length; i++) c = (CRC[(c ^ (bytes[i] as number)) & 255] as number) ^ (c >>> 8);
  return ~c >>> 0;
}

interface Written {
  name: Uint8Array;
  crc: number;
  packed: number;
  size: number;
  at: number;
}

type Chunk = Uint8Array<ArrayBuffer>;

/** Sizes follow the data (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808;
const DEFLATE = 8;
/** 01/01/2026 00:00 as DOS writes it: the same bytes whenever the file is made. */
const STAMP = ((2026 - 1980) << 25) | (1 << 21) | (1 << 16);
const MOST = 0xffff_fff0;

function record(signature: number, ...fields: [width: 2 | 4, value: number][]): Chunk {
  const bytes = new Uint8Array(4 + fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  let at = 4;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

async function* deflated(source: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  const { readable, writable } = new CompressionStream('deflate-raw');
  const writer = writable.getWriter();
  const feeding = (async () => {
    for await (const chunk of source) await writer.write(chunk);
    await writer.close();
  })().catch((error: unknown) => writer.abort(error).catch(() => undefined));
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
    await feeding;
  }
}

export class ZipWriter {
  readonly #written: Written[] = [];
  #at = 0;

  /** @throws RangeError beyond 4 GB, which would need ZIP64 */
  async *entry(name: string, content: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
    const entry: Written = { name: new TextEncoder().encode(name), crc: 0, packed: 0, size: 0, at: this.#at };
    const counted = async function* (): AsyncGenerator<Chunk> {
      for await (const chunk of content) {
        entry.crc = crc32(chunk, entry.crc);
        entry.size += chunk.length;
        yield chunk;
      }
    };
    yield this.#out(
      record(
        0x04034b50,
        [2, 20],
        [2, FLAGS],
        [2, DEFLATE],
        [4, STAMP],
        [4, 0],
        [4, 0],
        [4, 0],
        [2, entry.name.length],
        [2, 0],
      ),
    );
    yield this.#out(Uint8Array.from(entry.name));
    for await (const chunk of deflated(counted())) {
      entry.packed += chunk.length;
      yield this.#out(chunk);
    }
    if (entry.size > MOST || this.#at > MOST) throw new RangeError('tệp .xlsx lớn hơn 4 GB');
    yield this.#out(record(0x08074b50, [4, entry.crc], [4, entry.packed], [4, entry.size]));
    this.#written.push(entry);
  }

  /** The directory; nothing may follow it. */
  *end(): Generator<Chunk> {
    const from = this.#at;
    for (const { name, crc, packed, size, at } of this.#written) {
      const sizes: [4, number][] = [
        [4, STAMP],
        [4, crc],
        [4, packed],
        [4, size],
      ];
      yield this.#out(
        record(
          0x02014b50,
          [2, 20],
          [2, 20],
          [2, FLAGS],
          [2, DEFLATE],
          ...sizes,
          [2, name.length],
          [2, 0],
          [2, 0],
          [2, 0],
          [2, 0],
          [4, 0],
          [4, at],
        ),
      );
      yield this.#out(Uint8Array.from(name));
    }
    const count = this.#written.length;
    const size = this.#at - from;
    yield this.#out(record(0x06054b50, [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, from], [2, 0]));
  }

  #out(chunk: Chunk): Chunk {
    this.#at += chunk.length;
    return chunk;
  }
}
