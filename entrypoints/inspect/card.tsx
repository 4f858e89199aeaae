import { useRef } from 'preact/hooks';
import { Button } from '../../lib/ui/index.ts';
import { Details } from './details.tsx';
import type { FileView } from './view.ts';

/** One file: what it comes to, and behind that everything that is known of it. */
export function Card({
  view,
  open,
  onOpen,
  onCancel,
}: {
  view: FileView;
  open: boolean;
  onOpen: (open: boolean) => void;
  onCancel: () => void;
}) {
  const { item, headline, signed, same } = view;
  const { state } = item;
  const card = useRef<HTMLElement>(null);
  const stoppable = state.kind === 'waiting' || (state.kind === 'running' && !state.cancelling);
  return (
    <article
      class="card file"
      ref={card}
      tabIndex={-1}
      aria-labelledby={`name-${item.id}`}
      aria-busy={state.kind === 'running' || undefined}
      data-state={state.kind}
    >
      <Head view={view} />
      {stoppable && (
        <Button
          kind="small"
          label={`Dừng tệp ${item.number}`}
          onClick={() => {
            onCancel();
            // The button goes away; the keyboard stays with the file.
            card.current?.focus();
          }}
        >
          Dừng
        </Button>
      )}
      {state.kind === 'running' && (
        <p class="running small">
          {state.total > 0 ? `Trang ${state.done} trên ${state.total}` : 'Đang đọc tệp'}
          <progress
            aria-label={`Tiến độ tệp ${item.number}`}
            {...(state.total > 0 ? { value: state.done, max: state.total } : {})}
          />
        </p>
      )}
      {headline !== '' && !(open && state.kind === 'done') && <p class="headline">{headline}</p>}
      {signed !== '' && !open && <p class="small">{signed}</p>}
      {same.length > 0 && <p class="small">Cùng nội dung với {same.map((number) => `tệp ${number}`).join(', ')}</p>}
      {state.kind === 'done' && (
        <details open={open} onToggle={({ currentTarget }) => onOpen(currentTarget.open)}>
          <summary>Chi tiết</summary>
          {open && <Details view={view} facts={state.facts} />}
        </details>
      )}
    </article>
  );
}

function Head({ view: { item, look, summary } }: { view: FileView }) {
  return (
    <div class="head">
      <span class={`badge ${look.tone}`}>
        <span class="shape" aria-hidden="true">
          {look.shape}
        </span>
        <strong>{look.label}</strong>
      </span>
      <h2 id={`name-${item.id}`}>
        <span class="soft">{item.number}.</span> <bdi>{item.name}</bdi>
      </h2>
      {summary !== '' && <span class="soft small">{summary}</span>}
    </div>
  );
}
