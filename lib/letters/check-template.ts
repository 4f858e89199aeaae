import { packageFindings, xmlFindings } from './check-package.ts';
import { tagsFindings } from './check-tags.ts';
import { type DocxPackage, openDocx } from './docx.ts';
import { fillTemplate, openTemplate, tagNames, toDocx } from './fill.ts';
import type { TemplateCheck, TemplateFinding } from './finding.ts';
import { sampleValues } from './print.ts';
import { ZipError } from './zip.ts';

export type { Severity, TemplateCheck, TemplateFinding } from './finding.ts';

const ofFile = (id: string, message: string): TemplateFinding => ({
  id,
  severity: 'error',
  part: '',
  paragraph: '',
  tag: '',
  message,
});

/** The last word: whether invented values can really be filled in. */
async function trialFindings(bytes: Uint8Array, extra: ReadonlySet<string>): Promise<TemplateFinding[]> {
  try {
    const values = { ...Object.fromEntries([...extra].map((name) => [name, 'mẫu'])), ...sampleValues() };
    const filled = await fillTemplate(openTemplate(bytes), values);
    if (!filled.ok)
      return [ofFile('trial', `điền thử không được: ${tagNames([...filled.unknown, ...filled.missing])}`)];
    toDocx(filled.letter);
    return [];
  } catch (error) {
    return [ofFile('trial', `điền thử không được: ${(error as Error).message}`)];
  }
}

const SEVERITIES = ['error', 'warning', 'note'];

/** Errors that do not stop a template from being filled; the others do. */
const FILLABLE = new Set(['missing-mandatory']);

/** True when letters can be made from it, however incomplete they may be. */
export function canFill({ readable, findings }: TemplateCheck): boolean {
  return readable && findings.every(({ id, severity }) => severity !== 'error' || FILLABLE.has(id));
}

/**
 * "Kiểm tra mẫu": everything that is wrong with a template, without filling in anything real. Never throws.
 * @param extraTags names that the data bring besides the fields of a letter (columns of a file).
 */
export async function checkTemplate(bytes: Uint8Array, extraTags: Iterable<string> = []): Promise<TemplateCheck> {
  const extra = new Set([...extraTags].map((name) => name.normalize('NFC')));
  let docx: DocxPackage;
  try {
    docx = openDocx(bytes);
  } catch (error) {
    const fault = error instanceof ZipError ? error.fault : 'xml';
    return { readable: false, findings: [ofFile(fault, (error as Error).message)], tags: [] };
  }
  const findings = [...packageFindings(docx), ...xmlFindings(docx)];
  if (findings.some(({ id }) => id === 'xml')) return { readable: true, findings, tags: [] };
  const read = tagsFindings(docx, extra);
  findings.push(...read.findings);
  if (canFill({ readable: true, findings, tags: [] })) findings.push(...(await trialFindings(bytes, extra)));
  findings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  return { readable: true, findings, tags: read.tags };
}
