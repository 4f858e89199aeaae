import { clean } from '../text/index.ts';
import headers from './data/headers.json' with { type: 'json' };
import data from './data/recipient.json' with { type: 'json' };
import { headerKey, isEmptyWord } from './headers.ts';

/** Words around the persons of a dossier. Nothing here keeps what it is given: no caches, because the texts hold people. */

export type Role = 'owner' | 'submitter' | 'authorised';
export type Part = 'name' | 'organisation' | 'address' | 'phone' | 'tax' | 'identity';

/** What a label stands for; `role` is null where only what is around it can say whose it is. */
export interface Meaning {
  role: Role | null;
  part: Part;
  /** A word that another of the same role outranks: "Chủ đầu tư" beside "Chủ hồ sơ". */
  weak?: boolean;
}

const ROLES = Object.entries(data.roles) as [Role, string[]][];
const PARTS = ['address', 'phone', 'tax', 'identity'] as const;

const meanings = new Map<string, Meaning>();
for (const part of PARTS) for (const words of data[part]) meanings.set(headerKey(words), { role: null, part });
for (const words of data.names) meanings.set(headerKey(words), { role: null, part: 'name' });
for (const words of data.organisations) meanings.set(headerKey(words), { role: null, part: 'organisation' });
for (const [role, list] of ROLES) {
  for (const person of list) {
    const weak = person !== list[0];
    const add = (words: string, part: Part) => {
      for (const link of ['', 'của']) meanings.set(headerKey(`${words} ${link} ${person}`), { role, part, weak });
    };
    meanings.set(headerKey(person), { role, part: 'name', weak });
    for (const words of data.nameOf) add(words, 'name');
    for (const part of PARTS) for (const words of data[part]) add(words, part);
  }
}

const otherLabels = new Set(data.labels.map(headerKey));
for (const { strong, weak } of headers.fields)
  for (const words of [...strong, ...weak]) otherLabels.add(headerKey(words));

/** "1. Chủ hồ sơ", "II. Thông tin…": the number is no part of the words. */
const keyOf = (text: string) => headerKey(text).replace(/^(?:\d{1,2}|[ivx]{1,4}) (?=\S)/, '');

/** Nothing that is longer is a label or a heading. */
const WORDS_AT_MOST = 80;

/** What a label stands for, by its words and nothing but its words; null when it is none of a person's. */
export function meaningOf(text: string): Meaning | null {
  return text.length > WORDS_AT_MOST ? null : (meanings.get(keyOf(text)) ?? null);
}

/** True for words that are a label, a person's or another's, and so are never a value. */
export function isLabelText(text: string): boolean {
  if (text.length > WORDS_AT_MOST) return false;
  return /[:：]\s*$/.test(text) || meaningOf(text) !== null || otherLabels.has(keyOf(text));
}

const headingRoles = ROLES.map(([role, list]) => [role, list.map((words) => ` ${headerKey(words)} `)] as const);
const plainHeadings = data.plainHeadings.map((words) => ` ${headerKey(words)} `);

/** Whose block a heading opens: a role's, the dossier's as a whole (`plain`), or somebody else's (`foreign`). */
export function sectionOfHeading(text: string): Role | 'plain' | 'foreign' {
  const padded = ` ${keyOf(text)} `;
  const named = headingRoles.filter(([, list]) => list.some((words) => padded.includes(words))).map(([role]) => role);
  // "Người nộp được ủy quyền" names one person with two words.
  if (named.includes('authorised') && !named.includes('owner')) return 'authorised';
  const [only, second] = named;
  if (only !== undefined) return second === undefined ? only : 'plain';
  return plainHeadings.some((words) => padded.includes(words)) ? 'plain' : 'foreign';
}

const LENGTH_AT_MOST = 300;
const CUT = /^(?:\.{3}|…)|(?:\.{3}|…)$/;

/** True for a text that the host has shortened ("Công ty TNHH…", OpenCPS's "...hường Không Thật"). */
export const isCut = (text: string) => CUT.test(text.trim());

/**
 * A text of a person as it goes into a letter: NFC, one line, at most 300 characters, without control and other invisible
 * characters; otherwise as the page shows it. Undefined when it is empty, cut, or a label.
 */
export function personText(text: string): string | undefined {
  const bare = clean(clean(text).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\uFFFE\uFFFF]/gu, ''));
  if (isEmptyWord(bare) || isCut(bare) || isLabelText(bare)) return undefined;
  return bare
    .slice(0, LENGTH_AT_MOST)
    .replace(/\p{Cs}$/u, '')
    .trimEnd();
}

/** True when a name begins with the words of an organisation (data), marks and all. */
export function isOrganisationName(name: string): boolean {
  const words = name
    .normalize('NFC')
    .toLocaleLowerCase('vi')
    .replace(/^[^\p{L}]+/u, '');
  return data.organisationWords.some((first) => {
    const next = words.charAt(first.length);
    return words.startsWith(first) && !/[\p{L}\p{N}]/u.test(next);
  });
}

interface Labelled {
  meaning: Meaning;
  value: string;
}

/** The label that ends at the end of `text`: all of it, or (`within`) its last words. `at` is where it begins. */
function labelAtEnd(text: string, within: boolean): { meaning: Meaning | null; at: number } | null {
  const starts = [...text.matchAll(/[^\s;,|.–-]+/gu)].map(({ index }) => index);
  for (const at of within ? starts.slice(-8) : starts.slice(0, 1)) {
    const words = text.slice(at);
    const meaning = meaningOf(words);
    if (meaning !== null || isLabelText(words)) return { meaning, at };
  }
  return null;
}

/**
 * The labelled values of one line: "Chủ hồ sơ: A; ĐT: 09…". The line must begin with a label that is known, because free
 * text may quote one; a value ends at the next label.
 */
export function splitLabelled(line: string): Labelled[] {
  const labels: { meaning: Meaning | null; at: number; from: number }[] = [];
  for (let colon = line.indexOf(':'); colon !== -1; colon = line.indexOf(':', colon + 1)) {
    const floor = labels.at(-1)?.from ?? 0;
    const found = labelAtEnd(line.slice(floor, colon), labels.length > 0);
    if (found !== null) labels.push({ meaning: found.meaning, at: floor + found.at, from: colon + 1 });
    else if (labels.length === 0) return [];
  }
  return labels.flatMap(({ meaning, from }, i) => {
    if (meaning === null) return [];
    const end = labels[i + 1]?.at;
    const value = line.slice(from, end);
    return [{ meaning, value: end === undefined ? value : value.replace(/[\s;,|–-]+$/u, '') }];
  });
}
