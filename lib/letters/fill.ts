import {
  MaxXmlDepthError,
  MissingCloseDelimiterError,
  MissingStartDelimiterError,
  ScopeData,
  type Tag,
  TagDisposition,
  TagOptionsParseError,
  TemplateSyntaxError,
  UnclosedTagError,
  UnopenedTagError,
  type XmlNode,
  xml,
} from 'easy-template-x';
import { compileTree, type PreparedPart, preparePart } from './compile.ts';
import { type DocxPackage, openDocx, partText } from './docx.ts';
import { fieldByTag, LETTER_FIELDS } from './fields.ts';
import type { TagValue, TagValues } from './print.ts';
import { paragraphsOf, tagsOf } from './tags.ts';
import { tidy } from './typography.ts';
import { writeZip } from './zip.ts';

/** A template opened and parsed once, for any number of letters. */
export interface Template {
  docx: DocxPackage;
  /** Content part → its tree with tags; parts without tags are taken over as they are. */
  prepared: ReadonlyMap<string, PreparedPart>;
  /** Names of the tags (NFC), each once, in the order of the document. */
  tags: readonly string[];
}

export class TemplateError extends Error {}

const LIBRARY = [
  [MissingCloseDelimiterError, 'có dấu { mà không có } trong cùng đoạn'],
  [MissingStartDelimiterError, 'có dấu } mà không có { trước nó'],
  [UnclosedTagError, 'có {#…} mà không có {/} đóng lại'],
  [UnopenedTagError, 'có {/} mà không có {#…} mở ra'],
  [TagOptionsParseError, 'phần tuỳ chọn [ … ] của thẻ viết sai'],
  [TemplateSyntaxError, 'thẻ mở và thẻ đóng không cùng một chỗ chứa (ô bảng, đoạn) hoặc nằm trong content control'],
  [MaxXmlDepthError, 'tệp lồng quá sâu'],
] as const;

/** What the library says, in words for whoever made the template. */
function templateFault(error: unknown): string {
  const known = LIBRARY.find(([kind]) => error instanceof kind);
  return known?.[1] ?? (error as Error).message;
}

/**
 * Opens a template.
 * @throws ZipError, XmlError or TemplateError saying why it cannot be used; `checkTemplate` gives the full list.
 */
export function openTemplate(bytes: Uint8Array): Template {
  const docx = openDocx(bytes);
  const prepared = new Map<string, PreparedPart>();
  for (const part of docx.content) {
    const stray = paragraphsOf(docx, part).flatMap((paragraph) => tagsOf(paragraph).stray)[0];
    if (stray) throw new TemplateError(`${part}: dấu ${stray.brace} lẻ: «${stray.around}»`);
    try {
      const ready = preparePart(partText(docx, part));
      const nameless = ready.tags.find(({ name, disposition }) => !name && disposition !== TagDisposition.Close);
      if (nameless) throw new Error(`thẻ không có tên: ${nameless.rawText}`);
      if (ready.tags.length > 0) prepared.set(part, ready);
    } catch (error) {
      throw new TemplateError(`${part}: ${templateFault(error)}`);
    }
  }
  const names = [...prepared.values()].flatMap(({ tags }) =>
    tags.filter(({ disposition }) => disposition !== TagDisposition.Close).map(({ name }) => name.normalize('NFC')),
  );
  return { docx, prepared, tags: [...new Set(names)] };
}

/** A letter as trees, to be packed (`toDocx`) or put together with others (merge.ts). */
export interface FilledLetter {
  template: Template;
  parts: ReadonlyMap<string, XmlNode>;
}

export type FillResult =
  | { ok: true; letter: FilledLetter }
  /** `missing`: tags without a value; `unknown`: tags that neither the law's list nor the data know. */
  | { ok: false; missing: string[]; unknown: string[] };

const ITEM_TAGS = new Set(LETTER_FIELDS.flatMap(({ item }) => item ?? []));

function tidied(value: TagValue): TagValue {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return tidy(value) || undefined;
  const items = value.map((item) => Object.fromEntries(Object.entries(item).map(([key, text]) => [key, tidy(text)])));
  return items.length > 0 ? items : undefined;
}

const own = (scope: Readonly<Record<string, TagValue>>, name: string): TagValue =>
  Object.hasOwn(scope, name) ? scope[name] : undefined;

/** Value of the tag at the end of a path, from the innermost list item outwards. */
function lookUp(values: TagValues, path: readonly (Tag | number)[]): TagValue {
  let scope = values;
  for (const [i, step] of path.entries()) {
    const name = typeof step === 'number' ? '' : (step.name ?? '').normalize('NFC');
    if (i === path.length - 1) return own(scope, name) ?? own(values, name);
    const next = path[i + 1];
    const list = own(scope, name);
    if (typeof next === 'number' && Array.isArray(list)) scope = list[next] as TagValues;
  }
  return undefined;
}

/** A condition on what must not be missing is no excuse for leaving it out. */
const mustHave = ({ disposition, name }: Tag) =>
  disposition === TagDisposition.SelfClosed || fieldByTag(name.normalize('NFC'))?.required === true;

/**
 * Fills a template. Nothing is left blank in silence: an optional value may be missing only inside a condition of its own
 * (`{#diaChi}…{/}`).
 * @throws TemplateError when the template's sections do not fit together.
 * @param values by tag; text is made NFC, line ends become line breaks, all of it is escaped.
 */
export async function fillTemplate(template: Template, values: TagValues): Promise<FillResult> {
  const clean = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name.normalize('NFC'), tidied(value)]),
  );
  const unknown = template.tags.filter((tag) => !fieldByTag(tag) && !ITEM_TAGS.has(tag) && !Object.hasOwn(clean, tag));
  if (unknown.length > 0) return { ok: false, missing: [], unknown };
  const missing = new Set<string>();
  const parts = new Map<string, XmlNode>();
  for (const [part, { root }] of template.prepared) {
    const tree = xml.create.cloneNode(root, true);
    const data = new ScopeData({});
    data.scopeDataResolver = ({ path }) => {
      const value = lookUp(clean, path);
      const tag = path.at(-1);
      if (value === undefined && typeof tag === 'object' && mustHave(tag)) missing.add(tag.name.normalize('NFC'));
      return value as string;
    };
    try {
      await compileTree(tree, data);
    } catch (error) {
      throw new TemplateError(`${part}: ${templateFault(error)}`);
    }
    parts.set(part, tree);
  }
  if (missing.size > 0) return { ok: false, missing: [...missing], unknown: [] };
  return { ok: true, letter: { template, parts } };
}

/** The letter as a .docx file; the same letter gives the same bytes. */
export function toDocx({ template, parts }: FilledLetter): Uint8Array {
  const encoder = new TextEncoder();
  const files = new Map(template.docx.parts);
  for (const [part, tree] of parts) files.set(part, encoder.encode(xml.parser.serializeFile(tree)));
  return writeZip(files);
}

/** Names and labels for a message: "Lý do trễ hạn {lyDo}". */
export function tagNames(tags: readonly string[]): string {
  return tags.map((tag) => [fieldByTag(tag)?.label, `{${tag}}`].filter(Boolean).join(' ')).join(', ');
}
