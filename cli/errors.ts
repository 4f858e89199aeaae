/** Bad input or a failure that is ours to explain: one line on stderr, exit 2. */
export class InputError extends Error {}

/** Exit codes of every command (design §14). */
export const EXIT = { done: 0, findings: 1, failure: 2 } as const;
