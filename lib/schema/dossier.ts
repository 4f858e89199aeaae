import * as z from 'zod/mini';

// zod/mini and not zod: full zod probes `new Function`, which the CSP of an extension page reports as a violation, and it is
// five times the size in a page. Imported as a namespace in each file; a re-exported namespace cannot be tree-shaken.

/**
 * The canonical record of a dossier (hồ sơ). Every moment is **epoch minutes** (UTC); its wall clock is read at
 * UTC+7. It holds no applicant name, phone, address or identity number, by design: the letter reads those
 * from the page at the moment of drafting.
 */

/** Epoch minutes between 1990 and 2100: anything else on a page is a reading error, not a date. */
export const Moment = z.number().check(z.int(), z.gte(10_519_200), z.lte(68_373_600));

const Text = (max: number) => z.string().check(z.maxLength(max));

export const Limit = z.object({
  value: z.number().check(z.gte(0), z.lte(10_000)),
  unit: z.enum(['workday', 'hour', 'calendarDay', 'month', 'year']),
});

/** National ten-value scale (TT 22/2019/TT-BTTTT; see docs/glossary.md). */
export const StatusCode = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal(6),
  z.literal(7),
  z.literal(8),
  z.literal(9),
  z.literal(10),
  z.literal('unknown'),
]);

export const ComponentFile = z.object({
  /** Bytes, when the page tells. */
  size: z.optional(z.number().check(z.gte(0))),
  /** Lower-case extension without the dot. File names are personal data and are not kept. */
  type: z.optional(Text(10)),
});

export const Component = z.object({
  name: Text(600),
  required: z.optional(z.boolean()),
  kind: z.optional(Text(200)),
  quantity: z.optional(z.number()),
  state: z.enum(['missing', 'present', 'digitized', 'reused', 'not-applicable', 'unknown']),
  files: z.array(ComponentFile).check(z.maxLength(200)),
});

export const MOMENT_FIELDS = [
  'submittedAt',
  'receivedAt',
  'competentReceivedAt',
  'dueAt',
  'extendedDueAt',
  'completedAt',
  'returnedAt',
] as const;

export const MomentField = z.enum(MOMENT_FIELDS);

/** A field that could not be read, and why, in words a person can act on. */
export const Gap = z.object({
  field: Text(60),
  reason: z.enum(['absent', 'no-column', 'unreadable', 'not-shown', 'conflict']),
});

export const Dossier = z.object({
  code: Text(120).check(z.minLength(1)),
  /** Other codes of the same dossier (mã quốc gia, mã hồ sơ khác). */
  aliases: z.array(Text(120)).check(z.maxLength(8)),
  /** False when the code is in no known form ("mã lạ"): shown, never dropped. */
  codeKnown: z.boolean(),
  systemId: z.optional(Text(80)),
  procedure: z.object({ code: z.optional(Text(60)), name: z.optional(Text(600)) }),
  unit: z.optional(Text(300)),
  channel: z.optional(z.enum(['counter', 'online', 'post'])),
  submittedAt: z.optional(Moment),
  receivedAt: z.optional(Moment),
  competentReceivedAt: z.optional(Moment),
  dueAt: z.optional(Moment),
  extendedDueAt: z.optional(Moment),
  completedAt: z.optional(Moment),
  returnedAt: z.optional(Moment),
  /** Moments that were read as a bare date; their minute is 00:00 of that day at UTC+7. */
  dayOnly: z.array(MomentField).check(z.maxLength(7)),
  limit: z.optional(Limit),
  /** The procedure has no appointment at all ("không có ngày hẹn trả"); not the same as a date that could not be read. */
  noDueDate: z.optional(z.boolean()),
  status: z.object({ code: StatusCode, text: Text(300) }),
  step: z.optional(
    z.object({
      name: z.optional(Text(300)),
      startedAt: z.optional(Moment),
      dueAt: z.optional(Moment),
      limit: z.optional(Limit),
    }),
  ),
  pauses: z
    .array(
      z.object({
        from: Moment,
        to: z.nullable(Moment),
        kind: z.optional(z.enum(['supplement', 'financial', 'other'])),
        reason: z.optional(Text(200)),
      }),
    )
    .check(z.maxLength(60)),
  supplementRequests: z.optional(z.number()),
  components: z.optional(z.array(Component).check(z.maxLength(300))),
  source: z.object({
    kind: z.enum(['json', 'dom', 'file', 'api']),
    adapter: Text(40),
    readAt: Moment,
  }),
  gaps: z.array(Gap).check(z.maxLength(40)),
});

export type Dossier = z.infer<typeof Dossier>;
export type DossierLimit = z.infer<typeof Limit>;
export type DossierStatusCode = z.infer<typeof StatusCode>;
export type DossierComponent = z.infer<typeof Component>;
export type MomentFieldName = z.infer<typeof MomentField>;
export type FieldGap = z.infer<typeof Gap>;
