import * as z from 'zod/mini';
import { digestOf } from '../digest.ts';
import { type Failure, failure, type Result, success } from '../errors.ts';
import type { DvcqgClient } from './client.ts';
import { DossierPayload, ProgressPayload } from './schema.ts';

/**
 * Sending city records to the national portal again («gửi lại»). The only part of this connector that writes: nothing leaves without a
 * plan that was shown, the plan's own confirmation word, and a journal. Personal fields pass through from the caller's object; they
 * are neither logged nor journaled.
 */

export interface ResyncItem {
  dossier: DossierPayload;
  /** Steps of this dossier, oldest first. */
  progress: ProgressPayload[];
}

/** One call that would be made. */
export interface PlannedCall {
  service: 'DongBoHoSoMC' | 'CapNhatTienDoHoSoMC';
  /** The body as it would go, but for the session. With personal data: for the screen, not for a file. */
  body: Record<string, unknown>;
}

export interface PlannedDossier {
  code: string;
  /** Of dossier and steps: what was sent, without keeping it. */
  digest: string;
  /** Sent first; with `isUpdating` "True" instead when the portal says that it has the dossier. */
  dossier: PlannedCall;
  progress: PlannedCall[];
}

export interface ResyncPlan {
  dossiers: PlannedDossier[];
  /** Calls when nothing is there yet; each dossier that is there costs one more. */
  calls: number;
  /** What a person confirms. It is of this content and no other: a plan that changed has another word. */
  confirmation: string;
}

export type SentOutcome = 'sending' | 'created' | 'updated' | 'steps-sent' | 'refused' | 'no-answer';

/** A line of the journal: codes, times, outcomes, digests. Nothing of what was sent, nothing that the portal said. */
export interface JournalEntry {
  code: string;
  service: PlannedCall['service'];
  /** Epoch seconds. */
  at: number;
  outcome: SentOutcome;
  digest: string;
  kind?: Failure['kind'];
}

/** Where it is written down what was sent. `append` must be on disk (or in the store) before it resolves. */
export interface ResyncJournal {
  append(entry: JournalEntry): Promise<void>;
  /** Was exactly this content sent to its end before? Then it is not sent again. */
  done(code: string, digest: string): Promise<boolean>;
}

export interface ResyncOptions {
  client: DvcqgClient;
  plan: ResyncPlan;
  /** The plan's confirmation word, as the person gave it. */
  confirmation: string;
  journal: ResyncJournal;
  /** The stop switch: looked at before each call. */
  stopped?: () => boolean;
  signal?: AbortSignal;
  onDossier?: (result: DossierResult) => void;
  /** Epoch seconds. */
  clock?: () => number;
}

export interface DossierResult {
  code: string;
  /** `skipped`: the journal knows that exactly this was sent. `unknown`: no answer, so it may or may not have arrived. */
  outcome: 'created' | 'updated' | 'skipped' | 'refused' | 'unknown' | 'not-sent';
  /** The dossier went through and its steps did not, or what went wrong with the dossier itself. */
  error?: Failure;
}

export interface ResyncReport {
  dossiers: DossierResult[];
  /** Why the rest was not sent. */
  stopped?: string;
}

/** Steps in one call (the practice of a public implementer). */
const STEPS = 10;
/** Dossiers in a row without an answer, after which more sending would be shouting into a hole. */
const SILENCE = 3;

/** Checks every object and says exactly what would be sent. A fault names the place and the field, never the value. */
export async function planResync(client: DvcqgClient, items: readonly ResyncItem[]): Promise<Result<ResyncPlan>> {
  const dossiers: PlannedDossier[] = [];
  for (const [i, item] of items.entries()) {
    const dossier = z.safeParse(DossierPayload, item.dossier);
    const steps = z.safeParse(z.array(ProgressPayload), item.progress);
    const issue = dossier.error?.issues[0] ?? steps.error?.issues[0];
    if (!dossier.success || !steps.success) {
      const where = [dossier.success ? 'progress' : 'dossier', ...(issue?.path ?? []).map(String)].join('.');
      return refused(i, `${where} ${wordsFor(issue)}`);
    }
    const { MaHoSo: code } = dossier.data;
    if (dossiers.some((other) => other.code === code)) return refused(i, `dossier.MaHoSo trùng với hồ sơ ở trên`);
    if (steps.data.some(({ MaHoSo }) => MaHoSo !== code)) return refused(i, 'progress.MaHoSo là của hồ sơ khác');
    dossiers.push({
      code,
      digest: await digestOf(JSON.stringify([dossier.data, steps.data])),
      dossier: planned(client, 'DongBoHoSoMC', { isUpdating: 'False', data: [dossier.data] }),
      progress: inTens(steps.data).map((data) => planned(client, 'CapNhatTienDoHoSoMC', { data })),
    });
  }
  const calls = dossiers.reduce((sum, { progress }) => sum + 1 + progress.length, 0);
  const whole = await digestOf(dossiers.map(({ digest }) => digest).join());
  return success({ dossiers, calls, confirmation: `${dossiers.length}-${whole.slice(0, 8)}` });
}

const planned = (client: DvcqgClient, service: PlannedCall['service'], send: Record<string, unknown>): PlannedCall => ({
  service,
  body: client.preview(service, send),
});

const refused = (place: number, message: string) =>
  failure({ kind: 'schema', message: `Hồ sơ thứ ${place + 1}: ${message}. Chưa gửi gì.` });

function wordsFor(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') return `có trường lạ: ${issue.keys.join(', ')}`;
  if (issue?.code === 'invalid_type') return 'thiếu, hoặc không phải là chữ (mọi giá trị đều là chuỗi)';
  if (issue?.code === 'too_big') return `dài quá ${issue.maximum} ký tự`;
  if (issue?.code === 'too_small') return 'không được để trống';
  if (issue?.code === 'invalid_value') return `phải là một trong: ${issue.values.join(', ')}`;
  return issue?.code === 'invalid_format' && issue.message !== 'Invalid input' ? issue.message : 'không hợp lệ';
}

function inTens<T>(steps: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(steps.length / STEPS) }, (_, i) => steps.slice(i * STEPS, (i + 1) * STEPS));
}

/** Sends a confirmed plan, one dossier after the other. Never throws but for a journal that cannot be written. */
export async function runResync(options: ResyncOptions): Promise<Result<ResyncReport>> {
  const { plan, confirmation, signal, stopped, onDossier } = options;
  if (confirmation !== plan.confirmation)
    return failure({ kind: 'permission', message: 'Từ xác nhận không khớp với bản xem trước. Chưa gửi gì.' });
  const report: ResyncReport = { dossiers: [] };
  let silent = 0;
  for (const dossier of plan.dossiers) {
    if (report.stopped === undefined && (signal?.aborted || stopped?.())) report.stopped = 'Đã dừng theo yêu cầu.';
    const result: DossierResult =
      report.stopped === undefined ? await sendOne(dossier, options) : { code: dossier.code, outcome: 'not-sent' };
    report.dossiers.push(result);
    onDossier?.(result);
    const { error } = result;
    silent = result.outcome === 'unknown' ? silent + 1 : 0;
    if (error?.kind === 'cancelled') report.stopped ??= 'Đã dừng theo yêu cầu.';
    // The account, not the dossier, is refused: every further call would be refused too.
    if (error?.kind === 'auth' || error?.kind === 'permission') report.stopped ??= error.message;
    if (silent === SILENCE) report.stopped ??= `Cổng DVCQG không trả lời ${SILENCE} hồ sơ liền.`;
  }
  return success(report);
}

async function sendOne(dossier: PlannedDossier, options: ResyncOptions): Promise<DossierResult> {
  const { code, digest } = dossier;
  if (await options.journal.done(code, digest)) return { code, outcome: 'skipped' };
  const sent = await sendDossier(dossier, options);
  // Steps of a dossier that did not arrive would only hang in the air (quirk 15).
  if (sent.outcome !== 'created' && sent.outcome !== 'updated') return sent;
  for (const call of dossier.progress) {
    if (options.signal?.aborted || options.stopped?.())
      return { ...sent, error: { kind: 'cancelled', message: 'Đã dừng trước khi gửi tiến độ.' } };
    const answer = await send(call, dossier, options, 'steps-sent');
    // Steps that are there already are where they should be.
    if (!answer.ok && answer.error.kind !== 'duplicate') return { ...sent, error: answer.error };
  }
  await journal(options, dossier, 'DongBoHoSoMC', sent.outcome);
  return sent;
}

/** New first; "already there" turns it into an update, which is the same content again. */
async function sendDossier(dossier: PlannedDossier, options: ResyncOptions): Promise<DossierResult> {
  const { code } = dossier;
  const created = await send(dossier.dossier, dossier, options);
  if (created.ok) return { code, outcome: 'created' };
  if (created.error.kind !== 'duplicate') return { code, outcome: outcomeOf(created.error), error: created.error };
  if (options.signal?.aborted || options.stopped?.())
    return { code, outcome: 'not-sent', error: { kind: 'cancelled', message: 'Đã dừng trước khi cập nhật.' } };
  const call: PlannedCall = { ...dossier.dossier, body: { ...dossier.dossier.body, isUpdating: 'True' } };
  const updated = await send(call, dossier, options);
  return updated.ok ? { code, outcome: 'updated' } : { code, outcome: outcomeOf(updated.error), error: updated.error };
}

/** A call that got no answer may have arrived; one that was refused has not. */
const outcomeOf = ({ kind, status }: Failure): 'refused' | 'unknown' =>
  ['network', 'timeout', 'cancelled', 'schema'].includes(kind) || (status ?? 0) >= 500 ? 'unknown' : 'refused';

async function send(call: PlannedCall, dossier: PlannedDossier, options: ResyncOptions, good?: SentOutcome) {
  await journal(options, dossier, call.service, 'sending');
  const { session: _, madonvi: __, service: ___, ...body } = call.body;
  const answer = await options.client.call({
    service: call.service,
    send: body,
    writes: true,
    signal: options.signal,
  });
  if (answer.ok && good) await journal(options, dossier, call.service, good);
  if (!answer.ok) {
    const outcome = outcomeOf(answer.error) === 'unknown' ? 'no-answer' : 'refused';
    await journal(options, dossier, call.service, outcome, answer.error.kind);
  }
  return answer;
}

function journal(
  { journal: book, clock = () => Math.floor(Date.now() / 1000) }: ResyncOptions,
  { code, digest }: PlannedDossier,
  service: PlannedCall['service'],
  outcome: SentOutcome,
  kind?: Failure['kind'],
): Promise<void> {
  return book.append({ code, service, at: clock(), outcome, digest, ...(kind !== undefined && { kind }) });
}
