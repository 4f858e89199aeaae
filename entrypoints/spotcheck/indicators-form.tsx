import { useState } from 'preact/hooks';
import { isoDayOf, parsePeriod } from '../../lib/indicators/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { Drop } from '../shared/drop.tsx';
import { periodChoices } from './indicators-periods.ts';

/** What is computed. */
export interface IndicatorWish {
  /** As `parsePeriod` reads it. */
  period: string;
  unit: string | null;
  targets: { name: string; text: string } | null;
}

const OTHER = 'khac';
const MAX_BYTES = 5 * 1024 * 1024;

/** Period, unit and the unit's own targets; every change counts at once. */
export function IndicatorForm({
  wish,
  units,
  now,
  onWish,
}: {
  wish: IndicatorWish;
  /** Units of the source; empty until it has been read. */
  units: readonly string[];
  /** Epoch minutes. */
  now: number;
  onWish: (wish: IndicatorWish) => void;
}) {
  const groups = periodChoices(now);
  const known = groups.some(({ choices }) => choices.some(({ value }) => value === wish.period));
  const [own, setOwn] = useState(!known);
  const [refused, setRefused] = useState<string | null>(null);

  async function readTargetsFile(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    if (file.size > MAX_BYTES) return setRefused(`${file.name}: tệp lớn hơn 5 MB, không phải tệp mục tiêu`);
    setRefused(null);
    onWish({ ...wish, targets: { name: file.name, text: await file.text() } });
  }

  return (
    <section class="card indicator-form" aria-label="Kỳ, đơn vị, mục tiêu">
      <div class="line-of-fields">
        <label>
          Kỳ báo cáo
          <select
            value={own ? OTHER : wish.period}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setOwn(value === OTHER);
              if (value !== OTHER) onWish({ ...wish, period: value });
            }}
          >
            {groups.map(({ name, choices }) => (
              <optgroup key={name} label={name}>
                {choices.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </optgroup>
            ))}
            <option value={OTHER}>khoảng ngày khác…</option>
          </select>
        </label>
        {own && <DayRange period={wish.period} onPeriod={(period) => onWish({ ...wish, period })} />}
        <label>
          Đơn vị
          <select
            value={wish.unit ?? ''}
            onChange={(event) => onWish({ ...wish, unit: event.currentTarget.value || null })}
          >
            <option value="">tất cả</option>
            {units.map((unit) => (
              <option key={unit} value={unit}>
                {unit}
              </option>
            ))}
          </select>
        </label>
      </div>
      <details open={wish.targets !== null || refused !== null}>
        <summary>Mục tiêu riêng của đơn vị</summary>
        {wish.targets === null ? (
          <Drop
            accept=".json"
            label="Chọn tệp mục tiêu"
            hint="tệp JSON dạng dunghen-targets/1"
            onFiles={async ([file]) => readTargetsFile(file)}
          />
        ) : (
          <p class="actions">
            <span>
              Theo <bdi>{wish.targets.name}</bdi>
            </span>
            <Button onClick={() => onWish({ ...wish, targets: null })}>Bỏ mục tiêu</Button>
          </p>
        )}
        {refused !== null && (
          <p class="notice red" role="alert">
            {refused}
          </p>
        )}
      </details>
    </section>
  );
}

/** Two days of the person's own. */
function DayRange({ period, onPeriod }: { period: string; onPeriod: (period: string) => void }) {
  const parsed = parsePeriod(period);
  const [days, setDays] = useState({
    from: parsed ? isoDayOf(parsed.from) : '',
    to: parsed ? isoDayOf(parsed.to) : '',
  });
  const valid = parsePeriod(`${days.from}..${days.to}`) !== null;
  function put(next: typeof days): void {
    setDays(next);
    const text = `${next.from}..${next.to}`;
    if (parsePeriod(text) !== null) onPeriod(text);
  }
  return (
    <>
      <label>
        Tiếp nhận từ ngày
        <input
          type="date"
          value={days.from}
          aria-invalid={!valid || undefined}
          onInput={(event) => put({ ...days, from: event.currentTarget.value })}
        />
      </label>
      <label>
        đến ngày
        <input
          type="date"
          value={days.to}
          aria-invalid={!valid || undefined}
          onInput={(event) => put({ ...days, to: event.currentTarget.value })}
        />
      </label>
      {!valid && (
        <p class="problem" role="alert">
          Ngày đầu phải trước ngày cuối, không quá 400 ngày.
        </p>
      )}
    </>
  );
}
