import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { now, type TrustAnchor, version } from '../../lib/platform/index.ts';
import { LiveRegion } from '../../lib/ui/index.ts';
import { download } from '../shared/download.ts';
import { useNow } from '../shared/hooks.ts';
import type { WorkerLike } from '../shared/worker.ts';
import { Anchors, useAnchors } from './anchors.tsx';
import { Card } from './card.tsx';
import { derOf } from './certificates.ts';
import { resultCsv, resultText } from './export.ts';
import { Intake } from './intake.tsx';
import { Inspections, type Item, MAX_FILES } from './queue.ts';
import { Tools } from './tools.tsx';
import { type FileView, isBusy, sameGroups, tally, viewsOf } from './view.ts';

const SAY_SECONDS = 6;

/** "Kiểm tra tệp": what is in scans and signed files, found out on this machine. */
export function Inspect({ hire }: { hire: () => WorkerLike }) {
  const minute = useNow();
  if (minute === null)
    return (
      <main class="center" aria-busy="true">
        <p>Đang mở…</p>
      </main>
    );
  return <Open hire={hire} minute={minute} />;
}

function useInspections(
  hire: () => WorkerLike,
  anchors: readonly TrustAnchor[] | null,
): [readonly Item[], Inspections] {
  const [items, setItems] = useState<readonly Item[]>([]);
  const [queue] = useState(
    () => new Inspections({ hire, now, decodersUrl: `${location.origin}/decoders/`, onChange: setItems }),
  );
  useEffect(() => () => queue.clear(), [queue]);
  useEffect(() => {
    if (anchors !== null) queue.trust(anchors.map(derOf));
  }, [queue, anchors]);
  return [items, queue];
}

/** What has just happened, for the ear: each file that is through, and the end of the queue. */
function progressWords(views: readonly FileView[], before: ReadonlySet<string>): string {
  const through = views.filter((view) => !isBusy(view));
  const last = through.filter(({ item }) => !before.has(item.id)).at(-1);
  if (!last) return '';
  if (through.length === views.length) return `Đã xong ${views.length} tệp: ${tally(views)}`;
  return `Tệp ${last.item.number} trên ${views.length}: ${last.look.label}`;
}

function Open({ hire, minute }: { hire: () => WorkerLike; minute: number }) {
  const { anchors, failed } = useAnchors();
  const [items, queue] = useInspections(hire, anchors);
  const [named, setNamed] = useState(false);
  const [message, setMessage] = useState({ text: '', visible: false });
  /** Cards that the person opened or folded; the only file of a session is open by itself. */
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const pick = useRef<HTMLButtonElement>(null);

  const views = useMemo(() => viewsOf(items), [items]);
  const groups = useMemo(() => sameGroups(views), [views]);
  const through = views.filter((view) => !isBusy(view));
  const say = (text: string) => setMessage({ text, visible: true });

  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const text = progressWords(views, known.current);
    known.current = new Set(views.filter((view) => !isBusy(view)).map(({ item }) => item.id));
    if (text !== '') setMessage({ text, visible: false });
  }, [views]);

  useEffect(() => {
    if (!message.visible) return;
    const timer = setTimeout(() => setMessage({ text: '', visible: false }), SAY_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [message]);

  function take(files: readonly File[]): void {
    if (files.length === 0) return;
    const taken = queue.add(files);
    const left = files.length - taken;
    const refused =
      left > 0 ? `; ${left} tệp không nhận vì danh sách tối đa ${MAX_FILES} tệp: xoá kết quả rồi thêm tiếp` : '';
    say(`Đã nhận ${taken} tệp${refused}`);
  }

  function copy(): void {
    navigator.clipboard.writeText(resultText(views, now(), named)).then(
      () => say('Đã chép kết quả dạng chữ'),
      () => say('Trình duyệt không cho chép. Hãy bấm vào trang rồi thử lại.'),
    );
  }

  return (
    <div class="page">
      <header>
        <div>
          <h1>Kiểm tra tệp</h1>
          <p class="soft">
            Bản quét có đủ rõ, có trang trắng, chữ ký số có còn nguyên vẹn. Tệp không rời khỏi máy này.
          </p>
        </div>
        <a href="/options.html">Cài đặt</a>
      </header>
      <LiveRegion message={message.text} />
      <main>
        <div class="side">
          <Intake pickRef={pick} onFiles={take} />
          {views.length > 0 && (
            <Tools
              views={views}
              named={named}
              onNamed={setNamed}
              onStop={() => queue.cancelAll()}
              onCopy={copy}
              onCsv={() => download(resultCsv(views, named), 'kiem-tra-tep.csv', 'text/csv;charset=utf-8')}
              onFold={(open) => setOpened(new Map(items.map(({ id }) => [id, open])))}
              onClear={() => {
                queue.clear();
                setOpened(new Map());
                say('Đã xoá kết quả');
                pick.current?.focus();
              }}
            />
          )}
          <Anchors anchors={anchors} failed={failed} now={minute} />
        </div>
        <section class="results" aria-label="Kết quả">
          {groups.map((group) => (
            <p key={group[0]?.item.id} class="notice amber">
              <span aria-hidden="true">▲ </span>
              <strong>Cùng một tệp:</strong>{' '}
              {group.map(({ item }, i) => (
                <span key={item.id}>
                  {i > 0 && ', '}
                  {item.number}. <bdi>{item.name}</bdi>
                </span>
              ))}{' '}
              có nội dung giống hệt nhau.
            </p>
          ))}
          {views.length === 0 && <Beforehand />}
          {views.map((view) => (
            <Card
              key={view.item.id}
              view={view}
              open={opened.get(view.item.id) ?? (views.length === 1 && through.length === 1)}
              onOpen={(open) => setOpened((before) => new Map([...before, [view.item.id, open]]))}
              onCancel={() => queue.cancel(view.item.id)}
            />
          ))}
        </section>
      </main>
      {message.visible && (
        <p class="said" aria-hidden="true">
          {message.text}
        </p>
      )}
      <footer class="soft small">
        Đúng Hẹn {version()}. Kết quả chỉ nằm trên trang này và mất khi đóng trang; không tệp nào được gửi đi hay lưu
        lại. Đây là dữ kiện đọc từ tệp, không phải kết luận pháp lý về tệp hay chữ ký.
      </footer>
    </div>
  );
}

/** Before the first file: what will be told. */
function Beforehand() {
  return (
    <div class="card">
      <h2>Trang này cho biết</h2>
      <ul>
        <li>Tệp có mở được không, vì sao không; có mật khẩu hay bị hạn chế không</li>
        <li>Số trang, trang trắng, độ phân giải từng trang, màu, lớp văn bản (OCR)</li>
        <li>Chữ ký số: bao nhiêu, của ai, lúc nào, phần đã ký có bị sửa không</li>
        <li>Tệp nào trùng nội dung với tệp nào</li>
      </ul>
      <p class="soft small">
        Chuỗi chứng thư được xét theo danh sách «Chứng thư gốc tin cậy» của máy này. Việc thu hồi chứng thư không kiểm
        tra, vì phải hỏi qua mạng.
      </p>
    </div>
  );
}
