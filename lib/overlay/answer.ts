import { recipientOnDetail, recipientOnRow } from '../page/index.ts';
import { type Dossier, type LetterFacts, type ShownDossier, TO_CONTENT } from '../schema/index.ts';
import { isList, type PageStatus, reportOf } from './report.ts';

/** The code of the dossier that the person is at: the open one, or that of the row with the focus or under the pointer. */
function codeInFocus({ view }: PageStatus, doc: Document): string | null {
  if (!view) return null;
  if (!isList(view)) return view.record?.code ?? null;
  const pointed = doc.querySelectorAll(':hover');
  const places = [doc.activeElement, pointed[pointed.length - 1]];
  for (const place of places) {
    if (!place || !view.container.contains(place)) continue;
    for (const badge of view.container.querySelectorAll<HTMLElement>('dh-badge[data-code]')) {
      const code = badge.dataset.code ?? '';
      if (view.rowOf(code)?.row.contains(place)) return code;
    }
  }
  return null;
}

const isOf = ({ code, aliases }: Dossier, asked: string) => code === asked || aliases.includes(asked);

/** The record of a dossier that this page shows: no person is read for it. */
function shownDossier({ view }: PageStatus, code: string): ShownDossier | null {
  if (!view) return null;
  if (isList(view)) {
    const found = view.rowOf(code);
    return found ? { kind: 'list', record: found.record } : null;
  }
  return view.record && isOf(view.record, code) ? { kind: 'detail', record: view.record } : null;
}

/** Who a letter goes to is read now, from what the page shows now, and kept nowhere. */
function letterFacts({ view, adapter }: PageStatus, doc: Document, code: string): LetterFacts | null {
  if (!view || !adapter) return null;
  if (!isList(view)) {
    const { record } = view;
    return record && isOf(record, code) ? { record, recipient: recipientOnDetail(doc, view.adapter) } : null;
  }
  const found = view.rowOf(code);
  return found ? { record: found.record, recipient: recipientOnRow(found.row, view.container, view.adapter) } : null;
}

/** Answers a message of TO_CONTENT; null when this frame has nothing to say. */
export function answer(type: string, data: unknown, status: PageStatus, doc = document): unknown {
  if (type === 'page.report') return reportOf(status);
  if (type === 'letter.which') return codeInFocus(status, doc);
  if (type !== 'letter.facts' && type !== 'check.record') return null;
  const asked = TO_CONTENT[type].payload.safeParse(data);
  if (!asked.success) return null;
  const { code } = asked.data;
  return type === 'letter.facts' ? letterFacts(status, doc, code) : shownDossier(status, code);
}
