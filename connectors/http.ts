import ky, { HTTPError, type KyInstance, TimeoutError } from 'ky';
import { type Failure, failure, type Result, success } from './errors.ts';

export interface HttpOptions {
  baseUrl: string;
  headers?: Record<string, string>;
  /** Milliseconds for one try. */
  timeout?: number;
  /** Milliseconds for all tries together; a background worker is ended after 30 s without an answer. */
  totalTimeout?: number;
  /** Tries after the first, for calls that are safe to repeat. */
  retries?: number;
}

/** What a schema of zod (or any other) must be able to do here. */
export interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
}

const UPSTREAM_LENGTH = 200;

/** A GET client for one remote system. Only reading is offered: what is safe to repeat may be retried. */
export class Http {
  readonly #ky: KyInstance;

  constructor({ baseUrl, headers, timeout = 10_000, totalTimeout = 25_000, retries = 2 }: HttpOptions) {
    this.#ky = ky.create({
      baseUrl: baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`,
      headers,
      timeout,
      totalTimeout,
      retry: {
        limit: retries,
        methods: ['get'],
        statusCodes: [408, 429, 500, 502, 503, 504],
        jitter: true,
        retryOnTimeout: true,
      },
      redirect: 'follow',
    });
  }

  /** Reads JSON and checks it. Never throws. */
  async get<T>(
    path: string,
    query: Record<string, string | number>,
    schema: Schema<T>,
    signal?: AbortSignal,
  ): Promise<Result<T>> {
    let response: Response;
    try {
      response = await this.#ky.get(path.replace(/^\//, ''), { searchParams: query, signal });
    } catch (error) {
      return failure(await explain(error, signal));
    }
    const text = await response.text().catch(() => null);
    if (text === null)
      return failure({ kind: 'network', message: 'Kết nối đứt khi đang nhận dữ liệu.', status: response.status });
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return failure({
        kind: 'schema',
        message: 'Máy chủ trả về nội dung không phải JSON.',
        status: response.status,
        upstream: shorten(text),
      });
    }
    const parsed = schema.safeParse(body);
    if (parsed.success) return success(parsed.data);
    const [issue] = parsed.error.issues;
    const where = issue?.path.map(String).join('.') || '(gốc)';
    return failure({
      kind: 'schema',
      message: `Dữ liệu sai dạng ở «${where}».`,
      status: response.status,
      upstream: issue?.message,
    });
  }
}

const shorten = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, UPSTREAM_LENGTH);

async function explain(error: unknown, signal?: AbortSignal): Promise<Failure> {
  if (signal?.aborted) return { kind: 'cancelled', message: 'Đã dừng theo yêu cầu.' };
  if (error instanceof TimeoutError) return { kind: 'timeout', message: 'Máy chủ không trả lời kịp.' };
  if (!(error instanceof HTTPError)) return { kind: 'network', message: 'Không nối được tới máy chủ.' };
  const { status } = error.response;
  const upstream = typeof error.data === 'string' ? shorten(error.data) : shorten(JSON.stringify(error.data ?? ''));
  const kinds: Record<number, [Failure['kind'], string]> = {
    401: ['auth', 'Máy chủ không chấp nhận thông tin đăng nhập.'],
    403: ['permission', 'Tài khoản không có quyền gọi dịch vụ này.'],
    409: ['duplicate', 'Máy chủ báo đã tồn tại.'],
    429: ['rate', 'Máy chủ báo gọi quá nhiều.'],
  };
  const [kind, message] = kinds[status] ?? (['upstream', `Máy chủ báo lỗi ${status}.`] as const);
  return { kind, message, status, upstream };
}
