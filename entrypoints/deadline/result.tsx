import { useState } from 'preact/hooks';
import { Button, longMoment, Strip } from '../../lib/ui/index.ts';
import type { Answer } from './answer.ts';
import type { Fault } from './read.ts';
import type { Way } from './ways.ts';

/** Why there is no answer yet: every field to fill in or mend, each a link to it. */
export function NotYet({ faults }: { faults: readonly Fault[] }) {
  const wrong = faults.some(({ missing }) => !missing);
  return (
    <section class="card" aria-labelledby="answer">
      <h2 id="answer">{wrong ? 'Chưa tính được, cần sửa:' : 'Nhập tiếp để có hạn trả'}</h2>
      <ul>
        {faults.map(({ field, message }) => (
          <li key={field}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault();
                const control = document.getElementById(field);
                control?.closest('details')?.setAttribute('open', '');
                control?.focus();
              }}
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The answer, and everything that lets a person check it on paper. */
export function Result({ answer, onCopy }: { answer: Answer; onCopy: () => void }) {
  const {
    facts,
    headline,
    problem,
    next,
    policy,
    policyNotes,
    warnings,
    steps,
    strip,
    apology,
    ways,
    system,
    sources,
  } = answer;
  return (
    <>
      <section class={problem ? 'card answer problem' : 'card answer'} aria-labelledby="answer">
        <h2 id="answer">{problem ? 'Chưa có hạn trả' : 'Hạn trả kết quả'}</h2>
        <p class="headline">{headline}</p>
        {next !== '' && (
          <p>
            {next} {problem === 'no-calendar' && <a href="/options.html#calendar">Mở Cài đặt</a>}
          </p>
        )}
        {warnings.map((warning) => (
          <p key={warning} class="warning">
            <span aria-hidden="true">▲ </span>
            {warning}
          </p>
        ))}
        <ul class="facts">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        <p class="actions">
          <Button kind="primary" onClick={onCopy}>
            Chép kết quả
          </Button>
          <Button onClick={() => window.print()}>In</Button>
        </p>
      </section>

      {system && (
        <section class="card" aria-labelledby="system-title">
          <h2 id="system-title">So với ngày hẹn của hệ thống: {system.verdict}</h2>
          {system.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {system.steps.length > 0 && (
            <details>
              <summary>Hệ thống đã đếm từng bước như thế này</summary>
              <Steps steps={system.steps} />
            </details>
          )}
        </section>
      )}

      <section class="card" aria-labelledby="steps-title">
        <h2 id="steps-title">Đếm từng bước</h2>
        <div class="beside">
          <div>
            <p>
              Cách đếm của đơn vị: <strong>{policy}</strong>. <a href="/options.html">Đổi cách đếm</a>
            </p>
            <Steps steps={steps} />
            {policyNotes.map((note) => (
              <p key={note} class="soft small">
                {note}
              </p>
            ))}
          </div>
          {strip.length > 0 && <Strip weeks={strip} caption="Từng ngày của lần đếm này" />}
        </div>
      </section>

      {apology && (
        <section class="card" aria-labelledby="apology-title">
          <h2 id="apology-title">Nếu không kịp: thư xin lỗi</h2>
          <table class="rows">
            <tbody>
              {apology.rows.map(({ name, at, state }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td class="when">{at}</td>
                  <td class="soft">{state}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <details>
            <summary>Căn cứ</summary>
            <p class="soft small">{apology.note}</p>
          </details>
        </section>
      )}

      {ways.policies.length > 0 && (
        <section class="card" aria-labelledby="ways-title">
          <h2 id="ways-title">Đếm theo cách khác</h2>
          <WayTable caption="Đếm theo cách khác" head="Cách đếm" ways={ways.policies} />
          {ways.supplements.length > 0 && (
            <>
              <h3>Nếu tính việc bổ sung theo cách khác</h3>
              <WayTable caption="Nếu tính việc bổ sung theo cách khác" head="Khi bổ sung" ways={ways.supplements} />
            </>
          )}
        </section>
      )}

      <p class="soft small">{sources.join(' ')}</p>
    </>
  );
}

function Steps({ steps }: { steps: readonly string[] }) {
  return (
    <ol class="steps">
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

function WayTable({ caption, head, ways }: { caption: string; head: string; ways: readonly Way[] }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  function toggle(id: string): void {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  }
  return (
    <table class="rows ways" aria-label={caption}>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">Hạn trả</th>
          <th scope="col">So với cách của đơn vị</th>
          <th scope="col">
            <span class="hidden">Các bước</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {ways.map((way) => (
          <WayRow key={way.id} way={way} open={open.has(way.id)} onToggle={() => toggle(way.id)} />
        ))}
      </tbody>
    </table>
  );
}

function WayRow({ way, open, onToggle }: { way: Way; open: boolean; onToggle: () => void }) {
  const { name, source, own, due, difference, steps } = way;
  return (
    <>
      <tr class={own ? 'own' : undefined}>
        <th scope="row">{name}</th>
        <td class="when">{due === null ? 'chưa có hạn' : longMoment(due)}</td>
        <td>{own ? 'cách của đơn vị' : difference}</td>
        <td>
          <Button kind="small" expanded={open} label={`${open ? 'Ẩn bước' : 'Các bước'}: ${name}`} onClick={onToggle}>
            {open ? 'Ẩn bước' : 'Các bước'}
          </Button>
        </td>
      </tr>
      {open && (
        <tr class="told">
          <td colSpan={4}>
            <Steps steps={steps} />
            <p class="soft small">{source}.</p>
          </td>
        </tr>
      )}
    </>
  );
}
