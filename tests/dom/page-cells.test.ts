import { describe, expect, it } from 'vitest';
import { linesOf, pathOf } from '../../lib/page/cells.ts';
import { readPage } from '../../lib/page/index.ts';
import { isoOf } from '../../lib/text/index.ts';

function cell(html: string): Element {
  const doc = new DOMParser().parseFromString(`<table><tr><td>${html}</td></tr></table>`, 'text/html');
  return doc.querySelector('td') as Element;
}

describe('the lines of a cell', () => {
  it.each([
    ['<a href="#">A1</a><br><span>DVCQG: B2</span>', ['A1', 'DVCQG: B2']],
    ['<div>một</div>hai<p>ba</p>', ['một', 'hai', 'ba']],
    ['<span>nối</span><span>liền</span>', ['nốiliền']],
    ['  nhiều \n  khoảng&nbsp;trắng ', ['nhiều khoảng trắng']],
    ['&nbsp;', []],
    ['', []],
    ['<!--x--><b>&lt;b&gt;PHẠM&lt;/b&gt;</b><!--y-->', ['<b>PHẠM</b>']],
    ['Đang xử lý<dh-badge>quá 3 ngày</dh-badge>', ['Đang xử lý']],
    ['<mat-icon>more_vert</mat-icon><i class="v-icon material-icons">check</i>x', ['x']],
    ['<span class="status-icon-label">Đang xử lý</span>', ['Đang xử lý']],
    ['<span hidden>01/01/2020</span>06/08/2026', ['06/08/2026']],
    ['<select><option>Đã trả</option></select><input value="y">z', ['z']],
    ['<div class="v-tooltip__content">Mã</div><span>Mã</span>', ['Mã']],
    ['<style>td{}</style><script>1</script>w', ['w']],
  ])('%s', (html, expected) => {
    expect(linesOf(cell(html))).toEqual(expected);
  });

  it('are NFC, whatever the page is', () => {
    expect(linesOf(cell('Đang xử lý'.normalize('NFD')))).toEqual(['Đang xử lý']);
  });
});

describe('the path of a link', () => {
  it.each([
    ['/vi/dossier/1?x=2#y', '/vi/dossier/1'],
    ['ChiTiet.aspx?id=1', 'ChiTiet.aspx'],
    ["javascript:__doPostBack('a','')", null],
  ])('%s', (href, expected) => {
    const link = document.createElement('a');
    link.setAttribute('href', href);
    expect(pathOf(link)).toBe(expected);
  });

  it('of a link without an address is none', () => {
    expect(pathOf(document.createElement('a'))).toBeNull();
  });
});

describe('one table', () => {
  const URL_ = new URL('https://x.example.gov.vn/');
  const read = (head: string[], ...rows: string[][]) => {
    const row = (cells: string[], tag: string) =>
      `<tr>${cells.map((text) => `<${tag}>${text}</${tag}>`).join('')}</tr>`;
    const html = `<table>${row(head, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>`;
    return readPage(new DOMParser().parseFromString(html, 'text/html'), { url: URL_, readAt: 29_000_000 });
  };
  const HEAD = ['Mã hồ sơ', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Trạng thái'];
  const CODE = 'H29.999-260803-0012';
  const due = (text: string) => {
    const record = read(HEAD, [CODE, '03/08/2026', text, 'Đang xử lý']).records[0];
    return {
      due: record?.dueAt === undefined ? null : isoOf(record.dueAt).slice(0, 16),
      extended: record?.extendedDueAt === undefined ? null : isoOf(record.extendedDueAt).slice(0, 16),
    };
  };

  it.each([
    ['<span>06/08/2026 17:00:00</span><br><span>Quá hạn 1 ngày</span>', '2026-08-06T17:00', null],
    ['<span>06/08/2026</span><br><span>17:00</span>', '2026-08-06T17:00', null],
    ['<span hidden>01/01/2020</span>06/08/2026', '2026-08-06T00:00', null],
    ['06/08/2026<br>Gia hạn: 10/08/2026', '2026-08-06T00:00', '2026-08-10T00:00'],
    ['Hẹn trả: 06/08/2026<br>Gia hạn: 10/08/2026', '2026-08-06T00:00', '2026-08-10T00:00'],
    ['Gia hạn: 10/08/2026', null, '2026-08-10T00:00'],
    ['06/08/2026 17:00<br>Còn lại: 2 ngày', '2026-08-06T17:00', null],
    ['31/02/2026', null, null],
    ['Quá hạn 3.25 ngày', null, null],
    ['', null, null],
  ])('due cell %s', (text, expected, extended) => {
    expect(due(text)).toEqual({ due: expected, extended });
  });

  it('of a phone layout repeats its headers in the cells', () => {
    const [record] = read(HEAD, [
      `<span>Mã hồ sơ</span> ${CODE}`,
      'Ngày tiếp nhận 03/08/2026',
      'Ngày hẹn trả 06/08/2026',
      '<span>Trạng thái</span> Đang xử lý',
    ]).records;
    expect(record).toMatchObject({ code: CODE, status: { code: 4 }, dayOnly: ['receivedAt', 'dueAt'] });
  });

  it('shows the weaker due word only when there is no other', () => {
    const both = read([...HEAD, 'Hạn xử lý'], [CODE, '03/08/2026', '06/08/2026', 'Đang xử lý', '04/08/2026'])
      .records[0];
    expect(isoOf(both?.dueAt ?? 0)).toBe('2026-08-06T00:00:00+07:00');
    const alone = read(['Mã hồ sơ', 'Ngày tiếp nhận', 'Hạn xử lý'], [CODE, '03/08/2026', '04/08/2026']).records[0];
    expect(isoOf(alone?.dueAt ?? 0)).toBe('2026-08-04T00:00:00+07:00');
  });

  it('reads a code column by its form when its header is new, and no date that way', () => {
    const reading = read(
      ['Ký hiệu', 'Lúc', 'Ngày hẹn trả', 'Trạng thái', 'Thủ tục'],
      [CODE, '03/08/2026', '', 'Đang xử lý', 'Mẫu'],
    );
    expect(reading.records[0]).toMatchObject({ code: CODE, procedure: { name: 'Mẫu' } });
    expect(reading.records[0]?.receivedAt).toBeUndefined();
    expect(reading.health?.fields.find(({ field }) => field === 'code')?.column).toBe('Ký hiệu');
  });

  it('counts a row it cannot read and passes over sums, headings and pagers', () => {
    const reading = read(
      HEAD,
      [CODE, '03/08/2026', '06/08/2026', 'Đang xử lý'],
      ['', '03/08/2026', '06/08/2026', 'Đang xử lý'],
      ['&nbsp;', '&nbsp;', '&nbsp;', '&nbsp;'],
      ['Tổng cộng', '2', '', ''],
    );
    expect(reading.records).toHaveLength(1);
    expect(reading.unreadable).toBe(1);
  });

  it('does not read a person out of a column that holds a code and a name', () => {
    const reading = read(
      ['Mã hồ sơ / Chủ hồ sơ', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Thủ tục'],
      [`${CODE}<br>TRẦN THỊ MẪU`, '03/08/2026', '06/08/2026', 'Mẫu'],
      ['TRẦN VĂN MẪU 2', '03/08/2026', '06/08/2026', 'Mẫu'],
    );
    expect(reading.records.map(({ code }) => code)).toEqual([CODE]);
    expect(JSON.stringify(reading.records)).not.toContain('TRẦN');
    expect(reading.unreadable).toBe(1);
  });
});
