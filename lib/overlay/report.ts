import { HEALTH_FIELDS, type ListAdapter } from '../page/index.ts';
import type { PageReport } from '../schema/index.ts';
import { fieldName } from '../words/index.ts';
import type { DetailView } from './detail-view.ts';
import type { ListSummary, ListView } from './list-view.ts';

/** What a session knows about its page when somebody asks. */
export interface PageStatus {
  host: string;
  version: string;
  /** Paused here by the officer. */
  resting: boolean;
  /** Null where no reader claims the page. */
  view: ListView | DetailView | null;
  adapter: ListAdapter | null;
  /** The page is not as its reader knows it. */
  changed: boolean;
}

export const isList = (view: ListView | DetailView): view is ListView => 'container' in view;

/** What a page is and how well it could be read, for the popup. Counts and header words only. */
export function reportOf({ host, version, resting, view, adapter, changed }: PageStatus): PageReport {
  const base = { host, version, rows: 0, unreadable: 0, strangeCodes: 0, fromJson: 0 };
  const nothing = HEALTH_FIELDS.map((field) => ({ field, found: 0, expected: 0 }));
  if (resting) return { ...base, state: 'paused', adapter: null, kind: 'none', fields: nothing };
  if (!view || !adapter) return { ...base, state: 'no-adapter', adapter: null, kind: 'none', fields: nothing };
  const reader = { id: adapter.meta.id, label: adapter.meta.label };
  if (!isList(view)) {
    const { found, strangeCode, fromJson, health } = view.summary();
    return {
      ...base,
      state: found && health.ok && !changed ? 'ok' : 'changed',
      adapter: reader,
      kind: 'detail',
      rows: found ? 1 : 0,
      strangeCodes: strangeCode ? 1 : 0,
      fromJson: fromJson ? 1 : 0,
      fields: health.fields,
    };
  }
  const { rows, unreadable, strangeCodes, fromJson, health, loading } = view.summary();
  const ok = health.ok && unreadable === 0 && !changed;
  return {
    ...base,
    state: loading ? 'loading' : ok ? 'ok' : 'changed',
    adapter: reader,
    kind: 'list',
    rows,
    unreadable,
    strangeCodes,
    fromJson,
    fields: health.fields,
  };
}

/** What is wrong with a list, in plain words with the next step; null when all is well. */
export function warningOf(summary: ListSummary, changed: boolean): string | null {
  const { rows, unreadable, strangeCodes, health, refused } = summary;
  const parts: string[] = [];
  if (changed) parts.push('Trang đã khác với mẫu đã biết nên đang đọc theo tiêu đề cột.');
  const absent = health.fields
    .filter(({ found, expected }) => expected > 0 && found === 0)
    .map(({ field }) => fieldName(field));
  if (absent.length > 0) parts.push(`Không thấy: ${absent.join(', ')}. Hạn liên quan được ghi «không chắc».`);
  if (unreadable > 0) parts.push(`${unreadable} dòng không đọc được mã hồ sơ, nên không có nhãn.`);
  if (strangeCodes > 0) parts.push(`${strangeCodes} mã lạ (không theo dạng đã biết), vẫn được hiện.`);
  if (refused) parts.push('Trang liên tục gỡ nhãn nên đã ngừng gắn lại; hãy tải lại trang.');
  return rows === 0 && parts.length === 0 ? null : parts.join(' ') || null;
}
