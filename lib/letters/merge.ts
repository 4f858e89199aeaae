import { type XmlNode, xml } from 'easy-template-x';
import { relationsFileOf } from './docx.ts';
import type { FilledLetter, Template } from './fill.ts';
import { writeZip } from './zip.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** No letter can hold it: XML has no such character. */
const SEAM = '\u0001';

const child = (node: XmlNode, name: string) => node.childNodes?.find(({ nodeName }) => nodeName === name);
const isParagraph = (node: XmlNode | undefined) => node?.nodeName === 'w:p';

/** Order of a section's children that come after its page numbers (ECMA-376 part 1, 17.6.17). */
const AFTER_PAGE_NUMBERS = new Set(
  'cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange'
    .split(' ')
    .map((name) => `w:${name}`),
);
/** Children of a section that come before its type. */
const BEFORE_TYPE = new Set(['w:headerReference', 'w:footerReference', 'w:footnotePr', 'w:endnotePr']);

function insertBeforeFirst(section: XmlNode, node: XmlNode, comesAfter: (name: string) => boolean): void {
  const at = (section.childNodes ?? []).findIndex(({ nodeName }) => comesAfter(nodeName));
  if (at < 0) xml.modify.appendChild(section, node);
  else xml.modify.insertChild(section, node, at);
}

/** Makes a letter's first section begin on a new page, numbered from 1: the letters are printed together, sent apart. */
function startsOnNewPage(section: XmlNode): void {
  for (const name of ['w:type', 'w:pgNumType']) {
    const old = child(section, name);
    if (old) xml.modify.remove(old);
  }
  const type = xml.create.generalNode('w:type', { attributes: { 'w:val': 'nextPage' } });
  insertBeforeFirst(section, type, (name) => !BEFORE_TYPE.has(name));
  const numbers = xml.create.generalNode('w:pgNumType', { attributes: { 'w:start': '1' } });
  insertBeforeFirst(section, numbers, (name) => AFTER_PAGE_NUMBERS.has(name));
}

/** Sections of a body in their order; the last one is the body's own. */
function sectionsOf(body: XmlNode): XmlNode[] {
  const inner = (body.childNodes ?? []).flatMap((node) => {
    const properties = isParagraph(node) ? child(node, 'w:pPr') : undefined;
    const section = properties && child(properties, 'w:sectPr');
    return section ? [section] : [];
  });
  const last = child(body, 'w:sectPr');
  return last ? [...inner, last] : inner;
}

/** Moves the last section of a letter into its last paragraph, where a section ends in the midst of a document. */
function closeSection(body: XmlNode): void {
  const section = child(body, 'w:sectPr');
  if (!section) return;
  xml.modify.remove(section);
  const last = body.childNodes?.at(-1);
  const before = isParagraph(last) ? child(last as XmlNode, 'w:pPr') : undefined;
  let paragraph = last as XmlNode;
  if (!isParagraph(last) || (before && child(before, 'w:sectPr'))) {
    paragraph = xml.create.generalNode('w:p');
    xml.modify.appendChild(body, paragraph);
  }
  let properties = child(paragraph, 'w:pPr');
  if (!properties) {
    properties = xml.create.generalNode('w:pPr');
    xml.modify.insertChild(paragraph, properties, 0);
  }
  const change = child(properties, 'w:pPrChange');
  if (change) xml.modify.insertBefore(section, change);
  else xml.modify.appendChild(properties, section);
}

/** What must be there only once in a document: bookmarks go, drawings are numbered on, Word's own marks of paragraphs go. */
function makeUnique(node: XmlNode, nextDrawing: () => number): void {
  for (const one of [...(node.childNodes ?? [])]) {
    if (one.nodeName === 'w:bookmarkStart' || one.nodeName === 'w:bookmarkEnd') xml.modify.remove(one);
    else makeUnique(one, nextDrawing);
  }
  const attributes = xml.query.isGeneralNode(node) ? node.attributes : undefined;
  if (!attributes) return;
  delete attributes['w14:paraId'];
  delete attributes['w14:textId'];
  if (node.nodeName === 'wp:docPr') attributes.id = String(nextDrawing());
}

/** Puts filled letters of one template into one document, letter by letter; only text is kept of each. */
export interface Merger {
  add(letter: FilledLetter): void;
  /** Number of letters so far. */
  readonly count: number;
  /** The document. @throws RangeError when nothing was added. */
  finish(): Uint8Array;
}

export function createMerger(template: Template): Merger {
  const { docx } = template;
  const files = new Map(docx.parts);
  const relationsFile = relationsFileOf(docx.main);
  const letters: string[] = [];
  const newRelations: string[] = [];
  const newTypes: string[] = [];
  /** Header or footer as filled → id of the relation under which it is there. */
  const known = new Map<string, string>();
  let frame: [head: string, tail: string] | null = null;
  /** Body of the letter that was added last: only once another follows is its section closed. */
  let pending: XmlNode | null = null;
  let drawings = 0;
  const blocksOf = (body: XmlNode) => (body.childNodes ?? []).map((node) => xml.parser.serializeNode(node)).join('');

  /** A header with values differs from letter to letter: each different one becomes a part of its own. */
  const headerId = (id: string, { parts }: FilledLetter): string => {
    const relation = docx.relations.find((one) => one.file === relationsFile && one.id === id);
    const tree = relation && parts.get(relation.target);
    if (!relation || !tree) return id;
    const source = xml.parser.serializeFile(tree);
    const key = `${relation.target}\n${source}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const newId = `rIdLetter${known.size + 1}`;
    const path = relation.target.replace(/(\.[^.]*)$/, `-letter${known.size + 1}$1`);
    known.set(key, newId);
    files.set(path, encoder.encode(source));
    const ownRelations = files.get(relationsFileOf(relation.target));
    if (ownRelations) files.set(relationsFileOf(path), ownRelations);
    const officeDocument = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    newRelations.push(`<Relationship Id="${newId}" Type="${officeDocument}/${relation.type}" Target="/${path}"/>`);
    const contentType = `application/vnd.openxmlformats-officedocument.wordprocessingml.${relation.type}+xml`;
    newTypes.push(`<Override PartName="/${path}" ContentType="${contentType}"/>`);
    return newId;
  };

  return {
    get count() {
      return letters.length + (pending === null ? 0 : 1);
    },
    add(letter) {
      const source = letter.parts.get(docx.main) ?? template.prepared.get(docx.main)?.root;
      if (!source) throw new RangeError('mẫu không có thẻ nào trong nội dung chính');
      const root = xml.create.cloneNode(source, true);
      const body = child(root, 'w:body') as XmlNode;
      const sections = sectionsOf(body);
      for (const section of sections) {
        for (const node of section.childNodes ?? []) {
          if (!/^w:(header|footer)Reference$/.test(node.nodeName) || !xml.query.isGeneralNode(node)) continue;
          const attributes = node.attributes ?? {};
          attributes['r:id'] = headerId(attributes['r:id'] ?? '', letter);
        }
      }
      if (sections[0]) startsOnNewPage(sections[0]);
      if (pending !== null) {
        makeUnique(body, () => 100_000 + drawings++);
        closeSection(pending);
        letters.push(blocksOf(pending));
      }
      pending = body;
      if (frame === null) {
        const { childNodes } = body;
        body.childNodes = [xml.create.textNode(SEAM)];
        frame = xml.parser.serializeFile(root).split(SEAM) as [string, string];
        body.childNodes = childNodes;
      }
    },
    finish() {
      if (frame === null || pending === null) throw new RangeError('không có thư nào để gộp');
      const [head, tail] = frame;
      files.set(docx.main, encoder.encode([head, ...letters, blocksOf(pending), tail].join('')));
      addTo(files, relationsFile, '</Relationships>', newRelations);
      addTo(files, '[Content_Types].xml', '</Types>', newTypes);
      return writeZip(files);
    },
  };
}

function addTo(files: Map<string, Uint8Array>, path: string, end: string, lines: readonly string[]): void {
  const bytes = files.get(path);
  if (lines.length === 0 || !bytes) return;
  files.set(path, encoder.encode(decoder.decode(bytes).replace(end, `${lines.join('')}${end}`)));
}
