import { describe, expect, it } from 'vitest';
import { detectEncoding, type Encoding, fromLegacy } from '../../connectors/files/encoding.ts';
import { inspectFile } from '../../connectors/files/index.ts';
import { CODE, fileOf, readAll } from './files-made.ts';

const CSV = `Mã hồ sơ,Đơn vị,Trạng thái\n${CODE(1)},Phường Thử Nghiệm,Đã trả kết quả\n`;

const utf16 = (text: string, little: boolean) => {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, little);
  for (let i = 0; i < text.length; i++) view.setUint16(2 + i * 2, text.charCodeAt(i), little);
  return bytes;
};

/** Bytes of a one-byte encoding, found by asking the decoder what each byte is. */
function oneByte(text: string, label: string): Uint8Array {
  const byLetter = new Map(
    Array.from({ length: 256 }, (_, byte) => [new TextDecoder(label).decode(Uint8Array.of(byte)), byte]),
  );
  return Uint8Array.from(text, (letter) => {
    const byte = byLetter.get(letter);
    if (byte === undefined) throw new Error(`${label} has no ${letter}`);
    return byte;
  });
}

/** Windows-1258 writes a letter and its tone apart, but knows some letters with a tone, and ơ ư ă â ê ô. */
const BASES = 'ăâêôơưĂÂÊÔƠƯ';
const in1258 = (text: string) =>
  oneByte(
    [...text.normalize('NFC')]
      .map((letter) => {
        const [base = '', ...marks] = letter.normalize('NFD');
        const tone = marks.find((mark) => '\u0300\u0301\u0303\u0309\u0323'.includes(mark)) ?? '';
        const plain = (base + marks.filter((mark) => mark !== tone).join('')).normalize('NFC');
        return (BASES.includes(plain) || marks.length === 0 || plain === base ? plain : letter) + tone;
      })
      .join(''),
    'windows-1258',
  );

const TCVN3 = 'M· hå s¬,§¬n vÞ,Tr¹ng th¸i\n';
const VNI = 'Maõ hoà sô,Ñôn vò,Traïng thaùi\n';

describe('encodings', () => {
  it.each<[Encoding, Uint8Array]>([
    ['utf-8', new TextEncoder().encode(CSV)],
    ['utf-8', new TextEncoder().encode(`\ufeff${CSV}`)],
    ['utf-8', new TextEncoder().encode(CSV.normalize('NFD'))],
    ['utf-16le', utf16(CSV, true)],
    ['utf-16be', utf16(CSV, false)],
    ['windows-1258', in1258(CSV)],
  ])('%s is found by the bytes and read', async (encoding, bytes) => {
    const file = fileOf('x.csv', bytes);
    expect(await detectEncoding(file)).toBe(encoding);
    expect((await readAll(file)).records).toEqual([
      { code: CODE(1), at: 'x.csv:2', unit: 'Phường Thử Nghiệm', status: 10, statusText: 'Đã trả kết quả' },
    ]);
  });

  it.each([
    ['tcvn3', `${TCVN3}${CODE(1)},Ph­êng Thö NghiÖm,§· tr¶ kÕt qu¶\n`],
    ['vni', `${VNI}${CODE(1)},Phöôøng Thöû Nghieäm,Ñaõ traû keát quaû\n`],
  ] as const)('%s is hinted at, and read only when a person says so', async (encoding, text) => {
    const file = fileOf('x.csv', oneByte(text, 'windows-1252'));
    const inspection = await inspectFile(file, 'city');
    expect(inspection.encoding).toBe('windows-1258');
    expect(inspection.warnings.join()).toContain(encoding === 'vni' ? 'VNI' : 'TCVN3');
    expect(inspection.problems.join()).toContain('Mã hồ sơ');
    const { records } = await readAll(file, { encoding });
    expect(records).toEqual([
      { code: CODE(1), at: 'x.csv:2', unit: 'Phường Thử Nghiệm', status: 10, statusText: 'Đã trả kết quả' },
    ]);
  });

  it('knows the whole of both tables by a sentence with every kind of letter', () => {
    expect(fromLegacy('Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc', 'tcvn3')).toBe(
      'Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc',
    );
    expect(fromLegacy('Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc', 'vni')).toBe(
      'Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc',
    );
    expect(fromLegacy('Thuû tuïc ñaêng kyù, söûa ñoåi giaáy pheùp', 'vni')).toBe('Thủ tục đăng ký, sửa đổi giấy phép');
  });

  it('gives no hint for a file that is what it says', async () => {
    for (const bytes of [new TextEncoder().encode(CSV), in1258(CSV)])
      expect((await inspectFile(fileOf('x.csv', bytes), 'city')).warnings.join()).not.toContain('bảng mã');
  });

  it('is not led astray by a letter that somebody cut in two', async () => {
    const cut = new Uint8Array([
      ...new TextEncoder().encode(CSV.trimEnd()),
      ...new TextEncoder().encode(`\n${CODE(2)},Phườn`),
      0xe1,
      0xbb,
      0x2c,
      0x34,
      0x0a,
    ]);
    const file = fileOf('x.csv', cut);
    expect(await detectEncoding(file)).toBe('utf-8');
    expect((await readAll(file)).records.map(({ code, status }) => [code, status])).toEqual([
      [CODE(1), 10],
      [CODE(2), 4],
    ]);
  });

  it('reads JSON in UTF-16', async () => {
    const { records } = await readAll(fileOf('x.json', utf16(`[{"MaHoSo":"${CODE(1)}","DonViXuLy":"Phường"}]`, true)));
    expect(records).toEqual([{ code: CODE(1), unit: 'Phường', at: 'x.json:1' }]);
  });

  it('names a broken letter only in a cell that is read', async () => {
    const text = `Mã hồ sơ,Chủ hồ sơ\n${CODE(1)},?\n${CODE(2)}?,Z\n`;
    const bytes = new TextEncoder().encode(`${text}${'x,y\n'.repeat(70_000)}`);
    // Beyond what is looked at to tell the encoding.
    const late = new Uint8Array([...bytes, ...new TextEncoder().encode(`${CODE(3)}`), 0xff, 0x2c, 0x0a]);
    const { unreadable } = await readAll(fileOf('x.csv', late));
    expect(unreadable).toMatchObject([{ at: 'x.csv:70004', reason: expect.stringContaining('ký tự hỏng') }]);
  });
});
