import type { Severity, TemplateFinding } from '../../lib/letters/index.ts';
import { sentence } from '../../lib/ui/index.ts';

const GROUPS: readonly (readonly [severity: Severity, name: string, tone: string])[] = [
  ['error', 'Lỗi', 'red'],
  ['warning', 'Cảnh báo', 'amber'],
  ['note', 'Ghi chú', 'grey'],
];

/** "Kiểm tra mẫu": what was found, the gravest first, with the paragraph it stands in. */
export function Findings({ findings }: { findings: readonly TemplateFinding[] }) {
  if (findings.length === 0) return <p>Không thấy gì phải sửa.</p>;
  return (
    <>
      {GROUPS.map(([severity, name, tone]) => {
        const found = findings.filter((finding) => finding.severity === severity);
        return (
          found.length > 0 && (
            <div key={severity}>
              <h4>
                <span class={`tag ${tone}`}>
                  {name} ({found.length})
                </span>
              </h4>
              <ul class="bullets">
                {found.map(({ id, part, paragraph, tag, message }) => (
                  <li key={`${id} ${part} ${paragraph} ${tag}`}>
                    {tag && (
                      <>
                        <code>{tag}</code>:{' '}
                      </>
                    )}
                    {sentence(message)}
                    {paragraph && <span class="hint"> Trong đoạn «{paragraph}»</span>}
                  </li>
                ))}
              </ul>
            </div>
          )
        );
      })}
    </>
  );
}
