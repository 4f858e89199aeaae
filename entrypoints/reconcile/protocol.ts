import * as z from 'zod/mini';
import {
  type BlockedDossier,
  type DossierResult,
  FileMapping,
  type Inspection,
  type ResyncPlan,
} from '../../connectors/index.ts';
import { type JobEvent, type JobPlan, type ReconcileReport, SIDES } from '../../lib/reconcile/index.ts';

/** What page and worker say to each other. Files and everything read from them stay in the worker; the page gets the differences. */

const SideName = z.enum(SIDES);
const Id = z.string().check(z.minLength(1), z.maxLength(60));
const IsoDay = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

const Source = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('file'),
    side: SideName,
    file: z.instanceof(Blob),
    name: z.string(),
    mapping: FileMapping,
  }),
  z.object({ kind: z.literal('upstream'), side: SideName, id: Id }),
]);
export type Source = z.infer<typeof Source>;

/** Everything a job needs; what is secret comes with it and is kept in the worker's memory only. */
export const JobRequest = z.object({
  id: Id,
  sources: z.array(Source).check(z.minLength(2), z.maxLength(3)),
  units: z.array(z.string()),
  period: z.nullable(z.object({ from: IsoDay, to: IsoDay })),
  /** Epoch seconds. */
  now: z.number(),
  /** Text of the unit's connections, and the secrets that they name. */
  connections: z.string(),
  secrets: z.record(z.string(), z.string()),
  /** Job whose answers may be used again; null: none. */
  after: z.nullable(Id),
});
export type JobRequest = z.infer<typeof JobRequest>;

export const Ask = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('look'),
    side: SideName,
    file: z.instanceof(Blob),
    name: z.string(),
    mapping: FileMapping,
  }),
  z.object({ type: z.literal('plan'), job: JobRequest }),
  z.object({ type: z.literal('start') }),
  z.object({ type: z.literal('check'), id: Id, connections: z.string(), secrets: z.record(z.string(), z.string()) }),
  z.object({
    type: z.literal('resend-plan'),
    codes: z.array(z.string()).check(z.minLength(1)),
    city: Id,
    portal: Id,
    connections: z.string(),
    secrets: z.record(z.string(), z.string()),
  }),
  z.object({ type: z.literal('resend-run'), confirmation: z.string() }),
  z.object({ type: z.literal('resend-stop') }),
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('export'), format: z.enum(['xlsx', 'csv']) }),
]);
export type Ask = z.infer<typeof Ask>;

export type Answer =
  | { type: 'looked'; side: Source['side']; inspection: Inspection }
  | { type: 'refused'; side: Source['side']; message: string }
  | { type: 'planned'; plan: JobPlan }
  | { type: 'event'; event: JobEvent }
  /** `complete` false: something could not be asked; the job can be gone on with. */
  | { type: 'report'; report: ReconcileReport; complete: boolean }
  /** By the user; it can be gone on with. */
  | { type: 'stopped' }
  | { type: 'checked'; id: string; ok: boolean; message: string }
  | { type: 'exported'; format: 'xlsx' | 'csv'; bytes: Uint8Array }
  /** With personal data: for the screen only. */
  | { type: 'resend-planned'; plan: ResyncPlan; blocked: BlockedDossier[] }
  | { type: 'resend-sent'; result: DossierResult }
  | { type: 'resend-done'; stopped: string | null }
  | { type: 'resend-failed'; message: string }
  | { type: 'failed'; message: string };
