import { defineCommand } from 'citty';
import {
  assessPapers,
  type Catalogue,
  type CatalogueFile,
  checkText,
  costText,
  mergeCatalogues,
  noteText,
  type PaperAssessment,
  readCatalogueFile,
  reasonText,
  SHIPPED_CATALOGUE,
  STATE_NAMES,
} from '../lib/digitization/index.ts';
import { problemText, readJson } from '../lib/json/index.ts';
import { readPage } from '../lib/page/index.ts';
import { Dossier } from '../lib/schema/index.ts';
import { EXIT, InputError } from './errors.ts';
import { readText } from './files.ts';
import { parse, readHtml, urlOf } from './page.ts';

const MAX_MEGABYTES = 200;
const VERDICTS = { complete: 'đủ giấy tờ', incomplete: 'THIẾU giấy tờ', unknown: 'không kết luận được' } as const;
const SEVERITIES = { error: 'lỗi', warn: 'cảnh báo', info: 'ghi chú' } as const;
const isPage = (file: string) => /\.(?:x?html?|htm)$/i.test(file);

/** Records of a saved page, read as `page read` does. */
function recordsOfPage(file: string, url: string | undefined): Dossier[] {
  const html = readHtml(file);
  const doc = parse(html);
  const readAt = Math.floor(Date.now() / 60_000);
  const { records } = readPage(doc, { url: urlOf(html, doc, url), readAt });
  if (records.length === 0) throw new InputError(`${file}: không đọc được hồ sơ nào trong trang này`);
  return records;
}

/**
 * Records of a file of one record a line. A line that is none is told with file, line and field, and the rest is still read; the summary
 * line that `page read` ends with is passed over.
 */
function recordsOfLines(file: string): Dossier[] {
  const records: Dossier[] = [];
  const lines = readText(file, MAX_MEGABYTES)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  lines.forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('{"health":')) return;
    const reading = readJson(line, Dossier);
    if (reading.ok) {
      records.push(reading.data);
      return;
    }
    for (const problem of reading.problems) console.error(problemText(file, { ...problem, line: i + 1 }));
    process.exitCode = EXIT.failure;
  });
  if (records.length === 0 && process.exitCode !== EXIT.failure) throw new InputError(`${file}: không có hồ sơ nào`);
  return records;
}

/** The shipped catalogue with the given files over it; null when one of them cannot be used, with its faults told. */
function catalogueOf(files: readonly string[]): Catalogue | null {
  const catalogues: CatalogueFile[] = [SHIPPED_CATALOGUE];
  for (const file of files) {
    const reading = readCatalogueFile(readText(file, MAX_MEGABYTES));
    if (!reading.ok) {
      for (const problem of reading.problems) console.error(problemText(file, problem));
      return null;
    }
    catalogues.push(reading.catalogue);
  }
  return mergeCatalogues(catalogues);
}

/** Anything to act on: papers that are missing or uncertain, checks that failed (a mere note is none). */
function hasFindings({ verdict, checks }: PaperAssessment): boolean {
  return verdict !== 'complete' || checks.some(({ state, severity }) => state === 'fail' && severity !== 'info');
}

function printLine({ code }: Dossier, { rows, checks, notes, ...rest }: PaperAssessment): void {
  const line = {
    code,
    ...rest,
    rows: rows.map((row) => ({ ...row, text: reasonText(row.why) })),
    checks: checks.map((check) => ({ ...check, text: checkText(check) })),
    notes: notes.map((note) => ({ ...note, text: noteText(note) })),
  };
  console.log(JSON.stringify(line));
}

function printText(record: Dossier, { verdict, rows, checks, notes, procedure }: PaperAssessment): void {
  const name = procedure ? `${procedure.code} ${procedure.name}` : (record.procedure.name ?? '');
  console.log(`${record.code} · ${VERDICTS[verdict]}${name ? ` · ${name}` : ''}`);
  for (const { name: paper, state, why, needed } of rows) {
    const open = state === 'missing' || (state === 'unknown' && needed === 'yes');
    if (open) console.log(`  ${state === 'missing' ? '✗' : '?'} ${paper} (${STATE_NAMES[state]}): ${reasonText(why)}`);
  }
  for (const check of checks) {
    if (check.state !== 'fail') continue;
    const cost = costText(check);
    console.log(
      `  ${check.id} ${SEVERITIES[check.severity]}: ${checkText(check)}${cost ? ` Mất chỉ số ${cost}.` : ''}`,
    );
  }
  for (const note of notes) console.log(`  · ${noteText(note)}`);
}

const CHECK = {
  file: {
    type: 'positional',
    required: false,
    valueHint: 'FILE',
    description: 'trang đã lưu (.html), hoặc NDJSON hồ sơ',
  },
  url: { type: 'string', valueHint: 'URL', description: 'địa chỉ của trang khi lưu' },
  catalogue: { type: 'string', valueHint: 'FILE.json', description: 'danh mục thủ tục đặt lên danh mục có sẵn' },
  json: { type: 'boolean', description: 'NDJSON, kể cả khi in ra màn hình' },
} as const;

/** `dunghen digitization check`: what each dossier lacks, and which checks it fails. */
const checkCommand = defineCommand({
  meta: { name: 'check', description: 'Kiểm tra thành phần hồ sơ và số hóa của từng hồ sơ' },
  args: CHECK,
  run({ args, rawArgs }) {
    const unknown = Object.keys(args).find((name) => name !== '_' && !Object.hasOwn(CHECK, name));
    if (unknown !== undefined) throw new InputError(`không có tuỳ chọn --${unknown}`);
    const { file, url, catalogue: own } = args;
    if (!file) throw new InputError('thiếu tên tệp: dunghen digitization check FILE');
    if (args._.length > 1) throw new InputError(`chỉ đọc một tệp mỗi lần, thừa: ${args._[1]}`);
    for (const option of ['--url', '--catalogue']) {
      if (rawArgs.includes(option) && !args[option.slice(2) as 'url' | 'catalogue']) {
        throw new InputError(`${option} cần một giá trị`);
      }
    }
    if (url !== undefined && !isPage(file)) throw new InputError('--url chỉ dùng với trang đã lưu (.html)');
    const catalogue = catalogueOf(own === undefined ? [] : [own]);
    if (catalogue === null) {
      process.exitCode = EXIT.failure;
      return;
    }
    const records = isPage(file) ? recordsOfPage(file, url) : recordsOfLines(file);
    let found = false;
    for (const record of records) {
      const assessment = assessPapers(record, { catalogue });
      found ||= hasFindings(assessment);
      if (args.json || !process.stdout.isTTY) printLine(record, assessment);
      else printText(record, assessment);
    }
    if (found && process.exitCode !== EXIT.failure) process.exitCode = EXIT.findings;
  },
});

export const digitizationCommand = defineCommand({
  meta: { name: 'digitization', description: 'Thành phần hồ sơ và số hóa' },
  subCommands: { check: checkCommand },
});
