import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineCommand } from 'citty';
import { shippedTable } from '../lib/calendar/index.ts';
import { problemText, readJson } from '../lib/json/index.ts';
import {
  canFill,
  checkTemplate,
  createMerger,
  fileNameOf,
  fillTemplate,
  formById,
  LETTER_FORMS,
  type LetterForm,
  LetterUnit,
  openTemplate,
  rowValues,
  tagNames,
  tagOfColumn,
  toDocx,
} from '../lib/letters/index.ts';
import { EXIT, InputError } from './errors.ts';
import { readText } from './files.ts';
import { type DataRow, readBytes, readRows } from './letter-data.ts';
import { findingText } from './template.ts';

const MAX_TEMPLATE_MEGABYTES = 5;
const MERGED_NAME = 'gop-tat-ca.docx';
const TABLE_NAME = 'ket-qua.csv';
/** Whose subject and apology a unit's own template takes when neither the data nor the unit have any. */
const GENERAL_FORM = formById('nd30-2020') as LetterForm;
const FORM_IDS = LETTER_FORMS.map(({ id }) => id).join(' | ');

const ARGS = {
  template: { type: 'string', valueHint: 'T.docx', description: `mẫu của đơn vị, hoặc mẫu có sẵn: ${FORM_IDS}` },
  data: { type: 'string', valueHint: 'FILE', description: 'dữ liệu .csv, .ndjson hoặc .xlsx, mỗi dòng một thư' },
  out: { type: 'string', valueHint: 'THƯ MỤC', description: 'nơi ghi các thư và bảng kết quả ket-qua.csv' },
  unit: {
    type: 'string',
    valueHint: 'FILE.json',
    description: 'thông tin chung của đơn vị, cho ô mà dữ liệu không có',
  },
  merged: { type: 'boolean', description: `ghi thêm một tệp gộp tất cả các thư: ${MERGED_NAME}` },
  json: { type: 'boolean', description: 'NDJSON, kể cả khi in ra màn hình' },
} as const;

const DISK: Record<string, string> = {
  ENOSPC: 'đĩa đã đầy',
  EDQUOT: 'đã hết hạn mức đĩa',
  EACCES: 'không có quyền ghi',
  EPERM: 'không có quyền ghi',
  EROFS: 'đĩa chỉ đọc',
  ENOTDIR: 'đường dẫn có phần không phải là thư mục',
  EEXIST: 'đã có tệp trùng tên thư mục này',
  ENAMETOOLONG: 'tên tệp quá dài',
  EISDIR: 'đã có thư mục trùng tên tệp này',
};

/** Does something on the disk; what fails is named with its path. */
function onDisk<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code = 'lỗi' } = error as NodeJS.ErrnoException;
    throw new InputError(`${path}: không ghi được: ${DISK[code] ?? code}`);
  }
}

/** Writes a whole file or none: a letter cut off by a full disk would open as a broken one. */
function writeWhole(path: string, content: Uint8Array | string): void {
  const partial = `${path}.part`;
  onDisk(path, () => {
    try {
      writeFileSync(partial, content);
      renameSync(partial, path);
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    }
  });
}

/** Result of a row; without anything of the citizen. */
interface RowResult {
  line: number;
  code: string;
  file: string | null;
  errors: string[];
}

/** A cell that no spreadsheet takes for a formula. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function tableText(results: readonly RowResult[]): string {
  const rows = results.map(({ line, code, file, errors }) => [
    String(line),
    code,
    errors.length > 0 ? 'lỗi' : 'đã tạo',
    file ?? '',
    errors.join('; '),
  ]);
  const head = ['Dòng', 'Mã hồ sơ', 'Kết quả', 'Tệp', 'Lỗi'];
  return `\ufeff${[head, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function templateBytes(name: string): Uint8Array {
  const form = formById(name);
  const file = form ? fileURLToPath(new URL(`../lib/letters/templates/${form.file}`, import.meta.url)) : name;
  return readBytes(file, MAX_TEMPLATE_MEGABYTES);
}

function unitFrom(file: string | undefined): LetterUnit {
  if (file === undefined) return {};
  const reading = readJson(readText(file, 1), LetterUnit);
  if (reading.ok) return reading.data;
  throw new InputError(reading.problems.map((problem) => problemText(file, problem)).join('; '));
}

/** Names by which a template may call for a column. */
function columnsOf(rows: readonly DataRow[]): Set<string> {
  const names = new Set<string>();
  for (const row of rows) {
    if (!('values' in row)) continue;
    for (const name of Object.keys(row.values)) names.add(name.normalize('NFC').trim()).add(tagOfColumn(name));
  }
  return names;
}

/** Says how far it is, on stderr: in place on a screen, now and then in a log. */
function progress(done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done}/${total} thư${done === total ? '\n' : ''}`);
  else if (done % 100 === 0 || done === total) console.error(`${done}/${total} thư`);
}

const REQUIRED = ['template', 'data', 'out'] as const;

function requireArgs(args: Record<string, unknown> & { _: string[] }): Record<(typeof REQUIRED)[number], string> {
  const unknown = Object.keys(args).find((name) => name !== '_' && !Object.hasOwn(ARGS, name));
  if (unknown !== undefined) throw new InputError(`không có tuỳ chọn --${unknown}`);
  if (args._.length > 0) throw new InputError(`thừa: ${args._[0]}`);
  for (const name of REQUIRED) {
    if (typeof args[name] !== 'string' || args[name] === '')
      throw new InputError(`thiếu --${name}: dunghen letter --template T.docx --data FILE --out THƯ-MỤC`);
  }
  return args as unknown as Record<(typeof REQUIRED)[number], string>;
}

/** `dunghen letter`: a letter for every row of a file, and a table of what became of each row. */
export const letterCommand = defineCommand({
  meta: { name: 'letter', description: 'Tạo thư xin lỗi từ một mẫu Word và một tệp dữ liệu' },
  args: ARGS,
  async run({ args }) {
    const { template: name, data, out } = requireArgs(args);
    const bytes = templateBytes(name);
    const unit = unitFrom(args.unit);
    const rows = await readRows(data);
    if (rows.length === 0) throw new InputError(`${data}: không có dòng dữ liệu nào`);
    const check = await checkTemplate(bytes, columnsOf(rows));
    for (const finding of check.findings) if (finding.severity !== 'note') console.error(findingText(name, finding));
    if (!canFill(check)) throw new InputError(`${name}: mẫu chưa dùng được, xem các lỗi ở trên`);
    const template = openTemplate(bytes);
    onDisk(out, () => mkdirSync(out, { recursive: true }));

    const source = { unit, form: formById(name) ?? GENERAL_FORM, table: shippedTable() };
    const merger = args.merged ? createMerger(template) : null;
    const now = Math.floor(Date.now() / 60_000);
    const asLines = args.json || !process.stdout.isTTY;
    const taken = new Set<string>();
    const results: RowResult[] = [];
    for (const row of rows) {
      const result: RowResult = { line: row.line, code: '', file: null, errors: [] };
      results.push(result);
      if ('error' in row) result.errors.push(row.error);
      else {
        const { values, problems } = rowValues(row.values, source);
        result.code = typeof values.maHoSo === 'string' ? values.maHoSo : '';
        const filled = await fillTemplate(template, values);
        result.errors.push(...problems);
        if (!filled.ok) result.errors.push(`thiếu ${tagNames([...filled.unknown, ...filled.missing])}`);
        else if (problems.length === 0) {
          result.file = freeName(fileNameOf(result.code, now), taken);
          writeWhole(join(out, result.file), toDocx(filled.letter));
          merger?.add(filled.letter);
        }
      }
      for (const error of result.errors) console.error(`${data}:${row.line}: ${error}`);
      if (asLines) console.log(JSON.stringify(result));
      progress(results.length, rows.length);
    }
    if (merger && merger.count > 0) writeWhole(join(out, MERGED_NAME), merger.finish());
    writeWhole(join(out, TABLE_NAME), tableText(results));
    const bad = results.filter(({ errors }) => errors.length > 0).length;
    console.error(`${results.length - bad} thư, ${bad} dòng lỗi; bảng kết quả: ${join(out, TABLE_NAME)}`);
    if (bad > 0) process.exitCode = EXIT.findings;
  },
});

/** A file name that no other letter of this run has; file systems may not tell capitals apart. */
function freeName(base: string, taken: Set<string>): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? `${base}.docx` : `${base}_${i}.docx`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}
