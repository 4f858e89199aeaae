import { dayNumber, dayOf, parseIsoDay } from '../../text/index.ts';
import type { Side } from '../types.ts';
import { byPartition, cellId, EVERYTHING } from './cells.ts';
import type { CellMark, JobPlan, JobSource, JobSpec, Partition, PlanLine, SourceReader } from './types.ts';

const NAMES: Record<Side, string> = { city: 'hệ thống của Thành phố', national: 'Cổng DVCQG', lgsp: 'LGSP-HCM' };

const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Every unit on every day of the period (ISO days, both included), in order. No unit: all that the account may see. */
function partitionsOf({ period, units }: Pick<JobSpec, 'period' | 'units'>): Partition[] {
  const from = period && parseIsoDay(period.from);
  const to = period && parseIsoDay(period.to);
  if (from === null || to === null) return [];
  const partitions: Partition[] = [];
  for (let day = from; day <= to; day++)
    for (const unit of new Set(units.length > 0 ? units : [''])) partitions.push({ unit, day: isoDay(day) });
  return partitions.sort(byPartition);
}

/** Cells that a source is read in; none for one that only answers questions. */
export function cellsToRead({ mode }: JobSource, spec: JobSpec): Partition[] {
  if (mode === 'whole') return [EVERYTHING];
  return mode === 'list' ? partitionsOf(spec) : [];
}

/** What this choice of sources cannot see, in words: a report must not be read as more than it is. */
export function notesOf(sources: readonly JobSource[]): string[] {
  const notes: string[] = [];
  for (const { side, mode } of sources) {
    if (mode !== 'lookup') continue;
    const name = NAMES[side];
    notes.push(
      `${name} chỉ cho tra từng mã, không cho lấy danh sách: hồ sơ chỉ có ở ${name}, và hồ sơ bị trùng ở ${name}, thì lần đối soát này không thấy được.`,
    );
  }
  return notes;
}

function line(source: JobSource, spec: JobSpec, reader: SourceReader | undefined, done: ReadonlySet<string>): PlanLine {
  const { side, name, mode } = source;
  const cells = cellsToRead(source, spec);
  const left = cells.filter((partition) => !done.has(cellId({ phase: 'read', side, partition })));
  const base = { side, name, mode, partitions: cells.length, done: cells.length - left.length };
  if (mode === 'lookup') return base;
  const estimate = reader?.estimate?.(left);
  if (!estimate) return base;
  const { calls, perSecond } = estimate;
  return { ...base, calls, ...(perSecond && { perSecond, seconds: calls / perSecond }) };
}

/** What the job will do, from its description and what is done already. Makes no call. */
export function planJob(
  spec: JobSpec,
  readers: Partial<Record<Side, SourceReader>>,
  marks: readonly CellMark[] = [],
): JobPlan {
  const done = new Set(marks.map(({ key }) => cellId(key)));
  const lines = spec.sources.map((source) => line(source, spec, readers[source.side], done));
  return finished({ partitions: partitionsOf(spec), lines, notes: notesOf(spec.sources) });
}

/** The plan once the lists are read: how many dossiers each side is asked for. */
export function withQuestions(
  plan: JobPlan,
  readers: Partial<Record<Side, SourceReader>>,
  counts: ReadonlyMap<Side, number>,
): JobPlan {
  const lines = plan.lines.map((one): PlanLine => {
    const count = counts.get(one.side);
    if (count === undefined) return one;
    const { calls = count, perSecond } = readers[one.side]?.estimate?.([], count) ?? {};
    return { ...one, calls, ...(perSecond && { perSecond, seconds: calls / perSecond }) };
  });
  return finished({ ...plan, lines });
}

function finished(plan: JobPlan): JobPlan {
  const known = plan.lines.flatMap(({ seconds }) => (seconds === undefined ? [] : [seconds]));
  return known.length === 0 ? plan : { ...plan, seconds: Math.max(...known) };
}

/** First and last ISO day of the month of a moment (epoch minutes), at UTC+7. */
export function monthOf(minute: number): { from: string; to: string } {
  const month = isoDay(dayOf(minute)).slice(0, 7);
  const [year, number] = month.split('-').map(Number) as [number, number];
  const next = number === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, number + 1, 1);
  return { from: `${month}-01`, to: isoDay((next as number) - 1) };
}
