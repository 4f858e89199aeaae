import { LETTER_REASONS } from '../../lib/letters/index.ts';
import { fullDate } from '../../lib/text/index.ts';
import { letterWords, type WorklistItem } from '../../lib/ui/index.ts';

/** Reasons that need nothing more to be written. */
export const PRESETS = LETTER_REASONS.filter(({ text }) => text !== '');

/** Of a row; empty takes the common reason. */
const ROW_REASONS: readonly (readonly [string, string])[] = [
  ['', 'như trên'],
  ...PRESETS.map(({ id, label }) => [id, label] as const),
];

const dueOf = ({ assessment }: WorklistItem) =>
  assessment.clocks.find(({ clock }) => clock === 'appointment')?.dueAt ?? null;

/** The dossiers that wait for a letter, each with a tick and, where it differs, a reason. */
export function BatchTable({
  items,
  isTicked,
  reasons,
  now,
  onTick,
  onReason,
}: {
  items: readonly WorklistItem[];
  isTicked: (item: WorklistItem) => boolean;
  reasons: ReadonlyMap<string, string>;
  now: number;
  onTick: (keys: readonly string[], ticked: boolean) => void;
  onReason: (key: string, id: string) => void;
}) {
  return (
    <div class="scroll">
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">
              <input
                id="batch-all"
                type="checkbox"
                aria-label="Chọn tất cả"
                checked={items.every(isTicked)}
                onChange={(event) =>
                  onTick(
                    items.map(({ key }) => key),
                    event.currentTarget.checked,
                  )
                }
              />
            </th>
            <th scope="col">Mã hồ sơ</th>
            <th scope="col">Thủ tục</th>
            <th scope="col">Hẹn trả</th>
            <th scope="col">Hạn gửi thư</th>
            <th scope="col">Lý do</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const { key, entry, letter } = item;
            const due = dueOf(item);
            return (
              <tr key={key}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Chọn ${entry.code}`}
                    checked={isTicked(item)}
                    onChange={(event) => onTick([key], event.currentTarget.checked)}
                  />
                </td>
                <th scope="row">{entry.code}</th>
                <td>{entry.record.procedure.name}</td>
                <td>{due === null ? '' : fullDate(due)}</td>
                <td>{letter && letterWords(letter, now)}</td>
                <td>
                  <select
                    aria-label={`Lý do của ${entry.code}`}
                    value={reasons.get(key) ?? ''}
                    onChange={(event) => onReason(key, event.currentTarget.value)}
                  >
                    {ROW_REASONS.map(([id, label]) => (
                      <option key={id} value={id}>
                        {label}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
