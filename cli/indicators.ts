import { defineCommand } from 'citty';
import { emptyText, type IndicatorReport, IndicatorSums, IndicatorsError } from '../lib/indicators/index.ts';
import { EXIT, InputError } from './errors.ts';
import { ARGS, checkArgs, wishOf } from './indicators-args.ts';
import { printLines, printReport, writeBook } from './indicators-out.ts';
import { readDossiers } from './indicators-source.ts';

/** Is there something to act on: a target that is not met, dossiers that can be mended, dossiers without receipt? */
function hasFindings({ groups, lifts, counts }: IndicatorReport): boolean {
  const missed = groups.some(({ components }) =>
    components.some((result) => result.state === 'computed' && result.target?.met === false),
  );
  return missed || lifts.length > 0 || counts.withoutReceipt > 0;
}

/** `dunghen indicators`: the indicators of QĐ 766 over a list of dossiers. */
export const indicatorsCommand = defineCommand({
  meta: { name: 'indicators', description: 'Tính bộ chỉ số theo Quyết định 766/QĐ-TTg từ danh sách hồ sơ' },
  args: ARGS,
  async run({ args: given }) {
    const args = checkArgs(given);
    const wish = wishOf(args);
    try {
      const sums = new IndicatorSums(wish);
      const unreadable = await readDossiers(args.in, args.mapping, (record) => sums.add(record));
      const report = sums.finish();
      const empty = emptyText(report);
      if (empty !== null) throw new InputError(`${args.in}: ${empty}`);
      if (args.out !== undefined) await writeBook(args.out, report, wish.table);
      if (args.json || !process.stdout.isTTY) printLines(report);
      else printReport(report, wish.table);
      if (unreadable > 0) {
        console.error(`${args.in}: ${unreadable} dòng không đọc được nên không có trong số liệu`);
        process.exitCode = EXIT.failure;
      } else if (hasFindings(report)) process.exitCode = EXIT.findings;
    } catch (error) {
      if (error instanceof IndicatorsError) throw new InputError(`${args.in}: ${error.message}`);
      throw error;
    }
  },
});
