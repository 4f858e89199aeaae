import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { scanXml } from '../../lib/letters/xml-scan.ts';

/** Word documents made by hand, sound and faulty, for the tests of letters. */

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const NAMESPACES = [
  `xmlns:w="${W}"`,
  `xmlns:r="${R}"`,
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
].join(' ');

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
export const run = (text: string) => `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
export const p = (...runs: string[]) => `<w:p>${runs.map(run).join('')}</w:p>`;
const SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:cols w:space="708"/></w:sectPr>';

export interface DocxOptions {
  /** More parts, or others in place of the usual ones. */
  parts?: Record<string, string | Uint8Array>;
  /** Lines for word/_rels/document.xml.rels. */
  relations?: string;
  mainType?: string;
}

export const relation = (id: string, type: string, target: string, external = false) =>
  `<Relationship Id="${id}" Type="${R}/${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`;

/** A document with a body. */
export function docx(
  body: string,
  { parts = {}, relations = '', mainType = 'document' }: DocxOptions = {},
): Uint8Array {
  const rels = (lines: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines}</Relationships>`;
  const all: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${mainType}.main+xml"/></Types>`,
    '_rels/.rels': rels(relation('rId1', 'officeDocument', 'word/document.xml')),
    'word/document.xml': `<w:document ${NAMESPACES}><w:body>${body}${SECTION}</w:body></w:document>`,
    'word/_rels/document.xml.rels': rels(relations),
    ...parts,
  };
  const files: Zippable = {};
  for (const [name, data] of Object.entries(all)) files[name] = typeof data === 'string' ? strToU8(data) : data;
  return zipSync(files);
}

/** A header or footer part. */
export const header = (content: string) => `<w:hdr ${NAMESPACES}>${content}</w:hdr>`;

/** A text box as Word writes it: once for new readers, once for old ones. */
export function textBox(content: string): string {
  const inner = `<w:txbxContent>${content}</w:txbxContent>`;
  const drawing = `<w:drawing><wp:inline><wp:docPr id="1" name="Box"/><a:graphic><a:graphicData uri="u"><wps:wsp><wps:txbx>${inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>`;
  const old = `<w:pict><v:shape><v:textbox>${inner}</v:textbox></v:shape></w:pict>`;
  return `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">${drawing}</mc:Choice><mc:Fallback>${old}</mc:Fallback></mc:AlternateContent></w:r></w:p>`;
}

/** A paragraph as Word leaves it after much typing: a run a letter or two, with revision ids, spelling marks and a bookmark. */
export function shattered(text: string): string {
  const pieces = [...text].reduce<string[]>((all, char, i) => {
    if (i % 2 === 0) all.push(char);
    else all[all.length - 1] += char;
    return all;
  }, []);
  const runs = pieces.map((piece, i) => {
    const mark = i === 1 ? '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>' : '';
    const spelling = i % 3 === 0 ? `<w:proofErr w:type="${i % 2 ? 'spellEnd' : 'spellStart'}"/>` : '';
    return `${mark}${spelling}<w:r w:rsidRPr="00A${i}">${'<w:rPr><w:b/></w:rPr>'}<w:t xml:space="preserve">${escaped(piece)}</w:t></w:r>`;
  });
  return `<w:p>${runs.join('')}</w:p>`;
}

export const partOf = (bytes: Uint8Array, name: string): string =>
  strFromU8(unzipSync(bytes)[name] ?? new Uint8Array());

/** Text of each paragraph; a line break as `\n`. Nested paragraphs come before the one that holds them. */
export function linesOf(bytes: Uint8Array, part = 'word/document.xml'): string[] {
  const lines: string[] = [];
  const open: string[] = [];
  let inText = false;
  const add = (text: string) => {
    if (open.length > 0) open[open.length - 1] += text;
  };
  scanXml(partOf(bytes, part), {
    open(name) {
      if (name === 'w:p') open.push('');
      if (name === 'w:br') add('\n');
      inText = name === 'w:t';
    },
    close(name) {
      if (name === 'w:p') lines.push(open.pop() ?? '');
      inText = false;
    },
    text: (text) => inText && add(text),
  });
  return lines;
}
