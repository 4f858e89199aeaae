import { useEffect, useRef, useState } from 'preact/hooks';
import type { CalendarLayer } from '../../lib/calendar/index.ts';
import type { Unit } from '../../lib/deadline/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { layerWords } from './layers.tsx';
import { type Remark, type Review, remarksText, reviewFile, reviewText, withLayer } from './review.ts';
import type { Saver } from './save.tsx';
import { saveCalendars, saveUnit } from './store.ts';

const PASTED = 'chữ đã dán';

/** Takes a file by button, by drop or as pasted text, shows what is in it, and only then lets it be accepted. */
export function Import({ layers, saver }: { layers: readonly CalendarLayer[]; saver: Saver }) {
  const [review, setReview] = useState<Review | null>(null);
  const [pasted, setPasted] = useState('');
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  function look(found: Review): void {
    saver.clear();
    setReview(found);
  }

  async function take(files: ArrayLike<File> | undefined): Promise<void> {
    const file = files?.[0];
    if (!file) return;
    if (files.length > 1)
      look({ kind: 'refused', name: 'tệp', remarks: [{ severity: 'error', line: 0, text: 'mỗi lần chỉ một tệp' }] });
    else look(await reviewFile(file, layers));
  }

  async function accept(accepted: Review): Promise<void> {
    let saved = false;
    if (accepted.kind === 'calendar') {
      const { layer } = accepted;
      saved = await saver.save(
        () => saveCalendars((list) => withLayer(list, layer)),
        `Đã nhận lịch «${layer.label}»`,
        true,
      );
    } else if (accepted.kind === 'unit') {
      saved = await saver.save(() => saveUnit(accepted.unit), 'Đã nhận cả bộ quy tắc', true);
    }
    if (!saved) return;
    setReview(null);
    setPasted('');
  }

  function leave(): void {
    setReview(null);
    document.getElementById('choose')?.querySelector('button')?.focus();
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a target for the mouse only; the button beside does the same */}
      <div
        id="choose"
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
        <Button onClick={() => input.current?.click()}>Chọn tệp .json</Button>
        <span class="soft">hoặc thả tệp vào đây. Nhiều nhất 2 MB; chưa có gì thay đổi cho đến khi bạn bấm nhận.</span>
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
          <label for="paste">Nội dung .json</label>
          <textarea
            id="paste"
            rows={6}
            spellcheck={false}
            value={pasted}
            onInput={(event) => setPasted(event.currentTarget.value)}
          />
        </div>
        <Button onClick={() => look(reviewText(PASTED, pasted, layers))}>Kiểm tra chữ đã dán</Button>
      </details>
      {review && <ReviewBox key={review.name} review={review} onAccept={accept} onLeave={leave} />}
    </>
  );
}

const GROUPS: readonly { severity: Remark['severity']; title: string; tone: string }[] = [
  { severity: 'error', title: 'Lỗi', tone: 'red' },
  { severity: 'warning', title: 'Cảnh báo', tone: 'amber' },
  { severity: 'note', title: 'Ghi chú', tone: 'grey' },
];

function unitWords({ rules, calendars }: Unit): string {
  return `Cả bộ quy tắc: ${rules.counting?.length ?? 0} cách đếm theo ngày, ${Object.keys(rules.thresholds ?? {}).length} ngưỡng riêng, ${rules.cutoffs?.length ?? 0} giờ chốt, ${calendars.length} lịch. Thay toàn bộ những gì đang đặt trên trang này.`;
}

function ReviewBox({
  review,
  onAccept,
  onLeave,
}: {
  review: Review;
  onAccept: (review: Review) => Promise<void>;
  onLeave: () => void;
}) {
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
    <div class={review.kind === 'refused' ? 'review refused' : 'review'}>
      <h4 ref={title} tabIndex={-1}>
        {review.kind === 'refused' ? `Không nhận: ${review.name}` : `Kiểm tra: ${review.name}`}
      </h4>
      {review.kind === 'calendar' && <p>Lịch {layerWords(review.layer)}.</p>}
      {review.kind === 'calendar' && review.replaces && <p>Thay cho {layerWords(review.replaces)}.</p>}
      {review.kind === 'unit' && <p>{unitWords(review.unit)}</p>}
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
                {remarks.map(({ line, text }) => (
                  <li key={`${line} ${text}`}>
                    {line > 0 && <span class="at">Dòng {line}</span>} {text}
                  </li>
                ))}
              </ul>
            </div>
          )
        );
      })}
      {review.kind !== 'refused' && warned && (
        <label class="check">
          <input type="checkbox" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} /> Tôi đã đọc
          các cảnh báo và vẫn nhận
        </label>
      )}
      <div class="actions">
        {review.kind !== 'refused' && (
          <Button kind="primary" disabledReason={missing} onRefused={setSaid} onClick={() => void onAccept(review)}>
            {review.kind === 'unit' ? 'Nhận cả bộ quy tắc' : 'Nhận lịch này'}
          </Button>
        )}
        {review.remarks.length > 0 && <Button onClick={() => void copy()}>Chép danh sách</Button>}
        <Button onClick={onLeave}>{review.kind === 'refused' ? 'Đóng' : 'Bỏ, không nhận'}</Button>
        <span role="status" class="soft">
          {said}
        </span>
      </div>
    </div>
  );
}
