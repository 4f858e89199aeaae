import { problemText } from '../../lib/json/index.ts';
import type { Spotcheck } from '../../lib/platform/index.ts';
import {
  type FrozenList,
  GROUPING_WORDS,
  type Grouping,
  readRecord,
  recordText,
  type SampleRecord,
} from '../../lib/sampling/index.ts';
import { csvField } from '../../lib/ui/index.ts';
import { download } from '../shared/download.ts';

const MAX_BYTES = 100 * 1024 * 1024;

/** A sample file that somebody handed over; what is wrong with it is told by line. */
export async function readSampleFile(
  file: File,
): Promise<{ ok: true; record: SampleRecord } | { ok: false; problems: string[] }> {
  if (file.size > MAX_BYTES) return { ok: false, problems: [`${file.name}: tệp lớn hơn 100 MB, không phải tệp mẫu`] };
  const reading = readRecord(await file.text());
  if (reading.ok) return reading;
  return { ok: false, problems: reading.problems.map((problem) => problemText(file.name, problem)) };
}

/** A name that every file system takes. */
const fileName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .trim()
    .slice(0, 80) || 'mau';

/** Hands the sample out as a file; returns what to say about it. */
export function saveSampleFile({ name, record }: Spotcheck): string {
  const file = `${fileName(name)}.json`;
  download(recordText(record), file, 'application/json');
  return `Đã tải ${file}`;
}

/** Header of the column that divides a list which was not divided by a column of a file. */
const HEADER: Record<Grouping, string> = { unit: 'Đơn vị', field: 'Lĩnh vực', channel: 'Kênh nộp' };

/** The frozen list as .csv: codes, procedures and strata. `dunghen sample` and this page freeze it to the same hash. */
export function listCsv({ population }: FrozenList, { by, column }: SampleRecord['population']): string {
  const header = ['Mã hồ sơ', 'Mã thủ tục', ...(by === null ? [] : [column ?? HEADER[by]])];
  const rows = population.strata.flatMap(({ units }) =>
    units.map(({ code, procedure = '', stratum }) => [code, procedure, ...(by === null ? [] : [stratum])]),
  );
  return `\ufeff${[header, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;
}

/** Hands the frozen list out as a file; returns what to say about it. */
export function saveListFile({ name, record }: Spotcheck, list: FrozenList): string {
  const file = `${fileName(name)} - danh sach.csv`;
  download(listCsv(list, record.population), file, 'text/csv;charset=utf-8');
  return `Đã tải ${file}`;
}

export const groupWords = (by: Grouping | null): string =>
  by === null ? 'không chia nhóm' : `theo ${GROUPING_WORDS[by]}`;
