import type { Plugin } from 'vite';

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
]);

function lean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lean);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !FOR_PEOPLE.has(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, lean(inner)]));
}

/**
 * Dated data carries its sources and reasons in the repository; what is loaded into every page of an officer does not need
 * them. Content scripts only: pages of the extension show sources.
 */
export function leanData(): Plugin {
  return {
    name: 'dung-hen-lean-data',
    enforce: 'pre',
    transform(code, id) {
      const path = id.split('?')[0] ?? id;
      if (/\/lib\/.*\/data\/.*\.json$/.test(path)) return { code: JSON.stringify(lean(JSON.parse(code))), map: null };
      return null;
    },
  };
}
