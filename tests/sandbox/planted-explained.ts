/** Planted cases: differences that are expected, excused or nobody's fault, and rows that nobody can read. */

import { due, each, only, type PlantKind, setStatus } from './planted-case.ts';

/** Procedures with this prefix are settled in other systems. */
export const OUTSIDE_PREFIX = '9.98';

export const EXPLAINED: PlantKind[] = [
  {
    name: 'cosmetic',
    fits: (row) => row.status === 5 || row.status === 6 || row.status === 8,
    plant({ rows }) {
      for (const national of rows.national) setStatus(national, 9);
      return { classes: ['cosmetic'], outcome: 'excluded', cause: 'pushed-as-9', side: 'national' };
    },
  },
  {
    name: 'cosmetic-no-due',
    fits: (row) => (row.status === 2 || row.status === 4) && row.dueAt === undefined,
    plant({ rows }) {
      for (const national of rows.national) setStatus(national, 9);
      return { classes: ['cosmetic'], outcome: 'excluded', cause: 'pushed-as-9', side: 'national' };
    },
  },
  {
    name: 'outside',
    plant({ rows, row, rng }) {
      const code = `${OUTSIDE_PREFIX}${row.procedure.code.slice(-4)}`;
      each(rows, (one) => {
        one.procedure = { ...one.procedure, code };
      });
      const side = rng.pick(['city', 'national'] as const);
      rows[side] = [];
      return { classes: ['outside-system'], outcome: 'excluded', side };
    },
  },
  {
    name: 'stale-status',
    fits: (row) => row.status === 4 && !row.hasResult && row.finishedAt === undefined,
    plant({ rows, rng, now }) {
      for (const city of rows.city) {
        setStatus(city, 10);
        city.updatedAt = city.finishedAt = now - rng.int(3, 20) * 60;
      }
      return { classes: ['stale'], outcome: 'excluded', side: 'city' };
    },
  },
  {
    name: 'stale-new',
    anyAge: true,
    fits: (row) => row.status === 2 && due(row),
    plant({ rows, rng, now }) {
      only('city', rows);
      for (const city of rows.city) city.updatedAt = city.receivedAt = city.submittedAt = now - rng.int(3, 20) * 60;
      return { classes: ['stale'], outcome: 'excluded', side: 'city' };
    },
  },
  {
    name: 'unreadable-received',
    plant({ rows, rng }) {
      const side = rng.pick(['city', 'national', 'lgsp'] as const);
      for (const row of rows[side]) row.broken = 'receivedAt';
      return { classes: ['unreadable'], side };
    },
  },
  {
    name: 'unreadable-due',
    fits: due,
    plant({ rows, rng }) {
      const side = rng.pick(['city', 'national', 'lgsp'] as const);
      for (const row of rows[side]) row.broken = 'dueAt';
      return { classes: ['unreadable'], side };
    },
  },
];
