import { defineCommand } from 'citty';
import { CountingChoice, countingOf, POLICIES, policyById, SUPPLEMENTS } from '../lib/deadline/index.ts';
import { problemText } from '../lib/json/index.ts';
import type { Counting } from '../lib/schema/index.ts';
import { EXIT, InputError } from './errors.ts';
import { readText } from './files.ts';
import { answerVectors, readVectors } from './vectors.ts';

/** Some 250,000 cases; the places of every value, kept to name faults by line, take thirty times the file. */
const MAX_MEGABYTES = 80;
/** More would bury the first one, which is often the cause of the rest. */
const MAX_PROBLEMS = 50;

const list = (ids: readonly { id: string }[]) => ids.map(({ id }) => id).join(' | ');

const ARGS = {
  vectors: { type: 'string', valueHint: 'FILE.json', description: 'các trường hợp cần tính hạn' },
  policy: { type: 'string', valueHint: 'TÊN', description: `cách đếm: ${list(POLICIES)}; mặc định civil-code` },
  'day-zero': {
    type: 'string',
    valueHint: 'NGÀY',
    description: 'ngày không tính: effective (ngày bắt đầu xử lý) | receipt-date (ngày nhận ghi trên hồ sơ)',
  },
  'round-up': { type: 'string', valueHint: 'PHÚT', description: 'làm tròn lên, tính bằng phút (OpenCPS: 15)' },
  'close-of-day': {
    type: 'string',
    valueHint: 'NƠI',
    description: 'hạn rơi đúng lúc hết giờ: stay (giữ) | next-opening (đầu giờ ngày làm việc sau)',
  },
  supplement: {
    type: 'string',
    valueHint: 'CÁCH',
    description: `thời gian tạm dừng: ${list(SUPPLEMENTS)}; mặc định pause`,
  },
} as const;

type Given = Partial<Record<string, unknown>>;

/** Option → field of a counting choice; the order in which faults are named. */
const CHOICES = [
  ['policy', 'policy'],
  ['day-zero', 'dayZero'],
  ['round-up', 'roundUpMinutes'],
  ['close-of-day', 'closeOfDay'],
  ['supplement', 'supplement'],
] as const;

/** What was given, checked by the same schema as a unit's own rules. */
function countingFrom(given: Given): Counting {
  const raw: Record<string, unknown> = { effectiveFrom: '1990-01-01', policy: 'civil-code', supplement: 'pause' };
  for (const [option, field] of CHOICES) {
    const text = given[option];
    if (text !== undefined) raw[field] = field === 'roundUpMinutes' && /^\d+$/.test(String(text)) ? Number(text) : text;
  }
  const parsed = CountingChoice.safeParse(raw);
  for (const [option, field] of CHOICES) {
    if (parsed.error?.issues.some(({ path }) => path[0] === field))
      throw new InputError(`--${option}: không nhận giá trị «${given[option]}»; ${ARGS[option].description}`);
  }
  const choice = parsed.data as CountingChoice;
  const policy = policyById(choice.policy);
  for (const [option, field] of CHOICES.slice(1, 4)) {
    if (choice[field] === undefined || policy?.options.includes(field)) continue;
    const meant = POLICIES.filter(({ options }) => options.includes(field));
    throw new InputError(
      `--${option} không có nghĩa với cách đếm ${choice.policy}; chỉ dùng với --policy ${list(meant)}`,
    );
  }
  return countingOf(choice);
}

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const KNOWN = new Set(['_', ...Object.keys(ARGS).flatMap((name) => [name, camel(name)])]);

/** `dunghen due`: the due moment of every case in a file, by any of the ways of counting. */
export const dueCommand = defineCommand({
  meta: { name: 'due', description: 'Tính hạn của các trường hợp trong một tệp, theo cách đếm đã chọn' },
  args: ARGS,
  run({ args, rawArgs }) {
    const unknown = Object.keys(args).find((name) => !KNOWN.has(name));
    if (unknown !== undefined) throw new InputError(`không có tuỳ chọn --${unknown}`);
    if (args._.length > 0) throw new InputError(`thừa: ${args._[0]}`);
    const given: Given = args;
    for (const name of Object.keys(ARGS)) {
      if (rawArgs.filter((raw) => raw === `--${name}` || raw.startsWith(`--${name}=`)).length > 1)
        throw new InputError(`--${name} có hai lần`);
      if (given[name] !== undefined && (typeof given[name] !== 'string' || given[name] === ''))
        throw new InputError(`--${name} cần một giá trị`);
    }
    const file = args.vectors;
    if (file === undefined) throw new InputError('thiếu tên tệp: dunghen due --vectors FILE.json');
    const counting = countingFrom(given);
    const reading = readVectors(readText(file, MAX_MEGABYTES));
    const { answers, problems } =
      reading.vectors === null ? { answers: [], problems: reading.problems } : answerVectors(reading, counting);
    if (answers.length > 0) console.log(answers.map((answer) => JSON.stringify(answer)).join('\n'));
    for (const problem of problems.slice(0, MAX_PROBLEMS)) console.error(problemText(file, problem));
    if (problems.length > MAX_PROBLEMS) console.error(`${file}: còn ${problems.length - MAX_PROBLEMS} lỗi nữa`);
    if (problems.length > 0) process.exitCode = EXIT.failure;
  },
});
