export {
  type BusAccount,
  LGSP_PATHS,
  LgspClient,
  type LgspConfig,
  type LgspOAuth,
  type LgspPaths,
} from './client.ts';
export { type DocumentPlan, planDocument, sendDocument } from './document.ts';
export { LGSP_SCHEMES, type LgspKeys, type LgspScheme } from './headers.ts';
export type { BusMessage } from './map.ts';
export { type LgspReaderOptions, lgspReader, type SeenMessages } from './reader.ts';
export { type ResultPaper, type ResultQuestion, resultPapers } from './results.ts';
export { DocumentTrace, SyncDocument } from './schema.ts';
