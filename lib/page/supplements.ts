import type { Dossier } from '../schema/index.ts';
import { dayOf, type ParsedMoment, startOfDay } from '../text/index.ts';
import { linesOf, textOf } from './cells.ts';
import words from './data/supplements.json' with { type: 'json' };
import { headerKey } from './headers.ts';
import { bodyCells, readTable, rowsBelow, type TableShape } from './table.ts';
import { type MomentReading, readMoment } from './values.ts';

/** What a detail page tells of the papers that were asked for (yêu cầu bổ sung). */
export interface Supplements {
  requests: number;
  /** Empty when any request could not be read: part of the pauses is worse than none, because it is taken for all. */
  pauses: Dossier['pauses'];
}

type Pause = Dossier['pauses'][number];

/** A title is a line, not the page before the table. */
const TITLE_AT_MOST = 120;
/** More requests than this are a table of something else. */
const ROWS_AT_MOST = 60;

const about = headerKey(words.about);
const keys = (list: readonly string[]) => new Set(list.map(headerKey));
const [ASKED, ASKED_OF, GIVEN] = [keys(words.asked), keys(words.askedOf), keys(words.given)];

function titleOf(table: Element): string {
  const caption = table.querySelector('caption') ?? table.previousElementSibling;
  const text = caption === null ? '' : textOf(caption);
  return text.length > TITLE_AT_MOST ? '' : headerKey(text);
}

/** Numbers of the two columns, or null when this is no table of supplements. */
function columnsOf({ table, titles }: TableShape): { asked: number; given: number } | null {
  const heads = titles.map(headerKey);
  const given = heads.findIndex((head) => GIVEN.has(head));
  if (given === -1) return null;
  const named = [titleOf(table), ...heads].some((text) => text.includes(about));
  const asked = heads.findIndex((head) => ASKED.has(head) || (named && ASKED_OF.has(head)));
  return asked === -1 ? null : { asked, given };
}

const DATES = /\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}-\d{2}-\d{2}/g;

/** The only moment in a cell; of several the first may not be the one that counts. */
function momentOf(cell: Element): MomentReading {
  const lines = linesOf(cell);
  return (lines.join(' ').match(DATES)?.length ?? 0) > 1 ? 'unreadable' : readMoment(lines);
}

/** End of a pause: a bare day lasts until its midnight, because a pause must not be taken for shorter than it was. */
const endOf = ({ minute, dayOnly }: ParsedMoment) => (dayOnly ? startOfDay(dayOf(minute) + 1) : minute);

/** One request, or null when it cannot be read or cannot be. `readAt`: nothing has come in the future. */
function pauseOf(cells: ArrayLike<Element>, at: { asked: number; given: number }, readAt: number): Pause | null {
  const asked = momentOf(cells[at.asked] as Element);
  const given = momentOf(cells[at.given] as Element);
  if (typeof asked === 'string' || asked.minute > readAt) return null;
  if (given === 'absent') return { from: asked.minute, to: null, kind: 'supplement' };
  if (typeof given === 'string' || given.minute > readAt) return null;
  const to = endOf(given);
  return to > asked.minute ? { from: asked.minute, to, kind: 'supplement' } : null;
}

function readRows(shape: TableShape, at: { asked: number; given: number }, readAt: number): Supplements {
  const pauses: Pause[] = [];
  let requests = 0;
  let whole = true;
  for (const row of rowsBelow(shape)) {
    const cells = bodyCells(row, shape.titles.length);
    if (cells === null) {
      // "Chưa có yêu cầu nào" is no request; a pager or a row of other columns with figures in it hides some.
      if (/\d/.test(textOf(row))) whole = false;
      continue;
    }
    requests += 1;
    const pause = pauseOf(cells, at, readAt);
    if (pause === null) whole = false;
    else pauses.push(pause);
  }
  return { requests, pauses: whole && requests <= ROWS_AT_MOST ? pauses : [] };
}

/**
 * The table of supplements of a detail page, known by its header words; undefined when there is none, or nothing in it. Only a
 * table that tells both when papers were asked for and when they came counts.
 * @param outside selector of what is not the page: dialogs, menus.
 * @param readAt epoch minutes of the reading.
 */
export function readSupplements(root: ParentNode, outside: string, readAt: number): Supplements | undefined {
  for (const table of root.querySelectorAll(words.tables)) {
    if (table.closest(outside) !== null) continue;
    const shape = readTable(table);
    const columns = shape && columnsOf(shape);
    if (!shape || !columns) continue;
    const found = readRows(shape, columns, readAt);
    if (found.requests > 0) return found;
  }
  return undefined;
}

/** A record with its supplements. A request still open while work goes on contradicts the status: then no pause is known. */
export function withSupplements(record: Dossier, found: Supplements | undefined): Dossier {
  if (found === undefined) return record;
  const working = record.status.code === 2 || record.status.code === 4;
  const doubtful = working && found.pauses.some(({ to }) => to === null);
  return { ...record, supplementRequests: found.requests, pauses: doubtful ? [] : found.pauses };
}
