import { differenceSentence, pointsText, rateText, verdictSentence } from '../../lib/sampling/index.ts';
import type { TableProps } from './result-tables.tsx';

/** The acceptance plan's verdicts; nothing where the sample has no plan. */
export function Verdicts({ record, result }: TableProps) {
  const said = result.checks.flatMap((check) => {
    const sentence = verdictSentence(check, record);
    return sentence === null ? [] : [{ check, sentence }];
  });
  if (said.length === 0) return null;
  const tones = { accepted: 'green', refused: 'red', open: 'amber' } as const;
  return (
    <>
      {said.map(({ check: { name, verdict }, sentence }) => (
        <p key={name} class={`notice ${tones[verdict ?? 'open']}`}>
          {name}, theo phương án chấp nhận: {sentence}
        </p>
      ))}
    </>
  );
}

/** Declared rates beside verified ones, and what the difference means. */
export function DeclaredTable({ result }: TableProps) {
  const declared = result.checks.filter(({ difference }) => difference !== null);
  if (declared.length === 0) return <p class="soft">Chưa có mục nào có cả số đã khai và tỷ lệ kiểm tra được.</p>;
  return (
    <table class="figures">
      <thead>
        <tr>
          <th scope="col">Mục kiểm tra</th>
          <th scope="col">Đã khai</th>
          <th scope="col">Kiểm tra được</th>
          <th scope="col">Chênh lệch</th>
          <th scope="col">Khoảng của chênh lệch</th>
          <th scope="col">Nghĩa là</th>
        </tr>
      </thead>
      <tbody>
        {declared.map((check) => {
          const { name, total, difference } = check;
          if (!total || !difference) return null;
          const [low, high] = difference.interval;
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="figure">{rateText(difference.declared)}</td>
              <td class="figure">{rateText(total.rate)}</td>
              <td class="figure">{pointsText(difference.value)}</td>
              <td class="figure span">
                từ {pointsText(low)} đến {pointsText(high)}
              </td>
              <td class={difference.contradicted ? 'red' : ''}>{differenceSentence(check, result.confidence)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
