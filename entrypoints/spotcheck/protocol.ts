import * as z from 'zod/mini';
import { ListChoice, type ListInspection } from '../../connectors/index.ts';
import type { Spotcheck } from '../../lib/platform/spotchecks.ts';
import { ALLOCATIONS, GROUPINGS, type ListSummary } from '../../lib/sampling/index.ts';
import type { Counts } from './population.ts';

/** What page and worker say to each other. Lists stay in the worker; the page gets counts, and the sample. */

const Id = z.string().check(z.minLength(1), z.maxLength(80));
const Text = z.string().check(z.maxLength(400));
const Grouping = z.nullable(z.enum(GROUPINGS));
const Values = z.array(z.string());
const Filter = z.object({
  unit: Values,
  field: Values,
  channel: Values,
  from: z.nullable(z.number()),
  to: z.nullable(z.number()),
});
const Row = z.object({
  code: z.string(),
  procedure: z.nullable(z.string()),
  day: z.nullable(z.number()),
  at: z.string(),
  unit: z.nullable(z.string()),
  field: z.nullable(z.string()),
  channel: z.nullable(z.string()),
});
const FileOf = { file: z.instanceof(Blob), name: Text };

/** A source to draw from. */
export const SourceAsk = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), ...FileOf, choice: ListChoice }),
  z.object({ kind: z.literal('job'), id: Id, name: Text }),
  z.object({ kind: z.literal('rows'), rows: z.array(Row), name: Text }),
]);
export type SourceAsk = z.infer<typeof SourceAsk>;

/** How the rows become a list. */
export const FreezeAsk = z.object({
  filter: Filter,
  by: Grouping,
  pooledUnder: z.number().check(z.int(), z.gte(0)),
  /** Of a code that stands more than once, take the first row. */
  firstOfEach: z.boolean(),
  /** Go on without the rows of which the code cannot be read. */
  withoutUnreadable: z.boolean(),
});
export type FreezeAsk = z.infer<typeof FreezeAsk>;

export const Goal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('margin'), margin: z.number(), expected: z.number() }),
  z.object({ kind: z.literal('size'), size: z.number() }),
  z.object({
    kind: z.literal('plan'),
    acceptable: z.number(),
    rejectable: z.number(),
    producerRisk: z.number(),
    consumerRisk: z.number(),
  }),
]);

export const DrawAsk = z.object({
  id: Id,
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  host: z.nullable(Text),
  /** Hash of the list that the person has seen. */
  sha256: Text,
  design: z.object({
    goal: Goal,
    confidence: z.number(),
    allocation: z.nullable(z.enum(ALLOCATIONS)),
    minimum: z.number(),
    deviations: z.record(z.string(), z.number()),
  }),
  seed: z.string(),
  checks: z.array(z.object({ name: z.string(), declared: z.nullable(z.number()) })),
  /** Epoch milliseconds. */
  now: z.number(),
});
export type DrawAsk = z.infer<typeof DrawAsk>;

export const Ask = z.discriminatedUnion('type', [
  z.object({ type: z.literal('look'), ...FileOf, choice: ListChoice }),
  z.object({ type: z.literal('read'), source: SourceAsk }),
  z.object({ type: z.literal('count'), filter: Filter }),
  z.object({
    type: z.literal('freeze'),
    list: FreezeAsk,
    /** Dossiers of which the city system is known, to tell the list's. */
    known: z.array(z.object({ code: z.string(), host: z.string() })),
  }),
  z.object({ type: z.literal('draw'), ask: DrawAsk }),
  z.object({ type: z.literal('extend'), id: Id, goal: Goal, now: z.number() }),
  z.object({ type: z.literal('attach'), id: Id, ...FileOf }),
]);
export type Ask = z.infer<typeof Ask>;

/** A list that is frozen. */
export interface FrozenAnswer {
  summary: ListSummary;
  /** As the record will name it. */
  source: string;
  /** Header of the column that divides it. */
  column: string | null;
  /** City systems in which its dossiers were seen, the most frequent first. */
  hosts: string[];
}

export interface Answers {
  look: ListInspection;
  read: Counts;
  count: Counts;
  freeze: FrozenAnswer;
  draw: Spotcheck;
  extend: Spotcheck;
  attach: null;
}

/** `changed`: the list is another one than the sample was drawn from. */
export type Answer =
  | { nr: number; kind: 'done'; value: Answers[keyof Answers] }
  | { nr: number; kind: 'progress'; rows: number }
  | { nr: number; kind: 'refused'; message: string; changed: boolean };

export const Message = z.object({ nr: z.number(), ask: Ask });
