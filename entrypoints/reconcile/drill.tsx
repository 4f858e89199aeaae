import { useEffect, useRef } from 'preact/hooks';
import {
  causeName,
  className,
  type Difference,
  fixName,
  recordLines,
  ruleName,
  SIDES,
  type Side,
  sideName,
} from '../../lib/reconcile/index.ts';
import { Button } from '../../lib/ui/index.ts';

/** One dossier: what each system says, side by side, what differs, why, and what to do. */
export function Drill({
  difference,
  asked,
  openAddress,
  onClose,
  onCopy,
}: {
  difference: Difference;
  /** Systems of this run. */
  asked: readonly Side[];
  /** Address of the dossier in the city system, when the unit's address is known. */
  openAddress: string | null;
  onClose: () => void;
  onCopy: (text: string) => void;
}) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [difference.code]);
  const { code, findings, records, rows } = difference;
  const sides = SIDES.filter((side) => asked.includes(side));
  const lines = recordLines(difference);
  return (
    <section
      class="drill card"
      aria-labelledby="drill-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header>
        <h2 id="drill-title" ref={title} tabIndex={-1}>
          <bdi>{code}</bdi>
        </h2>
        <div class="actions">
          <Button kind="small" onClick={() => onCopy(code)}>
            Chép mã
          </Button>
          {openAddress !== null && (
            <a class="button small" href={openAddress} target="_blank" rel="noreferrer">
              Mở ở hệ thống của Thành phố
            </a>
          )}
          <Button kind="small" onClick={onClose} label="Đóng hồ sơ này">
            Đóng
          </Button>
        </div>
      </header>
      <table class="sides">
        <thead>
          <tr>
            <th scope="col">Thông tin</th>
            {sides.map((side) => (
              <th key={side} scope="col">
                {sideName(side)}
                {(rows[side] ?? 0) > 1 && <span class="soft"> ({rows[side]} dòng)</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ field, values, differs }) => (
            <tr key={field} class={differs ? 'differs' : ''}>
              <th scope="row">
                {differs && <span aria-hidden="true">≠ </span>}
                {field}
                {differs && <span class="hidden"> (khác nhau)</span>}
              </th>
              {sides.map((side) => (
                <td key={side}>
                  {records[side] ? values[side] || <span class="soft">không cho biết</span> : <em>không có</em>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul class="findings">
        {findings.map((finding) => (
          <li key={`${finding.class} ${finding.rule}`}>
            <strong>{className(finding.class)}</strong>
            {finding.cause !== undefined && <span>: {causeName(finding.cause)}</span>}
            <p>
              {fixName(finding.fix)} {finding.curable && <span class="mark">gửi lại được</span>}
            </p>
            <p class="soft small">{ruleName(finding.rule)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
