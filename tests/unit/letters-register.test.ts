import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  CHANNELS,
  LETTER_STATES,
  monthlyReport,
  newEntry,
  RegisterEntry,
  type RegisterEvent,
  readCodeList,
  undo,
} from '../../lib/letters/index.ts';
import { parseMoment } from '../../lib/text/index.ts';

const at = (text: string) => parseMoment(text)?.minute as number;
const NOW = at('23/11/2026 10:00');
const ENTRY = newEntry(
  {
    code: 'H29.999-261110-0001',
    host: 'localhost',
    unit: 'Phường Mẫu',
    oldDueAt: at('25/11/2026 17:00'),
    letterDueAt: at('23/11/2026 17:00'),
  },
  NOW,
);
const DRAFT: RegisterEvent = { type: 'draft', newDueAt: at('02/12/2026 17:00'), reasonId: 'consult', channel: 'paper' };

const event = fc.oneof(
  fc.record({
    type: fc.constant('draft' as const),
    newDueAt: fc.integer({ min: NOW, max: NOW + 99_999 }),
    reasonId: fc.constantFrom('consult', 'other'),
    channel: fc.constantFrom(...CHANNELS),
  }),
  fc.record({ type: fc.constant('issue' as const), channel: fc.constantFrom(...CHANNELS) }),
  fc.constant({ type: 'waive' as const }),
  fc.constant({ type: 'clear' as const }),
  fc.record({
    type: fc.constant('observe' as const),
    apology: fc.constantFrom('none', 'warn', 'last-day', 'late', 'overdue'),
  }),
);
const history = fc.array(event, { maxLength: 20 });

/** Entry after events; those that are refused change nothing. */
function lived(events: readonly RegisterEvent[], entry = ENTRY): RegisterEntry {
  return events.reduce((now, one, i) => {
    const step = advance(now, one, NOW + i);
    return step.ok ? step.entry : now;
  }, entry);
}

describe('register laws', () => {
  it('undo takes back a step exactly', () => {
    fc.assert(
      fc.property(history, event, (events, last) => {
        const before = lived(events);
        const step = advance(before, last, NOW + 99);
        if (!step.ok || step.entry === before) return;
        const back = undo(step.entry);
        // The oldest step of a full history is forgotten.
        expect({ ...back, past: [] }).toEqual({ ...before, past: [] });
        expect(back?.past).toEqual(before.past.slice(before.past.length === 8 ? 1 : 0));
      }),
    );
  });

  it('every history gives an entry that the schema takes, with nothing in it but codes and moments', () => {
    fc.assert(
      fc.property(history, (events) => {
        const entry = lived(events);
        expect(RegisterEntry.safeParse(entry).success).toBe(true);
        expect(LETTER_STATES).toContain(entry.state);
      }),
    );
    expect(RegisterEntry.safeParse({ ...ENTRY, hoTen: 'Nguyễn Văn Mẫu' }).success).toBe(false);
    expect(RegisterEntry.safeParse({ ...ENTRY, reasonId: 'vì ông Mẫu chưa nộp' }).success).toBe(false);
  });

  it('a letter goes out once, and then stays out until it is undone', () => {
    fc.assert(
      fc.property(history, history, (events, more) => {
        const step = advance(lived(events), { type: 'issue' }, NOW);
        if (!step.ok) return;
        const end = lived(more, step.entry);
        expect([end.state, end.reappointments]).toEqual(['issued', 1]);
        expect(advance(end, { type: 'issue' }, NOW)).toEqual({ ok: false, why: 'issued' });
      }),
    );
  });

  it('an observation never takes back what a person did', () => {
    fc.assert(
      fc.property(history, fc.constantFrom('none', 'warn', 'last-day', 'late', 'overdue'), (events, apology) => {
        const entry = lived(events);
        const step = advance(entry, { type: 'observe', apology }, NOW);
        if (!step.ok) throw new Error('an observation was refused');
        if (entry.state === 'issued' || entry.state === 'not-applicable') expect(step.entry).toBe(entry);
        expect(step.entry.draftedAt).toBe(entry.draftedAt);
      }),
    );
  });
});

describe('a letter on its way', () => {
  it('is needed, drafted, late, and sent late', () => {
    const states = [
      { type: 'observe', apology: 'warn' },
      DRAFT,
      { type: 'observe', apology: 'overdue' },
      { ...DRAFT, reasonId: 'system' },
      { type: 'issue' },
    ] as const;
    const seen: string[] = [];
    states.reduce((entry, one, i) => {
      const step = advance(entry, one, NOW + i);
      if (!step.ok) throw new Error(step.why);
      seen.push(step.entry.state);
      return step.entry;
    }, ENTRY);
    expect(seen).toEqual(['needed', 'drafted', 'late', 'late', 'issued']);
  });

  it('cannot be cleared once it is late, nor waived once it is out', () => {
    expect(advance(lived([{ type: 'observe', apology: 'late' }]), { type: 'clear' }, NOW)).toEqual({
      ok: false,
      why: 'state',
    });
    expect(advance(lived([{ type: 'issue' }]), { type: 'waive' }, NOW)).toEqual({ ok: false, why: 'issued' });
    expect(undo(ENTRY)).toBeNull();
  });
});

describe('a list of codes', () => {
  it('takes codes and nothing else from lines and tables', () => {
    const text =
      '\ufeffSTT;Mã hồ sơ;Người nộp\r\n1;H29.999-261110-0001;Nguyễn Văn Mẫu\r\n2;"H29.999-261110-0002";Trần\r\n\r\n3;không có;Lê\r\n4;H29.999-261110-0001;Mẫu';
    const list = readCodeList(text);
    expect(list).toEqual({
      codes: ['H29.999-261110-0001', 'H29.999-261110-0002'],
      repeated: ['H29.999-261110-0001'],
      unread: [5],
    });
  });

  it('reads bare lines', () => {
    expect(readCodeList('H29.999-261110-0001\nH29.999-261110-0002\tx').codes).toHaveLength(2);
    expect(readCodeList('')).toEqual({ codes: [], repeated: [], unread: [] });
  });
});

describe('the monthly report', () => {
  const entry = (code: string, change: Partial<RegisterEntry>) => ({ ...ENTRY, code, ...change });
  const november = { oldDueAt: at('20/11/2026 17:00'), letterDueAt: at('19/11/2026 17:00') };

  it('counts by unit and month of the old appointment', () => {
    const rows = monthlyReport(
      [
        entry('1', { ...november, state: 'late' }),
        entry('2', { ...november, state: 'drafted', draftedAt: NOW, reasonId: 'system' }),
        entry('3', {
          ...november,
          state: 'issued',
          issuedAt: at('19/11/2026 16:00'),
          reasonId: 'system',
          reappointments: 1,
        }),
        entry('4', {
          ...november,
          state: 'issued',
          issuedAt: at('20/11/2026 08:00'),
          reasonId: 'consult',
          reappointments: 2,
        }),
        entry('5', { state: 'needed', oldDueAt: at('02/12/2026 17:00') }),
        entry('6', { ...november, state: 'not-applicable', unit: 'Phường Hai' }),
      ],
      NOW,
    );
    expect(rows).toEqual([
      {
        unit: 'Phường Hai',
        month: '2026-11',
        entries: 1,
        issued: 0,
        issuedLate: 0,
        overdueWithout: 0,
        secondReappointments: 0,
        notApplicable: 1,
        byReason: {},
      },
      {
        unit: 'Phường Mẫu',
        month: '2026-11',
        entries: 4,
        issued: 2,
        issuedLate: 1,
        overdueWithout: 2,
        secondReappointments: 1,
        notApplicable: 0,
        byReason: { system: 2, consult: 1 },
      },
      {
        unit: 'Phường Mẫu',
        month: '2026-12',
        entries: 1,
        issued: 0,
        issuedLate: 0,
        overdueWithout: 0,
        secondReappointments: 0,
        notApplicable: 0,
        byReason: {},
      },
    ]);
  });

  it('counts every entry once', () => {
    fc.assert(
      fc.property(fc.array(history, { maxLength: 12 }), (histories) => {
        const entries = histories.map((events, i) => ({
          ...lived(events),
          unit: `P${i % 3}`,
          oldDueAt: NOW + i * 20_000,
        }));
        const sum = monthlyReport(entries, NOW + 99).reduce((total, row) => total + row.entries, 0);
        expect(sum).toBe(entries.length);
      }),
    );
  });
});
