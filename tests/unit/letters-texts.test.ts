import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emailOf,
  fileNameOf,
  type Letter,
  plainText,
  SMS_LIMIT,
  smsAccented,
  smsUnaccented,
  unaccented,
} from '../../lib/letters/index.ts';
import { parseMoment } from '../../lib/text/index.ts';

const at = (text: string) => ({ at: parseMoment(text)?.minute as number, dayOnly: false });
const LETTER: Letter = {
  coQuanBanHanh: 'Ủy ban nhân dân phường Mẫu',
  soKyHieu: '……/PXL',
  diaDanhNgay: 'Mẫu, ngày … tháng … năm …',
  trichYeu: 'V/v xin lỗi',
  kinhGui: 'Ông/Bà Nguyễn Văn Mẫu',
  ngayTiepNhan: at('10/11/2026 09:15'),
  tenThuTuc: 'Thủ tục mẫu',
  maHoSo: 'H29.999-261110-0001',
  ngayHenTraCu: at('25/11/2026 17:00'),
  tinhTrang: 'Đang xử lý',
  lyDo: 'chờ ý kiến.',
  loiXinLoi: 'Chúng tôi chân thành xin lỗi.',
  ngayHenTraMoi: at('02/12/2026 17:00'),
  lanHenLai: 1,
  kenhGui: 'sms',
  noiNhan: ['Như trên'],
  nguoiKy: { chucVu: 'Chủ tịch', hoTen: 'Trần Thị Mẫu' },
};
/** Characters of a message that take one place each. */
const GSM = /^[\x20-\x5a\x5f\x61-\x7a]*$/;
const KEPT = ['H29.999-261110-0001', '17:00 25/11/2026', '17:00 02/12/2026'];

describe('a message', () => {
  it('says the seven things of the city rule, with accents', () => {
    expect(smsAccented(LETTER)).toBe(
      'UBND P. Mẫu xin lỗi Ông/Bà Nguyễn Văn Mẫu: hồ sơ H29.999-261110-0001 (Thủ tục mẫu) chưa xong đúng hẹn 17:00 25/11/2026 do chờ ý kiến. Hẹn trả lại 17:00 02/12/2026.',
    );
  });

  it('gives up the procedure before the reason, and the reason word by word', () => {
    expect(smsUnaccented(LETTER).text).toBe(
      'UBND P. Mau xin loi Ong/Ba Nguyen Van Mau: ho so H29.999-261110-0001 chua xong dung hen 17:00 25/11/2026 do cho y kien. Hen tra lai 17:00 02/12/2026.',
    );
    const long = smsUnaccented({ ...LETTER, lyDo: 'cơ quan phối hợp chưa có văn bản trả lời' });
    expect(long.text).toContain(' do co quan phoi hop... Hen tra');
  });

  it('never exceeds one message and never loses the code or a date', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aàạđ Ư{“…~€😀\n'), minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(text, text, text, text, (coQuanBanHanh, kinhGui, tenThuTuc, lyDo) => {
        const sms = smsUnaccented({ ...LETTER, coQuanBanHanh, kinhGui, tenThuTuc, lyDo, noiTra: lyDo });
        expect(sms.fits).toBe(true);
        expect(sms.text.length).toBeLessThanOrEqual(SMS_LIMIT);
        expect(sms.text).toMatch(GSM);
        for (const kept of KEPT) expect(sms.text).toContain(kept);
      }),
    );
  });

  it('says so when the code alone is too long, and keeps it', () => {
    const maHoSo = 'X'.repeat(120);
    const { text, fits } = smsUnaccented({ ...LETTER, maHoSo });
    expect(fits).toBe(false);
    expect(text).toContain(maHoSo);
  });

  it('takes accents off without losing letters', () => {
    expect(unaccented('Đặng Thị Ưởng – “Hẻm” 3/4…')).toBe('Dang Thi Uong - "Hem" 3/4...');
  });
});

describe('an e-mail and plain text', () => {
  it('names no person in the subject', () => {
    const { subject, body } = emailOf(LETTER);
    expect(subject).toBe('Xin lỗi và hẹn lại ngày trả kết quả hồ sơ H29.999-261110-0001');
    expect(body).toBe(plainText(LETTER));
  });

  it('holds everything that the rule asks for, with ordinary spaces', () => {
    const text = plainText({ ...LETTER, noiTra: 'Trung tâm Mẫu.' });
    const { kinhGui, tenThuTuc, maHoSo, tinhTrang, loiXinLoi } = LETTER;
    for (const part of [kinhGui, tenThuTuc, maHoSo, tinhTrang, loiXinLoi]) expect(text).toContain(part);
    expect(text).toContain('Lý do: chờ ý kiến.\n');
    expect(text).toContain('17 giờ 00 ngày 02 tháng 12 năm 2026, tại Trung tâm Mẫu.\n');
    expect(text).not.toContain('\u00a0');
  });
});

describe('a file name', () => {
  it('is the code and the day', () => {
    expect(fileNameOf('H29.999-261110-0001', at('23/11/2026 23:30').at)).toBe('xin-loi_H29.999-261110-0001_2026-11-23');
  });

  it('is safe whatever the code is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (code) => {
        expect(fileNameOf(code, LETTER.ngayTiepNhan.at)).toMatch(/^xin-loi_[\w.-]{0,90}_2026-11-10$/);
      }),
    );
    expect(fileNameOf('../../etc/passwd', LETTER.ngayTiepNhan.at)).toBe('xin-loi_etc_passwd_2026-11-10');
    expect(fileNameOf('Đơn số 7', LETTER.ngayTiepNhan.at)).toBe('xin-loi_Don_so_7_2026-11-10');
  });
});
