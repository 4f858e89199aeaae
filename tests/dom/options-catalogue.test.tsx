import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { CatalogueFile } from '../../lib/digitization/index.ts';
import { readCatalogueFile, SHIPPED_CATALOGUE } from '../../lib/digitization/index.ts';
import { readSetting } from '../../lib/platform/index.ts';
import {
  all,
  button,
  click,
  endOptions,
  file,
  giveTo,
  nextDownload,
  open,
  part,
  said,
  startOptions,
  texts,
  type,
  UNIT_LAYER,
  until,
  words,
} from './options-page.tsx';

beforeEach(startOptions);
afterEach(endOptions);

const catalogues = () => readSetting('catalogues');
const section = () => part('catalogue');
const give = (...files: File[]) => giveTo('catalogue', ...files);
const labels = () => texts('#catalogue .cards strong');
const found = () => texts('#catalogue .procedure .code');
const review = () => words(document.querySelector('.review'));
const answer = () => words(document.querySelector('#catalogue .found'));
const BIRTH = '1.001193';

/** A catalogue of a unit: one procedure of its own, one that ships. */
const UNIT: CatalogueFile = {
  id: 'phuong-thu',
  version: '1',
  label: 'Danh mục phường Thử',
  effectiveFrom: '2026-07-01',
  source: 'Quyết định thử 12/QĐ-UBND',
  procedures: [
    {
      code: '9.999001',
      name: 'Thủ tục thử nghiệm',
      limit: {
        value: 2,
        unit: 'workday',
        text: '02 ngày làm việc',
        cases: [{ case: 'ở đảo', value: 4, unit: 'workday' }],
        extension: { value: 5, unit: 'workday', when: 'phải xác minh', mode: 'replace' },
      },
      intakeCutoff: { time: '15:00', effect: 'tính từ ngày sau' },
      components: [
        { name: 'Đơn thử', kind: 'original', required: true },
        { name: 'Giấy cũ', kind: 'copy', required: true, mustDigitize: true, aliases: ['Giấy xưa'] },
        { name: 'Giấy tùy việc', kind: 'copy', condition: { when: 'case', text: 'việc khó' } },
        { name: 'Giấy để xem', kind: 'shown', required: true },
        { name: 'Mẫu trên mạng', kind: 'data' },
        { name: 'Cách một', kind: 'copy', oneOf: 'cach' },
        { name: 'Cách hai', kind: 'copy', oneOf: 'cach' },
      ],
      results: [{ name: 'Giấy kết quả thử' }],
      fee: true,
    },
    {
      code: BIRTH,
      name: 'Khai sinh theo phường',
      components: [{ name: 'Tờ khai của phường', kind: 'original', required: true }],
    },
  ],
};
const only = (...procedures: CatalogueFile['procedures']) => ({ ...UNIT, procedures });

describe('what is in force', () => {
  it('names what ships, how far it can be trusted and where it comes from', async () => {
    await open();
    const { procedures, version, source } = SHIPPED_CATALOGUE;
    const count = (confidence: string) => procedures.filter((one) => one.confidence === confidence).length;
    const facts = words(section().querySelector('.facts'));
    expect(facts).toContain(
      `${procedures.length} thủ tục: ${count('verified')} đã đối chiếu, ${count('general')} theo kiến thức chung`,
    );
    expect(facts).toContain(`${procedures.filter(({ stale }) => stale).length} mục có thể đã cũ`);
    expect(facts).toContain(`bản ${version}, áp dụng từ 01/07/2026`);
    expect(facts).toContain(source);
    expect(facts).toContain('Đã nhận' + 'không có');
    expect(words(section())).toContain('Chưa có. Đang dùng danh mục đi kèm Đúng Hẹn.');
  });

  it('counts imported files over it, in their order', async () => {
    await open({ catalogues: [UNIT, { ...only(), id: 'rong', label: 'Danh mục rỗng' }] });
    const facts = words(section().querySelector('.facts'));
    expect(facts).toContain(`Tất cả${SHIPPED_CATALOGUE.procedures.length + 1} thủ tục`);
    expect(facts).toContain('«Danh mục phường Thử» (2 thủ tục), rồi «Danh mục rỗng» (0 thủ tục)');
    expect(labels()).toEqual(['Danh mục phường Thử', 'Danh mục rỗng']);
  });
});

describe('looking a procedure up', () => {
  it('finds a code, whole, begun, or with the tail of a unit', async () => {
    await open();
    expect(answer()).toBe('');
    for (const typed of [BIRTH, `${BIRTH}.000.00.00.H29`, ` ${BIRTH} `]) {
      type('catalogue-search', typed);
      expect(found()).toEqual([BIRTH]);
      expect(answer()).toBe('1 thủ tục.');
      expect((section().querySelector('.procedure') as HTMLDetailsElement).open).toBe(true);
    }
    type('catalogue-search', '1.00');
    expect(found().length).toBeGreaterThan(1);
    expect(found().every((code) => code.startsWith('1.00'))).toBe(true);
    expect((section().querySelector('.procedure') as HTMLDetailsElement).open).toBe(false);
  });

  it.each(['đăng ký khai sinh', 'dang ky khai sinh', 'ĐĂNG KÍ KHAI SINH'])(
    'finds «%s», its name first',
    async (typed) => {
      await open();
      type('catalogue-search', typed);
      expect(found()).toContain(BIRTH);
      expect(texts('#catalogue .procedure summary')[0]?.toLowerCase()).toContain('đăng ký khai sinh');
    },
  );

  it('finds by a paper and by its other name', async () => {
    await open({ catalogues: [UNIT] });
    type('catalogue-search', 'giấy xưa');
    expect(found()).toContain('9.999001');
    type('catalogue-search', 'xưa giấy thử nghiệm');
    expect(found()).toEqual(['9.999001']);
  });

  it('shows few of many, and says what to do about none', async () => {
    await open();
    type('catalogue-search', 'thủ tục');
    expect(answer()).toMatch(/^\d+ thủ tục; hiện 20 thủ tục đầu, gõ thêm chữ\.$/);
    expect(found()).toHaveLength(20);
    type('catalogue-search', 'x');
    expect(answer()).toContain('ít nhất hai chữ cái');
    type('catalogue-search', 'phi thuyền');
    expect(answer()).toBe('Không thủ tục nào có đủ các chữ «phi thuyền». Thử ít chữ hơn, hoặc gõ mã.');
    type('catalogue-search', '9.999998');
    expect(answer()).toContain('Danh mục không có thủ tục mã 9.999998');
    expect(found()).toEqual([]);
  });

  it('tells papers, limit, cut-off, results, fee and the file', async () => {
    await open({ catalogues: [UNIT] });
    type('catalogue-search', '9.999001');
    const tagsOf = (name: string) => {
      const line = all('#catalogue .papers li')
        .filter((one) => words(one).startsWith(name))
        .at(-1) as HTMLElement;
      return [...line.children].filter((one) => one.classList.contains('tag')).map(words);
    };
    expect(tagsOf('Đơn thử')).toEqual(['phải có']);
    expect(tagsOf('Giấy cũ')).toEqual(['phải có', 'phải số hóa']);
    expect(tagsOf('Giấy tùy việc')).toEqual(['tùy trường hợp']);
    expect(tagsOf('Giấy để xem')).toEqual(['xuất trình']);
    expect(tagsOf('Mẫu trên mạng')).toEqual(['dữ liệu điện tử']);
    expect(tagsOf('Một trong các giấy tờ sau')).toEqual(['cần một']);
    expect(texts('#catalogue .papers ul li')).toEqual(['Cách mộtLoại: bản sao', 'Cách haiLoại: bản sao']);
    const card = words(section().querySelector('.procedure'));
    for (const expected of [
      'Tên khác: Giấy xưa',
      'Điều kiện: việc khó',
      'Nguyên văn: 02 ngày làm việc',
      'ở đảo: 4 ngày làm việc',
      'Kéo dài thành 5 ngày làm việc: phải xác minh',
      '15:00: tính từ ngày sau',
      'Giấy kết quả thử',
      'Phí, lệ phíCó',
      'Từ danh mục«Danh mục phường Thử», bản 1',
    ])
      expect(card).toContain(expected);
    expect(card).not.toContain('Đè lên');
  });

  it('tells which entry lies over which, and that an entry may be out of date', async () => {
    await open({ catalogues: [UNIT] });
    type('catalogue-search', BIRTH);
    const card = words(section().querySelector('.procedure'));
    expect(card).toContain('Tờ khai của phường');
    expect(card).toContain(`Đè lên«${SHIPPED_CATALOGUE.label}», bản ${SHIPPED_CATALOGUE.version}`);
    const stale = SHIPPED_CATALOGUE.procedures.find((one) => one.stale);
    type('catalogue-search', stale?.code ?? '');
    expect(words(section().querySelector('.procedure .notice'))).toBe(`Có thể đã cũ: ${stale?.stale}`);
    const bare = SHIPPED_CATALOGUE.procedures.find(({ components }) => components.length === 0);
    type('catalogue-search', bare?.code ?? '');
    expect(words(section().querySelector('.procedure'))).toContain('chưa chép giấy tờ của thủ tục này');
  });
});

describe('import', () => {
  it('counts what it adds and replaces before it is taken, and takes it back', async () => {
    await open();
    await give(file(UNIT, 'danh-muc.json'));
    expect(texts('.review h4')).toEqual(['Kiểm tra: danh-muc.json']);
    expect(document.activeElement).toBe(document.querySelector('.review h4'));
    expect(texts('.review .change li')).toEqual(['1 thủ tục thêm mới', '1 thủ tục thay nội dung đang dùng']);
    expect(await catalogues()).toEqual([]);
    click(button('Nhận danh mục này'));
    await until(async () => expect(await catalogues()).toEqual([UNIT]));
    await until(() => expect(said('catalogue')).toContain('Đã nhận danh mục «Danh mục phường Thử». Có thể hoàn tác'));
    await until(() => expect(labels()).toEqual(['Danh mục phường Thử']));
    expect(document.activeElement).toBe(button('Hoàn tác'));
    click(button('Hoàn tác'));
    await until(async () => expect(await catalogues()).toEqual([]));
    await until(() => expect(document.activeElement).toBe(part('catalogue-title')));
  });

  it('names faults by line, changes nothing, and copies the list', async () => {
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue(undefined);
    await open();
    const text = JSON.stringify(UNIT, null, 2).replace('"9.999001"', '"9.9.1"').replace('"fee": true', '"fees": true');
    const at = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
    await give(file(text, 'sai.json'));
    const lines = texts('.remarks li');
    expect(lines).toContainEqual(
      expect.stringMatching(new RegExp(`^Dòng ${at('"9.9.1"')} procedures\\[0\\]\\.code: phải có dạng d\\.dddddd`)),
    );
    expect(lines.join()).toContain('có trường lạ: fees');
    expect(lines.every((line) => line.startsWith('Dòng '))).toBe(true);
    expect(all('button').map(words)).not.toContain('Nhận danh mục này');
    click(button('Chép danh sách'));
    await until(() => expect(written.mock.calls[0]?.[0]).toContain(`sai.json:${at('"9.9.1"')}: procedures[0].code`));
    click(button('Đóng'));
    expect(document.activeElement).toBe(button('Chọn tệp danh mục .json'));
    expect(await catalogues()).toEqual([]);
  });

  it('shows some of very many faults, and says how many are left', async () => {
    await open();
    const bad = Array.from({ length: 250 }, () => ({ code: 'x', name: 'Tên', components: [] }));
    await give(file({ ...UNIT, procedures: bad }));
    expect(all('.remarks li')).toHaveLength(201);
    expect(words(all('.remarks li').at(-1))).toBe('và 50 chỗ nữa; bấm «Chép danh sách» để có đủ');
  });

  it.each<[string, File[], string]>([
    ['nothing', [file('')], 'không có chữ nào'],
    ['no JSON', [file('danh mục')], 'không phải JSON'],
    ['no text', [new File([new Uint8Array([0x50, 0x4b, 3, 4, 0, 0xff])], 'dm.xlsx')], 'không phải tệp chữ .json'],
    ['too much', [file(`"${'x'.repeat(5_300_000)}"`)], 'tệp 5,1 MB, lớn quá 5 MB'],
    ['two files', [file(UNIT), file(UNIT)], 'mỗi lần chỉ một tệp'],
    ['a code twice', [file(only(...UNIT.procedures, ...UNIT.procedures.slice(0, 1)))], 'có hai lần trong tệp này'],
    ['a date that is none', [file({ ...UNIT, effectiveFrom: '2026-02-30' })], 'Dòng 5 effectiveFrom: «2026-02-30»'],
    ['a calendar', [file(UNIT_LAYER)], 'đây là lịch; hãy nhận ở mục «Lịch làm việc»'],
    ['rules', [file({ format: 'dunghen-unit/1' })], 'đây là bộ quy tắc; hãy nhận ở mục «Lịch làm việc»'],
  ])('refuses %s', async (_, files, message) => {
    await open();
    await give(...files);
    expect(texts('.review h4')[0]).toContain('Không nhận');
    expect(words(document.querySelector('.remarks'))).toContain(message);
  });

  it('is sent here by the section of the calendar', async () => {
    await open();
    await giveTo('calendar', file(UNIT));
    expect(words(document.querySelector('.remarks'))).toBe(
      'đây là danh mục thủ tục; hãy nhận ở mục «Danh mục thủ tục»',
    );
  });

  it('wants it confirmed that papers would be lost, and that a later date does not wait', async () => {
    await open();
    await give(file({ ...only({ code: BIRTH, name: 'Khai sinh', components: [] }), effectiveFrom: '2027-01-01' }));
    expect(texts('.remarks li')).toEqual([
      'Dòng 5 ghi áp dụng từ 01/01/2027, nhưng sẽ dùng ngay từ lúc nhận',
      expect.stringContaining(`${BIRTH} Khai sinh: mục này không ghi giấy tờ nào`) as unknown as string,
    ]);
    click(button('Nhận danh mục này'));
    expect(await catalogues()).toEqual([]);
    click(document.querySelector('.check input') as HTMLElement);
    click(button('Nhận danh mục này'));
    await until(async () => expect(await catalogues()).toHaveLength(1));
  });

  it('puts a new version in place of the one before, and says what is lost and what has no effect', async () => {
    const above = { ...only(UNIT.procedures[1] as (typeof UNIT.procedures)[1]), id: 'tren', label: 'Danh mục trên' };
    await open({ catalogues: [UNIT, above] });
    type('catalogue-paste', JSON.stringify({ ...only(...UNIT.procedures.slice(1)), version: '2' }));
    click(button('Kiểm tra chữ đã dán', section()));
    expect(review()).toContain('Thay cho «Danh mục phường Thử», bản 1, 2 thủ tục');
    expect(texts('.review .change li')).toEqual([
      '0 thủ tục thêm mới',
      '0 thủ tục thay nội dung đang dùng',
      '1 thủ tục không có tác dụng, vì danh mục ở dưới trong danh sách đè lên',
      '1 thủ tục không còn, vì chỉ bản trước có',
    ]);
    click(button('Nhận danh mục này'));
    await until(async () =>
      expect((await catalogues()).map(({ id, version }) => `${id} ${version}`)).toEqual(['phuong-thu 2', 'tren 1']),
    );
  });

  it('takes a file that is dropped, and what is the same already', async () => {
    await open();
    const drop = new Event('drop', { bubbles: true, cancelable: true });
    Object.assign(drop, { dataTransfer: { files: [file(SHIPPED_CATALOGUE)] } });
    act(() => void part('catalogue-choose').dispatchEvent(drop));
    expect(drop.defaultPrevented).toBe(true);
    await until(() =>
      expect(texts('.review .change li')).toEqual([
        '0 thủ tục thêm mới',
        '0 thủ tục thay nội dung đang dùng',
        `${SHIPPED_CATALOGUE.procedures.length} thủ tục giống hệt đang dùng`,
      ]),
    );
  });

  it('refuses more than the browser keeps', async () => {
    const long = 'chữ '.repeat(240);
    const procedures = Array.from({ length: 3500 }, (_, i) => ({
      code: `9.${String(i).padStart(6, '0')}`,
      name: long,
      components: [],
    }));
    await open({ catalogues: [{ ...UNIT, id: 'lon', procedures }] });
    await give(file(JSON.stringify({ ...UNIT, id: 'khac', procedures })));
    expect(words(document.querySelector('.remarks'))).toMatch(/trình duyệt chỉ giữ được 8,0 MB; hãy xoá bớt trước$/);
  });

  it('says so when the browser does not write', async () => {
    await open();
    await give(file(UNIT));
    vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValue(new Error('QUOTA_BYTES'));
    click(button('Nhận danh mục này'));
    await until(() => expect(said('catalogue')).toContain('Chưa lưu được'));
    expect(all('.review')).toHaveLength(1);
    expect(labels()).toEqual([]);
  });
});

describe('imported catalogues', () => {
  const OTHER: CatalogueFile = { ...UNIT, id: 'khac', label: 'Danh mục khác' };

  it('are moved, removed and put back', async () => {
    await open({ catalogues: [UNIT, OTHER] });
    click(button('Đưa lên: Danh mục khác'));
    await until(() => expect(labels()).toEqual(['Danh mục khác', 'Danh mục phường Thử']));
    click(button('Xoá: Danh mục khác'));
    await until(() => expect(labels()).toEqual(['Danh mục phường Thử']));
    expect(document.activeElement).toBe(button('Hoàn tác'));
    click(button('Hoàn tác'));
    await until(() => expect(labels()).toEqual(['Danh mục khác', 'Danh mục phường Thử']));
  });

  it('are exported in the form that is imported', async () => {
    await open({ catalogues: [UNIT] });
    const download = nextDownload();
    click(button('Tải tệp: Danh mục phường Thử'));
    const { name, text } = await download;
    expect(name).toBe('phuong-thu-1.json');
    expect(readCatalogueFile(text)).toEqual({ ok: true, catalogue: UNIT });
  });

  it.each([
    ['Tải mẫu', 'danh-muc-mau.json'],
    ['Tải danh mục đi kèm', 'phuong-xa-2026-09.json'],
  ])('«%s» gives a file that can be imported', async (label, expected) => {
    await open();
    const download = nextDownload();
    click(button(label));
    const { name, text } = await download;
    expect(name).toBe(expected);
    await give(file(text, name));
    expect(texts('.review h4')).toEqual([`Kiểm tra: ${expected}`]);
    expect(review()).toContain('Không thấy gì phải lưu ý');
  });

  it('the sample replaces no procedure of those that ship', async () => {
    await open();
    const download = nextDownload();
    click(button('Tải mẫu'));
    await give(file((await download).text));
    expect(texts('.review .change li')).toEqual(['2 thủ tục thêm mới', '0 thủ tục thay nội dung đang dùng']);
  });
});
