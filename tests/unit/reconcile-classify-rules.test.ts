import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemText } from '../../lib/json/index.ts';
import {
  CAUSES,
  causeName,
  className,
  codeKey,
  compareField,
  DIFFERENCE_CLASSES,
  FIXES,
  fixFor,
  fixName,
  normalCode,
  procedureListed,
  procedureStem,
  RulesFile,
  readRulesFile,
  ruleName,
  rulesAt,
  SHIPPED_RULES,
  SIDES,
  sameMoment,
  sameProcedure,
  secondsText,
  sideName,
  statusText,
  UnitReconcileRules,
  unitListed,
} from '../../lib/reconcile/index.ts';

const TODAY = 20_780;
const FORMAT = '"format": "dunghen-reconcile-rules/1", "effectiveFrom": "2026-11-01"';

describe('the rules that ship', () => {
  it('have the form that is asked of others, with a source for each rule', () => {
    for (const file of SHIPPED_RULES) expect(RulesFile.parse(file)).toEqual(file);
    const days = SHIPPED_RULES.map(({ effectiveFrom }) => effectiveFrom);
    expect(days).toEqual([...days].sort());
  });

  it('stand also for days before the first of them', () => {
    expect(rulesAt(0)).toEqual(rulesAt(TODAY));
    expect(rulesAt(TODAY)).toMatchObject({
      lagHours: 24,
      reachDays: 31,
      tolerance: { receivedAt: { seconds: 60 }, dueAt: { seconds: 60 }, finishedAt: { seconds: 60 } },
    });
  });
});

describe('a unit’s own rules', () => {
  const own = (text: string) => {
    const reading = readRulesFile(`{${FORMAT}${text}}`);
    if (!reading.ok) throw new Error(reading.problems.map((one) => problemText('q.json', one)).join('\n'));
    return reading.rules;
  };
  const origin = '"source": "Công văn thử", "certainty": "unit"';

  it('lie over the shipped ones from their day on', () => {
    const unit = own(`, "tolerance": {"dueAt": {"days": 0, ${origin}}}, "syncLag": {"hours": 48, ${origin}},
      "without": ["civil-status"],
      "outside": [{"id": "land", "label": "Đất đai", "procedures": ["9.9*"], "units": [], ${origin}},
                  {"id": "later", "label": "Sau", "procedures": [], "units": ["x"], "from": "2027-01-01", ${origin}}]`);
    const rules = rulesAt(TODAY, [unit]);
    expect(rules).toMatchObject({ lagHours: 48, tolerance: { dueAt: { days: 0 }, receivedAt: { seconds: 60 } } });
    expect(rules.outside.map(({ id, procedures }) => [id, procedures.length])).toEqual([
      ['land', 1],
      ['business', 5],
    ]);
    expect(rulesAt(TODAY + 60, [unit]).outside.map(({ id }) => id)).toContain('later');
    expect(rulesAt(20_000, [unit])).toEqual(rulesAt(20_000));
    expect(ruleName('land', rules)).toBe('Đất đai.');
  });

  it('the example in the guide is one that is read', () => {
    const guide = readFileSync(join(import.meta.dirname, '../../docs/reconcile.md'), 'utf8');
    expect(readRulesFile(/```json\n([^`]+)```/.exec(guide)?.[1] ?? '')).toMatchObject({ ok: true });
  });

  it('the later file of two stands, in whatever order they are given', () => {
    const first = own(`, "syncLag": {"hours": 1, ${origin}}`);
    const second = { ...own(`, "syncLag": {"hours": 2, ${origin}}`), effectiveFrom: '2026-11-10' };
    expect(rulesAt(TODAY, [second, first]).lagHours).toBe(2);
  });

  it.each([
    ['{', 'q.json:1: không phải JSON: thiếu dấu } đóng'],
    [`{${FORMAT},\n "syncLag": {"hours": "4", ${origin}}}`, 'q.json:2: syncLag.hours: phải là số'],
    [`{${FORMAT},\n "syncLags": {}}`, 'q.json:1: có trường lạ: syncLags'],
    [
      `{${FORMAT},\n "tolerance": {"dueAt": {"weeks": 1, ${origin}}}}`,
      'q.json:2: tolerance.dueAt: không theo dạng nào được nhận',
    ],
    [`{${FORMAT},\n\n "without": ["khong-co"]}`, 'q.json:3: without[0]: không có mục nào tên khong-co để bỏ'],
    [
      `{${FORMAT}, "outside": [{"id": "a", "label": "A", "procedures": ["1.0 0"], "units": [], ${origin}}]}`,
      'q.json:1: outside[0].procedures[0]: phải là mã thủ tục, hoặc đầu mã và dấu *',
    ],
    [
      `{${FORMAT}, "cosmetic": [\n {"id": "a", "label": "A", "from": [5], "to": [9], ${origin}},\n {"id": "a", "label": "B", "from": [6], "to": [9], ${origin}}]}`,
      'q.json:3: cosmetic[1].id: mục a có hai lần trong tệp này',
    ],
    [
      `{${FORMAT}, "outside": [{"id": "a", "label": "A", "procedures": [], "units": [], "from": "2026-05-01",\n "until": "2026-01-01", ${origin}}]}`,
      'q.json:2: outside[0].until: kết thúc trước khi bắt đầu (2026-05-01)',
    ],
    [`{${FORMAT.replace('rules/1', 'rules/9')}}`, 'q.json:1: format: phải là "dunghen-reconcile-rules/1"'],
  ])('a fault is told with line and field: %s', (text, expected) => {
    const reading = readRulesFile(text);
    expect(reading.ok ? [] : reading.problems.map((one) => problemText('q.json', one))).toEqual([expected]);
  });

  it('never throws on other text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readRulesFile(text).ok).toBe(false);
      }),
    );
    expect(UnitReconcileRules.safeParse({}).success).toBe(false);
  });
});

describe('what is the same', () => {
  it.each([
    ['1.004944', '1.004944.000.00.00.H29', true],
    ['1.004944.000.00.00.H29', '1.004944.000.00.00.H22', true],
    ['1.004944', '1.004945', false],
    ['1.004944', '1.0049441', false],
    ['khai-sinh', ' KHAI-SINH ', true],
    ['khai-sinh', 'khai-tử', false],
  ])('procedures %s and %s: %s', (a, b, same) => {
    expect([sameProcedure(a, b), sameProcedure(b, a)]).toEqual([same, same]);
  });

  it('a code is compared without case, form of letters and blanks around separators; all else counts', () => {
    expect(codeKey(' h29.999 - 261105 -0001\n')).toBe('H29.999-261105-0001');
    expect(codeKey('hồ sơ/01'.normalize('NFD'))).toBe('HỒ SƠ/01'.normalize('NFC'));
    for (const [a, b] of [
      ['0000/2018/07/03/', '0000/2018/07/03'],
      ['H29.999-261105-0001', 'H29.999-261105-1'],
      ['H29.999-261105-0001', 'H29.999-20261105-0001'],
    ])
      expect(codeKey(a as string)).not.toBe(codeKey(b as string));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Zđ ./_-]*$/)), (code) => {
        expect(codeKey(codeKey(code))).toBe(codeKey(code));
        expect(codeKey(code)).toBe(normalCode(code));
      }),
    );
  });

  it('moments: seconds, days, and bare days by their date', () => {
    const noon = Date.UTC(2026, 10, 5, 5) / 1000;
    const midnight = Date.UTC(2026, 10, 5, 17) / 1000; // 06/11/2026 00:00 at UTC+7
    expect(sameMoment(noon, noon + 60, { seconds: 60 }, false)).toBe(true);
    expect(sameMoment(noon, noon + 61, { seconds: 60 }, false)).toBe(false);
    expect(sameMoment(noon, midnight - 1, { days: 0 }, false)).toBe(true);
    expect(sameMoment(midnight - 1, midnight, { days: 0 }, false)).toBe(false);
    expect(sameMoment(midnight - 1, midnight, { days: 1 }, true)).toBe(true);
    expect(sameMoment(noon, midnight - 1, { seconds: 60 }, true)).toBe(true);
    expect(sameMoment(midnight - 1, midnight, { seconds: 60 }, true)).toBe(false);
  });

  it('lists of procedures and units', () => {
    expect(procedureListed('1.012796.000.00.00.H29', ['1.012796'])).toBe(true);
    expect(procedureListed('1.0127961', ['1.012796'])).toBe(false);
    expect(procedureListed('9.980001', ['9.98*'])).toBe(true);
    expect(procedureListed('9.880001', ['9.98*'])).toBe(false);
    expect(procedureStem('KT-01')).toBe('KT-01');
    expect(unitListed('Chi nhánh VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI khu vực 1', ['văn phòng đăng ký đất đai'])).toBe(true);
    expect(unitListed('Ủy ban nhân dân phường', ['văn phòng đăng ký đất đai'])).toBe(false);
  });

  it('statuses that mean the same between two systems are the unit’s to say', () => {
    const equal = {
      id: 'bus',
      label: 'Trục',
      sides: ['city', 'lgsp'] as ['city', 'lgsp'],
      statuses: [2, 4],
      source: 'x',
      certainty: 'unit' as const,
    };
    const rules = { ...rulesAt(TODAY), equalStatuses: [equal] };
    const [x, y] = [
      { code: 'a', status: 2, at: '' },
      { code: 'a', status: 4, at: '' },
    ];
    expect(compareField('status', { a: 'city', b: 'lgsp', x, y }, rules)).toBe('same');
    expect(compareField('status', { a: 'city', b: 'national', x, y }, rules)).toBe('different');
    expect(compareField('status', { a: 'city', b: 'lgsp', x, y }, rulesAt(TODAY))).toBe('different');
  });
});

describe('words', () => {
  const sentence = /^\p{Lu}.*\p{L}.*$/u;

  it('every id has a name or a sentence of its own', () => {
    const said = [
      ...SIDES.map(sideName),
      ...DIFFERENCE_CLASSES.map(className),
      ...CAUSES.map(causeName),
      ...FIXES.map(fixName),
    ];
    for (const text of said) expect(text).toMatch(sentence);
    expect(new Set(said).size).toBe(said.length);
  });

  it('every class and cause has something to do about it', () => {
    for (const name of DIFFERENCE_CLASSES) {
      expect(FIXES).toContain(fixFor(name));
      for (const cause of CAUSES) expect(FIXES).toContain(fixFor(name, cause));
    }
  });

  it('an id of another version is shown as it is', () => {
    expect([causeName('x-1'), fixName('x-2'), ruleName('x-3')]).toEqual(['x-1', 'x-2', 'x-3']);
  });

  it('every entry of the dated data is a rule with words', () => {
    for (const { cosmetic, outside } of SHIPPED_RULES)
      for (const { id, label } of [...cosmetic, ...outside]) expect(ruleName(id)).toBe(`${label}.`);
  });

  it('values as they are read aloud', () => {
    const second = Date.UTC(2026, 10, 5, 7, 30, 12) / 1000;
    expect(secondsText(second)).toBe('05/11/2026 14:30:12');
    expect(secondsText(second, true)).toBe('05/11/2026');
    expect(secondsText(Number.NaN)).toBe('thời điểm không hợp lệ');
    expect(statusText(4)).toBe('4 – Đang xử lý');
    expect(statusText(0, 'posting')).toBe('không rõ («posting»)');
    expect(statusText(11)).toBe('không rõ («11»)');
  });
});
