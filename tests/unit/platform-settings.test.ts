import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  lockStorage,
  now,
  readSetting,
  setPaused,
  setSandboxNow,
  startClock,
  updateSetting,
  watchSettings,
} from '../../lib/platform/index.ts';

const wall = () => Math.floor(Date.now() / 60_000);

beforeEach(() => {
  fakeBrowser.reset();
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('settings', () => {
  it('have defaults', async () => {
    expect(await readSetting('pausedHosts')).toEqual([]);
    expect(await readSetting('rules')).toEqual({});
    expect(await readSetting('panelLocked')).toBe(false);
  });

  it('are read back as written', async () => {
    await updateSetting('rules', () => ({ thresholds: { dueSoonMinutes: 480 } }));
    await updateSetting('panelLocked', (locked) => !locked);
    expect(await readSetting('rules')).toEqual({ thresholds: { dueSoonMinutes: 480 } });
    expect(await readSetting('panelLocked')).toBe(true);
  });

  it.each([
    ['pausedHosts', { length: 3 }, []],
    ['pausedHosts', ['ok', 7], []],
    ['rules', { thresholds: { dueSoonMinutes: 'NGUYỄN VĂN MẪU' } }, {}],
    ['rules', { thresholds: { dueSoonShare: 7 } }, {}],
    ['calendars', [{ kind: 'unit', id: 'NGUYỄN VĂN MẪU' }], []],
    ['panelLocked', 'yes', false],
  ] as const)(
    '%s that is stored as %j becomes its default, without a word of the value in the log',
    async (name, value, fallback) => {
      const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      await fakeBrowser.storage.local.set({ [`settings.${name}`]: value });
      expect(await readSetting(name)).toEqual(fallback);
      expect(log).toHaveBeenCalledOnce();
      expect(log.mock.calls.flat().join()).toContain(name);
      expect(log.mock.calls.flat().join()).not.toMatch(/MẪU|yes/);
    },
  );

  it('refuse to store what could not be read back', async () => {
    await expect(updateSetting('rules', () => ({ thresholds: { dueSoonShare: 2 } }))).rejects.toThrow();
    expect(await readSetting('rules')).toEqual({});
  });

  it('lose no change when many come at once', async () => {
    await Promise.all([...'abcdefgh'].map((host) => setPaused(host, true)));
    await Promise.all([...'aceg'].map((host) => setPaused(host, false)));
    await setPaused('b', true);
    expect((await readSetting('pausedHosts')).sort()).toEqual([...'bdfh']);
  });

  it('tell who watches, by name', async () => {
    const changed = vi.fn();
    const stop = watchSettings(changed);
    await updateSetting('panelLocked', () => true);
    await fakeBrowser.storage.local.set({ elsewhere: 1 });
    stop();
    await updateSetting('panelLocked', () => false);
    expect(changed.mock.calls).toEqual([['panelLocked']]);
  });
});

describe('lockStorage', () => {
  it('closes both areas to content scripts where the browser can, and goes on where it fails', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const session = vi.fn().mockRejectedValue(new Error('no'));
    const local = vi.fn().mockResolvedValue(undefined);
    Object.assign(fakeBrowser.storage.session, { setAccessLevel: session });
    Object.assign(fakeBrowser.storage.local, { setAccessLevel: local });
    await lockStorage();
    for (const area of [session, local]) expect(area).toHaveBeenCalledWith({ accessLevel: 'TRUSTED_CONTEXTS' });
  });
});

describe('the clock of a sandbox build', () => {
  it('follows the simulated time of the page, in every context', async () => {
    const changed = vi.fn();
    await startClock(changed);
    expect(Math.abs(now() - wall())).toBeLessThanOrEqual(1);
    await setSandboxNow(wall() + 5000);
    expect(now() - wall()).toBe(5000);
    expect(changed).toHaveBeenCalledOnce();
    await setSandboxNow(undefined);
    expect(now() - wall()).toBe(5000);
    // Another context writes; this one follows.
    await fakeBrowser.storage.session.set({ sandboxOffsetMinutes: -60 });
    expect(now() - wall()).toBe(-60);
    await fakeBrowser.storage.session.set({ sandboxOffsetMinutes: 'noon' });
    expect(now() - wall()).toBe(0);
  });
});
