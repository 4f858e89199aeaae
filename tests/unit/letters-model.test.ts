import { describe, expect, it } from 'vitest';
import { shippedTable } from '../../lib/calendar/index.ts';
import {
  checkLetter,
  checkNewDate,
  type DossierFacts,
  dateInWords,
  formById,
  formInForce,
  isProvisionalDate,
  LETTER_FIELDS,
  LETTER_REASONS,
  type LetterChoice,
  type LetterForm,
  type LetterUnit,
  letterOf,
  momentInWords,
  proposeNewDate,
  reasonsFor,
  timeInWords,
  valuesOf,
} from '../../lib/letters/index.ts';
import { tidy, together, unitNameTogether } from '../../lib/letters/typography.ts';
import { dayOf, isoOf, parseIsoDay, parseMoment } from '../../lib/text/index.ts';

const at = (text: string) => parseMoment(text)?.minute as number;
const moment = (text: string) => ({ at: at(text), dayOnly: false });
const spaced = (text: string) => text.replace(/\u00a0/g, ' ');

const UNIT: LetterUnit = {
  coQuanBanHanh: 'Ủy ban nhân dân phường Mẫu',
  diaDanh: 'Phường Mẫu',
  kyHieu: 'PXL',
  noiNhan: ['Như trên', 'Lưu: VT'],
  nguoiKy: { chucVu: 'Chủ tịch', hoTen: 'Trần Thị Mẫu' },
};
const FACTS: DossierFacts = {
  code: 'H29.999-261110-0001',
  procedureName: 'Thủ tục mẫu',
  receivedAt: moment('10/11/2026 09:15'),
  dueAt: moment('25/11/2026 17:00'),
  statusText: 'Đang xử lý',
  owner: { name: 'Nguyễn Văn Mẫu' },
};
const CHOICE: LetterChoice = {
  form: formById('tt03-2025') as LetterForm,
  reason: 'chờ cơ quan phối hợp',
  newDueAt: moment('02/12/2026 17:00'),
  channel: 'paper',
};
const letterFrom = (
  facts: Partial<DossierFacts> = {},
  unit: Partial<LetterUnit> = {},
  choice: Partial<LetterChoice> = {},
) => {
  const result = letterOf({ ...FACTS, ...facts }, { ...UNIT, ...unit }, { ...CHOICE, ...choice });
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('; '));
  return result.letter;
};
const problemsOf = (
  facts: Partial<DossierFacts> = {},
  unit: Partial<LetterUnit> = {},
  choice: Partial<LetterChoice> = {},
) => {
  const result = letterOf({ ...FACTS, ...facts }, { ...UNIT, ...unit }, { ...CHOICE, ...choice });
  return result.ok ? [] : result.problems.map(({ field, why }) => [field, why]);
};

describe('dates in words', () => {
  it.each([
    ['2026-07-05', 'ngày 05 tháng 7 năm 2026'],
    ['2027-01-09', 'ngày 09 tháng 01 năm 2027'],
    ['2026-02-10', 'ngày 10 tháng 02 năm 2026'],
    ['2026-03-01', 'ngày 01 tháng 3 năm 2026'],
    ['2026-10-31', 'ngày 31 tháng 10 năm 2026'],
    ['2028-02-29', 'ngày 29 tháng 02 năm 2028'],
    ['2026-12-09', 'ngày 09 tháng 12 năm 2026'],
  ])('%s', (day, words) => {
    expect(spaced(dateInWords(parseIsoDay(day) as number))).toBe(words);
  });

  it.each([
    [0, '00 giờ 00'],
    [450, '07 giờ 30'],
    [1020, '17 giờ 00'],
    [1439, '23 giờ 59'],
  ])('minute %i of the day', (minute, words) => {
    expect(spaced(timeInWords(minute))).toBe(words);
  });

  it('gives the hour only when it is known, and breaks only between hour and date', () => {
    const words = momentInWords(moment('25/11/2026 17:00'));
    expect(words.split(' ')).toEqual(['17\u00a0giờ\u00a000', 'ngày\u00a025\u00a0tháng\u00a011\u00a0năm\u00a02026']);
    expect(spaced(momentInWords({ at: at('25/11/2026'), dayOnly: true }))).toBe('ngày 25 tháng 11 năm 2026');
  });
});

describe('a letter from a dossier', () => {
  it('leaves the number and the day of signing blank, and nothing else', () => {
    const letter = letterFrom();
    expect(letter.soKyHieu).toBe('……/PXL');
    expect(spaced(letter.diaDanhNgay)).toBe('Phường Mẫu, ngày … tháng … năm …');
    expect(letter.lanHenLai).toBe(1);
    const values = valuesOf(letter);
    const blank = LETTER_FIELDS.filter(({ tag, required }) => required && !values[tag]?.length);
    expect(blank).toEqual([]);
  });

  it.each([
    ['a person whose form of address is not given', { name: ' Nguyễn Văn Mẫu ' }, 'Ông/Bà Nguyễn Văn Mẫu'],
    ['a form of address that is given', { name: 'Trần Thị Mẫu', honorific: 'Bà' }, 'Bà Trần Thị Mẫu'],
    ['an organisation', { name: 'Công ty TNHH Mẫu', organisation: true }, 'Công ty TNHH Mẫu'],
  ])('writes to %s', (_, owner, kinhGui) => {
    expect(letterFrom({ owner }).kinhGui).toBe(kinhGui);
  });

  it('goes to the authorised person when there is one', () => {
    const authorised = { name: 'Lê Văn Thử', phone: '0000 000 000' };
    expect(letterFrom({ authorised })).toMatchObject({ kinhGui: 'Ông/Bà Lê Văn Thử', soDienThoai: '0000 000 000' });
    expect(letterFrom({ authorised: { name: ' ' } }).kinhGui).toBe('Ông/Bà Nguyễn Văn Mẫu');
  });

  it('names every field that is missing, at once', () => {
    expect(
      problemsOf({ owner: undefined, receivedAt: undefined, code: ' ' }, { nguoiKy: { chucVu: '' } }, { reason: '' }),
    ).toEqual([
      ['kinhGui', 'missing'],
      ['ngayTiepNhan', 'missing'],
      ['maHoSo', 'missing'],
      ['lyDo', 'missing'],
      ['nguoiKy.chucVu', 'missing'],
      ['nguoiKy.hoTen', 'missing'],
    ]);
    expect(problemsOf({}, { coQuanBanHanh: undefined, diaDanh: '', noiNhan: [' '] })).toEqual([
      ['coQuanBanHanh', 'missing'],
      ['diaDanhNgay', 'missing'],
      ['noiNhan', 'missing'],
    ]);
  });

  it('refuses a second re-appointment', () => {
    expect(problemsOf({ reappointments: 1 })).toEqual([['lanHenLai', 'second']]);
  });

  it('takes no number and no day of signing from anyone', () => {
    const letter = letterFrom();
    const fields = (change: object) => {
      const result = checkLetter({ ...letter, ...change });
      return result.ok ? [] : result.problems.map(({ field, why }) => [field, why]);
    };
    expect(fields({})).toEqual([]);
    expect(fields({ soKyHieu: '12/PXL' })).toEqual([['soKyHieu', 'invalid']]);
    expect(fields({ diaDanhNgay: 'Mẫu, ngày 02 tháng 12 năm 2026' })).toEqual([['diaDanhNgay', 'invalid']]);
  });

  it('is NFC throughout, and one line where a line is meant', () => {
    const letter = letterFrom(
      { owner: { name: 'Nguyễn\nVăn Mẫu'.normalize('NFD') } },
      {},
      { reason: 'chờ\r\nphối hợp\u0000'.normalize('NFD') },
    );
    expect(letter.kinhGui).toBe('Ông/Bà Nguyễn Văn Mẫu');
    expect(letter.lyDo).toBe('chờ\nphối hợp');
    const text = JSON.stringify(valuesOf(letter));
    expect(text).toBe(text.normalize('NFC'));
  });
});

describe('what stays on one line', () => {
  it('is short names, codes and the proper name of a unit', () => {
    expect(together('Nguyễn Văn Mẫu')).toBe('Nguyễn\u00a0Văn\u00a0Mẫu');
    expect(together('x '.repeat(30))).toContain(' ');
    expect(unitNameTogether('Ủy ban nhân dân xã Đức Trọng')).toBe('Ủy ban nhân dân xã\u00a0Đức\u00a0Trọng');
    expect(unitNameTogether('Trung tâm Mẫu')).toBe('Trung tâm Mẫu');
  });

  it('tidies text once and for all', () => {
    const wild = ' a\u0300\t\u0007b\ud800\r\nc\u2028d\ufffe ';
    expect(tidy(wild)).toBe('à b\nc\nd');
    expect(tidy(tidy(wild))).toBe(tidy(wild));
    expect(tidy('😀')).toBe('😀');
  });
});

describe('a new date', () => {
  const table = shippedTable();
  const now = at('23/11/2026 10:00');
  const old = at('25/11/2026 17:00');
  const idsOf = (date: string, earlier = 0) => checkNewDate(table, now, old, at(date), earlier).map(({ id }) => id);

  it.each([
    ['02/12/2026 17:00', []],
    ['28/11/2026 17:00', ['day-off']],
    ['25/11/2026 17:00', ['not-after-old']],
    ['23/11/2026 17:00', ['not-after-today', 'not-after-old']],
    ['24/11/2026 17:00', ['not-after-old', 'day-off']],
    ['02/12/2050 17:00', ['no-calendar']],
  ])('%s: %j', (date, ids) => {
    expect(idsOf(date)).toEqual(ids);
  });

  it('is refused the second time, in words', () => {
    expect(idsOf('02/12/2026 17:00', 1)).toEqual(['second']);
    expect(checkNewDate(table, now, old, at('02/12/2026'), 1)[0]?.message).toContain('không quá 1 lần');
    expect(checkNewDate(table, now, old, at('29/11/2026'))[0]?.message).toBe('Chủ nhật 29/11/2026 là ngày nghỉ');
  });

  it('is proposed so that it passes its own check, from the old date or from today', () => {
    expect(isoOf(proposeNewDate(table, now, old) as number)).toBe('2026-12-02T17:00:00+07:00');
    const longOverdue = at('02/03/2026 17:00');
    expect(isoOf(proposeNewDate(table, now, longOverdue, 0, 1) as number)).toBe('2026-11-25T17:00:00+07:00');
    expect(proposeNewDate(table, now, old, 1)).toBeNull();
    expect(proposeNewDate(table, now, at('30/12/2050'))).toBeNull();
  });

  it('is known to be provisional in a year that is not announced', () => {
    const date = proposeNewDate(table, at('20/01/2027 10:00'), at('25/01/2027 17:00')) as number;
    expect(dayOf(date)).toBeGreaterThan(dayOf(at('25/01/2027')));
    expect(isProvisionalDate(table, date)).toBe(true);
    expect(isProvisionalDate(table, old)).toBe(false);
  });
});

describe('dated data', () => {
  it('chooses the form of the day', () => {
    expect(
      ['2018-12-31', '2019-01-06', '2025-09-14', '2025-09-15', '2026-11-23'].map((day) => formInForce(day).id),
    ).toEqual(['nd30-2020', 'tt01-2018', 'tt01-2018', 'tt03-2025', 'tt03-2025']);
  });

  it('puts the reasons of a procedure first', () => {
    const ids = reasonsFor('Đăng ký khai sinh'.normalize('NFD')).map(({ id }) => id);
    expect(ids[0]).toBe('civil-record');
    expect(ids).toContain('other');
    expect(ids).not.toContain('land-survey');
    expect(new Set(LETTER_REASONS.map(({ id }) => id)).size).toBe(LETTER_REASONS.length);
  });
});
