import * as z from 'zod/mini';
import { Dossier } from './dossier.ts';

/**
 * The papers of a dossier as the background judged them (lib/digitization), in words: what a page shows. A page holds neither the
 * catalogue nor its rules.
 */

const Line = z.string().check(z.maxLength(2000));
const Lines = z.array(Line).check(z.maxLength(400));

export const PapersView = z.object({
  verdict: z.enum(['complete', 'incomplete', 'unknown']),
  /** Names of the papers that are certainly missing. */
  missing: Lines,
  /** Judged against the catalogue, or by what the page itself marks. */
  basis: z.enum(['catalogue', 'page']),
  rows: z
    .array(
      z.object({
        name: Line,
        state: z.enum(['missing', 'present', 'digitized', 'reused', 'not-applicable', 'unknown']),
        stateName: Line,
        why: Line,
      }),
    )
    .check(z.maxLength(400)),
  /** Checks D1–D9 that failed, with what each costs. */
  failed: z
    .array(z.object({ id: Line, severity: z.enum(['error', 'warn', 'info']), text: Line, cost: Line }))
    .check(z.maxLength(20)),
  /** Checks that nobody can make from here, and why. */
  unchecked: Lines,
  /** Before the dossier is accepted. */
  hints: Lines,
  notes: Lines,
});
export type PapersView = z.infer<typeof PapersView>;

/** What is asked: the record, which holds no personal data. */
export const PapersQuestion = z.object({ record: Dossier });
