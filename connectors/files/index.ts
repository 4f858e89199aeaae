/** Files as a source and as a report: .xlsx, .csv, .ndjson in; .xlsx and .csv out. Runs in a browser's worker and in Node. */
export { type ColumnField, fieldWords, type MappingProposal, proposeMapping } from './columns.ts';
export { csvStream } from './csv-write.ts';
export type { DateColumn, DateOrder } from './dates.ts';
export { type FactInspection, type FactOutcome, inspectFacts, readFacts } from './facts.ts';
export { groupingColumn } from './groupings.ts';
export { type ColumnView, type Inspection, inspectFile } from './inspect.ts';
export { joinMapping } from './join-mapping.ts';
export {
  inspectList,
  ListChoice,
  type ListField,
  type ListInspection,
  type ListRow,
  readList,
} from './list.ts';
export { FileMapping, mappingProblems } from './mapping.ts';
export type { OutCell, OutColumn, OutMoment, OutRows } from './out.ts';
export { type FileChoice, fileReader, type ReadSummary, readFile } from './read.ts';
export { writeReportCsv, writeReportXlsx } from './report.ts';
export { FileError, LIMITS, type SourceFile } from './source.ts';
export { type OutSheet, xlsxBytes, xlsxStream } from './xlsx-write.ts';
