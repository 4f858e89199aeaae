import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import type { FileFacts, FileFinding } from '../lib/inspection/index.ts';
import { EXIT, InputError } from './errors.ts';

const MARKS: Record<FileFinding['severity'], string> = { error: '✗', warn: '!', info: '·' };
const ANCHOR_NAMES = /\.(?:pem|crt|cer|der)$/i;
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
/** Work that takes less says nothing of itself. */
const QUIET_MS = 1000;

/** Bytes of a file, or why there are none. */
function readBytes(file: string, limit: number): Uint8Array | string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return 'không có tệp này';
  if (!stat.isFile()) return 'không phải là tệp';
  if (stat.size > limit) return `tệp lớn hơn ${limit / 1024 / 1024} MB nên không kiểm tra`;
  try {
    return readFileSync(file);
  } catch (error) {
    return `không đọc được (${(error as NodeJS.ErrnoException).code ?? 'lỗi'})`;
  }
}

function certificatesIn(file: string): Uint8Array[] {
  const bytes = readBytes(file, 1024 * 1024);
  if (typeof bytes === 'string') throw new InputError(`--anchors: ${file}: ${bytes}`);
  const blocks: (string | Uint8Array)[] = new TextDecoder('latin1').decode(bytes).match(PEM) ?? [bytes];
  try {
    return blocks.map((block) => new X509Certificate(block).raw);
  } catch {
    throw new InputError(`--anchors: ${file}: không phải chứng thư (PEM hoặc DER)`);
  }
}

/** Trusted roots: one file, or every certificate of a folder. */
function anchorsFrom(path: string): Uint8Array[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return certificatesIn(path);
  const files = readdirSync(path).filter((name) => ANCHOR_NAMES.test(name));
  if (files.length === 0) throw new InputError(`--anchors: ${path}: không có tệp chứng thư (.pem, .crt, .cer, .der)`);
  return files.flatMap((name) => certificatesIn(join(path, name)));
}

/** A line on stderr now and then, for files that take long. */
function progressOf(file: string): (done: number, total: number) => void {
  let said = performance.now();
  return (done, total) => {
    if (performance.now() - said < QUIET_MS) return;
    said = performance.now();
    console.error(`${file}: trang ${done}/${total}`);
  };
}

const ARGS = {
  file: { type: 'positional', required: false, valueHint: 'FILE…', description: 'tệp PDF hoặc ảnh cần kiểm tra' },
  json: { type: 'boolean', description: 'NDJSON, kể cả khi in ra màn hình' },
  anchors: { type: 'string', valueHint: 'DIR|PEM', description: 'chứng thư gốc tin cậy, để kiểm tra chuỗi chứng thư' },
} as const;

/** The graver of two exit codes; they happen to be in that order. */
const graver = (a: number, b: number) => Math.max(a, b);

function exitOf({ opens }: FileFacts, findings: readonly FileFinding[]): number {
  if (!opens.ok && opens.why !== 'not-inspected') return EXIT.failure;
  return findings.some(({ severity }) => severity !== 'info') ? EXIT.findings : EXIT.done;
}

/** What a person reads: one line for the file, one for each finding. */
export function humanText(file: string, summary: string, findings: readonly FileFinding[]): string {
  return [`${file}: ${summary}`, ...findings.map(({ severity, text }) => `  ${MARKS[severity]} ${text}`)].join('\n');
}

/** `dunghen inspect`: facts about files, computed on this machine. */
export const inspectCommand = defineCommand({
  meta: {
    name: 'inspect',
    description: 'Kiểm tra tệp PDF, ảnh: mở được không, trang trắng, dpi, lớp văn bản, chữ ký số; không tải tệp đi đâu',
  },
  args: ARGS,
  async run({ args, rawArgs }) {
    const unknown = Object.keys(args).find((name) => name !== '_' && !Object.hasOwn(ARGS, name));
    if (unknown !== undefined) throw new InputError(`không có tuỳ chọn --${unknown}`);
    const files = args._;
    if (files.length === 0) throw new InputError('thiếu tên tệp: dunghen inspect FILE…');
    if (rawArgs.includes('--anchors') && !args.anchors) throw new InputError('--anchors cần một thư mục hoặc tệp');
    const trustAnchors = args.anchors ? anchorsFrom(args.anchors) : [];
    // Loaded here so that no other command pays for it.
    const { findingsOf, inspectFile, LIMITS, sameFiles, summaryText } = await import('../lib/inspection/index.ts');
    const decodersUrl = new URL('wasm/', import.meta.resolve('pdfjs-dist/package.json')).href;
    const now = Math.floor(Date.now() / 60_000);
    const json = args.json || !process.stdout.isTTY;
    const seen: { file: string; facts: FileFacts }[] = [];
    let exit: number = EXIT.done;
    for (const file of files) {
      const bytes = readBytes(file, LIMITS.fileBytes);
      if (typeof bytes === 'string') {
        console.error(`${file}: ${bytes}`);
        exit = EXIT.failure;
        continue;
      }
      const facts = await inspectFile(bytes, { now, trustAnchors, decodersUrl, progress: progressOf(file) });
      const findings = findingsOf(facts, now);
      seen.push({ file, facts });
      exit = graver(exit, exitOf(facts, findings));
      if (json) console.log(JSON.stringify({ file, ...facts, findings }));
      else {
        console.log(humanText(file, summaryText(facts), findings));
      }
    }
    for (const group of sameFiles(seen.map(({ facts }) => facts))) {
      const names = group.map((i) => seen[i]?.file);
      exit = graver(exit, EXIT.findings);
      console.log(
        json ? JSON.stringify({ same: names }) : `! Cùng một tệp dùng ${names.length} lần: ${names.join(', ')}`,
      );
    }
    process.exitCode = exit;
  },
});
