import { FileError, type FileMapping, groupingColumn, inspectFile, readFile } from '../connectors/files/index.ts';
import { openPath } from '../connectors/files/node.ts';
import {
  freeze,
  GROUPING_WORDS,
  type Grouping,
  NO_STRATUM,
  type Population,
  SamplingError,
  type Unit,
} from '../lib/sampling/index.ts';
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

const NAMED = 10;

/**
 * Reads and freezes a list: the codes, the procedures where the file names them, and the column that divides; nothing else is read.
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
    const divides = by === null ? undefined : (column ?? groupingColumn(by, headers, proposal.mapping));
    if (by !== null && divides === undefined)
      throw new InputError(`${path}: không có cột ${GROUPING_WORDS[by]}; hãy ghi --column "TIÊU ĐỀ"`);
    if (divides === code) throw new InputError(`${path}: cột «${code}» là mã hồ sơ, không chia nhóm được`);
    const procedure = headers.find((header) => proposal.mapping[header] === 'procedure');
    // A stratum is read where a unit's name would be: any words are taken there as they stand.
    const mapping: FileMapping = {
      columns: {
        ...(procedure !== undefined && { [procedure]: 'procedure' }),
        [code]: 'code',
        ...(divides !== undefined && { [divides]: 'unitName' }),
      },
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
      for (const { code, unit, procedure, at } of value.records)
        units.push({
          code,
          stratum: divides === undefined ? '' : (unit ?? NO_STRATUM),
          ...(procedure !== undefined && { procedure }),
          at,
        });
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
