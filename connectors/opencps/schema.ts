import * as z from 'zod/mini';

const rows = z.optional(z.nullable(z.union([z.array(z.looseObject({})), z.looseObject({})])));

/** Tolerant in: rows stay as they are until they are mapped, and a list with one item may come as an object. */
export const DossierList = z.object({
  total: z.union([
    z.int().check(z.gte(0)),
    z.pipe(
      z.string().check(z.regex(/^\d{1,9}$/)),
      z.transform((text) => Number(text)),
    ),
  ]),
  data: rows,
});

export const DossierDetail = z.looseObject({});

/** `total` too: a refusal inside HTTP 200 has neither, and would read as a dossier without files. */
export const FileList = z.object(DossierList.shape);
