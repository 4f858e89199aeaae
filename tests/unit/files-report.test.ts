import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { writeReportCsv, writeReportXlsx } from '../../connectors/files/index.ts';
import { reconcileRecords, rulesAt, type SideRecord } from '../../lib/reconcile/index.ts';
import { at, CODE } from './files-made.ts';

const now = at('2026-11-30T08:00:00');
const record = (n: number, more: Partial<SideRecord> = {}): SideRecord => ({
  code: CODE(n),
  unit: 'Phường Thử Nghiệm',
  procedure: '1.004944',
  status: 4,
  receivedAt: at('2026-11-05T08:00:00'),
  at: `tệp.csv:${n}`,
  ...more,
});

const report = () =>
  reconcileRecords(
    {
      city: [record(1), record(2), record(3, { statusText: '=cmd|x' })],
      national: [record(1), record(2, { status: 2, at: '=1+1' })],
    },
    [{ side: 'city', at: 'tệp.csv:9', reason: 'không có mã hồ sơ' }],
    {
      rules: rulesAt(20_000_000),
      sides: ['city', 'national'],
      now,
      notDone: [
        {
          partition: { unit: 'x', day: '2026-11-06' },
          side: 'national',
          kind: 'timeout',
          message: 'Máy chủ không trả lời kịp.',
        },
      ],
    },
  );

describe('the report as files', () => {
  it('is a workbook whose rows are those of the report', async () => {
    const bytes = new Uint8Array(await new Response(writeReportXlsx(report())).arrayBuffer());
    const { sheets } = await readXlsx(bytes);
    const made = report();
    const differences = sheets.find(({ name }) => name === 'Sai khác')?.rows ?? [];
    expect(differences).toHaveLength(1 + made.differences.reduce((sum, { findings }) => sum + findings.length, 0));
    expect(differences.map((row) => row[0])).toContain(CODE(2));
    const summary = sheets.find(({ name }) => name === 'Tổng hợp')?.rows.flat() ?? [];
    expect(summary).toContain(made.sum);
    expect(summary).toContainEqual(new Date((now + 25_200) * 1000));
    expect(sheets.find(({ name }) => name === 'Không đọc được')?.rows[1]).toContain('không có mã hồ sơ');
    expect(sheets.find(({ name }) => name.startsWith('Chưa làm'))?.rows[1]).toContain('Máy chủ không trả lời kịp.');
  });

  it('is a .csv in which nothing runs', async () => {
    const text = await new Response(writeReportCsv(report())).text();
    expect(text).toContain(CODE(2));
    expect(text).not.toMatch(/(^|[,\n"])[=+@-]/);
  });
});
