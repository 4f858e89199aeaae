import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Body,
  blankFax,
  encrypt,
  has,
  makePdf,
  scanPage,
  stream,
  textPage,
  wholePage,
} from '../fixtures/pdf/make.ts';
import { Authority, type Identity, sign } from '../fixtures/pdf/sign.ts';
import { axeFaults } from './axe.ts';
import { type Stage, screenshot, setStage } from './harness.ts';

interface Given {
  name: string;
  mimeType: string;
  buffer: Buffer;
}
const pdf = (name: string, buffer: Buffer): Given => ({ name, mimeType: 'application/pdf', buffer });

/** One form that unfolds to more than any stream may, and forms that call one another without end. */
function hostile(): Buffer {
  const form = (body: string) =>
    stream(
      body,
      '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 1000 0 R /B 1001 0 R >> >>',
    );
  const more = new Map<number, Body>([
    [1000, form('/B Do '.repeat(20))],
    [1001, form('/A Do '.repeat(20))],
    [1002, stream(deflateSync(Buffer.alloc(80 * 1024 * 1024, 'q Q ')), '/Filter /FlateDecode')],
  ]);
  const calls = { content: '/A Do', extra: '/Resources << /XObject << /A 1000 0 R /B 1001 0 R >> >>' };
  return makePdf([calls, { extra: '/Contents 1002 0 R' }, textPage('sau')], { more });
}

describe('"Kiểm tra tệp"', () => {
  let stage: Stage;
  let page: Page;
  let authority: Authority;
  let root: Identity;
  let person: Identity;
  const asked: string[] = [];

  beforeAll(async () => {
    stage = await setStage({ count: 8 });
    authority = new Authority();
    root = authority.certificate({ name: 'CA thu nghiem', as: 'root' });
    person = authority.certificate({ name: 'NGUYEN VAN MAU', issuer: root });
  });
  afterAll(async () => {
    authority?.close();
    await stage?.close();
  });

  beforeEach(async () => {
    page = await stage.context.newPage();
    asked.length = 0;
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`chrome-extension://${stage.extensionId}/inspect.html`);
    await page.getByRole('button', { name: 'Chọn tệp' }).waitFor();
  });
  afterEach(async () => {
    expect(stage.takeErrors()).toEqual([]);
    const foreign = asked.filter((url) => !url.startsWith(`chrome-extension://${stage.extensionId}/`));
    expect(foreign).toEqual([]);
    await page.close();
  });

  const card = (name: string): Locator => page.getByRole('article', { name });

  const passesAxe = async () => expect(await axeFaults(page)).toEqual([]);

  /** Gives files and waits until each is through. */
  async function give(...files: Given[] | [path: string]): Promise<void> {
    const before = await page.locator('article').count();
    await page.getByLabel('Chọn tệp để kiểm tra').setInputFiles(files as Given[]);
    await expect.poll(() => page.locator('article').count()).toBe(before + files.length);
    await expect
      .poll(() => page.locator('article:is([data-state=waiting],[data-state=running])').count(), { timeout: 90_000 })
      .toBe(0);
  }

  /** The words of a card, opened. */
  async function told(name: string): Promise<string> {
    const details = card(name).locator(':scope > details');
    if (!(await details.evaluate((one: HTMLDetailsElement) => one.open)))
      await details.locator(':scope > summary').click();
    await card(name).locator('dl').last().waitFor();
    return (await card(name).allInnerTexts()).join(' ').replace(/\s+/g, ' ');
  }

  it('tells what is in good, coarse, blank and renamed files', async () => {
    const good = makePdf([scanPage(300), scanPage(300, 12)]);
    const coarse = makePdf([scanPage(72)]);
    const fax = { content: wholePage('Im'), images: { Im: blankFax(1654, 2339) } };
    const blank = makePdf([scanPage(300), {}, fax]);
    await give(
      pdf('tot.pdf', good),
      pdf('mo.pdf', coarse),
      pdf('trang.pdf', blank),
      pdf('word.pdf', Buffer.from('PK\u0003\u0004word/document.xml')),
      pdf('rong.pdf', Buffer.alloc(0)),
      pdf('ban-sao.pdf', good),
      { name: 'anh.txt', mimeType: 'text/plain', buffer: Buffer.from('không phải tệp quét') },
    );
    expect(await told('tot.pdf')).toMatch(/Không thấy lỗi.*2 trang.*Ảnh quét từ 300 dpi.*Không có chữ ký số/);
    expect(await told('mo.pdf')).toMatch(/Cần xem.*thấp hơn 200 dpi.*thấp nhất 72 dpi.*Nguồn của ngưỡng: Thông tư/);
    // The fax can only be seen to be blank when its decoder was loaded from the package.
    expect(await told('trang.pdf')).toMatch(/Trang trắng, không có gì: trang 2.*Trang quét gần như trắng: trang 3/);
    expect(await told('word.pdf')).toContain('Không phải PDF: nội dung là tệp Word (.docx)');
    expect(await told('rong.pdf')).toContain('Tệp rỗng (0 byte)');
    expect(await told('anh.txt')).toContain('Không phải PDF: nội dung là loại tệp không nhận ra');
    expect((await page.locator('.notice').allInnerTexts()).join()).toMatch(
      /Cùng một tệp: 1\. tot\.pdf, 6\. ban-sao\.pdf/,
    );
    await page.getByRole('button', { name: 'Gấp hết' }).click();
    await screenshot(page, 'inspect-light');
    await told('trang.pdf');
    await card('trang.pdf').getByText('Từng trang (3)').click();
    await card('trang.pdf').locator('tbody').waitFor();
    expect(await card('trang.pdf').locator('tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/^1\s+210 × 297\s+300\s/),
      expect.stringContaining('▲ Trắng'),
      expect.stringContaining('▲ Gần như trắng'),
    ]);
    await passesAxe();
    await page.emulateMedia({ colorScheme: 'dark' });
    await passesAxe();
    await card('trang.pdf').scrollIntoViewIfNeeded();
    await screenshot(page, 'inspect-dark');
  });

  it('verifies signatures, and says when the signed part was altered', async () => {
    const signed = sign(makePdf([textPage('Quyet dinh')]), { value: (data) => authority.cms(data, person) });
    const altered = Buffer.from(signed);
    // A letter of the signed part: the title of the signature field.
    altered.write('Cho', signed.indexOf('(Chu ky') + 1, 'latin1');
    await give(pdf('da-ky.pdf', signed), pdf('bi-sua.pdf', altered));
    const whole = await told('da-ky.pdf');
    expect(whole).toMatch(/Không thấy lỗi.*Chữ ký số \(1\).*phần đã ký còn nguyên vẹn/);
    expect(whole).toMatch(/Người ký NGUYEN VAN MAU.*Cấp chứng thư CA thu nghiem/);
    expect(whole).toMatch(/Vùng byte đã ký 0–.*không kiểm tra được chuỗi/);
    expect(await told('bi-sua.pdf')).toMatch(/Có lỗi.*phần đã ký ĐÃ BỊ SỬA/);
    await card('da-ky.pdf').scrollIntoViewIfNeeded();
    await passesAxe();
    await screenshot(page, 'inspect-signed');
  });

  it('judges the chain by the certificates that someone trusts on this machine', async () => {
    const signed = sign(makePdf([textPage('Quyet dinh')]), { value: (data) => authority.cms(data, person) });
    const certificate = (name: string, from: Identity | string) => ({
      name,
      mimeType: 'application/x-x509-ca-cert',
      buffer: typeof from === 'string' ? readFileSync(from) : Buffer.from(from.der),
    });
    const choose = (...files: Given[]) => page.getByLabel('Chọn chứng thư CA').setInputFiles(files);
    const list = page.getByRole('region', { name: 'Chứng thư gốc tin cậy' });
    const chain = async (name: string) => /Chuỗi chứng thư (.*?) Dạng/.exec(await told(name))?.[1];

    await give(pdf('da-ky.pdf', signed));
    expect(await chain('da-ky.pdf')).toBe('không kiểm tra được chuỗi chứng thư: chưa khai chứng thư gốc tin cậy');
    await choose(certificate('khoa.pem', root.key));
    await list.getByText('khoa.pem: tệp có khóa bí mật').waitFor();
    await choose({ ...pdf('gia.cer', signed) });
    await list.getByText('gia.cer: không phải chứng thư').waitFor();

    // Of the same name, with another key.
    const twin = authority.certificate({ name: 'CA thu nghiem', as: 'root' });
    await choose(certificate('khac.cer', twin));
    await list.getByRole('button', { name: 'Tin và kiểm tra lại' }).click();
    await expect.poll(() => chain('da-ky.pdf')).toBe('chuỗi chứng thư không hợp lệ');
    await list.getByRole('button', { name: 'Bỏ chứng thư CA thu nghiem' }).click();
    await expect.poll(() => chain('da-ky.pdf')).toContain('chưa khai chứng thư gốc tin cậy');

    await choose(certificate('goc.crt', root.cert));
    const printed = authority.openssl('x509', '-in', root.cert, '-noout', '-fingerprint', '-sha256').toString();
    const asked = ((await list.locator('.candidates').textContent()) ?? '').replace(/\s/g, '');
    expect(asked).toContain((printed.split('=')[1] ?? '').trim().replace(/:/g, '').toLowerCase());
    expect(asked).toContain('tựcấp(gốc)');
    await passesAxe();
    await list.scrollIntoViewIfNeeded();
    await screenshot(page, 'inspect-anchor-asked');
    await list.getByRole('button', { name: 'Tin và kiểm tra lại' }).click();
    await expect.poll(() => chain('da-ky.pdf')).toMatch(/^chuỗi chứng thư dẫn tới gốc tin cậy/);
    await passesAxe();
    await screenshot(page, 'inspect-anchor-trusted');

    // It stays, for a person whose certificate another one issued too.
    await page.reload();
    await list.getByText('CA thu nghiem').waitFor();
    const between = authority.certificate({ name: 'CA cap giua', as: 'root', issuer: root });
    const leaf = authority.certificate({ name: 'TRAN THI MAU', issuer: between });
    const deep = sign(makePdf([textPage('a')]), { value: (data) => authority.cms(data, leaf, { chain: [between] }) });
    const lost = sign(makePdf([textPage('b')]), { value: (data) => authority.cms(data, leaf) });
    await give(pdf('hai-cap.pdf', deep), pdf('thieu-cap.pdf', lost));
    expect(await chain('hai-cap.pdf')).toMatch(/^chuỗi chứng thư dẫn tới gốc tin cậy/);
    expect(await chain('thieu-cap.pdf')).toContain('thiếu chứng thư cấp trên');
    await list.getByRole('button', { name: 'Bỏ chứng thư CA thu nghiem' }).click();
    await list.getByText('Chưa có, nên không kiểm tra được chuỗi').waitFor();
    await list.getByRole('button', { name: 'Hoàn tác' }).click();
    await list.getByRole('button', { name: 'Bỏ chứng thư CA thu nghiem' }).click();
  });

  it.runIf(has('qpdf'))('says why an encrypted file does not open', async () => {
    const plain = makePdf([textPage('Noi dung')]);
    await give(pdf('mat-khau.pdf', encrypt(plain, 'bi-mat')), pdf('han-che.pdf', encrypt(plain, '')));
    expect(await told('mat-khau.pdf')).toMatch(/Có lỗi.*Tệp có mật khẩu, không mở được/);
    expect(await told('han-che.pdf')).toMatch(/Cần xem.*hạn chế in hoặc sao chép/);
  });

  it('survives files made to harm, and goes on', async () => {
    await give(pdf('hai.pdf', hostile()), pdf('cut.pdf', makePdf([scanPage(150)]).subarray(0, 3000)));
    expect(await told('hai.pdf')).toMatch(/Không đọc được trang: trang 1–2/);
    expect(await told('cut.pdf')).toMatch(/Cần xem|Có lỗi/);
    await give(pdf('sau.pdf', makePdf([textPage('binh thuong')])));
    expect(await told('sau.pdf')).toMatch(/Không thấy lỗi.*1 trang/);
    const big = join(authority.folder, 'to.pdf');
    writeFileSync(big, '%PDF-1.7\n');
    truncateSync(big, 201 * 1024 * 1024);
    await give(big);
    expect((await card('to.pdf').allInnerTexts()).join()).toContain('Tệp lớn hơn 200 MB nên không kiểm tra');
    await page.getByRole('button', { name: 'Xoá kết quả' }).click();
    expect(await page.locator('article').count()).toBe(0);
  });
});
