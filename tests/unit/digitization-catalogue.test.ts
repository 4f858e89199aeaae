import { describe, expect, it } from 'vitest';
import {
  CatalogueFile,
  mergeCatalogues,
  procedureNumber,
  procedureOf,
  procedureOfDossier,
  readCatalogueFile,
  SHIPPED_CATALOGUE,
  shippedCatalogue,
} from '../../lib/digitization/index.ts';
import { readJson } from '../../lib/json/index.ts';
import { catalogueFrom } from '../../scripts/catalogue.ts';

const MINE: CatalogueFile = {
  id: 'don-vi',
  version: '2027-01',
  label: 'Danh mục của đơn vị',
  effectiveFrom: '2027-01-01',
  source: 'Quyết định công bố của đơn vị',
  procedures: [
    {
      code: '1.001193',
      name: 'Đăng ký khai sinh',
      components: [
        {
          name: 'Tờ khai',
          kind: 'original',
          oneOf: 'form',
          condition: { when: 'channel', text: 'nộp trực tiếp' },
          channel: ['counter'],
        },
        { name: 'Biểu mẫu điện tử', kind: 'data', oneOf: 'form' },
      ],
    },
  ],
};
const textOf = (value: unknown) => JSON.stringify(value, null, 2);
const problemsOf = (value: unknown) => {
  const reading = readCatalogueFile(textOf(value));
  return reading.ok ? [] : reading.problems;
};
const changed = (change: (file: CatalogueFile) => void) => {
  const copy = structuredClone(MINE);
  change(copy);
  return copy;
};
const componentsOf = (file: CatalogueFile) => (file.procedures[0] as CatalogueFile['procedures'][number]).components;

describe('the shipped catalogue', () => {
  it('is what an admin could import', () => {
    expect(problemsOf(SHIPPED_CATALOGUE)).toEqual([]);
    expect(SHIPPED_CATALOGUE.procedures).toHaveLength(98);
  });

  it('names a source for every procedure, and what the letter stands for', () => {
    for (const { source = [] } of SHIPPED_CATALOGUE.procedures) {
      expect(source.length).toBeGreaterThan(0);
      for (const letter of source) expect(SHIPPED_CATALOGUE.sources?.[letter]).toBeTruthy();
    }
  });

  it('has no limit where none can be computed', () => {
    const none = SHIPPED_CATALOGUE.procedures.filter(({ limit }) => limit?.value === null).map(({ code }) => code);
    expect(none.sort()).toEqual(['1.000713', '1.011606', '1.115148', '1.115377', '2.002894']);
  });

  it('keeps hours of the day, doubt and age', () => {
    expect(procedureOf('1.001193', shippedCatalogue())).toMatchObject({
      sameDayCutoff: '15:00',
      limit: { value: 1, unit: 'sameDay' },
    });
    expect(procedureOf('1.014849', shippedCatalogue())?.intakeCutoff?.time).toBe('16:00');
    expect(procedureOf('1.004859', shippedCatalogue())?.basis?.limit).toBe('conflict');
    expect(procedureOf('1.004859', shippedCatalogue())?.limit?.cases).toHaveLength(2);
    expect(procedureOf('1.013225', shippedCatalogue())?.stale).toContain('135/2025/QH15');
  });

  it('can decide conditions of the channel and no others', () => {
    const components = SHIPPED_CATALOGUE.procedures.flatMap((one) => one.components);
    const decided = components.filter(({ condition }) => condition?.when === 'channel');
    expect(decided.length).toBeGreaterThan(30);
    expect(decided.every(({ channel }) => channel !== undefined && channel.length < 3)).toBe(true);
    // Not always needed, of no group: there is a condition, or the paper would never be asked for.
    const loose = components.filter(({ required, oneOf, condition }) => !required && !oneOf && !condition);
    expect(loose).toEqual([]);
  });
});

describe('codes of procedures', () => {
  it.each([
    ['1.001193', '1.001193'],
    ['2.000815.000.00.00.H29', '2.000815'],
    ['1.001193.H55', '1.001193'],
    ['1.001193.01', '1.001193'],
    [' 1.001193 ', '1.001193'],
    ['H29.999-261123-0001', null],
    ['21.001193', null],
    ['1.0011934', null],
    ['', null],
  ])('%s is %s', (code, number) => {
    expect(procedureNumber(code)).toBe(number);
    expect(procedureOf(code, shippedCatalogue())?.code).toBe(number ?? undefined);
  });

  it('falls back on the whole name, and never on a part of it', () => {
    expect(procedureOfDossier({ name: 'ĐĂNG KÝ KHAI SINH' }, shippedCatalogue())?.code).toBe('1.001193');
    expect(procedureOfDossier({ name: 'Thủ tục đăng ký kết hôn' }, shippedCatalogue())?.code).toBe('1.000894');
    expect(procedureOfDossier({ name: 'Đăng ký khai sinh và việc khác' }, shippedCatalogue())).toBeUndefined();
    expect(procedureOfDossier({ name: 'khai sinh' }, shippedCatalogue())).toBeUndefined();
    expect(procedureOfDossier({}, shippedCatalogue())).toBeUndefined();
    // A code that is not ours is not the procedure of that name.
    expect(procedureOfDossier({ code: '9.900001', name: 'Đăng ký khai sinh' }, shippedCatalogue())).toBeUndefined();
  });
});

describe('a catalogue of an admin', () => {
  it('replaces a procedure as a whole and leaves the others', () => {
    const merged = mergeCatalogues([SHIPPED_CATALOGUE, MINE]);
    expect(procedureOf('1.001193.000.00.00.H29', merged)?.components).toHaveLength(2);
    expect(procedureOf('1.000894', merged)).toEqual(procedureOf('1.000894', shippedCatalogue()));
    expect(merged.byCode.size).toBe(98);
  });

  it('does not answer to a name that two procedures have', () => {
    const twice = changed((file) =>
      file.procedures.push({ code: '9.900001', name: 'Thủ tục đăng ký khai sinh', components: [] }),
    );
    expect(procedureOfDossier({ name: 'Đăng ký khai sinh' }, mergeCatalogues([twice]))).toBeUndefined();
  });

  it.each<[string, CatalogueFile, string, RegExp]>([
    [
      'a slip in a name',
      changed((f) => Object.assign(componentsOf(f)[0] as object, { requird: true })),
      'procedures[0].components[0]',
      /requird/,
    ],
    [
      'a long code',
      changed((f) => Object.assign(f.procedures[0] as object, { code: '1.001193.H29' })),
      'procedures[0].code',
      /d\.dddddd/,
    ],
    [
      'an unknown kind',
      changed((f) => Object.assign(componentsOf(f)[0] as object, { kind: 'giấy' })),
      'procedures[0].components[0].kind',
      /original/,
    ],
    [
      'a code twice',
      changed((f) => f.procedures.push(structuredClone(f.procedures[0] as CatalogueFile['procedures'][number]))),
      'procedures[1].code',
      /hai lần/,
    ],
    ['a group of one', changed((f) => componentsOf(f).pop()), 'procedures[0].components[0].oneOf', /chỉ có một/],
    [
      'a channel that is not said',
      changed((f) => delete (componentsOf(f)[0] as { channel?: unknown }).channel),
      'procedures[0].components[0].condition',
      /channel/,
    ],
    [
      'required under a condition',
      changed((f) => Object.assign(componentsOf(f)[0] as object, { required: true })),
      'procedures[0].components[0].condition',
      /required/,
    ],
  ])('is refused for %s, with the place', (_, file, field, message) => {
    const [problem] = problemsOf(file);
    expect(problem).toMatchObject({ field, message: expect.stringMatching(message) });
    const line = textOf(file).split('\n')[(problem?.line ?? 0) - 1] ?? '';
    expect(problem?.line).toBeGreaterThan(1);
    expect(line.trim()).not.toBe('');
  });

  it('is refused when it is no JSON, with the line', () => {
    const reading = readCatalogueFile('{\n  "id": "x",\n}');
    expect(reading.ok ? [] : reading.problems.map(({ line }) => line)).toContain(3);
  });
});

describe('the script that makes the catalogue', () => {
  const table = (component: object, procedure: object = {}) => ({
    about: { compiled: '2026', warnings: [], sources: { A: 'github:a/b@1 (bản chụp)' } },
    procedures: [
      {
        code: '9.900001',
        name: 'Thủ tục thử',
        field: 'Thử',
        limit: { value: 3, unit: 'ngày làm việc' },
        components: [{ name: 'Giấy thử', kind: 'bản chính', required: false, mustDigitize: false, ...component }],
        results: [],
        fee: null,
        confidence: 'verified',
        basis: { code: 'verified', name: 'verified', limit: 'verified', components: 'topic-only' },
        source: ['github:a/b@1:data/9.json', 'kiến thức chung'],
        ...procedure,
      },
    ],
  });
  const first = (component: object) => catalogueFrom(table(component)).procedures[0]?.components[0];

  it('makes what the schema takes', () => {
    const file = catalogueFrom(table({ condition: 'nếu có' }));
    expect(readJson(JSON.stringify(file), CatalogueFile).ok).toBe(true);
    expect(file.procedures[0]).toMatchObject({ source: ['A', 'K'], limit: { value: 3, unit: 'workday' } });
  });

  it.each([
    ['nộp trực tuyến', 'channel', ['online']],
    ['nộp trực tiếp hoặc qua bưu chính', 'channel', ['counter', 'post']],
    ['cá nhân yêu cầu, nộp trực tiếp hoặc bưu chính', 'case', ['counter', 'post']],
    ['khi ủy quyền cho cá nhân', 'proxy', undefined],
    ['chỉ khi không khai thác được từ CSDL', 'data', undefined],
    ['không có Giấy chứng sinh', 'instead', undefined],
    ['nếu có', 'any', undefined],
    ['trẻ em bị bỏ rơi', 'case', undefined],
  ])('reads the condition «%s»', (condition, when, channel) => {
    expect(first({ condition })).toMatchObject({ condition: { when, text: condition }, ...(channel && { channel }) });
    expect(first({ condition })?.channel).toEqual(channel);
  });

  it('stops at what it does not know', () => {
    expect(() => catalogueFrom(table({ kind: 'bản gì đó' }))).toThrow(/bản gì đó/);
    expect(() => catalogueFrom(table({}, { limit: { value: 1, unit: 'tuần' } }))).toThrow(/tuần/);
    expect(() => catalogueFrom(table({}, { source: ['nghe nói'] }))).toThrow(/nghe nói/);
  });
});
