import 'fake-indexeddb/auto';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import background from '../../entrypoints/background.ts';
import { shippedCalendar } from '../../lib/calendar/index.ts';
import { DEFAULT_RULES } from '../../lib/deadline/index.ts';
import { advance } from '../../lib/letters/index.ts';
import {
  allSeen,
  clearSeen,
  EXPIRE_HOURS,
  type MessageSender,
  putSeen,
  readSetting,
  updateRegister,
  updateSetting,
} from '../../lib/platform/index.ts';
import { PageConfig, SeenLetters } from '../../lib/schema/index.ts';
import { dayOf } from '../../lib/text/index.ts';
import { at, batch, NOW, record } from '../fixtures/records.ts';

const ID = fakeBrowser.runtime.id;
const ORIGIN = 'https://motcua.example:8443';
const CONTENT = { id: ID, origin: ORIGIN, tab: { id: 7 }, frameId: 0 } as MessageSender;
const PAGE = { id: ID, origin: `chrome-extension://${ID}` } as MessageSender;

function ask(type: string, data: unknown, sender: MessageSender): Promise<unknown> {
  return new Promise((resolve) => {
    void fakeBrowser.runtime.onMessage.trigger({ id: 1, type, data, timestamp: 1 }, sender, resolve);
  });
}

const toTab = vi.fn(async (..._call: unknown[]) => ({ res: true }));

beforeAll(() => {
  vi.spyOn(fakeBrowser.runtime, 'getManifest').mockReturnValue({ version: '1', content_scripts: [] } as never);
  for (const area of ['session', 'local'] as const) {
    vi.spyOn(fakeBrowser.storage[area], 'setAccessLevel').mockResolvedValue(undefined as never);
  }
  vi.spyOn(fakeBrowser.permissions, 'contains').mockResolvedValue(true as never);
  vi.spyOn(fakeBrowser.permissions, 'getAll').mockResolvedValue({ origins: [] } as never);
  vi.spyOn(fakeBrowser.scripting, 'getRegisteredContentScripts').mockResolvedValue([] as never);
  for (const event of ['onAdded', 'onRemoved'] as const) {
    vi.spyOn(fakeBrowser.permissions[event], 'addListener').mockReturnValue(undefined as never);
  }
  vi.spyOn(fakeBrowser.tabs, 'sendMessage').mockImplementation(toTab as never);
  vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValue([
    { id: 1, url: `${ORIGIN}/vi/list` },
    { id: 2, url: 'https://motcua.example/another-port' },
    { id: 3 },
  ] as never);
  vi.spyOn(fakeBrowser.commands.onCommand, 'addListener').mockReturnValue(undefined as never);
  background.main();
});

beforeEach(async () => {
  await clearSeen();
  await fakeBrowser.storage.session.clear();
});

afterEach(() => {
  toTab.mockClear();
});

describe('background', () => {
  it('answers a page with what the unit counts by', async () => {
    expect(await ask('page.config', { host: 'x' }, CONTENT)).toEqual({
      res: { paused: false, calendar: shippedCalendar(), rules: DEFAULT_RULES },
    });
    await updateSetting('rules', () => ({ thresholds: { dueSoonMinutes: 480 } }));
    await updateSetting('calendars', () => [
      {
        kind: 'unit',
        id: 'phuong',
        version: '1',
        label: 'Phường mẫu',
        source: 'Thử',
        years: [{ year: 2026, off: ['2026-12-01'] }],
      },
    ]);
    const { res } = (await ask('page.config', { host: 'x' }, CONTENT)) as { res: PageConfig };
    expect(PageConfig.parse(res)).toEqual(res);
    expect(res.rules.thresholds).toEqual({ ...DEFAULT_RULES.thresholds, dueSoonMinutes: 480 });
    expect(res.calendar.days).toContainEqual(
      expect.objectContaining({ day: dayOf(at('08:00 01/12/2026')), hours: [] }),
    );
  });

  it('stores under the host that the browser tells, whatever the page says', async () => {
    await ask('dossiers.seen', { ...batch([record('A')]), host: 'elsewhere.example' }, CONTENT);
    expect((await allSeen()).entries.map(({ host }) => host)).toEqual(['motcua.example:8443']);
  });

  describe('tells a page which of its rows need or have a letter', () => {
    const HOST = 'motcua.example:8443';
    const due = at('17:00 25/11/2026');
    const records = [
      record('NEEDED', { dueAt: due }),
      record('DRAFTED', { dueAt: due }),
      record('SENT', { dueAt: due }),
      record('ELSEWHERE', { dueAt: due }),
      record('LATE', { dueAt: at('17:00 20/11/2026') }),
      record('CALM', { dueAt: at('17:00 30/12/2026') }),
      record('DONE', { dueAt: at('17:00 20/11/2026'), status: { code: 10, text: 'Đã trả kết quả' } }),
    ];
    const tell = async (list = records) => {
      const { res } = (await ask('dossiers.seen', { ...batch(list), sandboxNow: NOW }, CONTENT)) as { res: unknown };
      const { letters } = SeenLetters.parse(res);
      return Object.fromEntries(letters.map(({ code, state }) => [code, state]));
    };
    const step = (code: string, host: string, event: Parameters<typeof advance>[1]) =>
      updateRegister({ code, host, unit: '' }, NOW, (entry) => {
        const next = advance(entry, event, NOW);
        return next.ok ? next.entry : null;
      });

    it('by their clocks and the register of their own host', async () => {
      await step('DRAFTED', HOST, { type: 'draft', newDueAt: due, reasonId: 'consult', channel: 'paper' });
      await step('SENT', HOST, { type: 'issue' });
      await step('ELSEWHERE', 'other.example', { type: 'issue' });
      expect(await tell()).toEqual({
        NEEDED: 'needed',
        DRAFTED: 'drafted',
        SENT: 'issued',
        ELSEWHERE: 'needed',
        LATE: 'late',
      });
    });

    it('of a large list within what a page accepts', async () => {
      const many = Array.from({ length: 200 }, (_, i) => record(`H29.999-${i}`, { dueAt: due }));
      expect(Object.keys(await tell(many))).toHaveLength(200);
    });

    it('and notes the dossiers even when the register cannot be read', async () => {
      const { get } = IDBObjectStore.prototype;
      const failing = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (
        this: IDBObjectStore,
        key,
      ) {
        if (this.name === 'register') throw new DOMException('no', 'UnknownError');
        return get.call(this, key);
      });
      const quiet = vi.spyOn(console, 'error').mockReturnValue(undefined);
      expect(await tell([record('NEEDED', { dueAt: due })])).toEqual({});
      expect((await allSeen()).entries.map(({ code }) => code)).toEqual(['NEEDED']);
      expect(quiet).toHaveBeenCalledWith('[dung-hen] letters', expect.any(String));
      failing.mockRestore();
      quiet.mockRestore();
    });
  });

  it('pauses a host: stored, told to its tabs, answered to its pages', async () => {
    expect(await ask('site.pause', { host: 'motcua.example:8443', paused: true }, PAGE)).toEqual({
      res: { paused: true },
    });
    expect(await readSetting('pausedHosts')).toEqual(['motcua.example:8443']);
    expect(toTab.mock.calls.map(([tab, message]) => [tab, message])).toEqual([
      [1, expect.objectContaining({ type: 'page.paused', data: { paused: true } })],
    ]);
    expect(await ask('page.config', { host: 'x' }, CONTENT)).toMatchObject({ res: { paused: true } });
    await ask('site.pause', { host: 'motcua.example:8443', paused: false }, PAGE);
    expect(await ask('page.config', { host: 'x' }, CONTENT)).toMatchObject({ res: { paused: false } });
  });

  it('shows on the toolbar what is overdue and due at the time of the page, and follows a clearing', async () => {
    const records = [
      record('A', { dueAt: at('17:00 20/11/2026') }),
      record('B', { dueAt: at('17:00 23/11/2026') }),
      record('C', { dueAt: at('17:00 30/12/2026') }),
    ];
    await ask('dossiers.seen', { ...batch(records), sandboxNow: NOW }, CONTENT);
    const text = () => fakeBrowser.action.getBadgeText({});
    await vi.waitFor(async () => expect(await text()).toBe('2'), 3000);
    expect(await fakeBrowser.action.getTitle({})).toBe('Đúng Hẹn: 1 hồ sơ quá hạn, 1 đến hạn hôm nay');
    expect(await ask('dossiers.clear', {}, PAGE)).toEqual({ res: { cleared: 3 } });
    await vi.waitFor(async () => expect(await text()).toBe(''), 3000);
  });

  it('tidies by an alarm that a waking worker does not push back', async () => {
    const alarm = await fakeBrowser.alarms.get('tidy');
    expect(alarm?.periodInMinutes).toBe(5);
    const minute = Math.floor(Date.now() / 60_000);
    await putSeen(batch([record('OLD')]), minute - EXPIRE_HOURS * 60 - 5);
    await putSeen(batch([record('NEW')]), minute);
    await fakeBrowser.alarms.onAlarm.trigger(alarm as never);
    await vi.waitFor(async () => expect((await allSeen()).entries.map(({ code }) => code)).toEqual(['NEW']));
  });

  it('opens the first page after an installation only', async () => {
    const create = vi.spyOn(fakeBrowser.tabs, 'create');
    await fakeBrowser.runtime.onInstalled.trigger({ reason: 'update' } as never);
    expect(create).not.toHaveBeenCalled();
    await fakeBrowser.runtime.onInstalled.trigger({ reason: 'install' } as never);
    expect(create).toHaveBeenCalledExactlyOnceWith({ url: `chrome-extension://${ID}/welcome.html` });
  });
});
