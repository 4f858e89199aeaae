import type { CatalogueComponent, CatalogueFile, CatalogueProcedure } from '../../lib/digitization/index.ts';

type Limit = NonNullable<CatalogueProcedure['limit']>;
type Basis = NonNullable<CatalogueProcedure['basis']>;

const UNITS: Record<Limit['unit'], string> = {
  workday: 'ngày làm việc',
  calendarDay: 'ngày',
  hour: 'giờ làm việc',
  sameDay: 'trong ngày',
  month: 'tháng',
  other: '(đơn vị khác)',
};
const KINDS: Record<CatalogueComponent['kind'], string> = {
  original: 'bản chính',
  copy: 'bản sao',
  certified: 'bản sao chứng thực',
  shown: '',
  data: '',
};
const CHANNELS: Record<NonNullable<CatalogueComponent['channel']>[number], string> = {
  counter: 'trực tiếp',
  online: 'trực tuyến',
  post: 'bưu chính',
};
const BASES: Record<Basis['code'], string> = {
  verified: 'đã đối chiếu',
  general: 'kiến thức chung',
  conflict: 'các nguồn khác nhau',
  missing: 'không có nguồn',
  topic: 'chỉ khớp chủ đề',
};

const amount = (value: number, unit: Limit['unit']) =>
  unit === 'sameDay' ? UNITS.sameDay : `${value.toLocaleString('vi-VN')} ${UNITS[unit]}`;

/** A time limit in lines: the amount, what the source says, its cases, and when it is longer. */
export function limitLines(limit: Limit | undefined): string[] {
  if (limit === undefined) return ['Danh mục không ghi.'];
  const { value, unit, text, inferred, cases = [], extension } = limit;
  const main = value === null ? 'Không tính được từ dữ liệu' : amount(value, unit);
  return [
    `${main}${inferred ? ' (đơn vị do suy ra, nguồn không ghi)' : ''}`,
    ...(text === undefined ? [] : [`Nguyên văn: ${text}`]),
    ...cases.map(
      (one) =>
        `${one.case}: ${amount(one.value, one.unit)}${one.sameDayCutoff ? ` (nhận trước ${one.sameDayCutoff})` : ''}`,
    ),
    ...(extension === undefined
      ? []
      : [
          `${extension.mode === 'add' ? 'Thêm' : 'Kéo dài thành'} ${amount(extension.value, extension.unit)}: ${extension.when}`,
        ]),
  ];
}

/** Cut-offs in lines; none when the catalogue has none. */
export function cutoffLines({ sameDayCutoff, intakeCutoff }: CatalogueProcedure): string[] {
  return [
    ...(sameDayCutoff === undefined ? [] : [`${sameDayCutoff}: nhận trước giờ này thì trả trong ngày`]),
    ...(intakeCutoff === undefined ? [] : [`${intakeCutoff.time}: ${intakeCutoff.effect}`]),
  ];
}

export function feeWords({ fee }: CatalogueProcedure): string {
  if (fee === undefined || fee === null) return 'Chưa rõ';
  return fee ? 'Có' : 'Không';
}

/** How sure each part of an entry is; null when nothing says so. */
export function basisWords({ basis }: CatalogueProcedure): string | null {
  if (basis === undefined) return null;
  const { code, name, limit, components } = basis;
  return `mã ${BASES[code]}, tên ${BASES[name]}, thời hạn ${BASES[limit]}, giấy tờ ${BASES[components]}`;
}

/** Where an entry comes from: the letters of its file are written out. */
export function sourceLines({ source = [] }: CatalogueProcedure, { sources = {} }: CatalogueFile): string[] {
  return source.map((one) => sources[one] ?? one);
}

/** What a paper is: whether it is needed (a mark with its colour), and whether it has to be digitized. */
export function paperTags(paper: CatalogueComponent): { text: string; tone: string }[] {
  const { kind, required, condition, oneOf, mustDigitize, general } = paper;
  const need =
    kind === 'shown'
      ? { text: 'xuất trình', tone: 'grey' }
      : kind === 'data'
        ? { text: 'dữ liệu điện tử', tone: 'grey' }
        : required && oneOf === undefined
          ? { text: 'phải có', tone: 'blue' }
          : condition !== undefined
            ? { text: 'tùy trường hợp', tone: 'amber' }
            : oneOf === undefined
              ? { text: 'không bắt buộc', tone: 'grey' }
              : null;
  return [
    ...(need ? [need] : []),
    ...(mustDigitize ? [{ text: 'phải số hóa', tone: 'purple' }] : []),
    ...(general ? [{ text: 'kiến thức chung', tone: 'grey' }] : []),
  ];
}

/** What else is to be said of a paper, in one line each. */
export function paperLines(paper: CatalogueComponent): string[] {
  const { kind, condition, channel, aliases = [], dataMayReplace } = paper;
  return [
    KINDS[kind] && `Loại: ${KINDS[kind]}`,
    condition && `Điều kiện: ${condition.text}`,
    channel && condition?.when !== 'channel' && `Kênh nộp: ${channel.map((one) => CHANNELS[one]).join(', ')}`,
    dataMayReplace && 'Không phải nộp nếu cơ quan đã có dữ liệu điện tử',
    aliases.length > 0 && `Tên khác: ${aliases.join('; ')}`,
  ].filter((line): line is string => typeof line === 'string' && line !== '');
}

/** Papers in the order of the file; those that stand for each other in one group, where the first of them is. */
export function paperGroups(papers: readonly CatalogueComponent[]): CatalogueComponent[][] {
  const groups: CatalogueComponent[][] = [];
  const places = new Map<string, CatalogueComponent[]>();
  for (const paper of papers) {
    const known = paper.oneOf === undefined ? undefined : places.get(paper.oneOf);
    if (known) {
      known.push(paper);
      continue;
    }
    const group = [paper];
    groups.push(group);
    if (paper.oneOf !== undefined) places.set(paper.oneOf, group);
  }
  return groups;
}
