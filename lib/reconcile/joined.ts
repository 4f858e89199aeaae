import type { RecordGroup } from './case.ts';
import type { FoundRows, JoinOutcome } from './engine/index.ts';
import { buildReport, Cover, type ReconcileReport, type ReportContext } from './report.ts';
import { SIDES, type Side, type SideRecord } from './types.ts';

/** Dossiers whose rows are read again at a time: each source is gone through once for so many. */
const AT_ONCE = 50_000;

/** Dossiers that the join did not find plainly equal, with the records of their rows. */
function* recordGroups({ groups }: JoinOutcome, rows: FoundRows): Generator<RecordGroup> {
  for (let from = 0; from < groups.length; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, groups.length - from) }, (_, n) => groups.at(from + n));
    const read = new Map(
      SIDES.map(
        (side) =>
          [
            side,
            rows.records(
              side,
              some.flatMap((group) => group[side]),
            ),
          ] as const,
      ),
    );
    const pick = (side: Side, numbers: readonly number[]) =>
      numbers.map((row) => read.get(side)?.get(row) as SideRecord);
    for (const { city, national, lgsp } of some)
      yield { city: pick('city', city), national: pick('national', national), lgsp: pick('lgsp', lgsp) };
  }
}

/**
 * The report of joined files. Rows that are the same never became objects, so the table of fields and the list of units tell of the other
 * dossiers only; the others are read again.
 * @throws TotalsError when the rows of a side do not add up.
 */
export function reportOfJoin(outcome: JoinOutcome, rows: FoundRows, context: ReportContext): ReconcileReport {
  const { sides } = context;
  const readable = Object.fromEntries(sides.map((side) => [side, outcome.rows[side] - outcome.unreadableRows[side]]));
  const cover = new Cover();
  for (const receivedAt of outcome.received ?? []) cover.add({ receivedAt });
  return buildReport(
    {
      rows: readable,
      equalRows: outcome.equalRows,
      groups: recordGroups(outcome, rows),
      unreadable: [...rows.unreadable()],
      cover,
    },
    context,
  );
}
