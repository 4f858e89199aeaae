import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assessPapers,
  noteText,
  type PaperAssessment,
  type PaperRow,
  reasonText,
  shippedCatalogue,
} from '../../lib/digitization/index.ts';
import type { Dossier, DossierComponent } from '../../lib/schema/index.ts';
import { dossierWith, paper } from '../fixtures/papers.ts';

const BIRTH = '1.001193';
const FORM = 'Tờ khai đăng ký khai sinh (theo mẫu)';
const EFORM = 'Mẫu hộ tịch điện tử tương tác đăng ký khai sinh';
const assess = (code: string | undefined, rows: DossierComponent[] | undefined, changes: Partial<Dossier> = {}) =>
  assessPapers(dossierWith(code, rows, changes), { catalogue: shippedCatalogue() });

describe('laws', () => {
  const names = fc.constantFrom(
    FORM,
    EFORM,
    'Giấy chứng sinh',
    'Bản sao Giấy khai sinh',
    'Văn bản ủy quyền (nếu có)',
    'Thẻ căn cước công dân hoặc Thẻ căn cước',
    'Giấy tờ chứng minh thông tin về cư trú',
    'Giấy tờ khác',
    'Tờ khai và Giấy chứng sinh',
    'Đơn đề nghị cấp giấy phép xây dựng',
    'Giấy phép xây dựng đã được cấp',
    'Bản vẽ thiết kế',
    'Bản sao hộ chiếu (đối với người nước ngoài)',
  );
  const file = fc.record({
    size: fc.constantFrom(0, 10, 20, undefined),
    type: fc.constantFrom('pdf', 'jpg', undefined),
  });
  const row = fc
    .record({ name: names, required: fc.constantFrom(true, false, undefined), files: fc.array(file, { maxLength: 2 }) })
    .map((one): DossierComponent => ({ ...one, state: one.files.length > 0 ? 'present' : 'unknown' }));
  const cases = fc.record({
    rows: fc.array(row, { minLength: 1, maxLength: 7 }),
    code: fc.constantFrom(BIRTH, '1.013226', '1.008950', '2.000806', '9.900001', undefined),
    channel: fc.constantFrom('counter', 'online', 'post', undefined),
  });
  /** What was decided, without the places of the rows. */
  const decided = ({ verdict, missing, rows, hints, checks, notes }: PaperAssessment) => ({
    verdict,
    missing: [...missing].sort(),
    rows: rows.map(({ row: _, ...rest }) => JSON.stringify(rest)).sort(),
    hints: hints.map((hint) => [...hint].sort().join('')).sort(),
    checks: checks.map(({ id, state }) => `${id} ${state}`),
    notes: notes.map(({ kind }) => kind).sort(),
  });

  it('shuffling rows changes nothing', () => {
    const shuffled = cases.chain((one) =>
      fc.shuffledSubarray(one.rows, { minLength: one.rows.length }).map((other) => ({ ...one, other })),
    );
    fc.assert(
      fc.property(shuffled, ({ rows, other, code, channel }) => {
        expect(decided(assess(code, other, { channel }))).toEqual(decided(assess(code, rows, { channel })));
      }),
      { numRuns: 1500 },
    );
  });

  it('of rows of one name without files, the required one is judged, wherever it stands', () => {
    const plain = paper('Giấy chứng sinh', 0);
    const required = paper('Giấy chứng sinh', 0, { required: true });
    const [first, last] = [
      [required, plain, plain],
      [plain, plain, required],
    ].map((rows) => decided(assess(BIRTH, rows)));
    expect(last).toEqual(first);
  });

  it('adding a heading row changes nothing', () => {
    const heading = paper('I. Giấy tờ phải nộp', 0, { required: true });
    const withHeading = fc.tuple(cases, fc.nat());
    const papers = ({ rows }: PaperAssessment) => rows.filter(({ why }) => why.kind !== 'heading');
    fc.assert(
      fc.property(withHeading, ([{ rows, code, channel }, place]) => {
        const more = rows.toSpliced(place % (rows.length + 1), 0, heading);
        const [before, after] = [assess(code, rows, { channel }), assess(code, more, { channel })];
        expect(decided({ ...after, rows: papers(after) })).toEqual(decided(before));
      }),
      { numRuns: 300 },
    );
  });

  it('a row never loses its file, and no row is lost', () => {
    const given: PaperRow['state'][] = ['present', 'digitized', 'reused'];
    fc.assert(
      fc.property(cases, ({ rows, code, channel }) => {
        const lines = assess(code, rows, { channel }).rows.filter(({ row }) => row !== null);
        expect(lines.map(({ row }) => row)).toEqual([...rows.keys()]);
        lines.forEach((line, i) => {
          expect(line.files).toBe(rows[i]?.files.length);
          if (line.files > 0) expect(given).toContain(line.state);
          else expect(line.why.kind).not.toBe('has-file');
        });
      }),
      { numRuns: 300 },
    );
  });

  it('a file more never makes a paper missing', () => {
    fc.assert(
      fc.property(fc.tuple(cases, fc.nat()), ([{ rows, code, channel }, place]) => {
        const i = place % rows.length;
        const more = rows.map((one, j) =>
          i === j ? { ...one, state: 'present' as const, files: [{ size: 999, type: 'pdf' }] } : one,
        );
        const before = assess(code, rows, { channel }).missing;
        for (const name of assess(code, more, { channel }).missing) expect(before).toContain(name);
      }),
      { numRuns: 300 },
    );
  });

  it('every decision has a sentence', () => {
    fc.assert(
      fc.property(cases, ({ rows, code, channel }) => {
        const { rows: lines, notes } = assess(code, rows, { channel });
        for (const text of [...lines.map(({ why }) => reasonText(why)), ...notes.map(noteText)]) {
          expect(text).toMatch(/\S.*\.$/);
          expect(text).not.toMatch(/undefined|«»/);
        }
      }),
    );
  });
});
