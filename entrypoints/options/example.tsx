import type { WorkTable } from '../../lib/calendar/index.ts';
import { DEFAULT_RULES, type DueInput, dueAt } from '../../lib/deadline/index.ts';
import type { Counting } from '../../lib/schema/index.ts';
import { parseMoment } from '../../lib/text/index.ts';
import { limitWords, longMoment } from '../../lib/ui/index.ts';

const at = (text: string) => parseMoment(text)?.minute ?? 0;

/** Dates over Tết, a weekend and a supplement: where ways of counting part. */
const CASES: readonly { words: string; input: DueInput }[] = [
  {
    words: 'qua Tết',
    input: { receivedAt: at('16:59 12/02/2026'), limit: { value: 5, unit: 'workday' } },
  },
  {
    words: 'nộp ngoài giờ',
    input: { receivedAt: at('19:30 06/03/2026'), limit: { value: 2, unit: 'workday' } },
  },
  {
    words: 'chờ bổ sung từ 10:00 04/03 đến 15:00 09/03',
    input: {
      receivedAt: at('09:20 02/03/2026'),
      limit: { value: 10, unit: 'workday' },
      pauses: [{ kind: 'supplement', from: at('10:00 04/03/2026'), to: at('15:00 09/03/2026') }],
    },
  },
];

const dueWords = (due: number | null) => (due === null ? 'lịch chưa có năm này' : longMoment(due));

/** What a way of counting gives for three dossiers, by the unit's calendar, beside what ships. */
export function Example({ title, table, counting }: { title: string; table: WorkTable; counting: Counting }) {
  return (
    <div class="example">
      <h3 id="example-title">{title}</h3>
      <ul aria-labelledby="example-title">
        {CASES.map(({ words, input }) => {
          const due = dueAt(table, input, counting);
          const usual = dueAt(table, input, DEFAULT_RULES.counting[0] as Counting);
          return (
            <li key={words}>
              Nhận {longMoment(input.receivedAt)}, {limitWords(input.limit)}, {words} → <strong>{dueWords(due)}</strong>
              {due !== usual && <span class="soft"> (mặc định: {dueWords(usual)})</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
