import type { Basis } from '../deadline/index.ts';
import type { ListAdapter } from '../page/index.ts';
import type { SeenDossier } from '../schema/index.ts';
import type { Knowledge } from './knowledge.ts';

/** What a view is given; it reaches for nothing else, so the same code runs in a browser and in happy-dom. */
export interface Environment extends Basis {
  doc: Document;
  url(): URL;
  /** Epoch minutes. */
  now(): number;
  knowledge: Knowledge;
  /** False once the extension was updated or removed under this page. */
  alive(): boolean;
  /** Dossiers that are new or have changed, for the worklist. */
  seen(items: SeenDossier[], adapter: ListAdapter): void;
  /** Brings the second script into this frame; see `Supplement`. Never rejects. */
  loadSupplement(): Promise<unknown>;
}
