import { useRef, useState } from 'preact/hooks';
import { type ColumnField, type FileMapping, fieldWords } from '../../connectors/index.ts';
import { type Side, sideName } from '../../lib/reconcile/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { FileFacts, type LookedFile } from '../shared/file-facts.tsx';

/** What is chosen for one side. */
export type Choice =
  | { kind: 'none' }
  | { kind: 'file'; file: File; mapping: FileMapping }
  | { kind: 'upstream'; id: string };

export const NOTHING: Choice = { kind: 'none' };

/** One side of the reconciliation: an exported file, or a system that is asked. */
export function SourceCard({
  side,
  optional,
  choice,
  looked,
  systems,
  check,
  onChoice,
  onLook,
  onCheck,
}: {
  side: Side;
  /** The job can do without this side. */
  optional: boolean;
  choice: Choice;
  looked: LookedFile | undefined;
  /** Ids of connections that speak for this side. */
  systems: readonly string[];
  check: { ok: boolean; message: string } | 'checking' | undefined;
  onChoice: (choice: Choice) => void;
  onLook: (file: File, mapping: FileMapping) => void;
  onCheck: (id: string) => void;
}) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const title = `source-${side}`;

  function take(file: File | undefined): void {
    if (!file) return;
    onChoice({ kind: 'file', file, mapping: {} });
    onLook(file, {});
  }

  function remap(mapping: FileMapping): void {
    if (choice.kind !== 'file') return;
    onChoice({ ...choice, mapping });
    onLook(choice.file, mapping);
  }

  return (
    <section
      class="card source"
      aria-labelledby={title}
      data-side={side}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files[0]);
      }}
    >
      <h2 id={title}>
        {sideName(side)} {optional && <span class="soft">(có thể bỏ qua)</span>}
      </h2>
      {choice.kind === 'none' && (
        <>
          <div class="actions">
            <Button onClick={() => input.current?.click()} label={`Chọn tệp xuất của ${sideName(side)}`}>
              Chọn tệp xuất
            </Button>
            <span class="soft">hoặc thả tệp .xlsx, .csv vào đây</span>
          </div>
          {systems.map((id) => (
            <Button key={id} onClick={() => onChoice({ kind: 'upstream', id })}>
              Hỏi thẳng «{id}»
            </Button>
          ))}
        </>
      )}
      <input
        ref={input}
        class="hidden"
        type="file"
        tabIndex={-1}
        aria-label={`Tệp của ${sideName(side)}`}
        accept=".xlsx,.csv,.tsv,.txt,.json,.ndjson"
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          // The same file again, after it was mended, is a change too.
          event.currentTarget.value = '';
        }}
      />
      {choice.kind === 'upstream' && (
        <>
          <p>
            Hỏi thẳng «<strong>{choice.id}</strong>»
          </p>
          <p role="status">
            {check === 'checking' && 'Đang kiểm tra…'}
            {check !== undefined && check !== 'checking' && `${check.ok ? '✓' : '▲'} ${check.message}`}
          </p>
          <div class="actions">
            <Button kind="small" onClick={() => onCheck(choice.id)}>
              Kiểm tra kết nối
            </Button>
            <Button kind="small" onClick={() => onChoice(NOTHING)}>
              Bỏ chọn
            </Button>
          </div>
        </>
      )}
      {choice.kind === 'file' && (
        <>
          <p>
            <bdi>{choice.file.name}</bdi>
          </p>
          <FileFacts
            whose={sideName(side)}
            looked={looked}
            words={fieldWords}
            columns={choice.mapping.columns ?? usedColumns(looked)}
            chosen={choice.mapping.columns !== undefined}
            dateOrder={choice.mapping.dateOrder ?? {}}
            onColumns={(columns) => remap({ ...choice.mapping, columns })}
            onDateOrder={(dateOrder) => remap({ ...choice.mapping, dateOrder })}
          />
          <div class="actions">
            <Button kind="small" onClick={() => onChoice(NOTHING)}>
              Bỏ tệp này
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/** What a file that was looked at is read for, by header. */
const usedColumns = (looked: LookedFile | undefined): Record<string, ColumnField> =>
  Object.fromEntries(
    (looked?.inspection?.columns ?? []).flatMap(({ header, field }) => (field === undefined ? [] : [[header, field]])),
  );
