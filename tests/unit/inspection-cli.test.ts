import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { humanText } from '../../cli/inspect.ts';
import { makePdf, scanPage, textPage } from '../fixtures/pdf/make.ts';
import { Authority, sign } from '../fixtures/pdf/sign.ts';

const MAIN = join(import.meta.dirname, '../../cli/main.ts');

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

function inspect(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, 'inspect', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
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
    .map((line) => JSON.parse(line));

let folder: string;
let authority: Authority;
const file = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunghen-'));
  authority = new Authority();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  authority.close();
});

describe('dunghen inspect', () => {
  it('a good file: facts on one line, exit 0, nothing else said', async () => {
    const path = file('tot.pdf', makePdf([textPage('Xin chao')]));
    const ran = await inspect(path);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(linesOf(ran)).toMatchObject([
      {
        file: path,
        kind: 'pdf',
        opens: { ok: true },
        pdf: { pages: 1 },
        findings: [{ code: 'text' }, { code: 'no-signature' }],
      },
    ]);
  });

  it('findings, a name that lies and the same file twice: exit 1', async () => {
    const path = file('mo.pdf', makePdf([scanPage(72)]));
    const copy = file('ban-sao.pdf', makePdf([scanPage(72)]));
    const word = file('don.pdf', 'PK\u0003\u0004word/document.xml');
    const ran = await inspect(path, copy, word);
    expect(ran.code).toBe(1);
    const lines = linesOf(ran);
    expect(lines).toHaveLength(4);
    expect(lines[0].findings[0]).toMatchObject({ severity: 'warn', code: 'scan-dpi' });
    expect(lines[2].findings).toMatchObject([{ code: 'not-pdf' }]);
    expect(lines[3]).toEqual({ same: [path, copy] });
  });

  it('what cannot be read: exit 2, and the rest is still inspected', async () => {
    const good = file('con.pdf', makePdf([textPage('a')]));
    const huge = file('to.pdf', '%PDF-1.7');
    truncateSync(huge, 201 * 1024 * 1024);
    const ran = await inspect(join(folder, 'khong-co.pdf'), file('rong.pdf', ''), huge, folder, good);
    expect(ran.code).toBe(2);
    expect(linesOf(ran).map(({ opens }) => opens.ok)).toEqual([false, true]);
    expect(
      ran.err
        .split('\n')
        .filter(Boolean)
        .map((line) => line.slice(line.indexOf(': ') + 2)),
    ).toEqual(['không có tệp này', 'tệp lớn hơn 200 MB nên không kiểm tra', 'không phải là tệp']);
  });

  it('a chain is judged by the roots of a folder, a PEM or a DER', async () => {
    const root = authority.certificate({ name: 'Goc', as: 'root' });
    const person = authority.certificate({ name: 'Nguoi ky', issuer: root });
    const path = file('ky.pdf', sign(makePdf([textPage('a')]), { value: (data) => authority.cms(data, person) }));
    const chain = async (...args: string[]) => linesOf(await inspect(path, ...args))[0].pdf.signatures[0].chain;
    expect(await chain()).toBe('no-anchors');
    for (const anchors of [authority.anchorFolder(root), root.cert, file('goc.der', root.der)]) {
      expect(await chain('--anchors', anchors)).toBe('trusted');
    }
  });

  it.each([
    ['no file', [], 'thiếu tên tệp'],
    ['an unknown option', ['x.pdf', '--nhanh'], 'không có tuỳ chọn --nhanh'],
    ['anchors that are none', ['x.pdf', '--anchors', MAIN], 'không phải chứng thư'],
    ['anchors that are not there', ['x.pdf', '--anchors', `${MAIN}.khong`], 'không có tệp này'],
  ])('%s is one line and exit 2', async (_, args, message) => {
    const { code, out, err } = await inspect(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('is read by a person as one line a finding', () => {
    const findings = [
      { severity: 'error', code: 'a', text: 'Sai' },
      { severity: 'warn', code: 'b', text: 'Nên xem' },
      { severity: 'info', code: 'c', text: 'Biết thêm' },
    ] as const;
    expect(humanText('a.pdf', 'PDF · 1 trang', findings)).toBe(
      'a.pdf: PDF · 1 trang\n  ✗ Sai\n  ! Nên xem\n  · Biết thêm',
    );
  });

  it('a folder without certificates is refused', async () => {
    const empty = join(folder, 'trong');
    mkdirSync(empty);
    expect((await inspect('x.pdf', '--anchors', empty)).err).toContain('không có tệp chứng thư');
  });
});
