import type { KeptJob } from '../../lib/platform/index.ts';
import { sideName } from '../../lib/reconcile/index.ts';
import { fullDate, parseIsoDay, startOfDay } from '../../lib/text/index.ts';

/** `2026-11-05` as «05/11/2026»; what is no such day stays as it is. */
export function dayText(iso: string): string {
  const day = parseIsoDay(iso);
  return day === null ? iso : fullDate(startOfDay(day));
}

/** What a reconciliation was about, on one line. */
export const jobWords = ({ spec }: KeptJob): string =>
  [
    spec.sources.map(({ side }) => sideName(side)).join(', '),
    spec.period && `tiếp nhận ${dayText(spec.period.from)} – ${dayText(spec.period.to)}`,
    spec.units.length > 0 && `đơn vị ${spec.units.join(', ')}`,
  ]
    .filter(Boolean)
    .join(' · ');
