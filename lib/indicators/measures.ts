import type { Frame } from './on-time.ts';
import { onTime } from './on-time.ts';
import { bitOf, MET, OUT, type Outcome, outcomeOf } from './outcome.ts';
import type { ProcedureFacts } from './procedures.ts';
import type { IndicatorRecord } from './record.ts';

/** What can be counted over dossiers. */
export const MEASURES = [
  'on-time',
  'online',
  'paid',
  'result',
  'digitized',
  'reused',
  'storage',
  'citizen-data',
  'synced',
] as const;
export type Measure = (typeof MEASURES)[number];

const RESULT = bitOf('result');
const FILES = bitOf('files');
const DONE = [9, 10];
/** Refused, withdrawn, stopped: they end without a result. */
const STOPPED = [3, 7, 8];

const NOT_ONLINE = outcomeOf('fail', 'not-online');
const NO_CHANNEL = outcomeOf('unknown', 'no-channel');
const RESULT_UNKNOWN = outcomeOf('unknown', 'result-unknown');
const PAPER_UNKNOWN = outcomeOf('unknown', 'paper-unknown');
const FILES_UNKNOWN = outcomeOf('unknown', 'files-unknown');
const STATUS_UNKNOWN = outcomeOf('unknown', 'status-unknown');
const NO_RESULT = outcomeOf('fail', 'no-result', RESULT);
const STOPPED_FAIL = outcomeOf('fail', 'stopped');

/** Is it done? Undefined: the source tells neither a status nor the moment. */
function isDone({ status, finishedAt, returnedAt }: IndicatorRecord): boolean | undefined {
  if (status !== undefined && status !== 'unknown') return DONE.includes(status);
  return finishedAt !== undefined || returnedAt !== undefined ? true : undefined;
}

/**
 * The condition "electronic result, where the procedure yields a paper" of 3.3, 4.1 and 4.2. Not known for a procedure of which that is
 * not known, even where there is a result: counting only those that are sure to pass would flatter the rate.
 * @returns MET, or why it is not met or not known
 */
function resultOf(record: IndicatorRecord, { yieldsPaper }: ProcedureFacts, { cutoff, end }: Frame): Outcome {
  const { hasResult, status } = record;
  if (yieldsPaper === false) return MET;
  if (hasResult === undefined) return RESULT_UNKNOWN;
  if (yieldsPaper === undefined) return PAPER_UNKNOWN;
  if (hasResult) return MET;
  if (STOPPED.includes(status as number)) return STOPPED_FAIL;
  const done = isDone(record);
  // Whatever its status is, it does not pass: leaving it out would flatter the rate.
  if (done === undefined) return outcomeOf('fail', 'no-result-yet', 0, cutoff < end);
  return done ? NO_RESULT : outcomeOf('fail', 'unfinished', 0, cutoff < end);
}

const flag = (value: boolean | undefined, fail: Outcome, unknown: Outcome): Outcome =>
  value === undefined ? unknown : value ? MET : fail;

const NOT_PAID = outcomeOf('fail', 'not-paid');
const FEE_UNKNOWN = outcomeOf('unknown', 'fee-unknown');
const PAYMENT_UNKNOWN = outcomeOf('unknown', 'payment-unknown');
const NOT_REUSED = outcomeOf('fail', 'not-reused');
const REUSE_UNKNOWN = outcomeOf('unknown', 'reuse-unknown');
const NOT_STORED = outcomeOf('fail', 'not-stored');
/** Only a result that is there can still go to the citizen's store. */
const RESULT_NOT_STORED = outcomeOf('fail', 'not-stored', bitOf('store'));
const STORE_UNKNOWN = outcomeOf('unknown', 'store-unknown');
const NO_CITIZEN = outcomeOf('fail', 'no-citizen-data');
const CITIZEN_UNKNOWN = outcomeOf('unknown', 'citizen-unknown');
const NOT_SYNCED = outcomeOf('fail', 'not-synced', bitOf('sync'));
const SYNC_UNKNOWN = outcomeOf('unknown', 'sync-unknown');

type Judge = (record: IndicatorRecord, procedure: ProcedureFacts, frame: Frame) => Outcome;

/** How a dossier received in the period counts for each measure. Sources of the formulae: the table's components. */
export const JUDGES: Record<Measure, Judge> = {
  'on-time': onTime,

  online: (record, procedure, frame) => {
    if (record.channel === undefined) return NO_CHANNEL;
    const result = resultOf(record, procedure, frame);
    return record.channel === 'online' || result.state === 'unknown' ? result : NOT_ONLINE;
  },

  paid: ({ fee, paidOnline }, { hasFee }) => {
    if (fee === 0 || (fee === undefined && hasFee === false)) return OUT;
    if (fee === undefined && hasFee === undefined) return FEE_UNKNOWN;
    return flag(paidOnline, NOT_PAID, PAYMENT_UNKNOWN);
  },

  result: (record, { yieldsPaper }) => {
    if (yieldsPaper === false) return OUT;
    const done = isDone(record);
    if (done === false) return OUT;
    if (record.hasResult === undefined) return RESULT_UNKNOWN;
    if (yieldsPaper === undefined) return PAPER_UNKNOWN;
    if (done === undefined) return STATUS_UNKNOWN;
    return record.hasResult ? MET : NO_RESULT;
  },

  digitized: (record, procedure, frame) => {
    const result = resultOf(record, procedure, frame);
    const { hasFiles } = record;
    if (hasFiles === undefined) return FILES_UNKNOWN;
    if (hasFiles || result.state === 'unknown') return result;
    if (result === MET) return outcomeOf('fail', 'no-files', FILES);
    if (result === NO_RESULT) return outcomeOf('fail', 'no-files-no-result', FILES | RESULT);
    return outcomeOf('fail', 'no-files', 0, result.open);
  },

  reused: ({ reused }) => flag(reused, NOT_REUSED, REUSE_UNKNOWN),
  storage: ({ stored, hasResult }) => flag(stored, hasResult ? RESULT_NOT_STORED : NOT_STORED, STORE_UNKNOWN),
  'citizen-data': ({ citizenData }) => flag(citizenData, NO_CITIZEN, CITIZEN_UNKNOWN),
  synced: ({ synced }) => flag(synced, NOT_SYNCED, SYNC_UNKNOWN),
};
