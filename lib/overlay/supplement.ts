import type { PageAdapter, pickAdapter } from '../page/index.ts';
import type { answer } from './answer.ts';
import type { BadgeModel } from './badge.ts';
import type { DetailView } from './detail-view.ts';
import type { Environment } from './environment.ts';
import type { walkPages } from './page-walk.ts';
import type { warningOf } from './report.ts';

/**
 * What a list does not need at once: other adapters, pages of one dossier, "Vì sao?", walking the pages. It is a script of its
 * own, put into this frame on demand, because every list of every officer pays for the bytes of the first one.
 */
export interface Supplement {
  pickAdapter: typeof pickAdapter;
  startDetail(adapter: PageAdapter, root: Element, env: Environment, passed: () => void): DetailView;
  openWhy(near: HTMLElement, model: BadgeModel, env: Environment): void;
  closeWhy(): void;
  answer: typeof answer;
  warningOf: typeof warningOf;
  /** Takes away everything that the supplement itself has put into the page. */
  dispose(): void;
  walkPages: typeof walkPages;
}

/** Where the two scripts meet: on the isolated world's own global, which no script of the page can see. */
const MEETING = '__dungHenSupplement';
const scope = globalThis as { [MEETING]?: (supplement: Supplement) => void };

/** Called by the second script as it starts. Nobody may be waiting: the frame can have gone to another page meanwhile. */
export function offerSupplement(supplement: Supplement): void {
  scope[MEETING]?.(supplement);
}

/** The supplement of this frame, and the one way to it. */
export class SupplementLoader {
  /** Null until it has been asked for and has come. */
  current: Supplement | null = null;
  readonly #load: () => Promise<unknown>;
  #loading: Promise<Supplement | null> | null = null;

  /** @param load resolves when the second script has run in this frame, or could not; never rejects. */
  constructor(load: () => Promise<unknown>) {
    this.#load = load;
  }

  /** Null when it cannot be had, as under an extension that was updated; asking again tries again. */
  get(): Promise<Supplement | null> {
    this.#loading ??= this.#fetch();
    return this.#loading;
  }

  async #fetch(): Promise<Supplement | null> {
    if (!this.current) {
      scope[MEETING] = (supplement) => {
        this.current = supplement;
      };
      await this.#load();
      delete scope[MEETING];
    }
    this.#loading = null;
    return this.current;
  }
}
