import * as z from 'zod/mini';

// Every object is strict: a slip in a field's name must be told to the admin who made it, and not lose what it says.

const Words = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const Clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'phải có dạng HH:mm'));
const IsoDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'phải có dạng YYYY-MM-DD'));
const Count = z.number().check(z.gte(0), z.lte(10_000));

/** `1.001193`: the national number of a procedure, without the tails that units put behind it. */
const ProcedureCode = z
  .string()
  .check(z.regex(/^\d\.\d{6}$/, 'phải có dạng d.dddddd (chỉ phần đầu của mã thủ tục, ví dụ 1.001193)'));

const CHANNELS = ['counter', 'online', 'post'] as const;
const Channel = z.enum(CHANNELS);

const LimitUnit = z.enum(['workday', 'calendarDay', 'hour', 'sameDay', 'month', 'other']);

/** Time limit of a procedure; `value` null: it cannot be computed from the data, and no date may be made up for it. */
const CatalogueLimit = z.strictObject({
  value: z.nullable(Count),
  unit: LimitUnit,
  text: z.optional(Words(1000)),
  /** The unit was concluded, not read. */
  inferred: z.optional(z.boolean()),
  cases: z.optional(
    z
      .array(z.strictObject({ case: Words(300), value: Count, unit: LimitUnit, sameDayCutoff: z.optional(Clock) }))
      .check(z.maxLength(20)),
  ),
  /** Longer when something must be verified: a new total (`replace`) or days on top (`add`). */
  extension: z.optional(
    z.strictObject({ value: Count, unit: LimitUnit, when: Words(300), mode: z.enum(['replace', 'add']) }),
  ),
});

/**
 * When a paper is needed. Only `channel` can be told from a record; of the others the words go to the officer: `proxy` somebody acts for
 * the applicant, `data` a database does not have it, `instead` another paper is lacking, `any` "nếu có", `case` a kind of case.
 */
const Condition = z.strictObject({
  when: z.enum(['channel', 'proxy', 'data', 'instead', 'any', 'case']),
  text: Words(600),
});

const CatalogueComponent = z.strictObject({
  name: Words(600),
  /** Other names of the same paper, beside the general ones. */
  aliases: z.optional(z.array(Words(600)).check(z.maxLength(20))),
  /** `shown` is looked at and handed back, `data` is no paper: neither leaves a file that could be missing. */
  kind: z.enum(['original', 'copy', 'certified', 'shown', 'data']),
  /** Always needed; in a group: one of the group is. */
  required: z.optional(z.boolean()),
  condition: z.optional(Condition),
  /** Only for dossiers that came in by these. */
  channel: z.optional(z.array(Channel).check(z.minLength(1), z.maxLength(3))),
  /** Papers of one group stand for each other: exactly one is needed. */
  oneOf: z.optional(Words(40)),
  /** Result of an earlier procedure that is handed in: must be digitized (our own classification). */
  mustDigitize: z.optional(z.boolean()),
  /** Not to be handed in when the authority has it as data, which no page tells. */
  dataMayReplace: z.optional(z.boolean()),
  /** Nobody read this line anywhere: general knowledge. */
  general: z.optional(z.boolean()),
});
export type CatalogueComponent = z.infer<typeof CatalogueComponent>;

const Basis = z.enum(['verified', 'general', 'conflict', 'missing', 'topic']);

const CatalogueProcedure = z.strictObject({
  code: ProcedureCode,
  name: Words(1000),
  field: z.optional(Words(300)),
  limit: z.optional(CatalogueLimit),
  sameDayCutoff: z.optional(Clock),
  intakeCutoff: z.optional(z.strictObject({ time: Clock, effect: Words(300) })),
  components: z.array(CatalogueComponent).check(z.maxLength(60)),
  results: z.optional(
    z.array(z.strictObject({ name: Words(600), code: z.optional(Words(40)) })).check(z.maxLength(20)),
  ),
  /** Null: not known. */
  fee: z.optional(z.nullable(z.boolean())),
  confidence: z.optional(z.enum(['verified', 'general'])),
  /** How sure each part is. */
  basis: z.optional(z.strictObject({ code: Basis, name: Basis, limit: Basis, components: Basis })),
  /** Letters of the file's `sources`, or words. */
  source: z.optional(z.array(Words(300)).check(z.maxLength(10))),
  legal: z.optional(Words(300)),
  /** A newer law stands against this entry: what to look up before it is trusted. */
  stale: z.optional(Words(600)),
});
export type CatalogueProcedure = z.infer<typeof CatalogueProcedure>;

/** A catalogue of procedures (danh mục thủ tục): what ships, and what an admin lays over it. Dated data with its sources. */
export const CatalogueFile = z.strictObject({
  id: Words(80),
  version: Words(80),
  label: Words(300),
  effectiveFrom: IsoDate,
  source: Words(1000),
  sources: z.optional(z.record(z.string(), Words(300))),
  procedures: z.array(CatalogueProcedure).check(z.maxLength(5000)),
});
export type CatalogueFile = z.infer<typeof CatalogueFile>;
