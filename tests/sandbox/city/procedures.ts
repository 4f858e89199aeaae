/** Procedures by their usual limit, and the units. */

import type { SandboxDossier, SandboxLimit } from '../types.ts';
import type { Rng } from './rng.ts';
import { pad } from './words.ts';

interface ProcedureSeed {
  name: string;
  sector: string;
  /** Usual working days; 0 = within the day. */
  days: number;
}

const PROCEDURES: readonly ProcedureSeed[] = [
  { name: 'Thủ tục đăng ký khai sinh', sector: 'Hộ tịch', days: 0 },
  { name: 'Thủ tục đăng ký kết hôn', sector: 'Hộ tịch', days: 0 },
  { name: 'Thủ tục đăng ký khai tử', sector: 'Hộ tịch', days: 0 },
  { name: 'Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh', sector: 'Hộ tịch', days: 0 },
  { name: 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân', sector: 'Hộ tịch', days: 3 },
  {
    name: 'Thủ tục thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc',
    sector: 'Hộ tịch',
    days: 3,
  },
  { name: 'Thủ tục đăng ký lại khai sinh', sector: 'Hộ tịch', days: 5 },
  { name: 'Đăng ký lại kết hôn', sector: 'Hộ tịch', days: 5 },
  { name: 'Đăng ký chấm dứt giám hộ', sector: 'Hộ tịch', days: 2 },
  {
    name:
      'Liên thông điện tử: đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế, ' +
      'cấp thẻ căn cước cho trẻ em dưới 6 tuổi',
    sector: 'Thủ tục hành chính liên thông',
    days: 3,
  },
  { name: 'Cấp thẻ căn cước cho người dưới 06 tuổi', sector: 'Cấp, quản lý căn cước', days: 7 },
  { name: 'Đăng ký thường trú', sector: 'Đăng ký, quản lý cư trú', days: 7 },
  {
    name:
      'Xác nhận về điều kiện diện tích bình quân nhà ở để đăng ký thường trú vào chỗ ở do thuê, mượn, ở nhờ; ' +
      'nhà ở, đất ở không có tranh chấp quyền sở hữu nhà ở, quyền sử dụng đất ở, ' +
      'không thuộc địa điểm không được đăng ký thường trú mới',
    sector: 'Đăng ký, quản lý cư trú',
    days: 2,
  },
  {
    name:
      'Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam; ' +
      'cơ quan, tổ chức có thẩm quyền của nước ngoài cấp hoặc chứng nhận',
    sector: 'Chứng thực',
    days: 0,
  },
  { name: 'Chứng thực di chúc', sector: 'Chứng thực', days: 2 },
  {
    name: 'Chứng thực giao dịch liên quan đến tài sản là động sản, quyền sử dụng đất, nhà ở',
    sector: 'Chứng thực',
    days: 2,
  },
  {
    name: 'Đăng ký thành lập hộ kinh doanh',
    sector: 'Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)',
    days: 3,
  },
  {
    name: 'Chấm dứt hoạt động hộ kinh doanh',
    sector: 'Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)',
    days: 5,
  },
  {
    name: 'Cấp lại giấy phép xây dựng đối với công trình cấp III, cấp IV và nhà ở riêng lẻ',
    sector: 'Hoạt động xây dựng',
    days: 5,
  },
  { name: 'Công nhận Ban quản trị nhà chung cư', sector: 'Nhà ở và công sở', days: 7 },
  { name: 'Đính chính Giấy chứng nhận đã cấp lần đầu có sai sót', sector: 'Đất đai', days: 8 },
  {
    name:
      'Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản ' +
      'gắn liền với đất lần đầu đối với hộ gia đình, cá nhân, cộng đồng dân cư',
    sector: 'Đất đai',
    days: 20,
  },
  { name: 'Thực hiện, điều chỉnh, thôi hưởng trợ cấp hưu trí xã hội', sector: 'Bảo trợ xã hội', days: 10 },
  {
    name: 'Xác định, xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật',
    sector: 'Bảo trợ xã hội',
    days: 25,
  },
  {
    name:
      'Giải quyết chế độ ưu đãi đối với trường hợp tặng hoặc truy tặng danh hiệu vinh dự nhà nước ' +
      '"Bà mẹ Việt Nam anh hùng"',
    sector: 'Người có công',
    days: 10,
  },
  { name: 'Giải quyết chế độ mai táng phí đối với dân công hỏa tuyến', sector: 'Người có công', days: 12 },
  {
    name: 'Trợ cấp một lần đối với thanh niên xung phong đã hoàn thành nhiệm vụ trong kháng chiến',
    sector: 'Người có công',
    days: 15,
  },
  { name: 'Công nhận ban vận động thành lập hội', sector: 'Quản lý nhà nước về hội, quỹ', days: 30 },
];

export const AGENCIES: readonly SandboxDossier['agency'][] = [
  { code: 'H29.999', name: 'UBND Phường Không Thật' },
  { code: 'H29.999.01', name: 'Trung tâm Phục vụ hành chính công Phường Không Thật' },
];

export function pickProcedure(rng: Rng, limit: SandboxLimit | undefined): SandboxDossier['procedure'] {
  const days = limit === undefined ? undefined : limit.unit === 'hour' || limit.value < 2 ? 0 : limit.value;
  const fitting = PROCEDURES.filter((procedure) => procedure.days === days);
  const seed = rng.pick(fitting.length > 0 ? fitting : PROCEDURES);
  return { code: `9.9${pad(PROCEDURES.indexOf(seed) + 1, 5)}`, name: seed.name, sector: seed.sector };
}
