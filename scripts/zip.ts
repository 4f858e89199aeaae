import { node, WXT } from './run.ts';

/** The packages for the stores: Chromium, and Firefox with the sources its reviewers ask for. */
for (const target of [[], ['-b', 'firefox', '--mv3']]) {
  const { code, output } = await node([WXT, 'zip', ...target]);
  console.log(output.trimEnd());
  if (code !== 0) process.exit(code);
}
