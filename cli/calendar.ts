import { defineCommand } from 'citty';
import {
  type CalendarFile,
  type CalendarLayer,
  knowsStatutoryYear,
  mergeCalendars,
  provisionalYear,
  readCalendarFile,
  SHIPPED_CALENDAR,
  type WorkingCalendar,
} from '../lib/calendar/index.ts';
import { fieldOf, problemText } from '../lib/json/index.ts';
import { dayLines, yearText } from './calendar-text.ts';
import { EXIT, InputError } from './errors.ts';
import { readText } from './files.ts';

const MAX_MEGABYTES = 5;
const SEVERITY = { error: 'lỗi', warning: 'cảnh báo', note: 'ghi chú' } as const;

type Args = Record<string, unknown> & { _: string[] };

/** Refuses what a command does not know, and options that came without their value. */
function refuseUnknown(args: Args, known: Record<string, { type: string }>): void {
  for (const [name, value] of Object.entries(args)) {
    if (name === '_') continue;
    if (!Object.hasOwn(known, name)) throw new InputError(`không có tuỳ chọn --${name}`);
    if (known[name]?.type === 'string' && value === '') throw new InputError(`--${name} cần một giá trị`);
  }
  const positionals = Object.values(known).filter(({ type }) => type === 'positional').length;
  const extra = args._[positionals];
  if (extra !== undefined) throw new InputError(`thừa: ${extra}`);
}

function yearFrom(text: string | undefined, usage: string): number {
  if (text === undefined) throw new InputError(`thiếu năm: ${usage}`);
  if (!/^\d{4}$/.test(text)) throw new InputError(`--year: không phải là năm: ${text}`);
  return Number(text);
}

/** Reads a calendar file; one that cannot be used is told fault by fault, each with file, line and field. */
function readFile(file: string, base: WorkingCalendar): Extract<CalendarFile, { ok: true }> | null {
  const reading = readCalendarFile(readText(file, MAX_MEGABYTES), base);
  if (reading.ok) return reading;
  for (const problem of reading.problems) console.error(problemText(file, problem));
  process.exitCode = EXIT.failure;
  return null;
}

/** Values of an option that may be given several times; the parser keeps only the last. */
function valuesOf(rawArgs: readonly string[], option: string): string[] {
  return rawArgs.flatMap((raw, i) => {
    if (raw.startsWith(`${option}=`)) return [raw.slice(option.length + 1)];
    return raw === option ? [rawArgs[i + 1] ?? ''] : [];
  });
}

const SHOW = {
  year: { type: 'string', valueHint: 'NĂM', description: 'năm cần xem' },
  calendar: { type: 'string', valueHint: 'FILE.json', description: 'lịch đặt lên lịch chung; có thể ghi nhiều lần' },
  json: { type: 'boolean', description: 'NDJSON từng ngày, kể cả khi in ra màn hình' },
} as const;

/** `dunghen calendar show`: a year of the shipped calendar, with the layers that are given over it. */
const showCommand = defineCommand({
  meta: { name: 'show', description: 'Xem một năm: ngày nghỉ, ngày làm bù và lý do, số ngày làm việc từng tháng' },
  args: SHOW,
  run({ args, rawArgs }) {
    refuseUnknown(args, SHOW);
    const wanted = yearFrom(args.year, 'dunghen calendar show --year 2026');
    let calendar = SHIPPED_CALENDAR;
    for (const file of valuesOf(rawArgs, '--calendar')) {
      const reading = readFile(file, calendar);
      if (reading === null) return;
      const serious = reading.findings.filter(({ severity }) => severity !== 'note').length;
      if (serious > 0) console.error(`${file}: có ${serious} điều cần xem lại: dunghen calendar check ${file}`);
      calendar = mergeCalendars(calendar, [reading.layer]);
    }
    const year = calendar.years.find((one) => one.year === wanted);
    if (year === undefined) {
      const hint = knowsStatutoryYear(wanted) ? `; tạo bảng dự kiến: dunghen calendar make --year ${wanted}` : '';
      throw new InputError(`--year: lịch không có năm ${wanted}${hint}`);
    }
    if (!args.json && process.stdout.isTTY) console.log(yearText(calendar, year));
    else for (const line of dayLines(calendar, year)) console.log(JSON.stringify(line));
  },
});

const CHECK = {
  file: { type: 'positional', required: false, valueHint: 'FILE.json', description: 'lịch cần kiểm tra' },
  json: { type: 'boolean', description: 'NDJSON' },
} as const;

/** `dunghen calendar check`: what is wrong in a calendar that somebody wrote, by file and line. */
const checkCommand = defineCommand({
  meta: {
    name: 'check',
    description: 'Kiểm tra một lịch trước khi nhập: ngày lễ còn thiếu, nghỉ bù, hoán đổi, giờ chồng nhau',
  },
  args: CHECK,
  run({ args }) {
    refuseUnknown(args, CHECK);
    const { file } = args;
    if (!file) throw new InputError('thiếu tên tệp: dunghen calendar check FILE.json');
    const reading = readFile(file, SHIPPED_CALENDAR);
    if (reading === null) return;
    for (const { severity, line, path, message, date } of reading.findings) {
      if (args.json) console.log(JSON.stringify({ file, line, severity, field: fieldOf(path), message, date }));
      else
        console.log(problemText(file, { line, column: 1, field: `${SEVERITY[severity]}: ${fieldOf(path)}`, message }));
    }
    if (reading.findings.some(({ severity }) => severity !== 'note')) process.exitCode = EXIT.findings;
    else if (!args.json) console.log(`${file}: không có lỗi`);
  },
});

const MAKE = { year: { type: 'string', valueHint: 'NĂM', description: 'năm cần tạo' } } as const;

/** `dunghen calendar make`: a provisional year by law, as a layer to be edited when the notice comes. */
const makeCommand = defineCommand({
  meta: { name: 'make', description: 'Tạo bảng dự kiến của một năm theo luật, để sửa khi có thông báo rồi nhập' },
  args: MAKE,
  run({ args }) {
    refuseUnknown(args, MAKE);
    const wanted = yearFrom(args.year, 'dunghen calendar make --year 2028');
    if (!knowsStatutoryYear(wanted)) throw new InputError(`--year: năm ${wanted}: chưa có quy định trong dữ liệu`);
    const year = provisionalYear(wanted);
    const layer: CalendarLayer = {
      kind: 'national',
      id: `vn-${wanted}-du-kien`,
      version: `${wanted}-du-kien`,
      label: `Năm ${wanted} dự kiến theo luật`,
      source: year.source,
      years: [year],
    };
    console.log(JSON.stringify(layer, null, 2));
  },
});

export const calendarCommand = defineCommand({
  meta: { name: 'calendar', description: 'Lịch làm việc: xem, kiểm tra, tạo bảng dự kiến' },
  subCommands: { show: showCommand, check: checkCommand, make: makeCommand },
});
