import { describe, expect, it } from 'vitest';
import {
  CHECK_RULES,
  type CheckId,
  type CheckResult,
  checkDossier,
  checkText,
  costText,
  type DossierFacts,
  INDICATORS,
  procedureOf,
  shippedCatalogue,
} from '../../lib/digitization/index.ts';
import type { Dossier, DossierComponent } from '../../lib/schema/index.ts';
import { dossierWith, paper } from '../fixtures/papers.ts';
import { at } from '../fixtures/records.ts';

function check(
  id: CheckId,
  changes: Partial<Dossier> = {},
  facts?: DossierFacts,
  papers: DossierComponent[] | undefined = [paper('Giấy chứng sinh', 1)],
  code = '1.001193',
): CheckResult {
  const record = dossierWith(code, papers, changes);
  const result = checkDossier(record, papers, procedureOf(code, shippedCatalogue()), facts).find(
    (one) => one.id === id,
  );
  if (!result) throw new Error(`no check ${id}`);
  return result;
}
const notRead = (id: CheckId, changes: Partial<Dossier> = {}, facts?: DossierFacts) => {
  const record = dossierWith('1.001193', undefined, changes);
  return checkDossier(record, undefined, procedureOf('1.001193', shippedCatalogue()), facts).find(
    (one) => one.id === id,
  );
};
const ENDED = { status: { code: 9, text: 'Đã xử lý xong' } } as const;
const NEW = { status: { code: 1, text: 'Mới đăng ký' } } as const;
const ODD = { status: { code: 'unknown', text: 'Trạng thái lạ' } } as const;
const unread = (what: string) => ({ state: 'unknown', why: { kind: 'not-read', what } });

describe('checks D1–D9', () => {
  it('are data: nine, each with a source, and indicators that have a name', () => {
    expect(CHECK_RULES.map(({ id }) => id)).toEqual(['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9']);
    for (const { source, costs } of CHECK_RULES) {
      expect(source).not.toBe('');
      for (const number of costs) expect(INDICATORS[number]).toBeTruthy();
    }
  });

  it('cost the indicators that QĐ 766 counts them in', () => {
    const costs = Object.fromEntries(CHECK_RULES.map((rule) => [rule.id, rule.costs.join(' ')]));
    expect(costs).toEqual({
      D1: '4.2',
      D2: '3.3 4.1 4.2 4.4',
      D3: '4.1',
      D4: '4.3',
      D5: '',
      D6: '1.4 2.1',
      D7: '2.1',
      D8: '3.6',
      D9: '',
    });
    expect(costText(check('D1'))).toBe('4.2 Số hóa hồ sơ, kết quả');
  });

  it('say why in a sentence each, whatever comes out', () => {
    for (const changes of [{}, ENDED, NEW, ODD]) {
      const record = dossierWith('1.001193', [paper('Giấy chứng sinh')], changes);
      for (const one of checkDossier(record, record.components, undefined)) expect(checkText(one)).toMatch(/\.$/);
    }
  });

  describe('D1: any file at all', () => {
    it('passes with one', () => expect(check('D1').state).toBe('pass'));
    it('fails with none', () => expect(check('D1', {}, {}, [paper('Giấy chứng sinh')]).state).toBe('fail'));
    it('takes a paper that the source calls reused', () =>
      expect(check('D1', {}, {}, [paper('Giấy chứng sinh', 0, { state: 'reused' })]).state).toBe('pass'));
    it('cannot tell of papers that were not read', () => expect(notRead('D1')).toMatchObject(unread('components')));
  });

  describe('D2: a result file when ended', () => {
    it('does not apply before', () => expect(check('D2').state).toBe('not-applicable'));
    it('cannot tell from a page', () => expect(check('D2', ENDED)).toMatchObject(unread('results')));
    it('fails without one', () => expect(check('D2', ENDED, { results: [] }).state).toBe('fail'));
    it('passes with one', () => expect(check('D2', ENDED, { results: [{ type: 'pdf' }] }).state).toBe('pass'));
    it('does not apply where no paper comes out', () =>
      expect(check('D2', ENDED, { results: [] }, [paper('CT01', 1)], '2.001159').state).toBe('not-applicable'));
    it('cannot tell what an unknown procedure yields', () =>
      expect(check('D2', ENDED, { results: [] }, [paper('A', 1)], '9.900001')).toMatchObject(unread('results')));
    it('cannot tell of a strange status', () =>
      expect(check('D2', ODD, { results: [] })).toMatchObject(unread('status')));
  });

  describe('D3: the result is not a component', () => {
    const own = paper('Giấy chứng sinh', 1);
    const size = own.files[0]?.size as number;
    it('fails for the same size and type', () =>
      expect(check('D3', ENDED, { results: [{ size, type: 'pdf' }] }, [own]).state).toBe('fail'));
    it('passes for another size or another type', () => {
      expect(check('D3', ENDED, { results: [{ size: size + 1, type: 'pdf' }] }, [own]).state).toBe('pass');
      expect(check('D3', ENDED, { results: [{ size, type: 'docx' }] }, [own]).state).toBe('pass');
    });
    it('cannot tell without sizes', () =>
      expect(check('D3', ENDED, { results: [{ type: 'pdf' }] }, [own])).toMatchObject(unread('sizes')));
    it('cannot tell from a page', () => expect(check('D3')).toMatchObject(unread('results')));
  });

  describe('D4: something is marked digitized or reused', () => {
    it('passes when a paper is', () =>
      expect(check('D4', {}, {}, [paper('Giấy chứng sinh', 1, { state: 'digitized' })]).state).toBe('pass'));
    it('passes by the mark of the dossier', () => expect(check('D4', {}, { digitization: 2 }).state).toBe('pass'));
    it('fails by the mark of the dossier', () => expect(check('D4', {}, { digitization: 0 }).state).toBe('fail'));
    it('fails where there is no file to mark', () => expect(check('D4', {}, {}, [paper('A')]).state).toBe('fail'));
    it('cannot tell where no mark is shown', () => expect(check('D4')).toMatchObject(unread('marks')));
  });

  describe('D5: the mark fits the files', () => {
    it('fails for 0 with files', () => expect(check('D5', {}, { digitization: 0 }).state).toBe('fail'));
    it('fails for 1 without', () => expect(check('D5', {}, { digitization: 1 }, [paper('A')]).state).toBe('fail'));
    it('passes for 1 with, 0 without, and for reuse', () => {
      expect(check('D5', {}, { digitization: 1 }).state).toBe('pass');
      expect(check('D5', {}, { digitization: 0 }, [paper('A')]).state).toBe('pass');
      expect(check('D5', {}, { digitization: 3 }, [paper('A')]).state).toBe('pass');
    });
    it('cannot tell where no mark is shown', () => expect(check('D5')).toMatchObject(unread('marks')));
  });

  describe('D6: a date of receipt', () => {
    it('passes with one', () => expect(check('D6').state).toBe('pass'));
    it('fails where the page shows it empty', () => {
      const gaps: Dossier['gaps'] = [{ field: 'receivedAt', reason: 'absent' }];
      expect(check('D6', { receivedAt: undefined, gaps }).state).toBe('fail');
      expect(check('D6', { ...NEW, receivedAt: undefined, gaps }).state).toBe('not-applicable');
      expect(check('D6', { ...ODD, receivedAt: undefined, gaps })).toMatchObject(unread('status'));
    });
    it.each(['no-column', 'unreadable', 'not-shown'] as const)('cannot tell when it is %s', (reason) => {
      const gaps: Dossier['gaps'] = [{ field: 'receivedAt', reason }];
      expect(check('D6', { receivedAt: undefined, gaps })).toMatchObject(unread('received'));
    });
  });

  describe('D7: at most one request for more papers', () => {
    it.each([
      [0, 'pass'],
      [1, 'pass'],
      [2, 'fail'],
    ])('%d: %s', (supplementRequests, state) => expect(check('D7', { supplementRequests }).state).toBe(state));
    it('counts the pauses it knows', () => {
      const pause = (from: string) => ({ from: at(from), to: at(from) + 60, kind: 'supplement' as const });
      const pauses = [pause('09:00 02/11/2026'), pause('09:00 09/11/2026')];
      expect(check('D7', { supplementRequests: undefined, pauses })).toMatchObject({
        state: 'fail',
        why: { kind: 'supplements', count: 2, most: 1 },
      });
    });
    it('cannot tell from nothing', () =>
      expect(check('D7', { supplementRequests: undefined })).toMatchObject(unread('supplements')));
  });

  describe('D8: fees are paid online', () => {
    it('does not apply without a fee', () => {
      expect(check('D8', {}, {}, [paper('A', 1)], '1.000894').state).toBe('not-applicable');
      expect(check('D8', {}, { fee: 0, onlinePayment: null }).state).toBe('not-applicable');
    });
    it.each([
      [1, 'pass'],
      [2, 'pass'],
      [3, 'fail'],
      [null, 'fail'],
    ])('paid by %s: %s', (onlinePayment, state) =>
      expect(check('D8', {}, { fee: 8000, onlinePayment }).state).toBe(state),
    );
    it('cannot tell how much, or how', () => {
      expect(check('D8')).toMatchObject(unread('fee'));
      expect(check('D8', {}, { fee: 8000 })).toMatchObject(unread('payment'));
    });
  });

  describe('D9: files that can be read', () => {
    const file = (size?: number, type?: string) => [paper('Giấy chứng sinh', 1, { files: [{ size, type }] })];
    it('passes for a PDF with something in it', () => expect(check('D9').state).toBe('pass'));
    it('fails for 0 byte', () =>
      expect(check('D9', {}, {}, file(0, 'pdf'))).toMatchObject({
        state: 'fail',
        severity: 'error',
        why: { empty: ['Giấy chứng sinh'], otherType: [] },
      }));
    it('only warns of another format', () =>
      expect(check('D9', {}, {}, file(10, 'jpg'))).toMatchObject({ state: 'fail', severity: 'warn' }));
    it('cannot tell what the page does not show', () => {
      expect(check('D9', {}, {}, file(undefined, 'pdf'))).toMatchObject(unread('sizes'));
      expect(check('D9', {}, {}, file(10))).toMatchObject(unread('sizes'));
    });
    it('does not apply without files', () => expect(check('D9', {}, {}, [paper('A')]).state).toBe('not-applicable'));
    it('cannot tell of papers that were not read', () => expect(notRead('D9')).toMatchObject(unread('components')));
  });
});
