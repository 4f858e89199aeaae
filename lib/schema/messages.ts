import * as z from 'zod/mini';
import { Dossier, Moment } from './dossier.ts';
import { PapersQuestion } from './papers.ts';
import { PackedCalendar, Rules } from './working-time.ts';

/**
 * Every message that crosses a border of the extension, with who may send it. A content script may ask only for what
 * is marked `content`; the gate in the background refuses the rest (design §8, default deny).
 */

/** Address that opens a dossier: origin, path and a route, never the list's filters (they can hold a name). */
const Link = z.nullable(z.string().check(z.maxLength(500)));

export const SeenDossier = z.object({ record: Dossier, link: Link });
export type SeenDossier = z.infer<typeof SeenDossier>;

export const SeenBatch = z.object({
  host: z.string().check(z.maxLength(200)),
  adapter: z.string().check(z.maxLength(40)),
  items: z.array(SeenDossier).check(z.maxLength(500)),
  /** Simulated time of a sandbox page; a release does not look at it. */
  sandboxNow: z.optional(Moment),
});
export type SeenBatch = z.infer<typeof SeenBatch>;

export const PageState = z.enum(['ok', 'changed', 'no-adapter', 'paused', 'loading']);

/** What the popup says about a page (health). Holds counts and header words only. */
export const PageReport = z.object({
  host: z.string(),
  version: z.string(),
  state: PageState,
  adapter: z.nullable(z.object({ id: z.string(), label: z.string() })),
  kind: z.enum(['list', 'detail', 'none']),
  rows: z.number(),
  /** Rows that are certainly dossiers but gave no code. */
  unreadable: z.number(),
  /** Codes in no known form. */
  strangeCodes: z.number(),
  /** Dossiers whose JSON the page itself fetched. */
  fromJson: z.number(),
  fields: z.array(
    z.object({
      field: z.enum(['code', 'procedure', 'receivedAt', 'dueAt', 'status']),
      found: z.number(),
      expected: z.number(),
      /** Header text the field was read from. */
      column: z.optional(z.string()),
    }),
  ),
});
export type PageReport = z.infer<typeof PageReport>;

export const PageConfig = z.object({
  paused: z.boolean(),
  /** The unit's working time and way of counting; a page holds none of its own. */
  calendar: PackedCalendar,
  rules: Rules,
});
export type PageConfig = z.infer<typeof PageConfig>;

/** What a row is marked with: a letter is needed, drafted, sent (issued), or its moment has passed without one. */
export const LetterMark = z.enum(['needed', 'drafted', 'issued', 'late']);
export type LetterMark = z.infer<typeof LetterMark>;

/** Letters of the dossiers that a page has just told of; a code that is not here has no mark. */
export const SeenLetters = z.object({
  letters: z
    .array(
      z.object({
        code: z.string().check(z.maxLength(120)),
        state: LetterMark,
        /** The mark in words; a page holds none of its own. */
        text: z.string().check(z.maxLength(40)),
      }),
    )
    .check(z.maxLength(500)),
});
export type SeenLetters = z.infer<typeof SeenLetters>;

/** What a page shows of a dossier: the page of that dossier, or a row of a list. The record holds no personal data. */
export const ShownDossier = z.object({ kind: z.enum(['detail', 'list']), record: Dossier });
export type ShownDossier = z.infer<typeof ShownDossier>;

const AboutDossier = z.object({ code: z.string().check(z.maxLength(120)) });

/** name → schema of the payload, and who may send it to the background. */
export const TO_BACKGROUND = {
  /** A page starts: may it run here, and how does the unit count? Answer: PageConfig. */
  'page.config': { from: 'content', payload: z.object({ host: z.string().check(z.maxLength(200)) }) },
  /** Put the overlay's second script into the frame that asks. Which file that is, the background knows. */
  'page.supplement': { from: 'content', payload: z.object({}) },
  /** Dossiers on a page, for the worklist. Answer: what was stored, and SeenLetters. */
  'dossiers.seen': { from: 'content', payload: SeenBatch },
  /** Are the papers of this dossier complete? Answer: PapersView. */
  'papers.assess': { from: 'content', payload: PapersQuestion },
  /** Draft an apology letter for a dossier of the page that asks. */
  'letter.open': { from: 'content', payload: AboutDossier },
  /** Open the page that inspects files. */
  'inspect.open': { from: 'content', payload: z.object({}) },
  /** Pause or resume on a host. */
  'site.pause': { from: 'page', payload: z.object({ host: z.string().check(z.maxLength(200)), paused: z.boolean() }) },
  /** "Xoá danh sách". */
  'dossiers.clear': { from: 'page', payload: z.object({}) },
  /** A host the user has just granted, or taken back: content scripts follow. */
  'site.hosts': { from: 'page', payload: z.object({}) },
} as const;

export type ToBackground = keyof typeof TO_BACKGROUND;

/** Messages that pages of the extension and the background send to a page's content script. */
export const TO_CONTENT = {
  /** Answer: PageReport. */
  'page.report': { payload: z.object({}) },
  'page.paused': { payload: z.object({ paused: z.boolean() }) },
  /** Answer: the code of the dossier in focus, or null. */
  'letter.which': { payload: z.object({}) },
  /** Answer: LetterFacts of a dossier that the page shows, or null. */
  'letter.facts': { payload: AboutDossier },
  /** Answer: ShownDossier of a dossier that the page shows, or null. */
  'check.record': { payload: AboutDossier },
} as const;

export type ToContent = keyof typeof TO_CONTENT;

/** One entry of the worklist. Stored without personal data; expires. */
export const WorklistEntry = z.object({
  code: z.string(),
  host: z.string(),
  adapter: z.string(),
  link: Link,
  record: Dossier,
  /** Epoch minutes of the last reading. */
  seenAt: Moment,
});
export type WorklistEntry = z.infer<typeof WorklistEntry>;
