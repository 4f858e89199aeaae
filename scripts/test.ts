import { spawnSync } from 'node:child_process';
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

const failedChecks = selection.length === 0 ? await runChecks() : [];

console.log('Đang dựng tiện ích và thành phố giả lập …');
await buildSandbox();
await buildExtension('chrome', 'sandbox');
await buildExtension('firefox', 'sandbox');
await buildExtension('chrome', 'production');
await buildExtension('firefox', 'production');

const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(artifacts, 'vitest.json')}`];
const tests = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...selection], {
  cwd: ROOT,
  stdio: 'inherit',
  env: process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1' },
});
if (failedChecks.length > 0) console.error(`Không đạt: ${failedChecks.join(', ')}`);
process.exitCode = failedChecks.length > 0 ? 1 : (tests.status ?? 1);
