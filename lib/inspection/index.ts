export { LIMITS, type Limits } from './budget.ts';
export { FileFacts, type PageFacts, type PdfFacts, type SignatureFacts } from './facts.ts';
export type { FileFinding, Row } from './finding.ts';
export { type InspectOptions, inspectFile, sameFiles } from './inspect.ts';
export { InspectionAnswer, InspectionRequest, inspector } from './messages.ts';
export { colourWord, factRows } from './rows.ts';
export { type SignatureView, signatureViews } from './signature-words.ts';
export { findingsOf, pageList, summaryText } from './words.ts';
