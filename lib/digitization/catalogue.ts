import type { Dossier } from '../schema/index.ts';
import { wordsOf } from './names.ts';
import type { CatalogueFile, CatalogueProcedure } from './schema.ts';

/** Procedures of one or more files, by code and by name. */
export interface Catalogue {
  byCode: ReadonlyMap<string, CatalogueProcedure>;
  /** Folded name → procedure; null where two procedures have the same name. */
  byName: ReadonlyMap<string, CatalogueProcedure | null>;
}

const CODE = /(?<![\d.])\d\.\d{6}(?!\d)/;

/** National number in a code of whatever length: `2.000815.000.00.00.H29` → `2.000815`. */
export function procedureNumber(code: string): string | null {
  return CODE.exec(code)?.[0] ?? null;
}

const nameKey = (name: string) => wordsOf(name).replace(/^thu tuc /, '');

/** One catalogue out of files; of two entries for a code the later file's stands, as a whole. */
export function mergeCatalogues(files: readonly CatalogueFile[]): Catalogue {
  const byCode = new Map(files.flatMap(({ procedures }) => procedures.map((one) => [one.code, one] as const)));
  const byName = new Map<string, CatalogueProcedure | null>();
  for (const procedure of byCode.values()) {
    const key = nameKey(procedure.name);
    byName.set(key, byName.has(key) ? null : procedure);
  }
  return { byCode, byName };
}

/** The procedure of a code; only its first `d.dddddd` counts, because units put their own tails behind it. */
export function procedureOf(code: string, catalogue: Catalogue): CatalogueProcedure | undefined {
  const number = procedureNumber(code);
  return number === null ? undefined : catalogue.byCode.get(number);
}

/** The procedure of a record: by its code, or where a page shows none by its whole name; a part of a name proves nothing. */
export function procedureOfDossier(
  { code, name }: Dossier['procedure'],
  catalogue: Catalogue,
): CatalogueProcedure | undefined {
  if (code !== undefined && procedureNumber(code) !== null) return procedureOf(code, catalogue);
  return (name !== undefined && catalogue.byName.get(nameKey(name))) || undefined;
}
