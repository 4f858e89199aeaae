import { describe, expect, it } from 'vitest';
import { adapterById, type PageAdapter, recipientOnDetail, recipientOnRow } from '../../lib/page/index.ts';
import { clean } from '../../lib/text/index.ts';
import { loadFixtures } from '../fixtures/pages.ts';

const fixtures = loadFixtures();

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

function fixture(name: string): { html: string } {
  const found = fixtures.find((one) => one.name === name);
  if (!found) throw new Error(`no fixture ${name}`);
  return found;
}

function adapter(id: string): PageAdapter {
  const found = adapterById(id);
  if (!found) throw new Error(`no adapter ${id}`);
  return found;
}

const igate = adapter('igate');
const opencps = adapter('opencps');
const webforms = adapter('webforms');

function rowsOf(doc: Document, from: PageAdapter): { row: Element; container: Element }[] {
  const container = from.container(doc);
  return container === null ? [] : from.rowsOf(container).map((row) => ({ row, container }));
}

/** Detail and rows of a page whose body is given, read as server-rendered pages are. */
const LABELLED =
  '<tr><td>Số hồ sơ:</td><td>H29.999-261101-0001</td></tr><tr><td>Trạng thái:</td><td>Đang xử lý</td></tr>';
const page = (body: string) =>
  parse(
    `<!doctype html><html><body><form id="aspnetForm"><input type="hidden" name="__VIEWSTATE">${body}</form></body></html>`,
  );
const detail = (rows: string) =>
  recipientOnDetail(page(`<table>${LABELLED}<tr><td>Ngày nhận:</td><td>01/11/2026</td></tr>${rows}</table>`), webforms);
const igateDetail = (inner: string) =>
  recipientOnDetail(
    parse(`<!doctype html><html><body><app-root><mat-sidenav-content><app-dossier-detail><mat-tab-group>${inner}
      </mat-tab-group></app-dossier-detail></mat-sidenav-content></app-root></body></html>`),
    igate,
  );

/** A list of one row of the family of Web Forms. */
function rowOf(header: string, cells: string) {
  const doc =
    page(`<div><table class="Grid"><tr class="GridHeader"><th>STT</th><th>Số hồ sơ</th><th>Ngày nhận</th><th>Ngày hẹn trả</th>${header}</tr>
    <tr><td>1</td><td>H29.999-261101-0001</td><td>01/11/2026</td><td>05/11/2026</td>${cells}</tr></table></div>`);
  const [found] = rowsOf(doc, webforms);
  if (!found) throw new Error('no row');
  return recipientOnRow(found.row, found.container, webforms);
}

function label(name: string, value: string): string {
  return `<div class="row"><span class="lbl">${name}:</span><span class="val">${value}</span></div>`;
}

describe('a page of traps', () => {
  it('with two people under the same labels in two sections', () => {
    const section = (title: string, name: string, more = '') =>
      `<section><h3>${title}</h3>${label('Họ và tên', name)}${label('Địa chỉ', `Nhà ${name}`)}${more}</section>`;
    const head = label('Mã hồ sơ', 'H29.999-261101-0001');
    const owner = section('II. Thông tin chủ hồ sơ', 'Lê Thị Chủ', label('Số điện thoại', '0999000001'));
    const submitter = section('I. Thông tin người nộp', 'Lê Văn Nộp', label('Số điện thoại', '0999000002'));
    const expected = { owner: 'Lê Thị Chủ', submitter: 'Lê Văn Nộp', address: 'Nhà Lê Thị Chủ', phone: '0999000001' };
    expect(igateDetail(head + owner + submitter)).toEqual(expected);
    expect(igateDetail(head + submitter + owner)).toEqual(expected);
    const officer = section('Cán bộ thụ lý', 'Nguyễn Văn Công Chức', label('Số điện thoại', '0999000003'));
    expect(igateDetail(head + officer + submitter + owner)).toEqual(expected);
    expect(igateDetail(head + officer)).toEqual({});
    const authorised = section('III. Thông tin người được ủy quyền', 'Võ Thị Được');
    expect(igateDetail(head + submitter + owner + authorised)).toEqual({
      ...expected,
      authorised: 'Võ Thị Được',
      address: 'Nhà Võ Thị Được',
      phone: undefined,
    });
  });

  it('with rows of one cell as titles of sections', () => {
    const title = (text: string) => `<tr><td colspan="2"><b>${text}</b></td></tr>`;
    const pair = (name: string, value: string) => `<tr><td>${name}</td><td>${value}</td></tr>`;
    expect(
      detail(
        `${title('THÔNG TIN NGƯỜI NỘP')}${pair('Họ và tên', 'B')}${pair('Điện thoại', '0999000002')}
         ${title('THÔNG TIN CHỦ HỒ SƠ')}${pair('Họ và tên', 'A')}${pair('Điện thoại', '0999000001')}
         ${title('THỬA ĐẤT')}${pair('Địa chỉ', 'Thửa 12')}`,
      ),
    ).toEqual({ owner: 'A', submitter: 'B', phone: '0999000001' });
  });

  it('with pairs side by side', () => {
    const row = (who: string, name: string, where: string) =>
      `<tr><td>${who}</td><td>${name}</td><td>Địa chỉ</td><td>${where}</td></tr>`;
    expect(detail(row('Người nộp', 'B', 'Nhà B') + row('Chủ hồ sơ', 'A', 'Nhà A'))).toEqual({
      owner: 'A',
      submitter: 'B',
      address: 'Nhà A',
    });
  });

  it.each([
    ['an empty cell', '<tr><td>Chủ hồ sơ:</td><td></td><td>Người nộp:</td><td>B</td></tr>', { submitter: 'B' }],
    ['no cell', '<tr><td>Chủ hồ sơ:</td></tr><tr><td>Người nộp:</td><td>B</td></tr>', { submitter: 'B' }],
    ['the next label', '<tr><td>Chủ hồ sơ:</td><td>Đại diện pháp luật:</td><td>B</td></tr>', {}],
    ['a word for nothing', '<tr><td>Chủ hồ sơ:</td><td>undefined</td></tr>', {}],
    ['a header', '<tr><td>Họ và tên</td><td>Quan hệ</td></tr>', {}],
    [
      'a merged cell',
      '<tr><td colspan="2">Chủ hồ sơ: A<br>Địa chỉ: Nhà A<br>ĐT: 0999000001</td></tr>',
      {
        owner: 'A',
        address: 'Nhà A',
        phone: '0999000001',
      },
    ],
    ['one line', '<tr><td colspan="2">Chủ hồ sơ: A; ĐT: 0999000001</td></tr>', { owner: 'A', phone: '0999000001' }],
    [
      'bold labels',
      '<tr><td colspan="2"><b>Chủ hồ sơ:</b> A<br><b>Địa chỉ:</b> Nhà A</td></tr>',
      {
        owner: 'A',
        address: 'Nhà A',
      },
    ],
    [
      'more below the name',
      '<tr><td>Chủ hồ sơ</td><td>A<br>Địa chỉ: Nhà A</td></tr>',
      { owner: 'A', address: 'Nhà A' },
    ],
    ['somebody’s note', '<tr><td>Ghi chú</td><td>Người được ủy quyền: Kẻ Lạ</td></tr>', {}],
    ['a note of lines', '<tr><td>Ghi chú</td><td>Gấp<br>Người được ủy quyền: Kẻ Lạ</td></tr>', {}],
    [
      'an address in a note',
      '<tr><td>Chủ hồ sơ</td><td>A</td></tr><tr><td>Ghi chú</td><td>Địa chỉ: Nhà lạ</td></tr>',
      { owner: 'A' },
    ],
    [
      'who authorises',
      '<tr><td>Chủ hồ sơ</td><td>A</td></tr><tr><td>Người ủy quyền</td><td>A</td></tr>',
      { owner: 'A' },
    ],
    ['old spelling', '<tr><td>NGƯỜI ĐƯỢC UỶ QUYỀN</td><td>C</td></tr>', { authorised: 'C' }],
    ['a shortened name', '<tr><td>Chủ hồ sơ</td><td>Công ty TNHH…</td></tr>', {}],
    [
      'its full text',
      '<tr><td>Chủ hồ sơ</td><td><span title="Ông A Bê">Ông A…</span></td></tr>',
      { owner: 'Ông A Bê' },
    ],
    [
      'two words for one',
      '<tr><td>Chủ đầu tư</td><td>D</td></tr><tr><td>Chủ hồ sơ</td><td>A</td></tr>',
      { owner: 'A' },
    ],
    ['a starred label', '<tr><td>Tên cá nhân/tổ chức (*)</td><td>A</td></tr>', { owner: 'A' }],
    [
      'a name alone',
      '<tr><td>Họ và tên</td><td>A</td></tr><tr><td>Địa chỉ email</td><td>a@example.invalid</td></tr>',
      {
        owner: 'A',
      },
    ],
  ])('with %s', (_, rows, expected) => {
    expect(detail(rows)).toEqual(expected);
  });

  it('with definition lists, boxes and forms', () => {
    expect(igateDetail('<dl><dt>Chủ hồ sơ</dt><dd>A</dd><dt>Địa chỉ</dt><dd>Nhà A</dd></dl>')).toEqual({
      owner: 'A',
      address: 'Nhà A',
    });
    expect(
      igateDetail(
        `<div><label for="x1">Chủ hồ sơ</label><div><input id="x1" value="A &amp; B"></div></div>
         <div><label>Số điện thoại <input type="tel" value="0999000001"></label></div>
         <table><tr><td>Địa chỉ</td><td><textarea>Nhà A</textarea></td></tr></table>`,
      ),
    ).toEqual({ owner: 'A & B', phone: '0999000001', address: 'Nhà A' });
    expect(igateDetail('<form class="searchForm"><label>Chủ hồ sơ <input value="Tìm ai"></label></form>')).toEqual({});
  });

  it('with the fields of Form.io, whose keys say whose they are', () => {
    const box = (key: string, text: string, value: string) =>
      `<div class="formio-component"><label>${text}</label><div><input type="text" name="data[${key}]" value="${value}"></div></div>`;
    const submitter = box('fullname', 'Họ và tên', 'B') + box('address', 'Địa chỉ', 'Nhà B');
    const owner = box('ownerFullname', 'Họ và tên', 'A');
    const phone = box('ownerPhoneNumber', 'Số điện thoại', '0999000001');
    expect(igateDetail(submitter + owner)).toEqual({ owner: 'A', submitter: 'B' });
    expect(igateDetail(submitter + owner + phone)).toEqual({ owner: 'A', submitter: 'B', phone: '0999000001' });
    const tick = '<input type="checkbox" name="data[isOwnerDossier]" checked>';
    expect(igateDetail(submitter + tick)).toEqual({ owner: 'B', submitter: 'B', address: 'Nhà B' });
    expect(igateDetail(box('fullname', 'Họ và tên', '') + box('hoTenCon', 'Họ tên con', 'Bé'))).toEqual({});
    expect(igateDetail(box('ownerOrganizationFullname', 'Tên', 'Bánh Mì 1'))).toMatchObject({
      owner: 'Bánh Mì 1',
      organisation: true,
    });
  });

  it('with the address of somebody whom it does not place', () => {
    const other = `<div>${label('Họ và tên', 'B')}${label('Địa chỉ', 'Nhà B')}</div>`;
    expect(igateDetail(label('Chủ hồ sơ', 'A') + other)).toEqual({ owner: 'A' });
  });

  it('with the filer’s block of a dossier that was open before', () => {
    const doc = parse(fixture('opencps/sandbox-detail').html);
    const menu = doc.querySelector('.v-menu__content') as Element;
    menu.after(menu.cloneNode(true));
    expect(recipientOnDetail(doc, opencps).submitter).toBeUndefined();
  });

  it('with an address that the host has cut', () => {
    const doc = parse(fixture('opencps/detail').html);
    const value = [...doc.querySelectorAll('.text-bold')].find(
      (one) => one.textContent === '12 đường Không Có',
    ) as Element;
    value.textContent = '...12 đường Không Có';
    expect(recipientOnDetail(doc, opencps).address).toBeUndefined();
  });
});

describe('a row of traps', () => {
  it.each([
    ['both people', '<th>Chủ hồ sơ</th><th>Người nộp</th>', '<td>A</td><td>B</td>', { owner: 'A', submitter: 'B' }],
    ['an empty cell', '<th>Chủ hồ sơ</th><th>Người nộp</th>', '<td>&nbsp;</td><td>B</td>', { submitter: 'B' }],
    ['the header again', '<th>Chủ hồ sơ</th>', '<td>Chủ hồ sơ</td>', {}],
    ['the header in the cell', '<th>Chủ hồ sơ</th>', '<td><span>Chủ hồ sơ:</span> <b>A</b></td>', { owner: 'A' }],
    ['two in one', '<th>Người nộp / Chủ hồ sơ</th>', '<td>B<br>A</td>', { owner: 'A', submitter: 'B' }],
    ['one for two', '<th>Người nộp / Chủ hồ sơ</th>', '<td>A</td>', { owner: 'A' }],
    ['too many lines', '<th>Người nộp / Chủ hồ sơ</th>', '<td>A<br>B<br>C</td>', {}],
    [
      'more below',
      '<th>Chủ hồ sơ</th>',
      '<td>A<br>Địa chỉ: Nhà A<br>0999000001</td>',
      { owner: 'A', address: 'Nhà A' },
    ],
    [
      'a column of addresses',
      '<th>Chủ hồ sơ</th><th>Địa chỉ</th>',
      '<td>A</td><td>Nhà A</td>',
      {
        owner: 'A',
        address: 'Nhà A',
      },
    ],
    [
      'an address of either',
      '<th>Chủ hồ sơ</th><th>Người nộp</th><th>Địa chỉ</th>',
      '<td>A</td><td>B</td><td>Nhà</td>',
      {
        owner: 'A',
        submitter: 'B',
      },
    ],
    ['an officer', '<th>Cán bộ thụ lý</th><th>Người xử lý</th>', '<td>Cán bộ Mẫu 01</td><td>Cán bộ Mẫu 02</td>', {}],
    ['a summary', '<th>Nội dung yêu cầu</th>', '<td>Người được ủy quyền: Kẻ Lạ</td>', {}],
    ['a name by halves', '<th>Chủ hồ sơ</th>', '<td title="Lê Văn A Bê">Lê Văn…</td>', { owner: 'Lê Văn A Bê' }],
    [
      'who is authorised',
      '<th>Chủ hồ sơ</th><th>Người được ủy quyền</th>',
      '<td>A</td><td>C</td>',
      {
        owner: 'A',
        authorised: 'C',
      },
    ],
    ['an organisation', '<th>Doanh nghiệp</th>', '<td>Bánh Mì 1</td>', { owner: 'Bánh Mì 1', organisation: true }],
  ])('with %s', (_, header, cells, expected) => {
    expect(rowOf(header, cells)).toEqual(expected);
  });

  it('that is no dossier names nobody', () => {
    const doc = parse(fixture('webforms/list').html);
    const container = webforms.container(doc) as Element;
    for (const row of doc.querySelectorAll('.GridHeader, .GridPager')) {
      expect(recipientOnRow(row, container, webforms)).toEqual({});
    }
  });

  it('is read anew: another person in the same row', () => {
    const doc = parse(fixture('igate/list').html);
    const [first] = rowsOf(doc, igate);
    if (!first) throw new Error('no row');
    const cell = first.row.querySelector('.cdk-column-applicantName') as Element;
    cell.textContent = 'NGƯỜI KHÁC';
    expect(recipientOnRow(first.row, first.container, igate)).toEqual({ owner: 'NGƯỜI KHÁC' });
  });
});

describe('a text of a person', () => {
  const named = (name: string) => {
    const doc = page('<div></div>');
    const cell = doc.createElement('td');
    cell.textContent = name;
    return rowOf('<th>Chủ hồ sơ</th>', cell.outerHTML);
  };

  it.each([
    '<b>Đậm</b> "Bảy" O\'Nít',
    '<script>window.__pwned=1</script>',
    'Lê &amp; Hoàng &lt;em&gt; &nbsp;',
    `${'Công Tằng Tôn Nữ '.repeat(11)}Ỹ`,
    '  Trần\t Thị\n Hằng ',
    'Nguyễn Thuỷ Ẩn'.normalize('NFD'),
  ])('%s comes through', (name) => {
    expect(named(name).owner).toBe(clean(name));
  });

  it('has no invisible characters and an end', () => {
    expect(named('Lê\u0007 Văn\u202e \u200bA\u0085').owner).toBe('Lê Văn A');
    expect(named(`${'a'.repeat(299)}😀b`).owner).toBe('a'.repeat(299));
    expect(named('\u200b')).toEqual({});
  });

  it.each([
    ['Công ty TNHH Mẫu', true],
    ['CÔNG TY CỔ PHẦN MẪU', true],
    ['UBND Phường Không Thật', true],
    ['Uỷ ban nhân dân', true],
    ['"Trường Tiểu học Mẫu"', true],
    ['Hợp tác xã Mẫu', true],
    ['Chi nhánh Mẫu', true],
    ['Trương Văn Mẫu', undefined],
    ['Trần Công Ty', undefined],
    ['Văn Phong', undefined],
    ['Sởi Mẫu', undefined],
    ['Viên Thị Mẫu', undefined],
  ])('%s: organisation %s', (name, expected) => {
    expect(named(name).organisation).toBe(expected);
  });

  it('is of an organisation where a tax code stands for an identity number', () => {
    const owner = '<tr><td>Chủ hồ sơ</td><td>Bánh Mì 1</td></tr>';
    const tax = '<tr><td>Mã số thuế</td><td>9990000001</td></tr>';
    expect(detail(owner + tax).organisation).toBe(true);
    expect(detail(`${owner}<tr><td>Mã số thuế</td><td></td></tr>`).organisation).toBeUndefined();
    expect(detail(`${owner}${tax}<tr><td>Số CCCD</td><td>999000000001</td></tr>`).organisation).toBeUndefined();
    expect(detail('<tr><td>Tên tổ chức</td><td>Bánh Mì 1</td></tr>')).toEqual({
      owner: 'Bánh Mì 1',
      organisation: true,
    });
    expect(detail('<tr><td>Tên cá nhân/tổ chức</td><td>Bánh Mì 1</td></tr>').organisation).toBeUndefined();
  });
});
