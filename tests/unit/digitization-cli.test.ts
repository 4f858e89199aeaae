import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFixtures } from '../fixtures/pages.ts';
import { dossierWith, paper } from '../fixtures/papers.ts';

const MAIN = join(import.meta.dirname, '../../cli/main.ts');
const FULL = [paper('Tờ khai đăng ký khai sinh', 1), paper('Giấy chứng sinh', 1)];
const SHORT = [paper('Tờ khai đăng ký khai sinh'), paper('Giấy chứng sinh', 1)];

function check(...args: string[]): Promise<{ code: number | null; out: Record<string, unknown>[]; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, 'digitization', 'check', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('close', (code) => {
      const lines = out.split('\n').filter((line) => line !== '');
      resolve({ code, out: lines.map((line) => JSON.parse(line) as Record<string, unknown>), err });
    });
  });
}

let folder: string;
const file = (name: string, lines: readonly unknown[]) => {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunghen-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('dunghen digitization check', () => {
  it('exits 0 when every dossier is complete', async () => {
    const { code, out } = await check(file('full.ndjson', [dossierWith('1.001193', FULL), '', { health: {} }]));
    expect([code, out.length]).toEqual([0, 1]);
    expect(out[0]).toMatchObject({ code: 'H29.999-261123-0001', verdict: 'complete', basis: 'catalogue', missing: [] });
  });

  it('exits 1 and names what is missing, with a sentence', async () => {
    const { code, out } = await check(
      file('short.ndjson', [dossierWith('1.001193', FULL), dossierWith('1.001193', SHORT)]),
    );
    expect(code).toBe(1);
    expect(out[1]).toMatchObject({
      verdict: 'incomplete',
      missing: ['Tờ khai đăng ký khai sinh'],
      rows: [{ state: 'missing', text: expect.stringMatching(/chưa có tệp/) }, {}, {}, {}, {}, {}, {}, {}, {}],
    });
    expect(out[1]?.checks).toHaveLength(9);
  });

  it('exits 2 naming file, line and field, and still checks the other lines', async () => {
    const bad = { ...dossierWith('1.001193', FULL), dueAt: 'mai' };
    const path = file('bad.ndjson', [dossierWith('1.001193', FULL), bad, '{"code":']);
    const { code, out, err } = await check(path);
    expect([code, out.length]).toEqual([2, 1]);
    expect(err).toContain(`${path}:2: dueAt: phải là số`);
    expect(err).toContain(`${path}:3: không phải JSON`);
  });

  it('reads a saved page as page read does', async () => {
    const fixture = loadFixtures().find(
      ({ expected }) => expected.kind === 'detail' && expected.records[0]?.components,
    );
    const { code, out } = await check(fixture?.file as string, '--url', fixture?.expected.url as string);
    expect(code).not.toBe(2);
    expect(out[0]).toMatchObject({ code: fixture?.expected.records[0]?.code, basis: expect.any(String) });
  });

  it('lays a catalogue over the shipped one, and refuses one that is wrong', async () => {
    const catalogue = { id: 'x', version: '1', label: 'x', effectiveFrom: '2027-01-01', source: 'x' };
    const own = [{ code: '9.900001', name: 'Thử', components: [{ name: 'Đơn', kind: 'original', required: true }] }];
    const path = file('own.ndjson', [dossierWith('9.900001', [paper('Đơn')])]);
    const good = file('good.json', [{ ...catalogue, procedures: own }]);
    expect((await check(path, '--catalogue', good)).out[0]).toMatchObject({ basis: 'catalogue', missing: ['Đơn'] });
    const bad = file('bad.json', ['{', '"procedures": [{"code": "x"}]}']);
    const refused = await check(path, '--catalogue', bad);
    expect([refused.code, refused.out]).toEqual([2, []]);
    expect(refused.err).toContain(`${bad}:2: procedures[0].code`);
  });

  it.each([
    ['no file', [], /thiếu tên tệp/],
    ['a file that is not there', ['khong-co.ndjson'], /khong-co\.ndjson: không có tệp này/],
    ['a page that is not there', ['khong-co.html'], /khong-co\.html: không có tệp này/],
    ['two files', ['a.ndjson', 'b.ndjson'], /thừa: b\.ndjson/],
    ['an option that is none', ['a.ndjson', '--nhanh'], /--nhanh/],
    ['an address without a page', ['a.ndjson', '--url', 'https://motcua.example/'], /--url/],
    ['an option without its value', ['a.ndjson', '--catalogue'], /--catalogue cần/],
  ])('exits 2 for %s', async (_, args, message) => {
    const { code, err } = await check(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it('exits 2 for a file or a page without a dossier', async () => {
    expect((await check(file('empty.ndjson', ['']))).err).toMatch(/không có hồ sơ nào/);
    expect((await check(file('other.html', ['<!doctype html><p>Xin chào</p>']))).err).toMatch(
      /không đọc được hồ sơ nào/,
    );
  });
});
