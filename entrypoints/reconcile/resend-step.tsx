import type { RemoteUpstream } from '../../connectors/index.ts';
import type { Difference } from '../../lib/reconcile/index.ts';
import { curableOf, ResendPanel } from './resend.tsx';
import type { Resend, Runner } from './run.ts';
import { notAllowed, secretsFor } from './systems.ts';

/** «Gửi lại» between the page and the worker. */
export function ResendStep({
  shown,
  pair: { city, portal },
  connections,
  runner,
  state,
  onSay,
  onAgain,
}: {
  /** Dossiers that pass the filter. */
  shown: readonly Difference[];
  pair: { city: RemoteUpstream; portal: RemoteUpstream };
  connections: string;
  runner: Runner;
  state: Resend;
  onSay: (text: string) => void;
  onAgain: () => void;
}) {
  async function prepare(codes: string[]): Promise<void> {
    const closed = await notAllowed([city, portal]);
    if (closed) {
      onSay(`Trình duyệt chưa được phép hỏi «${closed.id}»: xem Cài đặt → Kết nối`);
      return;
    }
    const secrets = await secretsFor([city, portal]);
    runner.prepareResend({ codes, city: city.id, portal: portal.id, connections, secrets });
  }
  return (
    <ResendPanel
      curable={curableOf(shown)}
      state={state}
      onPrepare={(codes) => void prepare(codes)}
      onSend={() => runner.resend()}
      onStop={() => runner.stopResend()}
      onLeave={() => runner.leaveResend()}
      onAgain={onAgain}
    />
  );
}
