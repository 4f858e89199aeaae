import { describe, expect, it } from 'vitest';
import {
  assessPapers,
  type CatalogueProcedure,
  type PaperAssessment,
  procedureOf,
  shippedCatalogue,
} from '../../lib/digitization/index.ts';
import type { Dossier, DossierComponent } from '../../lib/schema/index.ts';
import { dossierWith, ownRows, paper } from '../fixtures/papers.ts';

const BIRTH = '1.001193';
const FORM = 'Tờ khai đăng ký khai sinh (theo mẫu)';
const EFORM = 'Mẫu hộ tịch điện tử tương tác đăng ký khai sinh';
const procedure = (code: string) => procedureOf(code, shippedCatalogue()) as CatalogueProcedure;
const assess = (code: string | undefined, rows: DossierComponent[] | undefined, changes: Partial<Dossier> = {}) =>
  assessPapers(dossierWith(code, rows, changes), { catalogue: shippedCatalogue() });
const named = (assessment: PaperAssessment, name: string) => assessment.rows.find((row) => row.name === name);
const noteKinds = ({ notes }: PaperAssessment) => notes.map(({ kind }) => kind);

describe('traps that must not give a false "missing"', () => {
  const form = paper(FORM, 1);
  const birth = paper('Giấy chứng sinh', 1);

  it('heading rows', () => {
    const rows = [
      paper('I. Giấy tờ phải nộp', 0, { required: true }),
      form,
      paper('Một trong các giấy tờ sau:'),
      birth,
    ];
    const result = assess(BIRTH, rows);
    expect(result.verdict).toBe('complete');
    expect(named(result, 'I. Giấy tờ phải nộp')).toMatchObject({ state: 'not-applicable', why: { kind: 'heading' } });
  });

  it('the row that adds rows', () => {
    expect(assess(BIRTH, [form, birth, paper('+ Thêm giấy tờ', 0, { required: true })]).verdict).toBe('complete');
  });

  it('notes that ask for no copy', () => {
    const note = paper('Người đi đăng ký kiểm tra thông tin trước khi ký', 0, { quantity: 0, required: true });
    expect(assess(BIRTH, [form, birth, note]).verdict).toBe('complete');
  });

  it('conditional papers of the catalogue', () => {
    const result = assess(BIRTH, [form, birth, paper('Văn bản ủy quyền'), paper('Biên bản về việc trẻ em bị bỏ rơi')]);
    expect(result.verdict).toBe('complete');
    expect(named(result, 'Văn bản ủy quyền')).toMatchObject({
      state: 'unknown',
      needed: 'maybe',
      why: { kind: 'condition', when: 'proxy' },
    });
  });

  it('conditional papers that the host ticks in advance', () => {
    const foreign = paper('Bản sao thị thực (đối với người nước ngoài)', 0, { required: true });
    expect(assess(BIRTH, [form, birth, foreign]).verdict).toBe('complete');
    const page = assess('9.900001', [paper('Đơn', 1, { required: true }), foreign]);
    expect([page.verdict, page.missing]).toEqual(['complete', []]);
    expect(named(page, foreign.name)).toMatchObject({ state: 'unknown', why: { kind: 'page-conditional' } });
  });

  it('papers that are only shown', () => {
    const result = assess(BIRTH, [
      form,
      birth,
      paper('Giấy tờ tùy thân'),
      paper('Giấy tờ chứng minh thông tin về cư trú'),
    ]);
    expect(result.verdict).toBe('complete');
    expect(named(result, 'Giấy tờ tùy thân')).toMatchObject({ state: 'not-applicable', why: { kind: 'shown-only' } });
  });

  it('the form of the other channel', () => {
    const online = assess(BIRTH, [paper(FORM), paper(EFORM), birth], { channel: 'online' });
    expect(online.verdict).toBe('complete');
    expect(named(online, FORM)).toMatchObject({
      state: 'not-applicable',
      why: { kind: 'other-channel', channel: 'online' },
    });
    expect(assess(BIRTH, [paper(FORM), paper(EFORM), birth]).missing).toEqual([FORM]);
  });

  it('a channel that nobody knows', () => {
    const result = assess(BIRTH, [paper(FORM), paper(EFORM), birth], { channel: undefined });
    expect([result.verdict, result.missing]).toEqual(['unknown', []]);
    expect(named(result, FORM)?.why.kind).toBe('channel-unknown');
  });

  it('an alternative that is there instead', () => {
    const witness = 'Văn bản của người làm chứng xác nhận việc sinh, hoặc giấy cam đoan về việc sinh';
    const result = assess(BIRTH, [form, paper('Giấy chứng sinh', 0, { required: true }), paper(witness, 1)]);
    expect(result.verdict).toBe('complete');
    expect(named(result, 'Giấy chứng sinh')?.why).toEqual({ kind: 'alternative-given', by: witness });
  });

  it('a paper that data may replace', () => {
    const result = assess(BIRTH, [form, paper('Giấy chứng sinh', 0, { required: true })]);
    expect([result.verdict, result.missing]).toEqual(['unknown', []]);
    expect(named(result, 'Giấy chứng sinh')?.why.kind).toBe('data-may-replace');
  });

  it('one row, and one scan, that names two papers', () => {
    const both = paper('Tờ khai đăng ký khai sinh và Giấy chứng sinh', 1);
    for (const rows of [[both], [both, paper('Giấy chứng sinh')], [both, paper(FORM), paper('Giấy chứng sinh')]]) {
      expect(assess(BIRTH, rows).verdict).toBe('complete');
    }
  });

  it('one scan that hangs on two rows', () => {
    const files = [{ size: 81_234, type: 'pdf' }];
    const result = assess(BIRTH, [{ ...form, files }, { ...birth, files }, paper('Giấy cam kết', 1)]);
    expect(result.verdict).toBe('complete');
    expect(named(result, 'Giấy chứng sinh')?.why).toEqual({ kind: 'same-scan', with: [FORM] });
    expect(named(result, 'Giấy cam kết')?.why.kind).toBe('has-file');
    expect(result.notes).toContainEqual({ kind: 'one-scan', papers: [FORM, 'Giấy chứng sinh'] });
  });

  it('broken files of 0 byte are not one scan', () => {
    const files = [{ size: 0, type: 'pdf' }];
    expect(
      noteKinds(
        assess(BIRTH, [
          { ...form, files },
          { ...birth, files },
        ]),
      ),
    ).not.toContain('one-scan');
  });

  it.each([
    ['1.014359', 'Giấy chứng tử/Trích lục khai tử', 'BẢN SAO TRÍCH LỤC KHAI TỬ'],
    ['1.013855', 'Bản sao Giấy chứng nhận đăng ký kinh doanh', '- Giấy chứng nhận đăng ký hộ kinh doanh'],
    ['1.013226', 'Giấy phép xây dựng đã được cấp', 'Bản gốc GPXD'],
    ['1.008950', 'Bản sao Giấy khai sinh của trẻ', 'Trích lục khai sinh'],
    ['1.010803', 'Văn bản ủy quyền thờ cúng', 'Giấy uỷ quyền thờ cúng'],
  ])('%s: «%s» under the name «%s»', (code, name, other) => {
    const one = procedure(code);
    const rows = ownRows(one, () => true).map((row) => (row.name === name ? { ...row, name: other } : row));
    const result = assess(code, rows);
    expect(result.verdict).toBe('complete');
    expect(named(result, other)?.component).toBe(name);
  });

  it('but Giấy báo tử is not Giấy chứng tử, nor Giấy chứng sinh Giấy khai sinh', () => {
    const death = assess('1.014359', [
      paper('Bản trích sao quyết định hưởng chế độ', 1),
      paper('Giấy chứng tử'),
      paper('Giấy báo tử', 1),
    ]);
    expect(death.missing).toEqual(['Giấy chứng tử']);
    const child = assess('1.008950', [
      paper('Đơn đề nghị trợ cấp', 1),
      paper('Giấy khai sinh'),
      paper('Giấy chứng sinh', 1),
    ]);
    expect(child.missing).toEqual(['Giấy khai sinh']);
  });

  it('the same paper repeated for each case', () => {
    const rows = [form, birth, paper('Giấy chứng sinh', 0, { required: true })];
    const result = assess(BIRTH, rows);
    expect(result.verdict).toBe('complete');
    expect(result.rows[2]).toMatchObject({ state: 'not-applicable', why: { kind: 'repeated' } });
  });

  it('but the paper of one person is not that of the other', () => {
    const [his, hers] = ['Bản sao giấy khai sinh (bên nam)', 'Bản sao giấy khai sinh (bên nữ)'];
    const result = assess('1.008950', [
      paper('Đơn đề nghị trợ cấp', 1),
      paper(his, 1),
      paper(hers, 0, { required: true }),
    ]);
    expect([result.verdict, result.missing]).toEqual(['unknown', []]);
  });

  it('a paper that the page does not list, while its files are unknown', () => {
    const result = assess('1.002211', [
      paper('Danh sách đề nghị công nhận hòa giải viên', 1),
      paper('Tài liệu kèm theo', 1),
    ]);
    expect([result.verdict, result.missing]).toEqual(['unknown', []]);
    expect(result.rows.at(-1)).toMatchObject({
      row: null,
      name: 'Biên bản bầu hòa giải viên',
      why: { kind: 'not-listed', others: 1 },
    });
  });

  it('a paper that the page itself calls conditional', () => {
    const result = assess('1.002211', [
      paper('Danh sách đề nghị công nhận hòa giải viên', 1),
      paper('Biên bản bầu hòa giải viên (nếu có)'),
    ]);
    expect([result.verdict, result.missing]).toEqual(['unknown', []]);
    expect(result.rows[1]?.why.kind).toBe('page-contradicts');
  });
});

describe('what is missing, is named', () => {
  it('an empty row of a needed paper', () => {
    const result = assess(BIRTH, [paper(`${FORM} (*)`, 0, { required: true }), paper('Giấy chứng sinh', 1)]);
    expect([result.verdict, result.missing]).toEqual(['incomplete', [FORM]]);
    expect(result.rows[0]).toMatchObject({ state: 'missing', why: { kind: 'one-of-empty' } });
  });

  it('a row beyond the catalogue that the page marks', () => {
    const result = assess(BIRTH, [
      paper(FORM, 1),
      paper('Giấy chứng sinh', 1),
      paper('Phiếu của đơn vị (*)', 0, { required: true }),
    ]);
    expect(result.missing).toEqual(['Phiếu của đơn vị']);
  });

  it('both papers of a row without a file', () => {
    const both = paper('Danh sách đề nghị công nhận hòa giải viên và Biên bản bầu hòa giải viên');
    expect(assess('1.002211', [both]).verdict).toBe('incomplete');
  });
});
