/** Header cells of the table families we know; a change there means every row has to be read anew. */
const HEADER = 'thead, th, [role="columnheader"], .cdk-header-row, .mat-header-row, .GridHeader';

interface Told {
  /** One known row changed. */
  row(element: Element): void;
  /** Rows may have come or gone; `all` when the header changed. */
  structure(all: boolean): void;
}

/**
 * Watches one list container and says which rows changed. Changes elsewhere in the container (a paginator, a clock) cost
 * a walk up the tree and nothing more.
 */
export class RowWatch {
  readonly #container: Element;
  readonly #told: Told;
  readonly #observer: MutationObserver;
  #rows: ReadonlySet<Element> = new Set();
  /** Elements between the container and the rows: only changes to their children can add or remove rows. */
  #spine = new Set<Node>();

  constructor(container: Element, told: Told) {
    this.#container = container;
    this.#told = told;
    this.#observer = new MutationObserver((records) => this.#handle(records));
    this.#observer.observe(container, { childList: true, subtree: true, characterData: true });
  }

  setRows(rows: ReadonlySet<Element>): void {
    this.#rows = rows;
    this.#spine = new Set([this.#container]);
    let last: Element | null = null;
    for (const row of rows) {
      if (row.parentElement === last) continue;
      last = row.parentElement;
      for (let up: Element | null = last; up && up !== this.#container; up = up.parentElement) this.#spine.add(up);
    }
  }

  /** Drops what was recorded so far: it was our own writing. */
  forget(): void {
    this.#observer.takeRecords();
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  #handle(records: readonly MutationRecord[]): void {
    // A list that is being drawn for the first time: thousands of records that say one thing.
    if (this.#rows.size === 0) {
      this.#told.structure(false);
      return;
    }
    let structure = false;
    let header = false;
    for (const record of records) {
      const row = this.#rowOf(record.target);
      if (row) this.#told.row(row);
      else if (this.#spine.has(record.target)) structure = true;
      else if (!header && this.#inHeader(record.target)) header = true;
    }
    if (structure || header) this.#told.structure(header);
  }

  #rowOf(node: Node): Element | null {
    for (let up: Node | null = node; up && up !== this.#container; up = up.parentNode) {
      if (this.#rows.has(up as Element)) return up as Element;
    }
    return null;
  }

  #inHeader(node: Node): boolean {
    const element = node instanceof Element ? node : node.parentElement;
    return element?.closest(HEADER) != null;
  }
}
