import { existsSync } from 'node:fs';
import { defineCommand } from 'citty';
import { problemText } from '../lib/json/index.ts';
import {
  beginRecord,
  deviationsOf,
  evaluate,
  extendRecord,
  figuresOf,
  readRecord,
  recordText,
  replaceUnit,
  type SampleRecord,
  type SampleResult,
  SamplingError,
  verifyDraw,
  verifyFigures,
} from '../lib/sampling/index.ts';
import { EXIT, InputError } from './errors.ts';
import { readText } from './files.ts';
import { writeWhole } from './job-files.ts';
import { checkArgs, DRAW_ARGS, GOAL_ARGS, goalOf, wishOf } from './sample-args.ts';
import { openList } from './sample-list.ts';
import { designLines, printResult, printSample } from './sample-out.ts';

const MAX_RECORD_MEGABYTES = 100;

/** Says in one line what stands in the way. */
function explained<T>(work: () => T, file?: string): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SamplingError) throw new InputError([file, error.message].filter(Boolean).join(': '));
    throw error;
  }
}

function recordOf(file: string): SampleRecord {
  const reading = readRecord(readText(file, MAX_RECORD_MEGABYTES));
  if (reading.ok) return reading.record;
  throw new InputError(reading.problems.map((problem) => problemText(file, problem)).join('; '));
}

function write(file: string, record: SampleRecord): void {
  try {
    writeWhole(file, recordText(record));
  } catch (error) {
    throw new InputError(`${file}: không ghi được (${(error as NodeJS.ErrnoException).code ?? 'lỗi'})`);
  }
}

const asLines = (json: unknown) => json !== undefined || !process.stdout.isTTY;

/** `dunghen sample --in FILE …`: freezes a list and draws; without a seed only shows what would be drawn. */
const drawCommand = defineCommand({
  meta: { name: 'draw', description: 'Chốt danh sách và rút mẫu' },
  args: DRAW_ARGS,
  async run({ args: given }) {
    const args = checkArgs(given, DRAW_ARGS, 0);
    const { in: file, out, seed, previous } = args;
    if (file === undefined)
      throw new InputError('thiếu --in: dunghen sample --in FILE --margin 5% --seed CHỮ --out FILE.json');
    if ((seed === undefined) !== (out === undefined))
      throw new InputError('--seed và --out đi cùng nhau; thiếu cả hai thì chỉ xem, không rút');
    if (out !== undefined && existsSync(out))
      throw new InputError(`${out}: đã có tệp này; mẫu đã rút thì không ghi đè`);
    const { by, pooledUnder, design, checks } = wishOf(args);
    const deviations = previous === undefined ? undefined : deviationsOf(recordOf(previous));
    const { population, source, column } = await openList({
      file,
      by,
      column: args.column,
      codeColumn: args['code-column'],
      pooledUnder,
    });
    const from = { source, by, column, pooledUnder };
    const whole = deviations === undefined ? design : { ...design, deviations };
    // Any seed shows the sizes; nothing of this draw is shown or kept.
    const record = explained(() => beginRecord(population, from, whole, seed ?? '-', checks), file);
    if (seed === undefined || out === undefined) {
      if (asLines(args.json))
        console.log(JSON.stringify({ type: 'population', population: record.population, design: record.design }));
      else for (const line of designLines(record)) console.log(line);
      console.error('chưa rút: hãy ghi lại mã băm của danh sách, rồi mới chọn hạt giống (--seed, --out)');
      return;
    }
    write(out, record);
    if (asLines(args.json)) printSample(record);
    else for (const line of [...designLines(record), `Đã ghi mẫu vào ${out}`]) console.log(line);
  },
});

const FILE_ARG = { type: 'positional', required: false, valueHint: 'FILE.json', description: 'tệp mẫu' } as const;
const LIST_ARGS = {
  in: { type: 'string', valueHint: 'FILE', description: 'danh sách đã chốt khi rút mẫu' },
  'code-column': DRAW_ARGS['code-column'],
} as const;
const JSON_ARG = DRAW_ARGS.json;

async function listOf(record: SampleRecord, file: string, codeColumn: string | undefined) {
  const { by, column, pooledUnder } = record.population;
  return (await openList({ file, by, column: column ?? undefined, codeColumn, pooledUnder })).population;
}

const EVALUATE = {
  file: FILE_ARG,
  ...LIST_ARGS,
  out: { type: 'string', valueHint: 'FILE.json', description: 'ghi tệp mẫu kèm số liệu đã tính' },
  json: JSON_ARG,
} as const;

/** Is there something to act on: a failure, a contradiction, work that is left? */
const hasFindings = ({ checks }: SampleResult) =>
  checks.some(
    ({ failed, open, difference, verdict }) =>
      failed.length > 0 || open > 0 || difference?.contradicted || (verdict !== null && verdict !== 'accepted'),
  );

/** `dunghen sample evaluate FILE`: the figures that follow from a record; those that it keeps must be the same. */
const evaluateCommand = defineCommand({
  meta: { name: 'evaluate', description: 'Tính kết quả của một mẫu đã kiểm tra' },
  args: EVALUATE,
  async run({ args: given }) {
    const args = checkArgs(given, EVALUATE, 1);
    const { file } = args;
    if (file === undefined) throw new InputError('thiếu tên tệp: dunghen sample evaluate FILE.json');
    const record = recordOf(file);
    if (args.in !== undefined) {
      const population = await listOf(record, args.in, args['code-column']);
      explained(() => verifyDraw(record, population), file);
    }
    const result = evaluate(record);
    explained(() => verifyFigures(record, result), file);
    if (args.out !== undefined) write(args.out, { ...record, figures: figuresOf(result) });
    printResult(result, asLines(args.json));
    if (hasFindings(result)) process.exitCode = EXIT.findings;
  },
});

const EXTEND = {
  file: FILE_ARG,
  ...LIST_ARGS,
  margin: GOAL_ARGS.margin,
  size: GOAL_ARGS.size,
  expected: GOAL_ARGS.expected,
  out: { type: 'string', valueHint: 'FILE.json', description: 'nơi ghi (mặc định: chính tệp mẫu)' },
  json: JSON_ARG,
} as const;

/** `dunghen sample extend FILE`: draws more; what was drawn and decided stays. */
const extendCommand = defineCommand({
  meta: { name: 'extend', description: 'Rút thêm, giữ nguyên các hồ sơ đã rút' },
  args: EXTEND,
  async run({ args: given }) {
    const args = checkArgs(given, EXTEND, 1);
    const { file, in: list } = args;
    if (file === undefined || list === undefined)
      throw new InputError('thiếu: dunghen sample extend FILE.json --in DANH-SÁCH --margin 3%');
    const goal = goalOf(args);
    const record = recordOf(file);
    const population = await listOf(record, list, args['code-column']);
    const longer = explained(() => extendRecord(record, population, goal), file);
    write(args.out ?? file, longer);
    if (asLines(args.json)) printSample(longer);
    else for (const line of designLines(longer)) console.log(line);
    console.error(`rút thêm ${longer.units.length - record.units.length} hồ sơ`);
  },
});

const REPLACE = {
  file: FILE_ARG,
  ...LIST_ARGS,
  code: { type: 'string', valueHint: 'MÃ', description: 'hồ sơ không mở được' },
  reason: { type: 'string', valueHint: 'LÝ DO', description: 'vì sao; được giữ trong tệp mẫu' },
  out: EXTEND.out,
  json: JSON_ARG,
} as const;

/** `dunghen sample replace FILE`: the next dossier in order takes the place of one that cannot be opened. */
const replaceCommand = defineCommand({
  meta: { name: 'replace', description: 'Thay một hồ sơ không mở được bằng hồ sơ kế tiếp trong thứ tự' },
  args: REPLACE,
  async run({ args: given }) {
    const args = checkArgs(given, REPLACE, 1);
    const { file, in: list, code, reason } = args;
    if (file === undefined || list === undefined || code === undefined || reason === undefined)
      throw new InputError('thiếu: dunghen sample replace FILE.json --in DANH-SÁCH --code MÃ --reason "LÝ DO"');
    const record = recordOf(file);
    const population = await listOf(record, list, args['code-column']);
    const { record: next, added } = explained(() => replaceUnit(record, population, code, reason), file);
    write(args.out ?? file, next);
    if (asLines(args.json)) console.log(JSON.stringify({ type: 'replaced', code, added }));
    else console.log(added === null ? `${code}: nhóm không còn hồ sơ nào để thay` : `${code} được thay bằng ${added}`);
    if (added === null) process.exitCode = EXIT.findings;
  },
});

export const sampleCommand = defineCommand({
  meta: { name: 'sample', description: 'Rút mẫu kiểm tra và tính kết quả; không ghi lệnh con là rút mẫu (draw)' },
  // Known here too, so that the value of an option is not taken for the name of a command.
  args: DRAW_ARGS,
  default: 'draw',
  subCommands: { draw: drawCommand, evaluate: evaluateCommand, extend: extendCommand, replace: replaceCommand },
});
