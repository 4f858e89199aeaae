import { mergeCatalogues, readCatalogueFile, SHIPPED_CATALOGUE } from '../lib/digitization/index.ts';
import {
  type IndicatorOptions,
  type IndicatorTable,
  lookupIn,
  parsePeriod,
  readTable,
  readTargets,
  tableInForce,
} from '../lib/indicators/index.ts';
import { type JsonProblem, problemText } from '../lib/json/index.ts';
import { parseWholeMoment } from '../lib/text/index.ts';
import { InputError } from './errors.ts';
import { readText } from './files.ts';

export const ARGS = {
  in: { type: 'string', valueHint: 'FILE', description: 'hồ sơ: .csv, .xlsx, .ndjson (cả bản ghi của page read)' },
  period: { type: 'string', valueHint: 'KỲ', description: 'kỳ: 2026-11, 2026-Q4, 2026, hoặc 2026-11-01..2026-11-15' },
  unit: { type: 'string', valueHint: 'ĐƠN VỊ', description: 'chỉ tính đơn vị này (mã hoặc tên trong tệp)' },
  by: { type: 'string', valueHint: 'unit', description: 'so các đơn vị với nhau' },
  targets: { type: 'string', valueHint: 'FILE.json', description: 'mục tiêu riêng của đơn vị' },
  table: { type: 'string', valueHint: 'FILE.json', description: 'bảng chỉ số khác bảng có sẵn' },
  catalogue: { type: 'string', valueHint: 'FILE.json', description: 'danh mục thủ tục đặt lên danh mục có sẵn' },
  mapping: { type: 'string', valueHint: 'FILE.json', description: 'cột của tệp, khi tiêu đề không đủ rõ' },
  out: { type: 'string', valueHint: 'FILE.xlsx', description: 'ghi báo cáo ra bảng tính' },
  keep: { type: 'string', valueHint: 'N', description: 'mỗi chỉ số giữ N mã hồ sơ mất điểm (mặc định 1000)' },
  now: { type: 'string', valueHint: 'LÚC', description: 'thời điểm xét hồ sơ chưa xong (mặc định: bây giờ)' },
  json: { type: 'boolean', description: 'NDJSON, kể cả khi in ra màn hình' },
} as const;
type Args = { [K in keyof typeof ARGS]?: (typeof ARGS)[K]['type'] extends 'boolean' ? boolean : string };

const MAX_MEGABYTES = 20;

/** The arguments, with no name that the command does not have. Throws InputError. */
export function checkArgs(args: Record<string, unknown> & { _: string[] }): Args & { in: string; period: string } {
  const unknown = Object.keys(args).find((name) => name !== '_' && !Object.hasOwn(ARGS, name));
  if (unknown !== undefined) throw new InputError(`không có tuỳ chọn --${unknown}`);
  if (args._.length > 0) throw new InputError(`thừa: ${args._[0]}`);
  for (const [name, { type }] of Object.entries(ARGS))
    if (type === 'string' && args[name] === '') throw new InputError(`--${name}: thiếu giá trị`);
  if (args.in === undefined || args.period === undefined)
    throw new InputError('thiếu --in hoặc --period: dunghen indicators --in FILE --period 2026-11');
  if (args.by !== undefined && args.by !== 'unit') throw new InputError(`--by ${args.by}: chỉ có unit`);
  if (args.out !== undefined && !/\.xlsx$/i.test(String(args.out)))
    throw new InputError(`--out ${args.out}: phải là tệp .xlsx`);
  return args as unknown as Args & { in: string; period: string };
}

/** What a reader of JSON gave, or its faults as one error. */
export function readOrThrow<T>(
  file: string,
  reading: { ok: false; problems: JsonProblem[] } | ({ ok: true } & T),
): { ok: true } & T {
  if (reading.ok) return reading;
  throw new InputError(reading.problems.map((problem) => problemText(file, problem)).join('; '));
}

function nowOf(text: string | undefined): number {
  if (text === undefined) return Math.floor(Date.now() / 60_000);
  const moment = parseWholeMoment(text);
  if (moment === null) throw new InputError(`--now ${text}: phải là ngày giờ, dạng 2026-11-30T17:00`);
  return moment.minute;
}

function keepOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new InputError(`--keep ${text}: phải là số`);
  return Number(text);
}

/** What the arguments ask for. Throws InputError. */
export function wishOf(args: Args & { period: string }): IndicatorOptions & { table: IndicatorTable } {
  const period = parsePeriod(args.period);
  if (period === null)
    throw new InputError(
      `--period ${args.period}: phải là 2026-11, 2026-Q4, 2026 hoặc 2026-11-01..2026-11-15 (không quá 400 ngày)`,
    );
  const table =
    args.table === undefined
      ? tableInForce(period.to)
      : readOrThrow(args.table, readTable(readText(args.table, MAX_MEGABYTES))).table;
  if (table === null) throw new InputError(`--period ${args.period}: chưa có bảng chỉ số nào áp dụng cho kỳ này`);
  const own =
    args.catalogue === undefined
      ? []
      : [readOrThrow(args.catalogue, readCatalogueFile(readText(args.catalogue, MAX_MEGABYTES))).catalogue];
  return {
    period,
    now: nowOf(args.now),
    unit: args.unit,
    table,
    procedures: lookupIn(mergeCatalogues([SHIPPED_CATALOGUE, ...own])),
    byUnit: args.by === 'unit',
    targets:
      args.targets === undefined
        ? undefined
        : readOrThrow(args.targets, readTargets(readText(args.targets, MAX_MEGABYTES), table)).targets,
    keep: keepOf(args.keep),
  };
}
