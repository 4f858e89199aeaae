import * as z from 'zod/mini';

/** Tolerant in: rows stay as they are until they are mapped, and a list with one item may come as an object. */
export const DossierList = z.object({
  total: z.union([z.number(), z.string()]),
  data: z.optional(z.union([z.array(z.looseObject({})), z.looseObject({})])),
});
