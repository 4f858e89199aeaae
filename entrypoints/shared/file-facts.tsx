import type { DateOrder, Inspection } from '../../connectors/index.ts';

/** A file that was looked at, is being looked at, or was refused. */
export interface LookedFile {
  inspection?: Inspection;
  refused?: string;
  looking?: boolean;
}

/** How a file will be read; what its headers do not say, the person does. */
export function FileFacts<Field extends string>({
  whose,
  looked,
  words,
  columns: present,
  chosen,
  dateOrder,
  onColumns,
  onDateOrder,
}: {
  /** Whose file it is, for the names of the controls. */
  whose: string;
  looked: LookedFile | undefined;
  /** What a column can be read for. */
  words: Readonly<Record<Field, string>>;
  /** Header → field. What was chosen counts at once: the file is looked at anew meanwhile, and the next choice builds on this one. */
  columns: Readonly<Record<string, Field>>;
  /** A person has chosen the columns. */
  chosen: boolean;
  dateOrder: Readonly<Record<string, DateOrder>>;
  onColumns: (columns: Record<string, Field>) => void;
  onDateOrder: (order: Record<string, DateOrder>) => void;
}) {
  if (looked?.refused !== undefined)
    return (
      <p class="notice red" role="alert">
        {looked.refused}
      </p>
    );
  const { inspection, looking = false } = looked ?? {};
  if (!inspection) return <p aria-busy="true">Đang xem tệp…</p>;
  const { columns, problems, warnings, rows, complete, proposal } = inspection;
  const ambiguousDates = columns.filter(({ dates }) => dates?.order === 'undecided' || dates?.order === 'mixed');
  // What somebody is working in does not fold away under the hand when the last question is answered.
  const open = problems.length > 0 || proposal.ambiguous.length > 0 || chosen;

  function assign(header: string, field: string): void {
    const next: Record<string, Field> = { ...present };
    delete next[header];
    if (field !== '') next[header] = field as Field;
    onColumns(next);
  }

  return (
    <>
      <p role="status">
        {looking && 'Đang xem lại tệp… '}
        {complete ? `${rows} dòng` : `hơn ${rows} dòng`}; đọc {Object.keys(present).length} cột:{' '}
        {Object.values<Field>(present)
          .map((field) => words[field])
          .join(', ')}
        .
      </p>
      {(looking ? [] : problems).map((problem) => (
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
            value={dateOrder[header] ?? ''}
            onChange={(event) => {
              const order = event.currentTarget.value;
              if (order === 'dmy' || order === 'mdy') onDateOrder({ ...dateOrder, [header]: order });
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
                      aria-label={`Cột «${header}» của ${whose} đọc là`}
                      value={present[header] ?? ''}
                      onChange={(event) => assign(header, event.currentTarget.value)}
                    >
                      <option value="">không dùng</option>
                      {(Object.keys(words) as Field[]).map((name) => (
                        <option key={name} value={name}>
                          {words[name]}
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
