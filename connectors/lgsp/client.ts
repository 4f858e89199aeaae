import { base64Of } from '../digest.ts';
import { type Result, success } from '../errors.ts';
import { Http, type HttpCall, type HttpOptions } from '../http.ts';
import { KeyGate, type Login, type RefusedLogins, SessionCache } from '../session.ts';
import { Fields, integerOf, listOf } from '../wire.ts';
import { refusalInEnvelope, refusalOfDocument, refusalOfResults, refusalOnBus } from './envelope.ts';
import { type LgspKeys, type LgspScheme, schemeHeaders } from './headers.ts';
import { Answer, BusDetail, BusList, TokenAnswer } from './schema.ts';

export interface LgspOAuth {
  path: string;
  clientId: string;
  clientSecret: string;
  /** Where id and secret go. */
  credentials: 'body' | 'basic';
}

/** The dossier bus has an account of its own: Basic once (`getToken`, an empty form), then its own bearer. */
export interface BusAccount {
  user: string;
  password: string;
}

export interface LgspConfig extends HttpOptions {
  schemes: readonly LgspScheme[];
  keys?: LgspKeys;
  oauth2?: LgspOAuth;
  /** Left out: bus calls carry the same headers as all others. */
  bus?: BusAccount;
  paths?: LgspPaths;
  /** Tax number of a public enterprise, for the smallest real call. */
  probe?: string;
  memory?: RefusedLogins;
  /** Epoch seconds. */
  clock?: () => number;
}

export interface LgspPaths {
  /** The bus; its catalogue names no paths, so a unit writes those of its counterpart into the configuration. */
  busToken: string;
  list: string;
  detail: string;
  acknowledge: string;
  results: string;
}

/** A token without a told life is believed for so long; seconds. */
const UNTOLD = 300;
/** No token is kept longer, whatever it says; seconds. */
const LONGEST = 86_400;
export const LGSP_PATHS: LgspPaths = {
  busToken: 'bus/getToken',
  list: 'bus/getListProfile',
  detail: 'bus/getProfile',
  acknowledge: 'bus/updateStatus',
  results: 'GetDanhSachKetQua',
};

/** LGSP-HCM and the gateways like it (protocol notes §2). Never throws. */
export class LgspClient {
  readonly #http: Http;
  readonly #config: LgspConfig;
  readonly #paths: LgspPaths;
  readonly #token: SessionCache | null;
  readonly #busToken: SessionCache | null;
  readonly #keys: KeyGate;

  constructor(config: LgspConfig) {
    this.#config = config;
    this.#paths = config.paths ?? LGSP_PATHS;
    const headers = { ...config.headers, ...schemeHeaders(config.schemes, config.keys) };
    this.#http = new Http({ ...config, headers });
    const { oauth2, bus } = config;
    const oauth = config.schemes.includes('oauth2') ? oauth2 : undefined;
    this.#token = oauth ? this.#cache(() => this.#clientToken(oauth), ['oauth2', oauth, config.keys]) : null;
    this.#busToken = bus
      ? this.#cache(() => this.#askToken(this.#paths.busToken, {}, bus.user, bus.password), ['bus', bus])
      : null;
    const { baseUrl, memory, keys, schemes } = config;
    this.#keys = new KeyGate({ identity: JSON.stringify([baseUrl, 'keys', schemes, keys]), name: 'LGSP', memory });
  }

  #cache(login: () => Promise<Result<Login>>, identity: unknown): SessionCache {
    const { baseUrl, memory, clock } = this.#config;
    return new SessionCache({
      login,
      // OAuth2 answers a wrong secret with 401, or with 400 and words.
      refused: ({ kind, status }) => kind === 'auth' || status === 400,
      identity: JSON.stringify([baseUrl, identity]),
      maxAge: LONGEST,
      name: 'LGSP',
      memory,
      clock,
    });
  }

  #clientToken({ path, clientId, clientSecret, credentials }: LgspOAuth): Promise<Result<Login>> {
    const form = { grant_type: 'client_credentials' };
    return credentials === 'basic'
      ? this.#askToken(path, form, clientId, clientSecret)
      : this.#askToken(path, { ...form, client_id: clientId, client_secret: clientSecret });
  }

  async #askToken(
    path: string,
    form: Record<string, string>,
    user?: string,
    password?: string,
  ): Promise<Result<Login>> {
    const answer = await this.#http.call({
      method: 'POST',
      path,
      form,
      headers: user === undefined ? {} : { Authorization: `Basic ${base64Of(`${user}:${password}`)}` },
      schema: TokenAnswer,
      repeatable: true,
      name: 'token',
    });
    if (!answer.ok) return answer;
    return success({ token: answer.value.access_token, lifetime: integerOf(answer.value.expires_in) ?? UNTOLD });
  }

  /** With the bearer where there is one; a token that is refused is renewed once. */
  async #call<T>(call: HttpCall<T>, tokens = this.#token): Promise<Result<T>> {
    if (!tokens) return this.#keys.run(() => this.#http.call(call), call.signal);
    const session = await tokens.get(call.signal);
    if (!session.ok) return session;
    const answer = await this.#http.call(withBearer(call, session.value.token));
    if (answer.ok || answer.error.kind !== 'auth') return answer;
    const renewed = await tokens.get(call.signal, session.value.token);
    return renewed.ok ? this.#http.call(withBearer(call, renewed.value.token)) : renewed;
  }

  #onBus<T>(call: HttpCall<T>): Promise<Result<T>> {
    return this.#call({ refuse: refusalOnBus, ...call }, this.#busToken ?? this.#token);
  }

  /**
   * «Kiểm tra kết nối»: the smallest real calls that this account can make. A token is got anew, also after a refusal, because a
   * person asked for it; the city's keys are proved by one enterprise look-up.
   */
  async check(signal?: AbortSignal): Promise<Result<null>> {
    await this.#keys.forget();
    for (const tokens of [this.#token, this.#busToken]) {
      const token = await tokens?.again(signal);
      if (token?.ok === false) return token;
    }
    if (!this.#config.keys) return success(null);
    const answer = await this.enterprise(this.#config.probe ?? '0300000000', signal);
    return answer.ok ? success(null) : answer;
  }

  /** `TraCuuThongTinDoanhNghiep`: does the register know this enterprise? Nothing of the answer is kept. */
  async enterprise(taxCode: string, signal?: AbortSignal): Promise<Result<{ found: boolean }>> {
    const answer = await this.#call({
      path: 'TraCuuThongTinDoanhNghiep',
      query: { MaSoDoanhNghiep: taxCode },
      schema: Answer,
      refuse: refusalInEnvelope,
      signal,
      name: 'TraCuuThongTinDoanhNghiep',
    });
    if (!answer.ok) return answer;
    return success({ found: listOf(new Fields(answer.value).get('ResultObject')).length > 0 });
  }

  /** Dossiers waiting on the bus for a unit, as headings. One stays on the list until it is acknowledged. */
  async waiting(unit: string, signal?: AbortSignal): Promise<Result<unknown[]>> {
    const query: Record<string, string> = unit === '' ? {} : { unit_code: unit };
    const answer = await this.#onBus({
      path: this.#paths.list,
      query,
      schema: BusList,
      signal,
      name: 'bus-list',
    });
    return answer.ok ? success(listOf(answer.value.profileReceivers)) : answer;
  }

  /** One message of the bus. */
  async profile(id: string, signal?: AbortSignal): Promise<Result<Record<string, unknown>>> {
    const answer = await this.#onBus({
      path: this.#paths.detail,
      query: { profile_id: id },
      schema: BusDetail,
      signal,
      name: 'bus-detail',
    });
    if (!answer.ok) return answer;
    return success(
      'profileOutmodel' in answer.value
        ? (answer.value.profileOutmodel as Record<string, unknown>)
        : answer.value.profileInmodel,
    );
  }

  /**
   * Takes a message off the list, which the unit's own system lives on: **it writes**. Reconciliation never calls it; only a system
   * that has really taken the dossier over may.
   */
  async acknowledge(id: string, status: 'done' | 'fail', signal?: AbortSignal): Promise<Result<null>> {
    const answer = await this.#onBus({
      method: 'POST',
      path: this.#paths.acknowledge,
      query: { profile_id: id, status },
      schema: Answer,
      empty: {},
      signal,
      name: 'bus-acknowledge',
    });
    return answer.ok ? success(null) : answer;
  }

  /** Sends a document body; see `document.ts`, which is the only caller. */
  async post(path: string, body: unknown, signal?: AbortSignal): Promise<Result<null>> {
    const answer = await this.#call({
      method: 'POST',
      path,
      json: body,
      schema: Answer,
      refuse: refusalOfDocument,
      empty: {},
      signal,
      name: path,
    });
    return answer.ok ? success(null) : answer;
  }

  /** The question of `results.ts`, which is the only caller. */
  results(question: unknown, signal?: AbortSignal): Promise<Result<Record<string, unknown>>> {
    return this.#call({
      method: 'POST',
      path: this.#paths.results,
      json: question,
      schema: Answer,
      repeatable: true,
      refuse: refusalOfResults,
      signal,
      name: 'GetDanhSachKetQua',
    });
  }
}

const withBearer = <T>(call: HttpCall<T>, token: string): HttpCall<T> => ({
  ...call,
  headers: { ...call.headers, Authorization: `Bearer ${token}` },
});
