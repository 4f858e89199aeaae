/** People who do not exist, with names that a careless program trips over. */

import type { SandboxPerson } from '../types.ts';
import type { Rng } from './rng.ts';
import { pad } from './words.ts';

const SURNAMES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Lý', 'Thạch', 'K’'];
const MIDDLES = ['Thị', 'Văn', 'Hữu', 'Ngọc', 'Minh', 'Thị Ánh', 'Quốc', 'Đức'];
const GIVEN = ['Hoa', 'Bình', 'Tuấn', 'Hằng', 'Phượng', 'Khoa', 'Thuỷ', 'Yến', 'Đạt', 'Giang', 'Ưng', 'Ẩn'];

/** Kinds of names, by index mod 23: the awkward ones come early and often. */
function personName(rng: Rng, number: number, kind: number): string {
  const mark = `Mẫu ${pad(number, 5)}`;
  const plain = `${rng.pick(SURNAMES)} ${rng.pick(MIDDLES)} ${rng.pick(GIVEN)} ${mark}`;
  switch (kind) {
    case 2:
      return `<b>Đậm</b> ${mark}`;
    case 4:
      return `<script>window.__pwned=1</script> ${mark}`;
    case 6:
      return `Trần "Bảy" O'Nít ${mark}`;
    case 8:
      return plain.normalize('NFD');
    case 10: {
      const long = `${mark} ${'Công Tằng Tôn Nữ Thị Rất Dài '.repeat(8)}`;
      return `${long.slice(0, 199)}Ỹ`;
    }
    case 12:
      return `Lê &amp; Hoàng &lt;em&gt; &nbsp;${mark}`;
    case 14:
      return `CÔNG TY TNHH MỘT THÀNH VIÊN ${mark.toUpperCase()}`;
    case 16:
      return `Hộ kinh doanh "Bánh mì ${rng.pick(GIVEN)}" ${mark}`;
    case 18:
      return `<img src=x onerror=window.__pwned=2> ${mark}`;
    case 20:
      return `Hội Người cao tuổi ${mark}`;
    case 1:
    case 7:
    case 13:
      return plain.toUpperCase();
    default:
      return plain;
  }
}

export function makePerson(rng: Rng, number: number, kind: number): SandboxPerson {
  return {
    name: personName(rng, number, kind),
    identity: `999${pad(number, 9)}`,
    phone: `0999${pad(number, 6)}`,
    email: `mau.${pad(number, 5)}@example.invalid`,
    address: `${number} đường Không Có ${pad(number, 5)}, khu phố ${rng.int(1, 40)}, Phường Không Thật, TP.HCM`,
  };
}

export const ORGANISATION_KINDS: ReadonlySet<number> = new Set([14, 16, 20]);
