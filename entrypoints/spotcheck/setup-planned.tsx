import { countText, sampleSize, sizeSentence } from '../../lib/sampling/index.ts';
import type { DesignForm, Made, Problem } from './design.ts';
import type { FrozenAnswer } from './protocol.ts';

/** How many are drawn, and what that can and cannot tell. */
export function Planned({ made: { planned } }: { made: Made }) {
  const size = sampleSize(planned);
  const { basis } = planned.design;
  return (
    <div role="status">
      <p class="kept">
        <strong>{countText(size)}</strong> hồ sơ
        {basis.kind === 'plan' && `; chấp nhận khi có không quá ${basis.c} hồ sơ lỗi`}
      </p>
      <p>{sizeSentence(planned)}</p>
    </div>
  );
}

/** How many are drawn of each stratum; for Neyman's allocation the rates of last time are typed here. */
export function StrataTable({
  form,
  frozen,
  made,
  problems,
  onForm,
}: {
  form: DesignForm;
  frozen: FrozenAnswer;
  made: Made | null;
  problems: readonly Problem[];
  onForm: (form: DesignForm) => void;
}) {
  const neyman = form.allocation === 'neyman';
  return (
    <table class="strata">
      <thead>
        <tr>
          <th scope="col">Nhóm</th>
          <th scope="col">Hồ sơ</th>
          {neyman && <th scope="col">Tỷ lệ đạt kỳ trước (%)</th>}
          <th scope="col">Rút</th>
        </tr>
      </thead>
      <tbody>
        {frozen.summary.strata.map(({ name, count }, i) => {
          const problem = problems.find(({ field }) => field === `rate-${i}`);
          return (
            <tr key={name}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              <td>{countText(count)}</td>
              {neyman && (
                <td>
                  <input
                    size={6}
                    inputMode="decimal"
                    aria-label={`Tỷ lệ đạt kỳ trước của ${name}, phần trăm`}
                    aria-invalid={problem !== undefined || undefined}
                    value={form.rates[name] ?? ''}
                    onInput={(event) =>
                      onForm({ ...form, rates: { ...form.rates, [name]: event.currentTarget.value } })
                    }
                  />
                </td>
              )}
              <td>{countText(made?.planned.population.strata.find((one) => one.name === name)?.size ?? 0)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
