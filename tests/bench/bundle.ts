import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const scripts = new Map<string, Promise<string>>();

/** A module and all it imports as one classic script, for a page or a worker without a server. Built once. */
export function bundled(entry: URL): Promise<string> {
  const path = fileURLToPath(entry);
  const script = scripts.get(path) ?? bundle(path);
  scripts.set(path, script);
  return script;
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'bench' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []));
  const script = outputs.find((one) => one.type === 'chunk');
  if (!script) throw new Error('Không đóng gói được phép đo.');
  return script.code;
}
