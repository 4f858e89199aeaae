import { describe, expect, it } from 'vitest';
import { type ColumnField, type HeaderMeaning, meaningOf } from '../../connectors/files/columns.ts';
import { FileMapping, mappingProblems, proposeMapping } from '../../connectors/files/index.ts';
import { CODE } from './files-made.ts';

describe('what a header says', () => {
  it.each<[HeaderMeaning, string[]]>([
    [
      'code',
      [
        'Mã hồ sơ',
        'MA HO SO',
        'Ma_Ho_So',
        'MaHoSo',
        'mahoso',
        'masohoso',
        'Số hồ sơ',
        'SỐ HỒ SƠ (*)',
        'dossierNo',
        'code',
        'source_id',
        'DocCode',
        'Mã hồ sơ (theo biên nhận)',
      ],
    ],
    [
      'alias',
      ['Mã hồ sơ quốc gia', 'Mã hồ sơ khác', 'MaHoSoKhac', 'nationCode', 'SoHoSoLT', 'ref_code', 'Mã hồ sơ Cổng DVCQG'],
    ],
    ['procedure', ['Mã thủ tục', 'Mã TTHC', 'MaTTHC', 'serviceCode', 'procedure.code', 'procedures_code']],
    ['status', ['Trạng thái', 'Tình trạng hồ sơ', 'TrangThaiHoSo', 'MaTrangThai', 'profiles_status']],
    ['statusText', ['dossierStatusText', 'dossierTaskStatus.name']],
    [
      'receivedAt',
      ['Ngày tiếp nhận', 'ngày nhận', 'NgayTiepNhan', 'receiveDate', 'acceptedDate', 'accept_date', 'DateReceived'],
    ],
    [
      'dueAt',
      ['Ngày hẹn trả', 'Hẹn trả KQ', 'NgayHenTra', 'appointmentDate', 'appointment_date', 'Ngày hẹn trả (dd/MM/yyyy)'],
    ],
    [
      'finishedAt',
      ['Ngày có kết quả', 'Ngày kết thúc xử lý', 'NgayKetThucXuLy', 'releaseDate', 'completedDate', 'FinishedDate'],
    ],
    ['unit', ['Mã đơn vị', 'MaDonVi', 'govAgencyCode', 'agency.code']],
    ['unitName', ['Đơn vị', 'DonViXuLy', 'Cơ quan thực hiện', 'govAgencyName']],
    ['hasResult', ['Kết quả điện tử', 'DanhSachGiayToKetQua']],
    ['updatedAt', ['Ngày cập nhật', 'modifiedDate']],
    ['unused', ['Ngày trả', 'NgayTra', 'finishDate', 'Ngày nộp', 'STT', 'Tên thủ tục', 'Lĩnh vực']],
    [
      'private',
      [
        'Chủ hồ sơ',
        'ChuHoSo',
        'Người nộp',
        'Số điện thoại',
        'SĐT người nộp',
        'Số CCCD',
        'Địa chỉ',
        'Trích yếu',
        'applicantName',
        'applicant.data.fullname',
        'profileOwner.tel',
        'Ghi chú',
        'Mã hồ sơ / Chủ hồ sơ',
        'Email',
      ],
    ],
    [null, ['Cột lạ', 'Quá hạn', 'xyz', '']],
  ])('%s', (field, headers) => {
    for (const header of headers) expect([header, meaningOf(header)?.field ?? null]).toEqual([header, field]);
  });
});

describe('proposing a mapping', () => {
  it('maps what is known and lists the rest', () => {
    const proposal = proposeMapping(['STT', 'Mã hồ sơ', 'Chủ hồ sơ', 'Ngày tiếp nhận', 'Cột lạ']);
    expect(proposal.mapping).toEqual({ 'Mã hồ sơ': 'code', 'Ngày tiếp nhận': 'receivedAt' });
    expect(proposal.unknown).toEqual(['Cột lạ']);
    expect(proposal.missing).toContain('dueAt');
    expect(proposal.ambiguous).toEqual([]);
  });

  it('asks when two columns claim one field with equal right', () => {
    const { mapping, ambiguous } = proposeMapping(['Mã hồ sơ', 'Ngày hẹn trả', 'Ngày hẹn trả (2)']);
    expect(ambiguous).toEqual([{ field: 'dueAt', headers: ['Ngày hẹn trả', 'Ngày hẹn trả (2)'] }]);
    expect(mapping).toEqual({ 'Mã hồ sơ': 'code' });
  });

  it('prefers the word that says it outright', () => {
    expect(proposeMapping(['MaHoSo', 'Hạn xử lý', 'Ngày hẹn trả']).mapping).toMatchObject({ 'Ngày hẹn trả': 'dueAt' });
    expect(proposeMapping(['MaHoSo', 'Hạn xử lý']).mapping).toMatchObject({ 'Hạn xử lý': 'dueAt' });
  });

  it('looks at the cells when two columns claim the code', () => {
    const headers = ['Số hồ sơ', 'Mã hồ sơ'];
    expect(
      proposeMapping(headers, [
        ['3', CODE(1)],
        ['1', CODE(2)],
      ]).mapping,
    ).toEqual({ 'Mã hồ sơ': 'code' });
    expect(proposeMapping(headers, [[CODE(1), CODE(2)]]).mapping).toEqual({ 'Số hồ sơ': 'code', 'Mã hồ sơ': 'alias' });
    expect(proposeMapping(headers, [['3', '4']]).ambiguous).toEqual([{ field: 'code', headers }]);
  });

  it('takes the words of a status for its text where there is a code beside them', () => {
    expect(proposeMapping(['MaHoSo', 'MaTrangThai', 'TrangThaiHoSo']).mapping).toMatchObject({
      MaTrangThai: 'status',
      TrangThaiHoSo: 'statusText',
    });
    expect(proposeMapping(['MaHoSo', 'TrangThaiHoSo']).mapping).toMatchObject({ TrangThaiHoSo: 'status' });
  });

  it('is not led astray by names of Object itself', () => {
    expect(proposeMapping(['constructor', '__proto__', 'toString', 'MaHoSo']).mapping).toEqual({ MaHoSo: 'code' });
  });
});

describe('a mapping that a person chose', () => {
  const headers = ['Mã', 'Ngày A', 'Ngày B', 'Chủ hồ sơ'];
  it.each<[string, Record<string, ColumnField>, string]>([
    ['no column of that name', { Mã: 'code', 'Ngày C': 'dueAt' }, 'không có cột «Ngày C»'],
    ['one field from two columns', { Mã: 'code', 'Ngày A': 'dueAt', 'Ngày B': 'dueAt' }, 'chỉ lấy từ một cột'],
    ['a personal column', { Mã: 'code', 'Chủ hồ sơ': 'unitName' }, 'thông tin cá nhân'],
    ['no code', { 'Ngày A': 'dueAt' }, 'chưa chọn cột nào là «Mã hồ sơ»'],
  ])('is refused: %s', (_, columns, words) => {
    expect(mappingProblems(columns, headers).join()).toContain(words);
  });

  it('is taken when it fits', () => {
    expect(mappingProblems({ Mã: 'code', 'Ngày A': 'dueAt', 'Ngày B': 'receivedAt' }, headers)).toEqual([]);
  });

  it('is checked for its form', () => {
    expect(FileMapping.safeParse({ columns: { Mã: 'name' } }).success).toBe(false);
    expect(FileMapping.safeParse({ encoding: 'koi8-r' }).success).toBe(false);
    expect(
      FileMapping.safeParse({ columns: { Mã: 'code' }, dateOrder: { 'Ngày A': 'mdy' }, encoding: 'tcvn3' }).success,
    ).toBe(true);
  });
});
