import * as z from 'zod/mini';
import { COLUMN_FIELDS, fieldWords, isPrivateName } from './columns.ts';
import { DELIMITERS } from './csv-scan.ts';
import { ENCODINGS } from './encoding.ts';

const Label = z.string().check(z.minLength(1), z.maxLength(400));

/** What a person (or a saved choice) says about a file; whatever is left out is found by itself. Columns go by their headers. */
export const FileMapping = z.object({
  columns: z.optional(z.record(Label, z.enum(COLUMN_FIELDS))),
  /** Order of day and month, for columns whose dates can be read both ways. */
  dateOrder: z.optional(z.record(Label, z.enum(['dmy', 'mdy']))),
  /** A `Z` behind a time is false: the time is local. */
  falseZ: z.optional(z.boolean()),
  /** Name of the sheet. */
  sheet: z.optional(z.string().check(z.maxLength(100))),
  /** Line of the (lower) header row, from 1. */
  headerLine: z.optional(z.number().check(z.int(), z.gte(1), z.lte(10_000))),
  encoding: z.optional(z.enum(ENCODINGS)),
  delimiter: z.optional(z.enum(DELIMITERS)),
});
export type FileMapping = z.infer<typeof FileMapping>;

/** What is wrong with chosen columns against the headers of the file, in Vietnamese; empty when nothing is. */
export function mappingProblems(columns: NonNullable<FileMapping['columns']>, headers: readonly string[]): string[] {
  const problems: string[] = [];
  const chosen = Object.entries(columns);
  for (const [header, field] of chosen) {
    if (!headers.includes(header)) problems.push(`tệp không có cột «${header}»`);
    else if (isPrivateName(header)) problems.push(`cột «${header}» là thông tin cá nhân, không được đọc`);
    const same = chosen.filter(([, other]) => other === field).map(([other]) => other);
    if (field !== 'alias' && same.length > 1 && same[0] === header)
      problems.push(
        `«${fieldWords[field]}» chỉ lấy từ một cột, đang chọn: ${same.map((other) => `«${other}»`).join(', ')}`,
      );
  }
  if (!chosen.some(([, field]) => field === 'code')) problems.push('chưa chọn cột nào là «Mã hồ sơ»');
  return problems;
}
