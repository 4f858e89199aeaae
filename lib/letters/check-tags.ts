import { fold } from '../text/index.ts';
import type { DocxPackage } from './docx.ts';
import { fieldByTag, LETTER_FIELDS } from './fields.ts';
import type { Severity, TemplateFinding } from './finding.ts';
import { type FoundTag, type Paragraph, paragraphsOf, type StrayBrace, tagsOf } from './tags.ts';

const LONGEST_QUOTE = 80;
const CURLY = /[‘’‚‛“”„‟]/;

function quoted({ runs }: Paragraph): string {
  const text = runs.join('').trim();
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

function about(paragraph: Paragraph, tag: string, id: string, severity: Severity, message: string): TemplateFinding {
  return { id, severity, part: paragraph.part, paragraph: quoted(paragraph), tag, message };
}

/** Braces that belong to no tag; two together are a habit from other programs. */
function strayFindings(stray: readonly StrayBrace[]): TemplateFinding[] {
  return stray.map(({ paragraph, brace, around }) => {
    if (/\{\{|\}\}/.test(around))
      return about(paragraph, around, 'doubled', 'error', 'ngoặc kép {{ }}: chỉ dùng một ngoặc, ví dụ {maHoSo}');
    return brace === '{'
      ? about(paragraph, around, 'unclosed', 'error', 'dấu { không có } đóng lại trong cùng đoạn')
      : about(paragraph, around, 'stray', 'error', 'dấu } không có { mở trước nó');
  });
}

/** What can be said of a tag where it stands. `around`: open sections, outermost first. */
function tagFindings(tag: FoundTag, around: readonly string[], extra: ReadonlySet<string>): TemplateFinding[] {
  const { paragraph, raw, kind, name, typed, options, split } = tag;
  const found: TemplateFinding[] = [];
  const add = (id: string, severity: Severity, message: string) =>
    found.push(about(paragraph, raw, id, severity, message));
  const field = fieldByTag(name);
  const list = LETTER_FIELDS.find(({ item }) => item === name);
  if (kind !== 'close') {
    if (name === '') add('empty', 'error', 'thẻ trống: thiếu tên trường');
    else if (!field && list && !extra.has(name)) {
      if (!around.includes(list.tag)) add('outside-list', 'error', `{${name}} chỉ dùng trong {#${list.tag}}…{/}`);
    } else if (!field && !extra.has(name)) add('unknown', 'error', `không có trường nào tên là ${name}`);
    else if (field?.kind === 'list' && kind === 'value')
      add('list', 'error', `${field.label} là danh sách: viết {#${name}}{${field.item}}{/}`);
    else if (field && !field.required && kind === 'value' && !around.includes(name)) {
      const how = `{#${name}}…{/}`;
      add(
        'unguarded',
        'warning',
        `${field.label} có thể không có: đặt trong ${how}, nếu không thư thiếu nó sẽ không in`,
      );
    }
  }
  if (typed !== typed.normalize('NFC'))
    add('nfd', 'warning', 'tên trường gõ bằng Unicode tổ hợp; vẫn điền được, nên gõ lại');
  if (CURLY.test(options))
    add('quotes', 'warning', 'dấu nháy cong trong tuỳ chọn của thẻ; vẫn hiểu được, nên dùng nháy thẳng');
  if (split) add('split', 'note', 'thẻ bị Word cắt thành nhiều mảnh; vẫn điền được');
  if (paragraph.inTextBox)
    add('text-box', 'note', 'thẻ nằm trong hộp chữ (text box); vẫn điền được, nên xem lại bản in');
  if (/\/(?:header|footer)[^/]*$/.test(paragraph.part))
    add('header', 'note', 'thẻ nằm ở đầu trang hoặc chân trang; vẫn điền được');
  return found;
}

/** Sections must close in the part in which they open. */
function walkPart(
  paragraphs: readonly Paragraph[],
  extra: ReadonlySet<string>,
): { tags: FoundTag[]; found: TemplateFinding[] } {
  const found: TemplateFinding[] = [];
  const tags: FoundTag[] = [];
  const open: FoundTag[] = [];
  for (const paragraph of paragraphs) {
    const read = tagsOf(paragraph);
    found.push(...strayFindings(read.stray));
    for (const tag of read.tags) {
      tags.push(tag);
      found.push(
        ...tagFindings(
          tag,
          open.map(({ name }) => name),
          extra,
        ),
      );
      if (tag.kind === 'open') open.push(tag);
      if (tag.kind !== 'close') continue;
      const start = open.pop();
      if (start === undefined)
        found.push(about(paragraph, tag.raw, 'unopened', 'error', 'có thẻ đóng mà không có {#…} mở'));
      else if (tag.name !== '' && tag.name !== start.name)
        found.push(about(paragraph, tag.raw, 'mismatch', 'warning', `thẻ đóng tên khác thẻ mở ${start.raw}`));
    }
  }
  for (const tag of open)
    found.push(about(tag.paragraph, tag.raw, 'unclosed-section', 'error', `${tag.raw} không có {/} đóng lại`));
  return { tags, found };
}

/** Fields that the law asks for and the template does not have, unless the unit seems to have typed them in. */
function missingFindings(present: ReadonlySet<string>, typed: string): TemplateFinding[] {
  const absent = LETTER_FIELDS.filter(({ tag, required, print }) => required && print !== false && !present.has(tag));
  return absent.map(({ tag, label, of, typedAs = [] }) => {
    const inTemplate = of === 'unit' && (typedAs.length === 0 || typedAs.some((words) => typed.includes(words)));
    const finding = { part: '', paragraph: '', tag: `{${tag}}` };
    if (inTemplate)
      return {
        ...finding,
        id: 'typed-in',
        severity: 'note',
        message: `mẫu không có {${tag}}: ${label} phải được ghi sẵn`,
      };
    return {
      ...finding,
      id: 'missing-mandatory',
      severity: 'error',
      message: `mẫu thiếu nội dung bắt buộc: ${label} {${tag}}`,
    };
  });
}

/** Everything that can be said of a template's tags without filling it. */
export function tagsFindings(
  docx: DocxPackage,
  extra: ReadonlySet<string>,
): { findings: TemplateFinding[]; tags: string[] } {
  const findings: TemplateFinding[] = [];
  const names = new Set<string>();
  let typed = '';
  for (const part of docx.content) {
    const paragraphs = paragraphsOf(docx, part);
    const { tags, found } = walkPart(paragraphs, extra);
    findings.push(...found);
    for (const { kind, name } of tags) if (kind !== 'close') names.add(name);
    typed += `${paragraphs.map(({ runs }) => fold(runs.join('').replace(/\{[^}]*\}/g, ' '))).join(' ')} `;
  }
  // A text box stands in the file twice, for new and for old readers.
  const unique = new Map(findings.map((one) => [[one.id, one.part, one.paragraph, one.tag].join('\n'), one]));
  return { findings: [...unique.values(), ...missingFindings(names, typed)], tags: [...names] };
}
