/** Planted cases: a dossier that a system does not have, and values that differ. */

import { done, due, follower, HOUR, midnight, minusDays, offStatus, only, type PlantKind } from './planted-case.ts';
import type { BookRow } from './planted-types.ts';

/** A moment at midnight may be meant as a bare day, which hides seven hours. */
const timed = ({ dueAt }: BookRow): boolean => dueAt !== undefined && dueAt !== midnight(dueAt);

export const MISSING: PlantKind[] = [
  {
    name: 'never-sent',
    // A code without the province's part has another known cause: the portal gives it a new one.
    fits: ({ code }) => /^(?:H29|000)\./.test(code),
    plant({ rows }) {
      rows.national = [];
      return { classes: ['missing-national'], cause: 'never-sent', side: 'national' };
    },
  },
  {
    name: 'not-on-bus',
    plant({ rows }) {
      rows.lgsp = [];
      return { classes: ['missing-lgsp'], side: 'lgsp' };
    },
  },
  {
    name: 'only-city',
    plant({ rows }) {
      only('city', rows);
      return { classes: ['missing-national', 'missing-lgsp'] };
    },
  },
  {
    name: 'not-in-city',
    plant({ rows }) {
      rows.city = [];
      return { classes: ['missing-city'], side: 'city' };
    },
  },
  {
    name: 'only-national',
    plant({ rows }) {
      only('national', rows);
      return { classes: ['missing-city', 'missing-lgsp'] };
    },
  },
  {
    name: 'only-bus',
    plant({ rows }) {
      only('lgsp', rows);
      return { classes: ['missing-national', 'missing-city'] };
    },
  },
];

export const VALUES: PlantKind[] = [
  {
    name: 'status',
    plant(subject) {
      const { side, row } = follower(subject);
      offStatus(row);
      return { classes: ['status'], side };
    },
  },
  {
    name: 'status-unknown',
    plant(subject) {
      const { side, row } = follower(subject);
      row.status = 0;
      row.statusText = 'Trạng thái lạ 11';
      return { classes: ['status'], cause: 'unknown-status', side };
    },
  },
  {
    name: 'received-other-day',
    plant(subject) {
      const { side, row } = follower(subject);
      row.receivedAt = minusDays(row.receivedAt, subject.rng.int(1, 3));
      return { classes: ['received-date'], side };
    },
  },
  {
    name: 'due-other-day',
    fits: due,
    plant(subject) {
      const { side, row } = follower(subject);
      row.dueAt = minusDays(row.dueAt, -subject.rng.int(1, 5));
      return { classes: ['due-date'], side };
    },
  },
  {
    name: 'received-day-cut',
    plant(subject) {
      const { side, row } = follower(subject);
      row.receivedAt = midnight(row.receivedAt);
      return { classes: ['received-date'], cause: 'time-cut', side };
    },
  },
  {
    name: 'due-day-cut',
    fits: timed,
    plant(subject) {
      const { side, row } = follower(subject);
      row.dueAt = midnight(row.dueAt ?? 0);
      return { classes: ['due-date'], cause: 'time-cut', side };
    },
  },
  {
    // A system wrote local time with a Z, the next one believed it.
    name: 'due-false-z',
    fits: timed,
    plant(subject) {
      const { side, row } = follower(subject);
      row.dueAt = (row.dueAt ?? 0) - 7 * HOUR;
      return { classes: ['due-date'], cause: 'seven-hours', side };
    },
  },
  {
    name: 'all-false-z',
    fits: (row) => timed(row) && done(row),
    plant(subject) {
      const { side, row } = follower(subject);
      for (const name of ['receivedAt', 'dueAt', 'finishedAt'] as const) row[name] = (row[name] ?? 0) - 7 * HOUR;
      return { classes: ['received-date', 'due-date', 'finish-date'], cause: 'seven-hours', side };
    },
  },
  {
    name: 'finish-other-day',
    fits: done,
    plant(subject) {
      const { side, row } = follower(subject);
      row.finishedAt = minusDays(row.finishedAt, subject.rng.int(1, 3));
      return { classes: ['finish-date'], side };
    },
  },
  {
    name: 'other-procedure',
    plant(subject) {
      const { side, row } = follower(subject);
      row.procedure = { code: '9.900099', name: 'Thủ tục không có thật', sector: 'Lĩnh vực không có thật' };
      return { classes: ['procedure'], side };
    },
  },
  {
    name: 'no-result-file',
    fits: done,
    plant(subject) {
      const { side, row } = follower(subject);
      row.hasResult = false;
      return { classes: ['result-file'], side };
    },
  },
];
