import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  booleanOf,
  codeOf,
  compactMoment,
  errorCodeOf,
  Fields,
  inPath,
  integerOf,
  isoDayOf,
  listOf,
  readMoment,
  rowsOf,
  says,
  textOf,
  unitOf,
} from '../../connectors/wire.ts';

/** 25/11/2026 08:05:09 at UTC+7. */
const SECOND = Date.UTC(2026, 10, 25, 1, 5, 9) / 1000;
const DAY = Date.UTC(2026, 10, 24, 17) / 1000;

describe('#12 moments in every form that was seen', () => {
  it.each([
    ['20261125080509'],
    ['25/11/2026 08:05:09'],
    ['25-11-2026 08:05:09'],
    ['25/11/2026 8:05:09'],
    ['2026/11/25 08:05:09'],
    ['2026-11-25 08:05:09'],
    ['2026-11-25T08:05:09.123'],
    ['2026-11-25T08:05:09.000+0700'],
    ['2026-11-25T08:05:09+07:00'],
    ['2026-11-25T01:05:09.000Z'],
    ['2026-11-24T20:05:09-0500'],
    [String(SECOND * 1000)],
    [String(SECOND * 1000 + 999)],
    [SECOND * 1000],
    [' 25/11/2026 08:05:09 '],
  ])('%s', (text) => expect(readMoment(text)).toEqual({ second: SECOND, dayOnly: false }));

  it.each(['25/11/2026', '2026-11-25', '2026/11/25', '20261125'])('a bare day: %s', (text) =>
    expect(readMoment(text)).toEqual({ second: DAY, dayOnly: true }),
  );

  it('a false Z is local time, and only where the upstream is known for it', () => {
    const text = '2026-11-25T08:05:09.000Z';
    expect(readMoment(text, { falseZ: true })).toEqual({ second: SECOND, dayOnly: false });
    expect(readMoment(text)).toEqual({ second: SECOND + 7 * 3600, dayOnly: false });
    expect(readMoment('2026-11-25T08:05:09.000+0700', { falseZ: true })).toMatchObject({ second: SECOND });
  });
});

describe('#11 no date, and not a date', () => {
  it.each([
    undefined,
    null,
    '',
    '  ',
    '0',
    0,
    'null',
    '0000-00-00T00:00:00.000+0700',
    '00/00/0000',
    '0001-01-01T00:00:00',
  ])('none: %s', (value) => expect(readMoment(value)).toBe('none'));

  it.each([
    '31/02/2026',
    '32/13/2026 08:00:00',
    '20261332080000',
    '25/11/2026 24:00:00',
    '25/11/2026 08:60:00',
    '25/11/26',
    '1764032709',
    '99999999999999',
    'đang cập nhật',
    'ngày 25/11/2026',
    '2026-11-25T08:05:09+99:00',
    true,
    {},
    [],
  ])('unreadable, never guessed: %s', (value) => expect(readMoment(value)).toBe('unreadable'));
});

describe('moments, by property', () => {
  const seconds = fc.integer({ min: 788_893_200, max: 4_102_419_599 });
  const pad = (n: number, width = 2) => String(n).padStart(width, '0');
  const forms = (second: number): string[] => {
    const d = new Date((second + 25_200) * 1000);
    const [Y, M, D] = [pad(d.getUTCFullYear(), 4), pad(d.getUTCMonth() + 1), pad(d.getUTCDate())];
    const time = `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}`;
    return [
      `${Y}${M}${D}${time.replaceAll(':', '')}`,
      `${D}/${M}/${Y} ${time}`,
      `${Y}/${M}/${D} ${time}`,
      `${Y}-${M}-${D}T${time}.000+0700`,
      new Date(second * 1000).toISOString(),
    ];
  };

  it('all forms of one moment are that moment, to the second', () =>
    fc.assert(
      fc.property(seconds, (second) => {
        for (const text of forms(second)) expect(readMoment(text)).toEqual({ second, dayOnly: false });
      }),
    ));

  it('what is written as yyyyMMddHHmmss is read back', () =>
    fc.assert(
      fc.property(seconds, (second) => {
        expect(readMoment(compactMoment(second))).toEqual({ second, dayOnly: false });
        expect(compactMoment(second).slice(0, 8)).toBe(isoDayOf(second).replaceAll('-', ''));
      }),
    ));

  it('no value whatever makes it throw or give a moment outside our years', () =>
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.stringMatching(/^[\d/:T. Z+-]{0,30}$/)), (value) => {
        const read = readMoment(value);
        if (typeof read === 'object') expect(isoDayOf(read.second)).toMatch(/^(?:19[89]\d|20\d\d|2100)-/);
        else expect(['none', 'unreadable']).toContain(read);
      }),
    ));
});

describe('values', () => {
  it('#1 error_code 0, "0" and "00" are success, and nothing else is', () => {
    for (const code of [0, '0', '00', ' 0 ']) expect(errorCodeOf({ error_code: code })).toBe('0');
    expect(errorCodeOf({ errorCode: '0' })).toBe('0');
    for (const code of [1, '3', '-3', '-1', '01', '004']) expect(errorCodeOf({ error_code: code })).toBe(String(code));
    for (const body of [{}, null, [], 'thành công', { error_code: '' }, { error_code: null }])
      expect(errorCodeOf(body)).toBeUndefined();
  });

  it('#2 words are found whatever their case, tone marks and Unicode form', () => {
    for (const message of ['Hồ sơ ĐÃ TỒN TẠI.', 'ho so da ton tai', 'Hồ sơ đã tồn tại'.normalize('NFD')])
      expect(says(message, 'đã tồn tại')).toBe(true);
    expect(says('Thành công', 'đã tồn tại')).toBe(false);
    expect(says(undefined, 'đã tồn tại')).toBe(false);
  });

  it('#5 numbers and booleans as text: "false" is false', () => {
    for (const yes of [true, 'True', 'true', '1', 1]) expect(booleanOf(yes)).toBe(true);
    for (const no of [false, 'False', 'false', '0', 0]) expect(booleanOf(no)).toBe(false);
    for (const neither of ['', null, undefined, 'có', 2, {}]) expect(booleanOf(neither)).toBeUndefined();
    expect(['9', 9, ' 9 '].map(integerOf)).toEqual([9, 9, 9]);
    for (const other of ['9.5', '', null, '1e3', 'chín', true]) expect(integerOf(other)).toBeUndefined();
  });

  it('#6 a list of one may be the item itself, a list of none may be nothing', () => {
    expect(listOf([{ a: 1 }])).toEqual([{ a: 1 }]);
    expect(listOf({ a: 1 })).toEqual([{ a: 1 }]);
    for (const none of [undefined, null, '', []]) expect(listOf(none)).toEqual([]);
  });

  it('#8 a unit code that came as a number gets its zeros back from the units we know', () => {
    const known = ['00029', '00767', 'H29.999'];
    expect(unitOf(29, known)).toBe('00029');
    expect(unitOf('767', known)).toBe('00767');
    expect(unitOf('H29.999', known)).toBe('H29.999');
    expect(unitOf(31, known)).toBe('31');
    expect(unitOf(29, ['029', '00029'])).toBe('29');
  });

  it('#9 one concept in many spellings', () => {
    for (const row of [{ MaHoSo: 'A' }, { mahoso: 'A' }, { maHoSo: 'A' }, { MAHOSO: 'A' }])
      expect(new Fields(row).text('MaHoSo')).toBe('A');
    expect(new Fields({ MaHoSo: '', mahoso: 'A' }).text('MaHoSo')).toBe('A');
    expect(new Fields({ idHoSo: 'A' }).text('MaHoSo', 'IDHoSo')).toBe('A');
  });

  it('#10 rows under result, under data, inside an object, as one object', () => {
    const rows = [{ MaHoSo: 'A' }];
    for (const body of [
      { result: rows },
      { data: rows },
      { result: { data: rows } },
      { result: rows[0] },
      { DATA: rows },
    ])
      expect(rowsOf(body)).toEqual(rows);
    for (const body of [
      {},
      { result: [] },
      { result: null },
      { result: '' },
      { result: {} },
      { result: { data: null } },
    ])
      expect(rowsOf(body)).toEqual([]);
  });

  it('#31 JSON inside a text', () => {
    expect(rowsOf({ data: '[{"MaHoSo":"A"}]' })).toEqual([{ MaHoSo: 'A' }]);
    expect(rowsOf({ data: '{"data":"[1,2]"}' })).toEqual([1, 2]);
    expect(listOf('{đứt')).toEqual(['{đứt']);
  });

  it('#13 a code keeps its slashes, the last one too, and is one segment of a path', () => {
    for (const code of ['0000/2018/07/03/', 'SXD.01/03082018/0008', '000.00.15.H29-261011-0001'])
      expect(codeOf(` ${code} `)).toBe(code);
    expect(inPath('0000/2018/07/03/')).toBe('0000%2F2018%2F07%2F03%2F');
  });

  it('#18 text is compared as NFC', () => {
    expect(textOf('Hồ sơ'.normalize('NFD'))).toBe('Hồ sơ');
    expect(codeOf('ĐƯỜNG-01'.normalize('NFD'))).toBe('ĐƯỜNG-01'.normalize('NFC'));
  });

  it('#7 digits that became a number are text again; zeros that are lost are not invented', () => {
    expect(codeOf(260101)).toBe('260101');
    expect(codeOf(true)).toBeUndefined();
    expect(codeOf(Number.NaN)).toBeUndefined();
  });

  it('a code that went through a path is the same code', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (code) => {
        const url = new URL(`http://localhost/a/${inPath(code)}/b`);
        if (code !== '.' && code !== '..') expect(url.pathname.split('/')).toEqual(['', 'a', inPath(code), 'b']);
        expect(decodeURIComponent(inPath(code))).toBe(code);
      }),
    ));

  it('nothing on the wire makes a helper throw', () =>
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const read of [listOf, rowsOf, errorCodeOf, booleanOf, integerOf, textOf])
          expect(() => read(value)).not.toThrow();
        expect(() => new Fields(value).text('a')).not.toThrow();
      }),
    ));
});
