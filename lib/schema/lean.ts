/**
 * What a schema of this room becomes in a host's page (scripts/vite-schemas.ts writes it while building): the same yes or no,
 * the same value, without messages and without a library of 20 kB that every list of every officer would pay for.
 * tests/unit/lean-schemas.test.ts holds both against each other.
 */

const BAD = Symbol('bad');

/** The value as it goes on, or BAD. */
type Check = (value: unknown) => unknown;

/** Lengths count characters, not UTF-16 units, as zod's do; a text of twice as many units need not be counted. */
export const text =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === 'string' &&
    value.length >= min &&
    (value.length <= max || (value.length <= max * 2 && [...value].length <= max))
      ? value
      : BAD;

export const number =
  (min: number, max: number, whole: boolean): Check =>
  (value) =>
    (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
    (value as number) >= min &&
    (value as number) <= max
      ? value
      : BAD;

export const oneOf =
  (...values: unknown[]): Check =>
  (value) =>
    values.includes(value) ? value : BAD;

/** `or` stands for nothing: undefined or null. */
export const maybe =
  (check: Check, or: undefined | null): Check =>
  (value) =>
    value === or ? value : check(value);

export const list =
  (item: Check, max: number): Check =>
  (value) => {
    if (!Array.isArray(value) || value.length > max) return BAD;
    const result: unknown[] = [];
    for (const inner of value) {
      const checked = item(inner);
      if (checked === BAD) return BAD;
      result.push(checked);
    }
    return result;
  };

/** Keys that the shape does not name are left out. */
export const object =
  (shape: Record<string, Check>): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return BAD;
    const result: Record<string, unknown> = {};
    for (const key in shape) {
      const checked = shape[key]?.((value as Record<string, unknown>)[key]);
      if (checked === BAD) return BAD;
      if (key in value) result[key] = checked;
    }
    return result;
  };

export const schema = (check: Check) => ({
  safeParse(value: unknown): { success: true; data: unknown } | { success: false } {
    const data = check(value);
    return data === BAD ? { success: false } : { success: true, data };
  },
});
