import type { BlockedDossier, DossierResult, ResyncPlan } from '../../connectors/index.ts';
import type { JobEvent, JobPlan, ReconcileReport, Side } from '../../lib/reconcile/index.ts';
import type { LookedFile } from '../shared/file-facts.tsx';
import type { WorkerLike } from '../shared/worker.ts';
import type { Answer, Ask, JobRequest } from './protocol.ts';

export type Progress = Extract<JobEvent, { type: 'progress' }>;

export type Stage =
  | { kind: 'choosing' }
  | { kind: 'planning' }
  | { kind: 'planned'; plan: JobPlan }
  | { kind: 'running'; progress: Progress | null; paused: boolean; troubles: readonly string[] }
  | { kind: 'stopped' }
  | { kind: 'done'; report: ReconcileReport; complete: boolean }
  | { kind: 'failed'; message: string };

/** «Gửi lại», step by step. */
export type Resend =
  | { kind: 'none' }
  | { kind: 'reading' }
  | { kind: 'shown'; plan: ResyncPlan; blocked: readonly BlockedDossier[] }
  | { kind: 'sending' | 'sent'; count: number; results: readonly DossierResult[]; stopped: string | null }
  | { kind: 'failed'; message: string };

/** What the page shows of the worker. */
export interface View {
  stage: Stage;
  files: Partial<Record<Side, LookedFile>>;
  checks: Readonly<Record<string, { ok: boolean; message: string } | 'checking'>>;
  resend: Resend;
}

export const EMPTY: View = { stage: { kind: 'choosing' }, files: {}, checks: {}, resend: { kind: 'none' } };

/** Progress more often than this (ms) is not drawn: it would only be drawn. */
const QUIET_MS = 100;
const TROUBLES = 5;

interface Options {
  hire: () => WorkerLike;
  onChange: (view: View) => void;
  onExported: (format: 'xlsx' | 'csv', bytes: Uint8Array) => void;
}

/** The page's end of the worker. A worker that dies is said so, and the job can be gone on with. */
export class Runner {
  readonly #options: Options;
  #worker: WorkerLike | null = null;
  #view: View = EMPTY;
  #drawnAt = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  look(side: Side, file: File, mapping: Extract<Ask, { type: 'look' }>['mapping'] = {}): void {
    this.#change({ files: { ...this.#view.files, [side]: { ...this.#view.files[side], looking: true } } });
    this.#post({ type: 'look', side, file, name: file.name, mapping });
  }

  forget(side: Side): void {
    const { [side]: _, ...files } = this.#view.files;
    this.#change({ files });
  }

  check(id: string, connections: string, secrets: Record<string, string>): void {
    this.#change({ checks: { ...this.#view.checks, [id]: 'checking' } });
    this.#post({ type: 'check', id, connections, secrets });
  }

  plan(job: JobRequest): void {
    this.#change({ stage: { kind: 'planning' } });
    this.#post({ type: 'plan', job });
  }

  start(): void {
    this.#change({ stage: { kind: 'running', progress: null, paused: false, troubles: [] } });
    this.#post({ type: 'start' });
  }

  pause(paused: boolean): void {
    const { stage } = this.#view;
    if (stage.kind !== 'running') return;
    this.#change({ stage: { ...stage, paused } });
    this.#post({ type: paused ? 'pause' : 'resume' });
  }

  stop(): void {
    this.#post({ type: 'stop' });
  }

  export(format: 'xlsx' | 'csv'): void {
    this.#post({ type: 'export', format });
  }

  /** Reads the dossiers anew and shows what would be sent. */
  prepareResend(ask: Omit<Extract<Ask, { type: 'resend-plan' }>, 'type'>): void {
    this.#change({ resend: { kind: 'reading' } });
    this.#post({ type: 'resend-plan', ...ask });
  }

  /** Sends what was shown. */
  resend(): void {
    const { resend } = this.#view;
    if (resend.kind !== 'shown') return;
    const { plan } = resend;
    this.#change({ resend: { kind: 'sending', count: plan.dossiers.length, results: [], stopped: null } });
    this.#post({ type: 'resend-run', confirmation: plan.confirmation });
  }

  stopResend(): void {
    this.#post({ type: 'resend-stop' });
  }

  /** What was shown is forgotten. */
  leaveResend(): void {
    this.#change({ resend: { kind: 'none' } });
  }

  /** Back to the choice of sources; what was read of a job stays where it is kept. */
  again(): void {
    this.#change({ stage: { kind: 'choosing' }, resend: { kind: 'none' } });
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }

  #post(ask: Ask): void {
    if (!this.#worker) {
      this.#worker = this.#options.hire();
      this.#worker.onmessage = ({ data }) => this.#take(data as Answer);
      this.#worker.onerror = () => {
        this.end();
        this.#change({
          stage: { kind: 'failed', message: 'luồng xử lý bị trình duyệt dừng (thường do thiếu bộ nhớ)' },
        });
      };
    }
    this.#worker.postMessage(ask);
  }

  #take(answer: Answer): void {
    switch (answer.type) {
      case 'looked':
        this.#change({ files: { ...this.#view.files, [answer.side]: { inspection: answer.inspection } } });
        break;
      case 'refused':
        this.#change({ files: { ...this.#view.files, [answer.side]: { refused: answer.message } } });
        break;
      case 'checked':
        this.#change({ checks: { ...this.#view.checks, [answer.id]: answer } });
        break;
      case 'planned':
        this.#change({ stage: { kind: 'planned', plan: answer.plan } });
        break;
      case 'event':
        this.#follow(answer.event);
        break;
      case 'stopped':
        this.#change({ stage: { kind: 'stopped' } });
        break;
      case 'report':
        this.#change({ stage: { kind: 'done', report: answer.report, complete: answer.complete } });
        break;
      case 'exported':
        this.#options.onExported(answer.format, answer.bytes);
        break;
      case 'resend-planned':
        this.#change({ resend: { kind: 'shown', plan: answer.plan, blocked: answer.blocked } });
        break;
      case 'resend-sent':
        this.#sent({ result: answer.result });
        break;
      case 'resend-done':
        this.#sent({ stopped: answer.stopped });
        break;
      case 'resend-failed':
        this.#change({ resend: { kind: 'failed', message: answer.message } });
        break;
      case 'failed':
        this.#change({ stage: { kind: 'failed', message: answer.message } });
        break;
    }
  }

  #sent({ result, stopped }: { result?: DossierResult; stopped?: string | null }): void {
    const { resend } = this.#view;
    if (resend.kind !== 'sending') return;
    if (result) this.#change({ resend: { ...resend, results: [...resend.results, result] } });
    else this.#change({ resend: { ...resend, kind: 'sent', stopped: stopped ?? null } });
  }

  #follow(event: JobEvent): void {
    const { stage } = this.#view;
    if (stage.kind !== 'running') return;
    if (event.type === 'failed' || event.type === 'side-stopped') {
      const troubles = [...stage.troubles.filter((one) => one !== event.message), event.message].slice(-TROUBLES);
      this.#change({ stage: { ...stage, troubles } });
    }
    if (event.type !== 'progress') return;
    const now = performance.now();
    if (now - this.#drawnAt < QUIET_MS && event.done < event.total) return;
    this.#drawnAt = now;
    this.#change({ stage: { ...stage, progress: event } });
  }

  #change(part: Partial<View>): void {
    this.#view = { ...this.#view, ...part };
    this.#options.onChange(this.#view);
  }
}
