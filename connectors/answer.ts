import { isNetworkError } from 'ky';
import type { HttpCall, Tried } from './call.ts';
import { type Failure, failure, ofStatus, success } from './errors.ts';
import { quote, wordsOf } from './redact.ts';
import { type Again, againAfter, connectionTrouble, retryAfterOf } from './retry.ts';

/** What an answer means, or that there was none. */

const MEGABYTE = 1_000_000;
const ERROR_BYTES = 64_000;
const LOGIN_PAGE = /log-?in|dang-?nhap|sso|oauth|\bcas\b|auth/i;

/** A try that failed. */
export const failed = (error: Failure, again: Again = 'never'): Tried<never> => ({
  result: failure(error),
  again,
  status: error.status,
});

/** What a reader of answers must know of the call. */
export interface Reading {
  url: URL;
  /** Bytes of an answer that are taken; more is a failure. */
  maxBytes: number;
  /** Texts that must not be told again. */
  secrets: readonly string[];
}

/** Reads a whole answer. Throws only when the connection breaks inside the body. */
export async function readAnswer<T>(
  call: HttpCall<T>,
  response: Response,
  { url, maxBytes, secrets }: Reading,
): Promise<Tried<T>> {
  const { status } = response;
  const elsewhere = redirected(response, url);
  if (elsewhere) {
    await response.body?.cancel();
    return failed(elsewhere);
  }
  const text = await readText(response, response.ok ? maxBytes : ERROR_BYTES);
  if (response.ok && status !== 203) {
    if (text !== null) return interpret(call, status, text.trim(), secrets);
    return failed({ kind: 'schema', message: `Câu trả lời dài quá ${maxBytes / MEGABYTE} MB.`, status });
  }
  if (status === 404 && 'notFound' in call && text !== null && isJson(text))
    return { result: success(call.notFound as T), again: 'never', status };
  const retryAfter = retryAfterOf(response.headers, Date.now());
  const upstream = text === null ? undefined : wordsOf(text, secrets);
  return failed({ ...ofStatus(status), upstream, retryAfter }, againAfter(status));
}

/** The failure of a call whose connection broke; `status` when its answer had begun. */
export function noAnswer(error: unknown, status?: number): Tried<never> {
  const broken = (message: string, again?: Again) => failed({ kind: 'network', message, status }, again);
  if (status !== undefined) return broken('Kết nối đứt khi đang nhận dữ liệu.', 'if-repeatable');
  const trouble = connectionTrouble(error);
  if (trouble === 'not-trusted')
    return broken('Chứng thư số của máy chủ không được tin cậy; nếu đơn vị dùng CA riêng, hãy khai tệp CA.');
  if (trouble === 'not-sent') return broken('Không nối được tới máy chủ.', 'always');
  if (isNetworkError(error)) return broken('Kết nối bị ngắt trước khi có trả lời.', 'if-repeatable');
  return broken('Không tạo được lời gọi: địa chỉ hoặc tiêu đề không hợp lệ.');
}

/** No call follows a redirect. In a browser it cannot be seen where to; in Node the words say it. */
function redirected(response: Response, from: URL): Failure | null {
  const { status, type } = response;
  if (type !== 'opaqueredirect' && !(status >= 300 && status < 400 && status !== 304)) return null;
  const target = response.headers.get('location');
  const to = target && URL.canParse(target, from) ? new URL(target, from) : null;
  if (to?.origin === from.origin && LOGIN_PAGE.test(to.pathname))
    return { kind: 'auth', message: 'Máy chủ chuyển sang trang đăng nhập: phiên đã hết hoặc chưa có.', status };
  const where = to && to.origin !== from.origin ? ` ${to.origin}` : ' nơi khác';
  const message = `Máy chủ chuyển lời gọi sang${where}; không đi theo để không lộ thông tin đăng nhập. Hãy xem lại địa chỉ đã khai.`;
  return { kind: 'upstream', message, status: status || undefined };
}

/** The body as UTF-8 whatever the header says (quirk 20), without its BOM; null when it is longer than allowed. */
async function readText(response: Response, maxBytes: number): Promise<string | null> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder('utf-8');
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function interpret<T>(call: HttpCall<T>, status: number, text: string, secrets: readonly string[]): Tried<T> {
  const taken = (value: T): Tried<T> => ({ result: success(value), again: 'never', status });
  if (text === '') {
    if ('empty' in call) return taken(call.empty as T);
    return failed({ kind: 'schema', message: 'Máy chủ trả lời rỗng, không có dữ liệu để đọc.', status });
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return notJson(status, text, secrets);
  }
  const refusal = call.refuse?.(body, status);
  if (refusal) {
    const upstream = refusal.upstream === undefined ? undefined : quote(refusal.upstream, secrets);
    return failed({ status, ...refusal, upstream }, refusal.kind === 'rate' ? 'if-repeatable' : 'never');
  }
  const parsed = call.schema.safeParse(body);
  if (parsed.success) return taken(parsed.data);
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join('.') || '(gốc)';
  return failed({ kind: 'schema', message: `Dữ liệu sai dạng ở «${where}».`, status, upstream: issue?.message });
}

function notJson(status: number, text: string, secrets: readonly string[]): Tried<never> {
  const broken = (message: string, upstream?: string) => failed({ kind: 'schema', message, status, upstream });
  if (text.startsWith('<'))
    return broken(
      'Máy chủ trả về một trang web thay cho dữ liệu; có thể phiên đăng nhập đã hết hoặc địa chỉ sai.',
      wordsOf(text, secrets),
    );
  if (!/^[[{"]/.test(text)) return broken('Máy chủ trả về nội dung không phải JSON.', wordsOf(text, secrets));
  // A cut list of dossiers must not be quoted; it may well come whole the next time.
  return { ...broken('Máy chủ trả về JSON bị cắt giữa chừng.'), again: 'if-repeatable' };
}
