import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { canFill, checkTemplate, LETTER_FIELDS, LETTER_FORMS, type TemplateCheck } from '../../lib/letters/index.ts';
import { letterTemplates } from '../../scripts/letter-templates.ts';
import { docx, header, p, relation, shattered, textBox } from './docx-files.ts';

const TEMPLATES = join(import.meta.dirname, '../../lib/letters/templates');

/** Lines with every field that the law asks for, so that a fault stands out. */
const SOUND = LETTER_FIELDS.filter(({ required, print }) => required && print !== false).map(({ tag, item }) =>
  item ? p(`{#${tag}}{${item}}{/}`) : p(`{${tag}}`),
);
const sound = (...more: string[]) => docx([...SOUND, ...more].join(''));
const found = ({ findings }: TemplateCheck) => findings.map(({ id, severity, tag }) => [severity, id, tag]);
const ids = (check: TemplateCheck) => check.findings.map(({ id }) => id);

describe('a built-in template', () => {
  it('is what the script makes, byte for byte, in every time zone', () => {
    const made = letterTemplates();
    expect([...made.keys()].sort()).toEqual(LETTER_FORMS.map(({ file }) => file).sort());
    for (const [name, bytes] of made) expect(Buffer.from(bytes).equals(readFileSync(join(TEMPLATES, name)))).toBe(true);
    const zone = process.env.TZ;
    process.env.TZ = 'America/New_York';
    const elsewhere = letterTemplates();
    process.env.TZ = zone;
    expect(elsewhere).toEqual(made);
  });

  it.each(LETTER_FORMS.map(({ file }) => file))('%s has nothing to mend', async (file) => {
    const check = await checkTemplate(new Uint8Array(readFileSync(join(TEMPLATES, file))));
    expect(check.readable).toBe(true);
    expect(check.findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    const printed = LETTER_FIELDS.filter(({ print, tag }) => print !== false && tag !== 'trichYeu').map(
      ({ tag }) => tag,
    );
    expect(check.tags).toEqual(expect.arrayContaining(printed));
  });
});

describe('tags', () => {
  it('has nothing to say of a sound template', async () => {
    expect(found(await checkTemplate(sound()))).toEqual([]);
  });

  it.each([
    ['an unknown tag', '{hoTenCongDan}', [['error', 'unknown', '{hoTenCongDan}']]],
    ['doubled braces', 'x {{maHoSo}} y', [['error', 'doubled', 'x {{maHoSo}} y']]],
    ['a brace that is not closed', 'Kính gửi {kinhGui', [['error', 'unclosed', 'Kính gửi {kinhGui']]],
    ['a stray closing brace', 'kinhGui} x', [['error', 'stray', 'kinhGui} x']]],
    ['an empty tag', 'x {} y', [['error', 'empty', '{}']]],
    ['an optional tag without its condition', 'Số {soDienThoai}', [['warning', 'unguarded', '{soDienThoai}']]],
    ['a list that is not gone through', '{noiNhan}', [['error', 'list', '{noiNhan}']]],
    ['an item outside its list', '{ten}', [['error', 'outside-list', '{ten}']]],
    ['a section that is not closed', '{#diaChi}{diaChi}', [['error', 'unclosed-section', '{#diaChi}']]],
    ['a section that was not opened', '{/}', [['error', 'unopened', '{/}']]],
    ['a section closed by another name', '{#diaChi}{diaChi}{/noiTra}', [['warning', 'mismatch', '{/noiTra}']]],
    [
      'curly quotes',
      '{#diaChi [loopOver: ‘paragraph’]}{diaChi}{/}',
      [['warning', 'quotes', '{#diaChi [loopOver: ‘paragraph’]}']],
    ],
    ['spaces in a tag', '{ maHoSo } {# diaChi }{ diaChi }{ / }', []],
  ])('finds %s', async (_, text, expected) => {
    const check = await checkTemplate(sound(p(text)));
    expect(found(check)).toEqual(expected);
    expect(canFill(check)).toBe(!expected.some(([severity]) => severity === 'error'));
  });

  it('gives the paragraph, and the part', async () => {
    const parts = { 'word/header1.xml': header(p('Về hồ sơ {maHoso}')) };
    const check = await checkTemplate(
      docx(SOUND.join(''), { parts, relations: relation('rId5', 'header', 'header1.xml') }),
    );
    expect(check.findings[0]).toEqual({
      id: 'unknown',
      severity: 'error',
      part: 'word/header1.xml',
      paragraph: 'Về hồ sơ {maHoso}',
      tag: '{maHoso}',
      message: 'không có trường nào tên là maHoso',
    });
    expect(ids(check)).toContain('header');
  });

  it('knows the columns that data bring, however they are typed', async () => {
    const bytes = sound(p(`{${'ghiChú'.normalize('NFD')}}`));
    expect(found(await checkTemplate(bytes, ['ghiChú']))).toEqual([
      ['warning', 'nfd', `{${'ghiChú'.normalize('NFD')}}`],
    ]);
    expect(ids(await checkTemplate(bytes))).toEqual(['unknown', 'nfd']);
  });

  it('says of a tag that Word has shattered that it works', async () => {
    const check = await checkTemplate(sound(shattered('Mã hồ sơ: {maHoSo} của {kinhGui}')));
    expect(found(check)).toEqual([
      ['note', 'split', '{maHoSo}'],
      ['note', 'split', '{kinhGui}'],
    ]);
  });

  it('says of a tag in a text box that it works, once', async () => {
    expect(found(await checkTemplate(sound(textBox(p('{maHoSo}')))))).toEqual([['note', 'text-box', '{maHoSo}']]);
  });

  it('names what the law asks for and the template has not, unless it is typed in', async () => {
    const without = SOUND.filter((line) => !/\{(?:lyDo|loiXinLoi|nguoiKy\.chucVu)\}/.test(line));
    const typed = [p('Chúng tôi chân thành xin lỗi.'), p('CHỦ TỊCH')];
    const bare = await checkTemplate(docx(without.join('')));
    expect(found(bare)).toEqual([
      ['error', 'missing-mandatory', '{lyDo}'],
      ['error', 'missing-mandatory', '{loiXinLoi}'],
      ['error', 'missing-mandatory', '{nguoiKy.chucVu}'],
    ]);
    expect(canFill(bare)).toBe(true);
    expect(found(await checkTemplate(docx([...without, ...typed].join(''))))).toEqual([
      ['error', 'missing-mandatory', '{lyDo}'],
      ['note', 'typed-in', '{loiXinLoi}'],
      ['note', 'typed-in', '{nguoiKy.chucVu}'],
    ]);
  });

  it('tries the filling, for what cannot be seen from the tags', async () => {
    const apart = `<w:tbl><w:tr><w:tc>${p('{#diaChi}')}</w:tc></w:tr></w:tbl>${p('{/}')}`;
    const check = await checkTemplate(sound(apart));
    expect(ids(check)).toEqual(['trial']);
    expect(check.findings[0]?.message).toContain('không cùng một chỗ chứa');
    expect(canFill(check)).toBe(false);
  });
});

describe('a package that is not safe or not whole', () => {
  it.each([
    ['macros', docx(SOUND.join(''), { parts: { 'word/vbaProject.bin': 'x' } }), 'macro'],
    ['a macro type', docx(SOUND.join(''), { mainType: 'macroEnabled' }), 'macro'],
    ['a .dotx', docx(SOUND.join(''), { mainType: 'template' }), 'dotx'],
    [
      'an attached template',
      docx(SOUND.join(''), {
        relations: relation('rId9', 'attachedTemplate', 'https://may-chu.invalid/mau.dotm', true),
      }),
      'external',
    ],
    [
      'a linked picture',
      docx(SOUND.join(''), { relations: relation('rId9', 'image', 'https://may-chu.invalid/a.png', true) }),
      'external',
    ],
    [
      'a linked OLE object',
      docx(SOUND.join(''), { relations: relation('rId9', 'oleObject', 'file:///a.xlsx', true) }),
      'external',
    ],
    [
      'an embedded OLE object',
      docx(SOUND.join(''), { relations: relation('rId9', 'oleObject', 'embeddings/a.bin') }),
      'embedded',
    ],
    [
      'a field that fetches',
      sound(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DDEAU</w:instrText></w:r><w:r><w:instrText>TO a b</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
      ),
      'field',
    ],
    ['a simple field that fetches', sound('<w:p><w:fldSimple w:instr=" INCLUDETEXT a"/></w:p>'), 'field'],
    [
      'an entity',
      docx(SOUND.join(''), { parts: { 'word/settings.xml': '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>' } }),
      'xml',
    ],
    ['XML that is cut off', docx(SOUND.join(''), { parts: { 'word/header1.xml': '<w:hdr><w:p>' } }), 'xml'],
  ])('finds %s', async (_, bytes, id) => {
    const check = await checkTemplate(bytes);
    expect(check.readable).toBe(true);
    expect(found(check).map(([severity, one]) => [severity, one])).toEqual([['error', id]]);
    expect(canFill(check)).toBe(false);
  });

  it('lets links in the text and pictures of its own be', async () => {
    const relations =
      relation('rId8', 'hyperlink', 'https://dichvucong.invalid/', true) + relation('rId9', 'image', 'media/a.png');
    expect(found(await checkTemplate(docx(SOUND.join(''), { relations, parts: { 'word/media/a.png': 'x' } })))).toEqual(
      [],
    );
  });

  it('warns of tracked changes', async () => {
    const tracked = sound('<w:p><w:ins w:id="1"><w:r><w:t>x</w:t></w:r></w:ins></w:p>');
    expect(found(await checkTemplate(tracked))).toEqual([['warning', 'tracked', '']]);
  });

  const zeros = (length: number) => new Uint8Array(length);
  const bomb: Zippable = { 'word/a.xml': zeros(30_000_000) };
  const many: Zippable = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p${i}`, strToU8('x')]));
  /** A deflated entry of a file whose directory says that it is small: the claim must not be believed. */
  const lying = () => {
    const bytes = zipSync(bomb);
    const view = new DataView(bytes.buffer);
    const central = view.getUint32(bytes.length - 6, true);
    view.setUint32(central + 24, 10, true);
    view.setUint32(22, 10, true);
    return bytes;
  };
  const encrypted = () => {
    const bytes = sound();
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const central = view.getUint32(bytes.length - 6, true);
    view.setUint16(central + 8, view.getUint16(central + 8, true) | 1, true);
    return bytes;
  };

  it.each([
    ['nothing', zeros(0), 'empty'],
    ['text', strToU8('Kính gửi {kinhGui}, đây không phải là tệp Word'), 'not-zip'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, ...zeros(99)]), 'not-zip'],
    ['a zip of something else', zipSync({ 'a.txt': strToU8('x') }), 'not-zip'],
    [
      'an OLE container (password, or .doc)',
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...zeros(600)]),
      'encrypted',
    ],
    ['an encrypted zip', encrypted(), 'encrypted'],
    ['more than 5 MB', zeros(5 * 1024 * 1024 + 1), 'too-large'],
    ['a zip bomb', zipSync(bomb), 'ratio'],
    ['a zip bomb that claims to be small', lying(), 'ratio'],
    ['too many entries', zipSync(many), 'entries'],
    ['two parts of one name', zipSync({ 'A.xml': strToU8('x'), 'a.xml': strToU8('y') }), 'duplicate'],
    ['a file cut off', sound().slice(0, -300), 'not-zip'],
  ])('does not open %s', async (_, bytes, id) => {
    const check = await checkTemplate(bytes);
    expect([check.readable, ids(check)]).toEqual([false, [id]]);
    expect(check.findings[0]?.message).not.toBe('');
  });

  it('does not open a file whose bytes were spoilt', async () => {
    const bytes = sound(p('x'.repeat(9000)));
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const name = strToU8('word/document.xml');
    const at = bytes.findIndex((_, i) => name.every((byte, k) => bytes[i + k] === byte)) + name.length;
    for (let i = 0; i < 8; i++) view.setUint8(at + 4 + i, 0xff);
    expect((await checkTemplate(bytes)).readable).toBe(false);
  });

  it('holds its limit on all entries together', async () => {
    // A few odd bytes among zeros: too dull to be large, not dull enough for the ratio.
    const dull = (seed: number) => {
      let state = seed;
      return Uint8Array.from({ length: 9_000_000 }, (_, i) => {
        if (i % 60 > 2) return 0;
        state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
        return state >> 16;
      });
    };
    const files: Zippable = Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`p${i}`, [dull(i), { level: 1 }]]));
    const check = await checkTemplate(zipSync(files));
    expect(ids(check)).toEqual(['total']);
  });
});
