/** Match patterns of the browsers (`https://host/*`), as far as hosts of ours are written with them. */

const PATTERN = /^(https?|\*):\/\/(\*|(?:\*\.)?[a-z0-9.-]+)(\/.*)$/;

export function isMatchPattern(pattern: string): boolean {
  return PATTERN.test(pattern);
}

/** Does the address fall under the pattern? Ports are not part of a match pattern. */
export function matchesPattern(pattern: string, url: URL): boolean {
  const [, scheme, host = '', path = ''] = PATTERN.exec(pattern) ?? [];
  if (scheme === undefined) return false;
  if (scheme === '*' ? !/^https?:$/.test(url.protocol) : url.protocol !== `${scheme}:`) return false;
  const base = host.replace(/^\*\.?/, '');
  const sameHost =
    host === '*' || url.hostname === base || (host.startsWith('*.') && url.hostname.endsWith(`.${base}`));
  if (!sameHost) return false;
  const source = path
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(url.pathname + url.search);
}
