import { defineCommand } from 'citty';
import { checkTemplate, type TemplateFinding } from '../lib/letters/index.ts';
import { EXIT, InputError } from './errors.ts';
import { readBytes } from './letter-data.ts';

/** Larger files are named as too large by the check itself. */
const MAX_MEGABYTES = 100;
const SEVERITY = { error: 'lỗi', warning: 'cảnh báo', note: 'ghi chú' } as const;

/** `mau.docx: lỗi: word/document.xml: «Kính gửi {hoTen»: dấu { …` */
export function findingText(file: string, { severity, part, paragraph, message }: TemplateFinding): string {
  return [file, SEVERITY[severity], part, paragraph && `«${paragraph}»`, message].filter(Boolean).join(': ');
}

const CHECK = {
  file: { type: 'positional', required: false, valueHint: 'T.docx', description: 'mẫu cần kiểm tra' },
  json: { type: 'boolean', description: 'NDJSON, kể cả khi in ra màn hình' },
} as const;

/** `dunghen template check`: 0 usable, 1 something to mend, 2 not a Word document that can be opened. */
const checkCommand = defineCommand({
  meta: { name: 'check', description: 'Kiểm tra mẫu: thẻ lạ, thẻ thiếu, lỗi gõ, macro, liên kết ngoài' },
  args: CHECK,
  async run({ args }) {
    const unknown = Object.keys(args).find((name) => name !== '_' && !Object.hasOwn(CHECK, name));
    if (unknown !== undefined) throw new InputError(`không có tuỳ chọn --${unknown}`);
    const { file } = args;
    if (!file) throw new InputError('thiếu tên tệp: dunghen template check T.docx');
    if (args._.length > 1) throw new InputError(`chỉ kiểm tra một tệp mỗi lần, thừa: ${args._[1]}`);
    const { readable, findings, tags } = await checkTemplate(readBytes(file, MAX_MEGABYTES));
    if (!readable) throw new InputError(`${file}: ${findings[0]?.message}`);
    if (args.json || !process.stdout.isTTY)
      for (const finding of findings) console.log(JSON.stringify({ file, ...finding }));
    else for (const finding of findings) console.log(findingText(file, finding));
    if (findings.some(({ severity }) => severity !== 'note')) process.exitCode = EXIT.findings;
    else console.error(`${file}: dùng được, có ${tags.length} thẻ`);
  },
});

export const templateCommand = defineCommand({
  meta: { name: 'template', description: 'Mẫu Word của thư' },
  subCommands: { check: checkCommand },
});
