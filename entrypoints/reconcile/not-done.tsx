import { partitionText, type ReconcileReport, sideName } from '../../lib/reconcile/index.ts';
import { groupsOf } from './filter.ts';

type Part = ReconcileReport['notDone'][number];

/** More parts than this of one reason are counted; the report file names them all. */
const NAMED = 6;

/** Which parts nobody has answered for, and why: what stands in them is unknown, never missing. */
export function NotDone({ parts }: { parts: readonly Part[] }) {
  if (parts.length === 0) return null;
  const reasons = groupsOf(parts, ({ side, message }) => `${side} ${message}`);
  return (
    <section class="notice amber" aria-label="Phần chưa làm">
      <p>
        <strong>▲ Chưa hỏi được {parts.length} phần.</strong> Hồ sơ ở các phần này không bị coi là thiếu; có thể hỏi lại
        chúng mà không đọc lại phần đã xong.
      </p>
      <ul class="bullets">
        {[...reasons].map(([key, members]) => (
          <Reason key={key} members={members} />
        ))}
      </ul>
    </section>
  );
}

function Reason({ members }: { members: readonly Part[] }) {
  const [first] = members;
  if (!first) return null;
  const named = members.slice(0, NAMED).map(({ partition, dossiers }) => {
    const count = dossiers === undefined ? '' : ` (${dossiers} hồ sơ)`;
    return `${partitionText(partition)}${count}`;
  });
  const more = members.length - named.length;
  return (
    <li>
      <strong>{sideName(first.side)}</strong>: {first.message} <span class="soft">{named.join('; ')}</span>
      {more > 0 && <span class="soft"> và {more} phần nữa (có đủ trong tệp .xlsx)</span>}
    </li>
  );
}

/** More rows than this are in the report file. */
const ROWS = 100;

/** Rows that could not become records: where they stand and what is wrong with each. */
export function Unreadable({ rows }: { rows: ReconcileReport['unreadable'] }) {
  if (rows.length === 0) return null;
  return (
    <details class="notice amber">
      <summary>▲ {rows.length} dòng không đọc được: được đếm ở cột «Chỉ để biết», không bị bỏ</summary>
      <ul class="bullets">
        {rows.slice(0, ROWS).map(({ side, at, code, reason }, i) => (
          <li key={i}>
            {sideName(side)}, <bdi>{at}</bdi>
            {code !== undefined && (
              <>
                , <bdi>{code}</bdi>
              </>
            )}
            : {reason}
          </li>
        ))}
      </ul>
      {rows.length > ROWS && <p>Đủ {rows.length} dòng có trong tệp .xlsx.</p>}
    </details>
  );
}
