import { STANDARD_CHECKS } from '../../lib/sampling/index.ts';
import { Button } from '../../lib/ui/index.ts';
import type { CheckForm, Problem } from './design.ts';
import { Field } from './field.tsx';

/** What is looked at in every dossier: the standard checks and the unit's own, each with the rate that is declared for it. */
export function Checks({
  checks,
  problems,
  onChange,
}: {
  checks: readonly CheckForm[];
  problems: readonly Problem[];
  onChange: (checks: CheckForm[]) => void;
}) {
  const unused = STANDARD_CHECKS.filter(({ name }) => !checks.some((check) => check.name === name));
  const none = problems.find(({ field }) => field === 'checks');
  const change = (at: number, part: Partial<CheckForm>) =>
    onChange(checks.map((check, i) => (i === at ? { ...check, ...part } : check)));
  /** The new field is where the person goes on typing. */
  function add(name: string): void {
    onChange([...checks, { name, declared: '' }]);
    const field = name === '' ? 'name' : 'declared';
    requestAnimationFrame(() => document.getElementById(`check-${checks.length}-${field}`)?.focus());
  }
  return (
    <fieldset class="card">
      <legend>Mục kiểm tra</legend>
      <p class="soft">Tỷ lệ đã khai (không bắt buộc): số đơn vị báo cáo, để so với kết quả kiểm tra.</p>
      {checks.map(({ name, declared }, i) => {
        const about = STANDARD_CHECKS.find((check) => check.name === name)?.about;
        return (
          <div key={i} class="check-row">
            <Field
              id={`check-${i}-name`}
              label={`Mục ${i + 1}`}
              value={name}
              problems={problems}
              wide
              onChange={(next) => change(i, { name: next })}
            />
            <Field
              id={`check-${i}-declared`}
              label="Đã khai"
              unit="%"
              value={declared}
              problems={problems}
              onChange={(next) => change(i, { declared: next })}
            />
            <Button
              kind="small"
              label={`Bỏ mục ${i + 1}${name === '' ? '' : `: ${name}`}`}
              onClick={() => onChange(checks.filter((_, other) => other !== i))}
            >
              Bỏ
            </Button>
            {about && <span class="soft small about">{about}</span>}
          </div>
        );
      })}
      {none && (
        <p class="problem" role="alert">
          {none.message}
        </p>
      )}
      <div class="actions">
        {unused.map(({ id, name }) => (
          <Button key={id} kind="small" onClick={() => add(name)}>
            + {name}
          </Button>
        ))}
        <Button kind="small" onClick={() => add('')}>
          + Mục khác
        </Button>
      </div>
    </fieldset>
  );
}
