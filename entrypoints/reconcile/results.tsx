import { useMemo, useState } from 'preact/hooks';
import {
  className,
  DIFFERENCE_CLASSES,
  type Difference,
  type ReconcileReport,
  SIDES,
} from '../../lib/reconcile/index.ts';
import { Button, Empty, Switch } from '../../lib/ui/index.ts';
import { Charts } from './charts.tsx';
import { Drill } from './drill.tsx';
import { ALL, countsOf, type Filter, rowsOf, unitsOf } from './filter.ts';
import { NotDone, Unreadable } from './not-done.tsx';
import { Differences } from './table.tsx';
import { Totals } from './totals.tsx';

/** What came out: the sum, the differences to look through, and where they come from. */
export function Results({
  report,
  openAddress,
  onSay,
  resend,
  children,
}: {
  report: ReconcileReport;
  openAddress: (difference: Difference) => string | null;
  onSay: (text: string) => void;
  /** What can be sent again, of the dossiers that pass the filter; left out: no system takes it. */
  resend?: ((shown: readonly Difference[]) => preact.ComponentChildren) | undefined;
  /** Buttons of the page: export, compare. */
  children?: preact.ComponentChildren;
}) {
  const [filter, setFilter] = useState<Filter>(ALL);
  const [chosen, setChosen] = useState<Difference | null>(null);
  const { differences } = report;
  const rows = useMemo(() => rowsOf(differences, filter), [differences, filter]);
  const counts = useMemo(() => countsOf(differences, filter), [differences, filter]);
  const units = useMemo(() => unitsOf(differences), [differences]);
  const change = (part: Partial<Filter>) => setFilter({ ...filter, ...part });
  const asked = SIDES.filter((side) => report.sides.includes(side));
  const shown = useMemo(() => rows.flatMap((row) => (row.kind === 'dossier' ? [row.difference] : [])), [rows]);
  const dossiers = shown.length;

  function copy(text: string): void {
    navigator.clipboard.writeText(text).then(
      () => onSay('Đã chép'),
      () => onSay('Trình duyệt không cho chép. Hãy bấm vào trang rồi thử lại.'),
    );
  }

  return (
    <section class="results" aria-labelledby="results-title">
      <Totals report={report} asked={asked} />
      <NotDone parts={report.notDone} />
      <Unreadable rows={report.unreadable} />
      <div class="actions">{children}</div>
      {differences.length === 0 ? (
        <Empty title="Không có hồ sơ lệch">
          <p>Mọi hồ sơ của các bên khớp nhau trong dung sai.</p>
        </Empty>
      ) : (
        <>
          <div class="filters">
            <fieldset class="chips" aria-label="Loại lệch">
              {DIFFERENCE_CLASSES.filter((name) => (counts.get(name) ?? 0) > 0 || filter.classes.has(name)).map(
                (name) => (
                  <button
                    key={name}
                    type="button"
                    class="chip grey"
                    aria-pressed={filter.classes.has(name)}
                    data-class={name}
                    onClick={() => {
                      const classes = new Set(filter.classes);
                      if (!classes.delete(name)) classes.add(name);
                      change({ classes });
                    }}
                  >
                    {className(name)} <strong>{counts.get(name) ?? 0}</strong>
                  </button>
                ),
              )}
            </fieldset>
            <div class="line-of-fields">
              <label>
                Tìm mã
                <input
                  type="search"
                  value={filter.search}
                  onInput={(event) => change({ search: event.currentTarget.value })}
                />
              </label>
              <label>
                Đơn vị
                <select value={filter.unit} onChange={(event) => change({ unit: event.currentTarget.value })}>
                  <option value="">Tất cả</option>
                  {units.map((unit) => (
                    <option key={unit} value={unit}>
                      {unit}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                Sắp theo
                <select
                  value={filter.order}
                  onChange={(event) => change({ order: event.currentTarget.value === 'cause' ? 'cause' : 'code' })}
                >
                  <option value="code">Mã hồ sơ</option>
                  <option value="cause">Nguyên nhân (gom nhóm)</option>
                </select>
              </label>
              <Switch
                label="Hiện cả loại chỉ để biết"
                checked={filter.excluded}
                onChange={(excluded) => change({ excluded })}
              />
            </div>
            <p role="status" class="soft">
              {dossiers} hồ sơ{dossiers === differences.length ? '' : ` trong ${differences.length}`}{' '}
              {filter !== ALL && (
                <Button kind="small" onClick={() => setFilter(ALL)}>
                  Bỏ lọc
                </Button>
              )}
            </p>
          </div>
          {resend?.(shown)}
          <div class={chosen ? 'split' : ''}>
            {rows.length === 0 ? (
              <Empty title="Không có hồ sơ nào qua bộ lọc">
                <Button onClick={() => setFilter(ALL)}>Bỏ lọc</Button>
              </Empty>
            ) : (
              <Differences rows={rows} chosen={chosen} onChoose={setChosen} />
            )}
            {chosen && (
              <Drill
                difference={chosen}
                asked={asked}
                openAddress={openAddress(chosen)}
                onClose={() => setChosen(null)}
                onCopy={copy}
              />
            )}
          </div>
          <Charts differences={differences} />
        </>
      )}
    </section>
  );
}
