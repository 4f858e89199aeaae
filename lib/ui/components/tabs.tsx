import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** Parts of a page, one shown at a time. Left and right move between them, as everywhere. */
export function Tabs<Id extends string>({
  label,
  tabs,
  value,
  onChange,
}: {
  label: string;
  tabs: readonly (readonly [id: Id, label: string])[];
  value: Id;
  onChange: (id: Id) => void;
}) {
  function move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(([id]) => id === value);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next[0]);
    document.getElementById(`tab-${next[0]}`)?.focus();
  }
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(([id, words]) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          aria-selected={value === id}
          aria-controls={`panel-${id}`}
          tabIndex={value === id ? 0 : -1}
          onClick={() => onChange(id)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

/** What stands under a tab: drawn when it is first asked for, then kept, so that nothing that was typed is lost. */
export function Panel<Id extends string>({ id, tab, children }: { id: Id; tab: Id; children: ComponentChildren }) {
  const [visited, setVisited] = useState(id === tab);
  if (id === tab && !visited) setVisited(true);
  return (
    <div id={`panel-${id}`} role="tabpanel" aria-labelledby={`tab-${id}`} hidden={id !== tab}>
      {(visited || id === tab) && children}
    </div>
  );
}
