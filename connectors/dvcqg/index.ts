export { agencies, type CatalogueEntry, type Procedure, procedure, procedures, sectors } from './catalogue.ts';
export { DvcqgClient, type DvcqgConfig } from './client.ts';
export { type DvcqgReaderOptions, dvcqgReader } from './reader.ts';
export {
  type DossierResult,
  type JournalEntry,
  planResync,
  type ResyncItem,
  type ResyncJournal,
  type ResyncPlan,
  type ResyncReport,
  runResync,
} from './resync.ts';
export type { DossierPayload, ProgressPayload } from './schema.ts';
