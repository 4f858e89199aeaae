import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type Http, joinUrl } from '../../connectors/http.ts';
import { answer, clientOf, serve } from './local-server.ts';

const Answer = z.object({ total: z.number() });
const ask = (http: Http) => http.get('danh-sach', {}, Answer);

describe('what leaves the machine, and what is told of it', () => {
  it('follows nobody elsewhere with its secrets', async () => {
    const stranger = await serve(answer(200, { total: 1 }));
    const server = await serve(answer(302, '', { location: `${stranger.url}/thu-thap?x=1` }));
    const { http } = clientOf(server, { headers: { lgspaccesstoken: 'khong-duoc-lo' } });
    const refused = await ask(http);
    expect(refused).toMatchObject({ error: { kind: 'upstream', status: 302 } });
    expect(!refused.ok && refused.error.message).toContain(stranger.url);
    expect(stranger.calls).toEqual([]);
    const login = await serve(answer(302, '', { location: '/c/portal/login' }));
    expect(await ask(clientOf(login).http)).toMatchObject({ error: { kind: 'auth', status: 302 } });
  });

  it('in a browser, where a redirect cannot be looked at, refuses it as well', async () => {
    const hidden = Object.defineProperties(new Response(null), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
      ok: { value: false },
    });
    const { http } = clientOf({ url: 'https://a.test' }, { transport: async () => hidden });
    const refused = await ask(http);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'upstream' } });
    expect(!refused.ok && refused.error.message).toContain('chuyển lời gọi sang nơi khác');
  });

  it('repeats no secret, no number of a person and no row that the other side echoes', async () => {
    const secret = 'mat-khau-rat-dai';
    const echo = `Sai: ${secret} CCCD 079 099 000 001, 0909.000.111, a.b@vidu.vn, Bearer abc.def, ${'k'.repeat(40)}`;
    const bodies = [echo, { message: echo, data: [{ applicantName: 'NGƯỜI MẪU' }] }, { rows: ['NGƯỜI MẪU', echo] }];
    for (const body of bodies) {
      const { http } = clientOf(await serve(answer(401, body)));
      const told = await http.call({ method: 'POST', path: 'x', json: { user: { Password: secret } }, schema: Answer });
      expect(told).toMatchObject({ error: { kind: 'auth' } });
      expect(JSON.stringify(told)).not.toMatch(/mat-khau|079|0909|@|abc\.def|kkkk|NGƯỜI/);
    }
  });

  it('a line of the log holds a method, a path without codes, a status, a time and a number', async () => {
    const server = await serve(answer(200, { total: 1 }));
    const { http, lines } = clientOf(server, { headers: { Token: 'bi-mat' } });
    await http.get('/o/rest/v2_1/dossiers/H29.999-261125-0001', { keyword: 'Nguyễn', start: 0 }, Answer);
    expect(lines).toEqual([
      { method: 'GET', path: '/o/rest/v2_1/dossiers/*?keyword&start', status: 200, ms: 0, try: 1, kind: undefined },
    ]);
  });

  it('sends a form as a form', async () => {
    const server = await serve(answer(200, { total: 1 }));
    const form = { grant_type: 'client_credentials', scope: 'a b' };
    await clientOf(server).http.call({ method: 'POST', path: 'token', form, schema: Answer });
    expect(server.bodies).toEqual(['grant_type=client_credentials&scope=a+b']);
    expect(server.headers[0]?.['content-type']).toContain('application/x-www-form-urlencoded');
  });

  it.each([
    ['http://a.test', 'x/y', 'http://a.test/x/y'],
    ['http://a.test/lgsp', '/x', 'http://a.test/lgsp/x'],
    ['http://a.test/lgsp/', 'x', 'http://a.test/lgsp/x'],
    ['http://a.test/lgsp/', '//khac.test/x', 'http://a.test/lgsp/khac.test/x'],
    ['http://a.test/', 'http://khac.test/x', 'http://a.test/http://khac.test/x'],
    ['http://a.test/', encodeURIComponent('0000/2018/07/03/'), 'http://a.test/0000%2F2018%2F07%2F03%2F'],
    ['http://a.test/lgsp', 'x/../../y', undefined],
    ['http://a.test/lgsp', 'x/%2E%2e', undefined],
    ['http://a.test/lgsp', 'x\\..\\y', undefined],
    ['http://u:p@a.test/', 'x', undefined],
    ['http://a.test/?k=v', 'x', undefined],
    ['file:///etc', 'x', undefined],
    ['a.test', 'x', undefined],
  ])('%s and %s make %s', (base, path, whole) => {
    expect(joinUrl(base, path)?.href).toBe(whole);
  });

  it('says so when the address or a header is none', async () => {
    expect(await ask(clientOf({ url: 'khong phai dia chi' }).http)).toMatchObject({ error: { kind: 'network' } });
    const server = await serve(answer(200, { total: 1 }));
    const odd = clientOf(server, { headers: { Token: 'chữ\nxuống dòng' } });
    expect(await ask(odd.http)).toMatchObject({ error: { kind: 'network' } });
    expect(server.calls).toEqual([]);
  });
});
