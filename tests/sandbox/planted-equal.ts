/** Planted cases in which nothing differs, however it looks. */

import { AGENCIES } from './city/procedures.ts';
import { pad } from './city/words.ts';
import { each, follower, nationalForm, type PlantKind } from './planted-case.ts';

export const EQUAL: PlantKind[] = [
  {
    name: 'lower-case',
    anyAge: true,
    plant(subject) {
      const { side, row } = follower(subject);
      row.code = row.code.toLowerCase();
      return { classes: [], side };
    },
  },
  {
    name: 'blanks',
    anyAge: true,
    plant(subject) {
      const { side, row } = follower(subject);
      row.code = ` ${row.code}  `;
      return { classes: [], side };
    },
  },
  {
    name: 'nfd',
    anyAge: true,
    plant(subject) {
      const { side, row } = follower(subject);
      each(subject.rows, (one) => {
        one.code = `HS/LẠ ${pad(one.index + 1, 5)}-KT`;
      });
      row.code = row.code.normalize('NFD');
      row.unit = { ...row.unit, name: row.unit.name.normalize('NFD') };
      return { classes: [], side };
    },
  },
  {
    name: 'slashes',
    anyAge: true,
    plant({ rows }) {
      each(rows, (row) => {
        row.code = `PKT.01/${nationalForm(row).slice(8, 14)}/${pad(row.index + 1, 5)}`;
      });
      return { classes: [] };
    },
  },
  {
    name: 'trailing-slash',
    anyAge: true,
    plant({ rows }) {
      each(rows, (row) => {
        row.code = `${pad(row.index + 1, 5)}/2026/11/03/`;
      });
      return { classes: [] };
    },
  },
  {
    name: 'other-unit',
    anyAge: true,
    plant(subject) {
      const { side, row } = follower(subject);
      row.unit = AGENCIES.find(({ code }) => code !== row.unit.code) ?? row.unit;
      return { classes: [], side };
    },
  },
  {
    name: 'seconds-cut',
    anyAge: true,
    plant(subject) {
      const { side, row } = follower(subject);
      for (const name of ['receivedAt', 'finishedAt'] as const) {
        const moment = row[name];
        if (moment !== undefined) row[name] = moment - (moment % 60);
      }
      return { classes: [], side };
    },
  },
  {
    name: 'procedure-tail',
    anyAge: true,
    plant(subject) {
      const { side, row } = follower(subject);
      row.procedure = { ...row.procedure, code: `${row.procedure.code}.000.00.00.H29` };
      return { classes: [], side };
    },
  },
  {
    name: 'no-code-row',
    anyAge: true,
    plant({ rows, row }) {
      rows.national.push({ ...row, otherCode: '', broken: 'code' });
      return { classes: [], side: 'national' };
    },
  },
];
