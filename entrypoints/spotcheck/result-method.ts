import {
  type Basis,
  countText,
  GROUPING_WORDS,
  pointsText,
  rateText,
  type SampleRecord,
  sizeSentence,
} from '../../lib/sampling/index.ts';
import { fullMoment } from '../../lib/text/index.ts';

/** How the sample came about, as a list for the page, the print and the workbook: enough to do it again with other tools. */
export type Method = readonly (readonly [name: string, text: string])[];

function basisText(basis: Basis): string {
  if (basis.kind === 'size') return 'do người kiểm tra chọn';
  if (basis.kind === 'margin')
    return `theo sai số ±${pointsText(basis.margin).replace('+', '')} khi tỷ lệ thật quanh ${rateText(basis.expected)}`;
  const { n, c, acceptable, rejectable, producerRisk, consumerRisk } = basis;
  return `phương án chấp nhận n = ${countText(n)}, c = ${countText(c)}: ${rateText(acceptable)} lỗi bị từ chối oan nhiều nhất ${rateText(producerRisk)}, ${rateText(rejectable)} lỗi lọt nhiều nhất ${rateText(consumerRisk)}`;
}

function groupsText({ population, design }: SampleRecord): string {
  const { by, column, strata, pooledUnder } = population;
  if (by === null) return 'không chia';
  const parts = [
    `theo ${GROUPING_WORDS[by]}${column === null ? '' : ` (cột «${column}»)`}, ${countText(strata.length)} nhóm`,
    design.allocation === 'neyman' ? 'chia mẫu theo Neyman' : 'chia mẫu theo số hồ sơ',
    `mỗi nhóm ít nhất ${countText(design.minimum)}`,
    ...(pooledUnder > 1 ? [`gộp các nhóm dưới ${countText(pooledUnder)} hồ sơ`] : []),
  ];
  return parts.join('; ');
}

export function methodOf(record: SampleRecord): Method {
  const { population, design, seed, units, signedOffAt } = record;
  const { source, count, sha256, strata } = population;
  const size = strata.reduce((sum, stratum) => sum + stratum.size, 0);
  const lost = units.filter(({ unavailable }) => unavailable !== null).length;
  const divided = strata.length > 1;
  return [
    ['Danh sách', `${source}: ${countText(count)} hồ sơ`],
    ['Mã băm danh sách (SHA-256)', sha256],
    ['Hạt giống', seed],
    ['Cách rút', 'SHA-256 của «hạt giống|mã hồ sơ», xếp từ nhỏ đến lớn trong từng nhóm, lấy từ đầu'],
    ['Chia nhóm', groupsText(record)],
    ['Cỡ mẫu', `${countText(size)} hồ sơ; ${basisText(design.basis)}`],
    ['Hồ sơ không mở được', lost === 0 ? 'không có' : `${countText(lost)}, thay bằng hồ sơ kế tiếp trong thứ tự`],
    ['Độ tin cậy', rateText(design.confidence)],
    [
      'Khoảng tin cậy',
      `để xem: Wilson; để quyết định: Clopper–Pearson${divided ? ' theo cỡ mẫu hiệu dụng, có trọng số nhóm' : ' theo phân phối siêu bội'}; cả hai đã tính danh sách hữu hạn`,
    ],
    ['Mẫu này cho biết gì', sizeSentence(record)],
    [
      'Chốt kết quả',
      signedOffAt === null ? 'CHƯA CHỐT, số liệu tạm tính' : fullMoment(Math.floor(signedOffAt / 60_000)),
    ],
  ];
}
