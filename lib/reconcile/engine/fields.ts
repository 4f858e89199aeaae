import type { RowFields } from './csv.ts';
import { ByteDictionary } from './dictionary.ts';
import { DAY_DUE, DAY_FINISH, DAY_RECEIVED, PROCEDURE_BEYOND, RESULT_NO, RESULT_YES, STATUS_NONE } from './layout.ts';
import { KIND, resultOf } from './mapping.ts';
import { readMomentBytes, UNREADABLE } from './moments.ts';
import { type Plan, REASON, type RowSink } from './sink.ts';

const decoder = new TextDecoder();
const textAt = (source: Uint8Array, start: number, end: number) => decoder.decode(source.subarray(start, end));

/** The fields of one row, read one by one: the way that takes everything. What `read` found is in the fields of the object. */
export class Fields {
  status = STATUS_NONE;
  result = 0;
  days = 0;
  procedure = 0;
  day = 0;
  shape = 0;
  sequence = 0;
  hash = 0;
  received = 0;
  due = 0;
  finish = 0;
  #plan: Plan;
  #sink: RowSink;
  #statuses = new ByteDictionary(false);
  #statusValues: number[] = [];
  #results = new ByteDictionary(false);
  #resultValues: number[] = [];

  constructor(plan: Plan, sink: RowSink) {
    this.#plan = plan;
    this.#sink = sink;
  }

  /** Reads a split row; a `REASON`, or 0 when it is a record. */
  read({ bytes, ends }: RowFields): number {
    const { kinds, falseZ } = this.#plan;
    this.#clear();
    if (ends.length !== kinds.length) return REASON.columns;
    const view = new DataView(bytes.buffer);
    const moment = (start: number, end: number, dayBit: number): number => {
      const read = readMomentBytes(bytes, view, start, end, falseZ);
      if (read === UNREADABLE) return UNREADABLE;
      if (read % 2 === 1) this.days |= dayBit;
      return Math.floor(read / 2);
    };
    for (let column = 0, start = 0; column < kinds.length; column++) {
      const end = ends[column] as number;
      switch (kinds[column]) {
        case KIND.code: {
          const { book } = this.#sink;
          if (!book.read(bytes, start, end)) return REASON.code;
          ({ day: this.day, shape: this.shape, sequence: this.sequence, hash: this.hash } = book);
          break;
        }
        case KIND.alias:
          this.#sink.addAlias(start, end);
          break;
        case KIND.procedure:
          this.procedure = this.procedureOf(bytes, start, end);
          break;
        case KIND.status:
          this.status = this.statusOf(bytes, start, end);
          break;
        case KIND.result:
          this.result = this.resultOf(bytes, start, end);
          break;
        case KIND.received:
          this.received = moment(start, end, DAY_RECEIVED);
          if (this.received === UNREADABLE) return REASON.received;
          break;
        case KIND.due:
          this.due = moment(start, end, DAY_DUE);
          if (this.due === UNREADABLE) return REASON.due;
          break;
        case KIND.finish:
          this.finish = moment(start, end, DAY_FINISH);
          if (this.finish === UNREADABLE) return REASON.finish;
          break;
      }
      start = end;
    }
    return 0;
  }

  /** Status as it lies in a record. A text is looked at once and then known by its bytes. */
  statusOf(source: Uint8Array, start: number, end: number): number {
    const id = this.#statuses.intern(source, start, end);
    const known = this.#statusValues[id];
    if (known !== undefined) return known;
    const status = this.#plan.statusOf(textAt(source, start, end)) ?? STATUS_NONE;
    this.#statusValues[id] = status;
    return status;
  }

  /** Result flag as it lies in a record. */
  resultOf(source: Uint8Array, start: number, end: number): number {
    const id = this.#results.intern(source, start, end);
    const known = this.#resultValues[id];
    if (known !== undefined) return known;
    const told = resultOf(textAt(source, start, end));
    const result = told === undefined ? 0 : told ? RESULT_YES : RESULT_NO;
    this.#resultValues[id] = result;
    return result;
  }

  /** Number of a procedure from 1 on; 0: none is told. Case and blanks around it do not count. */
  procedureOf(source: Uint8Array, start: number, end: number): number {
    let from = start;
    let to = end;
    while (from < to && (source[from] as number) <= 32) from++;
    while (to > from && (source[to - 1] as number) <= 32) to--;
    if (from === to) return 0;
    const { procedures } = this.#sink;
    const known = procedures.find(source, from, to);
    if (known >= 0) return known + 1;
    if (procedures.size + 1 >= PROCEDURE_BEYOND) return PROCEDURE_BEYOND;
    return procedures.intern(source, from, to) + 1;
  }

  #clear(): void {
    this.status = STATUS_NONE;
    this.result = 0;
    this.days = 0;
    this.procedure = 0;
    this.day = 0;
    this.shape = 0;
    this.sequence = 0;
    this.hash = 0;
    this.received = 0;
    this.due = 0;
    this.finish = 0;
    this.#sink.aliasCount = 0;
  }
}
