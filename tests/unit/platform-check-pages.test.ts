import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { askPageOfDossier, showHost } from '../../lib/platform/index.ts';
import { HOST, record } from '../fixtures/records.ts';

const CODE = 'H29.999-261110-0001';
interface OpenTab {
  id: number;
  url: string;
  lastAccessed?: number;
  /** What its content script answers; undefined: none runs there. */
  answers?: Record<string, unknown>;
}
let tabs: OpenTab[] = [];
const report = (state: string) => ({
  host: HOST,
  version: '1',
  state,
  adapter: null,
  kind: 'none',
  rows: 0,
  unreadable: 0,
  strangeCodes: 0,
  fromJson: 0,
  fields: [],
});
const shows = (kind: 'detail' | 'list', code = CODE) => ({ 'check.record': { kind, record: record(code) } });

beforeEach(() => {
  vi.spyOn(fakeBrowser.tabs, 'query').mockImplementation((async ({ url }: { url: string }) => {
    const host = url.split('/')[2];
    return tabs.filter((tab) => host === '*' || new URL(tab.url).hostname === host);
  }) as never);
  vi.spyOn(fakeBrowser.tabs, 'sendMessage').mockImplementation((async (id: number, { type }: { type: string }) => {
    const tab = tabs.find((one) => one.id === id);
    if (tab?.answers === undefined) throw new Error('Could not establish connection. Receiving end does not exist.');
    return type in tab.answers ? { res: tab.answers[type] } : new Promise(() => undefined);
  }) as never);
});
afterEach(() => vi.restoreAllMocks());

describe('asking the open tabs for a dossier', () => {
  it('its own page is worth more than a row of a list, whichever tab it is in', async () => {
    tabs = [
      { id: 1, url: `https://${HOST}/danh-sach`, answers: shows('list') },
      { id: 2, url: `https://${HOST}/khac` },
      { id: 3, url: `https://${HOST}/ho-so`, answers: shows('detail') },
    ];
    expect(await askPageOfDossier(HOST, CODE)).toEqual({ kind: 'detail', record: record(CODE) });
    tabs = tabs.slice(0, 2);
    expect(await askPageOfDossier(HOST, CODE)).toMatchObject({ kind: 'list' });
  });

  it('without a host asks every page that may be read, and no other host otherwise', async () => {
    tabs = [{ id: 1, url: 'https://khac.example/ho-so', answers: shows('detail') }];
    expect(await askPageOfDossier(null, CODE)).toMatchObject({ kind: 'detail' });
    expect(await askPageOfDossier(HOST, CODE)).toEqual({ kind: 'closed' });
  });

  it.each<[string, string, OpenTab['answers']]>([
    ['closed', 'no tab', undefined],
    ['silent', 'no script of ours', undefined],
    ['paused', 'paused there', { 'check.record': null, 'page.report': report('paused') }],
    ['elsewhere', 'another dossier', { 'check.record': null, 'page.report': report('ok') }],
    ['elsewhere', 'an answer that is none', { 'check.record': { kind: 'detail' }, 'page.report': report('ok') }],
  ])('%s: %s', async (kind, why, answers) => {
    tabs = why === 'no tab' ? [] : [{ id: 1, url: `https://${HOST}/`, ...(answers && { answers }) }];
    expect(await askPageOfDossier(HOST, CODE)).toEqual({ kind });
  });

  it('never rejects', async () => {
    vi.spyOn(fakeBrowser.tabs, 'query').mockRejectedValue(new Error('no'));
    expect(await askPageOfDossier(HOST, CODE)).toEqual({ kind: 'closed' });
  });
});

describe('showing the city system', () => {
  it('brings its last tab to the front, else opens its first page', async () => {
    const update = vi.spyOn(fakeBrowser.tabs, 'update').mockResolvedValue({} as never);
    const create = vi.spyOn(fakeBrowser.tabs, 'create').mockResolvedValue({} as never);
    tabs = [
      { id: 1, url: `https://${HOST}/a`, lastAccessed: 1 },
      { id: 2, url: `https://${HOST}/b`, lastAccessed: 2 },
    ];
    expect(await showHost(HOST)).toBe(true);
    expect(update).toHaveBeenCalledWith(2, { active: true });
    tabs = [];
    expect(await showHost(HOST)).toBe(true);
    expect(create).toHaveBeenCalledWith({ url: `https://${HOST}/` });
    create.mockRejectedValue(new Error('no'));
    expect(await showHost(HOST)).toBe(false);
  });
});
