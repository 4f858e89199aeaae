/** Planted cases: rows too many, and dossiers with several codes. */

import type { DifferenceClass } from '../../lib/reconcile/types.ts';
import { pad } from './city/words.ts';
import { follower, nationalForm, type PlantKind, setStatus } from './planted-case.ts';

/** What two dossiers under one code may disagree about, besides being two. */
const ANYTHING: DifferenceClass[] = [
  'status',
  'received-date',
  'due-date',
  'finish-date',
  'procedure',
  'result-file',
  'cosmetic',
  'stale',
];

export const CODES: PlantKind[] = [
  {
    name: 'twice-same',
    plant({ rows, row }) {
      rows.national.push({ ...row });
      return { classes: ['duplicate'], side: 'national' };
    },
  },
  {
    name: 'city-twice',
    plant({ rows, row }) {
      rows.city.push({ ...row });
      return { classes: ['duplicate'], side: 'city' };
    },
  },
  {
    // Both rows disagree with the city, so the answer does not depend on which of them is taken first.
    name: 'twice-conflict',
    fits: (row) => row.status === 10,
    plant({ rows, row }) {
      const second = { ...row };
      for (const national of rows.national) setStatus(national, 4);
      setStatus(second, 5);
      rows.national.push(second);
      return { classes: ['status', 'duplicate'], side: 'national' };
    },
  },
  {
    name: 'shared-code',
    pair: true,
    plant({ rows, row, partner }) {
      if (partner === undefined) throw new Error('shared-code takes two');
      for (const side of ['city', 'national', 'lgsp'] as const)
        rows[side].push({ ...partner, code: row.code, otherCode: row.otherCode });
      return { classes: ['duplicate'], may: ANYTHING };
    },
  },
  {
    name: 'other-code',
    plant(subject) {
      const { side, row } = follower(subject);
      row.otherCode = row.code;
      row.code = nationalForm(row);
      return { classes: ['code-alias'], outcome: 'excluded', side };
    },
  },
  {
    name: 'alias-cycle',
    plant({ rows, row }) {
      const second = nationalForm(row, 'H29.997');
      const third = `HS.${pad(row.index + 1, 5)}/2026/KT`;
      for (const city of rows.city) city.otherCode = second;
      for (const national of rows.national) Object.assign(national, { code: second, otherCode: third });
      for (const bus of rows.lgsp) Object.assign(bus, { code: third, otherCode: row.code });
      return { classes: ['code-alias'], outcome: 'excluded' };
    },
  },
];
