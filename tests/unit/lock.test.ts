import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Lock, missingOptional } from '../../scripts/complete-lock.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as unknown;

describe.each([[''], ['tests/sandbox/']])('%spackage.json and its lock file', (folder) => {
  const manifest = read(`${folder}package.json`) as { dependencies?: object; devDependencies?: object };
  const lock = read(`${folder}package-lock.json`) as Lock & {
    packages: Record<string, { integrity?: string; link?: boolean }>;
  };
  const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }) as [string, string][];

  it('pin every package exactly, and the lock file holds that version', () => {
    for (const [name, version] of wanted) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  it('hold the binaries of every platform, so that npm ci works on any machine', () => {
    expect(missingOptional(lock)).toEqual([]);
  });

  it('carry a checksum for whatever is not bound to another platform', () => {
    const bare = Object.entries(lock.packages).filter(
      ([path, entry]) => path !== '' && !entry.integrity && !entry.optional,
    );
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  it('name no address', () => {
    expect(readFileSync(join(ROOT, `${folder}package-lock.json`), 'utf8')).not.toMatch(/"resolved"/);
  });
});
