import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  isBuiltIn,
  openPanel,
  patternOf,
  requestHost,
  syncHosts,
  updateSetting,
  watchHosts,
  webOrigin,
} from '../../lib/platform/index.ts';

type Script = { id: string; matches?: string[] };
let registered: Script[];
let granted: string[];
const calls: string[] = [];

beforeEach(() => {
  vi.restoreAllMocks();
  registered = [];
  granted = [];
  calls.length = 0;
  vi.spyOn(fakeBrowser.runtime, 'getManifest').mockReturnValue({
    host_permissions: ['https://motcua.example/*', 'https://api.example/*'],
    content_scripts: [
      {
        matches: ['https://motcua.example/*'],
        js: ['content-scripts/observer.js'],
        run_at: 'document_start',
        all_frames: true,
        world: 'MAIN',
      },
      {
        matches: ['https://motcua.example/*'],
        // Firefox gives addresses here.
        js: ['moz-extension://0000/content-scripts/overlay.js'],
        run_at: 'document_start',
        all_frames: true,
      },
    ],
  } as never);
  vi.spyOn(fakeBrowser.permissions, 'getAll').mockImplementation((async () => ({ origins: granted })) as never);
  const { scripting } = fakeBrowser;
  vi.spyOn(scripting, 'getRegisteredContentScripts').mockImplementation((async () => registered) as never);
  vi.spyOn(scripting, 'registerContentScripts').mockImplementation((async (scripts: Script[]) => {
    calls.push('register');
    registered.push(...scripts);
  }) as never);
  vi.spyOn(scripting, 'updateContentScripts').mockImplementation((async (scripts: Script[]) => {
    calls.push('update');
    registered = registered.map((one) => scripts.find(({ id }) => id === one.id) ?? one);
  }) as never);
  vi.spyOn(scripting, 'unregisterContentScripts').mockImplementation((async ({ ids }: { ids: string[] }) => {
    calls.push('unregister');
    registered = registered.filter(({ id }) => !ids.includes(id));
  }) as never);
});

describe('addresses', () => {
  it.each([
    ['https://motcua.example:8443/vi/list?q=1', 'https://motcua.example:8443', 'https://motcua.example/*'],
    ['http://10.0.0.7/app', 'http://10.0.0.7', 'http://10.0.0.7/*'],
    ['https://user:secret@motcua.example/', 'https://motcua.example', 'https://motcua.example/*'],
  ])('%s', (address, origin, pattern) => {
    expect(webOrigin(address)).toBe(origin);
    expect(patternOf(origin)).toBe(pattern);
  });

  it.each([undefined, '', 'chrome://settings', 'about:blank', 'file:///x.html', 'data:text/html,x', 'no address'])(
    '%s is no web page',
    (address) => {
      expect(webOrigin(address)).toBeNull();
    },
  );
});

describe('granted hosts', () => {
  it('get the scripts of the manifest, each in its world', async () => {
    granted = ['https://motcua.example/*', 'https://api.example/*', 'https://phuong.example/*'];
    expect(await syncHosts()).toEqual(['https://phuong.example/*']);
    expect(registered).toEqual([
      {
        id: 'granted-0',
        matches: ['https://phuong.example/*'],
        js: ['content-scripts/observer.js'],
        runAt: 'document_start',
        allFrames: true,
        world: 'MAIN',
        persistAcrossSessions: true,
      },
      {
        id: 'granted-1',
        matches: ['https://phuong.example/*'],
        js: ['/content-scripts/overlay.js'],
        runAt: 'document_start',
        allFrames: true,
        world: 'ISOLATED',
        persistAcrossSessions: true,
      },
    ]);
  });

  it('are followed without a moment in between, and left when the last one is taken back', async () => {
    registered = [{ id: 'of-someone-else' }];
    granted = ['https://a.example/*'];
    await syncHosts();
    granted = ['https://b.example/*', 'https://a.example/*'];
    await syncHosts();
    expect(registered.at(-1)?.matches).toEqual(['https://a.example/*', 'https://b.example/*']);
    granted = [];
    await syncHosts();
    expect(calls).toEqual(['register', 'update', 'unregister']);
    expect(registered).toEqual([{ id: 'of-someone-else' }]);
  });

  it('start again when an update of the extension left half of them', async () => {
    registered = [{ id: 'granted-0' }];
    granted = ['https://a.example/*'];
    await syncHosts();
    expect(calls).toEqual(['unregister', 'register']);
    expect(registered).toHaveLength(2);
  });

  it.each(['https://*/*', '*://*/*', '<all_urls>', 'http://*.example/*'])('%s is no named host', async (pattern) => {
    granted = [pattern];
    expect(await syncHosts()).toEqual([]);
    expect(registered).toEqual([]);
  });

  it('leaves alone what is granted for the reconciliation only', async () => {
    await updateSetting('connections', () =>
      JSON.stringify({
        upstreams: [
          { kind: 'dvcqg', baseUrl: 'https://portal.example/x' },
          { kind: 'opencps', baseUrl: 'https://desk.example' },
        ],
      }),
    );
    granted = ['https://portal.example/*', 'https://desk.example/*'];
    expect(await syncHosts()).toEqual(['https://desk.example/*']);
    await updateSetting('connections', () => 'no JSON');
    expect(await syncHosts()).toEqual(['https://desk.example/*', 'https://portal.example/*']);
    await updateSetting('connections', () => '');
  });

  it('are brought in step by one worker at a time, and after a failure', async () => {
    vi.spyOn(fakeBrowser.permissions, 'getAll').mockRejectedValueOnce(new Error('later'));
    granted = ['https://a.example/*'];
    const results = await Promise.allSettled([syncHosts(), syncHosts(), syncHosts()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(calls).toEqual(['register', 'update']);
  });

  it('are followed when the browser says so', async () => {
    const listeners: (() => void)[] = [];
    for (const event of ['onAdded', 'onRemoved'] as const) {
      vi.spyOn(fakeBrowser.permissions[event], 'addListener').mockImplementation(((listener: () => void) => {
        listeners.push(listener);
      }) as never);
    }
    watchHosts();
    granted = ['https://a.example/*'];
    listeners[0]?.();
    await vi.waitFor(() => expect(registered).toHaveLength(2));
    granted = [];
    listeners[1]?.();
    await vi.waitFor(() => expect(registered).toHaveLength(0));
  });
});

describe('asking', () => {
  it('asks for one host and knows the built-in ones', async () => {
    const request = vi.spyOn(fakeBrowser.permissions, 'request').mockResolvedValue(true as never);
    expect(await requestHost('https://phuong.example:8443')).toBe(true);
    expect(request).toHaveBeenCalledWith({ origins: ['https://phuong.example/*'] });
    expect(isBuiltIn('https://motcua.example')).toBe(true);
    expect(isBuiltIn('https://phuong.example')).toBe(false);
  });
});

describe('openPanel', () => {
  it('uses the side panel of this window, within the click', () => {
    const open = vi.spyOn(fakeBrowser.sidePanel, 'open').mockResolvedValue(undefined as never);
    void openPanel(3);
    // No await before: the browser opens it only while the click lasts.
    expect(open).toHaveBeenCalledWith({ windowId: 3 });
  });

  it('opens a window where there is neither side panel nor side bar', async () => {
    const create = vi.spyOn(fakeBrowser.windows, 'create').mockResolvedValue({} as never);
    await openPanel(undefined);
    expect(create).toHaveBeenCalledWith(expect.objectContaining({ type: 'popup' }));
  });
});
