import { mergeReadings } from '../dossier/index.ts';
import { fromWire } from '../observe/index.ts';
import { type Dossier, MAX_BATCH_LENGTH, WireBatch, WireDossier } from '../schema/index.ts';

/** Answers kept per page; the oldest go first. A long day of paging must not grow without end. */
const CAP = 6000;

/**
 * What this page has fetched about dossiers, by every code they have. Filled only through the private port; what comes
 * in is checked as if an enemy had sent it, and can only add to what the screen shows, never contradict it.
 */
export class Knowledge {
  readonly #byCode = new Map<string, Dossier>();

  /**
   * Takes one message of the port.
   * @returns the codes that are now known better; empty for anything malformed.
   */
  learn(message: unknown, readAt: number): string[] {
    if (typeof message !== 'string' || message.length > MAX_BATCH_LENGTH) return [];
    let body: unknown;
    try {
      body = JSON.parse(message);
    } catch {
      return [];
    }
    const batch = WireBatch.safeParse(body);
    if (batch.success) return batch.data.records.flatMap((wire) => this.#keep(wire, batch.data.adapter, readAt));
    // One bad record must not cost the officer the other nineteen.
    const loose = body as { adapter?: unknown; records?: unknown } | null;
    if (typeof loose?.adapter !== 'string' || !Array.isArray(loose.records)) return [];
    const adapter = loose.adapter.slice(0, 40);
    return loose.records.slice(0, 5000).flatMap((item) => {
      const wire = WireDossier.safeParse(item);
      return wire.success ? this.#keep(wire.data, adapter, readAt) : [];
    });
  }

  #keep(wire: WireDossier, adapter: string, readAt: number): string[] {
    const record = fromWire(wire, adapter, readAt);
    const codes = [record.code, ...record.aliases];
    for (const code of codes) {
      this.#byCode.delete(code);
      this.#byCode.set(code, record);
    }
    while (this.#byCode.size > CAP) {
      const oldest = this.#byCode.keys().next().value;
      if (oldest === undefined) break;
      this.#byCode.delete(oldest);
    }
    return codes;
  }

  /** The screen's reading, completed with what the page fetched about the same dossier. */
  complete(shown: Dossier): Dossier {
    const known = this.#byCode.get(shown.code) ?? this.#byAlias(shown);
    return known ? mergeReadings(known, shown) : shown;
  }

  #byAlias(shown: Dossier): Dossier | undefined {
    for (const alias of shown.aliases) {
      const known = this.#byCode.get(alias);
      if (known) return known;
    }
    return undefined;
  }
}
