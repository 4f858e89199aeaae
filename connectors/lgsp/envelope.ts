import type { Failure } from '../errors.ts';
import { errorCodeOf, Fields, integerOf, says } from '../wire.ts';

/** Where each service of LGSP says that it refuses, inside an answer of HTTP 200. */

const KINDS: Record<number, Failure['kind']> = { 401: 'auth', 403: 'permission', 409: 'duplicate', 429: 'rate' };

const refuse = (kind: Failure['kind'], message: string, status: number, upstream: string | undefined): Failure => ({
  kind,
  message,
  status,
  upstream,
});

/** The city's envelope: StatusCode 200 **and** Status SUCCESS; the HTTP status alone says nothing. */
export function refusalInEnvelope(body: unknown, status: number): Failure | null {
  const fields = new Fields(body);
  const code = integerOf(fields.get('StatusCode'));
  if (code === undefined)
    return refuse('schema', 'Câu trả lời không có StatusCode, không biết là được hay bị từ chối.', status, undefined);
  if (code === 200 && says(fields.text('Status'), 'SUCCESS') && !says(fields.text('Status'), 'UN')) return null;
  // ThrowException holds a stack of the server, and is not shown.
  return refuse(
    KINDS[code] ?? 'upstream',
    `LGSP từ chối yêu cầu (StatusCode ${code}).`,
    status,
    fields.text('Description', 'Status'),
  );
}

/** `{status, errorCode, errorDesc}`, beside or instead of what was asked for. */
export function refusalOnBus(body: unknown, status: number): Failure | null {
  const fields = new Fields(body);
  if (fields.has('profileReceivers', 'profileOutmodel', 'profileInmodel')) return null;
  const code = errorCodeOf(body);
  const said = fields.text('status');
  if ((code === undefined || code === '0') && !says(said, 'fail', 'error')) return null;
  const words = fields.text('errorDesc', 'message');
  const kind = says(words, 'đã tồn tại') ? 'duplicate' : (KINDS[Number(code)] ?? 'upstream');
  return refuse(kind, 'Trục hồ sơ từ chối yêu cầu.', status, words ?? code);
}

/** `{Status, Message}`: which value means success is written nowhere, so all that clearly do are taken. */
export function refusalOfDocument(body: unknown, status: number): Failure | null {
  const fields = new Fields(body);
  const [said, words] = [fields.text('Status') ?? String(fields.get('Status') ?? ''), fields.text('Message')];
  if (says(words, 'đã tồn tại')) return refuse('duplicate', 'LGSP báo hồ sơ đã tồn tại.', status, words);
  const good = /^(?:success|ok|true|1|200|0*)$/i.test(said) && !says(words, 'không thành công', 'thất bại');
  if (good && (said !== '' || says(words, 'thành công'))) return null;
  return refuse('upstream', 'LGSP không nhận hồ sơ.', status, words ?? said);
}

export function refusalOfResults(body: unknown, status: number): Failure | null {
  const code = errorCodeOf(body);
  if (code === '0') return null;
  if (code === undefined) return refuse('schema', 'Câu trả lời không có errorCode.', status, undefined);
  return refuse(
    'upstream',
    'Kho kết quả từ chối yêu cầu.',
    status,
    `${code}: ${new Fields(body).text('message') ?? ''}`,
  );
}
