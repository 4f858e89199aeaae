import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { xlsxStream } from '../connectors/files/index.ts';
import {
  asOfText,
  type ComponentResult,
  countSentences,
  countText,
  doubtSentences,
  forecastSentences,
  gainText,
  type IndicatorReport,
  type IndicatorTable,
  indicatorSheets,
  liftText,
  mendText,
  notComputedText,
  rateText,
  reasonText,
  scoreText,
  totalText,
} from '../lib/indicators/index.ts';
import { InputError } from './errors.ts';

const NAMED = 5;
const UNITS = 30;

/** Writes the workbook whole or not at all. */
export async function writeBook(path: string, report: IndicatorReport, table: IndicatorTable): Promise<void> {
  const partial = `${path}.${process.pid}.part`;
  try {
    const file = openSync(partial, 'w', 0o600);
    try {
      for await (const bytes of xlsxStream(indicatorSheets(report, table)))
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError(`${path}: không ghi được (${code})`);
  }
}

function componentJson(result: ComponentResult): object {
  if (result.state === 'not-computed')
    return { type: 'component', id: result.id, state: result.state, why: notComputedText(result.reason) };
  const { costs: _costs, unknowns: _unknowns, ...figures } = result;
  return { type: 'component', ...figures, doubts: doubtSentences(result) };
}

/** NDJSON: a line a component, a line a dossier that costs points or could not be judged, a line a lift and a unit, then the sum. */
export function printLines(report: IndicatorReport): void {
  const { groups, lifts, units, withoutReceipt, ...sum } = report;
  const print = (line: object) => console.log(JSON.stringify(line));
  for (const { components } of groups)
    for (const result of components) {
      print(componentJson(result));
      if (result.state === 'not-computed') continue;
      for (const cost of result.costs)
        print({ type: 'cost', component: result.id, ...cost, text: reasonText(cost.why) });
      for (const cost of result.unknowns)
        print({ type: 'unknown', component: result.id, ...cost, text: reasonText(cost.why) });
    }
  for (const cost of withoutReceipt) print({ type: 'cost', component: null, ...cost, text: reasonText(cost.why) });
  for (const lift of lifts) print({ type: 'lift', ...lift, text: liftText(lift) });
  for (const unit of units ?? []) print({ type: 'unit', ...unit });
  const scores = groups.map(({ id, name, max, score, of }) => ({ id, name, max, score, of }));
  print({ type: 'sum', ...sum, groups: scores, sentences: forecastSentences(report.forecast, report.of) });
}

function componentLines(result: ComponentResult, { components }: IndicatorTable): string[] {
  const component = components.find(({ id }) => id === result.id);
  const name = `${component?.number ?? ''} ${component?.name ?? result.id}`;
  const max = component?.max.value ?? 0;
  if (result.state === 'not-computed')
    return [`   –   /${scoreText(max)}  ${name}: không tính. ${notComputedText(result.reason)}`];
  const { score, passed, known, rate, target, costs } = result;
  const lines = [
    `${scoreText(score).padStart(6)}/${scoreText(max)}  ${name}: ${countText(passed)}/${countText(known)} (${rateText(rate)})`,
  ];
  if (target !== null)
    lines.push(
      `          mục tiêu ${rateText(target.rate)}: ${target.met ? 'đạt' : `còn thiếu ${countText(target.short)} hồ sơ`}`,
    );
  const mend = mendText(result);
  if (mend !== null) lines.push(`          ${mend}`);
  if (costs.length > 0) {
    const rest = known - passed - Math.min(NAMED, costs.length);
    const codes = costs.slice(0, NAMED).map(({ code, why }) => `${code} (${reasonText(why)})`);
    lines.push(`          mất điểm: ${codes.join(', ')}${rest > 0 ? ` và ${countText(rest)} hồ sơ khác` : ''}`);
  }
  for (const doubt of doubtSentences(result)) lines.push(`          ${doubt}`);
  return lines;
}

/** The figures for a person. */
export function printReport(report: IndicatorReport, table: IndicatorTable): void {
  const { period, unit, groups, lifts, units, forecast, of } = report;
  console.log(`${table.label}, ${period.label}${unit === null ? '' : `, đơn vị ${unit}`}`);
  for (const line of [...countSentences(report), asOfText(report), totalText(report)]) console.log(line);
  for (const { name, score, of: part, max, components } of groups) {
    console.log(
      `\n${name}: ${score === null ? 'không tính được' : `${scoreText(score)} trên ${scoreText(part)}`} (nhóm ${scoreText(max)} điểm)`,
    );
    for (const result of components) for (const line of componentLines(result, table)) console.log(line);
  }
  console.log('');
  for (const line of forecastSentences(forecast, of)) console.log(line);
  if (lifts.length > 0) {
    console.log('Nâng điểm được nhiều nhất:');
    for (const lift of lifts) console.log(`  ${liftText(lift)}`);
    if (lifts.length > 1) console.log(`  sửa tất cả: ${gainText(report.gainOfAll)}`);
  }
  if (units === null) return;
  console.log('So sánh các đơn vị (điểm trên số điểm tính được):');
  for (const { unit: name, counted, score, of: part } of units.slice(0, UNITS))
    console.log(`  ${scoreText(score).padStart(6)}/${scoreText(part)}  ${name} (${countText(counted)} hồ sơ)`);
  if (units.length > UNITS) console.log(`  và ${units.length - UNITS} đơn vị khác`);
}
