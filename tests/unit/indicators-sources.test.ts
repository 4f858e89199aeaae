import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../connectors/files/index.ts';
import type { ComputeAsk, ComputedFigures, IndicatorAnswer } from '../../entrypoints/spotcheck/indicators-protocol.ts';
import { IndicatorSession } from '../../entrypoints/spotcheck/indicators-session.ts';
import { packCalendar, SHIPPED_CALENDAR } from '../../lib/calendar/index.ts';
import { DEFAULT_RULES } from '../../lib/deadline/index.ts';
import type { ExtraFacts } from '../../lib/indicators/index.ts';
import { BrowserJobStore } from '../../lib/platform/job-store.ts';
import type { CellKey, JobSpec, SideRecord } from '../../lib/reconcile/index.ts';
import { parseMoment } from '../../lib/text/index.ts';

const second = (text: string) => (parseMoment(text)?.minute as number) * 60;
const NOW = second('05/12/2026 08:00') / 60;
const SPEC: JobSpec = {
  version: 1,
  sources: [],
  units: [],
  period: null,
  now: NOW * 60,
  seed: 'mẫu',
  recheck: null,
};
const record = (n: number, over: Partial<SideRecord> = {}): SideRecord => ({
  code: `H29.999-261110-000${n}`,
  procedure: '1.001193',
  status: 9,
  receivedAt: second('10/11/2026 08:00'),
  dueAt: second('12/11/2026 17:00'),
  finishedAt: second('11/11/2026 09:00'),
  hasResult: true,
  at: `tep.csv:${n}`,
  ...over,
});

async function keep(id: string, cells: { side: 'city' | 'national'; day: string; records: SideRecord[] }[]) {
  const store = new BrowserJobStore(id);
  await store.start(SPEC, []);
  for (const { side, day, records } of cells) {
    const key: CellKey = { phase: 'read', side, partition: { unit: '', day } };
    await store.commit(key, await store.claim(key), { records, unreadable: [] });
  }
}

async function compute(source: ComputeAsk['source']): Promise<ComputedFigures> {
  const answers: IndicatorAnswer[] = [];
  const session = new IndicatorSession((answer) => answers.push(structuredClone(answer)));
  const basis = { calendar: packCalendar(SHIPPED_CALENDAR), rules: DEFAULT_RULES, catalogues: [] };
  const ask: ComputeAsk = { source, period: '2026-11', unit: null, now: NOW, basis, targets: null };
  await session.receive({ nr: 1, ask: { type: 'compute', ask } });
  const last = answers.at(-1);
  if (last?.kind !== 'done') throw new Error(JSON.stringify(last));
  return last.value as ComputedFigures;
}
const resultOf = ({ report }: ComputedFigures, id: string) =>
  report.groups.flatMap(({ components }) => components).find((one) => one.id === id);

describe('chỉ số từ một lần đối soát', () => {
  it('hồ sơ Thành phố mà Cổng không có, dưới mã nào, là chưa đồng bộ', async () => {
    await keep('đủ', [
      { side: 'city', day: '2026-11-10', records: [record(1), record(2), record(3, { aliases: ['000.00.99.H29-1'] })] },
      // Another window brings the first again.
      { side: 'city', day: '2026-11-11', records: [record(1)] },
      { side: 'national', day: '', records: [record(1), record(9, { code: '000.00.99.H29-1' })] },
    ]);
    const figures = await compute({ kind: 'job', id: 'đủ', complete: true });
    expect(figures.report.counts).toMatchObject({ counted: 3, repeated: 0 });
    const sync = resultOf(figures, 'DOSSIER_SYNC');
    expect(sync).toMatchObject({ passed: 2, known: 3 });
    expect(sync?.state === 'computed' && sync.costs.map(({ code }) => code)).toEqual(['H29.999-261110-0002']);
    expect(figures.notes).toEqual([]);
  });

  it('Cổng chưa được hỏi hết thì chỉ số đồng bộ không tính, và nói vì sao', async () => {
    await keep('thiếu', [
      { side: 'city', day: '2026-11-10', records: [record(1), record(2)] },
      { side: 'national', day: '', records: [record(1)] },
    ]);
    const figures = await compute({ kind: 'job', id: 'thiếu', complete: false });
    expect(resultOf(figures, 'DOSSIER_SYNC')).toMatchObject({ state: 'not-computed' });
    expect(figures.notes[0]).toMatch(/không biết hồ sơ nào chưa đồng bộ/);
  });

  it('yêu cầu sai dạng bị từ chối bằng lời', async () => {
    const answers: IndicatorAnswer[] = [];
    await new IndicatorSession((answer) => answers.push(answer)).receive({ nr: 7, ask: { type: 'xóa' } });
    expect(answers).toEqual([{ nr: 7, kind: 'refused', message: 'yêu cầu không đúng dạng; hãy tải lại trang' }]);
  });
});

describe('cột thêm của tệp', () => {
  async function factsOf(header: string, ...cells: string[]): Promise<ExtraFacts[]> {
    const text = [`Mã hồ sơ;Ngày tiếp nhận;${header}`]
      .concat(cells.map((cell, i) => `H29.999-261110-000${i};13/11/2026 08:00:00;${cell}`))
      .join('\r\n');
    const blob = new Blob([text]) as Blob & { name: string };
    const file = Object.assign(blob, { name: 'tep.csv' });
    const found: ExtraFacts[] = [];
    for await (const { facts } of readFacts(file as never)) found.push(...facts);
    return found;
  }

  it.each<[string, string[], ExtraFacts[]]>([
    [
      'KenhThucHien',
      ['1', '2', '3', '', '9'],
      [{ channel: 'counter' }, { channel: 'online' }, { channel: 'post' }, { channel: 'counter' }, {}],
    ],
    [
      'Hình thức nộp',
      ['Trực tuyến', 'Nộp trực tiếp', 'Bưu chính công ích'],
      [{ channel: 'online' }, { channel: 'counter' }, { channel: 'post' }],
    ],
    [
      'DuocThanhToanTrucTuyen',
      ['1', '2', '3', '', 'Tiền mặt'],
      [{ paidOnline: true }, { paidOnline: true }, { paidOnline: false }, { paidOnline: false }, { paidOnline: false }],
    ],
    ['DuocSoHoa', ['1', '0', '', 'có'], [{ reused: true }, { reused: false }, { reused: false }, { reused: true }]],
    ['Lệ phí', ['20.000 đ', '0', 'miễn phí', 'theo quy định'], [{ fee: 20_000 }, { fee: 0 }, { fee: 0 }, {}]],
    ['Số lần bổ sung', ['2', '', 'nhiều'], [{ supplementRequests: 2 }, { supplementRequests: 0 }, {}]],
    ['Ngày hẹn lại', ['20/11/2026', ''], [{ extended: true }, { extended: false }]],
    ['Ngày trả', ['14/11/2026 10:30:00', ''], [{ returnedAt: second('14/11/2026 10:30') / 60 }, {}]],
  ])('%s', async (header, cells, expected) => expect(await factsOf(header, ...cells)).toEqual(expected));

  it('một lần bổ sung với hai thời điểm', async () => {
    const [one, none] = await factsOf(
      'Ngày yêu cầu bổ sung;Ngày bổ sung',
      '14/11/2026 08:00:00;16/11/2026 08:00:00',
      ';',
    );
    const at = (text: string) => second(text) / 60;
    expect(one).toEqual({
      supplementRequests: 1,
      supplements: [{ from: at('14/11/2026 08:00'), to: at('16/11/2026 08:00') }],
    });
    expect(none).toEqual({ supplementRequests: 0 });
  });
});
