import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from './run.ts';

/**
 * The arrows of the house (docs/architecture.md) held against the imports that are really there: who may import whom, only
 * through doors, no cycles, and what may never reach a content script.
 */

/** Rooms of lib without a browser, a network, a file system or a view. */
const PURE = [
  'calendar',
  'deadline',
  'digitization',
  'dossier',
  'hosts',
  'indicators',
  'inspection',
  'json',
  'letters',
  'page',
  'reconcile',
  'sampling',
  'schema',
  'text',
  'words',
].map((name) => `lib/${name}`);

/** room → rooms it may import (besides itself). */
const MAY: Record<string, readonly string[]> = {
  ...Object.fromEntries(PURE.map((room) => [room, PURE])),
  'lib/observe': ['lib/dossier', 'lib/schema', 'lib/text'],
  'lib/overlay': [...PURE, 'lib/observe', 'lib/ui'],
  'lib/platform': PURE,
  'lib/ui': PURE,
  connectors: [...PURE, 'lib/observe'],
  cli: [...PURE, 'connectors'],
  entrypoints: [...PURE, 'lib/observe', 'lib/overlay', 'lib/platform', 'lib/ui', 'connectors'],
};

/** Second doors, each with its reason. */
const DOORS: Record<string, string> = {
  'lib/platform/job-store.ts':
    'a worker of a page has no browser API, and the polyfill behind the main door throws there',
  'lib/platform/spotchecks.ts': 'the same, for the worker that draws samples',
  'lib/reconcile/engine/index.ts': 'a thread that scans files needs the numbers only, not rules, words and their data',
  'connectors/files/node.ts': 'what needs Node must not be reachable from the extension',
  'connectors/node-transport.ts': 'what needs Node must not be reachable from the extension',
  'lib/platform/content.ts': 'content scripts must not load the polyfill and the stores behind the main door',
  'lib/overlay/more.ts': 'what is loaded on demand must not be reachable from what is loaded at once',
  'lib/ui/tokens.ts': 'colours without Preact, for what is drawn in a page',
};

/** What may never be reachable from a content script. */
const NOT_IN_PAGES: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^connectors\//, 'connectors'],
  [/^lib\/platform\/(?!content\.ts)/, 'stores and settings'],
  [
    /^lib\/(letters|indicators|inspection|digitization|reconcile|sampling)\//,
    'a room of the background or of a page of its own',
  ],
  [/^zod$/, 'full zod (use zod/mini)'],
  [/^(preact|dexie|ky|webextension-polyfill)(\/|$)/, 'a library of the extension pages'],
];

/** Only lib/platform touches the browser API. */
const BROWSER_API = /^(wxt\/browser|webextension-polyfill|@webext-core\/messaging)/;

export interface Source {
  /** Path from the root, with slashes. */
  file: string;
  /** Repository paths and package names that the file imports. */
  imports: string[];
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;

export function parseImports(file: string, text: string): Source {
  const imports = [...text.matchAll(IMPORT)].map((match) => {
    const target = (match[1] ?? match[2] ?? '').split('?')[0] as string;
    return target.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), target)) : target;
  });
  return { file, imports };
}

/** The room of a repository path: `lib/<name>`, else its first folder; null for packages and loose files. */
export function roomOf(path: string): string | null {
  const [top, second] = path.split('/');
  if (top === 'lib' && second && !second.includes('.')) return `lib/${second}`;
  return top && MAY[top] ? top : null;
}

function isDoor(path: string, room: string): boolean {
  if (DOORS[path] || /\.(css|json|html)$/.test(path)) return true;
  const inside = path.slice(room.length + 1);
  // connectors hold one folder a system, each with a door of its own.
  return inside === 'index.ts' || (room === 'connectors' && /^[a-z]+\/index\.ts$/.test(inside));
}

function arrows(sources: readonly Source[]): string[] {
  const problems: string[] = [];
  for (const { file, imports } of sources) {
    const room = roomOf(file);
    if (!room) continue;
    for (const target of imports) {
      if (BROWSER_API.test(target) && room !== 'lib/platform')
        problems.push(`${file}: chỉ lib/platform được gọi ${target}`);
      const other = roomOf(target);
      if (!other || other === room) continue;
      if (!MAY[room]?.includes(other)) problems.push(`${file}: ${room} không được nhập ${target}`);
      else if (!isDoor(target, other)) problems.push(`${file}: nhập ${target} mà không qua cửa ${other}/index.ts`);
    }
  }
  return problems;
}

function cycles(sources: readonly Source[]): string[] {
  const graph = new Map(sources.map((source) => [source.file, source.imports]));
  const done = new Set<string>();
  const path: string[] = [];
  const found: string[] = [];
  const visit = (file: string) => {
    const at = path.indexOf(file);
    if (at >= 0) found.push(`vòng nhập: ${[...path.slice(at), file].join(' → ')}`);
    if (at >= 0 || done.has(file)) return;
    path.push(file);
    for (const target of graph.get(file) ?? []) if (graph.has(target)) visit(target);
    path.pop();
    done.add(file);
  };
  for (const { file } of sources) visit(file);
  return found;
}

function pages(sources: readonly Source[]): string[] {
  const graph = new Map(sources.map((source) => [source.file, source.imports]));
  const problems: string[] = [];
  const starts = sources
    .map(({ file }) => file)
    .filter((file) => /^entrypoints\/[^/]+\.content(\/index)?\.tsx?$/.test(file));
  for (const start of starts) {
    const from = new Map<string, string>([[start, '']]);
    const queue = [start];
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      for (const target of graph.get(file) ?? []) {
        const rule = NOT_IN_PAGES.find(([pattern]) => pattern.test(target));
        if (rule) problems.push(`${start}: tới được ${rule[1]} (${file} → ${target})`);
        if (!from.has(target) && graph.has(target)) {
          from.set(target, file);
          queue.push(target);
        }
      }
    }
  }
  return problems;
}

/** Every breach of the house's rules in a set of sources, one sentence each. */
export function inspect(sources: readonly Source[]): string[] {
  return [...arrows(sources), ...cycles(sources), ...pages(sources)];
}

/** All TypeScript of the product in this checkout. */
export function productSources(): Source[] {
  return globSync(['lib/**/*.{ts,tsx}', 'entrypoints/**/*.{ts,tsx}', 'connectors/**/*.ts', 'cli/**/*.ts'], {
    cwd: ROOT,
  })
    .filter((file) => !file.endsWith('.d.ts'))
    .map((file) => parseImports(file.split('\\').join('/'), readFileSync(join(ROOT, file), 'utf8')));
}

if (import.meta.main) {
  const sources = productSources();
  const problems = inspect(sources);
  for (const problem of problems) console.error(problem);
  console.log(`${sources.length} tệp, ${problems.length} chỗ sai kiến trúc`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
