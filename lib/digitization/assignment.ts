/**
 * One-to-one assignment of the greatest total weight (Hungarian method with potentials, O(rows² · columns)). Greedy by row would give a
 * general name ("Đơn đề nghị") the paper of a more exact one that stands below it.
 * @param weights `weights[row][column]`, 0 or less: these two never belong together
 * @returns column of each row, -1 where it has none
 */
export function assign(weights: readonly (readonly number[])[]): number[] {
  const rows = weights.length;
  const columns = weights[0]?.length ?? 0;
  // A column of its own for each row, at no gain: nobody has to be matched.
  const width = columns + rows;
  const cost = (row: number, column: number) =>
    column < columns ? -Math.max(weights[row]?.[column] ?? 0, 0) : column - columns === row ? 0 : 1;
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(width + 1);
  const rowOf = new Int32Array(width + 1);
  const cameFrom = new Int32Array(width + 1);
  for (let row = 1; row <= rows; row += 1) {
    rowOf[0] = row;
    const least = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(width + 1);
    let column = 0;
    do {
      used[column] = 1;
      const at = rowOf[column] as number;
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let j = 1; j <= width; j += 1) {
        if (used[j]) continue;
        const reduced = cost(at - 1, j - 1) - (rowPotential[at] as number) - (columnPotential[j] as number);
        if (reduced < (least[j] as number)) {
          least[j] = reduced;
          cameFrom[j] = column;
        }
        if ((least[j] as number) < delta) {
          delta = least[j] as number;
          next = j;
        }
      }
      for (let j = 0; j <= width; j += 1) {
        if (used[j]) {
          const owner = rowOf[j] as number;
          rowPotential[owner] = (rowPotential[owner] as number) + delta;
          columnPotential[j] = (columnPotential[j] as number) - delta;
        } else least[j] = (least[j] as number) - delta;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const previous = cameFrom[column] as number;
      rowOf[column] = rowOf[previous] as number;
      column = previous;
    }
  }
  const result = new Array<number>(rows).fill(-1);
  for (let j = 1; j <= columns; j += 1) {
    const row = (rowOf[j] as number) - 1;
    if (row >= 0 && (weights[row]?.[j - 1] ?? 0) > 0) result[row] = j - 1;
  }
  return result;
}
