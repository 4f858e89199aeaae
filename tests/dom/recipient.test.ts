import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { adapterById, type PageAdapter, recipientOnDetail, recipientOnRow } from '../../lib/page/index.ts';
import { Recipient } from '../../lib/schema/index.ts';
import { clean } from '../../lib/text/index.ts';
import { type Fixture, loadFixtures } from '../fixtures/pages.ts';
import { detailRecord as opencpsRecord } from '../sandbox/opencps/records.ts';
import { makePopulation } from '../sandbox/population.ts';
import type { SandboxDossier } from '../sandbox/types.ts';
import { webformsHandler } from '../sandbox/webforms/host.ts';

/** The same as tests/fixtures/capture.ts saved: codes and people of the captured pages are these. */
const NOW = Date.parse('2026-11-25T09:40:00+07:00') / 60_000;
const captured = makePopulation({ seed: 'fixtures', now: NOW, count: 120 }).dossiers;
const population = makePopulation({ seed: 'nguoi-nhan', now: NOW, count: 128 });
const fixtures = loadFixtures();

const OFFICER = /Cán bộ Mẫu/;

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

function fixture(name: string): Fixture {
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

const upper = (text: string) => clean(text).toLocaleUpperCase('vi');
const same = ({ owner, submitter }: SandboxDossier) => owner.name === submitter.name;

function rowsOf(doc: Document, from: PageAdapter): { row: Element; container: Element }[] {
  const container = from.container(doc);
  return container === null ? [] : from.rowsOf(container).map((row) => ({ row, container }));
}

describe('the saved pages', () => {
  const lists = fixtures.filter(({ expected, name }) => expected.kind === 'list' && name.includes('sandbox-'));
  it.each(lists.map((one) => [one.name, one] as const))('%s names in each row who stands in it', (name, one) => {
    const from = adapter(one.folder);
    const rows = rowsOf(parse(one.html), from);
    expect(rows.length).toBe(one.expected.records.length);
    // Headers of unknown words name nobody, whatever stands below them.
    const unknown = name.endsWith('-reworded') || name === 'opencps/sandbox-list-renamed';
    for (const { row, container } of rows) {
      const dossier = captured.find(({ code }) => row.textContent?.includes(code));
      if (!dossier) throw new Error(`${name}: a row of no dossier`);
      const shown = one.folder === 'opencps' ? upper(dossier.owner.name) : clean(dossier.owner.name);
      const there = clean(row.textContent ?? '').includes(shown);
      expect(there).toBe(true);
      const { owner, submitter, ...rest } = recipientOnRow(row, container, from);
      const isNative = one.folder === 'webforms' && !name.includes('e-par');
      expect({ owner, submitter }).toEqual({
        owner: unknown || isNative ? undefined : shown,
        submitter: !unknown && isNative ? shown : undefined,
      });
      expect(Object.keys(rest).filter((key) => key !== 'organisation')).toEqual([]);
    }
  });

  const details = fixtures.filter(({ expected, name }) => expected.kind === 'detail' && name.includes('sandbox-'));
  it.each(details.map((one) => [one.name, one] as const))('%s names its people', (_, one) => {
    const dossier = captured.find(({ code }) => one.html.includes(code));
    if (!dossier) throw new Error('no dossier');
    const found = recipientOnDetail(parse(one.html), adapter(one.folder));
    const own = one.folder === 'opencps' ? upper : clean;
    const isWebforms = one.folder === 'webforms';
    expect(found.owner).toBe(isWebforms ? undefined : own(dossier.owner.name));
    expect(found.submitter).toBe(clean((isWebforms ? dossier.owner : dossier.submitter).name));
    expect(found.authorised).toBeUndefined();
  });

  it.each([
    ['igate/detail', { owner: 'TRẦN THỊ MẪU', submitter: 'TRẦN VĂN NỘP THAY' }],
    ['opencps/detail', { owner: 'PHAN THỊ THỬ', address: '12 đường Không Có', phone: '0999000009' }],
    ['webforms/detail', { submitter: 'Nguyễn Văn Mẫu', phone: '0999000123' }],
    ['igate/detail-papers-tab', {}],
  ])('%s: %j', (name, expected) => {
    const one = fixture(name);
    expect(recipientOnDetail(parse(one.html), adapter(one.folder))).toEqual(expected);
  });

  it('name nobody that is not there, and never an officer', () => {
    for (const one of fixtures) {
      const doc = parse(one.html);
      for (const id of ['igate', 'opencps', 'webforms', 'generic']) {
        const from = adapter(id);
        const all = [recipientOnDetail(doc, from)];
        for (const { row, container } of rowsOf(doc, from)) all.push(recipientOnRow(row, container, from));
        const text = clean(doc.body.textContent ?? '');
        for (const found of all) {
          expect(Recipient.safeParse(found).success).toBe(true);
          for (const value of Object.values(found)) {
            if (typeof value !== 'string') continue;
            expect(text, one.name).toContain(value);
            expect(value).not.toMatch(OFFICER);
          }
        }
      }
    }
  });

  it('are read by class where the words of the header are new', () => {
    const one = fixture('igate/list-classes-only');
    const owners = rowsOf(parse(one.html), igate).map(
      ({ row, container }) => recipientOnRow(row, container, igate).owner,
    );
    expect(owners.slice(0, 2)).toEqual(['TRẦN THỊ MẪU', '<b>PHẠM</b> & "CON" THỬ']);
  });
});

describe('every dossier of a city of 128', () => {
  /** The host's own markup, as saved, with the dossier's values in it. */
  function fill(doc: ParentNode, selector: { label: string; value: string }, values: Record<string, string>): void {
    for (const found of doc.querySelectorAll(selector.label)) {
      const value = found.parentElement?.querySelector(selector.value);
      const text = values[clean(found.textContent ?? '').replace(/\s*:$/, '')];
      if (value && text !== undefined) value.textContent = text;
    }
  }

  it('on iGate’s detail page', () => {
    const doc = parse(fixture('igate/sandbox-detail').html);
    for (const dossier of population.dossiers) {
      const { owner, submitter } = dossier;
      fill(
        doc,
        { label: '.lbl', value: '.val' },
        {
          'Mã hồ sơ': dossier.code,
          'Chủ hồ sơ': owner.name,
          'Người nộp': submitter.name,
          'Số điện thoại': owner.phone,
          'Địa chỉ': owner.address,
        },
      );
      const { organisation, ...found } = recipientOnDetail(doc, igate);
      // The page does not say which of two people the address is of.
      const place = same(dossier) ? { address: owner.address, phone: owner.phone } : {};
      expect(found).toEqual({ owner: clean(owner.name), submitter: clean(submitter.name), ...place });
      expect(organisation).toBe(/^(?:CÔNG TY|Hộ kinh doanh|Hội) /.test(owner.name) || undefined);
    }
  });

  it('on OpenCPS’s detail page', () => {
    const doc = parse(fixture('opencps/sandbox-detail').html);
    const panel = doc.querySelector('.ext__form') as Element;
    const menu = doc.querySelector('.nguoi__nop') as Element;
    const identity = [...panel.querySelectorAll('.pr-2')].find((one) => /CMND/.test(one.textContent ?? '')) as Element;
    for (const dossier of population.dossiers) {
      const record = opencpsRecord(dossier, NOW) as Record<string, string>;
      const pair = { label: '.pr-2', value: '.text-bold' };
      identity.textContent = record.applicantIdType === 'business' ? 'Mã số thuế: ' : 'Số CMND/ căn cước: ';
      fill(panel, pair, {
        'Mã hồ sơ': dossier.code,
        'Chủ hồ sơ': ` ${record.applicantName} `,
        'Địa chỉ': record.address ?? '',
        'Điện thoại': record.contactTelNo ?? '',
      });
      fill(menu, pair, {
        'Họ và tên': record.delegateName ?? '',
        'Địa chỉ': record.delegateAddress ?? '',
        'Điện thoại': record.delegateTelNo ?? '',
      });
      const { organisation, ...found } = recipientOnDetail(doc, opencps);
      expect(found).toEqual({
        owner: upper(dossier.owner.name),
        submitter: clean(dossier.submitter.name),
        address: dossier.owner.address.replaceAll('.', ''),
        phone: dossier.owner.phone,
      });
      expect(organisation).toBe(record.applicantIdType === 'business' || undefined);
    }
  });

  function webformsPage(path: string): Promise<string> {
    const handler = webformsHandler({ population, extended: () => population, log: [] });
    return new Promise((resolve, reject) => {
      const response = { writeHead: () => response, end: (html: string) => resolve(html) };
      const request = { url: path, method: 'GET' };
      Promise.resolve(handler(request as IncomingMessage, response as unknown as ServerResponse)).catch(reject);
    });
  }

  it('on the detail page of Web Forms, which knows one person', async () => {
    for (const { owner, numericId } of population.dossiers) {
      const doc = parse(await webformsPage(`/HoSo/ChiTiet.aspx?id=${numericId}`));
      const { organisation, ...found } = recipientOnDetail(doc, webforms);
      expect(found).toEqual({ submitter: clean(owner.name), address: owner.address, phone: owner.phone });
      expect(organisation).toBe(/^(?:CÔNG TY|Hộ kinh doanh|Hội) /.test(owner.name) || undefined);
    }
  });

  it.each([
    ['', 'submitter'],
    ['&kieu=khongtrangthai', 'submitter'],
    ['&kieu=epar', 'owner'],
    ['&kieu=doicot', undefined],
  ] as const)('in the list of Web Forms%s', async (kind, role) => {
    const doc = parse(await webformsPage(`/HoSo/DanhSach.aspx?loai=tatca&size=200${kind}`));
    const rows = rowsOf(doc, webforms);
    const shown = population.dossiers.filter(({ code }) => rows.some(({ row }) => row.textContent?.includes(code)));
    expect(shown.length).toBe(128);
    for (const { row, container } of rows) {
      const dossier = shown.find(({ code }) => row.textContent?.includes(code)) as SandboxDossier;
      const { organisation: _, ...found } = recipientOnRow(row, container, webforms);
      expect(found).toEqual(role === undefined ? {} : { [role]: clean(dossier.owner.name) });
    }
  });

  it.each(['igate/sandbox-list', 'igate/sandbox-list-native', 'igate/sandbox-list-mdc', 'igate/sandbox-list-renamed'])(
    'in %s',
    (name) => {
      const doc = parse(fixture(name).html);
      const [first] = rowsOf(doc, igate);
      if (!first) throw new Error('no row');
      const titles = [...doc.querySelectorAll('.cdk-header-row > *')].map((cell) => clean(cell.textContent ?? ''));
      for (const { code, owner } of population.dossiers) {
        const row = first.row.cloneNode(true) as Element;
        (row.querySelector('a') as Element).textContent = code;
        (row.children[titles.indexOf('Chủ hồ sơ')] as Element).textContent = owner.name;
        first.row.after(row);
        expect(recipientOnRow(row, first.container, igate)).toMatchObject({ owner: clean(owner.name) });
        row.remove();
      }
    },
  );
});
