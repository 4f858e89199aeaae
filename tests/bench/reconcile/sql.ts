import { MASK, SIDES, type Side } from '../../../lib/reconcile/engine/index.ts';

export type Paths = Record<Side, string>;

/**
 * The whole comparison in the form that is fastest in DuckDB: all compared values in two integers, and per code `bit_or` and `bit_and`
 * of them tell which bits differ. Exact, one aggregation, no joins. Columns as `generate.ts` writes them.
 */
export function differencesSql(paths: Paths): string {
  const rows = SIDES.map(
    (side, i) => `
    SELECT upper(trim(ma_ho_so)) AS code, ${2 ** (20 * i)}::BIGINT AS side,
      ((epoch_ms(han_tra) // 1000)::UBIGINT << 32) | coalesce(epoch_ms(ngay_xong) // 1000, 0)::UBIGINT AS a,
      ((epoch_ms(ngay_tiep_nhan) // 1000)::UBIGINT << 32) | (substr(thu_tuc, 3)::UBIGINT << 8) | (trang_thai::UBIGINT << 2)
        | ket_qua::UBIGINT AS b
    FROM read_csv('${paths[side]}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\r\\n',
      columns = {'ma_ho_so': 'VARCHAR', 'trang_thai': 'UTINYINT', 'ngay_tiep_nhan': 'TIMESTAMP', 'han_tra': 'TIMESTAMP',
        'ngay_xong': 'TIMESTAMP', 'thu_tuc': 'VARCHAR', 'ket_qua': 'UTINYINT', 'nguoi_nop': 'VARCHAR', 'don_vi': 'VARCHAR'})`,
  );
  const has = (i: number) => `((sides >> ${20 * i}) & 1048575)`;
  return `
    WITH grouped AS (
      SELECT code, sum(side)::BIGINT AS sides, xor(bit_or(a), bit_and(a)) AS x, xor(bit_or(b), bit_and(b)) AS y
      FROM (${rows.join(' UNION ALL ')}) GROUP BY code)
    SELECT code, mask FROM (
      SELECT code,
        (CASE WHEN ${has(0)} = 0 THEN ${MASK.missingCity} ELSE 0 END)
        + (CASE WHEN ${has(1)} = 0 THEN ${MASK.missingNational} ELSE 0 END)
        + (CASE WHEN ${has(2)} = 0 THEN ${MASK.missingLgsp} ELSE 0 END)
        + (CASE WHEN greatest(${has(0)}, ${has(1)}, ${has(2)}) > 1 THEN ${MASK.duplicate} ELSE 0 END)
        + (CASE WHEN x >> 32 <> 0 THEN ${MASK.due} ELSE 0 END)
        + (CASE WHEN x & 4294967295 <> 0 THEN ${MASK.finish} ELSE 0 END)
        + (CASE WHEN y >> 32 <> 0 THEN ${MASK.received} ELSE 0 END)
        + (CASE WHEN y & 4294967040 <> 0 THEN ${MASK.procedure} ELSE 0 END)
        + (CASE WHEN y & 252 <> 0 THEN ${MASK.status} ELSE 0 END)
        + (CASE WHEN y & 3 <> 0 THEN ${MASK.result} ELSE 0 END) AS mask
      FROM grouped WHERE x <> 0 OR y <> 0 OR sides <> ${1 + 2 ** 20 + 2 ** 40})
    WHERE mask <> 0`;
}
