import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type Answers, askReport, handle, type MessageSender, send } from '../../lib/platform/index.ts';
import { TO_BACKGROUND, type ToBackground } from '../../lib/schema/index.ts';
import { batch, record } from '../fixtures/records.ts';

const ID = fakeBrowser.runtime.id;
const OWN = `chrome-extension://${ID}`;
const HOST = 'https://motcua.example:8443';
const NAMES = Object.keys(TO_BACKGROUND) as ToBackground[];

const PAYLOADS: Record<ToBackground, unknown> = {
  'page.config': { host: 'motcua.example:8443' },
  'page.supplement': {},
  'dossiers.seen': batch([record('H29.999-1')]),
  'papers.assess': { record: record('H29.999-1') },
  'letter.open': { code: 'H29.999-1' },
  'inspect.open': {},
  'site.pause': { host: 'motcua.example:8443', paused: true },
  'dossiers.clear': {},
  'site.hosts': {},
};
const TRUE_SENDER = {
  content: { id: ID, origin: HOST, url: `${HOST}/vi/list`, tab: { id: 7 }, frameId: 0 },
  page: { id: ID, origin: OWN, url: `${OWN}/popup.html` },
} as unknown as Record<'content' | 'page', MessageSender>;

const reached = vi.fn();
let stop: (() => void)[] = [];

/** What comes back over the wire; `silence` when nobody answers. */
function ask(type: string, data: unknown, sender: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    const message = { id: 1, type, data, timestamp: 1 };
    fakeBrowser.runtime.onMessage.trigger(message, sender as MessageSender, resolve).then((returned) => {
      if (!(returned as unknown[]).includes(true)) resolve('silence');
    });
  });
}

beforeEach(() => {
  vi.spyOn(fakeBrowser.permissions, 'contains').mockImplementation(
    // The browser is free to say yes to our own pages.
    (async ({ origins: [pattern = ''] }: { origins: string[] }) =>
      pattern === 'https://motcua.example/*' || pattern.startsWith(OWN)) as never,
  );
  stop = NAMES.map((name) =>
    handle(name, async (payload, caller) => {
      reached(name, payload, caller);
      return { reached: name } as unknown as Answers[typeof name];
    }),
  );
});

afterEach(() => {
  for (const end of stop) end();
  vi.restoreAllMocks();
  reached.mockReset();
});

describe.each(NAMES)('%s', (name) => {
  const { from } = TO_BACKGROUND[name];
  const sender = TRUE_SENDER[from];
  const other = TRUE_SENDER[from === 'page' ? 'content' : 'page'];

  it('reaches its handler from the right sender, with the host and the frame the browser tells', async () => {
    expect(await ask(name, PAYLOADS[name], sender)).toEqual({ res: { reached: name } });
    const host = from === 'page' ? ID : 'motcua.example:8443';
    expect(reached).toHaveBeenCalledExactlyOnceWith(name, PAYLOADS[name], {
      origin: sender.origin,
      host,
      frame: from === 'page' ? null : { tabId: 7, frameId: 0 },
    });
  });

  const refusals: [why: string, sender: unknown][] = [
    ['the other kind of sender', other],
    ['another extension', { ...sender, id: 'another' }],
    ['no id', { ...sender, id: undefined }],
    ['no origin and no address', { ...sender, origin: undefined, url: undefined }],
    ['an opaque origin, whatever the address says', { ...sender, origin: 'null' }],
    ['an address that is none', { ...sender, origin: undefined, url: 'motcua.example' }],
    ['an inner frame of a page', { ...TRUE_SENDER.page, tab: { id: 7 }, frameId: 3 }],
    ['a host that was not allowed', { ...TRUE_SENDER.content, origin: 'https://elsewhere.example' }],
    ['the same host without encryption', { ...TRUE_SENDER.content, origin: 'http://motcua.example' }],
    ['a host that only begins alike', { ...TRUE_SENDER.content, origin: 'https://motcua.example.evil.example' }],
    ['a web page outside any tab', { ...TRUE_SENDER.content, tab: undefined }],
    ['a file', { ...TRUE_SENDER.content, origin: undefined, url: 'file:///home/list.html' }],
    ['nothing', undefined],
  ];
  it.each(refusals)('is refused to %s', async (_why, wrong) => {
    expect(await ask(name, PAYLOADS[name], wrong)).toMatchObject({ res: { ok: false, kind: 'policy' } });
    expect(reached).not.toHaveBeenCalled();
  });

  it.each([null, 7, 'text', { host: 'x'.repeat(201) }, { items: 'all' }])('refuses the payload %j', async (payload) => {
    const answer = (await ask(name, payload, sender)) as { res: { kind?: string } };
    // A message that needs no payload ignores what it was given.
    if (answer.res.kind === undefined) expect(reached).toHaveBeenCalledWith(name, {}, expect.anything());
    else expect(answer.res.kind).toBe('schema');
  });
});

describe('the gate', () => {
  it('falls back to the address of the frame where the browser gives no origin', async () => {
    const sender = { ...TRUE_SENDER.content, origin: undefined };
    expect(await ask('page.config', PAYLOADS['page.config'], sender)).toEqual({ res: { reached: 'page.config' } });
  });

  it('takes no page of ours for a content script', async () => {
    const sender = { ...TRUE_SENDER.page, tab: { id: 7 }, frameId: 0 };
    expect(await ask('dossiers.seen', PAYLOADS['dossiers.seen'], sender)).toMatchObject({ res: { kind: 'policy' } });
  });

  it('says where a payload is wrong and not what stood there', async () => {
    const data = {
      host: 'h',
      adapter: 'a',
      items: [{ record: { ...record('X'), status: 'NGUYỄN VĂN MẪU' }, link: null }],
    };
    const answer = JSON.stringify(await ask('dossiers.seen', data, TRUE_SENDER.content));
    expect(answer).toContain('items.0.record.status');
    expect(answer).not.toContain('MẪU');
  });

  it('does not answer what it does not know', async () => {
    expect(await ask('tokens.read', {}, TRUE_SENDER.page)).toBe('silence');
    expect(await ask('toString', {}, TRUE_SENDER.content)).not.toMatchObject({ res: { ok: true } });
  });

  it('answers a handler that throws with a refusal, and logs no message of the error', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    for (const end of stop) end();
    stop = [
      handle('dossiers.clear', async () => {
        throw new Error('NGUYỄN VĂN MẪU');
      }),
    ];
    expect(await ask('dossiers.clear', {}, TRUE_SENDER.page)).toEqual({
      res: { ok: false, kind: 'failed', message: 'dossiers.clear could not be done' },
    });
    expect(JSON.stringify(log.mock.calls)).not.toContain('MẪU');
  });
});

describe('send', () => {
  it('hands a refusal over as data', async () => {
    // The fake browser tells nothing about the sender, so everything is refused.
    expect(await send('dossiers.clear', {})).toMatchObject({ ok: false, kind: 'policy' });
  });

  it('never throws when there is no background', async () => {
    for (const end of stop) end();
    stop = [];
    expect(await send('dossiers.clear', {})).toMatchObject({ ok: false, kind: 'failed' });
  });
});

describe('askReport', () => {
  const report = {
    host: 'h',
    version: '1',
    state: 'ok',
    adapter: null,
    kind: 'none',
    rows: 0,
    unreadable: 0,
    strangeCodes: 0,
    fromJson: 0,
    fields: [],
  };
  const page = (answer: () => Promise<unknown>) =>
    vi.spyOn(fakeBrowser.tabs, 'sendMessage').mockImplementation(answer as never);

  it('gives what the page answers', async () => {
    const spy = page(async () => ({ res: report }));
    expect(await askReport(7)).toEqual(report);
    expect(spy.mock.calls[0]?.[1]).toMatchObject({ type: 'page.report', data: {}, timestamp: expect.any(Number) });
  });

  it.each([
    ['nothing', async () => undefined],
    ['nonsense', async () => ({ res: { ...report, rows: 'many' } })],
    ['an error', async () => Promise.reject(new Error('no receiver'))],
    ['never', () => new Promise(() => undefined)],
  ])('gives null when the page answers %s', async (_what, answer) => {
    page(answer);
    expect(await askReport(7, 20)).toBeNull();
  });
});
