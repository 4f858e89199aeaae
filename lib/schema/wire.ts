import * as z from 'zod/mini';

/**
 * What leaves the page world: the fields of the record as the host wrote them, nothing else. Names, phones, identity
 * numbers, addresses and file names are dropped before this point. The isolated side treats it as hostile:
 * every string has a length, every list a cap.
 */
const short = z.optional(z.string().check(z.maxLength(80)));
const long = z.optional(z.string().check(z.maxLength(600)));

export const WireComponent = z.object({
  name: z.string().check(z.maxLength(600)),
  type: long,
  quantity: z.optional(z.number()),
  /** Size in bytes and extension of each file; never its name. */
  files: z.array(z.object({ size: z.optional(z.number()), type: short })).check(z.maxLength(200)),
});

export const WireDossier = z.object({
  id: short,
  code: z.string().check(z.minLength(1), z.maxLength(120)),
  otherCode: z.optional(z.string().check(z.maxLength(120))),
  procedureCode: short,
  procedureName: long,
  unit: long,
  channel: short,
  submitted: short,
  received: short,
  due: short,
  extended: short,
  completed: short,
  returned: short,
  limitValue: z.optional(z.number()),
  /** `d` working days, `h` working hours. */
  limitUnit: z.optional(z.enum(['d', 'h'])),
  status: z.optional(z.string().check(z.maxLength(300))),
  stepName: long,
  stepStarted: short,
  stepDue: short,
  stepLimitValue: z.optional(z.number()),
  stepLimitUnit: z.optional(z.enum(['d', 'h'])),
  components: z.optional(z.array(WireComponent).check(z.maxLength(300))),
});

export const WireBatch = z.object({
  version: z.literal(1),
  adapter: z.string().check(z.maxLength(40)),
  kind: z.enum(['list', 'detail']),
  records: z.array(WireDossier).check(z.maxLength(5000)),
});

export type WireDossier = z.infer<typeof WireDossier>;
export type WireBatch = z.infer<typeof WireBatch>;
/** Longest JSON text accepted through the port, in UTF-16 units. */
export const MAX_BATCH_LENGTH = 4_000_000;
