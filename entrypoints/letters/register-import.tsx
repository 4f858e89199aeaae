import { useState } from 'preact/hooks';
import { type CodeList, type RegisterEntry, readCodeList } from '../../lib/letters/index.ts';
import { allSeen, registerAtOnce } from '../../lib/platform/index.ts';
import type { WorklistEntry } from '../../lib/schema/index.ts';
import { dayOf } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import type { Saver } from '../options/save.tsx';
import { Drop } from '../shared/drop.tsx';
import { type Moment, momentOf, NO_MOMENT } from './draft.ts';
import { Area, MomentField } from './fields.tsx';
import { type Fault, momentWords } from './read.ts';
import { type Back, takeStep } from './steps.ts';

/** Larger than any list of codes. */
const LARGEST = 2 * 1024 * 1024;

/** Codes whose letters went out before this register was kept. Only the codes are taken from what is pasted or chosen. */
export function RegisterImport({
  entries,
  unit,
  now,
  saver,
}: {
  /** What stands in the register: a list of codes names no host. */
  entries: readonly RegisterEntry[];
  unit: string;
  now: number;
  saver: Saver;
}) {
  const [list, setList] = useState<CodeList | null>(null);
  const [text, setText] = useState('');
  const [sentAt, setSentAt] = useState<Moment>(NO_MOMENT);
  const [fault, setFault] = useState<Fault | null>(null);
  const [said, setSaid] = useState('');

  function look(content: string): void {
    saver.clear();
    setSaid('');
    const found = readCodeList(content);
    setFault(found.codes.length > 0 ? null : { field: 'codes', message: 'Không thấy mã hồ sơ nào', missing: false });
    setList(found.codes.length > 0 ? found : null);
  }

  async function take(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (!file) return;
    if (file.size > LARGEST) setFault({ field: 'codes', message: 'Tệp quá lớn: nhiều nhất 2 MB', missing: false });
    else look(await file.text());
  }

  async function accept({ codes }: CodeList): Promise<void> {
    const sent = momentOf(sentAt);
    if (sent === null || dayOf(sent.minute) > dayOf(now)) {
      setFault({ field: 'sent', message: 'Chọn ngày đã gửi, không sau hôm nay', missing: true });
      document.getElementById('sent')?.focus();
      return;
    }
    setFault(null);
    const seen = await allSeen().then(
      ({ entries }) => new Map(entries.map((entry) => [entry.code, entry])),
      () => new Map<string, WorklistEntry>(),
    );
    const backs: Back[] = [];
    let known = 0;
    const saved = await saver.save(
      async () => {
        await registerAtOnce(async () => {
          for (const code of codes) {
            const { host: seenOn = '', record } = seen.get(code) ?? {};
            const host = entries.find((entry) => entry.code === code)?.host ?? seenOn;
            const key = { code, host, unit: record?.unit ?? unit, oldDueAt: record?.dueAt };
            const taken = await takeStep(key, { type: 'issue', issuedAt: sent.minute }, now);
            if (taken.ok) backs.push(taken.back);
            else known += 1;
          }
        });
        return () =>
          registerAtOnce(async () => {
            for (const back of backs) await back();
          });
      },
      `Đã ghi danh sách mã là đã gửi`,
      true,
    );
    if (!saved) return;
    setList(null);
    setText('');
    setSaid(known > 0 ? `${known} mã đã có trong sổ, không ghi lại.` : '');
  }

  const faults = fault ? [fault] : [];
  return (
    <details class="import">
      <summary>Nhập mã đã gửi thư trước đây</summary>
      <Drop
        accept=".csv,.txt,text/csv,text/plain"
        label="Chọn tệp .csv"
        hint="hoặc thả tệp vào đây, hoặc dán vào ô dưới. Chỉ lấy mã hồ sơ, cột khác bỏ qua."
        onFiles={take}
      />
      <Area
        id="codes"
        label="Mã hồ sơ, mỗi dòng một mã"
        rows={4}
        faults={faults}
        value={text}
        onInput={(value) => setText(value)}
      />
      <div class="actions">
        <Button onClick={() => look(text)}>Xem danh sách</Button>
      </div>
      <p role="status">{said}</p>
      {list && (
        <div class="review">
          <p>
            Thấy {list.codes.length} mã.
            {list.repeated.length > 0 && ` ${list.repeated.length} mã lặp lại, chỉ lấy một lần.`}
            {list.unread.length > 0 &&
              ` Dòng không có mã: ${list.unread.slice(0, 20).join(', ')}${list.unread.length > 20 ? '…' : ''}.`}
          </p>
          <MomentField
            id="sent"
            label="Đã gửi ngày"
            hint="Một ngày cho cả danh sách, để báo cáo biết thư nào trễ."
            faults={faults}
            value={sentAt}
            echo={momentWords(sentAt)}
            onChange={setSentAt}
          />
          <div class="actions">
            <Button kind="primary" onClick={() => void accept(list)}>
              Ghi {list.codes.length} mã là đã gửi
            </Button>
            <Button onClick={() => setList(null)}>Bỏ</Button>
          </div>
        </div>
      )}
    </details>
  );
}
