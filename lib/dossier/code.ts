import { clean } from '../text/index.ts';
import data from './data/code-forms.json' with { type: 'json' };

const LETTER_OR_DIGIT = '[0-9A-Za-zÀ-ỹĐđ]';
const source = data.forms.map((form) => form.pattern).join('|');
const anywhere = new RegExp(`(?<!${LETTER_OR_DIGIT}|[.\\-/])(?:${source})(?!${LETTER_OR_DIGIT}|-\\d)`, 'g');
const whole = new RegExp(`^(?:${source})$`);

/** True when the text is, as a whole, a dossier code in a known form. */
export function isKnownCode(text: string): boolean {
  return whole.test(text);
}

export interface CellCodes {
  code: string;
  aliases: string[];
  codeKnown: boolean;
}

/**
 * The codes in one cell. A cell holds more than the code: a second code, "DVCQG:", "Hồ sơ trực tuyến". The first
 * code of a known form is the dossier's, the others are aliases. Without any known form the first line that
 * is not empty is the code, marked as strange ("mã lạ"), because dropping a row would hide it.
 * `lines` are the cell's text lines in order. Null when the cell is empty.
 */
export function readCodes(lines: readonly string[]): CellCodes | null {
  const found: string[] = [];
  let firstLine = '';
  for (const line of lines) {
    const text = clean(line);
    if (text === '') continue;
    firstLine ||= text;
    for (const match of text.matchAll(anywhere)) if (!found.includes(match[0])) found.push(match[0]);
  }
  const [code, ...aliases] = found;
  if (code !== undefined) return { code, aliases: aliases.slice(0, 8), codeKnown: true };
  return firstLine === '' ? null : { code: firstLine.slice(0, 120), aliases: [], codeKnown: false };
}
