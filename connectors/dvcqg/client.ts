import { fold } from '../../lib/text/index.ts';
import { type Failure, type Result, success } from '../errors.ts';
import { Http, type HttpOptions } from '../http.ts';
import { type Login, type RefusedLogins, SessionCache } from '../session.ts';
import { errorCodeOf, Fields, integerOf, rowsOf, says } from '../wire.ts';
import { Answer } from './schema.ts';

export interface DvcqgConfig extends HttpOptions {
  username: string;
  password: string;
  /** National identifier of the calling unit. */
  madonvi: string;
  /** Destination code on the exchange; a header, and only when it is here. */
  dstcode?: string;
  paths?: { login: string; integration: string; share: string };
  memory?: RefusedLogins;
  /** Epoch seconds. */
  clock?: () => number;
}

/** A session is used this long at most (the reference client's ten minutes), in seconds. */
const SESSION_AGE = 600;
/** Seconds in which a refusal that outlived a new log-in is believed to be about something else than the session. */
const BELIEVED = 60;
/** Many callers may wear a renewed session out before one of them comes to use it; nobody tries more often than this. */
const ROUNDS = 5;
/** Different refusals that are remembered. */
const KEPT = 50;
const PATHS = { login: 'mapi/login', integration: 'mapi/g', share: 'mapi/g' };

/** What may be asked of the two endpoints. */
interface Service {
  service: string;
  endpoint?: 'integration' | 'share';
  send?: Record<string, unknown>;
  /** It writes: not made again by itself, and its answer holds no rows. */
  writes?: boolean;
  signal?: AbortSignal | undefined;
}

/** mapi of the national portal (protocol notes §1.1–1.3): one URL, the session inside the body. Never throws. */
export class DvcqgClient {
  readonly #http: Http;
  readonly #madonvi: string;
  readonly #paths: typeof PATHS;
  readonly #session: SessionCache;
  /** Refusals that a new log-in did not cure, and when that was seen. */
  readonly #incurable = new Map<string, number>();
  readonly #clock: () => number;

  constructor({ username, password, madonvi, dstcode, paths, memory, clock, ...http }: DvcqgConfig) {
    this.#http = new Http({
      ...http,
      headers: {
        ...http.headers,
        Charset: 'utf-8',
        ...(dstcode !== undefined && { dstcode }),
      },
    });
    this.#madonvi = madonvi;
    this.#paths = paths ?? PATHS;
    this.#clock = clock ?? (() => Date.now() / 1000);
    this.#session = new SessionCache({
      login: () => this.#login(username, password),
      refused: ({ kind }) => kind === 'auth',
      identity: JSON.stringify(['dvcqg', http.baseUrl, username, password]),
      maxAge: SESSION_AGE,
      name: 'Cổng DVCQG',
      memory,
      clock: this.#clock,
    });
  }

  async #login(username: string, password: string): Promise<Result<Login>> {
    const answer = await this.#http.call({
      method: 'POST',
      path: this.#paths.login,
      json: { username, password },
      schema: Answer,
      repeatable: true,
      name: 'login',
      refuse: (body) => {
        const fields = new Fields(body);
        const error = errorCodeOf(body);
        if (error === '0' && fields.text('session') !== undefined) return null;
        if (error === undefined) return { ...NO_CODE, call: 'login' };
        const words = wordsOf(body);
        const busy = says(words, 'quá tải', 'đang bận', 'thử lại sau', 'bảo trì');
        return {
          kind: busy ? 'upstream' : 'auth',
          message: 'Đăng nhập bị từ chối.',
          upstream: words,
          call: 'login',
        };
      },
    });
    if (!answer.ok) return answer;
    const fields = new Fields(answer.value);
    return success({ token: fields.text('session') ?? '', lifetime: integerOf(fields.get('expires_in')) });
  }

  /** «Kiểm tra kết nối»: logs in anew, also after a refusal, because a person asked for it. */
  async check(signal?: AbortSignal): Promise<Result<null>> {
    const session = await this.#session.again(signal);
    return session.ok ? success(null) : session;
  }

  /**
   * The rows of one service. A refusal inside HTTP 200 is a failure. No public client knows an "expired" code, so a refusal on a
   * session that served before may mean that it is over: it is renewed, and given up once a session nobody has used is refused too.
   */
  async call(service: Service): Promise<Result<unknown[]>> {
    let spoiled: string | undefined;
    for (let round = 1; ; round++) {
      const session = await this.#session.get(service.signal, spoiled);
      if (!session.ok) return session;
      const answer = await this.#once(service, session.value.token);
      if (answer.ok) return answer;
      const { used, token } = session.value;
      if (used === 0 && round > 1) this.#believe(answer.error);
      if (round === ROUNDS || !this.#mayBeOver(answer.error, used, round)) return answer;
      spoiled = token;
    }
  }

  #believe(error: Failure): void {
    if (this.#incurable.size >= KEPT) this.#incurable.clear();
    this.#incurable.set(signOf(error), this.#clock());
  }

  #mayBeOver(error: Failure, used: number, round: number): boolean {
    // A server error is no refusal; "no such dossier" is an answer.
    const refused = error.kind === 'upstream' && (error.status ?? 200) < 300 && !saysUnknown(error.upstream);
    if (error.kind !== 'auth' && !refused) return false;
    // Said outright, it is believed of a new session too (another machine has logged in), but not for ever.
    if (says(error.upstream, 'phiên', 'session', 'hết hạn', 'chưa đăng nhập')) return used > 0 || round < 3;
    const seen = this.#incurable.get(signOf(error));
    return used > 0 && (seen === undefined || this.#clock() - seen > BELIEVED);
  }

  async #once({ service, endpoint = 'integration', send, writes = false, signal }: Service, session: string) {
    const answer = await this.#http.call({
      method: 'POST',
      path: this.#paths[endpoint],
      json: { session, madonvi: this.#madonvi, service, ...send },
      schema: Answer,
      repeatable: !writes,
      name: service,
      refuse: (body, status) => refusalIn(body, status, service) ?? (writes ? null : lackIn(body, status, service)),
      signal,
    });
    return answer.ok ? success(rowsOf(answer.value)) : answer;
  }

  /** What `call` would send, for a dry run: the exact body but for the session, which is got when it is sent. */
  preview(service: string, send: Record<string, unknown>): Record<string, unknown> {
    return { session: '(lấy khi gửi)', madonvi: this.#madonvi, service, ...send };
  }

  /** `TraCuuHoSo`: the rows of one code; an empty list when the portal says that it has none. */
  async dossier(code: string, unit?: string, signal?: AbortSignal): Promise<Result<unknown[]>> {
    const send = { ...(unit !== undefined && { donViXuLy: unit }), mahoso: code };
    const answer = await this.call({ service: 'TraCuuHoSo', send, signal });
    return !answer.ok && answer.error.kind === 'upstream' && saysUnknown(answer.error.upstream) ? success([]) : answer;
  }

  /** `DanhSachHoSo`: dossiers received in a window of ISO days, both included. Only where the counterpart offers it. */
  dossiers(unit: string, from: string, to: string, signal?: AbortSignal): Promise<Result<unknown[]>> {
    return this.call({ service: 'DanhSachHoSo', send: { donViXuLy: unit, ngayNhan1: from, ngayNhan2: to }, signal });
  }
}

const NO_CODE: Failure = {
  kind: 'schema',
  message: 'Câu trả lời không có error_code, không biết là được hay bị từ chối.',
};

const wordsOf = (body: unknown) => new Fields(body).text('message', 'result');

/** One refusal and the next are the same when code and words are, whatever number stands in them. */
const signOf = ({ kind, upstream }: Failure) => `${kind} ${upstream?.replace(/\d+/g, '#') ?? ''}`;

/**
 * "No such dossier" told as a refusal (the inbound service does so). Only words about the dossier count: "dịch vụ không tồn tại"
 * must never make a dossier missing.
 */
function saysUnknown(words: string | undefined): boolean {
  const folded = fold(words ?? '');
  return (
    /(?:khong tim thay|khong ton tai|khong co) (?:thong tin )?(?:ma )?ho so|ho so(?: \S{1,60})? khong ton tai/.test(
      folded,
    ) && !/dich vu|phien|session|token|tai khoan|quyen|service/.test(folded)
  );
}

/** Success without `result` or `data` is not an empty list: nobody knows what was meant, and a dossier must not go missing over it. */
function lackIn(body: unknown, status: number, call: string): Failure | null {
  if (new Fields(body).has('result', 'data')) return null;
  return { kind: 'schema', message: 'Câu trả lời không có phần dữ liệu (result, data).', status, call };
}

/** A refusal in a 2xx answer. Code 0 with words of failure is one too: success is sometimes only in the words (quirk 2). */
function refusalIn(body: unknown, status: number, call: string): Failure | null {
  const code = errorCodeOf(body);
  if (code === undefined) return { ...NO_CODE, status, call };
  const words = wordsOf(body);
  if (code === '0' && !says(words, 'không thành công', 'thất bại')) return null;
  const upstream = `${code}: ${words ?? ''}`;
  if (code === '3' || code === '-3' || says(words, 'đã tồn tại'))
    return { kind: 'duplicate', message: 'Cổng DVCQG báo hồ sơ đã tồn tại.', status, upstream, call };
  return { kind: 'upstream', message: 'Cổng DVCQG từ chối yêu cầu.', status, upstream, call };
}
