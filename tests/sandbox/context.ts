/**
 * What the server hands to each simulated host. One process serves all of them, each on its own port (that is: each
 * its own origin); the population lives in memory and is read at every request, so a test may change a
 * dossier and press the host's own refresh button.
 */

import type { Population } from './types.ts';

export type ListenerId = 'igate' | 'gateway' | 'opencps' | 'webforms';

export interface RequestEntry {
  host: ListenerId;
  method: string;
  /** Path with its query. */
  path: string;
  /** Epoch milliseconds. */
  at: number;
}

/** Every request in order. The server writes it; the handlers of the hosts do not. */
export type RequestLog = RequestEntry[];

export interface HostContext {
  population: Population;
  /**
   * The same city with more dossiers (for 2 000-row pages). Its first dossiers are the objects of `population`; each
   * size is made once.
   */
  extended(count: number): Population;
  log: RequestLog;
  /** Without a closing slash; filled in once all ports are known. */
  urls?: Record<ListenerId, string>;
}

/** How many dossiers the city has on pages of 2 000: more than one page even after the new ones are left out. */
export const BIG_COUNT = 2400;
