import { useState } from 'preact/hooks';
import type { WorkTable } from '../../lib/calendar/index.ts';
import { type CountingChoice, countingOf, POLICIES } from '../../lib/deadline/index.ts';
import { dayOf, parseIsoDay } from '../../lib/text/index.ts';
import { Button, policyName } from '../../lib/ui/index.ts';
import { dateWords, optionWords } from './choice.ts';
import { CountingForm } from './counting-form.tsx';
import { Example } from './example.tsx';
import { Section } from './form.tsx';
import { SaveStatus, useSaver } from './save.tsx';
import { saveRules } from './store.ts';

const SHIPPED = { policy: 'civil-code' } as const;
/** As many as the schema of the rules takes. */
const MOST = 40;
const HOME = 'counting-title';

const sorted = (choices: readonly CountingChoice[]) =>
  [...choices].sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom));

/** The dated ways of counting: what stands, one form to add or change one. */
export function CountingSection({
  choices,
  table,
  now,
}: {
  choices: readonly CountingChoice[];
  table: WorkTable;
  now: number;
}) {
  const saver = useSaver();
  /** Date of the choice that is being changed, `new` for a further one. */
  const [editing, setEditing] = useState<string | null>(null);
  const list = sorted(choices);
  const today = dayOf(now);
  const current = list.filter(({ effectiveFrom }) => (parseIsoDay(effectiveFrom) ?? 0) <= today).at(-1);
  const others = (date: string | null) => list.filter(({ effectiveFrom }) => effectiveFrom !== date);

  async function save(choice: CountingChoice): Promise<void> {
    const replaced = editing;
    const write = () =>
      saveRules('counting', (stored = []) =>
        sorted([
          ...stored.filter(({ effectiveFrom }) => effectiveFrom !== replaced && effectiveFrom !== choice.effectiveFrom),
          choice,
        ]),
      );
    if (await saver.save(write, `Đã lưu cách đếm từ ${dateWords(choice.effectiveFrom)}`, true)) setEditing(null);
  }

  function remove(date: string): void {
    const write = () =>
      saveRules('counting', (stored = []) => stored.filter(({ effectiveFrom }) => effectiveFrom !== date));
    void saver.save(write, `Đã xoá cách đếm từ ${dateWords(date)}`, true);
  }

  function close(): void {
    setEditing(null);
    document.getElementById(HOME)?.focus();
  }

  return (
    <Section id="counting" title="Cách đếm hạn">
      <p>Mỗi hồ sơ được đếm theo cách đang áp dụng vào ngày tiếp nhận hồ sơ đó.</p>
      <ol class="cards">
        <li>
          <div>
            <strong>{policyName(countingOf(SHIPPED))}</strong>
            <span class="soft">
              {' '}
              · {list.length === 0 ? 'từ trước đến nay' : 'khi chưa có cách nào dưới đây áp dụng'}
            </span>
            {current === undefined && <span class="tag blue">đang dùng</span>}
            <p>{POLICIES.find(({ id }) => id === SHIPPED.policy)?.label}</p>
            <p class="hint">{optionWords(SHIPPED)}</p>
            <p class="hint">Nguồn: {POLICIES.find(({ id }) => id === SHIPPED.policy)?.source}</p>
          </div>
        </li>
        {list.map((choice) => {
          const date = dateWords(choice.effectiveFrom);
          return (
            <li key={choice.effectiveFrom}>
              <div>
                <strong>{policyName(countingOf(choice))}</strong>
                <span class="soft"> · từ {date}</span>
                {choice === current && <span class="tag blue">đang dùng</span>}
                <p>{POLICIES.find(({ id }) => id === choice.policy)?.label}</p>
                <p class="hint">{optionWords(choice)}</p>
                {choice.source && <p class="hint">Theo: {choice.source}</p>}
              </div>
              <div class="actions">
                <Button
                  kind="small"
                  label={`Sửa cách đếm từ ${date}`}
                  onClick={() => {
                    saver.clear();
                    setEditing(choice.effectiveFrom);
                  }}
                >
                  Sửa
                </Button>
                <Button
                  kind="small"
                  label={`Xoá cách đếm từ ${date}`}
                  disabledReason={editing === null ? null : 'Lưu hoặc bỏ cách đếm đang sửa trước'}
                  onClick={() => remove(choice.effectiveFrom)}
                >
                  Xoá
                </Button>
              </div>
            </li>
          );
        })}
      </ol>
      {editing === null ? (
        <>
          <Example
            title="Ví dụ theo cách đang dùng và lịch của đơn vị"
            table={table}
            counting={countingOf(current ?? SHIPPED)}
          />
          <div class="actions">
            <Button
              disabledReason={list.length >= MOST ? `Nhiều nhất ${MOST} cách đếm` : null}
              onClick={() => {
                saver.clear();
                setEditing('new');
              }}
            >
              Thêm cách đếm từ một ngày
            </Button>
            <Button
              disabledReason={list.length === 0 ? 'Đang là mặc định' : null}
              onClick={() => void saver.save(() => saveRules('counting', () => undefined), 'Đã trở về mặc định', true)}
            >
              Trở về mặc định
            </Button>
          </div>
        </>
      ) : (
        <CountingForm
          key={editing}
          choice={list.find(({ effectiveFrom }) => effectiveFrom === editing)}
          others={others(editing)}
          table={table}
          onSave={(choice) => void save(choice)}
          onCancel={close}
        />
      )}
      <SaveStatus saver={saver} home={HOME} />
    </Section>
  );
}
