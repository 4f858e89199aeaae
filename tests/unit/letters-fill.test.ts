import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Docxtemplater from 'docxtemplater';
import fc from 'fast-check';
import PizZip from 'pizzip';
import { describe, expect, it } from 'vitest';
import {
  createMerger,
  fillTemplate,
  LETTER_FORMS,
  openTemplate,
  sampleValues,
  type TagValues,
  TemplateError,
  tagNames,
  toDocx,
} from '../../lib/letters/index.ts';
import { docx, header, linesOf, p, partOf, relation, run, shattered, textBox } from './docx-files.ts';

async function filled(bytes: Uint8Array, values: TagValues): Promise<Uint8Array> {
  const result = await fillTemplate(openTemplate(bytes), values);
  if (!result.ok) throw new Error(tagNames([...result.missing, ...result.unknown]));
  return toDocx(result.letter);
}
const lines = async (body: string, values: TagValues) => linesOf(await filled(docx(body), values));
const VALUES: TagValues = {
  ...sampleValues(),
  maHoSo: 'H29.999-261110-0001',
  kinhGui: 'Ông/Bà Mẫu',
  noiNhan: [{ ten: 'Như trên;' }, { ten: 'Lưu: VT.' }],
  diaChi: undefined,
};
const builtIn = (file: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../../lib/letters/templates', file)));

describe('filling', () => {
  it('fills whole, shattered and boxed tags, in the document, headers and footers', async () => {
    const body = p('Mã {maHoSo}.') + shattered('Kính gửi: {kinhGui} – {maHoSo}!') + textBox(p('[{maHoSo}]'));
    const parts = { 'word/header1.xml': header(p('H {maHoSo}')), 'word/footer1.xml': header(p('F {', 'ma', 'HoSo}')) };
    const relations = relation('rId5', 'header', 'header1.xml') + relation('rId6', 'footer', '/word/footer1.xml');
    const bytes = await filled(docx(body, { parts, relations }), VALUES);
    const code = 'H29.999-261110-0001';
    expect(linesOf(bytes)).toEqual([`Mã ${code}.`, `Kính gửi: Ông/Bà Mẫu – ${code}!`, `[${code}]`, `[${code}]`, '']);
    expect(linesOf(bytes, 'word/header1.xml')).toEqual([`H ${code}`]);
    expect(linesOf(bytes, 'word/footer1.xml')).toEqual([`F ${code}`]);
  });

  it.each([
    ['markup', '<w:p/>&amp; "a" \'b\' & {maHoSo} ]]>'],
    ['300 characters', 'Đường Ngõ '.repeat(30).trim()],
    ['line ends', 'một\nhai\n\nba'],
    ['Windows line ends', 'một\r\nhai', 'một\nhai'],
    ['NFD', 'Nguyễn Thị Hường'.normalize('NFD'), 'Nguyễn Thị Hường'],
    ['characters that XML cannot hold', 'a\u0000b\u000bc\ufffe\ud800d', 'abcd'],
    ['emoji and spaces that do not break', '😀\u00a0ok'],
  ])('prints %s as it is, in NFC', async (_, value, printed = value) => {
    expect(await lines(p('trước {lyDo} sau'), { lyDo: value })).toEqual([`trước ${printed} sau`]);
  });

  it('prints any text that a form can hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(...'ab<>&"\'{}[]#/\n đỗ\u00a0'), minLength: 1, maxLength: 60 }),
        async (value) => {
          if (value.trim() === '') return;
          expect(await lines(p('«{lyDo}»'), { lyDo: value })).toEqual([`«${value.trim()}»`]);
        },
      ),
    );
  });

  it('puts the lines of a value before what follows the tag', async () => {
    const bytes = await filled(docx(`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>a {lyDo} b</w:t></w:r></w:p>`), {
      lyDo: '1\n2',
    });
    expect(partOf(bytes, 'word/document.xml')).toMatch(/<w:br\/>.*>2<.*<w:b\/>.* b</);
    expect(linesOf(bytes)).toEqual(['a 1\n2 b']);
  });

  it('refuses what is missing, and names it', async () => {
    const template = openTemplate(docx(p('{kinhGui} {lyDo} {diaChi} {#noiTra}{noiTra}{/} {#noiNhan}{ten}{/}')));
    expect(await fillTemplate(template, { kinhGui: ' \u00a0', lyDo: 'x' })).toEqual({
      ok: false,
      unknown: [],
      missing: ['kinhGui', 'diaChi', 'noiNhan'],
    });
    expect(tagNames(['diaChi', 'ghiChú'])).toBe('Địa chỉ {diaChi}, {ghiChú}');
  });

  it('does not let a condition hide what the law asks for', async () => {
    const template = openTemplate(docx(p('{#lyDo}Lý do: {lyDo}{/}')));
    expect(await fillTemplate(template, {})).toMatchObject({ ok: false, missing: ['lyDo'] });
  });

  it('refuses an unknown tag even where a condition would leave it out', async () => {
    const template = openTemplate(docx(p('{#noiTra}{laLung}{/}')));
    expect(await fillTemplate(template, VALUES)).toEqual({ ok: false, missing: [], unknown: ['laLung'] });
    expect(await fillTemplate(openTemplate(docx(p('{constructor} {toString}'))), {})).toMatchObject({
      unknown: ['constructor', 'toString'],
    });
  });

  it('knows a tag and a value typed in different Unicode forms', async () => {
    const typed = 'ghiChú';
    expect(await lines(p(`{${typed.normalize('NFD')}}`), { [typed]: 'x' })).toEqual(['x']);
    expect(await lines(p(`{${typed}}`), { [typed.normalize('NFD')]: 'x' })).toEqual(['x']);
  });

  it('gives the same bytes for the same letter', async () => {
    const bytes = builtIn('tt03-2025.docx');
    expect(await filled(bytes, VALUES)).toEqual(await filled(bytes, VALUES));
  });

  it.each([
    ['{maHoSo', 'lẻ'],
    ['maHoSo}', 'lẻ'],
    ['{{maHoSo}}', 'lẻ'],
    ['{#diaChi}x', 'đóng lại'],
    ['x{/}', 'mở ra'],
    ['{}', 'không có tên'],
    ['{#diaChi [loopOver: "]}x{/}', 'tuỳ chọn'],
  ])('does not open a template with %s', (text, message) => {
    expect(() => openTemplate(docx(p(text)))).toThrow(TemplateError);
    expect(() => openTemplate(docx(p(text)))).toThrow(message);
  });
});

describe('lists and conditions', () => {
  it('leave no empty lines when their tags stand on lines of their own', async () => {
    const body = p('Nơi nhận:') + p('{#noiNhan}') + p('- {ten}') + p('{/}') + p('hết');
    expect(await lines(body, VALUES)).toEqual(['Nơi nhận:', '- Như trên;', '- Lưu: VT.', 'hết']);
    const nested = p('{#noiTra}') + p('{#noiNhan}') + p('- {ten} {noiTra}') + p('{/}') + p('{/}') + p('hết');
    expect(await lines(nested, { ...VALUES, noiTra: 'T' })).toEqual(['- Như trên; T', '- Lưu: VT. T', 'hết']);
    expect(await lines(nested, { ...VALUES, noiTra: '' })).toEqual(['hết']);
  });

  it('take their line with them when there is nothing to say', async () => {
    expect(await lines(p('a') + p('{#diaChi}Địa chỉ: {diaChi}{/}') + p('b'), VALUES)).toEqual(['a', 'b']);
    expect(await lines(p('a {#diaChi}tại {diaChi}{/}'), VALUES)).toEqual(['a ']);
    expect(await lines(p('{#diaChi}{diaChi}{/}'), { diaChi: 'Số 0' })).toEqual(['Số 0']);
  });

  it('stay in the line where a list is written in one', async () => {
    expect(await lines(p('{#noiNhan}{ten} {/}'), VALUES)).toEqual(['Như trên; Lưu: VT. ']);
  });

  it('repeat rows of a table', async () => {
    const row = (...cells: string[]) => `<w:tr>${cells.map((cell) => `<w:tc>${p(cell)}</w:tc>`).join('')}</w:tr>`;
    expect(await lines(`<w:tbl>${row('STT', 'Nơi')}${row('{#noiNhan}-', '{ten}{/}')}</w:tbl>`, VALUES)).toEqual([
      'STT',
      'Nơi',
      '-',
      'Như trên;',
      '-',
      'Lưu: VT.',
    ]);
  });

  it('understand quotes that Word has curled', async () => {
    for (const [a, b] of ['‘’', '“”', '""', "''"]) {
      const body = p('a') + p(`{#noiNhan [loopOver: ${a}paragraph${b}]}- {ten}{/}`);
      expect(await lines(body, VALUES)).toEqual(['a', '- Như trên;', '- Lưu: VT.']);
    }
    expect(await lines(p('“{maHoSo}” ‘x’'), VALUES)).toEqual(['“H29.999-261110-0001” ‘x’']);
  });
});

describe('against docxtemplater', () => {
  /** The same template and values through the other engine. */
  function other(bytes: Uint8Array, values: TagValues): string[] {
    const engine = new Docxtemplater(new PizZip(bytes), {
      paragraphLoop: true,
      linebreaks: true,
      nullGetter: () => '',
    });
    engine.render(values);
    return linesOf(new Uint8Array(engine.getZip().generate({ type: 'uint8array' })));
  }
  const full = { ...VALUES, diaChi: 'Số 0 <đường> & "Mẫu"', noiTra: 'Trung tâm Mẫu', lyDo: 'một\nhai' };
  const templates: Record<string, string> = {
    plain: p('Kính gửi: {kinhGui}') + p('{maHoSo}: {lyDo}, {tinhTrang}'),
    shattered: shattered('Kính gửi: {kinhGui} tại {diaChi}') + shattered('{#noiTra}Tại {noiTra}{/noiTra} hết {maHoSo}'),
    list: p('Nơi nhận:') + p('{#noiNhan}') + p('- {ten}') + p('{/noiNhan}'),
    'list in a line': p('{#noiNhan}{ten} {/noiNhan}.'),
    condition: p('{#diaChi}Địa chỉ: {diaChi}{/diaChi}') + p('{#soDienThoai}Số {soDienThoai}{/soDienThoai}x'),
    box: textBox(p('Mã: {maHoSo}') + p('{kinhGui}')),
    table: `<w:tbl><w:tr><w:tc>${p('{#noiNhan}{ten}')}</w:tc><w:tc>${p('{maHoSo}{/noiNhan}')}</w:tc></w:tr></w:tbl>`,
    signer: p('{nguoiKy.chucVu}') + p('{nguoiKy.hoTen}'),
    'many runs': `<w:p>${run('{maHo')}<w:proofErr w:type="spellStart"/>${run('So} và ')}${run('{kinh')}${run('Gui}')}</w:p>`,
  };

  it.each(Object.entries(templates))('gives the same text: %s', async (_, body) => {
    const bytes = docx(body);
    expect(linesOf(await filled(bytes, full))).toEqual(other(bytes, full));
  });

  it.each(LETTER_FORMS.map(({ file }) => file))('gives the same text: %s', async (file) => {
    const bytes = builtIn(file);
    // The other engine has no options: without them it leaves the list in one line.
    const said = (all: string[]) => all.join('').replace(/\s+/g, ' ');
    const plain = new PizZip(bytes);
    plain.file(
      'word/document.xml',
      plain
        .file('word/document.xml')
        ?.asText()
        .replace(/ \[loopOver: "paragraph"\]/g, '') ?? '',
    );
    expect(said(linesOf(await filled(bytes, full)))).toBe(
      said(other(new Uint8Array(plain.generate({ type: 'uint8array' })), full)),
    );
  });
});

describe('letters in one document', () => {
  async function merged(bytes: Uint8Array, codes: readonly string[]): Promise<Uint8Array> {
    const template = openTemplate(bytes);
    const merger = createMerger(template);
    for (const maHoSo of codes) {
      const result = await fillTemplate(template, { ...VALUES, maHoSo });
      if (!result.ok) throw new Error('not filled');
      merger.add(result.letter);
    }
    expect(merger.count).toBe(codes.length);
    return merger.finish();
  }

  it('holds each letter in a section of its own, which begins on a page numbered 1', async () => {
    const bytes = await merged(docx(p('Mã {maHoSo}') + p('hết')), ['A', 'B', 'C']);
    expect(linesOf(bytes)).toEqual(['Mã A', 'hết', 'Mã B', 'hết', 'Mã C', 'hết']);
    const xml = partOf(bytes, 'word/document.xml');
    const section =
      '<w:sectPr><w:type w:val="nextPage"/><w:pgSz w:w="11906" w:h="16838"/><w:pgNumType w:start="1"/><w:cols w:space="708"/></w:sectPr>';
    expect(xml.split(section)).toHaveLength(4);
    expect(xml.split('<w:sectPr>')).toHaveLength(4);
    expect(xml.endsWith(`${section}</w:body></w:document>`)).toBe(true);
    // No line is added where the last one can hold the section.
    expect(xml).toContain(`<w:pPr>${section}</w:pPr>`);
  });

  it('is a template that opens again, and one letter is itself', async () => {
    const one = await merged(builtIn('nd30-2020.docx'), ['A']);
    expect(linesOf(one)).toEqual(linesOf(await filled(builtIn('nd30-2020.docx'), { ...VALUES, maHoSo: 'A' })));
    expect(openTemplate(await merged(builtIn('nd30-2020.docx'), ['A', 'B'])).tags).toEqual([]);
  });

  it('keeps a header that differs from letter to letter', async () => {
    const body = `${p('{maHoSo}')}<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:cols/></w:sectPr></w:pPr></w:p>${p('phụ lục')}`;
    const parts = {
      'word/header1.xml': header(p('Hồ sơ {maHoSo}')),
      'word/_rels/header1.xml.rels': '<Relationships/>',
    };
    const bytes = await merged(docx(body, { parts, relations: relation('rId5', 'header', 'header1.xml') }), [
      'A',
      'B',
      'A',
    ]);
    const ids = [...partOf(bytes, 'word/document.xml').matchAll(/r:id="(\w+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(['rIdLetter1', 'rIdLetter2', 'rIdLetter1']);
    const [one, two] = [1, 2].map((i) => `word/header1-letter${i}.xml`);
    expect([one, two].map((part) => linesOf(bytes, part))).toEqual([['Hồ sơ A'], ['Hồ sơ B']]);
    expect(partOf(bytes, 'word/_rels/document.xml.rels')).toContain(`Id="rIdLetter2"`);
    expect(partOf(bytes, '[Content_Types].xml')).toContain(`PartName="/${two}"`);
    expect(partOf(bytes, 'word/_rels/header1-letter2.xml.rels')).toBe('<Relationships/>');
  });

  it('has every bookmark and drawing once', async () => {
    const mark = '<w:p w14:paraId="1A"><w:bookmarkStart w:id="0" w:name="m"/><w:bookmarkEnd w:id="0"/></w:p>';
    const xml = partOf(await merged(docx(mark + textBox(p('{maHoSo}'))), ['A', 'B', 'C']), 'word/document.xml');
    expect(xml.match(/w:bookmarkStart/g)).toHaveLength(1);
    expect(xml.match(/w14:paraId="/g)).toHaveLength(1);
    const drawings = [...xml.matchAll(/<wp:docPr id="(\d+)"/g)].map(([, id]) => id);
    expect(new Set(drawings).size).toBe(3);
  });

  it('is not made of nothing', () => {
    expect(() => createMerger(openTemplate(docx(p('{maHoSo}')))).finish()).toThrow(RangeError);
  });
});
