import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from 'citty';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dueCommand } from '../../cli/due.ts';
import { InputError } from '../../cli/errors.ts';
import { readVectors } from '../../cli/vectors.ts';
import { problemText } from '../../lib/json/index.ts';
import { FILE, VECTORS_FILE } from '../fixtures/vectors.ts';

const MAIN = join(import.meta.dirname, '../../cli/main.ts');

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

function dunghen(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

let folder: string;
const file = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunghen-due-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file of cases, one a line, on the commune's calendar; `FIRST_LINE` is the line of the first. */
const FIRST_LINE = 4;
const one = (id: string, more: object = {}) => ({
  id,
  calendar: 'a',
  received: '2026-03-02T09:00:00+07:00',
  limit: { value: 1, unit: 'workday' },
  pauses: [],
  ...more,
});
function cases(
  name: string,
  vectors: readonly unknown[],
  calendars: object = { a: FILE.calendars['commune-8h'] },
): string {
  const rows = vectors.map((vector) => JSON.stringify(vector)).join(',\n');
  return file(name, `{\n"calendars": ${JSON.stringify(calendars)},\n"vectors": [\n${rows}\n]}\n`);
}

async function due(name: string, vectors: readonly unknown[], ...options: string[]) {
  const ran = await dunghen(['due', '--vectors', cases(name, vectors), ...options]);
  const answers = Object.fromEntries(
    ran.out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { id: string; due: string | null })
      .map((answer) => [answer.id, answer.due]),
  );
  return { ...ran, answers };
}

/** Why the command refuses to begin: one line, which the program prints with exit code 2. */
async function refusal(...rawArgs: string[]): Promise<string> {
  const error = await runCommand(dueCommand, { rawArgs }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  const { message } = error as InputError;
  expect(message).not.toContain('\n');
  return message;
}

const VECTORS = ['--vectors', VECTORS_FILE];

/** stderr without the folder of the file. */
const faults = ({ err }: Ran) =>
  err
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replace(`${folder}/`, ''));

describe('dunghen due', () => {
  it.each([
    ['civil-code', 'due', []],
    ['hour-to-hour', 'dueHourToHour', ['--policy', 'hour-to-hour']],
    ['keep-time', 'dueKeepTime', ['--policy=keep-time']],
    ['receipt-date', 'dueActualDateDay0', ['--day-zero', 'receipt-date']],
  ] as const)('answers every worked case in the order of the file: %s', async (_, answer, options) => {
    const ran = await dunghen(['due', '--vectors', VECTORS_FILE, ...options]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const lines = ran.out.trimEnd().split('\n');
    expect(lines).toHaveLength(294);
    const given = FILE.vectors.flatMap((vector, i) => {
      const due = vector[answer];
      return due === undefined ? [] : [[lines[i], JSON.stringify({ id: vector.id, due })]];
    });
    expect(given.map(([line]) => line)).toEqual(given.map(([, expected]) => expected));
  });

  it('prints the same bytes in every time zone', async () => {
    const zones = ['UTC', 'America/New_York', 'Asia/Ho_Chi_Minh', 'Pacific/Apia'];
    const runs = await Promise.all(zones.map((TZ) => dunghen(['due', '--vectors', VECTORS_FILE], { TZ })));
    for (const ran of runs) expect(ran).toEqual(runs[0]);
    expect(runs[0]?.out.split('\n')[1]).toBe('{"id":"boundary-0256","due":"2026-02-27T17:00:00+07:00"}');
  });

  it('reads every form of a moment, a byte order mark and UTF-16', async () => {
    const forms = [
      '2026-02-12T16:59:59.999+07:00',
      '2026-02-12T16:59+0700',
      '2026-02-12T09:59:00Z',
      '2026-02-12T03:59-06:00',
      '2026-02-12T16:59',
      '12/02/2026 16:59',
    ];
    const vectors = forms.map((received, i) => one(`v${i}`, { received, limit: { value: 5, unit: 'workday' } }));
    const path = cases('forms.json', vectors);
    const text = readFileSync(path, 'utf8');
    const runs = await Promise.all([
      dunghen(['due', '--vectors', path]),
      dunghen(['due', '--vectors', file('bom.json', `\uFEFF${text}`)]),
      dunghen(['due', '--vectors', file('utf16.json', Buffer.from(`\uFEFF${text}`, 'utf16le'))]),
    ]);
    const expected = forms.map((_, i) => `{"id":"v${i}","due":"2026-02-26T17:00:00+07:00"}\n`).join('');
    for (const ran of runs) expect(ran).toEqual({ code: 0, err: '', out: expected });
  });

  it('re-appoints from the given first due moment or from its own, and stands while a pause is open', async () => {
    const again = { reappoint: { value: 2, unit: 'workday' } };
    const ran = await due('again.json', [
      one('given', { ...again, firstDue: '2026-03-09T17:00:00+07:00' }),
      one('own', again),
      one('open', { ...again, pauses: [{ from: '2026-03-02T10:00', to: null }] }),
      one('long', { limit: { value: 9000, unit: 'workday' } }),
      one('months', { limit: { value: 3, unit: 'month' } }),
    ]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.answers).toMatchObject({
      given: '2026-03-11T17:00:00+07:00',
      own: '2026-03-05T17:00:00+07:00',
      open: null,
      months: '2026-06-02T17:00:00+07:00',
    });
    // Some 34 years on: the calendar is taken as far as the answer needs.
    expect(ran.answers.long).toMatch(/^206\d-/);
  });

  it('takes the options of a policy', async () => {
    const vectors = [
      one('opening', { received: '2026-03-02T07:30', limit: { value: 1, unit: 'workday' } }),
      one('quarter', { received: '2026-03-02T09:53', limit: { value: 1, unit: 'workday' } }),
      one('pause', { pauses: [{ from: '2026-03-02T14:00', to: '2026-03-04T14:00' }] }),
      one('saturday', { received: '2026-03-07T09:00' }),
    ];
    const opencps = ['--policy', 'hour-to-hour', '--round-up', '15', '--close-of-day', 'next-opening'];
    const [plain, hours, restart, subtract, keep] = await Promise.all([
      due('options.json', vectors),
      due('options.json', vectors, ...opencps),
      due('options.json', vectors, '--supplement', 'restart', '--day-zero', 'receipt-date'),
      due('options.json', vectors, '--supplement', 'subtract'),
      due('options.json', vectors, '--policy', 'keep-time'),
    ]);
    const at = (time: string) => `2026-03-${time}:00+07:00`;
    expect(plain.answers).toEqual({
      opening: at('03T17:00'),
      quarter: at('03T17:00'),
      pause: at('04T17:00'),
      saturday: at('10T17:00'),
    });
    // 09:00–11:30 and 13:00–14:00 are 3.5 h; of the other 4.5 h three are Wednesday's from 14:00.
    expect(hours.answers).toEqual({
      opening: at('03T07:30'),
      quarter: at('03T10:00'),
      pause: at('05T09:00'),
      saturday: at('10T07:30'),
    });
    expect(restart.answers).toMatchObject({ pause: at('05T17:00'), saturday: at('09T17:00') });
    // Two days of the calendar after Tuesday's close.
    expect(subtract.answers.pause).toBe(at('05T17:00'));
    expect(keep.answers).toEqual({
      opening: at('03T07:30'),
      quarter: at('03T09:53'),
      pause: at('04T09:00'),
      saturday: at('10T07:30'),
    });
  });
});

describe('a fault of one case', () => {
  /** Name, what is wrong with the case, the field that is named, the words. */
  const FAULTS: [string, object, string, RegExp][] = [
    ['calendar', { calendar: 'khong-co' }, 'calendar', /không có lịch «khong-co»/],
    ['a name of every object', { calendar: 'constructor' }, 'calendar', /không có lịch «constructor»/],
    ['date', { received: '2026-02-30T09:00:00+07:00' }, 'received', /thời điểm có thật/],
    ['text around', { received: 'ngày 02/03/2026 09:00' }, 'received', /thời điểm có thật/],
    ['no time', { received: '2026-03-02' }, 'received', /thiếu giờ trong ngày/],
    ['no receipt', { received: undefined }, 'received', /thiếu trường này/],
    ['receipt as a number', { received: 1772416800 }, 'received', /phải là chữ/],
    ['before the calendar', { received: '1989-12-31T09:00' }, 'received', /thời điểm có thật/],
    ['unit', { limit: { value: 1, unit: 'week' } }, 'limit.unit', /phải là một trong: workday, hour/],
    ['negative', { limit: { value: -1, unit: 'workday' } }, 'limit.value', /nhỏ nhất là 0/],
    ['value as text', { limit: { value: '1', unit: 'workday' } }, 'limit.value', /phải là số/],
    ['no limit', { limit: undefined }, 'limit', /thiếu trường này/],
    ['pause', { pauses: [{ from: '2026-03-02T09:00', to: '2026-02-31T09:00' }] }, 'pauses[0].to', /thời điểm có thật/],
    ['pause without end', { pauses: [{ from: '2026-03-02T09:00' }] }, 'pauses[0].to', /thiếu trường này/],
    [
      'pause backwards',
      { pauses: [{ from: '2026-03-03T09:00', to: '2026-03-02T09:00' }] },
      'pauses[0].to',
      /trước khi bắt đầu/,
    ],
    ['re-appointment', { reappoint: { value: 1, unit: 'x' } }, 'reappoint.unit', /phải là một trong/],
    ['first due', { reappoint: { value: 1, unit: 'hour' }, firstDue: 'mai' }, 'firstDue', /thời điểm có thật/],
    ['no id', { id: '' }, 'id', /không được để trống/],
    ['the same id', { id: 'v0' }, 'id', /«v0» có hai lần/],
    ['beyond 2099', { received: '2099-12-31T09:00' }, 'limit', /hết năm 2099/],
    ['far beyond', { limit: { value: 10_000, unit: 'year' } }, 'limit', /hết năm 2099/],
  ];

  it('is named with file, line and field, and the others are answered', async () => {
    // A right one, a wrong one, a right one …: vector 2i + 1 has fault i.
    const vectors = FAULTS.flatMap(([, more], i) => [one(`v${2 * i}`), one(`v${2 * i + 1}`, more)]);
    const ran = await due('fault.json', [...vectors, one('last')]);
    expect(ran.code).toBe(2);
    expect(Object.keys(ran.answers)).toEqual([...FAULTS.map((_, i) => `v${2 * i}`), 'last']);
    expect(new Set(Object.values(ran.answers))).toEqual(new Set(['2026-03-03T17:00:00+07:00']));
    const lines = faults(ran);
    expect(lines).toHaveLength(FAULTS.length);
    for (const [i, [name, , field, message]] of FAULTS.entries()) {
      const place = `fault.json:${FIRST_LINE + 2 * i + 1}: vectors[${2 * i + 1}].${field}: `;
      expect([name, lines[i]?.slice(0, place.length)]).toEqual([name, place]);
      expect(lines[i]).toMatch(message);
    }
  });

  it('something else in place of a case', async () => {
    const ran = await due('strange.json', [one('a'), null, 'b', 3, [], one('c')]);
    expect(ran.code).toBe(2);
    expect(Object.keys(ran.answers)).toEqual(['a', 'c']);
    expect(faults(ran)).toEqual(
      [1, 2, 3, 4].map((i) => `strange.json:${FIRST_LINE + i}: vectors[${i}]: phải là đối tượng {…}`),
    );
  });

  it('a calendar without a working hour answers nothing', async () => {
    const never = {
      ...FILE.calendars['commune-8h'],
      workHours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
      extraWorkingDays: [],
    };
    const ran = await dunghen(['due', '--vectors', cases('never.json', [one('x')], { a: never })]);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(`never.json:${FIRST_LINE}: vectors[0].limit: `);
  });

  it('many faults are cut after fifty, in the order of the file, with the number of the rest', async () => {
    const vectors = Array.from({ length: 200 }, (_, i) =>
      one(`v${i}`, i % 2 === 0 ? {} : { calendar: i % 4 === 1 ? 'x' : 7 }),
    );
    const ran = await due('many.json', vectors);
    const lines = faults(ran);
    expect(ran.code).toBe(2);
    expect(Object.keys(ran.answers)).toHaveLength(100);
    expect(lines).toHaveLength(51);
    expect(lines[50]).toBe('many.json: còn 50 lỗi nữa');
    expect(lines.slice(0, 50).map((line) => Number(line.split(':')[1]))).toEqual(
      Array.from({ length: 50 }, (_, i) => FIRST_LINE + 1 + 2 * i),
    );
  });
});

describe('a fault of the file', () => {
  const commune = FILE.calendars['commune-8h'];
  const calendar = (change: object) => () => cases('lich.json', [one('x')], { a: { ...commune, ...change } });

  it.each([
    ['nothing', () => file('rong.json', ''), /rong\.json:1: .*(trống|thiếu giá trị)/],
    ['not JSON', () => file('hong.json', '{\n"calendars": {},\n"vectors": [}\n'), /hong\.json:3: không phải JSON/],
    ['a list', () => file('ds.json', '[]'), /ds\.json:1: phải là đối tượng/],
    ['no vectors', () => file('khong.json', '{"calendars": {}}'), /khong\.json:1: vectors: thiếu trường này/],
    [
      'an empty list',
      () => file('trong.json', '{"calendars": {},\n"vectors": []}'),
      /trong\.json:2: vectors: không có/,
    ],
    [
      'no calendars',
      () => file('lich.json', `{"vectors": [${JSON.stringify(one('x'))}]}`),
      /calendars: thiếu trường này/,
    ],
    [
      'a wrong interval',
      calendar({ workHours: { ...commune?.workHours, tue: [['11:30', '07:30']] } }),
      /lich\.json:2: calendars\.a\.workHours\.tue\[0\]: giờ bắt đầu/,
    ],
    [
      'a wrong hour',
      calendar({ workHours: { ...commune?.workHours, tue: [['7h30', '11:30']] } }),
      /workHours\.tue\[0\]\[0\]: phải có dạng HH:mm/,
    ],
    ['no Sunday', calendar({ workHours: { mon: [] } }), /workHours\.sun: thiếu trường này/],
    [
      'a day off that is none',
      calendar({ holidays: ['2026-02-29'] }),
      /calendars\.a\.holidays\[0\]: ngày không tồn tại/,
    ],
    ['no days off', calendar({ holidays: undefined }), /calendars\.a\.holidays: thiếu trường này/],
    [
      'a worked day that is none',
      calendar({ extraWorkingDays: [{ date: '10/01/2026' }] }),
      /extraWorkingDays\[0\]\.date: phải có dạng YYYY-MM-DD/,
    ],
    ['a wrong cut-off', calendar({ sameDayCutoff: '25:00' }), /sameDayCutoff: phải có dạng HH:mm/],
    [
      'the same name twice',
      () => file('lap.json', `{"calendars": {},\n"vectors": [],\n"vectors": []}`),
      /lap\.json:3: vectors: .*hai lần/,
    ],
  ])('%s: nothing is answered', (_, make, message) => {
    const path = make();
    const reading = readVectors(readFileSync(path, 'utf8'));
    expect(reading.vectors).toBeNull();
    expect(reading.problems.map((problem) => problemText(path, problem)).join('\n')).toMatch(message);
  });

  it('is all that is printed', async () => {
    const path = cases('lich.json', [one('x'), one('y', { limit: 3 })], {
      a: { ...commune, holidays: ['2026-02-29'] },
    });
    const ran = await dunghen(['due', '--vectors', path]);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(faults(ran)).toEqual([
      'lich.json:2: calendars.a.holidays[0]: ngày không tồn tại (hoặc ngoài 1990–2099)',
      `lich.json:${FIRST_LINE + 1}: vectors[1].limit: phải là đối tượng {…}`,
    ]);
  });

  it.each([
    ['no file', () => join(folder, 'khong-co.json'), /khong-co\.json: không có tệp này/],
    ['a folder', () => folder, /không phải là tệp/],
    [
      'bytes',
      () => file('anh.json', Buffer.from([0x89, 0x50, 0xff, 0x00, 0xc3])),
      /anh\.json: không phải là chữ UTF-8/,
    ],
  ])('%s: one line', async (_, make, message) => {
    await expect(refusal('--vectors', make())).resolves.toMatch(message);
  });
});

describe('options', () => {
  it.each([
    [[], /thiếu tên tệp/],
    [['--vectors'], /--vectors cần một giá trị/],
    [[...VECTORS, '--policy', 'luat'], /--policy: không nhận giá trị «luat».*civil-code \| hour-to-hour \| keep-time/],
    [[...VECTORS, '--day-zero', 'x'], /--day-zero: không nhận giá trị «x»/],
    [[...VECTORS, '--policy', 'hour-to-hour', '--round-up', '1.5'], /--round-up: không nhận giá trị «1\.5»/],
    [[...VECTORS, '--policy', 'hour-to-hour', '--round-up', '500'], /--round-up: không nhận giá trị «500»/],
    [[...VECTORS, '--policy', 'hour-to-hour', '--close-of-day', 'x'], /--close-of-day: không nhận/],
    [[...VECTORS, '--supplement', 'x'], /--supplement: không nhận giá trị «x».*restart \| pause \| shift \| subtract/],
    [[...VECTORS, '--round-up', '15'], /--round-up không có nghĩa với cách đếm civil-code; .*hour-to-hour/],
    [[...VECTORS, '--policy', 'keep-time', '--close-of-day', 'stay'], /--close-of-day không có nghĩa/],
    [
      [...VECTORS, '--policy', 'hour-to-hour', '--day-zero', 'effective'],
      /--day-zero không có nghĩa với cách đếm hour-to-hour; .*civil-code/,
    ],
    [[...VECTORS, '--policy'], /--policy cần một giá trị/],
    [[...VECTORS, '--no-policy'], /--policy cần một giá trị/],
    [[...VECTORS, '--policy', 'civil-code', '--policy=keep-time'], /--policy có hai lần/],
    [[...VECTORS, '--la'], /không có tuỳ chọn --la/],
    [[...VECTORS, 'hai.json'], /thừa: hai\.json/],
  ])('refuses %j in one line', async (args, message) => {
    await expect(refusal(...args)).resolves.toMatch(message);
  });

  it('ends with exit code 2 and nothing on stdout', async () => {
    const ran = await dunghen(['due', ...VECTORS, '--policy', 'luat']);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(/^dunghen: --policy: [^\n]+\n$/);
  });

  it('explains itself', async () => {
    const help = await dunghen(['due', '--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const option of ['--vectors', '--policy', '--day-zero', '--round-up', '--close-of-day', '--supplement'])
      expect(help.out).toContain(option);
  });
});
