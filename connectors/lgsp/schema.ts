import * as z from 'zod/mini';

// Tolerant in: objects keep what we do not know, lists may be one item, numbers may be text.

const Loose = z.looseObject({});
export const Answer = Loose;
export const TokenAnswer = z.looseObject({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.optional(z.union([z.number(), z.string()])),
});

/** `profileReceivers` missing altogether is not an empty list: it is another answer than the one that was asked for. */
export const BusList = z
  .looseObject({ profileReceivers: z.optional(z.unknown()) })
  .check(z.refine((body) => body.profileReceivers !== undefined, { path: ['profileReceivers'] }));

/** The wire says `profileOutmodel`; the public client's own class says `profileInmodel`. */
export const BusDetail = z.union([z.looseObject({ profileOutmodel: Loose }), z.looseObject({ profileInmodel: Loose })]);

// Strict out.

const Needed = z.string().check(z.minLength(1), z.maxLength(4000));
const Text = z.optional(z.string().check(z.maxLength(4000)));
/** Local time with a `Z` that means nothing: the form that this bus takes (protocol notes §1.4). */
const LocalZ = z
  .string()
  .check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'phải là yyyy-MM-ddTHH:mm:ss.SSSZ, giờ Việt Nam'));
/** Mandatory, and empty while the dossier is under way. */
const MaybeLocalZ = z.union([z.literal(''), LocalZ]);
const Whole = z.int();
const Rows = z.optional(z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))));

/** `POST /Document/SyncDocument`. */
export const SyncDocument = z.strictObject({
  DocTypeCode: Needed,
  DocTypeName: Needed,
  DocCode: Needed,
  CitizenName: Needed,
  CitizenInfo: Text,
  ApplicantsId: Needed,
  ApplicantsType: z.optional(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])),
  Address: Text,
  Email: Text,
  Phone: Needed,
  Compendium: Text,
  DateReceived: LocalZ,
  DateAppointed: LocalZ,
  IsSuccess: z.optional(z.boolean()),
  SuccessDate: MaybeLocalZ,
  ApproverName: Text,
  ApproverPosition: Text,
  SuccessNote: Text,
  IsReturned: z.boolean(),
  ReturnedDate: MaybeLocalZ,
  ReturnNote: Text,
  ReturnedType: z.optional(Whole),
  FinishedDate: z.optional(LocalZ),
  Status: z.optional(z.union([z.literal(1), z.literal(2)])),
  ProcessingOrganName: Needed,
  HasSupplementary: z.optional(z.boolean()),
  RequireSupplementaryDate: z.optional(LocalZ),
  Note: Text,
  Attachments: Rows,
  DocFees: Rows,
  DocPapers: Rows,
  Supplementaries: Rows,
  OrganInchargeIdLevel1: Needed,
  OrganInchargeName: Needed,
});
export type SyncDocument = z.infer<typeof SyncDocument>;

/** `POST /Document/UpdateDocumentTraces`. */
export const DocumentTrace = z.strictObject({
  DocumentId: Text,
  DocCode: Needed,
  UserName: Needed,
  UserPosition: Text,
  DateCreated: LocalZ,
  Comment: Text,
  Status: z.optional(z.union([z.literal(1), z.literal(2)])),
  OrganizationInchargeIdLevel1: Text,
  OrganizationInchargeName: Text,
});
export type DocumentTrace = z.infer<typeof DocumentTrace>;
