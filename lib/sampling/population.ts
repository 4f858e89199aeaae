import { SamplingError } from './error.ts';
import { Sha256 } from './sha256.ts';

/** A dossier that can be drawn. */
export interface Unit {
  code: string;
  /** Name of its stratum; '' where the population is not divided. */
  stratum: string;
  /** Code or name of its procedure, where the list says; no part of the hash. */
  procedure?: string;
  /** Where it stands (`tệp.csv:12`), for naming it when something is wrong. */
  at?: string;
}

export interface Stratum {
  name: string;
  units: Unit[];
}

/** A list that no longer changes: each code once, in canonical order, with the hash by which it is known again. */
export interface Population {
  count: number;
  /** SHA-256 of `canonicalText`, hexadecimal. */
  sha256: string;
  /** In canonical order, as their units are. */
  strata: Stratum[];
}

const NAMED = 10;
/** Characters that are hashed at a time. */
const PIECE = 8192;
const few = (texts: readonly string[]) =>
  `${texts.slice(0, NAMED).join(', ')}${texts.length > NAMED ? ` và ${texts.length - NAMED} trường hợp khác` : ''}`;

/** Order of the UTF-8 bytes, which is the order of the code points; `<` on texts differs from it beyond U+FFFF. */
export function compareBytes(a: string, b: string): number {
  if (SURROGATE.test(a) || SURROGATE.test(b)) return comparePoints([...a], [...b]);
  return a < b ? -1 : a > b ? 1 : 0;
}

const SURROGATE = /[\ud800-\udfff]/;

function comparePoints(a: readonly string[], b: readonly string[]): number {
  const i = a.findIndex((sign, at) => sign !== b[at]);
  if (i < 0) return a.length - b.length;
  return ((a[i] as string).codePointAt(0) as number) - (b[i]?.codePointAt(0) ?? -1);
}

/** What would make two lines of one, or could not be typed again: control signs, half a pair, blanks at the ends. */
function isPlain(text: string): boolean {
  // Nearly every code; the longer way costs a second for a million.
  if (/^[!-~]+$/.test(text)) return true;
  return !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text) && text === text.trim() && text === text.normalize('NFC');
}

/**
 * Freezes a list.
 *
 * Canonical form (what is hashed): one line a dossier in order of the bytes of its code, each `code` or, in a divided population,
 * `code TAB stratum`, each ended by one line feed, in UTF-8 without a byte order mark. `LC_ALL=C sort` and `sha256sum` give the same.
 * @param pooledUnder strata of fewer dossiers become one, named «(gộp)»; 0 or 1: none do
 * @throws SamplingError for an empty list, a code that is empty, not NFC or holds control signs, codes that stand twice, a stratum of one
 */
export function freeze(list: readonly Unit[], pooledUnder = 0): Population {
  if (list.length === 0) throw new SamplingError('empty', 'danh sách không có hồ sơ nào để rút');
  const names = new Set(list.map(({ stratum }) => stratum));
  const badNames = new Set([...names].filter((name) => !isPlain(name)));
  const bad = list.filter(({ code, stratum }) => code === '' || !isPlain(code) || badNames.has(stratum));
  if (bad.length > 0)
    throw new SamplingError(
      'code',
      `mã hoặc tên nhóm trống, có ký tự điều khiển hay khoảng trắng thừa: ${few(bad.map(({ code, at }) => at ?? JSON.stringify(code)))}`,
    );
  const sorted = inOrder(pooled(list, pooledUnder));
  const twice = new Map<string, string[]>();
  sorted.forEach(({ code, at }, i) => {
    const before = sorted[i - 1];
    if (before?.code !== code) return;
    const places = twice.get(code) ?? [before.at ?? ''];
    twice.set(code, [...places, at ?? '']);
  });
  if (twice.size > 0) {
    const names = [...twice].map(([code, places]) => {
      const where = places.filter((place) => place !== '');
      return where.length > 0 ? `${code} (${where.join(', ')})` : code;
    });
    throw new SamplingError('duplicate', `${twice.size} mã đứng nhiều lần: ${few(names)}`);
  }
  const hash = new Sha256();
  let lines = '';
  const strata = new Map<string, Stratum>();
  for (const unit of sorted) {
    lines += unit.stratum === '' ? `${unit.code}\n` : `${unit.code}\t${unit.stratum}\n`;
    if (lines.length > PIECE) {
      hash.add(lines);
      lines = '';
    }
    const stratum = strata.get(unit.stratum);
    if (stratum) stratum.units.push(unit);
    else strata.set(unit.stratum, { name: unit.stratum, units: [unit] });
  }
  const single = [...strata.values()].filter(({ units }) => units.length === 1);
  if (single.length > 0 && strata.size > 1)
    throw new SamplingError(
      'single',
      `nhóm chỉ có một hồ sơ, không tính được sai số: ${few(single.map(({ name }) => `«${name}»`))}; hãy gộp nhóm nhỏ hoặc bỏ chia nhóm`,
    );
  return {
    count: sorted.length,
    sha256: hash.add(lines).hex(),
    strata: [...strata.values()].sort((a, b) => compareBytes(a.name, b.name)),
  };
}

/**
 * Units in canonical order. A million codes are compared twenty million times, and the engine's own order of texts (the same, but
 * for surrogates) takes a third of the time of one that asks us.
 */
function inOrder(units: Unit[]): Unit[] {
  const known = new Map(units.map((unit) => [unit.code, unit]));
  if (known.size < units.length || units.some(({ code }) => SURROGATE.test(code)))
    return units.sort((a, b) => compareBytes(a.code, b.code));
  return [...known.keys()].sort().map((code) => known.get(code) as Unit);
}

const POOL = '(gộp)';

function pooled(list: readonly Unit[], under: number): Unit[] {
  const counts = new Map<string, number>();
  for (const { stratum } of list) counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
  const small = (name: string) => (counts.get(name) as number) < under;
  return under > 1 ? list.map((unit) => (small(unit.stratum) ? { ...unit, stratum: POOL } : unit)) : [...list];
}
