import { FileError, type FileMapping, inspectFile, readFile } from '../connectors/files/index.ts';
import { openPath } from '../connectors/files/node.ts';
import { freeze, type Grouping, type Population, SamplingError, type Unit } from '../lib/sampling/index.ts';
import { fold } from '../lib/text/index.ts';
import { InputError } from './errors.ts';

export interface ListChoice {
  file: string;
  /** What divides the list; null: nothing does. */
  by: Grouping | null;
  /** Header of the column that divides, where its words are not known. */
  column?: string | undefined;
  /** Header of the codes, where its words do not say so. */
  codeColumn?: string | undefined;
  pooledUnder: number;
}

export interface OpenedList {
  population: Population;
  /** Name of the file, without its folder. */
  source: string;
  column: string | null;
}

/** Headers of columns that are no field of a reconciliation: names on the wire (connectors/files/data) and common wording. */
const HEADERS: Record<Exclude<Grouping, 'unit'>, readonly string[]> = {
  field: ['lĩnh vực', 'TenLinhVuc', 'MaLinhVuc', 'lĩnh vực thủ tục'],
  channel: [
    'KenhThucHien',
    'HinhThuc',
    'kênh',
    'kênh nộp',
    'kênh tiếp nhận',
    'hình thức nộp',
    'hình thức tiếp nhận',
    'hình thức nộp hồ sơ',
  ],
};
export const GROUPING_WORDS: Record<Grouping, string> = { unit: 'đơn vị', field: 'lĩnh vực', channel: 'kênh nộp' };
const NO_STRATUM = '(trống)';
const NAMED = 10;

const keyOf = (text: string) => fold(text).replace(/[^a-z0-9]/g, '');

function columnOf(by: Grouping, headers: readonly string[], mapping: Record<string, string>): string | undefined {
  if (by === 'unit')
    return ['unit', 'unitName'].flatMap((field) => headers.filter((header) => mapping[header] === field))[0];
  return HEADERS[by].map(keyOf).flatMap((key) => headers.filter((header) => keyOf(header) === key))[0];
}

/**
 * Reads and freezes a list: the codes and, where it is divided, one more column; nothing else of it is read.
 * @throws InputError naming the file, for what cannot be read as a whole
 */
export async function openList({ file: path, by, column, codeColumn, pooledUnder }: ListChoice): Promise<OpenedList> {
  try {
    const file = await openPath(path);
    const { proposal, columns } = await inspectFile(file, 'city');
    const headers = columns.map(({ header }) => header);
    const code = codeColumn ?? headers.find((header) => proposal.mapping[header] === 'code');
    if (code === undefined)
      throw new InputError(`${path}: không biết cột nào là mã hồ sơ; hãy ghi --code-column "TIÊU ĐỀ"`);
    const divides = by === null ? undefined : (column ?? columnOf(by, headers, proposal.mapping));
    if (by !== null && divides === undefined)
      throw new InputError(`${path}: không có cột ${GROUPING_WORDS[by]}; hãy ghi --column "TIÊU ĐỀ"`);
    if (divides === code) throw new InputError(`${path}: cột «${code}» là mã hồ sơ, không chia nhóm được`);
    // A stratum is read where a unit's name would be: any words are taken there as they stand.
    const mapping: FileMapping = {
      columns: { [code]: 'code', ...(divides !== undefined && { [divides]: 'unitName' }) },
    };
    const units: Unit[] = [];
    const unreadable: string[] = [];
    const rows = readFile(file, 'city', { mapping });
    for (;;) {
      const { done, value } = await rows.next();
      if (done) {
        const reasons = Object.entries(value.ignoredBy).map(([reason, count]) => `${count} ${reason}`);
        if (reasons.length > 0)
          console.error(`${path}: ${value.ignored} dòng không phải hồ sơ (${reasons.join('; ')})`);
        break;
      }
      for (const { at, reason } of value.unreadable) unreadable.push(`${at}: ${reason}`);
      for (const { code, unit, at } of value.records)
        units.push({ code, stratum: divides === undefined ? '' : (unit ?? NO_STRATUM), at });
    }
    if (unreadable.length > 0) {
      for (const line of unreadable.slice(0, NAMED)) console.error(line);
      throw new InputError(
        `${path}: ${unreadable.length} dòng không đọc được mã; danh sách thiếu hồ sơ thì mẫu không còn đại diện`,
      );
    }
    return { population: freeze(units, pooledUnder), source: file.name, column: divides ?? null };
  } catch (error) {
    if (error instanceof FileError) throw new InputError(error.message);
    if (error instanceof SamplingError) throw new InputError(`${path}: ${error.message}`);
    throw error;
  }
}
