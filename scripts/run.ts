import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

export interface Ran {
  code: number;
  /** Standard output and error together, in order of arrival. */
  output: string;
}

/** Runs a program of this repository and keeps what it prints. Never rejects: a program that cannot start has code 127. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: `${command}: ${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Node of this process with a script of ours or of a package. */
export function node(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran> {
  return run(process.execPath, args, env);
}

export const WXT = 'node_modules/wxt/bin/wxt.mjs';

/** Builds the extension; outputs land in `.output/<browser>-mv3[-sandbox]`. */
export async function buildExtension(browser: 'chrome' | 'firefox', mode: 'sandbox' | 'production'): Promise<void> {
  const target = browser === 'firefox' ? ['-b', 'firefox', '--mv3'] : [];
  const built = await node([WXT, 'build', '--mode', mode, ...target]);
  if (built.code !== 0) throw new Error(`Không dựng được tiện ích (${browser}, ${mode}):\n${built.output}`);
}

/** Folder of a built extension. */
export function extensionFolder(browser: 'chrome' | 'firefox', mode: 'sandbox' | 'production'): string {
  return join(ROOT, '.output', mode === 'sandbox' ? `${browser}-mv3-sandbox` : `${browser}-mv3`);
}
