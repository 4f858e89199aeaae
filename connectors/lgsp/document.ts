import * as z from 'zod/mini';
import { digestOf } from '../digest.ts';
import { failure, type Result, success } from '../errors.ts';
import type { LgspClient } from './client.ts';
import { DocumentTrace, SyncDocument } from './schema.ts';

/** Writing to LGSP (`SyncDocument`, `UpdateDocumentTraces`). Nothing is sent without the confirmation of its own dry run. */

const CALLS = {
  document: { path: 'Document/SyncDocument', schema: SyncDocument },
  trace: { path: 'Document/UpdateDocumentTraces', schema: DocumentTrace },
} as const;

export interface DocumentPlan {
  path: string;
  /** The body exactly as it would go. With personal data: for the screen, not for a file. */
  body: SyncDocument | DocumentTrace;
  code: string;
  /** What a person gives back to confirm; another content has another word. */
  confirmation: string;
}

/** The dry run: checks the object strictly and shows what would go. A fault names the field, never its value. */
export async function planDocument(kind: keyof typeof CALLS, value: unknown): Promise<Result<DocumentPlan>> {
  const { path, schema } = CALLS[kind];
  const parsed = z.safeParse<z.ZodMiniType<SyncDocument | DocumentTrace>>(schema, value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.map(String).join('.');
    return failure({
      kind: 'schema',
      message: `${path}: trường «${where}» thiếu, lạ hoặc sai dạng. Chưa gửi gì.`,
      call: path,
    });
  }
  const digest = await digestOf(`${path}\n${JSON.stringify(parsed.data)}`);
  return success({ path, body: parsed.data, code: parsed.data.DocCode, confirmation: digest.slice(0, 12) });
}

/** Sends a plan whose confirmation the caller gives back. Not repeated by itself: without an answer it may have arrived. */
export function sendDocument(
  client: LgspClient,
  plan: DocumentPlan,
  confirmation: string,
  signal?: AbortSignal,
): Promise<Result<null>> {
  if (confirmation !== plan.confirmation)
    return Promise.resolve(
      failure({
        kind: 'permission',
        message: 'Từ xác nhận không khớp với bản xem trước. Chưa gửi gì.',
        call: plan.path,
      }),
    );
  return client.post(plan.path, plan.body, signal);
}
