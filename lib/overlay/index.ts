/**
 * The room of what is drawn and done on a host's page: badges, bar, panel, "Vì sao?", walking the pages. Plain DOM, no
 * framework and no browser API; it never writes to a host's field, presses only the host's own page buttons on the
 * officer's click, and leaves no trace when it stops.
 */
export * from './environment.ts';
export * from './knowledge.ts';
export * from './session.ts';
