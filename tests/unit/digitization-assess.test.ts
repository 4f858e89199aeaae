import { describe, expect, it } from 'vitest';
import {
  assessPapers,
  type CatalogueProcedure,
  mergeCatalogues,
  type PaperAssessment,
  procedureOf,
  SHIPPED_CATALOGUE,
  shippedCatalogue,
} from '../../lib/digitization/index.ts';
import type { Dossier, DossierComponent } from '../../lib/schema/index.ts';
import { dossierWith, ownRows, paper } from '../fixtures/papers.ts';
import { NOW } from '../fixtures/records.ts';
import { makePopulation } from '../sandbox/population.ts';

const BIRTH = '1.001193';
const FORM = 'Tờ khai đăng ký khai sinh (theo mẫu)';
const procedure = (code: string) => procedureOf(code, shippedCatalogue()) as CatalogueProcedure;
const assess = (code: string | undefined, rows: DossierComponent[] | undefined, changes: Partial<Dossier> = {}) =>
  assessPapers(dossierWith(code, rows, changes), { catalogue: shippedCatalogue() });
const noteKinds = ({ notes }: PaperAssessment) => notes.map(({ kind }) => kind);

describe('every procedure of the catalogue, with its own names as rows', () => {
  const withPapers = SHIPPED_CATALOGUE.procedures.filter(({ components }) => components.length > 0);
  const leavesFile = ({ kind }: CatalogueProcedure['components'][number]) => kind !== 'shown' && kind !== 'data';

  it.each(withPapers.map((one) => [`${one.code} ${one.name.slice(0, 60)}`, one] as const))('%s', (_, one) => {
    for (const channel of ['counter', 'online', 'post', undefined] as const) {
      const at = (rows: DossierComponent[]) => assess(one.code, rows, { channel });
      const full = at(ownRows(one, () => true));
      expect([full.verdict, full.missing, full.basis]).toEqual(['complete', [], 'catalogue']);
      expect(full.rows.map(({ name }) => name)).toEqual(full.rows.map(({ component }) => component));

      one.components.forEach((component, lacking) => {
        if (!component.required || component.oneOf || !leavesFile(component)) return;
        const some = at(ownRows(one, (i) => i !== lacking));
        const found = component.dataMayReplace ? ['unknown', []] : ['incomplete', [component.name]];
        expect([some.verdict, some.missing]).toEqual(found);
      });
    }
  });

  it.each(
    withPapers.flatMap((one) =>
      [...new Set(one.components.flatMap(({ oneOf }) => oneOf ?? []))].map((group) => [one.code, group] as const),
    ),
  )('%s: of the group %s one is enough, and none is one missing paper', (code, group) => {
    const one = procedure(code);
    const inGroup = one.components.map(({ oneOf }) => oneOf === group);
    const open = one.components.filter(
      (component, i) => inGroup[i] && leavesFile(component) && component.channel?.includes('counter') !== false,
    );
    one.components.forEach((component, i) => {
      if (!open.includes(component)) return;
      expect(
        assess(
          code,
          ownRows(one, (j) => j === i || !inGroup[j]),
        ).verdict,
      ).toBe('complete');
    });
    const none = assess(
      code,
      ownRows(one, (j) => !inGroup[j]),
    );
    if (open.some(({ dataMayReplace }) => dataMayReplace))
      expect([none.verdict, none.missing]).toEqual(['unknown', []]);
    else expect(none.missing).toEqual([open.map(({ name }) => name).join(' hoặc ')]);
  });

  it('judges the five without papers by the page, and says so', () => {
    const empty = SHIPPED_CATALOGUE.procedures.filter(({ components }) => components.length === 0);
    expect(empty).toHaveLength(5);
    for (const { code } of empty) {
      const result = assess(code, [paper('Đơn (*)', 0, { required: true })]);
      expect([result.basis, result.missing]).toEqual(['page', ['Đơn']]);
      expect(noteKinds(result)).toContain('nothing-in-catalogue');
    }
  });
});

describe('what the record does not tell', () => {
  it('papers that were not read', () => {
    const result = assess(BIRTH, undefined);
    expect([result.verdict, result.missing, result.rows]).toEqual(['unknown', [], []]);
    expect(noteKinds(result)).toContain('not-read');
  });

  it('a table without papers', () => {
    expect(assess(BIRTH, []).verdict).toBe('unknown');
    expect(noteKinds(assess(BIRTH, [paper('I. Giấy tờ phải nộp')]))).toContain('no-papers');
  });

  it('a page that marks nothing', () => {
    const result = assess('9.900001', [paper('Đơn', 1), paper('Bản vẽ')]);
    expect([result.verdict, result.basis]).toEqual(['unknown', 'page']);
    expect(noteKinds(result)).toEqual(['not-in-catalogue', 'page-marks-nothing', 'cannot-tell']);
    expect(assess('9.900001', [paper('Đơn', 1), paper('Bản vẽ', 2)]).verdict).toBe('complete');
  });

  it('marks that are all "no" are no marks', () => {
    expect(assess('9.900001', [paper('Đơn', 0, { required: false })]).verdict).toBe('unknown');
  });

  it('a page that marks some: only those can be missing', () => {
    const rows = [
      paper('Đơn (*)', 1, { required: true }),
      paper('Bản vẽ (*)', 0, { required: true }),
      paper('Giấy tờ khác', 0, { required: false }),
    ];
    const result = assess(undefined, rows);
    expect([result.verdict, result.missing, result.basis]).toEqual(['incomplete', ['Bản vẽ'], 'page']);
    expect(noteKinds(result)).toContain('no-procedure');
  });

  it('finds the procedure of a DOM record by its name', () => {
    const rows = [paper(FORM, 1), paper('Giấy chứng sinh', 1)];
    expect(assess(undefined, rows, { procedure: { name: 'Đăng ký khai sinh' } })).toMatchObject({
      basis: 'catalogue',
      verdict: 'complete',
      procedure: { code: BIRTH },
    });
  });

  it('goes by the page where only the name fits and the table is another', () => {
    const rows = [paper('Bản vẽ (*)', 1, { required: true }), paper('Giấy tờ khác')];
    const result = assess(undefined, rows, { procedure: { name: 'Đăng ký khai sinh' } });
    expect([result.verdict, result.basis]).toEqual(['complete', 'page']);
    expect(noteKinds(result)).toEqual(['not-borne-out']);
    expect(assess(BIRTH, rows).verdict).toBe('unknown');
  });

  it('says how far the catalogue may be trusted', () => {
    expect(
      noteKinds(
        assess(
          '1.013227',
          ownRows(procedure('1.013227'), () => true),
        ),
      ),
    ).toContain('stale');
    expect(
      noteKinds(
        assess(
          '2.000528',
          ownRows(procedure('2.000528'), () => true),
        ),
      ),
    ).toContain('general-knowledge');
  });

  it('keeps what the source says of digitizing', () => {
    const rows = [paper(FORM, 0, { state: 'reused' }), paper('Giấy chứng sinh', 1, { state: 'digitized' })];
    const result = assess(BIRTH, rows);
    expect(result.rows.slice(0, 2).map(({ state }) => state)).toEqual(['reused', 'digitized']);
    expect(result.verdict).toBe('complete');
  });

  it('takes the catalogue that it is given', () => {
    const own = mergeCatalogues([
      SHIPPED_CATALOGUE,
      {
        ...SHIPPED_CATALOGUE,
        procedures: [
          { code: '9.900001', name: 'Thử', components: [{ name: 'Đơn', kind: 'original', required: true }] },
        ],
      },
    ]);
    const record = dossierWith('9.900001', [paper('Đơn')]);
    expect(assessPapers(record, { catalogue: own })).toMatchObject({ basis: 'catalogue', missing: ['Đơn'] });
    expect(assessPapers(record, { catalogue: shippedCatalogue() })).toMatchObject({ basis: 'page', missing: [] });
  });
});

describe('the invented population', () => {
  const { dossiers } = makePopulation({ seed: 'giay-to', now: NOW, count: 400 });
  /** As a page shows them: headings are left out, the host marks what must be there. */
  const shown = dossiers.map((one) => {
    const rows = one.components.filter(({ heading }) => !heading);
    return { one, rows, asked: rows.filter((row) => row.required && !row.conditional && row.files.length === 0) };
  });
  const rowOf = ({ name, required, files }: (typeof shown)[number]['rows'][number]) =>
    paper(name, 0, {
      required,
      state: files.length > 0 ? 'present' : 'unknown',
      files: files.map(({ size }) => ({ size, type: 'pdf' })),
    });

  it('lacks just what its marks say', () => {
    for (const { one, rows, asked } of shown) {
      const result = assess(one.procedure.code, rows.map(rowOf));
      expect(result.missing.sort()).toEqual(asked.map(({ name }) => name).sort());
      expect(result.verdict).toBe(asked.length > 0 ? 'incomplete' : 'complete');
    }
  });

  it('lacks nothing more when headings stand between, and by the name of the procedure alone', () => {
    for (const { one, asked } of shown) {
      const rows = one.components.map((row) => ({ ...rowOf(row), required: row.required || row.heading }));
      const result = assess(undefined, rows, { procedure: { name: one.procedure.name } });
      // Of a group the catalogue names the other papers too, which the page may not list.
      for (const name of result.missing) expect(asked.some((row) => name.includes(row.name))).toBe(true);
      if (asked.length === 0) expect(result.verdict).not.toBe('incomplete');
    }
  });
});

describe('hints at intake', () => {
  const rows = [paper(FORM), paper('Giấy chứng sinh', 1), paper('Văn bản ủy quyền')];
  it.each([
    [1, true],
    [2, true],
    [4, false],
    [9, false],
    ['unknown', false],
  ] as const)('status %s: %s', (code, expected) => {
    expect(assess(BIRTH, rows, { status: { code, text: '' } }).hints.length > 0).toBe(expected);
  });

  it('begin with what is missing and name what must be digitized', () => {
    expect(assess(BIRTH, rows).hints[0]).toBe(`Còn thiếu: ${FORM}.`);
    const land = assess(
      '1.013226',
      ownRows(procedure('1.013226'), () => true),
    ).hints;
    expect(land.join('\n')).toContain('phải số hóa: «Giấy phép xây dựng đã được cấp»');
  });
});
