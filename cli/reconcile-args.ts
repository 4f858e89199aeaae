import { type JobSpec, monthOf, SIDES, type Side } from '../lib/reconcile/index.ts';
import { parseIsoDay, parseWholeMoment } from '../lib/text/index.ts';
import { InputError } from './errors.ts';
import { CONFIG_NAME } from './reconcile-sources.ts';

const SOURCE = 'tệp (file:ĐƯỜNG-DẪN) hoặc tên kết nối trong cấu hình';
export const ARGS = {
  city: { type: 'string', valueHint: 'SRC', description: `hệ thống TTHC Thành phố: ${SOURCE}` },
  national: { type: 'string', valueHint: 'SRC', description: 'Cổng DVCQG' },
  lgsp: { type: 'string', valueHint: 'SRC', description: 'LGSP-HCM' },
  out: { type: 'string', valueHint: 'THƯ MỤC', description: 'nơi ghi kết quả và tiến trình' },
  from: { type: 'string', valueHint: 'NGÀY', description: 'ngày tiếp nhận đầu, 2026-11-01 (mặc định: đầu tháng này)' },
  to: { type: 'string', valueHint: 'NGÀY', description: 'ngày tiếp nhận cuối (mặc định: cuối tháng này)' },
  unit: { type: 'string', valueHint: 'MÃ', description: 'mã đơn vị, nhiều mã cách nhau bằng dấu phẩy' },
  resume: { type: 'boolean', description: 'làm tiếp lần đối soát trong THƯ MỤC' },
  config: { type: 'string', valueHint: 'FILE', description: `khai báo kết nối (mặc định ${CONFIG_NAME})` },
  mapping: { type: 'string', valueHint: 'FILE', description: 'cột của tệp, khi tiêu đề không đủ rõ (JSON, theo bên)' },
  rules: { type: 'string', valueHint: 'FILE', description: 'quy tắc riêng của đơn vị (JSON)' },
  previous: {
    type: 'string',
    valueHint: 'THƯ MỤC',
    description: 'lần đối soát trước: hồ sơ không đổi thì không hỏi lại',
  },
  compare: { type: 'string', valueHint: 'FILE', description: 'report.json của lần trước, để so: mới, đã hết, vẫn còn' },
  now: { type: 'string', valueHint: 'LÚC', description: 'thời điểm đối soát (mặc định: bây giờ)' },
  recheck: { type: 'string', valueHint: 'N', description: 'số hồ sơ không đổi được hỏi lại ngẫu nhiên (mặc định 2 %)' },
  seed: { type: 'string', valueHint: 'CHỮ', description: 'hạt giống của mẫu ngẫu nhiên' },
  bulk: { type: 'boolean', description: 'nối thẳng các tệp .csv bằng mọi nhân (tự bật khi các tệp từ 64 MB)' },
  plan: { type: 'boolean', description: 'chỉ in kế hoạch: số phần, số lần gọi, thời gian' },
  json: { type: 'boolean', description: 'NDJSON, kể cả khi in ra màn hình' },
} as const;
export type Args = { [K in keyof typeof ARGS]?: (typeof ARGS)[K]['type'] extends 'boolean' ? boolean : string };

/** The arguments, with no name that the command does not have. Throws InputError. */
export function checkArgs(args: Record<string, unknown> & { _: string[] }): Args & { out: string } {
  const unknown = Object.keys(args).find((name) => name !== '_' && !Object.hasOwn(ARGS, name));
  if (unknown !== undefined) throw new InputError(`không có tuỳ chọn --${unknown}`);
  if (args._.length > 0) throw new InputError(`thừa: ${args._[0]}`);
  for (const [name, { type }] of Object.entries(ARGS))
    if (type === 'string' && args[name] === '') throw new InputError(`--${name}: thiếu giá trị`);
  if (typeof args.out !== 'string')
    throw new InputError('thiếu --out: dunghen reconcile --city SRC --national SRC [--lgsp SRC] --out THƯ-MỤC');
  return args as unknown as Args & { out: string };
}

function dayArgument(name: string, text: string | undefined): string | undefined {
  if (text !== undefined && parseIsoDay(text) === null)
    throw new InputError(`--${name} ${text}: phải là ngày có thật, dạng 2026-11-30`);
  return text;
}

function nowOf(text: string | undefined): number {
  if (text === undefined) return Math.floor(Date.now() / 1000);
  const moment = parseWholeMoment(text);
  if (moment === null) throw new InputError(`--now ${text}: phải là ngày giờ, dạng 2026-11-30T17:00`);
  return moment.minute * 60;
}

function recheckOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,7}$/.test(text)) throw new InputError(`--recheck ${text}: phải là số`);
  return Number(text);
}

function periodOf({ from, to }: Args, now: number): { from: string; to: string } {
  const month = monthOf(Math.floor(now / 60));
  const period = { from: dayArgument('from', from) ?? month.from, to: dayArgument('to', to) ?? month.to };
  if (period.from > period.to) throw new InputError(`--from ${period.from} sau --to ${period.to}`);
  return period;
}

/** What the arguments ask for; sources and units are filled in when they are open. */
export type Wish = Omit<JobSpec, 'sources' | 'units'> & { names: Partial<Record<Side, string>>; units: string[] };

/** A new job as the arguments have it. Throws InputError. */
export function wishOf(args: Args): Wish {
  const names: Wish['names'] = {};
  for (const side of SIDES) if (args[side] !== undefined) names[side] = args[side];
  if (Object.keys(names).length < 2) throw new InputError('cần ít nhất hai nguồn trong --city, --national, --lgsp');
  const now = nowOf(args.now);
  const dated = args.from !== undefined || args.to !== undefined;
  const files = Object.values(names).every((name) => name.startsWith('file:'));
  const units = (args.unit ?? '')
    .split(',')
    .map((unit) => unit.trim())
    .filter((unit) => unit !== '');
  if (files && (dated || units.length > 0))
    throw new InputError('--from, --to, --unit chỉ dùng khi có nguồn là kết nối; tệp được đọc cả');
  const period = files ? null : periodOf(args, now);
  return { version: 1, names, units, period, now, seed: args.seed ?? 'dunghen', recheck: recheckOf(args.recheck) };
}

/** The job that goes on, as far as the arguments do not say otherwise: going on with another job is refused. */
export function wishOfJob(spec: JobSpec, args: Args): Wish {
  const { sources, ...rest } = spec;
  const names = Object.fromEntries(sources.map(({ side, name }) => [side, name]));
  const same: [keyof typeof ARGS, string | undefined][] = [
    ...SIDES.map((side): [Side, string | undefined] => [side, names[side]]),
    ['from', spec.period?.from],
    ['to', spec.period?.to],
    ['unit', spec.units.join(',')],
    ['seed', spec.seed],
  ];
  for (const [name, stored] of same)
    if (args[name] !== undefined && args[name] !== stored)
      throw new InputError(
        `--${name} ${args[name]}: lần đối soát đang làm dở là ${stored ?? 'không có'}; hãy dùng --out khác`,
      );
  return { ...rest, names };
}
