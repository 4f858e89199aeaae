/** What may be told of a call in a log, on a screen or in a report: no secret, no person, no code, no query value. */

const UPSTREAM_LENGTH = 200;
/** A word, or a version such as v2 and v2_1: anything else in a path may be a code or a token. */
const PLAIN_SEGMENT = /^[A-Za-z][A-Za-z_-]{0,39}(?:\d{1,2}(?:_\d{1,2})?)?$/;
const SECRET_NAME = /pass|secret|token|session|key|auth|pwd|mat_?khau/i;

/** A path for a log: segments that are not plain words become `*`; of the query only the names stay. */
export function pathForLog(path: string, queryNames: readonly string[] = []): string {
  const [bare = ''] = path.split(/[?#]/);
  const segments = bare.split('/').filter((segment) => segment !== '');
  const shown = segments.map((segment) => (PLAIN_SEGMENT.test(segment) ? segment : '*')).join('/');
  return `/${shown}${queryNames.length > 0 ? `?${queryNames.join('&')}` : ''}`;
}

/** Texts of a request that must never be seen again, in whatever the other side echoes. */
export function secretsOf(headers: Readonly<Record<string, string>>, body: unknown): string[] {
  const found = Object.values(headers);
  const visit = (value: unknown, secret: boolean): void => {
    if (typeof value === 'string') {
      if (secret) found.push(value);
    } else if (value && typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) visit(inner, secret || SECRET_NAME.test(name));
    }
  };
  visit(body, false);
  return found.filter((text) => text.length >= 4);
}

/** Numbers as long as an identity number or a telephone number, addresses of mail, and whatever looks like a key. */
const SUSPECT: readonly RegExp[] = [
  /\b(?:bearer|basic)\s+\S+/gi,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  /[A-Za-z0-9+/_=-]{24,}/g,
  /\d(?:[ .-]?\d){5,}/g,
];

/** First words of an upstream's text, fit for a screen: one line, short, secrets and suspected persons as `…`. */
export function quote(text: string, secrets: readonly string[] = []): string {
  let shown = text.slice(0, 20 * UPSTREAM_LENGTH);
  for (const secret of secrets) shown = shown.replaceAll(secret, '…');
  for (const pattern of SUSPECT) shown = shown.replace(pattern, '…');
  return shown.replace(/\s+/g, ' ').trim().slice(0, UPSTREAM_LENGTH);
}

const WORDS = ['message', 'description', 'error_description', 'errormessage', 'detail', 'error', 'title'];

/**
 * What an error body says for a person, or undefined. Of JSON only the fields that hold words are taken: the rest may be
 * somebody's dossier. Of a proxy's page the title, else its text.
 */
export function wordsOf(body: string, secrets: readonly string[]): string | undefined {
  const text = body.trim();
  let said: string | undefined;
  if (/^[[{]/.test(text)) said = fieldOf(text);
  else if (text.startsWith('<')) {
    const bare = text.replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ');
    said = /<title[^>]*>([^<]*)/i.exec(bare)?.[1] ?? bare.replace(/<[^>]*>/g, ' ');
  } else said = text;
  return said === undefined ? undefined : quote(said, secrets) || undefined;
}

function fieldOf(json: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!value || typeof value !== 'object') return undefined;
  const byName = new Map(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), inner]));
  for (const name of WORDS) {
    const words = byName.get(name);
    if (typeof words === 'string' && words.trim() !== '') return words;
  }
  return undefined;
}
