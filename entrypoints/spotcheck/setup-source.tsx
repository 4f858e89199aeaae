import { useRef, useState } from 'preact/hooks';
import type { ListChoice, ListField } from '../../connectors/index.ts';
import type { Worklist } from '../../lib/platform/index.ts';
import { countText } from '../../lib/sampling/index.ts';
import { dayOf, fullMoment } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { Drop } from '../shared/drop.tsx';
import { FileFacts, type LookedFile } from '../shared/file-facts.tsx';
import { useFinishedJobs } from '../shared/finished-jobs.ts';
import { useWorklist } from '../shared/hooks.ts';
import { jobWords } from '../shared/job-words.ts';
import { type Desk, Refused, Stopped } from './desk.ts';
import type { Row } from './population.ts';
import { CHANNEL_WORDS } from './words.ts';

export const LIST_FILES = '.xlsx,.csv,.tsv,.txt,.json,.ndjson';

/** What a column of a list can be read for. */
const FIELD_WORDS: Record<ListField, string> = {
  code: 'Mã hồ sơ',
  procedure: 'Thủ tục',
  receivedAt: 'Ngày tiếp nhận',
  unit: 'Đơn vị',
  field: 'Lĩnh vực',
  channel: 'Kênh nộp',
};

export interface ChosenFile {
  file: File;
  choice: ListChoice;
  looked: LookedFile;
  columns: Record<string, ListField>;
}

/** The file that is chosen, as the worker sees it. */
export function useChosenFile(desk: Desk) {
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  // Looks may overtake each other; only the last one is about what is chosen now.
  const looking = useRef(0);
  function look(file: File, choice: ListChoice, columns: ChosenFile['columns'] = {}): void {
    const nr = ++looking.current;
    setChosen((before) => ({
      file,
      choice,
      columns,
      looked: { ...(before?.file === file ? before.looked : {}), looking: true },
    }));
    desk.ask({ type: 'look', file, name: file.name, choice }).then(
      ({ inspection, columns: found }) => {
        if (nr === looking.current) setChosen({ file, choice, columns: found, looked: { inspection } });
      },
      (error: unknown) => {
        if (nr !== looking.current || error instanceof Stopped) return;
        const words = error instanceof Refused ? error.message : 'không xem được tệp';
        setChosen({ file, choice, columns, looked: { refused: words } });
      },
    );
  }
  return { chosen, look, drop: () => setChosen(null) };
}

const rowsOfHost = ({ entries }: Worklist, host: string): Row[] =>
  entries
    .filter((entry) => entry.host === host)
    .map(({ code, record: { procedure, unit, channel, receivedAt } }) => ({
      code,
      procedure: procedure.code ?? procedure.name ?? null,
      unit: unit ?? null,
      field: null,
      channel: channel ? CHANNEL_WORDS[channel] : null,
      day: receivedAt === undefined ? null : dayOf(receivedAt),
      at: host,
    }));

/** Where the list comes from: a file, a reconciliation, the worklist. */
export function SourceChoice({
  onFile,
  onJob,
  onRows,
}: {
  onFile: (file: File) => void;
  onJob: (id: string, name: string) => void;
  onRows: (rows: Row[], name: string) => void;
}) {
  const jobs = useFinishedJobs();
  const [worklist] = useWorklist();
  const list = worklist.kind === 'ready' ? worklist.list : null;
  const hosts = [...new Set(list?.entries.map(({ host }) => host) ?? [])].sort();
  return (
    <div class="choices">
      <section class="card" aria-labelledby="from-file">
        <h3 id="from-file">Từ tệp xuất</h3>
        <Drop
          accept={LIST_FILES}
          label="Chọn tệp danh sách"
          hint="hoặc thả tệp .xlsx, .csv, .ndjson vào đây"
          onFiles={async ([file]) => file && onFile(file)}
        />
        <p class="soft">
          Chỉ đọc mã hồ sơ, thủ tục, ngày tiếp nhận, đơn vị, lĩnh vực, kênh nộp. Không đọc tên, số giấy tờ.
        </p>
      </section>
      <section class="card" aria-labelledby="from-job">
        <h3 id="from-job">Từ một lần đối soát đã xong</h3>
        {jobs === null && <p aria-busy="true">Đang xem…</p>}
        {jobs?.length === 0 && <p class="soft">Máy này chưa có lần đối soát nào chạy xong.</p>}
        {jobs && jobs.length > 0 && (
          <ul class="bullets">
            {jobs.map(({ job, notDone }) => {
              const when = fullMoment(Math.floor(job.startedAt / 60_000));
              return (
                <li key={job.id}>
                  <Button onClick={() => onJob(job.id, `Đối soát ${when}, hồ sơ của Thành phố`)}>{when}</Button>{' '}
                  {jobWords(job)}
                  {notDone > 0 && <strong> (còn {notDone} phần chưa đọc được: danh sách có thể thiếu)</strong>}
                </li>
              );
            })}
          </ul>
        )}
      </section>
      <section class="card" aria-labelledby="from-worklist">
        <h3 id="from-worklist">Từ bảng công việc</h3>
        {list === null && worklist.kind === 'failed' && <p class="soft">Không mở được bảng công việc.</p>}
        {list !== null && hosts.length === 0 && <p class="soft">Bảng công việc đang trống.</p>}
        <ul class="bullets">
          {hosts.map((host) => {
            const rows = list ? rowsOfHost(list, host) : [];
            return (
              <li key={host}>
                <Button onClick={() => onRows(rows, `Bảng công việc, ${host}`)}>{host}</Button> {countText(rows.length)}{' '}
                hồ sơ
              </li>
            );
          })}
        </ul>
        <p class="soft">Chỉ có những hồ sơ mà máy này đã mở tới; không phải mọi hồ sơ của đơn vị.</p>
      </section>
    </div>
  );
}

/** How the chosen file will be read; what its headers do not say, the person does. */
export function FileChoice({
  chosen: { file, choice, looked, columns },
  onChoice,
  onRead,
  onDrop,
}: {
  chosen: ChosenFile;
  onChoice: (choice: ListChoice, columns: Record<string, ListField>) => void;
  onRead: () => void;
  onDrop: () => void;
}) {
  const why =
    looked.inspection && !looked.looking
      ? looked.inspection.problems.length > 0
        ? 'Tệp chưa đọc được: xem chỗ báo đỏ'
        : null
      : 'Đang xem tệp';
  return (
    <section class="card" aria-labelledby="file-title">
      <h3 id="file-title">
        <bdi>{file.name}</bdi>
      </h3>
      <FileFacts
        whose="tệp danh sách"
        looked={looked}
        words={FIELD_WORDS}
        columns={choice.columns ?? columns}
        chosen={choice.columns !== undefined}
        dateOrder={choice.dateOrder ?? {}}
        onColumns={(next) => onChoice({ ...choice, columns: next }, next)}
        onDateOrder={(dateOrder) => onChoice({ ...choice, dateOrder }, columns)}
      />
      <div class="actions">
        <Button
          kind="primary"
          disabledReason={looked.refused === undefined ? why : 'Tệp không đọc được'}
          onClick={onRead}
        >
          Đọc danh sách
        </Button>
        <Button onClick={onDrop}>Chọn nguồn khác</Button>
      </div>
    </section>
  );
}
