import { describe, expect, it } from 'vitest';
import { ADAPTERS, adapterById, type PageAdapter, pickAdapter, readPage } from '../../lib/page/index.ts';
import { Dossier } from '../../lib/schema/index.ts';
import { asExpected, type Fixture, loadFixtures } from '../fixtures/pages.ts';

/** After everything that the saved pages tell: 25 November 2026, 10:00. A paper cannot have come later than it was read. */
const READ_AT = Date.parse('2026-11-25T10:00:00+07:00') / 60_000;
const fixtures = loadFixtures();

function parse({ html }: Pick<Fixture, 'html'>): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

function fixture(name: string): Fixture {
  const found = fixtures.find((one) => one.name === name);
  if (!found) throw new Error(`no fixture ${name}`);
  return found;
}

function open(name: string) {
  const found = fixture(name);
  return { doc: parse(found), url: new URL(found.expected.url), expected: found.expected };
}

function own(name: string): PageAdapter {
  const adapter = adapterById(name.split('/')[0] ?? '');
  if (!adapter) throw new Error(`no adapter for ${name}`);
  return adapter;
}

describe('every saved page', () => {
  it.each(fixtures.map((one) => [one.name, one] as const))('%s is read as it is', (_, one) => {
    const reading = readPage(parse(one), { url: new URL(one.expected.url), readAt: READ_AT });
    const missing = reading.health?.fields.filter(({ found, expected }) => expected > 0 && found === 0) ?? [];
    const { url, people, ...expected } = one.expected;
    expect({
      adapter: reading.adapter?.meta.id ?? null,
      kind: reading.kind,
      changed: reading.changed,
      loading: reading.loading,
      unreadable: reading.unreadable,
      missing: missing.map(({ field }) => field),
      records: reading.records.map((record, i) => asExpected(record, expected.records[i] ?? ({} as never))),
    }).toEqual(expected);
  });

  it.each(fixtures.map((one) => [one.name, one] as const))('%s gives valid records and nobody', (_, one) => {
    const reading = readPage(parse(one), { url: new URL(one.expected.url), readAt: READ_AT });
    for (const record of reading.records) expect(Dossier.safeParse(record).success).toBe(true);
    const text = JSON.stringify(reading.records);
    for (const person of one.expected.people) expect(text).not.toContain(person);
  });

  it('is claimed by one family only', () => {
    for (const one of fixtures) {
      const doc = parse(one);
      const url = new URL(one.expected.url);
      const claims = ADAPTERS.filter((adapter) => adapter.meta.id !== 'generic' && adapter.detect(doc, url) !== 'none');
      expect(claims.length, one.name).toBeLessThanOrEqual(1);
    }
  });

  it('is changed by no reader', () => {
    for (const one of fixtures) {
      const doc = parse(one);
      const before = doc.documentElement.outerHTML;
      readPage(doc, { url: new URL(one.expected.url), readAt: READ_AT });
      expect(doc.documentElement.outerHTML === before, one.name).toBe(true);
    }
  });
});

const lists = fixtures.filter(({ expected }) => expected.kind === 'list' && expected.adapter !== null);

describe('a list', () => {
  it.each(lists.map((one) => [one.name, one] as const))('%s reads the same in portions', (_, one) => {
    const doc = parse(one);
    const url = new URL(one.expected.url);
    const adapter = pickAdapter(doc, url)?.adapter as PageAdapter;
    const container = adapter.container(doc) as Element;
    const context = { url, readAt: READ_AT };
    const whole = adapter.readRows(container, context);
    const rows = adapter.rowsOf(container);
    expect(rows.length).toBe(whole.rows.length + whole.unreadable);
    const portions = rows.map((row) => adapter.readRows(container, context, [row]));
    expect(portions.flatMap((portion) => portion.rows)).toEqual(whole.rows);
    expect(portions.reduce((sum, portion) => sum + portion.unreadable, 0)).toBe(whole.unreadable);
  });

  it.each(lists.map((one) => [one.name, one] as const))('%s reads the same with our badges in it', (_, one) => {
    const doc = parse(one);
    const url = new URL(one.expected.url);
    const adapter = pickAdapter(doc, url)?.adapter as PageAdapter;
    const container = adapter.container(doc) as Element;
    const context = { url, readAt: READ_AT };
    const before = adapter.readRows(container, context).rows.map(({ record }) => record);
    for (const { anchor } of adapter.readRows(container, context).rows) {
      expect(container.contains(anchor)).toBe(true);
      anchor.append(doc.createElement('dh-badge'));
    }
    expect(adapter.readRows(container, context).rows.map(({ record }) => record)).toEqual(before);
  });

  it('puts the badge into the appointment cell', () => {
    const { doc, url } = open('igate/list');
    const adapter = own('igate/list');
    const [row] = adapter.readRows(adapter.container(doc) as Element, { url, readAt: READ_AT }).rows;
    expect(row?.anchor.className).toContain('cdk-column-appointmentDate');
    expect(row?.row.localName).toBe('mat-row');
  });

  it('survives while the host builds its table anew', () => {
    const { doc, url } = open('igate/list');
    const adapter = own('igate/list');
    const container = adapter.container(doc) as Element;
    expect(container.className).toBe('searchtbl');
    doc.querySelector('mat-table')?.remove();
    expect(adapter.detect(doc, url)).toBe('list');
    expect(adapter.container(doc)).toBe(container);
    expect(adapter.readRows(container, { url, readAt: READ_AT })).toMatchObject({ rows: [], loading: true });
  });

  it('that has no rows is an empty list and not a fault', () => {
    const { doc, url } = open('webforms/list');
    for (const row of doc.querySelectorAll('.GridItem, .GridAltItem, .GridPager')) row.remove();
    const reading = readPage(doc, { url, readAt: READ_AT });
    expect(reading).toMatchObject({ kind: 'list', records: [], unreadable: 0, loading: false });
    expect(reading.health?.ok).toBe(true);
  });

  it('takes the status of its rows from the title as it is now', () => {
    const { doc, url } = open('opencps/list');
    const adapter = own('opencps/list');
    const container = adapter.container(doc) as Element;
    const statuses = () =>
      adapter.readRows(container, { url, readAt: READ_AT }).rows.map(({ record }) => record.status.code);
    expect(new Set(statuses())).toEqual(new Set([4]));
    const before = adapter.outside?.(container);
    (doc.querySelector('.background-triangle-big span') as Element).textContent = 'CHỜ BỔ SUNG';
    expect(adapter.outside?.(container)).not.toBe(before);
    expect(new Set(statuses())).toEqual(new Set([5]));
    (doc.querySelector('.background-triangle-big span') as Element).textContent = 'SẮP ĐẾN HẠN';
    expect(new Set(statuses())).toEqual(new Set(['unknown']));
  });

  it('on the city’s own host that only the generic adapter reads is called changed', () => {
    const { doc, url } = open('generic/list-city-changed');
    expect(pickAdapter(doc, url)).toMatchObject({ adapter: { meta: { id: 'generic' } }, changed: true });
    expect(pickAdapter(doc, new URL('https://khac.example.gov.vn/'))).toMatchObject({ changed: false });
  });
});

describe('a page that is no list of dossiers', () => {
  const STATISTICS = `<table class="mat-table cdk-table"><tr><th>Đơn vị</th><th>Số hồ sơ</th><th>Tiếp nhận</th><th>Trạng thái</th></tr>
    <tr><td>Phường Không Thật</td><td>120</td><td>100</td><td>Đang xử lý</td></tr></table>`;
  it.each([
    ['statistics', STATISTICS],
    [
      'a search form',
      '<table><tr><td>Mã hồ sơ:</td><td><input></td><td>Ngày tiếp nhận:</td><td><input></td></tr></table>',
    ],
    ['nothing', ''],
    ['a frameset', '<frameset cols="220,*"><frame src="a"><frame src="b"></frameset>'],
  ])('%s is claimed by nobody', (_, body) => {
    const doc = parse({
      html: `<!doctype html><html>${body.startsWith('<frameset') ? body : `<body>${body}</body>`}</html>`,
    });
    expect(pickAdapter(doc, new URL('https://x.example.gov.vn/'))).toBeNull();
    expect(pickAdapter(doc, new URL('https://motcua.tphcm.gov.vn/vi/home'))).toBeNull();
  });

  it('a list in a hidden dialog does not count', () => {
    const { doc } = open('generic/list');
    const table = doc.querySelector('table') as Element;
    const dialog = doc.createElement('div');
    dialog.setAttribute('role', 'dialog');
    table.replaceWith(dialog);
    dialog.append(table);
    expect(pickAdapter(doc, new URL('https://x.example.gov.vn/'))).toBeNull();
  });
});

describe('a page of one dossier', () => {
  it('keeps what another tab has shown', () => {
    const { doc, url } = open('igate/detail');
    const adapter = own('igate/detail');
    const context = { url, readAt: READ_AT };
    const whole = adapter.readDetail(doc, context)?.record;
    expect(whole?.components).toHaveLength(2);
    // Material takes the other tab out of the page.
    const [facts, papers] = [...doc.querySelectorAll('mat-tab-body')] as [Element, Element];
    const [factsHtml, papersHtml] = [facts.innerHTML, papers.innerHTML];
    facts.innerHTML = '';
    expect(adapter.detect(doc, url)).toBe('detail');
    expect(adapter.readDetail(doc, context)?.record).toEqual(whole);
    facts.innerHTML = factsHtml;
    papers.innerHTML = '';
    expect(adapter.readDetail(doc, context)?.record).toEqual(whole);
    // Another dossier in the same component must not inherit anything.
    facts.innerHTML = factsHtml.replace('H29.999-260803-0012', 'H29.999-260803-0099');
    const other = new URL(url.href.replace('abcd', 'abce'));
    const next = adapter.readDetail(doc, { url: other, readAt: READ_AT })?.record;
    expect(next).toMatchObject({ code: 'H29.999-260803-0099', systemId: '68990000000000000000abce' });
    expect(next?.components).toBeUndefined();
    facts.innerHTML = '';
    papers.innerHTML = papersHtml;
    expect(adapter.readDetail(doc, context)).toBeNull();
  });

  it('is anchored outside what the host renders', () => {
    for (const name of ['igate/detail', 'opencps/detail', 'webforms/detail']) {
      const { doc, url } = open(name);
      const adapter = own(name);
      const detail = adapter.readDetail(doc, { url, readAt: READ_AT });
      expect(detail?.anchor.parentElement, name).not.toBeNull();
      expect(adapter.detailRoot(doc)?.contains(detail?.anchor ?? null), name).toBe(true);
    }
  });
});

describe('the way to a dossier', () => {
  const record = (systemId?: string) => ({ code: 'H29.999-260803-0012', systemId });
  const igate = new URL('https://motcua.tphcm.gov.vn/vi/dossier/processing?applicant-owner-name=MẪU&page=2');
  const opencps = new URL('https://dvc.example.gov.vn/web/mot-cua?x=1#/danh-sach-ho-so/3?page=2&q=MẪU');
  const webforms = new URL('http://motcua.example.gov.vn/HoSo/DanhSach.aspx?ten=MẪU');

  it.each([
    ['igate', igate, '68990000000000000000abcd', '/vi/dossier/search/68990000000000000000abcd'],
    [
      'igate',
      new URL('https://motcua.tphcm.gov.vn/en/home'),
      '68990000000000000000abcd',
      '/en/dossier/search/68990000000000000000abcd',
    ],
    ['igate', igate, undefined, null],
    ['igate', igate, '../../logout', null],
    ['opencps', opencps, '38968', '/web/mot-cua#/danh-sach-ho-so/3/chi-tiet-ho-so/38968'],
    ['opencps', opencps, undefined, null],
    ['opencps', new URL('https://dvc.example.gov.vn/web/mot-cua'), '38968', null],
    ['webforms', webforms, '55123', '/HoSo/ChiTiet.aspx?id=55123'],
    ['webforms', new URL('http://epar.example.gov.vn/r3/record/'), '901', null],
    ['generic', igate, '1', null],
  ] as const)('%s %s %s', (id, url, systemId, expected) => {
    expect(adapterById(id)?.link(record(systemId), url)).toBe(expected);
  });
});

describe('the paginator', () => {
  it('of iGate tells where we are and which button goes on', () => {
    const { doc } = open('igate/sandbox-list');
    const paginator = own('igate/list').paginator(doc);
    if ('reason' in paginator) throw new Error(paginator.reason);
    expect(paginator.position.page).toBe(1);
    expect(paginator.position.total).toBeGreaterThan(20);
    expect(paginator.position.pages).toBe(Math.ceil((paginator.position.total ?? 0) / 20));
    expect(paginator.previous).toBeNull();
    expect(paginator.next?.getAttribute('aria-label')).toBe('Trang sau');
  });

  it('of OpenCPS tells by its icons, although no button is disabled', () => {
    const { doc } = open('opencps/sandbox-list');
    const paginator = own('opencps/list').paginator(doc);
    if ('reason' in paginator) throw new Error(paginator.reason);
    expect(paginator.position.page).toBe(1);
    expect(paginator.position.pages).toBe(Math.ceil((paginator.position.total ?? 0) / 12));
    expect(paginator.previous).toBeNull();
    expect(paginator.next?.textContent).toContain('chevron_right');
  });

  it('of OpenCPS tells by its words and numbers too', () => {
    const list = document.createElement('div');
    const item = (text: string, classes = '', disabled = false) =>
      `<li class="page-item ${classes}"><button ${disabled ? 'disabled' : ''}>${text}</button></li>`;
    list.innerHTML = `<div class="pagging-table">Tổng số <span>1.234</span> hồ sơ.<ul class="tiny-pagination">
      ${item('Trước', 'disabled', true)}${item('1', 'active')}${item('2')}${item('Sau')}</ul></div>`;
    document.body.append(list);
    const paginator = own('opencps/list').paginator(document);
    list.remove();
    if ('reason' in paginator) throw new Error(paginator.reason);
    expect(paginator.position).toEqual({ page: 1, pages: null, total: 1234 });
    expect(paginator.previous).toBeNull();
    expect(paginator.next?.textContent).toBe('Sau');
  });

  it.each(['webforms/list', 'generic/list'])('%s says why it cannot be walked', (name) => {
    const { doc } = open(name);
    const paginator = own(name).paginator(doc);
    expect('reason' in paginator && paginator.reason.length).toBeGreaterThan(20);
  });
});

describe('dialogs and menus of the host', () => {
  it('are seen when they are open, tooltips are not', () => {
    const { doc } = open('igate/list');
    const { open: selector, root } = own('igate/list').overlays;
    const overlay = doc.querySelector(root) as Element;
    expect(doc.querySelector(selector)).toBeNull();
    overlay.innerHTML = '<div class="cdk-overlay-pane mat-tooltip-panel"><div class="mat-tooltip">Xem</div></div>';
    expect(doc.querySelector(selector)).toBeNull();
    overlay.innerHTML = '<div class="cdk-overlay-pane"><mat-dialog-container></mat-dialog-container></div>';
    expect(doc.querySelector(selector)).not.toBeNull();
  });

  it('of OpenCPS that were closed again do not count', () => {
    const { doc } = open('opencps/sandbox-list-shuffled');
    const { open: selector } = own('opencps/list').overlays;
    expect(doc.querySelectorAll('.v-dialog').length).toBeGreaterThan(0);
    expect(doc.querySelector(selector)).toBeNull();
  });
});
