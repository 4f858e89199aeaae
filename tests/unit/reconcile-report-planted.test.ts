import { describe, expect, it } from 'vitest';
import {
  codeKey,
  DIFFERENCE_CLASSES,
  reconcileRecords,
  rulesAt,
  SIDES,
  type SideRecord,
  type UnreadableRow,
} from '../../lib/reconcile/index.ts';
import { plant } from '../sandbox/planted.ts';
import type { BookRow, Expectation, Planted } from '../sandbox/planted-types.ts';

/** 23/11/2026 10:00 at UTC+7, epoch minutes. */
const NOW = Date.UTC(2026, 10, 23, 3) / 60_000;
const planted = plant({ seed: 'classes', now: NOW, count: 6000 }, { share: 0.2 });

const record = (row: BookRow, at: string): SideRecord => ({
  code: row.code.normalize('NFC').trim(),
  aliases: row.otherCode === '' ? undefined : [row.otherCode],
  procedure: row.procedure.code,
  unit: row.unit.code,
  status: row.status,
  statusText: row.statusText,
  receivedAt: row.receivedAt,
  dueAt: row.dueAt,
  finishedAt: row.finishedAt,
  hasResult: row.hasResult,
  updatedAt: row.updatedAt,
  at,
});

function rulesFor({ outsidePrefixes }: Planted) {
  const own = outsidePrefixes.map((prefix) => ({
    id: 'planted',
    label: 'Thủ tục không có thật của hệ thống khác',
    procedures: [`${prefix}*`],
    units: [],
    source: 'sandbox',
    certainty: 'unit' as const,
  }));
  return rulesAt(20_780, [{ format: 'dunghen-reconcile-rules/1', effectiveFrom: '2026-01-01', outside: own }]);
}

const records = { city: [] as SideRecord[], national: [] as SideRecord[], lgsp: [] as SideRecord[] };
const unreadable: UnreadableRow[] = [];
for (const side of SIDES) {
  planted[side].forEach((row, i) => {
    const at = `${side}.csv:${i + 2}`;
    if (row.broken === undefined) records[side].push(record(row, at));
    else unreadable.push({ side, at, reason: 'không đọc được', code: row.broken === 'code' ? undefined : row.code });
  });
}
const report = reconcileRecords(records, unreadable, { rules: rulesFor(planted), sides: SIDES, now: NOW * 60 });

describe('planted differences', () => {
  const byCode = new Map(
    report.differences.flatMap((one) =>
      [one.code, ...Object.values(one.records).flatMap(({ code, aliases = [] }) => [code, ...aliases])].map(
        (code) => [codeKey(code), one] as const,
      ),
    ),
  );
  const seen = new Set([...planted.expected.keys()].map((code) => byCode.get(codeKey(code))));
  const kinds = new Map<string, [string, Expectation][]>();
  for (const entry of planted.expected) kinds.set(entry[1].kind, [...(kinds.get(entry[1].kind) ?? []), entry]);

  it.each([...kinds])('%s', (_, dossiers) => {
    for (const [code, { classes, may, cause, outcome }] of dossiers) {
      const one = byCode.get(codeKey(code));
      const found = DIFFERENCE_CLASSES.filter((name) => one?.findings.some((finding) => finding.class === name));
      expect([code, found.filter((name) => classes.includes(name) || !may.includes(name))]).toEqual([code, classes]);
      expect(one?.outcome ?? 'matched').toBe(outcome);
      const causes = one?.findings.flatMap((finding) => finding.cause ?? []);
      if (cause !== undefined) expect(causes).toContain(cause);
    }
  });

  it('nothing else is reported, and every row has its place', () => {
    expect(report.differences.filter((one) => !seen.has(one))).toEqual([]);
    for (const side of SIDES) {
      const { total, matched, different, excluded } = report.totals[side] ?? {
        total: 0,
        matched: 0,
        different: 0,
        excluded: 0,
      };
      expect(total).toBe(planted[side].length);
      expect(matched + different + excluded).toBe(total);
    }
    expect(report.unreadable).toHaveLength(
      planted.unreadable.city + planted.unreadable.national + planted.unreadable.lgsp,
    );
  });
});
