import { type ColumnField, type FileMapping, fieldWords } from '../../connectors/index.ts';
import { countText } from '../../lib/indicators/index.ts';
import type { Dossier } from '../../lib/schema/index.ts';
import { fullMoment } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { Drop } from '../shared/drop.tsx';
import { FileFacts, type LookedFile } from '../shared/file-facts.tsx';
import { useFinishedJobs } from '../shared/finished-jobs.ts';
import { useWorklist } from '../shared/hooks.ts';
import { jobWords } from '../shared/job-words.ts';

const FILES = '.xlsx,.csv,.tsv,.txt,.json,.ndjson';

/** A file that was chosen, and how it will be read. */
export interface ChosenFile {
  file: File;
  mapping: FileMapping;
  looked: LookedFile;
  /** Headers that are read beyond the fields of a record. */
  extra: readonly string[];
  columns: Record<string, ColumnField>;
}

/** Where the dossiers come from: a file, a reconciliation, the worklist. */
export function IndicatorSources({
  onFile,
  onJob,
  onRecords,
}: {
  onFile: (file: File) => void;
  onJob: (id: string, name: string, complete: boolean) => void;
  onRecords: (records: Dossier[], name: string) => void;
}) {
  const jobs = useFinishedJobs();
  const [worklist] = useWorklist();
  const entries = worklist.kind === 'ready' ? worklist.list.entries : [];
  const hosts = [...new Set(entries.map(({ host }) => host))].sort();
  return (
    <div class="choices">
      <section class="card" aria-labelledby="indicators-file">
        <h3 id="indicators-file">Từ tệp xuất</h3>
        <Drop
          accept={FILES}
          label="Chọn tệp hồ sơ"
          hint="hoặc thả tệp .xlsx, .csv, .ndjson vào đây"
          onFiles={async ([file]) => file && onFile(file)}
        />
        <p class="soft">
          Cần mã hồ sơ, ngày tiếp nhận, ngày hẹn trả, ngày kết thúc xử lý, trạng thái; có thêm hình thức nộp, tệp kết
          quả, tệp thành phần, thanh toán… thì tính được nhiều chỉ số hơn. Không đọc tên, số giấy tờ.
        </p>
      </section>
      <section class="card" aria-labelledby="indicators-job">
        <h3 id="indicators-job">Từ một lần đối soát đã xong</h3>
        {jobs === null && <p aria-busy="true">Đang xem…</p>}
        {jobs?.length === 0 && <p class="soft">Máy này chưa có lần đối soát nào chạy xong.</p>}
        <ul class="bullets">
          {(jobs ?? []).map(({ job, notDone }) => {
            const when = fullMoment(Math.floor(job.startedAt / 60_000));
            return (
              <li key={job.id}>
                <Button onClick={() => onJob(job.id, `Đối soát ${when}, hồ sơ của Thành phố`, notDone === 0)}>
                  {when}
                </Button>{' '}
                {jobWords(job)}
                {notDone > 0 && <strong> (còn {notDone} phần chưa đọc được: số liệu có thể thiếu)</strong>}
              </li>
            );
          })}
        </ul>
      </section>
      <section class="card" aria-labelledby="indicators-worklist">
        <h3 id="indicators-worklist">Từ bảng công việc</h3>
        {worklist.kind === 'failed' && <p class="soft">Không mở được bảng công việc.</p>}
        {worklist.kind === 'ready' && hosts.length === 0 && <p class="soft">Bảng công việc đang trống.</p>}
        <ul class="bullets">
          {hosts.map((host) => {
            const records = entries.filter((entry) => entry.host === host).map(({ record }) => record);
            return (
              <li key={host}>
                <Button onClick={() => onRecords(records, `Bảng công việc, ${host}`)}>{host}</Button>{' '}
                {countText(records.length)} hồ sơ
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
export function IndicatorFile({
  chosen: { mapping, looked, extra, columns },
  onMapping,
}: {
  chosen: ChosenFile;
  onMapping: (mapping: FileMapping) => void;
}) {
  return (
    <section class="card" aria-labelledby="indicators-file-title">
      <h3 id="indicators-file-title">Tệp được đọc thế nào</h3>
      <FileFacts
        whose="tệp hồ sơ"
        looked={looked}
        words={fieldWords}
        columns={mapping.columns ?? columns}
        chosen={mapping.columns !== undefined}
        dateOrder={mapping.dateOrder ?? {}}
        onColumns={(next) => onMapping({ ...mapping, columns: next })}
        onDateOrder={(dateOrder) => onMapping({ ...mapping, dateOrder })}
      />
      {looked.inspection && (
        <p class="soft">
          {extra.length > 0
            ? `Ngoài các trường trên còn đọc cho chỉ số: ${extra.join(', ')}.`
            : 'Không thấy cột nào cho biết hình thức nộp, tệp thành phần, thanh toán: các chỉ số ấy sẽ không tính.'}
        </p>
      )}
    </section>
  );
}
