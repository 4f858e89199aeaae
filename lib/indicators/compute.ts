import { shippedCatalogue } from '../digitization/index.ts';
import { dayOf, fold } from '../text/index.ts';
import { SeenCodes } from './codes.ts';
import { IndicatorsError } from './error.ts';
import { JUDGES, MEASURES } from './measures.ts';
import { type Frame, isByDay } from './on-time.ts';
import type { Reason } from './outcome.ts';
import { endOf } from './period.ts';
import { limitCounter, lookupIn } from './procedures.ts';
import type { IndicatorRecord } from './record.ts';
import { type IndicatorReport, reportOf } from './report.ts';
import { tableInForce } from './table.ts';
import { ComponentTally, type Cost, FirstCosts, MendTally } from './tally.ts';
import type { IndicatorOptions, Tallies, UnitTally } from './types.ts';

const KEEP = 1000;
/** More names than units of the city have: the column is no unit. */
const MAX_UNITS = 20_000;
export const NO_UNIT = '(không ghi đơn vị)';

/** A record that has not been received is no fault in these statuses. */
const NOT_RECEIVED: unknown[] = [1, 3];
const ON_TIME = MEASURES.indexOf('on-time');

/** Adds records up one by one; memory does not grow with their number, but for 16 bytes a code to find repetitions. */
export class IndicatorSums {
  readonly #options: Required<Pick<IndicatorOptions, 'period' | 'now' | 'procedures' | 'table'>> & IndicatorOptions;
  readonly #frame: Frame;
  readonly #unit: string | null;
  readonly #keep: number;
  readonly #tallies: Tallies;
  readonly #codes = new SeenCodes();
  /** Folding a name costs more than counting a dossier. */
  readonly #asked = new Map<string, boolean>();

  /** @throws IndicatorsError when no table is in force */
  constructor(options: IndicatorOptions) {
    const { period, now } = options;
    const table = options.table ?? tableInForce(period.to);
    if (table === null) throw new IndicatorsError('chưa có bảng chỉ số nào áp dụng cho kỳ này');
    const procedures = options.procedures ?? lookupIn(shippedCatalogue());
    const end = endOf(period);
    this.#options = { ...options, table, procedures };
    this.#frame = { cutoff: Math.min(now, end), end, dueOfLimit: options.dueOfLimit ?? limitCounter() };
    this.#unit = options.unit === undefined ? null : fold(options.unit);
    this.#keep = options.keep ?? KEEP;
    this.#tallies = {
      counts: { read: 0, counted: 0, outside: 0, otherUnit: 0, withoutReceipt: 0, notReceived: 0, repeated: 0 },
      components: MEASURES.map(() => new ComponentTally(period, this.#keep)),
      mends: new MendTally(),
      units: options.byUnit ? new Map() : null,
      withoutReceipt: new FirstCosts(this.#keep),
    };
  }

  /** @throws IndicatorsError when the units are too many to be units */
  add(record: IndicatorRecord): void {
    const { counts } = this.#tallies;
    counts.read++;
    const day = this.#dayOf(record);
    if (day === null) return;
    counts.counted++;
    if (!this.#codes.add(record.code)) counts.repeated++;
    this.#count(record, day);
  }

  finish(): IndicatorReport {
    return reportOf(this.#tallies, this.#options, this.#frame);
  }

  /** Day of the period in which it was received, from 0; null: it is not counted, and the reason is. */
  #dayOf(record: IndicatorRecord): number | null {
    const { counts, withoutReceipt } = this.#tallies;
    if (this.#unit !== null && !this.#isAsked(record.unit)) {
      counts.otherUnit++;
      return null;
    }
    if (record.receivedAt === undefined) {
      if (NOT_RECEIVED.includes(record.status)) counts.notReceived++;
      else {
        counts.withoutReceipt++;
        if (withoutReceipt.takes(record.code)) withoutReceipt.add(this.#costOf(record, 'no-receipt', null));
      }
      return null;
    }
    const { from, to } = this.#options.period;
    const day = dayOf(record.receivedAt);
    if (day >= from && day <= to) return day - from;
    counts.outside++;
    return null;
  }

  #isAsked(unit: string | undefined): boolean {
    if (unit === undefined) return false;
    let asked = this.#asked.get(unit);
    if (asked === undefined) {
      asked = fold(unit) === this.#unit;
      if (this.#asked.size < MAX_UNITS) this.#asked.set(unit, asked);
    }
    return asked;
  }

  #count(record: IndicatorRecord, day: number): void {
    const { components, mends } = this.#tallies;
    const procedure = this.#options.procedures(record.procedure);
    const unit = this.#unitTally(record);
    let needs = 0;
    for (let i = 0; i < MEASURES.length; i++) {
      const outcome = JUDGES[MEASURES[i] as (typeof MEASURES)[number]](record, procedure, this.#frame);
      if (outcome.state === 'out') continue;
      const tally = components[i] as ComponentTally;
      tally.add(outcome, day);
      if (outcome.state !== 'pass')
        tally.note(outcome, record.code, () => this.#costOf(record, outcome.why, this.#options.period.from + day));
      needs |= outcome.needs;
      if (unit !== null) {
        const at = i * 3 + (outcome.state === 'pass' ? 0 : outcome.state === 'fail' ? 1 : 2);
        unit.sums[at] = (unit.sums[at] as number) + 1;
      }
    }
    mends.add(needs);
    const onTime = components[ON_TIME] as ComponentTally;
    if (record.extended) onTime.caveat('extended');
    if (isByDay(record)) onTime.caveat('by-day');
    if (record.supplementRequests === undefined) onTime.caveat('supplements-unknown');
  }

  #costOf({ code, unit, procedure }: IndicatorRecord, why: Reason, day: number | null): Cost {
    const cost: Cost = { code, why, day };
    if (unit !== undefined) cost.unit = unit;
    if (procedure !== undefined) cost.procedure = procedure;
    return cost;
  }

  #unitTally({ unit = NO_UNIT }: IndicatorRecord): UnitTally | null {
    const { units } = this.#tallies;
    if (units === null) return null;
    let tally = units.get(unit);
    if (tally === undefined) {
      if (units.size >= MAX_UNITS)
        throw new IndicatorsError(
          `có hơn ${MAX_UNITS.toLocaleString('vi')} tên đơn vị khác nhau; cột đơn vị có lẽ đã chọn nhầm`,
        );
      tally = { unit, counted: 0, sums: new Int32Array(MEASURES.length * 3) };
      units.set(unit, tally);
    }
    tally.counted++;
    return tally;
  }
}

/**
 * The indicators of a reporting period over records in any order.
 * @throws IndicatorsError in words, when there is no table for the period
 */
export function computeIndicators(records: Iterable<IndicatorRecord>, options: IndicatorOptions): IndicatorReport {
  const sums = new IndicatorSums(options);
  for (const record of records) sums.add(record);
  return sums.finish();
}
