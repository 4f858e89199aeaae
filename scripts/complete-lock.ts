import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run.ts';

/**
 * Run after every change of dependencies: `node scripts/complete-lock.ts`. A package with a binary for each platform
 * names them all as optional; a registry mirror may lack those of other platforms, npm then leaves them out of the lock file, and
 * `npm ci` refuses that lock file everywhere. Missing ones are written as npm would, so that the right one is found on
 * any machine. They carry no checksum, since their archives were not seen here.
 */

interface Entry {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

export interface Lock {
  packages: Record<string, Entry>;
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** Where an optional dependency of `parent` may be installed: beside it or above it. */
function isLocked(lock: Lock, parent: string, name: string): boolean {
  for (let folder = parent; ; folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))) {
    if (lock.packages[`${folder}/node_modules/${name}`]) return true;
    if (!folder.includes('/node_modules/')) break;
  }
  return lock.packages[`node_modules/${name}`] !== undefined;
}

/** Optional dependencies that the lock file names and does not hold: [where they belong, version, of a dev dependency]. */
export function missingOptional(lock: Lock): [path: string, version: string, dev: boolean][] {
  return Object.entries(lock.packages).flatMap(([parent, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(lock, parent, name))
      .map(([name, version]): [string, string, boolean] => [`node_modules/${name}`, version, entry.dev === true]),
  );
}

function platformOf(path: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const words = path.split(/[/-]/);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && os === 'linux' && { libc: [libc] }) };
}

if (import.meta.main) {
  const file = join(ROOT, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
  for (const [path, version, dev] of missingOptional(lock)) {
    const platform = platformOf(path);
    if (!platform.os && !platform.cpu) {
      console.error(`${path}: không rõ hệ điều hành, bỏ qua`);
      continue;
    }
    lock.packages[path] = { version, ...platform, ...(dev && { dev }), optional: true };
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
