import { describe, expect, it } from 'vitest';
import data from '../../lib/page/data/headers.json' with { type: 'json' };
import {
  channelIn,
  channelOf,
  componentColumn,
  type HeaderField,
  headerKey,
  mapColumns,
  matchHeader,
  matchLabel,
  readGlued,
  readLabelled,
  titleCandidates,
} from '../../lib/page/headers.ts';

const columns = (...headers: string[]) => mapColumns(headers.map((text) => [[text]]));
const fieldOf = (text: string) => matchHeader([text])?.field ?? null;

describe('header words', () => {
  const words = data.fields.flatMap((entry) =>
    [...entry.strong, ...entry.weak].map((text) => [text, entry.field as HeaderField] as const),
  );

  it.each(words)('«%s» is %s, however it is written', (text, field) => {
    expect(fieldOf(text)).toBe(field);
    expect(fieldOf(text.toLocaleUpperCase('vi'))).toBe(field);
    expect(fieldOf(`  ${text.normalize('NFD')} (*): `)).toBe(field);
  });

  it('name no field twice', () => {
    const keys = words.map(([text]) => headerKey(text));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  it('carry their source and their day', () => {
    expect(data.source.length).toBeGreaterThan(40);
    expect(data.checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(data.effectiveFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it.each([
    ['Ngày hẹn trả kết quả cho công dân', 'dueAt'],
    ['Thời điểm hẹn trả', 'dueAt'],
    ['Ngày tiếp nhận hồ sơ tại quầy', 'receivedAt'],
    ['Mã hồ sơ (DVC)', 'code'],
    ['Tên thủ tục hành chính thực hiện', 'procedure'],
    ['Trạng thái hồ sơ hiện nay', 'status'],
    ['Họ tên chủ hồ sơ', 'private'],
    ['Số điện thoại người nộp', null],
    ['Hẹn trả lại lần 1', 'extendedDueAt'],
  ] as const)('«%s» is %s by the words in it', (text, field) => {
    expect(fieldOf(text)).toBe(field);
  });

  it.each([
    // Never the received date.
    ['Ngày hẹn trả', 'dueAt'],
    ['Ngày nhận kết quả', 'returnedAt'],
    ['Cán bộ tiếp nhận', null],
    ['Hình thức tiếp nhận hồ sơ', 'channel'],
    // Never the promise.
    ['Quá hạn trả', null],
    ['Chậm hạn trả', null],
    ['Lý do hẹn trả', null],
    ['Nơi hẹn trả', null],
    ['Số lần hẹn trả', null],
    ['Hạn xử lý bước', null],
    ['Thời hạn giải quyết', 'limit'],
    // Never the status of the dossier.
    ['Trạng thái thanh toán', null],
    ['Trạng thái đồng bộ', null],
    // Never a code of this dossier.
    ['Tổng số hồ sơ', null],
    ['Số hồ sơ tiếp nhận', null],
    ['Mã hồ sơ gốc', null],
    ['Mã hồ sơ khác', 'otherCode'],
    ['Mã thủ tục', 'procedureCode'],
    ['', null],
    ['Nhiệt độ', null],
  ] as const)('trap: «%s» is %s', (text, field) => {
    expect(fieldOf(text)).toBe(field);
  });

  it('of two moments in one header are a merged column', () => {
    expect(fieldOf('Ngày tiếp nhận - Ngày hẹn trả')).toBe('times');
    expect(matchHeader(['Ngày tiếp nhận', 'Ngày hẹn trả'])?.field).toBe('times');
    expect(fieldOf('Tiếp nhận/Hẹn trả')).toBe('times');
  });

  it('beside a person make the column private, but for a code', () => {
    expect(fieldOf('Chủ hồ sơ / Ngày tiếp nhận')).toBe('private');
    expect(fieldOf('Thủ tục và người nộp')).toBe('private');
    expect(matchHeader(['Mã hồ sơ', 'Chủ hồ sơ'])).toMatchObject({ field: 'code', mixed: true });
  });

  it('label a detail page the same way', () => {
    expect(matchLabel('Ngày hẹn trả:')).toBe('dueAt');
    expect(matchLabel('Chủ hồ sơ: ')).toBe('private');
    expect(matchLabel('Điện thoại:')).toBe('private');
  });
});

describe('columns', () => {
  it('serve one field each, the strongest word wins', () => {
    expect(columns('Hạn xử lý', 'Mã hồ sơ', 'Ngày hẹn trả').index).toMatchObject({ dueAt: 2, code: 1 });
    expect(columns('Ngày hẹn trả', 'Hạn xử lý').index.dueAt).toBe(0);
    expect(columns('Hạn xử lý', 'Mã hồ sơ').index.dueAt).toBe(0);
    expect(columns('Số biên nhận', 'Mã hồ sơ').index.code).toBe(1);
    expect(columns('Mã hồ sơ', 'Mã hồ sơ').index.code).toBe(0);
    const both = columns('Ngày tiếp nhận', 'Ngày hẹn trả', 'Ngày hẹn trả');
    expect(both.index).toEqual({ receivedAt: 0, dueAt: 1 });
  });

  it('of «Ngày trả» mean the return only beside a due column, and never the promise', () => {
    expect(columns('Mã hồ sơ', 'Ngày tiếp nhận', 'Ngày trả').index.returnedAt).toBeUndefined();
    expect(columns('Mã hồ sơ', 'Ngày tiếp nhận', 'Ngày trả').index.dueAt).toBeUndefined();
    expect(columns('Mã hồ sơ', 'Ngày hẹn trả', 'Ngày trả').index).toMatchObject({ dueAt: 1, returnedAt: 2 });
  });

  it('that are only numbered or pressed are not counted as known', () => {
    expect(columns('STT', 'Thao tác', 'Mã hồ sơ').known).toBe(1);
    expect(columns('STT', 'Chủ hồ sơ', 'Mã hồ sơ').known).toBe(2);
  });
});

describe('labelled lines', () => {
  const read = (...lines: string[]) => Object.fromEntries(readLabelled(lines));

  it('give each value to its own label', () => {
    expect(
      read('Ngày gửi: 03/08/2026 08:01:10', 'Tiếp nhận: 03/08/2026 09:30:57', 'Hẹn trả: 10/08/2026 09:30:00'),
    ).toEqual({
      submittedAt: '03/08/2026 08:01:10',
      receivedAt: '03/08/2026 09:30:57',
      dueAt: '10/08/2026 09:30:00',
    });
  });

  it('end where the line ends, so an empty promise stays empty', () => {
    expect(read('Hẹn trả: ', 'Quá hạn 3.25 ngày từ 01/08/2026')).toEqual({ dueAt: '' });
  });

  it('end at the next label of the same line', () => {
    expect(read('Tiếp nhận: 03/08/2026 09:30 Hẹn trả: 10/08/2026 Còn 30.75 ngày Gia hạn: 12/08/2026')).toEqual({
      receivedAt: '03/08/2026 09:30',
      dueAt: '10/08/2026 Còn 30.75',
      extendedDueAt: '12/08/2026',
    });
  });

  it('never give a person, nor the step’s limit for the promise', () => {
    expect(read('Chủ hồ sơ: TRẦN THỊ MẪU', 'Người tiếp nhận: Cán bộ Mẫu', 'Hạn bước: 01/08/2026')).toEqual({});
    expect(read('Hạn xử lý: 01/08/2026', 'Hẹn trả: 10/08/2026')).toEqual({ dueAt: '10/08/2026' });
  });

  it('may be read glued together only when no line break can matter', () => {
    const glued = (text: string) => readGlued(text)?.get('dueAt') ?? null;
    expect(glued('Tiếp nhận: 03/08/2026 09:30:57Hẹn trả: 10/08/2026 09:30:00Còn 1.5 ngày')).toBe(
      '10/08/2026 09:30:00Còn 1.5 ngày',
    );
    expect(glued('Hẹn trả: Quá hạn 3.25 ngày')).toBeNull();
    expect(glued('Hẹn trả: 10/08/2026 Còn 1 ngàyGia hạn: 12/08/2026')).toBeNull();
    expect(glued('Hẹn trả: 10/08/2026Chủ hồ sơ: A')).toBeNull();
    expect(glued('10/08/2026 09:30:00')).toBeNull();
  });
});

describe('other words', () => {
  it.each([
    ['Hồ sơ trực tuyến', 'online'],
    ['Hồ sơ một cửa', 'counter'],
    ['Qua dịch vụ bưu chính công ích', 'post'],
    ['Nộp trực tuyến qua Cổng DVCQG', 'online'],
    ['Trực tiếp hoặc trực tuyến', null],
    ['Không nộp trực tuyến', null],
    ['Đang xử lý', null],
  ] as const)('channel «%s» is %s', (text, channel) => {
    expect(channelIn(text)).toBe(channel);
  });

  it('a channel alone is a whole line', () => {
    expect(channelOf('Trực tuyến')).toBe('online');
    expect(channelOf('Nộp trực tuyến qua Cổng')).toBeNull();
  });

  it('a title is tried without the words that every title has', () => {
    expect(titleCandidates('DANH SÁCH HỒ SƠ ĐANG XỬ LÝ')).toContain('ĐANG XỬ LÝ');
    expect(titleCandidates('Danh sách hồ sơ')).not.toContain('');
  });

  it('papers have columns of their own', () => {
    expect(componentColumn('Tên giấy tờ')).toBe('name');
    expect(componentColumn('TỆP ĐÍNH KÈM')).toBe('files');
    expect(componentColumn('Ghi chú')).toBeNull();
  });
});
