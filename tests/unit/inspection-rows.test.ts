import { describe, expect, it } from 'vitest';
import { factRows, inspectFile } from '../../lib/inspection/index.ts';
import { jpeg, paper } from '../fixtures/pdf/jpeg.ts';
import { encrypt, has, makePdf, scanPage, textPage } from '../fixtures/pdf/make.ts';

const NOW = 29_900_000;
const rows = async (bytes: Uint8Array) =>
  Object.fromEntries(factRows(await inspectFile(bytes, { now: NOW })).map(({ name, text }) => [name, text]));

describe('the facts of a file, one by one', () => {
  it('of a PDF name the pages', async () => {
    const catalogue = '/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert(1)) >>] >> >>';
    expect(await rows(makePdf([scanPage(100), {}, textPage('mot hai'), scanPage(150)], { catalogue }))).toMatchObject({
      'Loại tệp': 'PDF (theo nội dung, không theo tên)',
      'Mở được': 'Có',
      'Số trang': '4',
      'Trang trắng': 'trang 2',
      'Độ phân giải': '100–150 dpi',
      'Màu của ảnh': 'xám: trang 1, 4',
      'Lớp văn bản': 'chữ: trang 3',
      'Mã hoá': 'Không',
      'Tự khai PDF/A': 'Không',
      'Mã chạy, tệp kèm': 'mã JavaScript',
      'Chữ ký số': 'Không có',
    });
  });

  it('of a picture say what its fineness would be on a sheet', async () => {
    expect(await rows(jpeg(paper(827, 1169, 10)))).toMatchObject({
      'Loại tệp': 'ảnh JPEG (theo nội dung, không theo tên)',
      'Kích thước ảnh': '827 × 1169 điểm ảnh',
      'Độ phân giải': '100 dpi nếu là cả tờ A4',
      'Màu của ảnh': 'xám',
    });
  });

  it('of what does not open say why', async () => {
    expect(await rows(Buffer.alloc(0))).toEqual({
      'Loại tệp': 'tệp rỗng (theo nội dung, không theo tên)',
      'Dung lượng': '0 byte (0 byte)',
      'Mở được': 'Tệp rỗng (0 byte)',
      'SHA-256': 'chưa tính',
    });
  });

  it.runIf(has('qpdf'))('of an encrypted file tell a password from restrictions', async () => {
    const plain = makePdf([textPage('x')]);
    expect(await rows(encrypt(plain, 'mat-khau'))).toMatchObject({ 'Mở được': 'Tệp có mật khẩu, không mở được' });
    expect((await rows(encrypt(plain, '')))['Mã hoá']).toContain('hạn chế in hoặc sao chép');
  });
});
