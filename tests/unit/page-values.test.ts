import { describe, expect, it } from 'vitest';
import { positionOfRange } from '../../lib/page/paging.ts';
import { isMatchPattern, matchesPattern } from '../../lib/page/pattern.ts';
import {
  readCodeCell,
  readLimit,
  readMoment,
  readProcedure,
  readStatus,
  readTitleStatus,
} from '../../lib/page/values.ts';
import { isoOf } from '../../lib/text/index.ts';

const moment = (...lines: string[]) => {
  const read = readMoment(lines);
  return typeof read === 'string' ? read : `${isoOf(read.minute).slice(0, 16)}${read.dayOnly ? ' day' : ''}`;
};

describe('a moment', () => {
  it.each([
    [['06/08/2026 17:00:00', 'Quá hạn 1 ngày'], '2026-08-06T17:00'],
    [['06/08/2026', '17:00'], '2026-08-06T17:00'],
    [['17:00', '06/08/2026'], '2026-08-06T17:00'],
    [['06/08/2026'], '2026-08-06T00:00 day'],
    [['16:30 ngày 11/08/2026'], '2026-08-11T16:30'],
    [['2026-08-13T16:30:00.000+0700'], '2026-08-13T16:30'],
    [['Quá hạn 1 ngày', '06/08/2026'], '2026-08-06T00:00 day'],
    // A date that cannot be is not replaced by another one.
    [['31/02/2026', '06/08/2026'], 'unreadable'],
    [['01/01/0001 00:00:00'], 'unreadable'],
    [['46237'], 'unreadable'],
    [['Còn 1.5 ngày'], 'not-shown'],
    [['undefined'], 'absent'],
    [['Không quy định'], 'absent'],
    [['-'], 'absent'],
    [['Không có ngày hẹn trả'], 'none'],
    [['KHÔNG HẸN NGÀY TRẢ.'], 'none'],
    [['Không xác định thời hạn', 'Đang xử lý'], 'none'],
    // A date wins over words beside it; words that merely contain the known ones say nothing.
    [['06/08/2026', 'Không có ngày hẹn trả'], '2026-08-06T00:00 day'],
    [['Không có ngày hẹn trả vì chờ họp'], 'unreadable'],
    [[], 'absent'],
  ])('%j is %s', (lines, expected) => {
    expect(moment(...lines)).toBe(expected);
  });
});

describe('a limit', () => {
  it.each([
    ['5 ngày làm việc', { value: 5, unit: 'workday' }],
    ['1,5 ngày làm việc', { value: 1.5, unit: 'workday' }],
    ['8 giờ làm việc', { value: 8, unit: 'hour' }],
    ['2 ngày 4 giờ làm việc', { value: 20, unit: 'hour' }],
    ['30 ngày', { value: 30, unit: 'calendarDay' }],
    ['0 ngày làm việc', undefined],
    ['Trong ngày', { value: 0, unit: 'workday' }],
    ['NGAY TRONG NGÀY LÀM VIỆC', { value: 0, unit: 'workday' }],
    ['Trả ngay', { value: 0, unit: 'workday' }],
    ['Trong ngày; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo', { value: 0, unit: 'workday' }],
    ['Trả trong ngày làm việc tiếp theo', undefined],
    ['Trong ngày 05/08/2026', undefined],
    ['Trong ngày, cần xác minh thì 03 ngày làm việc', undefined],
    ['Trong 03 ngày làm việc', { value: 3, unit: 'workday' }],
    ['Trả ngày 05', undefined],
    ['02 tháng', { value: 2, unit: 'month' }],
    ['2 năm', { value: 2, unit: 'year' }],
    ['02 tháng và 15 ngày làm việc', undefined],
    ['15 ngày làm việc và 02 tháng', undefined],
    ['01 năm 6 tháng', undefined],
    ['1,5 tháng', undefined],
    ['tháng 9 năm 2026', undefined],
    ['15 ngày làm việc (từ tháng 7/2025)', { value: 15, unit: 'workday' }],
    ['2 ngày 4 giờ', undefined],
    ['2 ngày 0 giờ làm việc', { value: 2, unit: 'workday' }],
    ['Không quy định', undefined],
    ['', undefined],
  ])('«%s»', (text, expected) => {
    expect(readLimit(text)).toEqual(expected);
  });
});

describe('a status', () => {
  it('is read from the whole cell, then from a line of it', () => {
    expect(readStatus(['Đang xử lý']).code).toBe(4);
    expect(readStatus(['Đang xử lý', 'Chuyên viên thẩm định']).code).toBe(4);
    expect(readStatus(['Trạng thái: Yêu cầu bổ sung giấy tờ']).code).toBe(5);
    expect(readStatus(['Đang xử lý', 'Đã trả kết quả']).code).toBe('unknown');
    expect(readStatus(['Đang chờ ý kiến']).code).toBe('unknown');
    expect(readStatus([])).toEqual({ code: 'unknown', text: '' });
  });

  it('of a title is what stands behind «danh sách hồ sơ»', () => {
    expect(readTitleStatus('DANH SÁCH HỒ SƠ CHỜ TRẢ KẾT QUẢ')?.code).toBe(9);
    expect(readTitleStatus('Đang xử lý')?.code).toBe(4);
    expect(readTitleStatus('Danh sách hồ sơ')).toBeNull();
    expect(readTitleStatus('HỒ SƠ QUÁ HẠN')).toBeNull();
  });
});

describe('a procedure', () => {
  it.each([
    ['Đăng ký thường trú', '9.900001 - Đăng ký thường trú', { code: '9.900001', name: 'Đăng ký thường trú' }],
    ['Cấp bản sao…', '9.900002 - Cấp bản sao Trích lục', { code: '9.900002', name: 'Cấp bản sao Trích lục' }],
    ['Cấp bản sao...', 'Cấp bản sao Trích lục', { name: 'Cấp bản sao Trích lục' }],
    ['Đăng ký thường trú', 'Nhấn để xem', { name: 'Đăng ký thường trú' }],
    ['9.900003 - Khai sinh', null, { code: '9.900003', name: 'Khai sinh' }],
    ['3.000181.000.00.00.H22', null, { code: '3.000181.000.00.00.H22' }],
    ['', null, {}],
  ])('«%s» with the tooltip «%s»', (text, title, expected) => {
    expect(readProcedure(text, title)).toEqual(expected);
  });
});

describe('a code cell', () => {
  const codes = (...lines: string[]) => readCodeCell(lines)?.codes;

  it('gives the first code, the others as aliases', () => {
    expect(codes('H29.999-260803-0012', 'DVCQG: G00.99-260803-0077')).toEqual({
      code: 'H29.999-260803-0012',
      aliases: ['G00.99-260803-0077'],
      codeKnown: true,
    });
  });

  it('shows a strange code, and does not take the national one for it', () => {
    expect(codes('HS/LẠ 00040-26', 'DVCQG: G00.99-260803-0077')).toEqual({
      code: 'HS/LẠ 00040-26',
      aliases: ['G00.99-260803-0077'],
      codeKnown: false,
    });
  });

  it('knows the channel beside the code', () => {
    expect(readCodeCell(['HS/LẠ 00041-26 - Hồ sơ một cửa'])).toMatchObject({
      codes: { code: 'HS/LẠ 00041-26' },
      channel: 'counter',
    });
    expect(readCodeCell(['H29.999-260803-0012', 'Hồ sơ trực tuyến'])).toMatchObject({ channel: 'online' });
  });

  it.each([['Hồ sơ trực tuyến'], ['Tổng cộng: 24'], ['Không có hồ sơ nào'], ['Chủ hồ sơ: TRẦN VĂN 2'], ['']])(
    'is not made of «%s»',
    (line) => {
      expect(readCodeCell([line])).toBeNull();
    },
  );

  it('beside a person gives known codes only', () => {
    expect(readCodeCell(['HS 12', 'TRẦN THỊ MẪU 2'], true)).toBeNull();
    expect(readCodeCell(['TRẦN THỊ MẪU', 'H29.999-260803-0012'], true)?.codes.code).toBe('H29.999-260803-0012');
  });
});

describe('a range label', () => {
  it.each([
    ['1 – 10 of 340', null, { page: 1, pages: 34, total: 340 }],
    ['331 – 340 của 340', 10, { page: 34, pages: 34, total: 340 }],
    ['331 – 335 của 335', null, { page: null, pages: null, total: 335 }],
    ['1 - 20 trong tổng số 1.234', 20, { page: 1, pages: 62, total: 1234 }],
    ['21–40 / 1,234', 20, { page: 2, pages: 62, total: 1234 }],
    ['0 của 0', 20, { page: 1, pages: 1, total: 0 }],
    ['', 20, { page: null, pages: null, total: null }],
  ])('«%s» with pages of %s', (label, size, expected) => {
    expect(positionOfRange(label, size)).toEqual(expected);
  });
});

describe('a match pattern', () => {
  it('is one of the browsers’ own', () => {
    expect(isMatchPattern('https://motcua.tphcm.gov.vn/*')).toBe(true);
    expect(isMatchPattern('motcua.tphcm.gov.vn')).toBe(false);
  });

  it.each([
    ['https://motcua.tphcm.gov.vn/*', 'https://motcua.tphcm.gov.vn/vi/home', true],
    ['https://motcua.tphcm.gov.vn/*', 'http://motcua.tphcm.gov.vn/vi/home', false],
    ['https://motcua.tphcm.gov.vn/*', 'https://motcua.tphcm.gov.vn.khac.vn/', false],
    ['*://*.vnptigate.vn/*', 'https://a.vnptigate.vn/vi', true],
    ['*://*.vnptigate.vn/*', 'https://xvnptigate.vn/vi', false],
    ['http://localhost/*', 'http://localhost:4100/vi', true],
  ])('%s and %s: %s', (pattern, url, expected) => {
    expect(matchesPattern(pattern, new URL(url))).toBe(expected);
  });
});
