import type { PageAdapter, PickedAdapter } from './adapter.ts';
import { generic } from './generic/index.ts';
import { igate } from './igate/index.ts';
import { opencps } from './opencps/index.ts';
import { matchesPattern } from './pattern.ts';
import { webforms } from './webforms/index.ts';

/** Every adapter, in the order in which they are asked; the generic one always last. */
export const ADAPTERS: readonly PageAdapter[] = [igate, opencps, webforms, generic];

export function adapterById(id: string): PageAdapter | undefined {
  return ADAPTERS.find((adapter) => adapter.meta.id === id);
}

/** Who claimed this document last: asked first next time, because the others look through the whole page in vain. */
const lastPicked = new WeakMap<Document, PageAdapter>();

/**
 * The adapter that claims this page: the host's own first, then the other families, then the generic one. Null when
 * nothing on the page is a dossier, and then nothing of ours runs there.
 */
export function pickAdapter(doc: Document, url: URL): PickedAdapter | null {
  const own = ADAPTERS.find(({ meta }) => meta.hosts.some((pattern) => matchesPattern(pattern, url)));
  const first = own ?? lastPicked.get(doc);
  const order = first ? [first, ...ADAPTERS.filter((adapter) => adapter !== first)] : ADAPTERS;
  for (const adapter of order) {
    const kind = adapter.detect(doc, url);
    if (kind === 'none') continue;
    if (adapter !== generic) lastPicked.set(doc, adapter);
    return { adapter, kind, changed: own !== undefined && adapter !== own };
  }
  return null;
}
