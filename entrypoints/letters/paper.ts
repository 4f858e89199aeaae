import type { Options } from 'docx-preview';

/** What a drawn letter measures. */
export interface Paper {
  /** Of the first page, in CSS lengths; empty when the document does not say. */
  width: string;
  height: string;
  /** Top, right, bottom, left. */
  margins: string;
  /** Taller than its sheet: the browser has to break it. */
  overlong: boolean;
}

type Hook = Options['h'];
type Described = Exclude<Parameters<Hook>[0], Node | string>;

/** A line set single in Times, in parts of its size. Set closer, the marks of two lines of Vietnamese capitals touch. */
const SINGLE = 1.15;

/** What no letter needs, and what could reach out of the page. */
const INERT: Readonly<Record<string, string>> = {
  a: 'span',
  iframe: 'span',
  object: 'span',
  embed: 'span',
  link: 'span',
};

/**
 * Builds the elements of docx-preview for a page whose policy is `style-src 'self'`: style sheets are collected for a constructed
 * sheet, and inline styles are set as properties and not as an attribute. Nothing of a template becomes a link or a frame.
 */
function elementBuilder(css: string[]): Hook {
  const build: Hook = (described) => {
    if (typeof described === 'string') return document.createTextNode(described);
    if (described instanceof Node) return described;
    const { ns, tagName, className, style, children = [], ...props } = described as Described;
    if (tagName === '#comment') return document.createComment('');
    if (tagName === 'style') {
      css.push(children.join('\n'));
      return document.createComment('');
    }
    if (tagName === '#fragment') {
      const fragment = document.createDocumentFragment();
      fragment.append(...children.map(build));
      return fragment;
    }
    const plain = INERT[tagName];
    const name = plain ?? tagName;
    const element = ns ? document.createElementNS(ns, name) : document.createElement(name);
    if (className) element.setAttribute('class', className);
    const { style: target } = element as HTMLElement;
    if (typeof style === 'string') target.cssText = style;
    else if (style) Object.assign(target, style);
    // A number without a unit: lines of Word, which docx-preview takes for parts of the letters' size.
    if (/^[\d.]+$/.test(target.lineHeight)) target.lineHeight = String(Number(target.lineHeight) * SINGLE);
    if (plain === undefined)
      for (const [key, value] of Object.entries(props))
        if (value !== undefined) Object.assign(element, { [key]: value });
    element.append(...children.map(build));
    return element;
  };
  return build;
}

interface Section {
  titlePage?: boolean;
  headerRefs?: { type: string; id: string }[];
  footerRefs?: { type: string; id: string }[];
}

/** Something in the body of a document. */
interface Block {
  sectionProps?: Section;
  keepNext?: boolean;
  keepLines?: boolean;
  cssStyle?: Record<string, string>;
  children?: Block[];
}

/** The part of docx-preview's own reading that we touch. */
interface ParsedDocument {
  documentPart?: { body?: { props?: Section; children?: Block[] } };
}

/** What Word keeps on one page, docx-preview reads and does not draw: the signature would go to a page of its own. */
function keepTogether(blocks: readonly Block[]): void {
  for (const block of blocks) {
    const { keepNext, keepLines, children = [] } = block;
    if (keepNext || keepLines)
      block.cssStyle = {
        ...block.cssStyle,
        ...(keepNext && { breakAfter: 'avoid' }),
        ...(keepLines && { breakInside: 'avoid' }),
      };
    keepTogether(children);
  }
}

/**
 * A section whose first page is different and has no header of its own begins with a bare page in Word; docx-preview would put the
 * header of the others there, page number 2 and all.
 */
function leaveFirstPageBare({ documentPart }: ParsedDocument): void {
  const body = documentPart?.body;
  for (const section of [body?.props, ...(body?.children ?? []).map(({ sectionProps }) => sectionProps)]) {
    if (!section?.titlePage) continue;
    for (const refs of [section.headerRefs, section.footerRefs])
      if (refs && !refs.some(({ type }) => type === 'first')) refs.push({ type: 'first', id: '' });
  }
}

/** Around the sheets of docx-preview: what the desk under the paper looks like, and how it is printed. */
const FRAME_CSS = `
:host { all: initial; display: block; }
.docx-wrapper { padding: 0 !important; background: none !important; align-items: flex-start !important; }
.docx-wrapper > section.docx { margin: 0 0 12px !important; box-shadow: 0 1px 6px rgb(0 0 0 / 35%) !important; }
@media print {
  .docx-wrapper { display: block !important; }
  .docx-wrapper > section.docx { margin: 0 !important; box-shadow: none !important; break-after: page; }
  .docx-wrapper > section.docx:last-child { break-after: auto; }
  .docx-wrapper tr { break-inside: avoid; }
  /* The browser breaks it and gives every sheet its margins; pages are numbered there too. */
  .overlong section.docx { display: block !important; width: auto !important; min-height: 0 !important; padding: 0 !important; }
  .overlong header, .overlong footer { display: none; }
}
`;

/**
 * Draws a .docx into a shadow root, so that neither the page's styles nor the document's touch the other. The old drawing stays until
 * the new one is there.
 * @param wanted asked when the drawing is ready: a later one may have been begun meanwhile.
 * @returns null when it was not wanted any more.
 */
export async function drawPaper(bytes: Uint8Array, root: ShadowRoot, wanted: () => boolean): Promise<Paper | null> {
  // Only who opens a letter loads it.
  const { parseAsync, renderDocument } = await import('docx-preview');
  const css: string[] = [];
  const options: Partial<Options> = {
    h: elementBuilder(css),
    ignoreFonts: true,
    renderAltChunks: false,
    renderComments: false,
    useBase64URL: true,
  };
  const parsed: ParsedDocument = await parseAsync(bytes, options);
  leaveFirstPageBare(parsed);
  keepTogether(parsed.documentPart?.body?.children ?? []);
  const body = document.createElement('div');
  body.append(...(await renderDocument(parsed, options)));
  if (!wanted()) return null;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${css.join('\n')}\n${FRAME_CSS}`);
  root.adoptedStyleSheets = [sheet];
  root.replaceChildren(body);
  const pages = [...body.querySelectorAll<HTMLElement>('section.docx')];
  const {
    width = '',
    minHeight: height = '',
    paddingTop,
    paddingRight,
    paddingBottom,
    paddingLeft,
  } = pages[0]?.style ?? {};
  const overlong = pages.some(isOverlong);
  body.classList.toggle('overlong', overlong);
  const margins = [paddingTop, paddingRight, paddingBottom, paddingLeft].map((margin) => margin || '0').join(' ');
  return { width, height, margins, overlong };
}

/** One pixel of rounding is no second page. */
function isOverlong(page: HTMLElement): boolean {
  const { offsetHeight } = page;
  const limit = document.createElement('div');
  limit.style.height = page.style.minHeight;
  page.parentElement?.append(limit);
  const room = limit.offsetHeight;
  limit.remove();
  return room > 0 && offsetHeight > room + 1;
}
