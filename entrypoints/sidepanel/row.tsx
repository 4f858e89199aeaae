import { type AssessContext, supplementExpired } from '../../lib/deadline/index.ts';
import { dayOf, shortDate, timeOf } from '../../lib/text/index.ts';
import { Badge, Button, explain, letterWords, Strip, type WorklistItem } from '../../lib/ui/index.ts';

export const NO_LINK = 'Hệ thống này không có địa chỉ riêng cho từng hồ sơ: hãy tìm theo mã trên trang.';

/** `09:12`, with the date when it was not today. */
export function readAt(minute: number, now: number): string {
  const day = dayOf(minute);
  return day === dayOf(now) ? timeOf(minute) : `${timeOf(minute)} ${shortDate(day, dayOf(now))}`;
}

export interface RowActions {
  open: (item: WorklistItem) => void;
  copy: (item: WorklistItem) => void;
  explain: (item: WorklistItem) => void;
  refused: (reason: string) => void;
  /** Opens the page that drafts its letter. */
  draft: (item: WorklistItem) => void;
  /** Notes that its letter went out. */
  issue: (item: WorklistItem) => void;
}

/** One dossier. Its buttons are tab stops only while the row is the current one (roving tabindex). */
export function Row({
  item,
  index,
  context,
  current,
  expanded,
  actions,
}: {
  item: WorklistItem;
  index: number;
  context: AssessContext;
  current: boolean;
  expanded: boolean;
  actions: RowActions;
}) {
  const { entry, assessment } = item;
  const { now } = context;
  const { code, record } = entry;
  const tabIndex = current ? 0 : -1;
  const name = record.procedure.name;
  return (
    <tr class="row" aria-rowindex={index + 1} tabIndex={tabIndex} data-key={item.key}>
      <td>
        <Badge assessment={assessment} now={now} />
        <div class="line">
          <span class="code">{code}</span>
          {!record.codeKnown && (
            <span class="mark" title="Mã hồ sơ không theo dạng nào đã biết">
              mã lạ
            </span>
          )}
          {supplementExpired(record) && (
            <span class="mark" title="Hệ thống ghi đã quá hạn bổ sung giấy tờ">
              quá hạn bổ sung
            </span>
          )}
          <span class="soft end">đọc lúc {readAt(entry.seenAt, now)}</span>
        </div>
        {name !== undefined && (
          <div class="procedure" title={name}>
            {name}
          </div>
        )}
        <Letter item={item} now={now} tabIndex={tabIndex} actions={actions} />
        <div class="line">
          <span class="soft host" title={entry.host}>
            {entry.host}
          </span>
          <Button
            kind="small"
            tabIndex={tabIndex}
            expanded={expanded}
            label={`Vì sao? Hồ sơ ${code}`}
            onClick={() => actions.explain(item)}
          >
            Vì sao?
          </Button>
          <Button kind="small" tabIndex={tabIndex} label={`Chép mã ${code}`} onClick={() => actions.copy(item)}>
            Chép mã
          </Button>
          <Button
            kind="small"
            tabIndex={tabIndex}
            label={`Mở hồ sơ ${code}`}
            disabledReason={entry.link === null ? NO_LINK : null}
            onRefused={actions.refused}
            onClick={() => actions.open(item)}
          >
            Mở hồ sơ
          </Button>
        </div>
        {expanded && (
          <div class="why">
            <Why item={item} context={context} />
          </div>
        )}
      </td>
    </tr>
  );
}

/** Until when the apology letter has to be out, or what became of it. */
function Letter({
  item,
  now,
  tabIndex,
  actions,
}: {
  item: WorklistItem;
  now: number;
  tabIndex: number;
  actions: RowActions;
}) {
  const { entry, letter } = item;
  if (!letter?.mark) return null;
  return (
    <div class="line letter" data-letter={letter.mark}>
      <span class="words">
        <span aria-hidden="true">✉ </span>thư: {letterWords(letter, now)}
      </span>
      {letter.waiting && (
        <>
          <Button
            kind="small"
            tabIndex={tabIndex}
            label={`Soạn thư xin lỗi cho hồ sơ ${entry.code}`}
            onClick={() => actions.draft(item)}
          >
            Soạn thư
          </Button>
          <Button
            kind="small"
            tabIndex={tabIndex}
            label={`Đã gửi thư xin lỗi của hồ sơ ${entry.code}`}
            onClick={() => actions.issue(item)}
          >
            Đã gửi
          </Button>
        </>
      )}
    </div>
  );
}

function Why({ item: { entry, assessment }, context }: { item: WorklistItem; context: AssessContext }) {
  const { steps, clocks, count, comparison, sources } = explain(entry.record, assessment, context);
  const others = clocks.map((clock) => `${clock.name}: ${clock.text}`);
  return (
    <>
      <Lines title="Cách tính" lines={steps} />
      {count && (
        <>
          <Lines title={count.title} lines={count.steps} />
          {count.strip.length > 0 && <Strip weeks={count.strip} caption={count.title} />}
        </>
      )}
      <Lines title="Các hạn khác" lines={others} />
      <Lines title="Đối chiếu với hệ thống" lines={comparison} />
      <Lines title="Nguồn" lines={sources} />
    </>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
