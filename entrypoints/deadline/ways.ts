import { type WorkTable, workingMinutesBetween } from '../../lib/calendar/index.ts';
import {
  countingOf,
  type DueInput,
  POLICIES,
  policyById,
  SUPPLEMENTS,
  type Trace,
  traceDue,
} from '../../lib/deadline/index.ts';
import type { Counting } from '../../lib/schema/index.ts';
import { workingDuration } from '../../lib/text/index.ts';
import { policyName, sayTrace } from '../../lib/ui/index.ts';

/** One way to count the same dossier. */
export interface Way {
  id: string;
  name: string;
  /** Where this way of counting stands. */
  source: string;
  own: boolean;
  /** Epoch minutes; null while the clock stands or without a calendar. */
  due: number | null;
  /** Against the unit's own date, in working time. */
  difference: string;
  steps: string[];
}

/** OpenCPS v2 with both of its options on; lib/deadline/data/policies.json says what each does. */
const OPENCPS = { roundUpMinutes: 15, closeOfDay: 'next-opening' } as const;

/** "Đếm theo giờ, làm tròn lên 15 phút, hết giờ thì sang đầu giờ hôm sau". */
function wayName(counting: Counting): string {
  const parts = [policyName(counting)];
  if (counting.roundUp > 1) parts.push(`làm tròn lên ${counting.roundUp} phút`);
  if (counting.closeOfDay === 'next-opening') parts.push('hết giờ thì sang đầu giờ hôm sau');
  return parts.join(', ');
}

/** Same way of counting, whatever day it applies from. */
const idOf = ({ from: _from, ...way }: Counting) => Object.values(way).join(' ');

/** "muộn hơn 1 ngày làm việc": `due` against `own`, in working time of the unit. */
export function differenceWords(table: WorkTable, own: number, due: number, workday: number): string {
  if (own === due) return 'như nhau';
  const minutes = workingMinutesBetween(table, own, due);
  const side = due > own ? 'muộn' : 'sớm';
  return minutes === 0
    ? `${side} hơn, không lệch giờ làm việc`
    : `${side} hơn ${workingDuration(minutes, workday)} làm việc`;
}

export interface Ways {
  policies: Way[];
  /** Treatments of a supplement; empty without one. */
  supplements: Way[];
}

/** Every named way to count `input`, the unit's own first; none when no way gives a date. */
export function waysOf(table: WorkTable, input: DueInput, trace: Trace, workday: number): Ways {
  const { counting: own } = trace;
  const { supplement } = own;
  function way(counting: Counting, name: string, source: string): Way {
    const { due, ...told } = traceDue(table, input, counting);
    return {
      id: idOf(counting),
      name,
      source,
      own: idOf(counting) === idOf(own),
      due,
      difference: due === null || trace.due === null ? '' : differenceWords(table, trace.due, due, workday),
      steps: sayTrace({ due, ...told }),
    };
  }
  const listed = POLICIES.flatMap(({ id: policy, options }) => [
    countingOf({ policy, supplement }),
    ...(options.includes('dayZero') ? [countingOf({ policy, supplement, dayZero: 'receipt-date' })] : []),
    ...(options.includes('roundUpMinutes') ? [countingOf({ policy, supplement, ...OPENCPS })] : []),
  ]).filter((counting) => idOf(counting) !== idOf(own));
  const policies = [own, ...listed].map((counting) =>
    way(counting, wayName(counting), policyById(counting.policy)?.source ?? ''),
  );
  if (policies.every(({ due }) => due === null)) return { policies: [], supplements: [] };
  return {
    policies,
    supplements: input.pauses?.length
      ? SUPPLEMENTS.map(({ id, label, source }) => way({ ...own, supplement: id }, label, source))
      : [],
  };
}
