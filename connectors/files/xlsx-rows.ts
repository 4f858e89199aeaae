import { streamXlsxRows } from 'hucre/xlsx';
import { type BadRow, type Cell, FileError, isBlank, LIMITS, type TableRow } from './source.ts';
import type { Merge } from './workbook.ts';

const BATCH = 500;

/** The value of a cell that is merged downwards stands in its first row only; the rows below get it, and are marked. */
class MergedColumns {
  readonly #starts = new Map<number, Merge[]>();
  #open: { merge: Merge; value: Cell }[] = [];

  constructor(merges: readonly Merge[]) {
    for (const merge of merges)
      if (merge.bottom > merge.top) this.#starts.set(merge.top, [...(this.#starts.get(merge.top) ?? []), merge]);
  }

  fill(index: number, cells: Cell[]): number[] {
    const filled: number[] = [];
    this.#open = this.#open.filter(({ merge }) => index <= merge.bottom);
    for (const { merge, value } of this.#open) {
      if (value === null || !isBlank(cells[merge.left])) continue;
      while (cells.length <= merge.left) cells.push(null);
      cells[merge.left] = value;
      filled.push(merge.left);
    }
    for (const merge of this.#starts.get(index) ?? []) this.#open.push({ merge, value: cells[merge.left] ?? null });
    return filled;
  }
}

/**
 * Rows of one sheet of a workbook that has passed `checkWorkbook`.
 * @throws FileError when the sheet is damaged or passes a limit.
 */
export async function* xlsxRows(
  file: string,
  bytes: Uint8Array,
  sheet: number,
  merges: readonly Merge[],
  signal?: AbortSignal,
): AsyncGenerator<(TableRow | BadRow)[]> {
  const merged = new MergedColumns(merges);
  let batch: (TableRow | BadRow)[] = [];
  let count = 0;
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
      if (++count > LIMITS.rows) throw new FileError(file, `có hơn ${LIMITS.rows.toLocaleString('vi-VN')} dòng`);
      batch.push(rowOf(file, index + 1, values as Cell[], merged));
      if (batch.length < BATCH) continue;
      signal?.throwIfAborted();
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (error instanceof FileError || signal?.aborted) throw error;
    throw new FileError(file, 'tệp .xlsx hỏng hoặc không đúng chuẩn; hãy mở bằng Excel và lưu lại');
  }
  yield batch;
}

function rowOf(file: string, line: number, values: Cell[], merged: MergedColumns): TableRow | BadRow {
  let width = values.length;
  while (width > 0 && isBlank(values[width - 1])) width--;
  if (width > LIMITS.columns) throw new FileError(file, `dòng ${line} có ${width} cột, giới hạn là ${LIMITS.columns}`);
  const cells = values.slice(0, width);
  if (cells.some((cell) => typeof cell === 'string' && cell.length > LIMITS.cell))
    return { line, reason: `có ô dài hơn ${LIMITS.cell} ký tự` };
  const filled = merged.fill(line - 1, cells);
  return filled.length > 0 ? { line, cells, filled } : { line, cells };
}
