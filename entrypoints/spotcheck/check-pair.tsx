import { useState } from 'preact/hooks';
import { problemText } from '../../lib/json/index.ts';
import {
  blindCopy,
  type Decision,
  type Disagreement,
  type Role,
  readRecord,
  recordText,
  type SampleRecord,
} from '../../lib/sampling/index.ts';
import { fold } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { download } from '../shared/download.ts';
import { Drop } from '../shared/drop.tsx';
import { Agreed, Disagreements } from './check-differences.tsx';

const slug = (name: string) =>
  fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'mau';

const give = (record: SampleRecord, name: string) => download(recordText(record), name, 'application/json');
/** More than any sample; a larger file is something else. */
const MAX_BYTES = 100_000_000;

/** Handing the sample to a colleague, and what came of two people checking it. */
export function Pair({
  record,
  name,
  role,
  locked,
  onTake,
  onSettle,
  onShow,
  onSay,
}: {
  record: SampleRecord;
  /** Of the spot check; goes into the names of files. */
  name: string;
  role: Role;
  locked: string | null;
  /** Takes a colleague's record in; gives back why not, null: it did. */
  onTake: (theirs: SampleRecord) => string | null;
  onSettle: (about: Disagreement, decision: Decision, note: string) => boolean;
  onShow: (code: string, check: string) => void;
  onSay: (text: string) => void;
}) {
  const [problem, setProblem] = useState('');

  async function take([file]: readonly File[]): Promise<void> {
    if (!file) return;
    setProblem('');
    if (locked !== null) return setProblem(locked);
    if (file.size > MAX_BYTES) return setProblem(`${file.name}: tệp quá lớn, không phải tệp mẫu`);
    const reading = readRecord(await file.text());
    if (reading.ok) return setProblem(onTake(reading.record) ?? '');
    const [first] = reading.problems;
    setProblem(first ? problemText(file.name, first) : `${file.name}: không đọc được`);
  }

  const base = `kiem-tra-mau-${slug(name)}`;
  return (
    <section class="pair card" aria-labelledby="pair-title">
      <h2 id="pair-title">Giao cho đồng nghiệp</h2>
      {role === 'second' ? (
        <div class="actions">
          <Button
            kind="primary"
            onClick={() => {
              give(record, `${base}-nguoi-thu-hai.json`);
              onSay('Đã tải tệp để gửi lại cho người thứ nhất');
            }}
          >
            Tải tệp gửi lại người thứ nhất
          </Button>
          <span class="soft">Chỉ có kết luận và ghi chú của bạn.</span>
        </div>
      ) : (
        <>
          <div class="actions">
            <Button
              onClick={() => {
                give(record, `${base}.json`);
                onSay('Đã tải tệp để làm tiếp');
              }}
            >
              Tải tệp để làm tiếp
            </Button>
            <span class="soft">Có mọi kết luận; đồng nghiệp mở tệp ở trang «Kiểm tra mẫu» rồi làm tiếp.</span>
          </div>
          <div class="actions">
            <Button
              onClick={() => {
                give(blindCopy(record), `${base}-kiem-tra-lai.json`);
                onSay('Đã tải tệp để kiểm tra lại độc lập');
              }}
            >
              Tải tệp để kiểm tra lại độc lập
            </Button>
            <span class="soft">Không có kết luận, nguyên nhân, ghi chú của bạn: người thứ hai tự xem lại từ đầu.</span>
          </div>
          <Drop
            accept=".json"
            label="Nhận tệp của người thứ hai"
            hint="hoặc kéo thả tệp vào đây; kết luận của bạn không bị đổi"
            onFiles={take}
          />
          <p class={problem === '' ? 'hidden' : 'notice red'} role="alert">
            {problem}
          </p>
          <Agreed record={record} />
          <Disagreements record={record} locked={locked} onSettle={onSettle} onShow={onShow} />
        </>
      )}
    </section>
  );
}
