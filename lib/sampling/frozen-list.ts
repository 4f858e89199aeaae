import type { Population } from './population.ts';

/**
 * The whole list that a sample was drawn from, with the procedure of each dossier, kept so that more can be drawn and lost dossiers
 * replaced. Holds no person.
 */
export interface FrozenList {
  population: Population;
  /** City system in which the dossiers are opened, when known. */
  host: string | null;
}
