/** What is wrong with the XML of a part. */
export class XmlError extends Error {}

export interface XmlVisitor {
  /** `attributes` as written, entities and all. */
  open?(name: string, attributes: string): void;
  close?(name: string): void;
  /** Text with its entities decoded. */
  text?(text: string): void;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** @throws XmlError on an entity that XML itself does not have. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[\da-f]+|#\d+|\w+)?;?/gi, (whole, name: string | undefined) => {
    const point = name?.startsWith('#') ? Number(name[1] === 'x' ? `0${name.slice(1)}` : name.slice(1)) : Number.NaN;
    if (point > 0 && point < 0x110000 && whole.endsWith(';')) return String.fromCodePoint(point);
    const plain = whole.endsWith(';') ? NAMED[name ?? ''] : undefined;
    if (plain === undefined) throw new XmlError(`ký hiệu lạ ${whole}`);
    return plain;
  });
}

/** Deeper than any document of an office; a reader that goes by recursion would break. */
const MAX_DEPTH = 200;
const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s=<>/"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)|</gy;

/**
 * Walks through XML and checks that it is well-formed as it goes. The libraries mend broken XML in silence, and a letter cut
 * off in the middle would look whole.
 * @throws XmlError
 */
export function scanXml(source: string, visitor: XmlVisitor): void {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(source)) throw new XmlError('có khai báo DTD/ENTITY, không được phép trong mẫu');
  const open: string[] = [];
  let rooted = false;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(source); match !== null; match = TOKEN.exec(source)) {
    const [whole, cdata, closing, name, attributes = '', selfClosing, text] = match;
    if (whole === '<') throw new XmlError('thẻ viết sai');
    if (closing !== undefined) {
      if (open.pop() !== closing) throw new XmlError(`thẻ </${closing}> không khớp`);
      visitor.close?.(closing);
    } else if (name !== undefined) {
      if (open.length === 0 && rooted) throw new XmlError('có hai phần tử gốc');
      rooted = true;
      if (attributes.includes('&')) decoded(attributes);
      visitor.open?.(name, attributes);
      if (selfClosing) visitor.close?.(name);
      else if (open.push(name) > MAX_DEPTH) throw new XmlError('lồng quá sâu');
    } else if (text !== undefined || cdata !== undefined) {
      const plain = cdata ?? decoded(text as string);
      if (open.length > 0) visitor.text?.(plain);
      else if (plain.trim() !== '' && plain !== '\ufeff') throw new XmlError('có chữ ngoài phần tử gốc');
    }
  }
  if (open.length > 0) throw new XmlError(`thiếu thẻ đóng </${open.at(-1)}>`);
  if (!rooted) throw new XmlError('không có nội dung');
}

/** Value of an attribute as written in a start tag. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = match?.[1] ?? match?.[2];
  return value === undefined ? undefined : decoded(value);
}

/**
 * Text of an XML part: UTF-8, or UTF-16 with its mark.
 * @throws XmlError when the bytes are not text.
 */
export function xmlText(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const label = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw new XmlError('không phải chữ UTF-8');
  }
}
