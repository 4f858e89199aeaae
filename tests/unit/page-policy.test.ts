import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/run.ts';

/** The only page that asks other machines; see the policy in wxt.config.ts. */
const MAY_ASK = ['entrypoints/reconcile/index.html'];
const NARROWED = `http-equiv="Content-Security-Policy" content="connect-src 'self'"`;

describe('pages of the extension', () => {
  const pages = globSync('entrypoints/*/index.html', { cwd: ROOT });

  it.each(pages)('%s may send nothing away, unless it is the reconciliation', (page) => {
    expect(readFileSync(join(ROOT, page), 'utf8').includes(NARROWED)).toBe(!MAY_ASK.includes(page));
  });

  it('are all looked at', () => {
    expect(pages).toEqual(expect.arrayContaining(MAY_ASK));
    expect(pages.length).toBeGreaterThan(8);
  });
});
