import * as z from 'zod/mini';
import { type FactInspection, FileMapping } from '../../connectors/index.ts';
import { CatalogueFile } from '../../lib/digitization/index.ts';
import type { IndicatorReport } from '../../lib/indicators/index.ts';
import { Dossier, PackedCalendar, Rules } from '../../lib/schema/index.ts';

/** What page and worker say to each other. Files and records stay in the worker; the page gets the figures. */

const Text = z.string().check(z.maxLength(400));
const FileOf = { file: z.instanceof(Blob), name: Text, mapping: FileMapping };

/** Where the dossiers come from. */
export const IndicatorSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), ...FileOf }),
  /** `complete` false: parts of the reconciliation could not be read, so that nobody can say what is not on the portal. */
  z.object({ kind: z.literal('job'), id: Text, complete: z.boolean() }),
  z.object({ kind: z.literal('records'), records: z.array(Dossier) }),
]);
export type IndicatorSource = z.infer<typeof IndicatorSource>;

/** What the unit counts by. */
export const UnitBasis = z.object({
  calendar: PackedCalendar,
  rules: Rules,
  catalogues: z.array(CatalogueFile),
});
export type UnitBasis = z.infer<typeof UnitBasis>;

export const ComputeAsk = z.object({
  source: IndicatorSource,
  /** As `parsePeriod` reads it. */
  period: Text,
  unit: z.nullable(Text),
  /** Epoch minutes. */
  now: z.number(),
  basis: UnitBasis,
  /** Text of a file of targets. */
  targets: z.nullable(z.string()),
});
export type ComputeAsk = z.infer<typeof ComputeAsk>;

export const IndicatorAsk = z.discriminatedUnion('type', [
  z.object({ type: z.literal('look'), ...FileOf }),
  z.object({ type: z.literal('compute'), ask: ComputeAsk }),
]);
export type IndicatorAsk = z.infer<typeof IndicatorAsk>;

export interface ComputedFigures {
  report: IndicatorReport;
  /** Rows that could not be read, and the first of them with file and line. */
  unreadable: { count: number; examples: { at: string; reason: string }[] };
  /** Sentences about the source. */
  notes: string[];
}

export interface IndicatorAnswers {
  look: FactInspection;
  compute: ComputedFigures;
}

export type IndicatorAnswer =
  | { nr: number; kind: 'done'; value: IndicatorAnswers[keyof IndicatorAnswers] }
  | { nr: number; kind: 'progress'; rows: number }
  | { nr: number; kind: 'refused'; message: string };

export const IndicatorMessage = z.object({ nr: z.number(), ask: IndicatorAsk });
