import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { now, version } from '../../lib/platform/index.ts';
import { monthOf, SIDES, type Side } from '../../lib/reconcile/index.ts';
import { Button, LiveRegion } from '../../lib/ui/index.ts';
import { download } from '../shared/download.ts';
import { useNow, useSetting } from '../shared/hooks.ts';
import type { WorkerLike } from '../shared/worker.ts';
import { useCityAddress } from './city-address.ts';
import { Compare } from './compare.tsx';
import { Jobs } from './jobs.tsx';
import { Failed, Plan, Running, Stopped } from './progress.tsx';
import type { JobRequest, Source } from './protocol.ts';
import { OPTIONAL, whyNotYet } from './ready.ts';
import { ResendStep } from './resend-step.tsx';
import { Results } from './results.tsx';
import { EMPTY, Runner, type View } from './run.ts';
import { type Choice, NOTHING, SourceCard } from './sources.tsx';
import {
  allowSystem,
  chosenSystems,
  needsUnits,
  notAllowed,
  remotesOf,
  resendPair,
  secretsFor,
  systemsOf,
  unitsFor,
} from './systems.ts';
import { Window } from './window.tsx';

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv;charset=utf-8',
} as const;

/** "Đối soát": the dossiers of the city, of the portal and of the bus, held against each other on this machine. */
export function Reconcile({ hire }: { hire: () => WorkerLike }) {
  const connections = useSetting('connections');
  const ready = useNow() !== null && connections !== null;
  if (!ready)
    return (
      <main class="center" aria-busy="true">
        <p>Đang mở…</p>
      </main>
    );
  return <Open hire={hire} connections={connections} />;
}

function Open({ hire, connections }: { hire: () => WorkerLike; connections: string }) {
  const [view, setView] = useState<View>(EMPTY);
  const [message, setMessage] = useState('');
  const [runner] = useState(
    () =>
      new Runner({
        hire,
        onChange: setView,
        onExported: (format, bytes) => {
          download(bytes, `doi-soat.${format}`, TYPES[format]);
          setMessage(`Đã tải doi-soat.${format}`);
        },
      }),
  );
  useEffect(() => () => runner.end(), [runner]);
  const [choices, setChoices] = useState<Record<Side, Choice>>({ city: NOTHING, national: NOTHING, lgsp: NOTHING });
  const month = useMemo(() => monthOf(now()), []);
  const [units, setUnits] = useState('');
  const [from, setFrom] = useState(month.from);
  const [to, setTo] = useState(month.to);
  const [jobs, setJobs] = useState(0);
  /** A job that is gone on with keeps its id and its day. */
  const [resumed, setResumed] = useState<{ id: string; now: number } | null>(null);
  const [after, setAfter] = useState<string | null>(null);
  const systems = useMemo(() => remotesOf(connections), [connections]);
  const { stage } = view;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (stage.kind !== 'choosing') heading.current?.focus();
    if (stage.kind === 'done' || stage.kind === 'stopped') setJobs((count) => count + 1);
  }, [stage.kind]);

  const chosen = SIDES.filter((side) => choices[side].kind !== 'none');
  const asked = chosenSystems(systems, choices);
  const asks = chosen.some((side) => choices[side].kind === 'upstream');
  const wanted = unitsFor(units, asked);
  const why = whyNotYet({
    choices,
    files: view.files,
    period: asks ? { from, to } : null,
    unitsLacking: wanted.length === 0 && needsUnits(asked),
  });

  async function check(id: string): Promise<void> {
    const system = systems.find((one) => one.id === id);
    if (!system) return;
    if (await allowSystem(system)) runner.check(id, connections, await secretsFor([system]));
    else setMessage('Trình duyệt chưa được phép hỏi hệ thống này');
  }

  async function prepare(
    job = { id: resumed?.id ?? crypto.randomUUID(), now: resumed?.now ?? now() * 60 },
  ): Promise<void> {
    const closed = await notAllowed(asked);
    if (closed) {
      setMessage(`Trình duyệt chưa được phép hỏi «${closed.id}»: bấm «Kiểm tra kết nối» ở nguồn ấy`);
      return;
    }
    const sources = chosen.flatMap((side): Source[] => {
      const choice = choices[side];
      if (choice.kind === 'none') return [];
      if (choice.kind === 'upstream') return [{ kind: 'upstream', side, id: choice.id }];
      return [{ kind: 'file', side, file: choice.file, name: choice.file.name, mapping: choice.mapping }];
    });
    const request: JobRequest = {
      ...job,
      sources,
      units: asks ? wanted : [],
      period: asks ? { from, to } : null,
      connections,
      secrets: await secretsFor(asked),
      after,
    };
    runner.plan(request);
  }

  const openAddress = useCityAddress();
  const pair = resendPair(systems, choices);

  /** The same sources once more, as a job of its own. */
  function reconcileAgain(): void {
    runner.leaveResend();
    setResumed(null);
    void prepare({ id: crypto.randomUUID(), now: now() * 60 });
  }

  return (
    <div class="page">
      <header>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            Đối soát
          </h1>
          <p class="soft">
            Hồ sơ của Thành phố, Cổng DVCQG và LGSP-HCM đặt cạnh nhau, từng hồ sơ một. Tệp được đọc trên máy này; không
            đọc tên, số điện thoại, số định danh.
          </p>
        </div>
        <a href="/options.html#connections">Cài đặt kết nối</a>
      </header>
      <LiveRegion message={message} />
      <main>
        {stage.kind === 'choosing' && (
          <>
            <div class="sources">
              {SIDES.map((side) => {
                const choice = choices[side];
                return (
                  <SourceCard
                    key={side}
                    side={side}
                    optional={OPTIONAL[side]}
                    choice={choice}
                    looked={view.files[side]}
                    systems={systemsOf(systems, side)}
                    check={choice.kind === 'upstream' ? view.checks[choice.id] : undefined}
                    onChoice={(next) => {
                      setChoices({ ...choices, [side]: next });
                      if (next.kind !== 'file') runner.forget(side);
                    }}
                    onLook={(file, mapping) => runner.look(side, file, mapping)}
                    onCheck={(id) => void check(id)}
                  />
                );
              })}
            </div>
            {asks && <Window from={from} to={to} units={units} onFrom={setFrom} onTo={setTo} onUnits={setUnits} />}
            <div class="actions">
              <Button kind="primary" disabledReason={why} onRefused={setMessage} onClick={() => void prepare()}>
                {resumed ? 'Xem phần còn lại' : 'Xem trước'}
              </Button>
              {why !== null && <span class="soft">{why}</span>}
            </div>
            <Jobs
              count={jobs}
              current={resumed?.id ?? null}
              after={after}
              onAfter={setAfter}
              onResume={(job) => {
                setResumed({ id: job.id, now: job.spec.now });
                setUnits(job.spec.units.join(', '));
                if (job.spec.period) {
                  setFrom(job.spec.period.from);
                  setTo(job.spec.period.to);
                }
                const next = { ...choices };
                for (const { side, mode, name } of job.spec.sources)
                  if (mode !== 'whole') next[side] = { kind: 'upstream', id: name };
                setChoices(next);
                setMessage('Chọn lại các tệp (nếu có) rồi bấm «Xem phần còn lại»');
              }}
            />
          </>
        )}
        {stage.kind === 'planning' && <p aria-busy="true">Đang xem các nguồn…</p>}
        {stage.kind === 'planned' && (
          <Plan plan={stage.plan} onStart={() => runner.start()} onBack={() => runner.again()} />
        )}
        {stage.kind === 'running' && (
          <Running
            progress={stage.progress}
            paused={stage.paused}
            troubles={stage.troubles}
            onPause={(paused) => runner.pause(paused)}
            onStop={() => runner.stop()}
          />
        )}
        {stage.kind === 'stopped' && <Stopped onStart={() => runner.start()} onBack={() => runner.again()} />}
        {stage.kind === 'failed' && <Failed message={stage.message} onBack={() => runner.again()} />}
        {stage.kind === 'done' && (
          <Results
            report={stage.report}
            openAddress={openAddress}
            onSay={setMessage}
            resend={
              pair
                ? (shown) => (
                    <ResendStep
                      shown={shown}
                      pair={pair}
                      connections={connections}
                      runner={runner}
                      state={view.resend}
                      onSay={setMessage}
                      onAgain={reconcileAgain}
                    />
                  )
                : undefined
            }
          >
            <Button kind="primary" onClick={() => runner.export('xlsx')}>
              Tải báo cáo .xlsx
            </Button>
            <Button onClick={() => runner.export('csv')}>Tải .csv</Button>
            <Compare report={stage.report} />
            {!stage.complete && <Button onClick={() => runner.start()}>Hỏi lại phần chưa làm</Button>}
            <Button
              onClick={() => {
                setResumed(null);
                runner.again();
              }}
            >
              Đối soát lần khác
            </Button>
          </Results>
        )}
      </main>
      <footer class="soft small">
        Đúng Hẹn {version()}. Kết quả chỉ có mã hồ sơ, ngày và trạng thái, nằm trên máy này.
      </footer>
    </div>
  );
}
