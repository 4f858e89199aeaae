import { attributeOf, scanXml, XmlError, xmlText } from './xml-scan.ts';
import { readZip, TEMPLATE_LIMITS, ZipError, type ZipLimits } from './zip.ts';

/** A relation of a part, as its .rels file has it. */
export interface Relation {
  /** The .rels file. */
  file: string;
  id: string;
  /** Last word of the type's address: `header`, `image`, `attachedTemplate`. */
  type: string;
  target: string;
  external: boolean;
}

export interface DocxPackage {
  parts: Map<string, Uint8Array>;
  /** Path of the main document. */
  main: string;
  relations: readonly Relation[];
  /** Main document, headers and footers: where tags are filled. */
  content: readonly string[];
}

/** Folder of `word/document.xml`'s relations: `word/_rels/document.xml.rels`. */
export function relationsFileOf(part: string): string {
  const slash = part.lastIndexOf('/');
  return `${part.slice(0, slash + 1)}_rels/${part.slice(slash + 1)}.rels`;
}

/** The part that a target of a .rels file names. */
function resolve(relationsFile: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const folder = relationsFile.replace(/_rels\/[^/]*$/, '');
  const steps: string[] = [];
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

function relationsOf(parts: ReadonlyMap<string, Uint8Array>): Relation[] {
  const relations: Relation[] = [];
  for (const [file, bytes] of parts) {
    if (!file.endsWith('.rels')) continue;
    scanXml(xmlText(bytes), {
      open(name, attributes) {
        if (!/(^|:)Relationship$/.test(name)) return;
        const target = attributeOf(attributes, 'Target') ?? '';
        const external = attributeOf(attributes, 'TargetMode')?.toLowerCase() === 'external';
        relations.push({
          file,
          id: attributeOf(attributes, 'Id') ?? '',
          type: (attributeOf(attributes, 'Type') ?? '').split('/').pop() ?? '',
          target: external ? target : resolve(file, target),
          external,
        });
      },
    });
  }
  return relations;
}

/**
 * Opens a Word document of unknown origin.
 * @throws ZipError or XmlError saying why it cannot be used.
 */
export function openDocx(bytes: Uint8Array, limits: ZipLimits = TEMPLATE_LIMITS): DocxPackage {
  const parts = readZip(bytes, limits);
  if (!parts.has('[Content_Types].xml')) throw new ZipError('not-zip');
  const relations = relationsOf(parts);
  const main = relations.find(
    ({ file, type, external }) => file === '_rels/.rels' && type === 'officeDocument' && !external,
  );
  if (main === undefined || !parts.has(main.target)) throw new ZipError('not-zip', 'không có nội dung văn bản');
  const own = relationsFileOf(main.target);
  const content = [
    main.target,
    ...relations
      .filter(({ file, type, external }) => file === own && !external && (type === 'header' || type === 'footer'))
      .map(({ target }) => target),
  ];
  const missing = content.find((part) => !parts.has(part));
  if (missing !== undefined) throw new ZipError('damaged', `thiếu ${missing}`);
  return { parts, main: main.target, relations, content: [...new Set(content)] };
}

/** Text of a part. @throws XmlError naming the part. */
export function partText(docx: DocxPackage, part: string): string {
  try {
    return xmlText(docx.parts.get(part) as Uint8Array);
  } catch (error) {
    throw new XmlError(`${part}: ${(error as Error).message}`);
  }
}
