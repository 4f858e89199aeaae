import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../cli/main.ts';
import { Dossier } from '../../lib/schema/index.ts';
import { type Fixture, loadFixtures } from '../fixtures/pages.ts';

function fixture(name: string): Fixture {
  const found = fixtures.find((one) => one.name === name);
  if (!found) throw new Error(`no fixture ${name}`);
  return found;
}

const MAIN = join(import.meta.dirname, '../../cli/main.ts');
const fixtures = loadFixtures();

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** The command line in this process: a start of Node costs more than all that it does here. */
async function dunghen(...args: string[]): Promise<Ran> {
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const err = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const text = (spy: typeof out) => spy.mock.calls.map(([line]) => `${line}\n`).join('');
  process.exitCode = 0;
  try {
    await run(args);
    return { code: Number(process.exitCode), out: text(out), err: text(err) };
  } finally {
    process.exitCode = 0;
    vi.restoreAllMocks();
  }
}

/** The program itself. */
function program(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const linesOf = ({ out }: Ran) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

let folder: string;
const file = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunghen-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('dunghen page read', () => {
  it.each(fixtures.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const ran = await dunghen('page', 'read', one.file, '--url', one.expected.url);
    const lines = linesOf(ran);
    const health = lines.pop()?.health as Record<string, unknown>;
    expect(ran.err).toBe('');
    expect(lines.map(({ code }) => code)).toEqual(one.expected.records.map(({ code }) => code));
    for (const line of lines) expect(Dossier.safeParse(line).success).toBe(true);
    expect(health).toMatchObject({
      adapter: one.expected.adapter,
      kind: one.expected.kind,
      changed: one.expected.changed,
      rows: one.expected.records.length,
      unreadable: one.expected.unreadable,
      url: one.expected.url,
    });
    const fields = health.fields as { field: string; found: number; expected: number }[];
    expect(fields.filter(({ found, expected }) => expected > 0 && found === 0).map(({ field }) => field)).toEqual(
      one.expected.missing,
    );
    const { adapter, changed, loading, unreadable, missing } = one.expected;
    const findings = adapter === null || changed || loading || unreadable > 0 || missing.length > 0;
    // One detail page may lack a date without anything being wrong; everything else is as the expectation says.
    if (one.expected.kind === 'detail' && unreadable === 0) expect([0, 1]).toContain(ran.code);
    else expect(ran.code).toBe(findings ? 1 : 0);
    expect(health.ok).toBe(ran.code === 0);
  });

  it('finds the address that the browser wrote into the saved page', async () => {
    const { html, expected } = fixture('igate/list-online-reception');
    const marked = html.replace('<html', `<!-- saved from url=(0052)${expected.url} -->\n<html`);
    const [record] = linesOf(await dunghen('page', 'read', file('saved.html', marked)));
    expect(record).toMatchObject({ channel: 'online' });
    const canonical = await dunghen('page', 'read', fixture('generic/list').file);
    expect(linesOf(canonical).at(-1)).toMatchObject({ health: { url: 'https://mot-cua.example.invalid/so-theo-doi' } });
    const based = html.replace('<head>', '<head><base href="https://motcua.tphcm.gov.vn/vi/dossier/online-reception">');
    expect(linesOf(await dunghen('page', 'read', file('based.html', based)))[0]).toMatchObject({ channel: 'online' });
    const neutral = await dunghen('page', 'read', file('plain.html', html));
    expect(linesOf(neutral).at(-1)).toMatchObject({ health: { url: 'https://trang-da-luu.invalid/' } });
  });

  it('reads with the adapter that is asked for', async () => {
    const { file: path } = fixture('igate/list');
    const forced = await dunghen('page', 'read', path, '--adapter', 'generic');
    expect(linesOf(forced).at(-1)).toMatchObject({ health: { adapter: 'generic', rows: 3 } });
    const wrong = await dunghen('page', 'read', path, '--adapter=opencps');
    expect(wrong.code).toBe(1);
    expect(linesOf(wrong)).toEqual([
      { health: expect.objectContaining({ adapter: 'opencps', kind: 'none', ok: false }) },
    ]);
  });

  it('runs nothing of the page and loads nothing', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('x');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { html } = fixture('igate/list');
    const mark = join(folder, 'ran.txt');
    const hostile = html.replace(
      '</head>',
      `<script>document.title='x';fetch('${origin}/fetch')</script><script src="${origin}/script.js"></script>
       <script type="module">import fs from 'node:fs';fs.writeFileSync(${JSON.stringify(mark)},'x')</script>
       <link rel="stylesheet" href="${origin}/style.css"><link rel="preload" as="script" href="${origin}/preload.js">
       <meta http-equiv="refresh" content="0;url=${origin}/refresh"></head>`,
    );
    const body = hostile.replace(
      '</body>',
      `<img src="${origin}/img.png" onerror="fetch('${origin}/onerror')"><iframe src="${origin}/frame"></iframe>
       <iframe srcdoc="&lt;img src='${origin}/inner'&gt;"></iframe><object data="${origin}/object"></object>
       <video src="${origin}/video" autoplay></video><form action="${origin}/form"></form></body>`,
    );
    const ran = await program('page', 'read', file('hostile.html', body));
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.close();
    expect(asked).toEqual([]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(linesOf(ran)).toHaveLength(4);
  });

  it('reads pages of other encodings', async () => {
    const { html } = fixture('webforms/list');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(html, 'utf16le')]);
    expect(linesOf(await dunghen('page', 'read', file('utf16.html', utf16))).at(-1)).toMatchObject({
      health: { rows: 3 },
    });
    const bom = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(html)]);
    expect(linesOf(await dunghen('page', 'read', file('bom.html', bom))).at(-1)).toMatchObject({ health: { rows: 3 } });
  });

  it.each([
    ['a file that is not there', () => join(folder, 'khong-co.html'), /khong-co\.html: không có tệp này/],
    ['a folder', () => folder, /không phải là tệp/],
    ['text', () => file('thu.txt', 'Mã hồ sơ: H29.999-260803-0012\n'), /thu\.txt: không phải là trang HTML/],
    ['nothing', () => file('rong.html', ''), /rong\.html: không phải là trang HTML/],
    [
      'a PDF',
      () => file('thu.pdf', Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u0000\u0001', 'latin1')),
      /không phải là trang HTML/,
    ],
    ['MHTML', () => file('thu.mhtml', 'From: <Saved by Blink>\nMIME-Version: 1.0\n\n<html></html>'), /MHTML/],
    [
      'a file that is too large',
      () => {
        const path = file('to.html', '<html>');
        truncateSync(path, 50 * 1024 * 1024 + 1);
        return path;
      },
      /to\.html: tệp lớn hơn 50 MB/,
    ],
  ])('refuses %s in one line', async (_, make, message) => {
    const ran = await dunghen('page', 'read', make());
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(message);
    expect(ran.err.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    [['page', 'read'], /thiếu tên tệp/],
    [['page'], /thiếu tên lệnh/],
    [['page', 'xem'], /không có lệnh này/],
    [['khac'], /không có lệnh này/],
    [['page', 'read', fixtures[0]?.file ?? '', '--adapter', 'khac'], /không có bộ đọc «khac»/],
    [['page', 'read', fixtures[0]?.file ?? '', '--url', 'khac'], /không phải địa chỉ/],
    [['page', 'read', fixtures[0]?.file ?? '', '--la'], /không có tuỳ chọn --la/],
    [['page', 'read', fixtures[0]?.file ?? '', 'hai.html'], /thừa: hai\.html/],
  ])('refuses %j', async (args, message) => {
    const ran = await dunghen(...args);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(message);
    expect(ran.err.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    ['a list', ['page', 'read', fixture('igate/list').file, '--url', fixture('igate/list').expected.url]],
    ['a list without an address', ['page', 'read', fixture('opencps/list').file]],
    ['a page that lacks something', ['page', 'read', fixture('webforms/list').file, '--adapter', 'igate']],
    ['what is no page', ['page', 'read', import.meta.filename]],
    ['an option that is none', ['page', 'read', fixture('igate/list').file, '--la']],
    ['a command that is none', ['page', 'xem']],
    ['no command', []],
    ['help', ['page', 'read', '--help']],
  ])('says the same as a program: %s', async (_, args) => {
    expect(await program(...args)).toEqual(await dunghen(...args));
  });

  it('explains itself', async () => {
    const help = await dunghen('page', 'read', '--help');
    expect(help.code).toBe(0);
    expect(help.out).toContain('--adapter');
  });
});
