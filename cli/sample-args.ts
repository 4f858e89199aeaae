import { ALLOCATIONS, type Check, type Design, type Goal, GROUPINGS, type Grouping } from '../lib/sampling/index.ts';
import { InputError } from './errors.ts';

export const GOAL_ARGS = {
  margin: { type: 'string', valueHint: '5%', description: 'sai số muốn có; cỡ mẫu được tính ra' },
  size: { type: 'string', valueHint: 'N', description: 'cỡ mẫu, thay cho --margin' },
  expected: { type: 'string', valueHint: '50%', description: 'tỷ lệ đạt dự kiến (mặc định 50%, cần nhiều hồ sơ nhất)' },
} as const;

export const DRAW_ARGS = {
  in: {
    type: 'string',
    valueHint: 'FILE',
    description: 'danh sách hồ sơ: .csv, .xlsx, .ndjson; chỉ đọc mã và cột chia nhóm',
  },
  seed: {
    type: 'string',
    valueHint: 'CHỮ',
    description: 'hạt giống, chọn sau khi đã chốt danh sách; thiếu thì chỉ xem, không rút',
  },
  out: { type: 'string', valueHint: 'FILE.json', description: 'tệp mẫu, chưa có' },
  ...GOAL_ARGS,
  acceptable: { type: 'string', valueHint: '1%', description: 'phương án chấp nhận: tỷ lệ lỗi vẫn được nhận' },
  rejectable: { type: 'string', valueHint: '5%', description: 'phương án chấp nhận: tỷ lệ lỗi phải bị từ chối' },
  'producer-risk': { type: 'string', valueHint: '5%', description: 'rủi ro từ chối oan (mặc định 5%)' },
  'consumer-risk': { type: 'string', valueHint: '10%', description: 'rủi ro để lọt (mặc định 10%)' },
  confidence: { type: 'string', valueHint: '95%', description: 'độ tin cậy (mặc định 95%)' },
  by: { type: 'string', valueHint: GROUPINGS.join('|'), description: 'chia nhóm theo đơn vị, lĩnh vực hoặc kênh nộp' },
  column: { type: 'string', valueHint: 'TIÊU ĐỀ', description: 'cột chia nhóm, khi tiêu đề không đủ rõ' },
  'code-column': { type: 'string', valueHint: 'TIÊU ĐỀ', description: 'cột mã hồ sơ, khi tiêu đề không đủ rõ' },
  allocation: {
    type: 'string',
    valueHint: ALLOCATIONS.join('|'),
    description: 'cách chia mẫu cho các nhóm (mặc định proportional)',
  },
  minimum: { type: 'string', valueHint: 'N', description: 'mỗi nhóm ít nhất N hồ sơ (mặc định 2)' },
  pool: { type: 'string', valueHint: 'N', description: 'gộp các nhóm có dưới N hồ sơ thành một' },
  previous: { type: 'string', valueHint: 'FILE.json', description: 'mẫu kỳ trước đã kiểm tra, cho cách chia neyman' },
  checks: { type: 'string', valueHint: 'MỤC; MỤC', description: 'các mục kiểm tra, cách nhau bằng dấu chấm phẩy' },
  declared: {
    type: 'string',
    valueHint: '98%; 95%',
    description: 'tỷ lệ đơn vị đã khai cho từng mục, cùng thứ tự; - là không khai',
  },
  json: { type: 'boolean', description: 'NDJSON, kể cả khi in ra màn hình' },
} as const;

type Given = Record<string, unknown> & { _: string[] };
type Texts = Record<string, string | undefined>;

/**
 * The arguments of a command, with no name that it does not have and no option without its value.
 * @param files how many words may stand without a name
 */
export function checkArgs(
  args: Given,
  known: Record<string, { type: string }>,
  files: number,
): Texts & { json?: string } {
  const unknown = Object.keys(args).find((name) => name !== '_' && !Object.hasOwn(known, name));
  if (unknown !== undefined) throw new InputError(`không có tuỳ chọn --${unknown}`);
  if (args._.length > files) throw new InputError(`thừa: ${args._[files]}`);
  for (const [name, { type }] of Object.entries(known))
    if (type === 'string' && args[name] === '') throw new InputError(`--${name}: thiếu giá trị`);
  return args as unknown as Texts & { json?: string };
}

/** `5%`, `2,5 %`: a rate from 0 to 1. Without the sign, 0.5 could be half a point or half of all. */
function percentArg(name: string, text: string): number {
  const digits = /^(\d{1,3}(?:[.,]\d{1,6})?)\s*%$/.exec(text.trim())?.[1];
  const rate = Number(digits?.replace(',', '.')) / 100;
  if (digits === undefined || rate > 1)
    throw new InputError(`--${name} ${text}: phải là phần trăm, có dấu %, ví dụ 5%`);
  // 98.5 / 100 and 0.985 are not the same number to a computer.
  return Number(rate.toFixed(10));
}

function countArg(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InputError(`--${name} ${text}: phải là số nguyên từ 1 trở lên`);
  return Number(text);
}

const percentOr = (args: Texts, name: string, usual: number): number =>
  args[name] === undefined ? usual : percentArg(name, args[name]);
const countOr = (args: Texts, name: string, usual: number): number =>
  args[name] === undefined ? usual : countArg(name, args[name]);

function oneOf<T extends string>(name: string, text: string, names: readonly T[]): T {
  const found = names.find((one) => one === text);
  if (found === undefined) throw new InputError(`--${name} ${text}: phải là một trong: ${names.join(', ')}`);
  return found;
}

/** The goal: exactly one of margin, size and plan. */
export function goalOf(args: Texts): Goal {
  const plan = args.acceptable !== undefined || args.rejectable !== undefined;
  const kinds = [args.margin !== undefined, args.size !== undefined, plan].filter(Boolean).length;
  if (kinds !== 1)
    throw new InputError(
      kinds === 0
        ? 'thiếu --margin, --size, hoặc --acceptable cùng --rejectable'
        : 'chỉ chọn một: --margin, --size, hoặc --acceptable cùng --rejectable',
    );
  for (const [name, allowed] of [
    ['expected', args.margin !== undefined],
    ['producer-risk', plan],
    ['consumer-risk', plan],
  ] as const)
    if (args[name] !== undefined && !allowed)
      throw new InputError(
        `--${name} chỉ dùng với ${name === 'expected' ? '--margin' : '--acceptable và --rejectable'}`,
      );
  if (args.margin !== undefined)
    return { kind: 'margin', margin: percentArg('margin', args.margin), expected: percentOr(args, 'expected', 0.5) };
  if (args.size !== undefined) return { kind: 'size', size: countArg('size', args.size) };
  if (args.acceptable === undefined || args.rejectable === undefined)
    throw new InputError('phương án chấp nhận cần cả --acceptable và --rejectable');
  return {
    kind: 'plan',
    acceptable: percentArg('acceptable', args.acceptable),
    rejectable: percentArg('rejectable', args.rejectable),
    producerRisk: percentOr(args, 'producer-risk', 0.05),
    consumerRisk: percentOr(args, 'consumer-risk', 0.1),
  };
}

export interface Wish {
  by: Grouping | null;
  pooledUnder: number;
  design: Design;
  checks: Check[];
}

/** What the arguments of a draw ask for. */
export function wishOf(args: Texts): Wish {
  const by = args.by === undefined ? null : oneOf('by', args.by, GROUPINGS);
  for (const name of ['column', 'allocation', 'minimum', 'pool'])
    if (args[name] !== undefined && by === null) throw new InputError(`--${name} chỉ dùng khi chia nhóm (--by)`);
  const allocation = by === null ? null : oneOf('allocation', args.allocation ?? 'proportional', ALLOCATIONS);
  if (args.previous !== undefined && allocation !== 'neyman')
    throw new InputError('--previous chỉ dùng với --allocation neyman');
  if (allocation === 'neyman' && args.previous === undefined)
    throw new InputError('--allocation neyman cần --previous: mẫu kỳ trước cho biết nhóm nào khác nhau nhiều');
  return {
    by,
    pooledUnder: countOr(args, 'pool', 1),
    design: {
      goal: goalOf(args),
      confidence: percentOr(args, 'confidence', 0.95),
      allocation,
      minimum: countOr(args, 'minimum', 2),
    },
    checks: checksOf(args.checks, args.declared),
  };
}

function checksOf(names: string | undefined, rates: string | undefined): Check[] {
  const list = (names ?? 'Đúng như đã khai').split(';').map((name) => name.normalize('NFC').trim());
  const twice = list.find((name, i) => list.indexOf(name) < i);
  if (list.includes('') || list.some((name) => name.length > 200))
    throw new InputError(`--checks ${names}: mỗi mục kiểm tra phải có tên (1–200 ký tự)`);
  if (twice !== undefined) throw new InputError(`--checks: mục «${twice}» có hai lần`);
  const declared = rates?.split(';').map((text) => text.trim());
  if (declared !== undefined && declared.length !== list.length)
    throw new InputError(`--declared có ${declared.length} tỷ lệ cho ${list.length} mục kiểm tra`);
  return list.map((name, i) => {
    const text = declared?.[i] ?? '-';
    return { name, declared: text === '-' ? null : percentArg('declared', text) };
  });
}
