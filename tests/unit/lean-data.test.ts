import { join } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import headers from '../../lib/page/data/headers.json' with { type: 'json' };
import { headerKey } from '../../lib/page/headers.ts';
import { leanData } from '../../scripts/vite-lean.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Exports of an entry as a content script would get them. */
async function built(source: string): Promise<{ value: unknown; code: string }> {
  const id = join(ROOT, 'lib/page/entry-of-a-test.ts');
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (from) => (from === id ? id : null),
        load: (of) => (of === id ? source : null),
      },
      leanData(),
    ],
    build: { write: false, minify: false, target: 'es2022', lib: { entry: id, formats: ['iife'], name: 'found' } },
  });
  const [{ output }] = (Array.isArray(result) ? result : [result]) as { output: { code: string }[] }[] as [
    { output: [{ code: string }] },
  ];
  const { code } = output[0];
  return { value: new Function(`${code}; return found;`)(), code };
}

describe('data in content scripts', () => {
  it('has the same words for every column, folded', async () => {
    const { value } = await built(
      "import data from './data/headers.json' with { type: 'json' };\nexport const fields = data.fields;\nexport const never = data.never;",
    );
    const folded = headers.fields.map(({ field, strong, weak, inside, needs }) => ({
      field,
      strong: strong.map(headerKey),
      weak: weak.map(headerKey),
      inside: inside.map(headerKey),
      needs: Object.fromEntries(Object.entries(needs ?? {}).map(([words, other]) => [headerKey(words), other])),
    }));
    expect(value).toMatchObject({ fields: folded, never: headers.never.map(headerKey) });
  });

  it('leaves out what is not read, and what only people read', async () => {
    const { code } = await built(
      "import at from './igate/data/selectors.json' with { type: 'json' };\nexport const found = at.tables;",
    );
    expect(code).toContain('.searchtbl');
    expect(code).not.toMatch(/why|since|mat-tab-group|paperFile/);
  });
});
