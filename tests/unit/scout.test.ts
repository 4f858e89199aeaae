import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { offerSupplement, type Supplement, SupplementLoader } from '../../lib/overlay/supplement.ts';
import { pickAdapter, scout } from '../../lib/page/index.ts';
import { loadFixtures } from '../fixtures/pages.ts';

const pageOf = (html: string) => {
  const window = new Window();
  return new window.DOMParser().parseFromString(html, 'text/html') as unknown as Document;
};

describe('the scout of a list page', () => {
  it.each(loadFixtures().map((fixture) => [fixture.name, fixture] as const))(
    '%s: claims what the registry would, or sends for it',
    (_, { html, expected }) => {
      const url = new URL(expected.url);
      const found = scout(pageOf(html), url);
      const picked = pickAdapter(pageOf(html), url);
      if (found === null) expect(picked).toBeNull();
      else if (found !== 'more') {
        expect(picked).toMatchObject({ kind: 'list', changed: false });
        expect(picked?.adapter.meta).toBe(found.meta);
      }
    },
  );

  it('sends for nothing on a page without tables', () => {
    const url = new URL('https://motcua.tphcm.gov.vn/vi/dashboard');
    expect(scout(pageOf('<main><h1>Hồ sơ</h1><p>H29.13-261125-0001</p></main>'), url)).toBeNull();
    expect(scout(pageOf(''), url)).toBeNull();
  });
});

describe('the supplement', () => {
  const some = { walkPages: async () => ({ ok: false, reason: '' }) } as unknown as Supplement;

  it('comes once for all who ask', async () => {
    let asked = 0;
    const loader = new SupplementLoader(async () => {
      asked += 1;
      offerSupplement(some);
    });
    expect(await Promise.all([loader.get(), loader.get()])).toEqual([some, some]);
    expect(await loader.get()).toBe(some);
    expect(loader.current).toBe(some);
    expect(asked).toBe(1);
  });

  it('is null under an extension that cannot bring it, and can be asked for again', async () => {
    let works = false;
    const loader = new SupplementLoader(async () => {
      if (works) offerSupplement(some);
    });
    expect(await loader.get()).toBeNull();
    works = true;
    expect(await loader.get()).toBe(some);
  });

  it('is offered in vain where nobody waits', () => {
    expect(() => offerSupplement(some)).not.toThrow();
  });
});
