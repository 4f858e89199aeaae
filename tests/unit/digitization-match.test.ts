import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '../../lib/digitization/assignment.ts';
import type { CatalogueComponent } from '../../lib/digitization/index.ts';
import { matchPapers, nameWeight } from '../../lib/digitization/match.ts';
import { paperKey } from '../../lib/digitization/names.ts';
import { isConditional, roleOf } from '../../lib/digitization/rows.ts';
import { paper } from '../fixtures/papers.ts';

const component = (name: string, changes: Partial<CatalogueComponent> = {}): CatalogueComponent => ({
  name,
  kind: 'original',
  required: true,
  ...changes,
});
/** Name of the paper that each row was taken for. */
function taken(rows: string[], components: string[]): (string | null)[] {
  const { componentOf } = matchPapers(
    rows.map((name) => paper(name)),
    components.map((name) => component(name)),
  );
  return componentOf.map((index) => components[index] ?? null);
}

describe('assignment', () => {
  const total = (weights: number[][], chosen: number[]) =>
    chosen.reduce((sum, column, row) => sum + (column < 0 ? 0 : (weights[row]?.[column] as number)), 0);
  function best(weights: number[][], row = 0, used: readonly number[] = []): number {
    if (row === weights.length) return 0;
    const options = (weights[row] as number[]).map((weight, column) =>
      weight > 0 && !used.includes(column) ? weight + best(weights, row + 1, [...used, column]) : 0,
    );
    return Math.max(best(weights, row + 1, used), ...options);
  }
  const matrices = fc
    .record({ rows: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 1, max: 5 }) })
    .chain(({ rows, columns }) =>
      fc.array(fc.array(fc.integer({ min: -3, max: 30 }), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );

  it('is as good as trying everything, one to one, and never takes what does not belong together', () => {
    fc.assert(
      fc.property(matrices, (weights) => {
        const chosen = assign(weights);
        const columns = chosen.filter((column) => column >= 0);
        expect(new Set(columns).size).toBe(columns.length);
        chosen.forEach((column, row) => {
          if (column >= 0) expect(weights[row]?.[column]).toBeGreaterThan(0);
        });
        expect(total(weights, chosen)).toBe(best(weights));
      }),
      { numRuns: 500 },
    );
  });

  it('takes nothing from nothing', () => {
    expect(assign([])).toEqual([]);
    expect(assign([[], []])).toEqual([-1, -1]);
  });

  it('gives up the best pair of one row for the better whole', () => {
    expect(
      assign([
        [10, 9],
        [9, 1],
      ]),
    ).toEqual([1, 0]);
  });
});

describe('names of papers', () => {
  it.each([
    ['Tờ khai thay đổi, cải chính hộ tịch', 'TỜ KHAI THAY ĐỔI, CẢI CHÍNH HỘ TỊCH'],
    ['Văn bản ủy quyền', '- Văn bản uỷ quyền (*)'],
    ['Biên bản hòa giải', '+ Biên bản hoà giải'],
    ['Quyết định trợ cấp hàng tháng', 'Quyết định trợ cấp hằng tháng'],
    ['Trích lục ghi chú ly hôn', 'Trích lục ghi chú li hôn'],
    ['Giấy xác nhận của công ty', '1. Giấy xác nhận của công ti'],
    ['Bản khai', 'Ban khai'],
    ['Giấy chứng tử', 'Bản sao Trích lục khai tử'],
    ['Giấy khai sinh', 'Bản sao Giấy khai sinh'],
    ['Giấy khai sinh', 'Trích lục khai sinh'],
    ['Giấy chứng nhận kết hôn', 'Đăng ký kết hôn'],
    ['Giấy chứng nhận kết hôn', 'Trích lục kết hôn'],
    ['Giấy tờ tùy thân', 'CCCD'],
    ['Giấy tờ tùy thân', 'Thẻ căn cước công dân'],
    ['Giấy tờ tùy thân', 'Bản sao căn cước'],
    ['Sổ hồng', 'Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất'],
    ['Sổ đỏ', 'GCN QSDĐ, QSHNƠ và TSGLVĐ'],
    ['Giấy ủy quyền', 'Văn bản đại diện'],
    ['Đơn đề nghị', 'Tờ khai (theo mẫu)'],
    ['Giấy chứng nhận hộ nghèo', 'Giấy xác nhận hộ nghèo'],
    ['Giấy chứng nhận đăng ký hộ kinh doanh', 'Giấy chứng nhận đăng ký doanh nghiệp'],
    ['Giấy xác nhận tình trạng hôn nhân', 'Giấy độc thân'],
    ['Giấy phép xây dựng', 'GPXD'],
    ['Giấy xác nhận của UBND cấp xã', 'Giấy xác nhận của Ủy ban nhân dân cấp xã'],
    ['Giấy khai sinh\t của  trẻ em', 'a) Giấy khai sinh của trẻ em'],
  ])('%s = %s', (a, b) => expect(paperKey(a)).toBe(paperKey(b)));

  it('is the same decomposed as composed', () => {
    expect(paperKey('Giấy chứng sinh'.normalize('NFD'))).toBe(paperKey('Giấy chứng sinh'));
  });

  it.each([
    ['Giấy báo tử', 'Giấy chứng tử'],
    ['Giấy chứng sinh', 'Giấy khai sinh'],
    ['Giấy chứng sinh', 'Bản sao Trích lục khai sinh'],
    ['Giấy báo tử', 'Trích lục khai tử'],
    ['Tờ khai đăng ký kết hôn', 'Giấy chứng nhận kết hôn'],
    ['Đơn đề nghị cấp lại giấy phép xây dựng', 'Giấy phép xây dựng'],
    ['Mẫu hộ tịch điện tử tương tác đăng ký khai sinh', 'Tờ khai đăng ký khai sinh'],
    ['Giấy tờ khác', 'Giấy tờ chứng minh thông tin về cư trú'],
    ['Bản sao hộ chiếu', 'Giấy khám sức khỏe'],
  ])('%s is not %s', (a, b) => {
    expect(nameWeight(a, component(b))).toBe(0);
    expect(nameWeight(b, component(a))).toBe(0);
  });
});

describe('rows against papers', () => {
  it('takes each row for the paper that is meant, not the first that is alike', () => {
    const papers = ['Đơn đề nghị cấp giấy phép xây dựng', 'Giấy phép xây dựng đã được cấp', 'Bản vẽ thiết kế'];
    expect(taken(['Giấy phép xây dựng', 'Bản vẽ thiết kế điều chỉnh', 'Đơn đề nghị'], papers)).toEqual([
      papers[1],
      papers[2],
      papers[0],
    ]);
  });

  it('contains in both directions', () => {
    const papers = ['Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp', 'Giấy khai sinh của trẻ em'];
    expect(taken(['Giấy khai sinh', 'Giấy tờ chứng minh chỗ ở hợp pháp của công dân'], papers)).toEqual([
      papers[1],
      papers[0],
    ]);
  });

  it('prefers the longest common words', () => {
    const papers = ['Giấy chứng nhận kết hôn', 'Bản sao Giấy chứng nhận kết hôn được cấp trước đây'];
    expect(taken(['Giấy chứng nhận kết hôn được cấp trước đây', 'Đăng ký kết hôn'], papers)).toEqual([
      papers[1],
      papers[0],
    ]);
  });

  it('does not give a row that is the better fit of another paper', () => {
    // Row by row, "Giấy khai sinh" would take the first paper that it fits, and nothing were left for the second row.
    const papers = ['Giấy khai sinh của con', 'Giấy khai sinh'];
    expect(taken(['Giấy khai sinh', 'Giấy khai sinh của con (bản sao)'], papers)).toEqual([papers[1], papers[0]]);
  });

  it('knows an alternative by its own name', () => {
    const papers = ['Giấy chứng sinh hoặc giấy tờ thay thế', 'Hồ sơ thiết kế/bản vẽ thiết kế xây dựng'];
    expect(taken(['Bản vẽ thiết kế xây dựng', 'Giấy chứng sinh'], papers)).toEqual([papers[1], papers[0]]);
  });

  it('keeps a list of examples in brackets behind the paper itself', () => {
    const papers = ['Giấy tờ cá nhân có thông tin khai sinh (CMND/CCCD, học bạ)', 'Giấy tờ tùy thân'];
    expect(taken(['CCCD', 'Giấy tờ cá nhân có thông tin khai sinh'], papers)).toEqual([papers[1], papers[0]]);
  });

  it('reads names that an admin adds', () => {
    const own = component('Bản cam kết', { aliases: ['Giấy hứa'] });
    expect(nameWeight('Giấy hứa', own)).toBeGreaterThan(0);
    expect(nameWeight('Giấy hứa', component('Bản cam kết'))).toBe(0);
  });

  it('takes of two equal rows the one with the file', () => {
    const rows = [paper('Giấy khai sinh'), paper('Trích lục khai sinh', 1)];
    expect(matchPapers(rows, [component('Giấy khai sinh')]).rowOf).toEqual([1]);
    expect(matchPapers([...rows].reverse(), [component('Giấy khai sinh')]).rowOf).toEqual([0]);
  });

  it('sees that one row names two papers', () => {
    const rows = [paper('Tờ khai đăng ký khai sinh và Giấy chứng sinh', 1)];
    const match = matchPapers(rows, [component('Tờ khai đăng ký khai sinh'), component('Giấy chứng sinh')]);
    expect(match.rowOf[0] === 0 || match.coveredBy[0]?.includes(0)).toBe(true);
    expect(match.rowOf[1] === 0 || match.coveredBy[1]?.includes(0)).toBe(true);
  });
});

describe('what a row is', () => {
  it.each([
    'I. Giấy tờ phải nộp',
    '* Giấy tờ phải xuất trình',
    'Một trong các giấy tờ sau:',
    'THÀNH PHẦN HỒ SƠ',
    'Đối với tổ chức:',
  ])('«%s» is a heading', (name) => expect(roleOf(paper(name))).toBe('heading'));

  it('knows the row that adds rows', () => expect(roleOf(paper('+ Thêm giấy tờ'))).toBe('add-row'));

  it.each([
    ['none of any kind', paper('Người yêu cầu kiểm tra thông tin', 0, { kind: '0 bản chính, 0 bản sao' })],
    ['a quantity of nothing', paper('Người yêu cầu kiểm tra thông tin', 0, { quantity: 0 })],
    ['a remark', paper('Lưu ý: giấy tờ nước ngoài phải hợp pháp hóa lãnh sự')],
  ])('%s is a note', (_, row) => expect(roleOf(row)).toBe('note'));

  it('keeps "0 bản chính, 1 bản sao"', () => {
    expect(roleOf(paper('Giấy khai sinh', 0, { kind: '0 bản chính, 1 bản sao' }))).toBe('paper');
  });

  it.each(['I. Giấy tờ phải nộp', '+ Thêm giấy tờ', 'Lưu ý'])('«%s» with a file is a paper', (name) => {
    expect(roleOf(paper(name, 1, { quantity: 0 }))).toBe('paper');
  });

  it.each([
    ['Văn bản ủy quyền (nếu có)', true],
    ['Bản sao hộ chiếu (đối với người nước ngoài)', true],
    ['Giấy tờ nộp nếu thông tin chưa có', true],
    ['Văn bản yêu cầu, nêu rõ lý do', false],
    ['Giấy chứng sinh', false],
  ])('«%s» is conditional: %s', (name, expected) => expect(isConditional(name)).toBe(expected));
});
