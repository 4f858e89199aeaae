import * as z from 'zod/mini';
import { Dossier } from './dossier.ts';

/**
 * What a letter is drafted from: the record, and who it goes to. The only schema that holds personal data. It goes from the page that
 * shows it to the page that drafts, once for each drafting, and is never stored, logged or handed to anyone else.
 */

const Line = z.optional(z.string().check(z.maxLength(300)));

export const Recipient = z.object({
  owner: Line,
  submitter: Line,
  authorised: Line,
  /** True only when the page says so. */
  organisation: z.optional(z.boolean()),
  address: Line,
  phone: Line,
});
export type Recipient = z.infer<typeof Recipient>;

export const LetterFacts = z.object({ record: Dossier, recipient: Recipient });
export type LetterFacts = z.infer<typeof LetterFacts>;
