import type { CodeBook } from './code.ts';
import { behindLine, CR, emptyRow, LF, QUOTE, ROW_FAULT, splitRow } from './csv.ts';
import { Fields } from './fields.ts';
import {
  CLOSE_EVERY,
  DAY_DUE,
  DAY_FINISH,
  DAY_RECEIVED,
  PROCEDURE_BEYOND,
  RESULT_NO,
  RESULT_YES,
  STATUS_NONE,
} from './layout.ts';
import { KIND } from './mapping.ts';
import { FORM, FORM_IS_DAY, FORM_LENGTH, formOf, isoTimeAt, momentAt, readMomentBytes, UNREADABLE } from './moments.ts';
import { CodeSight, LONGEST_SIGHT, SightTable, sightHash } from './sight.ts';
import { INDEX_EVERY, type Plan, REASON, type RowSink } from './sink.ts';
import { BLOCK_WORDS } from './store.ts';

/** Bytes that must be readable behind the last one handed to `parse`. */
export const PAD = 64;
const HIGH = 0x80808080 | 0;

/**
 * Bytes of a delimited file → records in partitions, without a string or an object per row. Rows as programs write them are read by
 * their layout: where the row before had its dashes and digits, this one mostly has them too, and every byte is still looked at.
 * Whatever does not fit goes to `splitRow`, which knows all of RFC 4180, and is then read field by field.
 */
export class RowParser {
  #plan: Plan;
  #sink: RowSink;
  #book: CodeBook;
  #fields: Fields;
  #row = emptyRow();
  #codes: CodeSight;
  #procedures = new SightTable();
  /** Bytes that end a field: one outside quotes, two for a quoted one. */
  #stops = new Uint8Array(256);
  #forms: Uint8Array;

  constructor(plan: Plan, sink: RowSink) {
    this.#plan = plan;
    this.#sink = sink;
    this.#book = sink.book;
    this.#fields = new Fields(plan, sink);
    this.#forms = new Uint8Array(plan.kinds.length);
    for (const c of [plan.delimiter, LF, CR]) this.#stops[c] = 1;
    this.#stops[QUOTE] = 2;
    this.#codes = new CodeSight(sink.book, this.#stops);
  }

  /**
   * Reads the rows that start in [from, limit) and end before `end`; where the first unread row starts. `base` is the offset of the
   * buffer's first byte in its range. Needs `PAD` bytes of room behind `end`, which it may write.
   */
  parse(
    source: Uint8Array,
    view: DataView,
    from: number,
    end: number,
    limit: number,
    final: boolean,
    base: number,
  ): number {
    const sink = this.#sink;
    const fields = this.#fields;
    const { kinds, delimiter } = this.#plan;
    const lastColumn = kinds.length - 1;
    const delimiters = Math.imul(delimiter, 0x01010101);
    const store = sink.store;
    const cursor = store.cursor;
    const shift = 31 - store.bits;
    const forms = this.#forms;
    const book = this.#book;
    const codes = this.#codes;
    const stops = this.#stops;
    let words = store.words;
    let at = from;
    // No field runs past the end unseen.
    source[end] = LF;

    while (at < limit && at < end) {
      const rowStart = at;
      let c = source[at] as number;
      if (c === LF || c === CR) {
        at = behindLine(source, at, end, final);
        if (at < 0) {
          at = rowStart;
          break;
        }
        sink.line++;
        continue;
      }
      let status = STATUS_NONE;
      let result = 0;
      let days = 0;
      let procedure = 0;
      let day = 0;
      let shape = -1;
      let sequence = 0;
      let hash = 0;
      let received = 0;
      let due = 0;
      let finish = 0;
      let breaks = 0;
      let regular = false;
      sink.aliasCount = 0;

      row: for (let column = 0; ; ) {
        let stop = 1;
        if (source[at] === QUOTE) {
          stop = 2;
          at = (at + 1) | 0;
        }
        const kind = kinds[column] as number;
        switch (kind) {
          case KIND.code: {
            const behind = codes.find(source, view, at, stop);
            if (behind >= 0) {
              at = behind;
              shape = codes.shape;
              day = codes.day;
              sequence = codes.sequence;
              hash = codes.hash;
              break;
            }
            const start = at;
            while (stops[source[at] as number] !== stop && at < end) at = (at + 1) | 0;
            if (at >= end && !final) break row;
            if (!book.read(source, start, at)) break row;
            shape = book.shape;
            day = book.day;
            sequence = book.sequence;
            hash = book.hash;
            codes.learn(view, start);
            break;
          }
          case KIND.received:
          case KIND.due:
          case KIND.finish: {
            if (stops[source[at] as number] === stop) break;
            const form = forms[column] as number;
            let value = 0;
            let bare = 0;
            if (form > 0 && stops[source[(at + (FORM_LENGTH[form] as number)) | 0] as number] === stop) {
              value = form === FORM.isoTime ? isoTimeAt(view, at) : momentAt(view, at, form);
              if (value !== 0) at = (at + (FORM_LENGTH[form] as number)) | 0;
              bare = FORM_IS_DAY[form] as number;
            }
            if (value === 0) {
              const start = at;
              while (stops[source[at] as number] !== stop && at < end) at = (at + 1) | 0;
              if (at >= end && !final) break row;
              const read = readMomentBytes(source, view, start, at, this.#plan.falseZ);
              if (read === UNREADABLE) break row;
              value = Math.floor(read / 2) | 0;
              bare = read % 2;
              forms[column] = formOf(source, start, at - start);
            }
            if (kind === KIND.received) {
              received = value;
              if (bare === 1) days |= DAY_RECEIVED;
            } else if (kind === KIND.due) {
              due = value;
              if (bare === 1) days |= DAY_DUE;
            } else {
              finish = value;
              if (bare === 1) days |= DAY_FINISH;
            }
            break;
          }
          case KIND.status: {
            const first = ((source[at] as number) - 48) | 0;
            if (first >= 1 && first <= 9) {
              if (stops[source[(at + 1) | 0] as number] === stop) {
                status = first;
                at = (at + 1) | 0;
                break;
              }
              if (first === 1 && source[(at + 1) | 0] === 48 && stops[source[(at + 2) | 0] as number] === stop) {
                status = 10;
                at = (at + 2) | 0;
                break;
              }
            }
            const start = at;
            while (stops[source[at] as number] !== stop && at < end) at = (at + 1) | 0;
            if (at >= end && !final) break row;
            status = fields.statusOf(source, start, at);
            break;
          }
          case KIND.result: {
            const first = source[at] as number;
            if ((first === 48 || first === 49) && stops[source[(at + 1) | 0] as number] === stop) {
              result = first === 49 ? RESULT_YES : RESULT_NO;
              at = (at + 1) | 0;
              break;
            }
            const start = at;
            while (stops[source[at] as number] !== stop && at < end) at = (at + 1) | 0;
            if (at >= end && !final) break row;
            result = fields.resultOf(source, start, at);
            break;
          }
          case KIND.skip: {
            // Four bytes at a time until one is the delimiter (or the quote) or a control character.
            const target = stop === 2 ? 0x22222222 : delimiters;
            for (;;) {
              const w = view.getInt32(at, true);
              const x = w ^ target;
              const hit = (((x - 0x01010101) & ~x) | ((w - 0x0e0e0e0e) & ~w)) & HIGH;
              if (hit === 0) {
                at = (at + 4) | 0;
                continue;
              }
              at = (at + ((31 - Math.clz32(hit & -hit)) >>> 3)) | 0;
              c = source[at] as number;
              if (stop === 1) {
                if (stops[c] === 1) {
                  if (c !== delimiter || kinds[column + 1] !== KIND.skip || source[(at + 1) | 0] === QUOTE) break;
                  column++;
                }
              } else if (at >= end) break row;
              else if (c === QUOTE) {
                if (source[(at + 1) | 0] !== QUOTE) break;
                at = (at + 1) | 0;
              } else if (c === LF ? source[(at - 1) | 0] !== CR : c === CR) breaks++;
              at = (at + 1) | 0;
            }
            break;
          }
          default: {
            const start = at;
            while (stops[source[at] as number] !== stop && at < end) at = (at + 1) | 0;
            if (at >= end && !final) break row;
            if (at === start) break;
            if (kind === KIND.procedure) procedure = this.#procedure(source, view, start, at);
            else sink.addAlias(start, at);
          }
        }
        if (stop === 2) {
          if (source[at] !== QUOTE) break;
          at = (at + 1) | 0;
        }
        c = source[at] as number;
        if (c === delimiter) {
          if (column++ === lastColumn) break;
          at = (at + 1) | 0;
          continue;
        }
        if (column !== lastColumn || (c !== LF && c !== CR) || (at >= end && !final)) break;
        if (c === LF) at = (at + 1) | 0;
        else {
          at = behindLine(source, at, end, final);
          if (at < 0) break;
        }
        regular = true;
        break;
      }

      let aliasSource = source;
      let reason = 0;
      if (!regular || shape < 0) {
        const row = this.#row;
        at = splitRow(source, rowStart, end, final, delimiter, row);
        if (at < 0) {
          at = rowStart;
          break;
        }
        breaks = row.breaks;
        aliasSource = row.bytes;
        if (row.fault === ROW_FAULT.none) reason = fields.read(row);
        else reason = row.fault === ROW_FAULT.truncated ? REASON.truncated : REASON.afterQuote;
        status = fields.status;
        result = fields.result;
        days = fields.days;
        procedure = fields.procedure;
        day = fields.day;
        shape = fields.shape;
        sequence = fields.sequence;
        hash = fields.hash;
        received = fields.received;
        due = fields.due;
        finish = fields.finish;
      }
      if (at > end) at = end;
      const rowNumber = sink.row;
      if ((rowNumber & (INDEX_EVERY - 1)) === 0) sink.mark(base + rowStart);
      if (reason === 0) {
        if (sink.aliasCount > 0) sink.link(aliasSource, day, shape, sequence);
        const partition = (hash >>> 1) >>> shift;
        let to = cursor[partition] as number;
        if ((to & (BLOCK_WORDS - 1)) === 0) {
          to = store.room(partition, rowNumber);
          words = store.words;
        }
        const beyond = procedure === PROCEDURE_BEYOND ? 4 : 0;
        words[to] = (day << 16) | (shape << 4) | status;
        words[(to + 1) | 0] = (sequence << 8) | (result << 6) | (days << 3) | beyond | (procedure >>> 12);
        words[(to + 2) | 0] = (rowNumber << 12) | (procedure & 0xfff);
        words[(to + 3) | 0] = received;
        words[(to + 4) | 0] = due;
        words[(to + 5) | 0] = finish;
        cursor[partition] = to + 6;
      } else sink.refuse(reason);
      sink.line += breaks + 1;
      sink.row = rowNumber + 1;
      if (((rowNumber + 1) & (CLOSE_EVERY - 1)) === 0) sink.endOldBlocks();
    }
    return at;
  }

  #procedure(source: Uint8Array, view: DataView, start: number, end: number): number {
    const length = end - start;
    if (length > LONGEST_SIGHT) return this.#fields.procedureOf(source, start, end);
    const hash = sightHash(view, start, length);
    const slot = this.#procedures.find(view, start, length, length, hash);
    if (slot >= 0) return this.#procedures.words[slot + 1] as number;
    const id = this.#fields.procedureOf(source, start, end);
    this.#procedures.keep(view, start, length, length, hash, id, 0);
    return id;
  }
}
