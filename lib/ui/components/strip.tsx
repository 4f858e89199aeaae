import { STRIP_HEADS, STRIP_LEGEND, type StripWeek } from '../../words/index.ts';

/** The dates of a count as a small calendar: a table, so that it can be read cell by cell and without colour. */
export function Strip({ weeks, caption }: { weeks: readonly StripWeek[]; caption: string }) {
  const used = new Set(weeks.flatMap(({ cells }) => cells.map((cell) => cell?.kind)));
  return (
    <div class="strip">
      <table aria-label={caption}>
        <thead>
          <tr>
            {STRIP_HEADS.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(({ gap, cells }, index) => (
            <>
              {gap > 0 && (
                <tr>
                  <td class="gap" colSpan={7}>
                    … {gap} tuần …
                  </td>
                </tr>
              )}
              <tr key={cells.find((cell) => cell)?.day ?? index}>
                {cells.map((cell, column) =>
                  cell ? (
                    <td key={cell.day} class={cell.kind} title={cell.label}>
                      <span>{cell.date}</span>
                      <b>{cell.sign}</b>
                    </td>
                  ) : (
                    <td key={STRIP_HEADS[column]} />
                  ),
                )}
              </tr>
            </>
          ))}
        </tbody>
      </table>
      <div class="legend">
        {STRIP_LEGEND.filter(({ kind }) => used.has(kind)).map(({ kind, sign, text }) => (
          <span key={kind}>
            <b>{sign}</b> {text}
          </span>
        ))}
      </div>
    </div>
  );
}
