/**
 * Bundles the two single-page hosts with esbuild, without their own command-line tools. Nothing is done when the
 * sources and the lock file are the same as last time.
 */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const OUT = join(ROOT, '.build');
const MODULES = join(ROOT, 'node_modules');

type AppName = 'igate' | 'opencps';

const STAMP = 'inputs.sha256';

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function inputHash(name: AppName): Promise<string> {
  const hash = createHash('sha256');
  const own = [fileURLToPath(import.meta.url), join(ROOT, 'package-lock.json')];
  for (const file of [...own, ...(await filesBelow(join(ROOT, name, 'app')))]) {
    hash.update(relative(ROOT, file)).update('\0');
    hash.update(await readFile(file)).update('\0');
  }
  return hash.digest('hex');
}

function bundleOptions(name: AppName, out: string): BuildOptions {
  return {
    absWorkingDir: ROOT,
    bundle: true,
    charset: 'utf8',
    conditions: ['es2020', 'es2015'],
    define: { 'process.env.NODE_ENV': '"production"' },
    entryPoints: { main: join(ROOT, name, 'app', 'main.ts') },
    format: 'iife',
    legalComments: 'none',
    loader: { '.woff': 'file', '.woff2': 'file' },
    logLevel: 'warning',
    minify: true,
    outdir: out,
    // zone.js cannot see native async functions.
    supported: { 'async-await': false },
    target: 'chrome109',
    tsconfigRaw: {},
  };
}

const THEME = '@angular/material/prebuilt-themes/indigo-pink.css';
const ICONS = 'material-icons/iconfont';

/** One style sheet: the prebuilt theme, the icon font, the page's own rules. */
async function igateAssets(out: string): Promise<void> {
  const fonts = join(out, 'assets', 'fonts');
  await mkdir(fonts, { recursive: true });
  for (const font of ['material-icons.woff2', 'material-icons.woff']) {
    await cp(join(MODULES, ICONS, font), join(fonts, font));
  }
  const theme = await readFile(join(MODULES, THEME), 'utf8');
  const icons = await readFile(join(MODULES, ICONS, 'filled.css'), 'utf8');
  const own = await readFile(join(ROOT, 'igate', 'app', 'styles.css'), 'utf8');
  await writeFile(
    join(out, 'styles.css'),
    [theme, icons.replaceAll('./material', 'assets/fonts/material'), own].join('\n'),
  );
}

/** Fonts, images and the like that an app keeps beside its sources. */
async function opencpsAssets(out: string): Promise<void> {
  const assets = join(ROOT, 'opencps', 'app', 'assets');
  if (existsSync(assets)) await cp(assets, join(out, 'assets'), { recursive: true });
}

const ASSETS: Record<AppName, (out: string) => Promise<void>> = { igate: igateAssets, opencps: opencpsAssets };

async function buildApp(name: AppName): Promise<void> {
  if (!existsSync(join(ROOT, name, 'app', 'main.ts'))) {
    console.error(`sandbox: ${name}/app/main.ts is missing, skipped`);
    return;
  }
  const out = join(OUT, name);
  const hash = await inputHash(name);
  const builtFrom = await readFile(join(out, STAMP), 'utf8').catch(() => '');
  if (builtFrom === hash) return;
  // Made aside and moved in whole: several test processes may start at once.
  const aside = `${out}.${process.pid}`;
  await mkdir(aside, { recursive: true });
  try {
    await build(bundleOptions(name, aside));
    await ASSETS[name](aside);
    await writeFile(join(aside, STAMP), hash);
    await rm(out, { recursive: true, force: true });
    await rename(aside, out).catch((error: NodeJS.ErrnoException) => {
      // Another process was faster, with the same inputs.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

export async function buildSandbox(): Promise<void> {
  await buildApp('igate');
  await buildApp('opencps');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSandbox();
