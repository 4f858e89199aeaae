/** All planted cases, and mixtures of them. */

import type { DifferenceClass } from '../../lib/reconcile/types.ts';
import type { PlantKind } from './planted-case.ts';
import { CODES } from './planted-codes.ts';
import { EQUAL } from './planted-equal.ts';
import { EXPLAINED } from './planted-explained.ts';
import { MISSING, VALUES } from './planted-values.ts';

const named = (name: string): PlantKind => {
  const found = [...MISSING, ...VALUES, ...CODES, ...EXPLAINED].find((kind) => kind.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
};

/** Several things wrong with one dossier, one after the other. */
function mixture(first: string, second: string, classes: DifferenceClass[]): PlantKind {
  const parts = [named(first), named(second)];
  return {
    name: `${first}+${second}`,
    fits: (row) => parts.every((part) => part.fits?.(row) ?? true),
    plant(subject) {
      for (const part of parts) part.plant(subject);
      return { classes };
    },
  };
}

const MIXED: PlantKind[] = [
  mixture('status', 'due-other-day', ['status', 'due-date']),
  mixture('finish-other-day', 'no-result-file', ['finish-date', 'result-file']),
  mixture('other-code', 'status', ['status', 'code-alias']),
  mixture('due-other-day', 'city-twice', ['due-date', 'duplicate']),
  mixture('received-other-day', 'other-procedure', ['received-date', 'procedure']),
  mixture('cosmetic', 'due-other-day', ['due-date', 'cosmetic']),
  mixture('alias-cycle', 'twice-same', ['duplicate', 'code-alias']),
];

export const PLANT_KINDS: readonly PlantKind[] = [...MISSING, ...VALUES, ...CODES, ...EXPLAINED, ...EQUAL, ...MIXED];
