import type { Ref } from 'preact';
import { CLOCKS, type Clock, type Verdict } from '../../lib/deadline/index.ts';
import {
  Chip,
  CLOCK_NAMES,
  lookOf,
  VERDICTS_BY_URGENCY,
  type VerdictLook,
  type WorklistFilter,
  type WorklistView,
} from '../../lib/ui/index.ts';

const TABS: readonly (Clock | 'all')[] = ['all', 'appointment', 'acceptance', 'step', 'return'];
const nameOf = (tab: Clock | 'all') => (tab === 'all' ? 'Tất cả' : CLOCK_NAMES[tab]);
/** Keeps the tabs complete when a clock is added. */
const ALL_TABS = [...TABS, ...CLOCKS.filter((clock) => !TABS.includes(clock))];

const LETTERS: VerdictLook = { tone: 'amber', shape: '✉', label: 'Cần thư xin lỗi' };

/** Search, one tab a clock, one chip a verdict, one for letters. */
export function Filters({
  filter,
  view,
  searchRef,
  onChange,
}: {
  filter: WorklistFilter;
  view: WorklistView;
  searchRef: Ref<HTMLInputElement>;
  onChange: (change: Partial<WorklistFilter>) => void;
}) {
  function toggle(verdict: Verdict): void {
    const verdicts = new Set(filter.verdicts);
    if (!verdicts.delete(verdict)) verdicts.add(verdict);
    onChange({ verdicts });
  }

  function onTabKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = (ALL_TABS.indexOf(filter.clock) + step + ALL_TABS.length) % ALL_TABS.length;
    onChange({ clock: ALL_TABS[at] });
    const list = event.currentTarget as HTMLElement;
    list.querySelectorAll<HTMLElement>('[role="tab"]')[at]?.focus();
  }

  return (
    <div class="filters">
      <label class="search">
        <span class="hidden">Tìm theo mã hồ sơ hoặc tên thủ tục</span>
        <input
          ref={searchRef}
          type="search"
          placeholder="Tìm mã hồ sơ, thủ tục (phím /)"
          autocomplete="off"
          spellcheck={false}
          value={filter.query}
          onInput={(event) => onChange({ query: event.currentTarget.value })}
        />
      </label>
      <div class="tabs" role="tablist" aria-label="Loại hạn" onKeyDown={onTabKey}>
        {ALL_TABS.map((tab) => (
          <button
            key={tab}
            id={`tab-${tab}`}
            type="button"
            role="tab"
            aria-selected={filter.clock === tab}
            aria-controls="list"
            tabIndex={filter.clock === tab ? 0 : -1}
            onClick={() => onChange({ clock: tab })}
          >
            {nameOf(tab)} <span class="count">{view.clocks.get(tab) ?? 0}</span>
          </button>
        ))}
      </div>
      <fieldset class="chips">
        <legend class="hidden">Lọc theo tình trạng</legend>
        {VERDICTS_BY_URGENCY.filter((verdict) => filter.verdicts.has(verdict) || view.verdicts.has(verdict)).map(
          (verdict) => (
            <Chip
              key={verdict}
              look={lookOf(verdict)}
              count={view.verdicts.get(verdict) ?? 0}
              pressed={filter.verdicts.has(verdict)}
              onToggle={() => toggle(verdict)}
            />
          ),
        )}
        {(filter.letters || view.letters > 0) && (
          <Chip
            look={LETTERS}
            count={view.letters}
            pressed={filter.letters}
            onToggle={() => onChange({ letters: !filter.letters })}
          />
        )}
      </fieldset>
    </div>
  );
}
