import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ColumnMapping,
  type JoinOutcome,
  joinRecords,
  joinStreams,
  MASK,
  normalCode,
  recordOf,
  rowIn,
  SIDES,
  type Side,
  type SideRecord,
  unreadableRow,
} from '../../lib/reconcile/engine/index.ts';

const exact = { receivedAt: { seconds: 0 }, dueAt: { seconds: 0 }, finishedAt: { seconds: 0 } };
const mappingOf = (delimiter: ColumnMapping['delimiter']): ColumnMapping => ({
  delimiter,
  headerRows: 1,
  columns: 9,
  code: 1,
  aliases: [3],
  status: 2,
  receivedAt: 4,
  dueAt: 5,
  finishedAt: 6,
  procedure: 7,
  result: 8,
  unit: 0,
});

const utf8 = new TextEncoder();

/** The simplest writer there is: it quotes where it must, and where it is told to. */
function cell(text: string, quoted: boolean): string {
  return quoted || /[,;\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.slice(at[i], end));
}

interface Table {
  rows: string[][];
  quotes: boolean[];
  ends: string[];
  mark: boolean;
  last: boolean;
  cuts: number[];
}

function bytesOf({ rows, quotes, ends, mark, last }: Table, delimiter: string): Uint8Array {
  let n = 0;
  const pick = <T>(list: readonly T[]): T => list[n++ % list.length] as T;
  const lines = [['đơn vị', 'mã', 'trạng "thái"', 'b', 'c', 'd', 'e', 'f', 'g'], ...rows].map((fields) =>
    fields.map((text) => cell(text, pick(quotes))).join(delimiter),
  );
  const text = lines.map((line, i) => line + (i < lines.length - 1 || last ? pick(ends) : '')).join('');
  return utf8.encode((mark ? '\ufeff' : '') + text);
}

/** A row read again, as texts. */
function textsAt(
  bytes: Uint8Array,
  joined: Awaited<ReturnType<typeof joinStreams>>,
  side: Side,
  row: number,
  delimiter: string,
) {
  const place = joined.indexes[side]?.find(row);
  if (!place) throw new Error('no index');
  return rowIn(bytes.subarray(place.offset), place.pass, place.line, delimiter.charCodeAt(0), true);
}

const groupsOf = ({ groups }: JoinOutcome) => [...groups];

const codes = fc.oneof(
  fc
    .record({
      prefix: fc.constantFrom('H29.999', 'h29.999', 'H29.999.001', '000.00.99.H29', 'MỘT', 'A', `${'X'.repeat(30)}`),
      day: fc.constantFrom('260115', '20260115', '260116', '269999'),
      number: fc.integer({ min: 0, max: 30 }),
      width: fc.integer({ min: 1, max: 8 }),
      blank: fc.constantFrom('', ' ', '   '),
    })
    .map(({ prefix, day, number, width, blank }) => `${prefix}-${day}-${String(number).padStart(width, '0')}${blank}`),
  fc.constantFrom('HS,1', 'HS "2"', '0000/2018/07/03/', 'Hồ\n3', 'a'),
);
const moments = fc.oneof(
  fc.constantFrom('', 'null', '0001-01-01T00:00:00', '20260115', '1768446000000', '15/1/2026', '2026-01-15 08:00'),
  fc
    .record({
      form: fc.integer({ min: 0, max: 8 }),
      day: fc.integer({ min: 1, max: 28 }),
      second: fc.integer({ min: 0, max: 86_399 }),
    })
    .map(({ form, day, second }) => {
      const d = String(day).padStart(2, '0');
      const t = new Date(second * 1000).toISOString().slice(11, 19);
      const forms = [
        `2026-01-${d} ${t}`,
        `2026-01-${d}T${t}`,
        `${d}/01/2026 ${t}`,
        `202601${d}${t.replaceAll(':', '')}`,
      ];
      forms.push(
        `2026-01-${d}`,
        `${d}/01/2026`,
        `2026-01-${d}T${t}.123Z`,
        `2026-01-${d}T${t}+0700`,
        `2026-01-${d}T${t}+07:00`,
      );
      return forms[form] as string;
    }),
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('Phường «Tân, Định»', 'a"b', '\r\n', '"', ''),
);
const fields = fc.tuple(
  anyText.map((text) => text.replaceAll('\u0000', '')),
  codes,
  fc.constantFrom('', '1', '9', '10', '11', 'đang xử lý', '04'),
  fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: codes.filter((text) => !/[;,|]/.test(text)) },
  ),
  moments,
  moments,
  moments,
  fc.constantFrom('', '1.999999', ' 1.999998.H29 ', '9'.repeat(40)),
  fc.constantFrom('', '0', '1', 'true', 'không', '?'),
);
const tables: fc.Arbitrary<Table> = fc.record({
  rows: fc.array(fields, { maxLength: 40 }),
  quotes: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
  ends: fc.array(fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\r\n\r\n'), { minLength: 1, maxLength: 3 }),
  mark: fc.boolean(),
  last: fc.boolean(),
  cuts: fc.array(fc.nat(), { maxLength: 12 }),
});
const delimiters = fc.constantFrom(',' as const, ';' as const, '\t' as const);

describe('delimited bytes', () => {
  test('every row comes back as it was written, whatever the quotes, line ends and chunks', async () => {
    await fc.assert(
      fc.asyncProperty(tables, delimiters, async (table, delimiter) => {
        const bytes = bytesOf(table, delimiter);
        const mapping = mappingOf(delimiter);
        const sides = ['city', 'national'] as const;
        const joined = await joinStreams(
          { city: { chunks: pieces(bytes, table.cuts), mapping } },
          { sides, tolerance: exact, bytes: 1000 },
        );
        expect(joined.outcome.rows.city).toBe(table.rows.length);
        expect(joined.outcome.unreadableRows.city).toBe(0);
        table.rows.forEach((row, n) => {
          expect(textsAt(bytes, joined, 'city', n, delimiter)?.fields).toEqual(row);
        });
      }),
      { numRuns: 400 },
    );
  });

  test('bytes are joined as their records are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(tables, tables, tables), delimiters, async (three, delimiter) => {
        const mapping = mappingOf(delimiter);
        const options = { sides: SIDES, tolerance: exact };
        const streams = Object.fromEntries(
          three.map((table, i) => [SIDES[i], { chunks: pieces(bytesOf(table, delimiter), table.cuts), mapping }]),
        );
        const { outcome } = await joinStreams(streams, { ...options, bytes: 1000 });
        const records = Object.fromEntries(
          three.map(({ rows }, i) => [SIDES[i], rows.map((row) => recordOf(row, mapping, ''))]),
        ) as Record<Side, SideRecord[]>;
        // A file tells every column it has; records tell what at least one of them has.
        const wanted = groupsOf(joinRecords(withAllFields(records), options));
        expect(groupsOf(outcome)).toEqual(wanted.filter((group) => !isAdded(group, records)));
      }),
      { numRuns: 300 },
    );
  });

  test('a file larger than the buffer is the same in one chunk and in small ones', async () => {
    const rows = Array.from({ length: 9000 }, (_, n) =>
      [
        `"Phường ""${n}"", ${'é'.repeat(n % 40)}"`,
        `H29.999-260115-${n % 8000}`,
        n % 11,
        '',
        '15/01/2026 08:00:00',
        '',
        '',
        '1.9',
        n % 2,
      ].join(','),
    );
    const bytes = utf8.encode(`h\r\n${rows.join('\r\n')}`);
    const small = Array.from({ length: Math.ceil(bytes.length / 977) }, (_, n) => bytes.slice(n * 977, n * 977 + 977));
    const mapping = mappingOf(',');
    const join = (chunks: Uint8Array[]) =>
      joinStreams({ city: { chunks, mapping } }, { sides: ['city'], tolerance: exact, bytes: bytes.length });
    const [whole, cut] = [await join([bytes]), await join(small)];
    expect(whole.outcome.rows.city).toBe(9000);
    expect(groupsOf(whole.outcome)).toEqual(groupsOf(cut.outcome));
    expect(whole.outcome.groups.byMask().get(MASK.duplicate)).toBeUndefined();
    expect(whole.outcome.groups.length).toBe(1000);
    expect(textsAt(bytes, cut, 'city', 8999, ',')).toEqual(textsAt(bytes, whole, 'city', 8999, ','));
    expect(textsAt(bytes, whole, 'city', 8999, ',')?.line).toBe(9001);
  });
});

/** As a file does, every side tells every field: one more record, of a code of its own, that has them all. */
function withAllFields(records: Record<Side, SideRecord[]>): Record<Side, SideRecord[]> {
  const full = (side: Side): SideRecord => ({
    code: `ALL-${side}`,
    status: 1,
    receivedAt: 1,
    dueAt: 1,
    finishedAt: 1,
    procedure: 'x',
    hasResult: true,
    at: '',
  });
  return {
    city: [...records.city, full('city')],
    national: [...records.national, full('national')],
    lgsp: [...records.lgsp, full('lgsp')],
  };
}

const isAdded = (group: Record<Side, number[]>, records: Record<Side, SideRecord[]>) =>
  SIDES.some((side) => group[side].includes(records[side].length));

describe('what is wrong with a file', () => {
  const mapping = mappingOf(',');
  const good = 'đv,H29.999-260115-1,4,,15/01/2026,,,1.9,1';
  async function problems(text: string) {
    const bytes = utf8.encode(`h\n${text}`);
    const joined = await joinStreams(
      { city: { chunks: [bytes], mapping } },
      { sides: ['city'], tolerance: exact, bytes: 100 },
    );
    return [...(joined.indexes.city?.refused() ?? [])].map(({ row, reason }) => {
      const found = textsAt(bytes, joined, 'city', row, ',');
      return unreadableRow('city', reason, found, mapping, `tệp.csv:${found?.line}`);
    });
  }

  test.each([
    [
      'cut in the middle of a quote',
      `${good}\n"đv\nx,H29`,
      'tệp.csv:3',
      'dấu nháy mở ra mà không đóng lại cho đến hết tệp',
    ],
    ['a column too few', `${good}\nđv,H29.999-260115-2,4`, 'tệp.csv:3', 'dòng có 3 cột, cần 9 cột'],
    ['a column too many', `${good},\n${good}`, 'tệp.csv:2', 'dòng có 10 cột, cần 9 cột'],
    ['text behind a quote', `"a\nb"x${good.slice(2)}\n${good}`, 'tệp.csv:2', 'có chữ sau dấu nháy đóng'],
    ['no code', good.replace('H29.999-260115-1', ' '), 'tệp.csv:2', 'không có mã hồ sơ'],
    ['a day that is not', good.replace('15/01', '30/02'), 'tệp.csv:2', 'ngày tiếp nhận không đọc được: «30/02/2026»'],
  ])('%s', async (_, text, at, reason) => {
    expect((await problems(text)).map((row) => [row.at, row.reason])).toEqual([[at, reason]]);
  });

  test('a row that has a code tells it', async () => {
    expect((await problems(good.replace('15/01', '30/02')))[0]?.code).toBe('H29.999-260115-1');
  });

  test('a quote that never ends, before much text, is one unreadable row and not a full memory', async () => {
    const found = await problems(`${good}\n"${`${good}\n`.repeat(20_000)}`);
    expect(found.map(({ at, reason }) => [at, reason])).toEqual([
      ['tệp.csv:3', 'dấu nháy mở ra mà không đóng lại cho đến hết tệp'],
    ]);
  });

  test('a row longer than any row is passed over, and the next one is read', async () => {
    const bytes = utf8.encode(`h\n${'x'.repeat(600_000)}\r\n"${'y\n'.repeat(300_000)}",1\n${good}`);
    const chunks = [bytes.slice(0, 600_003), bytes.slice(600_003, 700_001), bytes.slice(700_001)];
    const { outcome, indexes } = await joinStreams(
      { city: { chunks, mapping } },
      { sides: ['city'], tolerance: exact },
    );
    expect([outcome.rows.city, outcome.equalRows.city, outcome.unreadableRows.city]).toEqual([3, 1, 2]);
    expect(indexes.city?.find(2)).toMatchObject({ offset: 2, line: 1, pass: 2 });
    expect(rowIn(bytes.subarray(2), 2, 1, 44, true)).toMatchObject({ line: 300_004, fields: good.split(',') });
  });

  test('a mapping that contradicts itself is refused', async () => {
    for (const wrong of [{ code: 9 }, { status: 1 }]) {
      const source = { chunks: [], mapping: { ...mapping, ...wrong } };
      await expect(joinStreams({ city: source }, { sides: ['city'], tolerance: exact })).rejects.toThrow(RangeError);
    }
  });
});

test('codes are told as they are compared', async () => {
  const texts = ['h29.999-260115-000001', ' MỘT - 260115 - 2 ', '0000/2018/07/03/'];
  const bytes = utf8.encode(texts.map((text) => `,${text},,,,,,,`).join('\n'));
  const mapping = { ...mappingOf(','), headerRows: 0 };
  const { outcome } = await joinStreams(
    { city: { chunks: [bytes], mapping } },
    { sides: ['city', 'lgsp'], tolerance: exact },
  );
  expect(texts.map((_, n) => outcome.groups.code(n))).toEqual(texts.map(normalCode));
});
