import { readFileSync, statSync } from 'node:fs';
import { defineCommand } from 'citty';
import { Window } from 'happy-dom';
import { ADAPTERS, adapterById, type PageReading, readPage } from '../lib/page/index.ts';
import type { Dossier } from '../lib/schema/index.ts';
import { fullDate, fullMoment } from '../lib/text/index.ts';
import { EXIT, InputError } from './errors.ts';

const MAX_BYTES = 50 * 1024 * 1024;
/** Only the head of a file says where it came from and how it is encoded. */
const HEAD_CHARS = 64_000;
/** A host that cannot exist: adapters that go by the address then go by the page alone. */
const NEUTRAL_URL = 'https://trang-da-luu.invalid/';

/** What is wrong with the file, named with it. */
function refuse(file: string, why: string): never {
  throw new InputError(`${file}: ${why}`);
}

function readBytes(file: string): Buffer {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) refuse(file, 'không có tệp này');
  if (!stat.isFile()) refuse(file, 'không phải là tệp');
  if (stat.size > MAX_BYTES) refuse(file, `tệp lớn hơn ${MAX_BYTES / 1024 / 1024} MB`);
  try {
    return readFileSync(file);
  } catch (error) {
    return refuse(file, `không đọc được (${(error as NodeJS.ErrnoException).code ?? 'lỗi'})`);
  }
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb) return 'utf-8';
  const head = bytes.subarray(0, 4096).toString('latin1');
  return /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1] ?? 'utf-8';
}

/** The text of a saved page; refuses what is not one, by what stands in it and not by its name. */
export function readHtml(file: string): string {
  const bytes = readBytes(file);
  let text: string;
  try {
    text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  } catch {
    text = new TextDecoder().decode(bytes);
  }
  const head = text.slice(0, HEAD_CHARS);
  if (/^(?:From:|MIME-Version:|Snapshot-Content-Location:)/m.test(head.slice(0, 2000))) {
    refuse(file, 'là tệp MHTML; hãy lưu trang lại ở dạng HTML');
  }
  const isHtml = /<(?:!doctype html|html|head|body|table|div|form|main|section|app-root|mat-table)[\s>]/i.test(head);
  if (!isHtml || head.includes('\u0000')) refuse(file, 'không phải là trang HTML');
  return text;
}

function httpUrl(text: string | null | undefined): URL | null {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
}

/** Where the page was saved from: what the user says, what the browser wrote, what the page says of itself. */
export function urlOf(html: string, doc: Document, given: string | undefined): URL {
  if (given !== undefined) {
    const url = httpUrl(given);
    if (url === null) throw new InputError(`--url: không phải địa chỉ http(s): ${given}`);
    return url;
  }
  const saved = /<!--\s*saved from url=\(\d+\)(\S+?)\s*-->/i.exec(html.slice(0, HEAD_CHARS))?.[1];
  const own = ['base[href]', 'link[rel="canonical"][href]'].map((css) => doc.querySelector(css)?.getAttribute('href'));
  for (const text of [saved, ...own]) {
    const url = httpUrl(text);
    if (url) return url;
  }
  return new URL(NEUTRAL_URL);
}

interface Summary {
  url: string;
  adapter: string | null;
  kind: PageReading['kind'];
  changed: boolean;
  loading: boolean;
  rows: number;
  unreadable: number;
  strangeCodes: number;
  fields: NonNullable<PageReading['health']>['fields'];
  /** False: something on the page could not be read, or nothing on it is a dossier. */
  ok: boolean;
}

function summaryOf(reading: PageReading, url: URL): Summary {
  const { adapter, kind, changed, loading, records, unreadable, health } = reading;
  return {
    url: url.href,
    adapter: adapter?.meta.id ?? null,
    kind,
    changed,
    loading,
    rows: records.length,
    unreadable,
    strangeCodes: records.filter((record) => !record.codeKnown).length,
    fields: health?.fields ?? [],
    ok: health?.ok === true && !changed && !loading,
  };
}

const FIELD_NAMES: Record<string, string> = {
  code: 'mã hồ sơ',
  procedure: 'thủ tục',
  receivedAt: 'ngày tiếp nhận',
  dueAt: 'ngày hẹn trả',
  status: 'trạng thái',
};

function momentText(record: Dossier, field: 'receivedAt' | 'dueAt' | 'extendedDueAt'): string {
  const minute = record[field];
  if (minute === undefined) return '';
  return record.dayOnly.includes(field) ? fullDate(minute) : fullMoment(minute);
}

/** Columns side by side, the last one cut to what is left of the line. */
function tableText(rows: readonly string[][], width: number): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) => {
      const line = row.map((cell, i) => (i === columns - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ');
      return line.length > width ? `${line.slice(0, width - 1)}…` : line;
    })
    .join('\n');
}

function printTable(reading: PageReading, summary: Summary): void {
  const kinds = { list: 'danh sách', detail: 'trang chi tiết', none: 'không phải trang hồ sơ' };
  const label = reading.adapter?.meta.label ?? 'không có bộ đọc nào nhận trang này';
  console.log(`${label} · ${kinds[summary.kind]} · ${summary.rows} hồ sơ`);
  if (summary.rows > 0) {
    const head = ['Mã hồ sơ', 'Tiếp nhận', 'Hẹn trả', 'Trạng thái', 'Thủ tục'];
    const body = reading.records.map((record) => [
      record.codeKnown ? record.code : `${record.code} (mã lạ)`,
      momentText(record, 'receivedAt'),
      momentText(record, 'extendedDueAt') || momentText(record, 'dueAt'),
      record.status.text || 'không rõ',
      record.procedure.name ?? '',
    ]);
    console.log(`\n${tableText([head, ...body], process.stdout.columns ?? 120)}\n`);
  }
  for (const { field, found, expected, column } of summary.fields) {
    const mark = found > 0 || expected === 0 ? '✓' : '✗';
    console.log(`${mark} ${FIELD_NAMES[field] ?? field}: ${found}/${expected}${column ? ` (cột «${column}»)` : ''}`);
  }
  if (summary.unreadable > 0) console.log(`✗ ${summary.unreadable} dòng không đọc được mã hồ sơ`);
  if (summary.changed) console.log('✗ trang đã khác với mẫu đã biết, đọc theo tiêu đề cột');
  if (summary.loading) console.log('✗ trang được lưu khi còn đang tải');
}

/** Nothing of the page runs and nothing is fetched: it is only parsed. */
export function parse(html: string): Document {
  const window = new Window({
    settings: {
      disableJavaScriptFileLoading: true,
      handleDisabledFileLoadingAsSuccess: true,
      navigation: {
        disableMainFrameNavigation: true,
        disableChildFrameNavigation: true,
        disableChildPageNavigation: true,
      },
    },
  });
  return new window.DOMParser().parseFromString(html, 'text/html') as unknown as Document;
}

const ARGS = {
  file: { type: 'positional', required: false, valueHint: 'FILE.html', description: 'trang đã lưu' },
  url: { type: 'string', valueHint: 'URL', description: 'địa chỉ của trang khi lưu' },
  adapter: {
    type: 'string',
    valueHint: 'ID',
    description: `bộ đọc: ${ADAPTERS.map(({ meta }) => meta.id).join(', ')}`,
  },
  json: { type: 'boolean', description: 'NDJSON, kể cả khi in ra màn hình' },
} as const;

/** `dunghen page read`: canonical records and the health of a saved page. */
const pageReadCommand = defineCommand({
  meta: { name: 'read', description: 'Đọc hồ sơ trong một trang đã lưu và cho biết trang đọc được đến đâu' },
  args: ARGS,
  run({ args, rawArgs }) {
    const unknown = Object.keys(args).find((name) => name !== '_' && !Object.hasOwn(ARGS, name));
    if (unknown !== undefined) throw new InputError(`không có tuỳ chọn --${unknown}`);
    const { file } = args;
    if (!file) throw new InputError('thiếu tên tệp: dunghen page read FILE.html');
    if (args._.length > 1) throw new InputError(`chỉ đọc một tệp mỗi lần, thừa: ${args._[1]}`);
    if (rawArgs.includes('--adapter') && !args.adapter) throw new InputError('--adapter cần một tên bộ đọc');
    const forced = args.adapter === undefined ? undefined : adapterById(args.adapter);
    if (args.adapter !== undefined && forced === undefined) {
      const known = ADAPTERS.map(({ meta }) => meta.id).join(', ');
      throw new InputError(`--adapter: không có bộ đọc «${args.adapter}»; có: ${known}`);
    }
    const html = readHtml(file);
    const doc = parse(html);
    const url = urlOf(html, doc, args.url);
    const readAt = Math.floor(Date.now() / 60_000);
    const reading = readPage(doc, { url, readAt }, forced);
    const summary = summaryOf(reading, url);
    if (args.json || !process.stdout.isTTY) {
      for (const record of reading.records) console.log(JSON.stringify(record));
      console.log(JSON.stringify({ health: summary }));
    } else {
      printTable(reading, summary);
    }
    if (!summary.ok) process.exitCode = EXIT.findings;
  },
});

export const pageCommand = defineCommand({
  meta: { name: 'page', description: 'Trang đã lưu của hệ thống một cửa' },
  subCommands: { read: pageReadCommand },
});
