import type { Basis } from '../deadline/index.ts';
import type { ListAdapter } from '../page/index.ts';
import type { SeenDossier, ToBackground } from '../schema/index.ts';
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
  /** Dossiers that are new or have changed, for the worklist. Resolves with SeenLetters when the background answers; never rejects. */
  seen(items: SeenDossier[], adapter: ListAdapter): Promise<unknown>;
  /** Asks the background; undefined when it does not answer. Never rejects. */
  ask(type: ToBackground, data: unknown): Promise<unknown>;
}
