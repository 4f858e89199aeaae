import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { now, type Spotcheck } from '../../lib/platform/index.ts';
import { GROUPINGS, type Grouping, NO_STRATUM } from '../../lib/sampling/index.ts';
import { fullDate } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { useWorklist } from '../shared/hooks.ts';
import { type DesignForm, madeOf, NEW_DESIGN, type Problem, poolOf } from './design.ts';
import { type Desk, Refused } from './desk.ts';
import { ALL, type Counts, type Filter } from './population.ts';
import type { FrozenAnswer, SourceAsk } from './protocol.ts';
import { DesignStep } from './setup-design.tsx';
import { DrawStep } from './setup-draw.tsx';
import { type Leave, ListFilter } from './setup-filter.tsx';
import { FileChoice, SourceChoice, useChosenFile } from './setup-source.tsx';
import { stepKeys, useWork, WorkState } from './work.tsx';

const STEPS = ['Danh sách', 'Thiết kế', 'Rút'] as const;
type Step = 0 | 1 | 2;
const LEAVE: Leave = { firstOfEach: false, withoutUnreadable: false };

interface Read {
  name: string;
  counts: Counts;
}

/** A new spot check: list, design, draw, each frozen before the next begins. */
export function Setup({
  desk,
  kept,
  file: given,
  onDrawn,
  onLeave,
  onSay,
}: {
  desk: Desk;
  kept: readonly Spotcheck[];
  /** A file to begin with; null: the person chooses. */
  file: File | null;
  onDrawn: (check: Spotcheck) => void;
  onLeave: () => void;
  onSay: (message: string) => void;
}) {
  const work = useWork(desk);
  const [step, setStep] = useState<Step>(0);
  const { chosen, look, drop } = useChosenFile(desk);
  const [read, setRead] = useState<Read | null>(null);
  const [filter, setFilter] = useState<Filter>(ALL);
  const [leave, setLeave] = useState<Leave>(LEAVE);
  const [form, setForm] = useState<DesignForm>(NEW_DESIGN);
  const [frozen, setFrozen] = useState<FrozenAnswer | null>(null);
  /** How the frozen list is divided, and what stood in the way of dividing it otherwise. */
  const [divided, setDivided] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [worklist] = useWorklist();
  const seen = worklist.kind === 'ready' ? worklist.list.entries : [];
  const heading = useRef<HTMLHeadingElement>(null);
  const counting = useRef(0);
  const pool = poolOf(form);
  const division = JSON.stringify([form.by, pool]);

  useEffect(() => {
    if (given) look(given, {});
  }, []);
  useEffect(() => heading.current?.focus(), [step]);

  function open(source: SourceAsk, name: string): void {
    work.run(
      'Đang đọc danh sách…',
      (progress) => desk.ask({ type: 'read', source }, progress),
      (counts) => {
        setRead({ name, counts });
        setFilter(ALL);
        setLeave(LEAVE);
        setFrozen(null);
      },
    );
  }

  function narrow(next: Filter): void {
    setFilter(next);
    const nr = ++counting.current;
    desk.ask({ type: 'count', filter: next }).then(
      (counts) => nr === counting.current && setRead((before) => before && { ...before, counts }),
      (error: unknown) => error instanceof Refused && onSay(error.message),
    );
  }

  const freezing = (by: Grouping | null, pooledUnder: number) =>
    desk.ask({
      type: 'freeze',
      list: { filter, by, pooledUnder, ...leave },
      known: seen.map(({ code, host }) => ({ code, host })),
    });

  function freeze(): void {
    const [by, pooledUnder] = pool === null ? [null, 1] : [form.by, pool];
    work.run(
      'Đang chốt danh sách…',
      () => freezing(by, pooledUnder),
      (answer) => {
        setFrozen(answer);
        setDivided(JSON.stringify([by, pooledUnder]));
        setRefused(null);
        setStep(1);
      },
    );
  }

  // Another division is another list: it is frozen anew, and its hash is another.
  useEffect(() => {
    if (step !== 1 || pool === null || division === divided) return;
    let live = true;
    freezing(form.by, pool).then(
      (answer) => {
        if (!live) return;
        setFrozen(answer);
        setDivided(division);
        setRefused(null);
      },
      (error: unknown) => live && setRefused(error instanceof Refused ? error.message : 'không chia nhóm được'),
    );
    return () => {
      live = false;
    };
  }, [division, step]);

  const result = useMemo(() => (frozen ? madeOf(form, frozen) : null), [form, frozen]);
  const stale = division !== divided;
  const problems: Problem[] = [
    ...(refused !== null && stale ? [{ field: 'pool', message: refused }] : []),
    ...(result && !result.ok ? result.problems : []),
  ];
  const made = result?.ok && !(refused !== null && stale) ? result.made : null;
  const groupings = read
    ? GROUPINGS.filter((by) => read.counts.values[by].some(([value]) => value !== NO_STRATUM))
    : [];
  const hosts = [...new Set([...(frozen?.hosts ?? []), ...seen.map(({ host }) => host)])];

  function draw({ seed, name, host }: { seed: string; name: string; host: string | null }): void {
    if (!frozen || !made) return;
    const { goal, confidence, allocation, minimum, deviations } = made.design;
    const design = { goal, confidence, allocation, minimum, deviations: Object.fromEntries(deviations ?? []) };
    const { sha256 } = frozen.summary;
    const ask = { id: crypto.randomUUID(), name, host, sha256, design, seed, checks: made.checks, now: Date.now() };
    work.run('Đang rút mẫu…', () => desk.ask({ type: 'draw', ask }), onDrawn);
  }

  const next = () => {
    const [problem] = problems;
    if (problem) onSay(problem.message);
    else if (!stale && made) setStep(2);
  };

  return (
    <section aria-labelledby="setup-title" class="setup">
      <div class="setup-head">
        <h2 id="setup-title" ref={heading} tabIndex={-1}>
          Đợt kiểm tra mới: {STEPS[step].toLowerCase()}
        </h2>
        <ol class="steps" aria-label="Các bước">
          {STEPS.map((name, i) => (
            <li key={name} aria-current={i === step ? 'step' : undefined} class={i < step ? 'done' : undefined}>
              {i + 1}. {name}
            </li>
          ))}
        </ol>
        <Button onClick={onLeave}>Thôi, về danh sách đợt</Button>
      </div>
      <WorkState work={work} />
      {step === 0 && !work.busy && read === null && chosen === null && (
        <SourceChoice
          onFile={(file) => look(file, {})}
          onJob={(id, name) => open({ kind: 'job', id, name }, name)}
          onRows={(rows, name) => open({ kind: 'rows', rows, name }, name)}
        />
      )}
      {step === 0 && !work.busy && read === null && chosen !== null && (
        <FileChoice
          chosen={chosen}
          onChoice={(choice, columns) => look(chosen.file, choice, columns)}
          onRead={() =>
            open({ kind: 'file', file: chosen.file, name: chosen.file.name, choice: chosen.choice }, chosen.file.name)
          }
          onDrop={drop}
        />
      )}
      {step === 0 && !work.busy && read !== null && (
        <ListFilter
          source={read.name}
          counts={read.counts}
          filter={filter}
          leave={leave}
          onFilter={narrow}
          onLeave={setLeave}
          onFreeze={freeze}
          onBack={() => {
            setRead(null);
            drop();
            work.clear();
          }}
          onRefused={onSay}
        />
      )}
      {step === 1 && frozen && (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside
        <div onKeyDown={stepKeys(next, () => setStep(0))}>
          <DesignStep
            form={form}
            frozen={frozen}
            stale={stale}
            groupings={groupings}
            kept={kept}
            made={made}
            problems={problems}
            onForm={setForm}
            onNext={next}
            onBack={() => setStep(0)}
            onRefused={onSay}
          />
        </div>
      )}
      {step === 2 && frozen && made && !work.busy && (
        <DrawStep
          frozen={frozen}
          made={made}
          name={`${read?.name ?? ''} – ${fullDate(now())}`.slice(0, 200)}
          hosts={hosts}
          onDraw={draw}
          onBack={() => setStep(1)}
          onRefused={onSay}
        />
      )}
    </section>
  );
}
