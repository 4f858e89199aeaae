import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import type * as z from 'zod/mini';

/** As much of zod's own description of a schema as our schemas use. */
interface Definition {
  type: string;
  checks?: { _zod: { def: Record<string, unknown> & { check: string } } }[];
  shape?: Record<string, z.core.$ZodType>;
  element?: z.core.$ZodType;
  innerType?: z.core.$ZodType;
  options?: z.core.$ZodType[];
  entries?: Record<string, string>;
  values?: unknown[];
}

const isSchema = (value: unknown): value is z.core.$ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value;

const definitionOf = (schema: z.core.$ZodType) => schema._zod.def as unknown as Definition;

/** Limits of a text, a number or a list; every check that is not one of these is an error of the build. */
function limitsOf({ type, checks = [] }: Definition): { min: number; max: number; whole: boolean } {
  const limits = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, whole: false };
  for (const { _zod } of checks) {
    const { check, minimum, maximum, value, inclusive, format } = _zod.def;
    if (check === 'min_length') limits.min = Math.max(limits.min, minimum as number);
    else if (check === 'max_length') limits.max = Math.min(limits.max, maximum as number);
    else if (check === 'greater_than' && inclusive) limits.min = Math.max(limits.min, value as number);
    else if (check === 'less_than' && inclusive) limits.max = Math.min(limits.max, value as number);
    else if (check === 'number_format' && format === 'safeint') limits.whole = true;
    else throw new Error(`lean schemas: no lean form of the check ${check} on ${type}`);
  }
  return limits;
}

/** Schemas inside a value, itself included, as often as they stand there. */
function schemasIn(value: unknown, found: z.core.$ZodType[] = []): z.core.$ZodType[] {
  if (typeof value !== 'object' || value === null) return found;
  if (!isSchema(value)) {
    for (const inner of Object.values(value)) schemasIn(inner, found);
    return found;
  }
  const again = found.includes(value);
  found.push(value);
  const { shape, element, innerType } = definitionOf(value);
  if (!again) for (const inner of [shape, element, innerType]) schemasIn(inner, found);
  return found;
}

export interface LeanModule {
  /** Declarations of checks that stand in more than one place. */
  shared: string[];
  /** Expression of each export. */
  exports: Record<string, string>;
}

/**
 * A module's exports with its schemas in their lean form: functions of `lib/schema/lean.ts` under the name `lean`.
 * @throws for a schema that has none: better no build than a border that lets something else through.
 */
export function leanModule(module: Record<string, unknown>): LeanModule {
  const all = schemasIn(module);
  const names = new Map<z.core.$ZodType, string>();
  const shared: string[] = [];
  // Says of each call that nobody misses it when its result is not used.
  const call = (name: string, ...args: unknown[]) => `/* @__PURE__ */ lean.${name}(${args})`;
  const oneOf = (values: unknown[]) => call('oneOf', ...values.map((value) => JSON.stringify(value)));

  function checkOf(schema: z.core.$ZodType): string {
    const known = names.get(schema);
    if (known !== undefined) return known;
    const expression = expressionOf(definitionOf(schema));
    if (all.indexOf(schema) === all.lastIndexOf(schema)) return expression;
    const name = `check${names.size}`;
    names.set(schema, name);
    shared.push(`const ${name}=${expression};`);
    return name;
  }

  function expressionOf(definition: Definition): string {
    const { type, shape = {}, element, innerType, options = [], entries = {}, values = [] } = definition;
    const { min, max, whole } = limitsOf(definition);
    if (type === 'string') return call('text', Math.max(min, 0), max);
    if (type === 'number') return call('number', min, max, whole);
    if (type === 'boolean') return oneOf([true, false]);
    if (type === 'literal') return oneOf(values);
    if (type === 'enum') return oneOf(Object.values(entries));
    if (type === 'union' && options.every((option) => definitionOf(option).type === 'literal'))
      return oneOf(options.flatMap((option) => definitionOf(option).values ?? []));
    if (type === 'array' && element && min <= 0) return call('list', checkOf(element), max);
    if (type === 'object' && !('catchall' in definition)) {
      const keys = Object.entries(shape).map(([key, inner]) => `${JSON.stringify(key)}:${checkOf(inner)}`);
      return call('object', `{${keys}}`);
    }
    if (type === 'optional' && innerType) return call('maybe', checkOf(innerType), 'undefined');
    if (type === 'nullable' && innerType) return call('maybe', checkOf(innerType), 'null');
    throw new Error(`lean schemas: no lean form of ${type}`);
  }

  function exportOf(value: unknown): string {
    if (isSchema(value)) return call('schema', checkOf(value));
    if (Array.isArray(value)) return `[${value.map(exportOf)}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${exportOf(inner)}`)}}`;
  }

  const exports = Object.fromEntries(Object.entries(module).map(([name, value]) => [name, exportOf(value)]));
  return { shared, exports };
}

/**
 * Puts the lean forms of the schemas into content scripts. The schemas stay what is written and read, and what checks on
 * the other side of each message; only pages of a host get this form.
 */
export function leanSchemas(): Plugin {
  return {
    name: 'dung-hen-lean-schemas',
    enforce: 'pre',
    async load(id) {
      if (!/\/lib\/schema\/(?!index\.ts|lean\.ts)\w+\.ts$/.test(id)) return null;
      const module: Record<string, unknown> = await import(`${pathToFileURL(id).href}?${statSync(id).mtimeMs}`);
      const { shared, exports } = leanModule(module);
      const lines = Object.entries(exports).map(([name, expression]) => `export const ${name}=${expression};`);
      return ["import * as lean from './lean.ts';", ...shared, ...lines].join('\n');
    },
  };
}
