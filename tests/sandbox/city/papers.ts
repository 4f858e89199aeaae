/** The papers of a dossier and their files. */

import type { SandboxComponent, SandboxFile } from '../types.ts';
import type { Rng } from './rng.ts';
import { pad } from './words.ts';

interface PaperSeed {
  name: string;
  slug: string;
  heading?: boolean;
  conditional?: boolean;
  required?: boolean;
}

const REQUIRED_PAPERS: readonly PaperSeed[] = [
  { name: 'Tờ khai đăng ký (theo mẫu)', slug: 'to-khai' },
  { name: 'Giấy chứng sinh', slug: 'giay-chung-sinh' },
  { name: 'Thẻ căn cước công dân hoặc Thẻ căn cước', slug: 'cccd' },
  { name: 'Giấy tờ chứng minh thông tin về cư trú', slug: 'cu-tru' },
  { name: 'Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất', slug: 'so-do' },
  { name: 'Bản vẽ hiện trạng nhà ở, công trình', slug: 'ban-ve' },
  { name: 'Đơn đề nghị (Mẫu số 01)', slug: 'don-de-nghi' },
  { name: 'Dự thảo hợp đồng, giao dịch', slug: 'du-thao' },
];

const OTHER_PAPERS: readonly PaperSeed[] = [
  { name: 'Văn bản ủy quyền (nếu có)', slug: 'uy-quyen', conditional: true },
  {
    name: 'Bản sao hộ chiếu còn giá trị (đối với người nước ngoài)',
    slug: 'ho-chieu',
    conditional: true,
    required: true,
  },
  {
    name: 'Giấy xác nhận tình trạng hôn nhân (đối với người nước ngoài)',
    slug: 'xac-nhan-hon-nhan',
    conditional: true,
  },
  {
    name: 'Giấy tờ chứng minh quan hệ (trường hợp cha, mẹ chưa đăng ký kết hôn)',
    slug: 'quan-he',
    conditional: true,
    required: true,
  },
  { name: 'Giấy tờ khác', slug: 'giay-to-khac' },
];

const HEADINGS: readonly PaperSeed[] = [
  { name: 'I. Giấy tờ phải nộp', slug: '', heading: true },
  { name: '* Giấy tờ phải xuất trình', slug: '', heading: true },
  { name: 'Một trong các giấy tờ sau:', slug: '', heading: true },
];

function makeFile(rng: Rng, slug: string, number: number, part: number): SandboxFile {
  const who = `${rng.pick(['nguyen', 'tran', 'le', 'pham'])}-${rng.pick(['thi', 'van'])}-mau-${pad(number, 5)}`;
  const extension = rng.pick(['pdf', 'pdf', 'pdf', 'pdf', 'jpg', 'docx']);
  const size = rng.chance(0.04) ? 0 : rng.int(18_000, 2_600_000);
  return { name: `${slug}-${who}${part > 0 ? `-${part + 1}` : ''}.${extension}`, size };
}

/** 2–6 rows, at least one that is always needed; about half of the dossiers lack nothing. */
export function makeComponents(rng: Rng, index: number, owner: number): SandboxComponent[] {
  const total = 2 + (index % 5);
  const seeds: PaperSeed[] = [];
  const take = (list: readonly PaperSeed[]): void => {
    const free = list.filter((seed) => !seeds.includes(seed));
    if (free.length > 0) seeds.push(rng.pick(free));
  };
  if (total > 2 && rng.chance(0.5)) take(HEADINGS);
  take(REQUIRED_PAPERS);
  while (seeds.length < total) {
    const x = rng.next();
    if (x < 0.12 && seeds.length < total - 1 && seeds.at(-1)?.heading !== true) take(HEADINGS);
    else if (x < 0.5) take(OTHER_PAPERS);
    else take(REQUIRED_PAPERS);
  }
  const complete = rng.chance(0.55);
  return seeds.map((seed) => {
    const heading = seed.heading === true;
    const conditional = seed.conditional === true;
    const required = !heading && (seed.required ?? (!conditional && seed.slug !== 'giay-to-khac'));
    let count = 0;
    if (!heading) {
      if (required && !conditional) count = complete || rng.chance(0.55) ? rng.pick([1, 1, 1, 2, 3]) : 0;
      else count = rng.pick([0, 0, 1]);
    }
    const files = Array.from({ length: count }, (_, part) => makeFile(rng, seed.slug, owner, part));
    return { name: seed.name, heading, required, conditional, quantity: heading ? 0 : rng.pick([1, 1, 2]), files };
  });
}
