import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSandbox } from '../tests/sandbox/build.ts';
import { runChecks } from './check.ts';
import { buildExtension, ROOT } from './run.ts';

/**
 * `npm test`: static checks, the builds that the end-to-end tests need, then every test. Arguments go to vitest
 * (`npm test -- --project unit`); with arguments the static checks are left out.
 */
const selection = process.argv.slice(2);
const artifacts = join(ROOT, 'tests', '.artifacts');
rmSync(artifacts, { recursive: true, force: true });
mkdirSync(artifacts, { recursive: true });

/** Where the numbers of a run go; .ci/run adds them up. */
const report = (name: string) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${join(artifacts, `vitest-${name}.json`)}`,
];
const env: NodeJS.ProcessEnv = {
  ...process.env,
  // Hundreds of processes, those of the tests and those that they start, load the same files: each is compiled once.
  NODE_COMPILE_CACHE: join(artifacts, 'compiled'),
  ...(!process.stdout.isTTY && { NO_COLOR: '1' }),
};

/** One run of vitest. `quiet`: its words come at the end, so that two runs do not speak at once. */
function vitest(name: string, args: readonly string[], quiet = false): Promise<number> {
  const command = ['node_modules/vitest/vitest.mjs', 'run', ...report(name), ...args];
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: quiet ? 'pipe' : 'inherit', env });
  const words: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => words.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => words.push(chunk));
  return new Promise((resolve) => {
    child.on('close', (status) => {
      if (quiet) process.stdout.write(Buffer.concat(words));
      resolve(status ?? 1);
    });
  });
}

/** Static checks and the four builds; the names of the checks that failed. */
async function checkAndBuild(): Promise<string[]> {
  console.log('Đang dựng tiện ích và thành phố giả lập …');
  await buildExtension('chrome', 'sandbox');
  await buildExtension('firefox', 'sandbox');
  await buildExtension('chrome', 'production');
  await buildExtension('firefox', 'production');
  return selection.length === 0 ? runChecks() : [];
}

await buildSandbox();
let failedChecks: string[];
let statuses: number[];
if (selection.length > 0) {
  failedChecks = await checkAndBuild();
  statuses = [await vitest('all', selection)];
} else {
  // What needs no build begins at once. Browsers and contracts wait a good deal, so two browsers, the contracts and the rest are tested
  // beside one another; the two browsers take the next file whenever they are free, the largest first.
  const early = [
    vitest('rest', ['--project', 'unit', '--project', 'dom', '--maxWorkers', '1'], true),
    vitest('contract', ['--project', 'contract', '--maxWorkers', '1'], true),
  ];
  failedChecks = await checkAndBuild();
  const browsers = vitest('e2e', ['--project', 'e2e', '--fileParallelism', '--maxWorkers', '2']);
  statuses = await Promise.all([...early, browsers]);
}
if (failedChecks.length > 0) console.error(`Không đạt: ${failedChecks.join(', ')}`);
process.exitCode = failedChecks.length > 0 ? 1 : (statuses.find((status) => status !== 0) ?? 0);
