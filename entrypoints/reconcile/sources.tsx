import { useRef, useState } from 'preact/hooks';
import { COLUMN_FIELDS, type ColumnField, type FileMapping, fieldWords } from '../../connectors/index.ts';
import { type Side, sideName } from '../../lib/reconcile/index.ts';
import { Button } from '../../lib/ui/index.ts';
import type { Looked } from './run.ts';

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
  looked: Looked | undefined;
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
            side={side}
            looked={looked}
            onMapping={(mapping) => {
              onChoice({ ...choice, mapping });
              onLook(choice.file, mapping);
            }}
            mapping={choice.mapping}
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

/** How a file will be read; what its headers do not say, the person does. */
function FileFacts({
  side,
  looked,
  mapping,
  onMapping,
}: {
  side: Side;
  looked: Looked | undefined;
  mapping: FileMapping;
  onMapping: (mapping: FileMapping) => void;
}) {
  if (looked?.refused !== undefined)
    return (
      <p class="notice red" role="alert">
        {looked.refused}
      </p>
    );
  const { inspection } = looked ?? {};
  if (!inspection) return <p aria-busy="true">Đang xem tệp…</p>;
  const { columns, problems, warnings, rows, complete, proposal } = inspection;
  const used = columns.filter(({ field }) => field !== undefined);
  // What was chosen counts at once: the file is looked at anew meanwhile, and the next choice builds on this one.
  const present =
    mapping.columns ?? Object.fromEntries(used.map(({ header, field }) => [header, field as ColumnField]));
  const ambiguousDates = columns.filter(({ dates }) => dates?.order === 'undecided' || dates?.order === 'mixed');
  // What somebody is working in does not fold away under the hand when the last question is answered.
  const open = problems.length > 0 || proposal.ambiguous.length > 0 || mapping.columns !== undefined;

  function assign(header: string, field: string): void {
    const next: Record<string, ColumnField> = { ...present };
    delete next[header];
    if (field !== '') next[header] = field as ColumnField;
    onMapping({ ...mapping, columns: next });
  }

  return (
    <>
      <p role="status">
        {looked?.looking === true && 'Đang xem lại tệp… '}
        {complete ? `${rows} dòng` : `hơn ${rows} dòng`}; đọc {used.length} cột:{' '}
        {used.map(({ field }) => fieldWords[field as ColumnField]).join(', ')}.
      </p>
      {(looked?.looking === true ? [] : problems).map((problem) => (
        <p key={problem} class="notice red" role="alert">
          {problem}
        </p>
      ))}
      {warnings.map((warning) => (
        <p key={warning} class="notice amber">
          ▲ {warning}
        </p>
      ))}
      {ambiguousDates.map(({ header }) => (
        <label key={header}>
          Cột «{header}» ghi
          <select
            value={mapping.dateOrder?.[header] ?? ''}
            onChange={(event) => {
              const order = event.currentTarget.value;
              if (order === 'dmy' || order === 'mdy')
                onMapping({ ...mapping, dateOrder: { ...mapping.dateOrder, [header]: order } });
            }}
          >
            <option value="">chưa rõ, hãy chọn</option>
            <option value="dmy">ngày/tháng/năm</option>
            <option value="mdy">tháng/ngày/năm</option>
          </select>
        </label>
      ))}
      <details open={open}>
        <summary>Cột nào là gì</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Cột của tệp</th>
              <th scope="col">Đọc là</th>
              <th scope="col">Ví dụ</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ header, meaning, samples }) => (
              <tr key={header}>
                <th scope="row">
                  <bdi>{header}</bdi>
                </th>
                <td>
                  {meaning === 'private' ? (
                    <span class="soft">thông tin cá nhân: không đọc</span>
                  ) : (
                    <select
                      aria-label={`Cột «${header}» của ${sideName(side)} đọc là`}
                      value={present[header] ?? ''}
                      onChange={(event) => assign(header, event.currentTarget.value)}
                    >
                      <option value="">không dùng</option>
                      {COLUMN_FIELDS.map((name) => (
                        <option key={name} value={name}>
                          {fieldWords[name]}
                        </option>
                      ))}
                    </select>
                  )}
                </td>
                <td class="soft small">{samples.slice(0, 2).join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
