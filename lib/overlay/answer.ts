import { recipientOnDetail, recipientOnRow } from '../page/index.ts';
import { type LetterFacts, TO_CONTENT } from '../schema/index.ts';
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

/** Who a letter goes to is read now, from what the page shows now, and kept nowhere. */
function letterFacts({ view, adapter }: PageStatus, doc: Document, code: string): LetterFacts | null {
  if (!view || !adapter) return null;
  if (!isList(view)) {
    const { record } = view;
    const same = record && (record.code === code || record.aliases.includes(code));
    return same ? { record, recipient: recipientOnDetail(doc, view.adapter) } : null;
  }
  const found = view.rowOf(code);
  return found ? { record: found.record, recipient: recipientOnRow(found.row, view.container, view.adapter) } : null;
}

/** Answers a message of TO_CONTENT; null when this frame has nothing to say. */
export function answer(type: string, data: unknown, status: PageStatus, doc = document): unknown {
  if (type === 'page.report') return reportOf(status);
  if (type === 'letter.which') return codeInFocus(status, doc);
  const asked = TO_CONTENT['letter.facts'].payload.safeParse(data);
  return type === 'letter.facts' && asked.success ? letterFacts(status, doc, asked.data.code) : null;
}
