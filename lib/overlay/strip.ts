import { STRIP_HEADS, STRIP_LEGEND, type StripWeek } from '../words/index.ts';
import { h } from './dom.ts';

/** The dates of a count as a small calendar: a table, so that it can be read cell by cell and without colour. */
export function stripTable(weeks: readonly StripWeek[], caption: string): HTMLElement {
  const rows = weeks.flatMap(({ gap, cells }) => {
    const row = h(
      'tr',
      {},
      ...cells.map((cell) =>
        cell
          ? h('td', { class: cell.kind, title: cell.label }, h('span', {}, cell.date), h('b', {}, cell.sign))
          : h('td', {}),
      ),
    );
    return gap > 0 ? [h('tr', {}, h('td', { class: 'gap', colspan: '7' }, `… ${gap} tuần …`)), row] : [row];
  });
  const used = new Set(weeks.flatMap(({ cells }) => cells.map((cell) => cell?.kind)));
  const legend = STRIP_LEGEND.filter(({ kind }) => used.has(kind)).map(({ sign, text }) =>
    h('span', {}, h('b', {}, sign), ` ${text}`),
  );
  return h(
    'div',
    { class: 'strip' },
    h(
      'table',
      { 'aria-label': caption },
      h('thead', {}, h('tr', {}, ...STRIP_HEADS.map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, ...rows),
    ),
    h('div', { class: 'legend' }, ...legend),
  );
}
