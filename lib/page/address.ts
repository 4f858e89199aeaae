import type { Dossier } from '../schema/index.ts';
import type { ListAdapter } from './adapter.ts';

/** Full address that opens a dossier, for the worklist; null when the system has no such address. */
export function addressOf(adapter: ListAdapter, record: Pick<Dossier, 'code' | 'systemId'>, page: URL): string | null {
  const path = adapter.link(record, page);
  return path === null ? null : page.origin + path;
}
