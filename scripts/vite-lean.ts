import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { headerKey } from '../lib/page/headers.ts';
import { fold } from '../lib/text/index.ts';

/** Keys of our data files that people read and programs do not. */
const FOR_PEOPLE = new Set([
  '$schema',
  'source',
  'notes',
  'note',
  'why',
  'since',
  'leftUnknown',
  'checkedOn',
  'effectiveFrom',
  // Of a calendar: how its days off came about, and which are still open.
  'swaps',
  'undecided',
]);

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Fold = (text: string) => string;

/** Lists of words that the program folds before it compares them: shipped folded, half their letters are three bytes else. */
const WORDS: Record<string, { keys: ReadonlySet<string>; fold: Fold }> = {
  'page/data/headers.json': {
    keys: new Set(['never', 'strong', 'weak', 'inside', 'channels', 'titlePrefixes', 'components']),
    fold: headerKey,
  },
  'dossier/data/statuses.json': { keys: new Set(['words']), fold },
};

function foldAll(value: Json, fold: Fold): Json {
  if (typeof value === 'string') return fold(value);
  if (Array.isArray(value)) return value.map((inner) => foldAll(inner, fold));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, foldAll(inner, fold)]));
}

function lean(value: Json, words?: (typeof WORDS)[string]): Json {
  if (Array.isArray(value)) return value.map((inner) => lean(inner, words));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !FOR_PEOPLE.has(key));
  return Object.fromEntries(
    kept.map(([key, inner]) => [key, words?.keys.has(key) ? foldAll(inner, words.fold) : lean(inner, words)]),
  );
}

/** The shortest expression of a value: a list of words costs one byte a word, not three. */
function expression(value: Json): string {
  if (Array.isArray(value)) {
    const words = value.every((item) => typeof item === 'string' && !item.includes('|'));
    if (words && value.length > 5) return `/* @__PURE__ */ ${JSON.stringify(value.join('|'))}.split('|')`;
    return `[${value.map(expression).join()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${expression(inner)}`)}}`;
}

interface HeaderWords {
  field: string;
  strong: string[];
  weak: string[];
  inside: string[];
  needs?: Record<string, string>;
}

/** The words of columns as lines of text, `inside` by number where it repeats a word, and what makes them again. */
function headerFields(fields: readonly HeaderWords[]): string {
  const lines = fields.map(({ field, strong, weak, inside, needs = {} }) => {
    const all = [...strong, ...weak];
    const places = inside.map((words) => (all.includes(words) ? all.indexOf(words) : words));
    const pairs = Object.entries(needs).map(([words, other]) => `${headerKey(words)}=${other}`);
    return [field, ...[strong, weak, places, pairs].map((list) => list.join('|'))].join(';');
  });
  return `/* @__PURE__ */ ${JSON.stringify(lines.join('\n'))}.split('\\n').map((line) => {
    const [field, strong, weak, inside, needs] = line.split(';').map((part, i) => i ? part.split('|').filter(Boolean) : part);
    const all = [...strong, ...weak];
    return { field, strong, weak, inside: inside.map((words) => all[words] ?? words),
      needs: Object.fromEntries(needs.map((pair) => pair.split('='))) };
  })`;
}

const STYLES = /\/lib\/(?:overlay\/styles|ui\/tokens)\.ts$/;

/** Style sheets stand in template strings, which no minifier looks into. */
function leanStyles(code: string): string {
  return code.replace(/`[^`]*`/g, (css) =>
    css
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?/g, '$1')
      .replace(/: /g, ':'),
  );
}

const DATA_IMPORT = /\bimport (\w+) from ('[^']+\.json') with \{ type: 'json' \};/g;
const DATA_FILE = /\/lib\/(.*\/data\/.*\.json)$/;
const PREFIX = '\0lean:';

/**
 * Dated data carries its sources and reasons in the repository, style sheets their line breaks; what is loaded into every page of
 * an officer needs neither. Content scripts only: pages of the extension show sources.
 */
export function leanData(): Plugin {
  return {
    name: 'dung-hen-lean-data',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith('.json')) return null;
      const id = (await this.resolve(source, importer, { skipSelf: true }))?.id;
      // Not the file's own name: the bundler would read the text below as JSON.
      return id && DATA_FILE.test(id) ? `${PREFIX}${id}.js` : null;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const file = id.slice(PREFIX.length, -'.js'.length);
      const data = lean(JSON.parse(readFileSync(file, 'utf8')), WORDS[DATA_FILE.exec(file)?.[1] ?? '']);
      const entries = Object.entries(data as { [key: string]: Json });
      const names = entries.map(([key]) => key);
      const parts = entries.map(([key, value]) => {
        const words = key === 'fields' && file.endsWith('page/data/headers.json');
        return `export const ${key}=${words ? headerFields(value as unknown as HeaderWords[]) : expression(value)};`;
      });
      return `${parts.join('\n')}\nexport default {${names}};`;
    },
    transform(code, id) {
      if (!/\/lib\/.*\.ts$/.test(id)) return null;
      if (STYLES.test(id)) return { code: leanStyles(code), map: null };
      // As a namespace, of which the bundler leaves out what nobody reads; where only its parts are read.
      const body = code.replace(/^import .*$/gm, '');
      const next = code.replace(DATA_IMPORT, (whole, name: string, from: string) =>
        new RegExp(`(?<![\\w.])${name}(?![\\w.])`).test(body) ? whole : `import * as ${name} from ${from};`,
      );
      return next === code ? null : { code: next, map: null };
    },
  };
}
