import type { RegisterEntry } from '../../lib/letters/index.ts';
import { showTab } from '../../lib/platform/index.ts';
import { fullDate, timeOf } from '../../lib/text/index.ts';
import { Button } from '../../lib/ui/index.ts';
import { partiesOf, type Target } from './draft.ts';
import type { Source } from './hooks.ts';

function words({ kind, host, recipient }: Source, code: string, readAt: number | null): string {
  switch (kind) {
    case 'none':
      return 'Chưa gắn với hồ sơ nào. Chọn một hồ sơ trên trang một cửa rồi bấm Alt+Shift+X, hoặc nhập tay bên dưới.';
    case 'reading':
      return `Đang đọc hồ sơ ${code} từ trang…`;
    case 'closed':
      return `Không thẻ nào đang mở hồ sơ ${code}. Người nhận chưa đọc được: mở trang có hồ sơ này rồi bấm «Đọc lại từ trang», hoặc nhập tay.`;
    case 'gone':
      return `Trang không còn hiện hồ sơ ${code}. Người nhận chưa đọc được: mở lại hồ sơ trên thẻ đó rồi bấm «Đọc lại từ trang», hoặc nhập tay.`;
    case 'read': {
      const nobody = recipient === null || partiesOf(recipient).length === 0;
      const from = `Đọc từ ${host || 'trang'}${readAt === null ? '' : ` lúc ${timeOf(readAt)}`}.`;
      return nobody ? `${from} Trang không cho biết tên người nhận: nhập tay.` : from;
    }
  }
}

function stateWords({ state, issuedAt, draftedAt }: RegisterEntry): string | null {
  if (state === 'issued')
    return `Sổ ghi: thư của hồ sơ này đã gửi${issuedAt === undefined ? '' : ` ngày ${fullDate(issuedAt)}`}. Mỗi hồ sơ chỉ hẹn lại một lần.`;
  if (state === 'not-applicable') return 'Sổ ghi: hồ sơ này không cần thư.';
  if (draftedAt !== undefined) return `Sổ ghi: thư đã được soạn ngày ${fullDate(draftedAt)}, chưa gửi.`;
  return null;
}

/** Where the letter's facts come from and how fresh they are. */
export function SourceBar({
  target,
  source,
  readAt,
  entry,
  onRead,
  onSay,
}: {
  target: Target | null;
  source: Source;
  readAt: number | null;
  entry: RegisterEntry | undefined;
  onRead: () => void;
  onSay: (text: string) => void;
}) {
  const lost = source.kind === 'closed' || source.kind === 'gone';
  const noted = entry ? stateWords(entry) : null;

  async function show(tabId: number): Promise<void> {
    if (!(await showTab(tabId))) onSay('Thẻ đó đã đóng.');
  }

  return (
    <div class={lost ? 'source lost' : 'source'} data-source={source.kind}>
      <p role="status">{words(source, target?.code ?? '', readAt)}</p>
      {noted && <p>{noted}</p>}
      {target && (
        <div class="actions">
          <Button
            kind="small"
            disabledReason={source.kind === 'reading' ? 'Đang đọc' : null}
            onRefused={onSay}
            onClick={onRead}
          >
            Đọc lại từ trang
          </Button>
          {source.kind !== 'closed' && target.tabId !== null && (
            <Button kind="small" onClick={() => void show(target.tabId as number)}>
              Về trang hồ sơ
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
