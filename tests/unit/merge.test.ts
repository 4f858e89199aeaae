import { describe, expect, it } from 'vitest';
import { mergeReadings } from '../../lib/dossier/index.ts';
import { healthOf } from '../../lib/page/index.ts';
import { at, record } from '../fixtures/records.ts';

const CODE = 'H29.999-261123-0001';
const none = record(CODE, { dueAt: undefined, noDueDate: true });

describe('an appointment that the screen denies', () => {
  it('is not given a date by an answer', () => {
    const merged = mergeReadings(record(CODE, { dueAt: at('17:00 02/01/2020') }), none);
    expect(merged.dueAt).toBeUndefined();
    expect(merged.noDueDate).toBe(true);
  });

  it('is not denied by an answer without one', () => {
    const merged = mergeReadings(record(CODE, { dueAt: undefined }), record(CODE));
    expect(merged.dueAt).toBe(at('17:00 25/11/2026'));
    expect(merged.noDueDate).toBeUndefined();
  });

  it('is what a column of such answers has to say, not a fault of the page', () => {
    const row = (own: typeof none) => ({ record: own, row: {} as Element, anchor: {} as Element });
    const list = (own: typeof none) => ({
      rows: [own, own, own, own].map(row),
      unreadable: 0,
      columns: {},
      loading: false,
    });
    const received = { ...none, receivedAt: at('09:00 20/11/2026') };
    expect(healthOf(list(received)).ok).toBe(true);
    expect(healthOf(list({ ...received, noDueDate: undefined })).ok).toBe(false);
  });
});
