import {
  type DvcqgClient,
  opencpsClient,
  planResync,
  type ResyncPlan,
  readConfig,
  resendContent,
  resyncClient,
  runResync,
  type Secrets,
  upstreamOf,
} from '../../connectors/index.ts';
import { sentJournal } from '../../lib/platform/job-store.ts';
import type { Answer, Ask } from './protocol.ts';

type PlanAsk = Extract<Ask, { type: 'resend-plan' }>;

/** «Gửi lại» in the worker: what would be sent stays in its memory, is shown, and is forgotten once it was sent. */
export class ResendSession {
  readonly #answer: (answer: Answer) => void;
  #ready: { client: DvcqgClient; plan: ResyncPlan } | null = null;
  #abort: AbortController | null = null;

  constructor(answer: (answer: Answer) => void) {
    this.#answer = answer;
  }

  /** Reads the dossiers from the city and shows what would be sent. Writes nothing. */
  async plan({ codes, city, portal, connections }: PlanAsk, secrets: Secrets): Promise<void> {
    this.#ready = null;
    const config = readConfig(connections);
    const one = config.ok ? upstreamOf(config.data, city) : null;
    const other = config.ok ? upstreamOf(config.data, portal) : null;
    if (!one?.ok || one.value.kind !== 'opencps' || !other?.ok || other.value.kind !== 'dvcqg')
      return this.#failed('kết nối này không còn được khai');
    const [from, to] = [await opencpsClient(one.value, { secrets }), await resyncClient(other.value, { secrets })];
    if (!from.ok) return this.#failed(from.error.message);
    if (!to.ok) return this.#failed(to.error.message);
    this.#abort = new AbortController();
    const content = await resendContent(codes, { city: from.value, portal: to.value }, this.#abort.signal);
    if (!content.ok) return this.#failed(content.error.message);
    const plan = await planResync(to.value, content.value.items);
    if (!plan.ok) return this.#failed(plan.error.message);
    this.#ready = { client: to.value, plan: plan.value };
    this.#answer({ type: 'resend-planned', plan: plan.value, blocked: content.value.blocked });
  }

  /** Sends the plan that was shown, and only that one. `since`: when the portal was read, epoch seconds. */
  async run(confirmation: string, since: number): Promise<void> {
    if (!this.#ready) return this.#failed('chưa xem trước nội dung gửi');
    const { client, plan } = this.#ready;
    this.#ready = null;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const report = await runResync({
      client,
      plan,
      confirmation,
      journal: sentJournal(since),
      // What is on its way is waited for: a call that was cut off may have arrived, and nobody would know.
      stopped: () => signal.aborted,
      onDossier: (result) => this.#answer({ type: 'resend-sent', result }),
    });
    if (!report.ok) return this.#failed(report.error.message);
    this.#answer({ type: 'resend-done', stopped: report.value.stopped ?? null });
  }

  stop(): void {
    this.#abort?.abort();
  }

  #failed(message: string): void {
    this.#answer({ type: 'resend-failed', message });
  }
}
