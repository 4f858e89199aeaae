import { type Outcome, SIDES, type Side, type SideTotals } from './types.ts';
import { sideName } from './words.ts';

export type Totals = Partial<Record<Side, SideTotals>>;

/** The rows of a side do not end where they should: the report would be wrong, so there is none. */
export class TotalsError extends Error {
  readonly side: Side;
  readonly totals: SideTotals;

  constructor(side: Side, totals: SideTotals) {
    const { total, matched, different, excluded } = totals;
    const sum = matched + different + excluded;
    super(
      `${sideName(side)}: nhận ${total} dòng nhưng xếp được ${sum} (${matched} khớp + ${different} lệch + ${excluded} chỉ để biết), ` +
        `chênh ${Math.abs(total - sum)} dòng. Kết quả bị hủy.`,
    );
    this.name = 'TotalsError';
    this.side = side;
    this.totals = totals;
  }
}

/** Counts where the rows of each side end, against the number that came in. */
export class RowCount {
  readonly totals: Totals;

  /** @param incoming rows that each asked side brought, those that could not be read among them. */
  constructor(incoming: Partial<Record<Side, number>>) {
    this.totals = Object.fromEntries(
      Object.entries(incoming).map(([side, total]) => [side, { total, matched: 0, different: 0, excluded: 0 }]),
    );
  }

  /** Rows of a side that end here. Rows of a side that brought none are an error of the join, seen by `check`. */
  add(side: Side, outcome: Outcome, rows: number): void {
    // A side that was not asked has no line.
    if (rows === 0) return;
    const totals = this.totals[side] ?? { total: 0, matched: 0, different: 0, excluded: 0 };
    this.totals[side] = totals;
    totals[outcome] += rows;
  }

  /** The totals; throws `TotalsError` for the first side whose rows do not add up. */
  check(): Totals {
    for (const side of SIDES) {
      const totals = this.totals[side];
      if (totals && totals.total !== totals.matched + totals.different + totals.excluded)
        throw new TotalsError(side, totals);
    }
    return this.totals;
  }
}

/** `12.345` */
const number = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, '.');

/** The sum as a sentence: every row of every side, and where it is. */
export function sumSentence(totals: Totals): string {
  const sides = SIDES.flatMap((side) => {
    const one = totals[side];
    if (!one) return [];
    const { total, matched, different, excluded } = one;
    return [
      `${sideName(side)}: ${number(total)} dòng = ${number(matched)} khớp + ${number(different)} lệch + ${number(excluded)} chỉ để biết`,
    ];
  });
  return sides.length === 0 ? 'Không có dòng nào.' : `${sides.join('; ')}. Cộng đủ, không dòng nào bị bỏ.`;
}
