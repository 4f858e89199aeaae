import type { Recipient } from '../schema/index.ts';
import type { ListAdapter, PageAdapter } from './adapter.ts';
import { linesOf, textOf } from './cells.ts';
import data from './data/recipient.json' with { type: 'json' };
import { headerKey } from './headers.ts';
import {
  isCut,
  isOrganisationName,
  type Meaning,
  meaningOf,
  type Part,
  personText,
  type Role,
  splitLabelled,
} from './people.ts';
import { type Fact, factsBelow } from './people-on-page.ts';
import { bodyCells, readTable } from './table.ts';

/**
 * Who a letter goes to, read from the page at the moment of drafting and at no other. The record of a dossier holds no
 * person, by design; what comes from here is handed to the draft and is never stored, logged or sent anywhere else.
 */

const sameName = (a: string, b: string) => headerKey(a) === headerKey(b) && a.length === b.length;

/** Puts facts together: of each person the strongest, then the first. */
function settle(facts: readonly Fact[]): Recipient {
  const ordered = [...facts].sort((a, b) => b.strength - a.strength);
  const of = (role: Role | null, ...parts: Part[]) =>
    ordered.find((fact) => fact.role === role && parts.includes(fact.part));
  const nameOf = (role: Role | null) => of(role, 'name', 'organisation')?.value;

  const submitter = nameOf('submitter');
  const authorised = nameOf('authorised');
  // "Họ và tên" of nobody in particular is the applicant, where the page names nobody else and only one of them.
  const unnamed = new Set(
    ordered.flatMap(({ role, part, value }) => (role === null && part === 'name' ? [value] : [])),
  );
  const alone = submitter === undefined && authorised === undefined && unnamed.size === 1;
  const owner = nameOf('owner') ?? (alone ? [...unnamed][0] : undefined);

  const result: Recipient = {};
  if (owner !== undefined) result.owner = owner;
  if (submitter !== undefined) result.submitter = submitter;
  if (authorised !== undefined) result.authorised = authorised;

  const person = owner ?? submitter;
  const role = owner === undefined ? 'submitter' : of('owner', 'name', 'organisation') ? 'owner' : null;
  const taxed = of(role, 'tax') !== undefined && of(role, 'identity') === undefined;
  const titled = of(role, 'name', 'organisation')?.part === 'organisation';
  if (person !== undefined && (taxed || titled || isOrganisationName(person))) result.organisation = true;

  // Address and phone of the one the letter goes to; another's only where the page calls him by the same name.
  const addressee = authorised ?? person;
  const names: [Role | null, string | undefined][] = [
    ['authorised', authorised],
    [role, person],
    ['owner', owner],
    ['submitter', submitter],
  ];
  for (const part of ['address', 'phone'] as const) {
    for (const [whose, name] of names) {
      if (addressee === undefined || name === undefined || !sameName(name, addressee)) continue;
      const value = of(whose, part)?.value;
      if (value !== undefined) result[part] ??= value;
    }
  }
  return result;
}

/** A block that hangs beside the application, if the page names it by a button and just one such block names a person. */
function detachedFacts(root: Element, adapter: PageAdapter): Fact[] {
  return data.detached.flatMap(({ adapter: id, css, role }) => {
    if (id !== adapter.meta.id) return [];
    const buttons = [...root.querySelectorAll('a, button')].map((button) => meaningOf(textOf(button)));
    if (!buttons.some((meaning) => meaning?.role === role && meaning.part === 'name')) return [];
    const blocks = [...root.ownerDocument.querySelectorAll(css)].map(factsBelow);
    const [only, second] = blocks.filter((facts) => facts.some(({ part }) => part === 'name'));
    if (only === undefined || second !== undefined) return [];
    return only.map((fact) => ({ ...fact, role: role as Role }));
  });
}

/**
 * Whom the detail page names. A field is left out where the page does not say it; `address` and `phone` are those of the
 * one the letter goes to (authorised, else owner, else submitter), and are left out where they could be another's.
 */
export function recipientOnDetail(doc: Document, adapter: PageAdapter): Recipient {
  const root = adapter.detailRoot(doc);
  return root === null ? {} : settle([...factsBelow(root), ...detachedFacts(root, adapter)]);
}

const COLUMN_CLASS = /(?:^|\s)(?:cdk|mat)-column-([\w-]+)/;
const HEADER_PARTS = /\s*(?:[\n/;,&|–-]|\svà\s)\s*/u;

/** What a column holds, in the order of its header; by the header's words, else by the class of its cells. */
function meaningsOfColumn(title: string, cell: Element): (Meaning | null)[] {
  const whole = meaningOf(title);
  if (whole !== null) return [whole];
  const parts = title.split(HEADER_PARTS).map(meaningOf);
  if (parts.some((part) => part !== null)) return parts;
  const name = COLUMN_CLASS.exec(cell.className)?.[1] ?? '';
  const role = Object.hasOwn(data.columnClasses, name) ? (data.columnClasses as Record<string, Role>)[name] : undefined;
  return role === undefined ? [] : [{ role, part: 'name' }];
}

/** A column of names without a role is the applicant's. */
const factOf = ({ role, part }: Meaning, text: string): Fact[] => {
  const value = personText(text);
  const isName = part === 'name' || part === 'organisation';
  return value === undefined ? [] : [{ role: role ?? (isName ? 'owner' : null), part, value, strength: 1 }];
};

const labelledFacts = (lines: readonly string[]) =>
  lines.flatMap((line) => splitLabelled(line).flatMap(({ meaning, value }) => factOf(meaning, value)));

function factsInCell(cell: Element, title: string): Fact[] {
  const meanings = meaningsOfColumn(title, cell);
  if (!meanings.some((meaning) => meaning !== null)) return [];
  const lines = linesOf(cell);
  const labelled = labelledFacts(lines);
  const own = lines.filter((line) => splitLabelled(line).length === 0);
  const [first, ...more] = meanings;
  if (more.length === 0) {
    const text = own[0] ?? '';
    const full = isCut(text) ? (cell.querySelector('[title]') ?? cell).getAttribute('title') : null;
    return [...(first ? factOf(first, full ?? text) : []), ...labelled];
  }
  // "Người nộp / Chủ hồ sơ": as many lines as words in the header, in its order; one line under two persons is the applicant.
  if (own.length === meanings.length) {
    return [...own.flatMap((line, i) => (meanings[i] ? factOf(meanings[i], line) : [])), ...labelled];
  }
  const people = meanings.every((meaning) => meaning?.part === 'name');
  return [...(people && own.length === 1 ? factOf({ role: 'owner', part: 'name' }, own[0] ?? '') : []), ...labelled];
}

/** An address without a role is that of the only person in the row. */
function assigned(facts: readonly Fact[]): Fact[] {
  const roles = new Set(facts.flatMap(({ role, part }) => (part === 'name' || part === 'organisation' ? [role] : [])));
  const [only = null] = roles.size === 1 ? roles : [];
  return facts.map((fact) => (fact.role === null ? { ...fact, role: only } : fact));
}

/**
 * Whom a row of a list names, by the words or the class of its columns, or by labels in a merged cell. Only of rows that
 * the adapter reads as a dossier.
 */
export function recipientOnRow(row: Element, container: Element, adapter: ListAdapter): Recipient {
  const table = row.closest(data.tables);
  if (table === null || !container.contains(row)) return {};
  const context = { url: new URL(row.ownerDocument.URL), readAt: 0 };
  if (adapter.readRows(container, context, [row]).rows.length !== 1) return {};
  const shape = readTable(table);
  const cells = shape && bodyCells(row, shape.titles.length);
  const facts = cells ? Array.from(cells).flatMap((cell, i) => factsInCell(cell, shape.titles[i] ?? '')) : [];
  if (facts.length > 0) return settle(assigned(facts));
  // No column of persons: the narrow screen has all in one cell, under labels.
  const [block] = [...row.children].map(linesOf).filter((lines) => lines.length > 2);
  return settle(assigned(labelledFacts(block ?? [])));
}
