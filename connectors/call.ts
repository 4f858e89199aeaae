import type { Failure, Result } from './errors.ts';
import type { Again } from './retry.ts';

/** What a schema of zod (or any other) must be able to do here. */
export interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
}

export interface HttpCall<T> {
  method?: 'GET' | 'POST';
  /** Under the base address; codes in it are already encoded. */
  path: string;
  query?: Record<string, string | number>;
  json?: unknown;
  form?: Record<string, string>;
  headers?: Record<string, string>;
  schema: Schema<T>;
  /** Safe to make again when there was no answer. Default: true for GET, false for POST. */
  repeatable?: boolean;
  /** Looks at the body of a 2xx answer before the schema: a refusal inside HTTP 200 is a failure. */
  refuse?: (body: unknown, status: number) => Failure | null;
  /** What 204 or an empty body means; without it an empty body is a failure. */
  empty?: T;
  /** What HTTP 404 with a JSON body means ("has none"). The 404 page of a proxy stays a failure. */
  notFound?: T;
  signal?: AbortSignal;
  /** For logs and `Failure.call`, where the path says too little. */
  name?: string;
}

/** How one try ended. */
export interface Tried<T> {
  result: Result<T>;
  again: Again;
  /** HTTP status, when there was an answer. */
  status?: number;
}
