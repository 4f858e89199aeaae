import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../lib/ui/index.ts';
import {
  type FileReader,
  type Remark,
  type Review,
  refusal,
  remarksText,
  reviewFile,
  reviewText,
} from './file-review.ts';

const PASTED = 'chữ đã dán';
/** A slip that is in every entry of a large file would fill the page; the copied list has all of them. */
const MOST_REMARKS = 200;

interface Taking<T> {
  /** What accepting it is called, on the button. */
  accepting: (content: T) => string;
  /** What is in it, and what would change. */
  show: (content: T) => ComponentChildren;
}

/**
 * Takes a file by button, by drop or as pasted text, shows what is in it, and only then lets it be accepted.
 * @param id begins the ids of the controls
 * @param onLook called when another file is looked at
 * @param onAccept true when it could be saved
 */
export function Import<T>({
  id,
  choose,
  reader,
  onLook,
  onAccept,
  ...taking
}: Taking<T> & {
  id: string;
  choose: string;
  reader: FileReader<T>;
  onLook: () => void;
  onAccept: (content: T) => Promise<boolean>;
}) {
  const [review, setReview] = useState<Review<T> | null>(null);
  const [pasted, setPasted] = useState('');
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  function look(found: Review<T>): void {
    onLook();
    setReview(found);
  }

  async function take(files: ArrayLike<File> | undefined): Promise<void> {
    const file = files?.[0];
    if (!file) return;
    if (files.length > 1) look({ name: 'tệp', ...refusal('mỗi lần chỉ một tệp') });
    else look(await reviewFile(file, reader));
  }

  async function accept(content: T): Promise<void> {
    if (!(await onAccept(content))) return;
    setReview(null);
    setPasted('');
  }

  function leave(): void {
    setReview(null);
    document.getElementById(`${id}-choose`)?.querySelector('button')?.focus();
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a target for the mouse only; the button beside does the same */}
      <div
        id={`${id}-choose`}
        class={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer?.files);
        }}
      >
        <Button onClick={() => input.current?.click()}>{choose}</Button>
        <span class="soft">
          hoặc thả tệp vào đây. Nhiều nhất {reader.megabytes} MB; chưa có gì thay đổi cho đến khi bạn bấm nhận.
        </span>
        <input
          ref={input}
          class="hidden"
          type="file"
          accept=".json,application/json"
          tabIndex={-1}
          aria-hidden="true"
          onChange={async (event) => {
            const field = event.currentTarget;
            await take(field.files ?? undefined);
            // So that the same file, mended, can be chosen again.
            field.value = '';
          }}
        />
      </div>
      <details>
        <summary>Dán chữ thay cho tệp</summary>
        <div class="question">
          <label for={`${id}-paste`}>Nội dung .json</label>
          <textarea
            id={`${id}-paste`}
            rows={6}
            spellcheck={false}
            value={pasted}
            onInput={(event) => setPasted(event.currentTarget.value)}
          />
        </div>
        <Button onClick={() => look(reviewText(PASTED, pasted, reader))}>Kiểm tra chữ đã dán</Button>
      </details>
      {review && <ReviewBox key={review.name} review={review} {...taking} onAccept={accept} onLeave={leave} />}
    </>
  );
}

const GROUPS: readonly { severity: Remark['severity']; title: string; tone: string }[] = [
  { severity: 'error', title: 'Lỗi', tone: 'red' },
  { severity: 'warning', title: 'Cảnh báo', tone: 'amber' },
  { severity: 'note', title: 'Ghi chú', tone: 'grey' },
];

function ReviewBox<T>({
  review,
  accepting,
  show,
  onAccept,
  onLeave,
}: Taking<T> & {
  review: Review<T>;
  onAccept: (content: T) => Promise<void>;
  onLeave: () => void;
}) {
  const { content } = review;
  const [sure, setSure] = useState(false);
  const [said, setSaid] = useState('');
  const title = useRef<HTMLHeadingElement>(null);
  const warned = review.remarks.some(({ severity }) => severity === 'warning');
  const missing = warned && !sure ? 'Đánh dấu đã đọc các cảnh báo trước' : null;

  useEffect(() => {
    setSure(false);
    setSaid('');
    title.current?.focus();
  }, [review]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(remarksText(review));
      setSaid('Đã chép danh sách');
    } catch {
      setSaid('Trình duyệt không cho chép');
    }
  }

  return (
    <div class={content === null ? 'review refused' : 'review'}>
      <h4 ref={title} tabIndex={-1}>
        {content === null ? `Không nhận: ${review.name}` : `Kiểm tra: ${review.name}`}
      </h4>
      {content !== null && show(content)}
      {review.remarks.length === 0 && <p>Không thấy gì phải lưu ý.</p>}
      {GROUPS.map(({ severity, title: name, tone }) => {
        const remarks = review.remarks.filter((remark) => remark.severity === severity);
        return (
          remarks.length > 0 && (
            <div key={severity}>
              <h5>
                <span class={`tag ${tone}`}>
                  {name} ({remarks.length})
                </span>
              </h5>
              <ul class="remarks">
                {remarks.slice(0, MOST_REMARKS).map(({ line, text }, i) => (
                  <li key={i}>
                    {line > 0 && <span class="at">Dòng {line}</span>} {text}
                  </li>
                ))}
                {remarks.length > MOST_REMARKS && (
                  <li>và {remarks.length - MOST_REMARKS} chỗ nữa; bấm «Chép danh sách» để có đủ</li>
                )}
              </ul>
            </div>
          )
        );
      })}
      {content !== null && warned && (
        <label class="check">
          <input type="checkbox" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} /> Tôi đã đọc
          các cảnh báo và vẫn nhận
        </label>
      )}
      <div class="actions">
        {content !== null && (
          <Button kind="primary" disabledReason={missing} onRefused={setSaid} onClick={() => void onAccept(content)}>
            {accepting(content)}
          </Button>
        )}
        {review.remarks.length > 0 && <Button onClick={() => void copy()}>Chép danh sách</Button>}
        <Button onClick={onLeave}>{content === null ? 'Đóng' : 'Bỏ, không nhận'}</Button>
        <span role="status" class="soft">
          {said}
        </span>
      </div>
    </div>
  );
}
