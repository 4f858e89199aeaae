import { useMemo } from 'preact/hooks';
import type { Spotcheck } from '../../lib/platform/index.ts';
import { deviationsOf, GROUPING_WORDS, type Grouping, rateOfDeviation } from '../../lib/sampling/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { OperatingCurve } from './curve.tsx';
import type { DesignForm, Made, Problem } from './design.ts';
import { Field } from './field.tsx';
import { FrozenFacts } from './frozen-facts.tsx';
import type { FrozenAnswer } from './protocol.ts';
import { Checks } from './setup-checks.tsx';
import { Planned, StrataTable } from './setup-planned.tsx';

const GOALS: readonly (readonly [DesignForm['goal'], string])[] = [
  ['margin', 'Theo sai số và độ tin cậy'],
  ['size', 'Số hồ sơ cho trước'],
  ['plan', 'Phương án chấp nhận (n, c)'],
];

const PLAN_WHOLE = 'phương án chấp nhận chỉ dùng với danh sách không chia nhóm';

/** Spot checks that tell something about the strata of this list. */
function usablePrevious(kept: readonly Spotcheck[], names: readonly string[]): [Spotcheck, Map<string, number>][] {
  return kept.flatMap((check) => {
    const known = deviationsOf(check.record);
    return names.some((name) => known.has(name)) ? [[check, known] as [Spotcheck, Map<string, number>]] : [];
  });
}

/** How many are drawn of what, and what is looked at in them; recalculated at every change. */
export function DesignStep({
  form,
  frozen,
  stale,
  groupings,
  kept,
  made,
  problems,
  onForm,
  onNext,
  onBack,
  onRefused,
}: {
  form: DesignForm;
  frozen: FrozenAnswer;
  /** The list is being divided anew; the figures are of the division before. */
  stale: boolean;
  /** What the source tells of its dossiers. */
  groupings: readonly Grouping[];
  kept: readonly Spotcheck[];
  made: Made | null;
  problems: readonly Problem[];
  onForm: (form: DesignForm) => void;
  onNext: () => void;
  onBack: () => void;
  onRefused: (reason: string) => void;
}) {
  const { strata } = frozen.summary;
  const names = strata.map(({ name }) => name);
  const previous = useMemo(() => usablePrevious(kept, names), [kept, names.join('\n')]);
  const field = (id: keyof DesignForm & string, label: string, unit?: string) => (
    <Field
      id={id}
      label={label}
      value={form[id] as string}
      problems={problems}
      onChange={(value) => onForm({ ...form, [id]: value })}
      {...(unit !== undefined && { unit })}
    />
  );
  const why = stale ? 'Đang chia nhóm lại danh sách' : problems.length > 0 ? (problems[0]?.message ?? null) : null;
  return (
    <div class="design">
      <div class="design-form">
        <fieldset class="card">
          <legend>Rút bao nhiêu</legend>
          {GOALS.map(([id, label]) => (
            <label key={id} class="check">
              <input
                type="radio"
                name="goal"
                checked={form.goal === id}
                onChange={() => onForm({ ...form, goal: id, by: id === 'plan' ? null : form.by })}
              />
              {label}
            </label>
          ))}
          <div class="line-of-fields">
            {form.goal === 'margin' && field('margin', 'Sai số ±', 'điểm %')}
            {form.goal === 'margin' && field('expected', 'Tỷ lệ đạt dự kiến', '%')}
            {form.goal === 'size' && field('size', 'Số hồ sơ', 'hồ sơ')}
            {form.goal === 'plan' && field('acceptable', 'Tỷ lệ lỗi vẫn được nhận', '%')}
            {form.goal === 'plan' && field('rejectable', 'Tỷ lệ lỗi phải bị từ chối', '%')}
            {form.goal === 'plan' && field('producerRisk', 'Rủi ro từ chối oan', '%')}
            {form.goal === 'plan' && field('consumerRisk', 'Rủi ro để lọt', '%')}
            {field('confidence', 'Độ tin cậy', '%')}
          </div>
        </fieldset>
        <fieldset class="card">
          <legend>Chia nhóm</legend>
          <div class="line-of-fields">
            <label>
              Rút theo
              <select
                value={form.by ?? ''}
                disabled={form.goal === 'plan'}
                onChange={(event) =>
                  onForm({ ...form, by: (event.currentTarget.value || null) as Grouping | null, rates: {} })
                }
              >
                <option value="">không chia nhóm</option>
                {groupings.map((by) => (
                  <option key={by} value={by}>
                    {GROUPING_WORDS[by]}
                  </option>
                ))}
              </select>
            </label>
            {form.by !== null && (
              <label>
                Chia mẫu cho các nhóm
                <select
                  value={form.allocation}
                  onChange={(event) =>
                    onForm({ ...form, allocation: event.currentTarget.value === 'neyman' ? 'neyman' : 'proportional' })
                  }
                >
                  <option value="proportional">theo số hồ sơ</option>
                  <option value="neyman">theo kỳ trước (Neyman)</option>
                </select>
              </label>
            )}
            {form.by !== null && field('minimum', 'Mỗi nhóm ít nhất', 'hồ sơ')}
            {form.by !== null && field('pool', 'Gộp nhóm dưới', 'hồ sơ')}
          </div>
          {form.goal === 'plan' && <p class="soft">Không chia nhóm được: {PLAN_WHOLE}.</p>}
          {form.goal !== 'plan' && groupings.length === 0 && (
            <p class="soft">Nguồn không ghi đơn vị, lĩnh vực hay kênh nộp nên không chia nhóm được.</p>
          )}
          {form.by !== null && form.allocation === 'neyman' && (
            <>
              <p class="soft">
                Ghi tỷ lệ đạt kỳ trước của từng nhóm ở bảng bên. Nhóm để trống được coi là khó đoán nhất (50 %).
              </p>
              {previous.map(([check, known]) => (
                <Button
                  key={check.id}
                  kind="small"
                  onClick={() =>
                    onForm({
                      ...form,
                      rates: Object.fromEntries(
                        [...known].map(([name, deviation]) => [name, percentText(rateOfDeviation(deviation))]),
                      ),
                    })
                  }
                >
                  Lấy từ «{check.name}»
                </Button>
              ))}
            </>
          )}
        </fieldset>
        <Checks checks={form.checks} problems={problems} onChange={(checks) => onForm({ ...form, checks })} />
      </div>
      <div class="design-result">
        <FrozenFacts frozen={frozen} />
        <section class="card" aria-labelledby="planned-title" aria-busy={stale}>
          <h3 id="planned-title">Sẽ rút</h3>
          {made ? <Planned made={made} /> : <p class="soft">Chưa tính được: {problems[0]?.message}</p>}
          {form.by !== null && (
            <StrataTable form={form} frozen={frozen} made={made} problems={problems} onForm={onForm} />
          )}
          {made?.planned.design.basis.kind === 'plan' && (
            <OperatingCurve count={frozen.summary.count} plan={made.planned.design.basis} />
          )}
        </section>
        <div class="actions">
          <Button kind="primary" disabledReason={why} onRefused={onRefused} onClick={onNext}>
            Chốt cách rút
          </Button>
          <Button onClick={onBack}>Sửa danh sách</Button>
          {why !== null && <span class="soft">{why}</span>}
        </div>
      </div>
    </div>
  );
}

const percentText = (rate: number): string => (rate * 100).toLocaleString('vi', { maximumFractionDigits: 1 });
