import { describe, expect, it } from 'vitest';
import { DossierPayload } from '../../connectors/dvcqg/schema.ts';
import { payloadOf } from '../../connectors/index.ts';

const ROW = {
  dossierId: 55_001,
  dossierNo: 'H29.999-261103-0001',
  nationCode: 'G00.99-261103-0001',
  serviceCode: '9.900001',
  serviceName: 'Thủ tục không có thật',
  domainName: 'Lĩnh vực không có thật',
  govAgencyName: 'Phường Không Thật',
  applicantName: 'NGƯỜI KHÔNG CÓ THẬT',
  applicantIdType: 'citizen',
  applicantIdNo: '000000000000',
  submitDate: '03/11/2026 08:00:00',
  receiveDate: '03/11/2026 09:15:30',
  dueDate: '10/11/2026 17:00:00',
  extendDate: '',
  releaseDate: '',
  online: 'true',
  viaPostal: 0,
};
const SECTORS = new Map([['Lĩnh vực không có thật', 'LV99']]);

describe('what the city tells of a dossier, as the portal takes it', () => {
  it('is text throughout, with the moments as they are written at UTC+7', () => {
    const { dossier } = payloadOf(ROW, 4, SECTORS);
    expect(DossierPayload.safeParse(dossier).success).toBe(true);
    expect(dossier).toMatchObject({
      MaHoSo: 'H29.999-261103-0001',
      MaHoSoKhac: 'G00.99-261103-0001',
      MaLinhVuc: 'LV99',
      LoaiDoiTuong: '1',
      NgayTiepNhan: '20261103091530',
      NgayHenTra: '20261110170000',
      NgayKetThucXuLy: '',
      TrangThaiHoSo: '4',
      HinhThuc: '0',
      KenhThucHien: '2',
    });
  });

  it('an extended due date is the one that counts', () => {
    const { dossier } = payloadOf({ ...ROW, extendDate: '12/11/2026 17:00:00' }, 4, SECTORS);
    expect(dossier?.NgayHenTra).toBe('20261112170000');
  });

  it.each([
    ['MaTTHC', { serviceCode: '' }, SECTORS, 4],
    ['MaLinhVuc', {}, new Map<string, string>(), 4],
    ['TrangThaiHoSo', {}, SECTORS, 0],
    ['NgayTiepNhan', { receiveDate: '31/02/2026' }, SECTORS, 4],
    ['DonViXuLy', { govAgencyName: null }, SECTORS, 4],
    ['LoaiDoiTuong (applicantIdType)', { applicantIdType: 'other' }, SECTORS, 4],
  ])('without %s nothing is made up', (name, change, sectors, status) => {
    expect(payloadOf({ ...ROW, ...change }, status, sectors)).toEqual({ dossier: null, lacking: [name] });
  });
});
