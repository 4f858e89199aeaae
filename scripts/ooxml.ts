/** Just enough WordprocessingML to write a letter by hand; sizes in millimetres and points, as the decrees give them. */

const TWIPS_PER_MM = 1440 / 25.4;
export const mm = (length: number) => Math.round(length * TWIPS_PER_MM);
const pt = (length: number) => Math.round(length * 20);

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export interface RunStyle {
  size?: number;
  bold?: boolean;
  italic?: boolean;
  caps?: boolean;
}

/** A run of text. Capitals are a way of printing: the text itself stays as it is written. */
export function run(text: string, { size, bold, italic, caps }: RunStyle = {}): string {
  const properties = [
    bold ? '<w:b/><w:bCs/>' : '',
    italic ? '<w:i/><w:iCs/>' : '',
    caps ? '<w:caps/>' : '',
    size === undefined ? '' : `<w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/>`,
  ].join('');
  return `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
}

export interface ParagraphStyle {
  align?: 'left' | 'center' | 'right' | 'both';
  /** Points. */
  before?: number;
  after?: number;
  /** Lines; 1 is single. */
  line?: number;
  /** Points, instead of `line`. */
  exactly?: number;
  /** Millimetres. */
  left?: number;
  right?: number;
  first?: number;
  keepNext?: boolean;
  /** A line drawn along the upper edge. */
  rule?: boolean;
}

export function paragraph(runs: string, style: ParagraphStyle = {}): string {
  const { align = 'left', before = 0, after = 0, line = 1, exactly, left = 0, right = 0, first = 0 } = style;
  const height =
    exactly === undefined
      ? `w:line="${Math.round(line * 240)}" w:lineRule="auto"`
      : `w:line="${pt(exactly)}" w:lineRule="exact"`;
  const properties = [
    style.keepNext ? '<w:keepNext/><w:keepLines/>' : '',
    style.rule ? '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>' : '',
    `<w:spacing w:before="${pt(before)}" w:after="${pt(after)}" ${height}/>`,
    `<w:ind w:left="${mm(left)}" w:right="${mm(right)}" w:firstLine="${mm(first)}"/>`,
    `<w:jc w:val="${align}"/>`,
  ].join('');
  return `<w:p><w:pPr>${properties}</w:pPr>${runs}</w:p>`;
}

/** A rule of a given length in the middle of a column: the border of a line of its own, which Word and others draw alike. */
export function rule(column: number, length: number): string {
  const side = (column - length) / 2;
  return paragraph('', { rule: true, before: 3, exactly: 6, left: side, right: side });
}

/** Columns side by side without lines; millimetres. A row is not torn apart by the end of a page. */
export function columns(widths: readonly number[], cells: readonly string[]): string {
  const total = mm(widths.reduce((sum, width) => sum + width, 0));
  const grid = widths.map((width) => `<w:gridCol w:w="${mm(width)}"/>`).join('');
  const row = cells
    .map((cell, i) => `<w:tc><w:tcPr><w:tcW w:w="${mm(widths[i] ?? 0)}" w:type="dxa"/></w:tcPr>${cell}</w:tc>`)
    .join('');
  const margins = ['left', 'right'].map((side) => `<w:${side} w:w="0" w:type="dxa"/>`).join('');
  return [
    `<w:tbl><w:tblPr><w:tblW w:w="${total}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>`,
    `<w:tblCellMar>${margins}</w:tblCellMar></w:tblPr><w:tblGrid>${grid}</w:tblGrid>`,
    `<w:tr><w:trPr><w:cantSplit/></w:trPr>${row}</w:tr></w:tbl>`,
  ].join('');
}

export interface PageSetup {
  width: number;
  height: number;
  top: number;
  bottom: number;
  left: number;
  right: number;
  /** From the edge of the paper to the page number. */
  header: number;
}

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function documentXml(body: string, page: PageSetup): string {
  const { width, height, top, bottom, left, right, header } = page;
  return [
    `${HEAD}<w:document xmlns:w="${MAIN}" xmlns:r="${RELATIONS}"><w:body>${body}`,
    '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>',
    `<w:pgSz w:w="${mm(width)}" w:h="${mm(height)}"/>`,
    `<w:pgMar w:top="${mm(top)}" w:right="${mm(right)}" w:bottom="${mm(bottom)}" w:left="${mm(left)}"`,
    ` w:header="${mm(header)}" w:footer="${mm(10)}" w:gutter="0"/>`,
    // The first page has a header of its own, which is empty: its number is not printed.
    '<w:titlePg/></w:sectPr></w:body></w:document>',
  ].join('');
}

function stylesXml(size: number): string {
  const fonts = ['ascii', 'hAnsi', 'eastAsia', 'cs'].map((script) => `w:${script}="Times New Roman"`).join(' ');
  return [
    `${HEAD}<w:styles xmlns:w="${MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts ${fonts}/>`,
    `<w:color w:val="000000"/><w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/>`,
    '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>',
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style></w:styles>',
  ].join('');
}

function headerXml(size: number): string {
  const field = (content: string) =>
    `<w:r><w:rPr><w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/></w:rPr>${content}</w:r>`;
  const number = [
    field('<w:fldChar w:fldCharType="begin"/>'),
    field('<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
    field('<w:fldChar w:fldCharType="separate"/>'),
    field('<w:t>2</w:t>'),
    field('<w:fldChar w:fldCharType="end"/>'),
  ].join('');
  return `${HEAD}<w:hdr xmlns:w="${MAIN}">${paragraph(number, { align: 'center' })}</w:hdr>`;
}

const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
const relations = (list: readonly string[]) =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`;
const override = (part: string, type: string) =>
  `<Override PartName="/word/${part}.xml" ContentType="${WORD}.${type}+xml"/>`;

/** Parts of a .docx with one section, in the order in which Word writes them. `size`: of the text and the page number. */
export function docxParts(body: string, page: PageSetup, size: number): Map<string, string> {
  const types = [
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    override('document', 'document.main'),
    override('styles', 'styles'),
    override('settings', 'settings'),
    override('header1', 'header'),
  ];
  const compat = 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"';
  return new Map([
    ['[Content_Types].xml', `${HEAD}<Types xmlns="${PACKAGE}/content-types">${types.join('')}</Types>`],
    ['_rels/.rels', relations([relation('rId1', 'officeDocument', 'word/document.xml')])],
    ['word/document.xml', documentXml(body, page)],
    [
      'word/_rels/document.xml.rels',
      relations([
        relation('rId1', 'styles', 'styles.xml'),
        relation('rId2', 'settings', 'settings.xml'),
        relation('rId3', 'header', 'header1.xml'),
      ]),
    ],
    ['word/styles.xml', stylesXml(size)],
    [
      'word/settings.xml',
      `${HEAD}<w:settings xmlns:w="${MAIN}"><w:compat><w:compatSetting ${compat}/></w:compat></w:settings>`,
    ],
    ['word/header1.xml', headerXml(size)],
  ]);
}
