import { node, type run } from './run.ts';

/** Every static check, together; all are run even when one fails, so that one round shows everything. */
const CHECKS: readonly (readonly [string, () => ReturnType<typeof run>])[] = [
  ['định dạng và lint', () => node(['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'])],
  ['kiểu', () => node(['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'])],
  ['kiến trúc', () => node(['scripts/architecture.ts'])],
  ['mã chết', () => node(['node_modules/knip/bin/knip.js', '--no-progress'])],
];

/** @returns the names of the checks that failed. */
export async function runChecks(): Promise<string[]> {
  const results = await Promise.all(CHECKS.map(async ([name, start]) => ({ name, ...(await start()) })));
  for (const { name, code, output } of results) {
    console.log(`${code === 0 ? '✓' : '✗'} ${name}`);
    if (code !== 0) console.log(output.trimEnd());
  }
  return results.filter(({ code }) => code !== 0).map(({ name }) => name);
}

if (import.meta.main) {
  const failed = await runChecks();
  process.exitCode = failed.length > 0 ? 1 : 0;
}
