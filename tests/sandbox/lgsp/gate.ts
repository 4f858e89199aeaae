/** Who may call the simulated LGSP: three header schemes and their combinations, the token endpoint, the bus's own token. */

import { type Answer, jsonObject, type WireRequest } from '../upstream.ts';
import { type LgspOptions, type LgspScheme, SANDBOX_SECRETS } from '../upstream-types.ts';

const KEYS = ['AccessKey', 'SecretKey', 'AppName', 'PartnerCode', 'PartnerCodeCus'] as const;

const unauthorized: Answer = { status: 401, body: { message: 'Sai thông tin xác thực' } };

interface Granted {
  until: number;
}

export class Gate {
  readonly #options: Required<LgspOptions>;
  readonly #tokens = new Map<string, Granted>();
  #count = 0;

  constructor(options: LgspOptions) {
    const schemes: LgspScheme[] = options.schemes ?? ['bare'];
    if (schemes.includes('bare') && schemes.includes('bearer'))
      throw new Error('bare và bearer cùng dùng một tiêu đề Authorization');
    this.#options = { ...SANDBOX_SECRETS.lgsp, tokenLife: 3600, ...options, schemes };
  }

  /** Undefined: the call may pass. */
  check(request: WireRequest): Answer | undefined {
    const pass: Record<LgspScheme, () => boolean> = {
      bare: () => this.#isKeys(request.header('authorization')),
      lgspaccesstoken: () => this.#isKeys(request.header('lgspaccesstoken')),
      bearer: () => this.#isToken(request, 'gateway'),
    };
    return this.#options.schemes.every((scheme) => pass[scheme]()) ? undefined : unauthorized;
  }

  checkBus(request: WireRequest): Answer | undefined {
    return this.#isToken(request, 'bus') ? undefined : unauthorized;
  }

  /** Client credentials in the body or as Basic; units with both headers want the keys here as well. */
  token(request: WireRequest): Answer {
    const { schemes, clientId, clientSecret, tokenLife } = this.#options;
    if (!isForm(request)) return { status: 415, body: { error: 'invalid_request' } };
    const form = new URLSearchParams(request.body);
    if (form.get('grant_type') !== 'client_credentials')
      return { status: 400, body: { error: 'unsupported_grant_type' } };
    const given = basicOf(request) ?? [form.get('client_id'), form.get('client_secret')];
    const keys = !schemes.includes('lgspaccesstoken') || this.#isKeys(request.header('lgspaccesstoken'));
    if (given[0] !== clientId || given[1] !== clientSecret || !keys)
      return { status: 401, body: { error: 'invalid_client', error_description: 'Sai thông tin xác thực' } };
    const access_token = this.#grant('gateway');
    return { body: { access_token, token_type: 'Bearer', expires_in: tokenLife, scope: 'default' } };
  }

  busToken(request: WireRequest): Answer {
    const given = basicOf(request);
    const { busUser, busPassword } = this.#options;
    if (given?.[0] !== busUser || given?.[1] !== busPassword) return unauthorized;
    return { body: { access_token: this.#grant('bus') } };
  }

  expire(): void {
    this.#tokens.clear();
  }

  #grant(realm: string): string {
    this.#count += 1;
    const token = `${realm}-the-mau-${String(this.#count).padStart(6, '0')}`;
    this.#tokens.set(token, { until: Date.now() + this.#options.tokenLife * 1000 });
    return token;
  }

  #isToken(request: WireRequest, realm: string): boolean {
    const token = /^Bearer (.+)$/.exec(request.header('authorization'))?.[1] ?? '';
    const granted = this.#tokens.get(token);
    return granted !== undefined && token.startsWith(realm) && Date.now() < granted.until;
  }

  #isKeys(text: string): boolean {
    const given = jsonObject(Buffer.from(text, 'base64').toString('utf8'));
    return KEYS.every((key) => given[key] === this.#options.keys[key]);
  }
}

function isForm(request: WireRequest): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(request.header('content-type'));
}

function basicOf(request: WireRequest): [string, string] | undefined {
  const encoded = /^Basic (.+)$/.exec(request.header('authorization'))?.[1];
  if (encoded === undefined) return undefined;
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return [user, rest.join(':')];
}
