/** How a system writes dates and codes in one answer, with the faults that this answer has. */

import type { FaultKind, FaultRule } from './faults.ts';
import type { BookRow } from './planted-types.ts';

/** `vi` dd/MM/yyyy HH:mm:ss, `compact` yyyyMMddHHmmss, `slash` yyyy/MM/dd HH:mm:ss. */
export type DateForm = 'vi' | 'compact' | 'slash';

const OFFSET = 7 * 3600;
/** No day of any year, in whatever form. */
const NO_DATE: Record<DateForm, string> = {
  vi: '32/13/2026 08:00:00',
  compact: '20261332080000',
  slash: '2026/13/32 08:00:00',
};

/** Wall clock at UTC+7, `yyyy-MM-ddTHH:mm:ss`. */
function wallClock(seconds: number): string {
  return new Date((seconds + OFFSET) * 1000).toISOString().slice(0, 19);
}

/** A moment (epoch seconds) in one of the plain forms; empty for none. */
export function dateText(seconds: number | undefined, form: DateForm): string {
  if (seconds === undefined) return '';
  const [date = '', time = ''] = wallClock(seconds).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  if (form === 'vi') return `${day}/${month}/${year} ${time}`;
  if (form === 'slash') return `${year}/${month}/${day} ${time}`;
  return `${year}${month}${day}${time.replaceAll(':', '')}`;
}

export class WireShape {
  readonly #faults: readonly FaultRule[];

  constructor(faults: readonly FaultRule[]) {
    this.#faults = faults;
  }

  rule(kind: FaultKind): FaultRule | undefined {
    return this.#faults.find(({ fault }) => fault === kind);
  }

  /** A moment of a row as the system writes it; something unreadable where the row is broken there. */
  moment(
    row: BookRow,
    name: 'submittedAt' | 'receivedAt' | 'dueAt' | 'finishedAt' | 'updatedAt',
    form: DateForm,
  ): string {
    if (row.broken === name) return NO_DATE[form];
    const seconds = row[name];
    if (seconds === undefined) return '';
    if (this.rule('false-z')) return `${wallClock(seconds)}.000Z`;
    if (this.rule('offset-0700')) return `${wallClock(seconds)}.000+0700`;
    if (this.rule('epoch')) return String(seconds * 1000);
    return dateText(seconds, form);
  }

  /** Main and second code. A fault gives a second code only to a dossier that has none. */
  codes(row: BookRow): { code: string; otherCode: string } {
    if (row.broken === 'code') return { code: '', otherCode: '' };
    if (row.otherCode === '') {
      const number = String(row.index + 1).padStart(6, '0');
      if (this.rule('second-code')) return { code: `H29.996-260101-${number}`, otherCode: row.code };
      if (this.rule('slash-code')) return { code: `PX.96/01012026/${number}/`, otherCode: row.code };
    }
    return { code: row.code, otherCode: row.otherCode };
  }

  /** A list as asked for, or one of 10 000 rows whose extra dossiers nobody knows. */
  list(rows: readonly BookRow[], pattern: BookRow | undefined): readonly BookRow[] {
    const rule = this.rule('big-page');
    const like = rows[0] ?? pattern;
    if (rule === undefined || like === undefined) return rows;
    const more = Math.max(0, (rule.rows ?? 10_000) - rows.length);
    const extra = Array.from({ length: more }, (_, i) => ({
      ...like,
      index: 9_000_000 + i,
      code: `H29.995-260101-${String(i + 1).padStart(6, '0')}`,
      otherCode: '',
    }));
    return [...rows, ...extra];
  }

  /** The body with the faults that change its types. */
  body(value: unknown): unknown {
    let body = value;
    const code = this.rule('error-code');
    if (code !== undefined) body = withErrorCode(body, code.code ?? '00');
    if (this.rule('one-as-object')) body = deep(body, (one) => (Array.isArray(one) && one.length === 1 ? one[0] : one));
    if (this.rule('numbers-as-strings'))
      body = deep(body, (one) => (typeof one === 'number' || typeof one === 'boolean' ? String(one) : one));
    if (this.rule('nfd')) body = deep(body, (one) => (typeof one === 'string' ? one.normalize('NFD') : one));
    return body;
  }
}

function withErrorCode(body: unknown, code: number | string): unknown {
  if (typeof body !== 'object' || body === null || !('error_code' in body) || Number(body.error_code) !== 0)
    return body;
  return { ...body, error_code: code };
}

function deep(value: unknown, change: (value: unknown) => unknown): unknown {
  const changed = change(value);
  if (Array.isArray(changed)) return changed.map((one) => deep(one, change));
  if (typeof changed !== 'object' || changed === null) return changed;
  return Object.fromEntries(Object.entries(changed).map(([name, one]) => [name, deep(one, change)]));
}

/** Codes as a system looks them up: without regard to case, blanks at the ends and composed letters. */
export function codeKey(code: string): string {
  return code.trim().normalize('NFC').toUpperCase();
}

/** 1 to 10, as text; what was in no table went out as 11. */
export function statusNumber(status: number): string {
  return status === 0 ? '11' : String(status);
}
