import {
  findingColumns,
  findingRows,
  type ReconcileReport,
  reportSheets,
  type SheetExtras,
} from '../../lib/reconcile/index.ts';
import { csvStream } from './csv-write.ts';
import { xlsxStream } from './xlsx-write.ts';

type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>;

/** The report as a workbook: numbers are numbers and moments are dates, so that a monthly report can be made of it by formulas. */
export const writeReportXlsx = (report: ReconcileReport, extras: SheetExtras = { notes: [], rechecks: [] }): Bytes =>
  xlsxStream(reportSheets(report, extras));

/** The differences alone, one row a finding. */
export const writeReportCsv = (report: ReconcileReport): Bytes =>
  csvStream(
    findingColumns.map(({ header }) => header),
    findingRows(report),
  );
