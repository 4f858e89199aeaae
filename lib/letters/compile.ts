import {
  DelimiterSearcher,
  Delimiters,
  LoopPlugin,
  officeMarkup,
  type ScopeData,
  type Tag,
  TagDisposition,
  TagParser,
  TemplateCompiler,
  type TemplateContext,
  type TextNodeTag,
  TextPlugin,
  UnclosedTagError,
  UnopenedTagError,
  type XmlNode,
  xml,
} from 'easy-template-x';
import { fieldByTag } from './fields.ts';

/** Text boxes in tables lie deep; the library's own limit (20) refuses them. */
const MAX_DEPTH = 150;
const PARAGRAPH = '[loopOver: "paragraph"]';

/**
 * The engine of easy-template-x with text, lists and conditions only: a value can bring no picture, link or XML of its own.
 * Used part by part and not through `TemplateHandler`, so that a template is unpacked and parsed once for all letters.
 */
function newCompiler(): TemplateCompiler {
  const delimiters = new Delimiters();
  const plugins = [new TextPlugin(), new LoopPlugin()];
  const options = { defaultContentType: 'text', containerContentType: 'loop' };
  const searcher = new DelimiterSearcher(delimiters, MAX_DEPTH);
  const compiler = new TemplateCompiler(searcher, new TagParser(delimiters), plugins, options);
  for (const plugin of plugins) plugin.setUtilities({ compiler });
  return compiler;
}

const compiler = newCompiler();

/** Replaces the tags of a tree, in place. */
export async function compileTree(root: XmlNode, data: ScopeData): Promise<void> {
  const context = { options: { maxXmlDepth: MAX_DEPTH } } as unknown as TemplateContext;
  await compiler.compile(root, data, context);
}

const childrenOf = (node: XmlNode): XmlNode[] => node.childNodes ?? [];

function walk(node: XmlNode, visit: (node: XmlNode) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}

/** Word turns quotes into curly ones as they are typed; in the options of a tag they mean the straight ones. */
function straightenQuotes(root: XmlNode): void {
  let inTag = false;
  let inOptions = false;
  walk(root, (node) => {
    if (node.nodeName === 'w:p') inTag = inOptions = false;
    if (node.nodeName !== 'w:t') return;
    for (const text of childrenOf(node)) {
      if (!xml.query.isTextNode(text) || !text.textContent) continue;
      text.textContent = text.textContent.replace(/[{}[\]‘’‚‛“”„‟]/g, (char) => {
        if (char === '{' || char === '}') [inTag, inOptions] = [char === '{', false];
        else if (char === '[' || char === ']') inOptions = inTag && char === '[';
        else if (inOptions) return char < '“' ? "'" : '"';
        return char;
      });
    }
  });
}

const textOf = (paragraph: XmlNode): string => {
  let text = '';
  for (const run of childrenOf(paragraph))
    walk(run, (node) => {
      if (node.nodeName === 'w:t')
        text += childrenOf(node)
          .map((child) => (xml.query.isTextNode(child) ? child.textContent : ''))
          .join('');
    });
  return text.trim();
};

const isParagraph = (node: XmlNode | undefined): node is XmlNode => node?.nodeName === 'w:p';

function runWith(text: string): XmlNode {
  const word = xml.create.generalNode('w:t', { childNodes: [xml.create.textNode(text)] });
  return xml.create.generalNode('w:r', { childNodes: [word] });
}

/** Loop tags on lines of their own: onto the lines between them, or they would leave an empty line behind at every turn. */
function takeOntoLines(open: TextNodeTag, close: TextNodeTag, first: XmlNode, last: XmlNode): void {
  const siblings = childrenOf(first.parentNode as XmlNode);
  const from = siblings[siblings.indexOf(first) + 1];
  const to = siblings[siblings.indexOf(last) - 1];
  if (!isParagraph(from) || !isParagraph(to) || from === last) return;
  const properties = childrenOf(from).findIndex((node) => node.nodeName === 'w:pPr');
  xml.modify.insertChild(from, runWith(`{#${open.name} ${PARAGRAPH}}`), properties + 1);
  xml.modify.appendChild(to, runWith(close.rawText));
  xml.modify.remove(first);
  xml.modify.remove(last);
}

function settlePair(open: TextNodeTag, close: TextNodeTag): void {
  if (open.options?.loopOver !== undefined) return;
  const first = officeMarkup.query.containingParagraphNode(open.xmlTextNode) as XmlNode;
  const last = officeMarkup.query.containingParagraphNode(close.xmlTextNode) as XmlNode;
  if (first === last) {
    const text = textOf(first);
    // A condition around the whole line takes the line with it; a list may be meant to stay in one line.
    const whole = text.startsWith(open.rawText) && text.endsWith(close.rawText) && text.split('{#').length === 2;
    if (whole && fieldByTag(open.name)?.kind !== 'list') open.xmlTextNode.textContent = `{#${open.name} ${PARAGRAPH}}`;
    return;
  }
  const alone = textOf(first) === open.rawText && textOf(last) === close.rawText;
  if (alone && first.parentNode === last.parentNode) takeOntoLines(open, close, first, last);
}

/**
 * Gives a tag a run of its own: the library adds the further lines of a value at the end of the run, which would be after
 * the text that follows the tag.
 */
function isolate({ xmlTextNode }: TextNodeTag): void {
  const word = officeMarkup.query.containingTextNode(xmlTextNode) as XmlNode;
  const run = officeMarkup.query.containingRunNode(xmlTextNode) as XmlNode;
  const rest = childrenOf(run).slice(childrenOf(run).indexOf(word) + 1);
  if (rest.length === 0) return;
  const next = xml.create.cloneNode(run, false);
  const properties = childrenOf(run).find((node) => node.nodeName === 'w:rPr');
  if (properties) xml.modify.appendChild(next, xml.create.cloneNode(properties, true));
  xml.modify.insertAfter(next, run);
  for (const node of rest) {
    xml.modify.remove(node);
    xml.modify.appendChild(next, node);
  }
}

/** A part of a template made ready, and its tags. */
export interface PreparedPart {
  root: XmlNode;
  tags: readonly Tag[];
}

/**
 * Parses a part once: tags that Word has cut into runs are joined, quotes of options straightened, loop lines settled.
 * @throws the library's own errors when tags do not pair up.
 */
export function preparePart(source: string): PreparedPart {
  const root = xml.parser.parse(source);
  straightenQuotes(root);
  const open: Tag[] = [];
  for (const tag of compiler.parseTags(root)) {
    if (tag.disposition === TagDisposition.Open) open.push(tag);
    if (tag.disposition !== TagDisposition.Close) continue;
    const start = open.pop();
    if (start === undefined) throw new UnopenedTagError(tag.name, tag.rawText);
    if (start.placement === 'TextNode' && tag.placement === 'TextNode') settlePair(start, tag);
  }
  if (open[0]) throw new UnclosedTagError(open[0].name, open[0].rawText);
  const tags = compiler.parseTags(root);
  for (const tag of tags) if (tag.placement === 'TextNode') isolate(tag);
  return { root, tags };
}
