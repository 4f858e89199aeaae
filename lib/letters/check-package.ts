import type { DocxPackage } from './docx.ts';
import type { TemplateFinding } from './finding.ts';
import { attributeOf, scanXml, xmlText } from './xml-scan.ts';

const fault = (id: string, part: string, message: string): TemplateFinding => ({
  id,
  severity: 'error',
  part,
  paragraph: '',
  tag: '',
  message,
});

const TARGETS: Record<string, string> = {
  attachedTemplate: 'mẫu gắn ngoài (attached template)',
  image: 'hình lấy từ nơi khác',
  oleObject: 'đối tượng OLE',
  subDocument: 'văn bản con',
  frame: 'khung nội dung ngoài',
  mailMergeSource: 'nguồn trộn thư (mail merge)',
};

/** Fields that fetch or run something when Word updates them. */
const REACHING_OUT = /^\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE)\b/i;

/** What in the package itself makes a template unsafe or unusable. */
export function packageFindings({ parts, relations }: DocxPackage): TemplateFinding[] {
  const findings: TemplateFinding[] = [];
  const types = xmlText(parts.get('[Content_Types].xml') as Uint8Array);
  const macro = [...parts.keys()].find((part) => /vba(?:Project|Data)/i.test(part));
  if (macro !== undefined || /macroEnabled/i.test(types))
    findings.push(fault('macro', macro ?? '', 'mẫu có macro; hãy lưu lại ở dạng .docx (không macro)'));
  if (/wordprocessingml\.template\.main\+xml/.test(types))
    findings.push(fault('dotx', '', 'tệp là mẫu .dotx; hãy mở bằng Word rồi lưu lại ở dạng .docx'));
  for (const { file, type, target, external } of relations) {
    if (external && type !== 'hyperlink') {
      const what = TARGETS[type] ?? `liên kết ngoài (${type})`;
      findings.push(fault('external', file, `${what}: ${target.slice(0, 120)}; hãy bỏ liên kết, chèn thẳng vào mẫu`));
    } else if (!external && /^(?:oleObject|package|control|aFChunk|activeX)/i.test(type))
      findings.push(fault('embedded', target, 'mẫu có đối tượng nhúng (OLE, ActiveX hoặc tệp khác); hãy bỏ đi'));
  }
  return findings;
}

/** Faults in the XML of any part, and what in it reaches out of the document. */
export function xmlFindings({ parts, content }: DocxPackage): TemplateFinding[] {
  const findings: TemplateFinding[] = [];
  for (const [part, bytes] of parts) {
    if (!/\.(?:xml|rels)$/i.test(part)) continue;
    let instruction = '';
    let inInstruction = false;
    let tracked = false;
    const reaching = (text: string) => {
      const name = REACHING_OUT.exec(text)?.[0].trim();
      if (name) findings.push(fault('field', part, `trường ${name} lấy nội dung từ ngoài mẫu; hãy bỏ đi`));
    };
    try {
      scanXml(xmlText(bytes), {
        open(name, attributes) {
          inInstruction = name === 'w:instrText';
          if (name === 'w:fldSimple') reaching(attributeOf(attributes, 'w:instr') ?? '');
          if (name === 'w:fldChar') {
            if (attributeOf(attributes, 'w:fldCharType') !== 'begin') reaching(instruction);
            instruction = '';
          }
          tracked ||= name === 'w:ins' || name === 'w:del';
        },
        close() {
          inInstruction = false;
        },
        text(text) {
          if (inInstruction) instruction += text;
        },
      });
    } catch (error) {
      findings.push(fault('xml', part, `nội dung XML hỏng: ${(error as Error).message}`));
    }
    if (tracked && content.includes(part)) {
      const message = 'mẫu còn dấu sửa đổi (track changes); hãy chấp nhận hoặc bỏ hết trước khi dùng';
      findings.push({ ...fault('tracked', part, message), severity: 'warning' });
    }
  }
  return findings;
}
