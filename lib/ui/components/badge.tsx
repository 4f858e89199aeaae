import type { Assessment } from '../../deadline/index.ts';
import { badgeWords, lookOf, toneOf } from '../../words/index.ts';

/** The verdict as on the host's page: shape, words, calendar moment, and the mark of a mismatch. */
export function Badge({ assessment, now }: { assessment: Assessment; now: number }) {
  const { shown, mismatch } = assessment;
  const { shape, label } = lookOf(shown.verdict);
  const { main, when } = badgeWords(shown, now);
  return (
    <span class={`badge ${toneOf(shown)}`} data-verdict={shown.verdict} data-clock={shown.clock}>
      <span class="shape" aria-hidden="true">
        {shape}
      </span>
      <span class="hidden">{label}: </span>
      <strong>{main}</strong>
      {when !== '' && <span>{when}</span>}
      {mismatch !== null && (
        <span class="mark" title="Ngày hẹn của hệ thống lệch với cách đếm của luật">
          lệch
        </span>
      )}
    </span>
  );
}
