import {
  type CheckResult,
  countText,
  type Decision,
  GROUPING_WORDS,
  intervalText,
  pointsText,
  rateText,
  type SampleRecord,
  type SampleResult,
  sampleSize,
  sizeSentence,
} from '../lib/sampling/index.ts';

const NAMED = 20;
const few = (texts: readonly string[]) =>
  `${texts.slice(0, NAMED).join(', ')}${texts.length > NAMED ? ` và ${texts.length - NAMED} hồ sơ khác` : ''}`;
const DECIDED: Record<Decision, string> = { pass: 'đạt', fail: 'không đạt', unknown: 'không kết luận' };

/** What a list is and how many of it are drawn, for a person. */
export function designLines(record: SampleRecord): string[] {
  const { by, count, sha256, strata } = record.population;
  const size = sampleSize(record);
  const groups =
    by === null
      ? []
      : strata.map(
          (stratum) => `  ${stratum.name}: ${countText(stratum.size)} trong ${countText(stratum.count)} hồ sơ`,
        );
  return [
    `Danh sách: ${countText(count)} hồ sơ, mã băm SHA-256 ${sha256}`,
    `Mẫu: ${countText(size)} hồ sơ${by === null ? '' : `, chia theo ${GROUPING_WORDS[by]}, ${strata.length} nhóm:`}`,
    ...groups,
    sizeSentence(record),
  ];
}

/** NDJSON: a line a dossier of the sample, then one with the design. */
export function printSample(record: SampleRecord): void {
  for (const { code, stratum, rank, unavailable } of record.units)
    console.log(JSON.stringify({ type: 'unit', code, stratum, rank, unavailable }));
  const { population, design, seed } = record;
  console.log(JSON.stringify({ type: 'sample', population, design, seed, sentence: sizeSentence(record) }));
}

const VERDICTS = {
  accepted: 'CHẤP NHẬN theo phương án',
  refused: 'TỪ CHỐI theo phương án',
  open: 'chưa quyết được theo phương án: còn hồ sơ chưa có kết luận',
} as const;

function checkLines(check: CheckResult, confidence: number): string[] {
  const { name, total, strata, open, difference, verdict, failed, unknown, agreement } = check;
  const seen = strata.reduce((sum, { passed, failed: bad }) => sum + passed + bad, 0);
  const counts = [unknown.length > 0 && `${unknown.length} không kết luận`, open > 0 && `${open} chưa kiểm tra`].filter(
    Boolean,
  );
  const rest = counts.length > 0 ? `; ${counts.join(', ')}` : '';
  const lines = [`«${name}»: ${seen} hồ sơ có kết luận, ${failed.length} không đạt${rest}`];
  if (total) {
    lines.push(
      `  tỷ lệ đạt ${rateText(total.rate)}, độ tin cậy ${rateText(confidence)}: ${intervalText(total.wilson)} (để xem); ${intervalText(total.exact)} (để quyết định)`,
    );
    if (total.unknown > 0)
      lines.push(`  hồ sơ không kết luận mà đều không đạt hoặc đều đạt thì tỷ lệ là ${intervalText(total.range)}`);
  } else lines.push('  chưa tính được tỷ lệ: có nhóm chưa có kết luận nào');
  if (difference) {
    const { declared, value, interval, contradicted } = difference;
    lines.push(
      `  đã khai ${rateText(declared)}: kiểm tra lệch ${pointsText(value)} (từ ${pointsText(interval[0])} đến ${pointsText(interval[1])}), ${contradicted ? 'số đã khai KHÔNG phù hợp với mẫu' : 'mẫu không bác bỏ số đã khai'}`,
    );
  }
  if (verdict) lines.push(`  ${VERDICTS[verdict]}`);
  if (strata.length > 1)
    for (const { name: stratum, estimate, passed, failed: bad } of strata)
      lines.push(
        `  nhóm ${stratum}: ${estimate ? `${passed}/${passed + bad} đạt, ${rateText(estimate.rate)} (${intervalText(estimate.wilson)})` : 'chưa có kết luận'}`,
      );
  if (failed.length > 0) lines.push(`  không đạt: ${few(failed)}`);
  if (agreement) {
    const { agreed, both, kappa, disagreements } = agreement;
    const value =
      kappa === null
        ? 'không tính được (cả hai chỉ có một loại kết luận)'
        : kappa.toLocaleString('vi', { maximumFractionDigits: 2 });
    lines.push(`  hai người kiểm tra: thống nhất ${agreed}/${both}, kappa ${value}`);
    if (disagreements.length > 0)
      lines.push(
        `  khác nhau: ${few(disagreements.map(({ code, first, second }) => `${code} (${DECIDED[first]} / ${DECIDED[second]})`))}`,
      );
  }
  return lines;
}

/** The result on the screen, or NDJSON: a line a check, a line a dossier that could not be opened. */
export function printResult({ confidence, checks, unavailable }: SampleResult, asLines: boolean): void {
  if (asLines) {
    for (const check of checks) console.log(JSON.stringify({ type: 'check', confidence, ...check }));
    for (const lost of unavailable) console.log(JSON.stringify({ type: 'unavailable', ...lost }));
    return;
  }
  for (const check of checks) for (const line of checkLines(check, confidence)) console.log(line);
  for (const { code, reason } of unavailable) console.log(`không mở được: ${code}: ${reason}`);
}
