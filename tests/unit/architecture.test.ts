import { describe, expect, it } from 'vitest';
import { inspect, parseImports, productSources } from '../../scripts/architecture.ts';

const file = (path: string, ...lines: string[]) => parseImports(path, lines.join('\n'));

describe('the arrows of the house', () => {
  it('hold in this checkout', () => {
    const sources = productSources();
    expect(sources.length).toBeGreaterThan(50);
    expect(inspect(sources)).toEqual([]);
  });

  it.each([
    ['a pure room that reaches the platform', [file('lib/deadline/a.ts', "import { x } from '../platform/index.ts';")]],
    ['a way past a door', [file('lib/deadline/a.ts', "import { x } from '../calendar/table.ts';")]],
    ['the browser API outside its room', [file('lib/ui/a.ts', "import { browser } from 'wxt/browser';")]],
    [
      'a cycle',
      [file('lib/text/a.ts', "import { b } from './b.ts';"), file('lib/text/b.ts', "export * from './a.ts';")],
    ],
    [
      'a store in a content script',
      [
        file('entrypoints/x.content.ts', "import { a } from '../lib/overlay/index.ts';"),
        file('lib/overlay/index.ts', "import Dexie from 'dexie';"),
      ],
    ],
    ['full zod in a content script', [file('entrypoints/x.content/index.ts', "import { z } from 'zod';")]],
  ])('notice %s', (_, sources) => {
    expect(inspect(sources).length).toBeGreaterThan(0);
  });
});
