/** The three systems that are held against each other: hệ thống TTHC of the city, Cổng DVCQG, LGSP-HCM. */
export type Side = 'city' | 'national' | 'lgsp';
export const SIDES = ['city', 'national', 'lgsp'] as const satisfies readonly Side[];

/** Moments of a dossier that are compared. */
export type ComparedMoment = 'receivedAt' | 'dueAt' | 'finishedAt';
export const COMPARED_MOMENTS = ['receivedAt', 'dueAt', 'finishedAt'] as const satisfies readonly ComparedMoment[];

/**
 * One dossier as one system tells it: only what is compared, nothing of a person. Moments are epoch **seconds** (systems write seconds;
 * the tolerance decides how much of that counts).
 */
export interface SideRecord {
  /** As the system writes it, NFC, trimmed. */
  code: string;
  /** Other codes of the same dossier (MaHoSoKhac, nationCode, ref_code). */
  aliases?: string[];
  /** Code of the procedure (mã TTHC). */
  procedure?: string;
  /** Code, or where there is none the name, of the unit that settles it. */
  unit?: string;
  /** National scale 1–10; 0: the system says something that is in no table. Undefined: the source does not tell. */
  status?: number;
  /** The system's own words for its status. */
  statusText?: string;
  receivedAt?: number;
  dueAt?: number;
  finishedAt?: number;
  /** Moments that the source tells as a bare date: compared by day. */
  dayOnly?: ComparedMoment[];
  /** Is there a result file (kết quả điện tử)? Undefined: the source does not tell. */
  hasResult?: boolean;
  /** When the system last changed or sent the record; epoch seconds. */
  updatedAt?: number;
  /** Where it came from, for a person: `tệp.csv:12`, `TraCuuHoSo`. Never a name. */
  at: string;
}

/** A row that could not become a record; it is counted and shown, never dropped. */
export interface UnreadableRow {
  side: Side;
  at: string;
  /** In Vietnamese: which field, and what is wrong with it. */
  reason: string;
  /** The code, when that much could be read. */
  code?: string;
}

export const DIFFERENCE_CLASSES = [
  'missing-national',
  'missing-city',
  'missing-lgsp',
  'status',
  'received-date',
  'due-date',
  'finish-date',
  'procedure',
  'result-file',
  'duplicate',
  'code-alias',
  'cosmetic',
  'outside-system',
  'stale',
  'unreadable',
] as const;
export type DifferenceClass = (typeof DIFFERENCE_CLASSES)[number];

/** One thing that differs in one dossier. */
export interface Finding {
  class: DifferenceClass;
  /** What each side says, ready to show; undefined: the side has no such record or does not tell. */
  values: Partial<Record<Side, string>>;
  /** Id of the rule (lib/reconcile/data) that decided the class. */
  rule: string;
  /** Known cause, when the values show one (rules.md §4.5). */
  cause?: string;
  /** What to do about it: id of a sentence in words.ts. */
  fix: string;
  /** Can sending the city's record again (gửi lại) cure it? */
  curable: boolean;
}

/** How a row is counted: every row of every source ends in exactly one of these. */
export type Outcome = 'matched' | 'different' | 'excluded';

/** A dossier that is not the same everywhere (or is the same for a reason worth telling). */
export interface Difference {
  /** The code to show: the city's, else the nation's, else the bus's. */
  code: string;
  outcome: Exclude<Outcome, 'matched'>;
  unit?: string;
  procedure?: string;
  /** Day of receipt, ISO, of the side that tells it. */
  day?: string;
  /** The first record of each side; more than one of a side gives a `duplicate` finding. */
  records: Partial<Record<Side, SideRecord>>;
  /** Rows of each side that ended here. */
  rows: Partial<Record<Side, number>>;
  findings: Finding[];
}

/** Rows of one side: `total` = `matched` + `different` + `excluded`, else the run has failed. */
export interface SideTotals {
  total: number;
  matched: number;
  different: number;
  excluded: number;
}
