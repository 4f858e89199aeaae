import type { SecretRef, Upstream } from './config.ts';

/** Which secrets a configuration points at, for those who have to ask a person for them. */

/** What a kind of system is called. */
export const UPSTREAM_KINDS: Record<Upstream['kind'], string> = {
  opencps: 'hệ thống TTHC (OpenCPS)',
  dvcqg: 'Cổng DVCQG',
  lgsp: 'LGSP-HCM',
  file: 'tệp xuất',
};

/** The name a secret goes by: of its variable, or of its file. */
export const secretNameOf = (ref: SecretRef): string => ('env' in ref ? ref.env : ref.file);

/** Secrets of one system, each name once, in the order of the file. */
export function secretsOf(upstream: Upstream): SecretRef[] {
  const found = new Map<string, SecretRef>();
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    const { env, file } = value as { env?: unknown; file?: unknown };
    const keys = Object.keys(value);
    if (keys.length === 1 && (typeof env === 'string' || typeof file === 'string')) {
      const ref = value as SecretRef;
      found.set(secretNameOf(ref), ref);
    } else for (const part of Object.values(value)) walk(part);
  };
  walk(upstream);
  return [...found.values()];
}
