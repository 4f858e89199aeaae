import { useState } from 'preact/hooks';
import { type KeptSpotchecks, removeSpotcheck, type Spotcheck, saveSpotcheck } from '../../lib/platform/index.ts';
import { blindCopy, countText, progressOf, roleOf, type SampleRecord } from '../../lib/sampling/index.ts';
import { fullMoment } from '../../lib/text/index.ts';
import { Button, Empty } from '../../lib/ui/index.ts';
import { Drop } from '../shared/drop.tsx';
import { type Undoable, UndoBar } from '../shared/undo.tsx';
import { readSampleFile, saveSampleFile } from './files.ts';
import { stateWords } from './words.ts';

/** A sample file that came in and waits for the person to say in which role it is gone on with. */
interface Incoming {
  name: string;
  record: SampleRecord;
  /** The same sample is kept here already. */
  same: boolean;
}

const ROLES: readonly (readonly [Spotcheck['role'], string])[] = [
  ['first', 'Làm tiếp việc của người thứ nhất'],
  ['second', 'Kiểm tra lại độc lập (người thứ hai)'],
];

/** The spot checks of this browser: to open, to hand over, to throw away, to take in. */
export function Kept({
  kept: { checks, bad },
  onOpen,
  onNew,
  onSay,
}: {
  kept: KeptSpotchecks;
  onOpen: (id: string) => void;
  onNew: () => void;
  onSay: (message: string) => void;
}) {
  const [incoming, setIncoming] = useState<Incoming | null>(null);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [undo, setUndo] = useState<Undoable | null>(null);

  async function take([file]: readonly File[]): Promise<void> {
    if (!file) return;
    const reading = await readSampleFile(file);
    setProblems(reading.ok ? [] : reading.problems);
    setIncoming(null);
    if (!reading.ok) return;
    const { record } = reading;
    const same = checks.some(
      ({ record: other }) => other.seed === record.seed && other.population.sha256 === record.population.sha256,
    );
    setIncoming({ name: file.name.replace(/\.json$/i, ''), record, same });
  }

  async function keep({ name, record }: Incoming, role: Spotcheck['role']): Promise<void> {
    const at = Date.now();
    const id = crypto.randomUUID();
    const given = { id, name: name.slice(0, 200) || id, host: null, createdAt: at, updatedAt: at, role };
    // Who checks again does not see what the first decided, even where the file says it.
    const blind = role === 'second' && roleOf(record) === 'first';
    await saveSpotcheck({ ...given, record: blind ? blindCopy(record) : record });
    onOpen(id);
  }

  async function remove({ id, name }: Spotcheck): Promise<void> {
    const back = await removeSpotcheck(id);
    setUndo({ text: `Đã xóa «${name}»`, done: `Đã lấy lại «${name}»`, back });
  }

  return (
    <section aria-labelledby="kept-title" class="kept-list">
      {undo && (
        <UndoBar
          step={undo}
          onBack={() =>
            void undo.back().then(() => {
              setUndo(null);
              onSay(undo.done);
            })
          }
          onEnd={() => setUndo(null)}
        />
      )}
      <div class="setup-head">
        <h2 id="kept-title">Các đợt kiểm tra</h2>
        <Button kind="primary" onClick={onNew}>
          Đợt kiểm tra mới
        </Button>
      </div>
      {bad > 0 && (
        <p class="notice amber">
          ▲ {bad} đợt kiểm tra trên máy này không đọc được (bản cũ hoặc hỏng); chúng vẫn được giữ.
        </p>
      )}
      {checks.length === 0 ? (
        <Empty title="Chưa có đợt kiểm tra nào">
          <p>
            Một đợt kiểm tra rút ngẫu nhiên một số hồ sơ từ danh sách, để biết tỷ lệ đúng của cả danh sách mà không phải
            xem hết.
          </p>
          <ol>
            <li>Chọn danh sách: tệp xuất từ hệ thống một cửa, một lần đối soát, hoặc bảng công việc.</li>
            <li>Chọn rút bao nhiêu và kiểm tra những mục nào.</li>
            <li>Rút bằng hạt giống công khai, mở từng hồ sơ, ghi đạt hay không đạt.</li>
          </ol>
        </Empty>
      ) : (
        <table class="kept-table">
          <thead>
            <tr>
              <th scope="col">Đợt kiểm tra</th>
              <th scope="col">Tình trạng</th>
              <th scope="col">Đã kiểm tra</th>
              <th scope="col">Sửa lần cuối</th>
              <th scope="col">Việc</th>
            </tr>
          </thead>
          <tbody>
            {checks.map((check) => {
              const { id, name, record, role, updatedAt } = check;
              const { done, units: all } = progressOf(record, role);
              return (
                <tr key={id}>
                  <th scope="row">
                    <bdi>{name}</bdi>
                    {role === 'second' && <span class="soft"> (người kiểm tra thứ hai)</span>}
                  </th>
                  <td>{stateWords(record, role)}</td>
                  <td>
                    {countText(done)}/{countText(all)}{' '}
                    <progress value={done} max={Math.max(1, all)} aria-label={`Tiến độ của ${name}`} />
                  </td>
                  <td>{fullMoment(Math.floor(updatedAt / 60_000))}</td>
                  <td class="actions">
                    <Button kind="small" label={`Mở ${name}`} onClick={() => onOpen(id)}>
                      Mở
                    </Button>
                    <Button kind="small" label={`Tải tệp mẫu của ${name}`} onClick={() => onSay(saveSampleFile(check))}>
                      Tải tệp mẫu
                    </Button>
                    <Button kind="small" label={`Xóa ${name}`} onClick={() => void remove(check)}>
                      Xóa
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <section class="card" aria-labelledby="take-title">
        <h3 id="take-title">Nhận một đợt từ người khác</h3>
        <Drop
          accept=".json"
          label="Chọn tệp mẫu"
          hint="hoặc thả tệp mẫu (.json) do đồng nghiệp gửi vào đây"
          onFiles={take}
        />
        {problems.length > 0 && (
          <ul class="notice red bullets" role="alert">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        {incoming && (
          <div class="notice blue">
            <p>
              «<bdi>{incoming.name}</bdi>»: {countText(incoming.record.units.length)} hồ sơ,{' '}
              {progressOf(incoming.record, 'first').done} đã có kết luận. Anh/chị là ai?
              {incoming.same && ' Máy này đã có cùng mẫu này; đợt nhận vào sẽ là một bản riêng.'}
            </p>
            <div class="actions">
              {(roleOf(incoming.record) === 'first' ? ROLES : ROLES.toReversed()).map(([role, label], i) => (
                <Button key={role} kind={i === 0 ? 'primary' : 'plain'} onClick={() => void keep(incoming, role)}>
                  {label}
                </Button>
              ))}
              <Button onClick={() => setIncoming(null)}>Thôi</Button>
            </div>
          </div>
        )}
      </section>
    </section>
  );
}
