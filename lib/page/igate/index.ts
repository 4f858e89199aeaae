import type { Dossier, DossierComponent } from '../../schema/index.ts';
import type { PageAdapter, PageKind, Paginator } from '../adapter.ts';
import { textOf } from '../cells.ts';
import { readComponents } from '../components.ts';
import { buildDetail } from '../detail.ts';
import { closestOf, firstOf } from '../find.ts';
import { type LabelMap, readLabels } from '../labels.ts';
import { positionOfRange, pressable } from '../paging.ts';
import { readSupplements, type Supplements, withSupplements } from '../supplements.ts';
import { componentByClass } from './columns.ts';
import at from './data/selectors.json' with { type: 'json' };
import { idInPath, igateList, isList } from './list.ts';

function labelsOf(doc: Document): LabelMap {
  return readLabels(doc.body, at.labels, at.outside);
}

function componentsOf(doc: Document): DossierComponent[] | undefined {
  for (const { css } of at.paperTables) {
    for (const table of doc.querySelectorAll(css)) {
      const components = readComponents(table, {
        file: at.paperFile,
        slot: at.paperSlot,
        columnByClass: componentByClass,
      });
      if (components !== null) return components;
    }
  }
  return undefined;
}

function detect(doc: Document, url: URL): PageKind {
  if (!doc.body) return 'none';
  if (idInPath(url.pathname) === undefined) return isList(doc, url) ? 'list' : 'none';
  if (labelsOf(doc).has('code')) return 'detail';
  // Material takes the other tabs out of the page: on the tab of the papers there is no label to see.
  return firstOf(doc, at.family) && componentsOf(doc) ? 'detail' : 'none';
}

/** Nearest part of the page that is a component of its own; the whole application is too much to watch. */
function componentAround(element: Element): Element | null {
  for (let node = element.parentElement; node !== null; node = node.parentElement) {
    if (node.localName.startsWith('app-') && node.localName !== 'app-root') return node;
  }
  return closestOf(element, at.detailRoots) ?? element.parentElement;
}

function detailAnchor(doc: Document, labels: LabelMap): Element | null {
  const label = labels.get('code')?.label;
  if (label === undefined) return firstOf(doc, at.detailAnchors);
  return closestOf(label, at.detailAnchors) ?? label.parentElement?.parentElement ?? label;
}

/** What may stand on a tab without the facts. */
interface Parts {
  components: DossierComponent[] | undefined;
  supplements: Supplements | undefined;
}

interface Seen {
  systemId: string | undefined;
  record: Dossier;
  parts: Parts;
}

const seen = new WeakMap<Element, Seen>();

/**
 * Material keeps only the open tab in the page: the facts stand on one, the papers (and the requests for more of them) on
 * another. What was read on this very element for this very dossier is kept, so that turning a tab does not take the
 * dossier away.
 */
function acrossTabs(
  anchor: Element,
  systemId: string | undefined,
  record: Dossier | null,
  parts: Parts,
): Dossier | null {
  const before = seen.get(anchor);
  const same = systemId !== undefined && before?.systemId === systemId ? before : undefined;
  const base = record ?? same?.record;
  if (base === undefined) return null;
  const components = parts.components ?? same?.parts.components;
  const supplements = parts.supplements ?? same?.parts.supplements;
  const whole = withSupplements(components === undefined ? base : { ...base, components }, supplements);
  seen.set(anchor, { systemId, record: whole, parts: { components, supplements } });
  return whole;
}

/**
 * VNPT iGate 2.0: the city's officer host and its sisters. Angular Material tables whose columns are found by header
 * words, then by column class, the code at last by its form.
 */
export const igate: PageAdapter = {
  ...igateList,

  detect,

  readDetail(doc, context) {
    const labels = labelsOf(doc);
    const anchor = detailAnchor(doc, labels);
    if (anchor === null) return null;
    const systemId = idInPath(context.url.pathname);
    const parts: Parts = {
      components: componentsOf(doc),
      supplements: readSupplements(doc, at.outside, context.readAt),
    };
    const record = buildDetail(labels, context, { adapter: igateList.meta.id, systemId, ...parts });
    const whole = acrossTabs(anchor, systemId, record, parts);
    return whole === null ? null : { record: whole, anchor };
  },

  detailRoot(doc) {
    const anchor = firstOf(doc, at.detailAnchors) ?? labelsOf(doc).get('code')?.label ?? null;
    return anchor === null ? null : componentAround(anchor);
  },

  paginator(doc): Paginator | { reason: string } {
    const bar = firstOf(doc, at.paginators);
    if (bar === null) return { reason: igateList.unwalkable(doc) ?? '' };
    const label = firstOf(bar, at.rangeLabels);
    const size = Number.parseInt(firstOf(bar, at.pageSizes)?.textContent ?? '', 10);
    return {
      position: positionOfRange(label ? textOf(label) : '', Number.isInteger(size) && size > 0 ? size : null),
      next: pressable(firstOf(bar, at.nextButtons)),
      previous: pressable(firstOf(bar, at.previousButtons)),
    };
  },
};
