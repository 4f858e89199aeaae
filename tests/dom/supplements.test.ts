import { describe, expect, it } from 'vitest';
import { adapterById } from '../../lib/page/index.ts';
import { readSupplements, withSupplements } from '../../lib/page/supplements.ts';
import { isoOf } from '../../lib/text/index.ts';
import { loadFixtures } from '../fixtures/pages.ts';
import { at, record } from '../fixtures/records.ts';

const READ_AT = at('10:00 25/11/2026');
const OUTSIDE = '[role="dialog"]';

function page(body: string): Document {
  return new DOMParser().parseFromString(`<!doctype html><html><body>${body}</body></html>`, 'text/html');
}

const row = (cells: readonly string[], tag = 'td') =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;

function table(heads: readonly string[], rows: readonly (readonly string[])[], before = '', after = ''): Document {
  const body = rows.map((cells) => row(cells)).join('') + after;
  return page(`${before}<table><thead>${row(heads, 'th')}</thead><tbody>${body}</tbody></table>`);
}

const HEADS = ['Lần', 'Ngày yêu cầu bổ sung', 'Lý do', 'Ngày nhận bổ sung'];

/** "from – to" of each pause, in minutes of the wall clock. */
function read(doc: Document) {
  const found = readSupplements(doc, OUTSIDE, READ_AT);
  if (found === undefined) return undefined;
  const short = (t: number | null) => (t === null ? '…' : isoOf(t).slice(5, 16));
  return [found.requests, ...found.pauses.map(({ from, to }) => `${short(from)} – ${short(to)}`)];
}

const readRow = (asked: string, given: string) => read(table(HEADS, [['1', asked, 'Thiếu chữ ký', given]]));

describe('a table of supplements', () => {
  it('gives every request with its ends', () => {
    const rows = [
      ['1', '05/11/2026 09:10:00', 'Thiếu chữ ký', '09/11/2026 14:00:00'],
      ['2', '12/11/2026 08:00', 'Sai mẫu', '16:30 13/11/2026'],
    ];
    expect(read(table(HEADS, rows))).toEqual([2, '11-05T09:10 – 11-09T14:00', '11-12T08:00 – 11-13T16:30']);
  });

  it.each([
    // A bare day: from its first minute, to its last, so that the pause is not understated.
    ['05/11/2026', '05/11/2026', [1, '11-05T00:00 – 11-06T00:00']],
    ['05/11/2026 09:10', '09/11/2026', [1, '11-05T09:10 – 11-10T00:00']],
    ['05/11/2026', '25/11/2026', [1, '11-05T00:00 – 11-26T00:00']],
    ['05/11/2026', '', [1, '11-05T00:00 – …']],
    ['05/11/2026', 'Chưa có', [1, '11-05T00:00 – …']],
    // Not read, or not possible: the request is known, its pause is not.
    ['', '09/11/2026', [1]],
    ['05/11/2026', 'Chưa bổ sung', [1]],
    ['05/11/2026', '31/11/2026', [1]],
    ['09/11/2026 14:00', '05/11/2026 09:10', [1]],
    ['05/11/2026 09:10', '05/11/2026 09:10', [1]],
    ['05/11/2026', '26/11/2026', [1]],
    ['26/11/2026', '', [1]],
    ['05/11/2026', '06/11/2026<br>Lần 2: 09/11/2026', [1]],
  ])('from «%s» to «%s»', (asked, given, expected) => {
    expect(readRow(asked, given)).toEqual(expected);
  });

  it('with one row that cannot be read gives no pause at all', () => {
    const good = ['1', '05/11/2026', '', '06/11/2026'];
    expect(read(table(HEADS, [good, ['2', 'hôm qua', '', '10/11/2026']]))).toEqual([2]);
    const pager = '<tr><td colspan="4"><a>1</a><a>2</a></td></tr>';
    expect(read(table(HEADS, [good], '', pager))).toEqual([1]);
    const note = '<tr><td colspan="4">Hết danh sách</td></tr>';
    expect(read(table(HEADS, [good], '', note))).toEqual([1, '11-05T00:00 – 11-07T00:00']);
  });

  it.each([
    [['Ngày yêu cầu', 'Ngày bổ sung'], '', true],
    [['NGÀY YÊU CẦU BỔ SUNG', 'Ngày nhận đủ'], '', true],
    [['Ngày yêu cầu', 'Ngày nhận đủ'], '<div>Yêu cầu bổ sung hồ sơ</div>', true],
    [['Ngày yêu cầu', 'Ngày nhận đủ', 'Giấy tờ cần bổ sung'], '', true],
    [['Ngày yêu cầu', 'Ngày nhận đủ'], '<div>Yêu cầu thanh toán</div>', false],
    [['Ngày yêu cầu', 'Ngày nhận đủ'], '', false],
    [['Ngày yêu cầu bổ sung', 'Hạn bổ sung'], '', false],
    [['Ngày yêu cầu bổ sung', 'Lý do'], '', false],
    [['Ngày bổ sung', 'Lý do'], '', false],
  ])('is known by its headers %j below «%s»: %s', (heads, before, known) => {
    const cells = heads.map((_, i) => (i === 0 ? '05/11/2026' : '09/11/2026'));
    expect(read(table(heads, [cells], before)) !== undefined).toBe(known);
  });

  it('that is empty, or in a dialog, says nothing', () => {
    expect(read(table(HEADS, []))).toBeUndefined();
    expect(read(table(HEADS, [], '', '<tr><td colspan="4">Không có yêu cầu bổ sung</td></tr>'))).toBeUndefined();
    const doc = table(HEADS, [['1', '05/11/2026', '', '09/11/2026']]);
    doc.querySelector('table')?.setAttribute('role', 'dialog');
    expect(read(doc)).toBeUndefined();
  });
});

describe('a record with supplements', () => {
  const open = { requests: 1, pauses: [{ from: at('05/11/2026'), to: null, kind: 'supplement' as const }] };

  it('knows no pause when a request is open although work goes on', () => {
    expect(withSupplements(record('A'), open)).toMatchObject({ supplementRequests: 1, pauses: [] });
    const waiting = record('A', { status: { code: 5, text: 'Chờ bổ sung' } });
    expect(withSupplements(waiting, open).pauses).toEqual(open.pauses);
    expect(withSupplements(waiting, undefined)).toBe(waiting);
  });

  it('keeps them when another tab is open', () => {
    const one = loadFixtures().find(({ name }) => name === 'igate/sandbox-detail-supplement');
    const igate = adapterById('igate');
    if (!one || !igate) throw new Error('no fixture');
    const doc = new DOMParser().parseFromString(one.html, 'text/html');
    const context = { url: new URL(one.expected.url), readAt: READ_AT };
    const before = igate.readDetail(doc, context)?.record;
    expect(before?.pauses.length).toBe(before?.supplementRequests);
    doc.querySelector('.infoBlock ~ table')?.remove();
    expect(igate.readDetail(doc, context)?.record).toEqual(before);
  });
});
