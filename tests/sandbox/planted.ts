/**
 * The books of the three systems from one population: alike, except for the cases of `planted-kinds.ts`. A pure
 * function of the population and the options; what a comparison must find is told per dossier in `expected`.
 */

import { DIFFERENCE_CLASSES, SIDES, type Side } from '../../lib/reconcile/types.ts';
import { makeRng, type Rng } from './city/rng.ts';
import { STATUS_TEXTS } from './city/words.ts';
import { dayOf, isoDay } from './naive-time.ts';
import { DAY, type DossierRows, type PlantKind } from './planted-case.ts';
import { OUTSIDE_PREFIX } from './planted-explained.ts';
import { PLANT_KINDS } from './planted-kinds.ts';
import type { BookRow, Expectation, Planted, PlantOptions } from './planted-types.ts';
import { makePopulation } from './population.ts';
import type { Population, SandboxDossier } from './types.ts';

export type { BookRow, Expectation, Planted, PlantOptions } from './planted-types.ts';

/** Younger records are left alone: a difference in them could also be the lag of the transfer. */
const SETTLED = 4 * DAY;

/** The seed's dossiers, `count` of them received. */
export interface PlantSource {
  seed: string;
  /** Epoch minutes. */
  now: number;
  count: number;
}

/**
 * Only dossiers that were received stand in the books: the nation leaves the others out as well (protocols.md §1.11),
 * and partitions are days of receipt.
 */
function received(source: Population | PlantSource): Population {
  if ('dossiers' in source) return { ...source, dossiers: source.dossiers.filter(isReceived) };
  // About one in nine is not received yet; the population does not change when more of it is asked for.
  const population = makePopulation({ ...source, count: Math.ceil(source.count * 1.15) + 40 });
  return { ...population, dossiers: population.dossiers.filter(isReceived).slice(0, source.count) };
}

const isReceived = ({ receivedAt }: SandboxDossier): boolean => receivedAt !== undefined;

function bookRow(dossier: SandboxDossier): BookRow {
  const { index, status, completedAt, returnedAt, step } = dossier;
  const receivedAt = dossier.receivedAt ?? 0;
  // Wires have seconds, the population has minutes.
  const second = (index * 7) % 60;
  const dueAt = dossier.extendedDueAt ?? dossier.dueAt;
  const latest = Math.max(receivedAt, dossier.submittedAt, completedAt ?? 0, returnedAt ?? 0, step?.startedAt ?? 0);
  const row: BookRow = {
    index,
    code: dossier.code,
    otherCode: dossier.nationCode ?? '',
    procedure: dossier.procedure,
    unit: dossier.agency,
    status,
    statusText: STATUS_TEXTS[status][0] ?? '',
    submittedAt: dossier.submittedAt * 60,
    receivedAt: receivedAt * 60 + second,
    hasResult: status >= 9 && completedAt !== undefined,
    updatedAt: latest * 60 + second,
    channel: dossier.channel,
    owner: dossier.owner,
  };
  if (dueAt !== undefined) row.dueAt = dueAt * 60;
  if (completedAt !== undefined) row.finishedAt = completedAt * 60 + second;
  return row;
}

/** Hands out the case that came up least of those that fit, so that each comes up early and about equally often. */
function makeTurns(kinds: readonly PlantKind[]): (row: BookRow, now: number, last: boolean) => PlantKind | undefined {
  const used = new Map<PlantKind, number>();
  const count = (kind: PlantKind): number => used.get(kind) ?? 0;
  return (row, now, last) => {
    const settled = row.updatedAt <= now - SETTLED;
    let best: PlantKind | undefined;
    for (const kind of kinds) {
      if (!settled && kind.anyAge !== true) continue;
      if (kind.fits?.(row) === false || (kind.pair === true && last)) continue;
      if (best === undefined || count(kind) < count(best)) best = kind;
    }
    if (best !== undefined) used.set(best, count(best) + 1);
    return best;
  };
}

function shuffle(rows: BookRow[], rng: Rng): BookRow[] {
  for (let i = rows.length - 1; i > 0; i -= 1) {
    const j = rng.int(0, i);
    const [a, b] = [rows[i], rows[j]];
    if (a === undefined || b === undefined) continue;
    rows[i] = b;
    rows[j] = a;
  }
  return rows;
}

function chosenKinds(names: readonly string[] | undefined): readonly PlantKind[] {
  if (names === undefined) return PLANT_KINDS;
  return names.map((name) => {
    const kind = PLANT_KINDS.find((one) => one.name === name);
    if (kind === undefined) throw new Error(`no planted case "${name}"`);
    return kind;
  });
}

/** Makes the three books. Throws on the name of a case that does not exist. */
export function plant(source: Population | PlantSource, options: PlantOptions = {}): Planted {
  const { seed, now, dossiers } = received(source);
  const { share = 0.05 } = options;
  const rng = makeRng(`${seed}|planted`);
  const take = makeTurns(chosenKinds(options.kinds));
  const books: Record<Side, BookRow[]> = { city: [], national: [], lgsp: [] };
  const expected = new Map<string, Expectation>();

  for (let i = 0; i < dossiers.length; i += 1) {
    const row = bookRow(dossiers[i] as SandboxDossier);
    const rows: DossierRows = { city: [row], national: [{ ...row }], lgsp: [{ ...row }] };
    const next = dossiers[i + 1];
    const kind = rng.chance(share) ? take(row, now * 60, next === undefined) : undefined;
    if (kind !== undefined) {
      const partner = kind.pair === true && next !== undefined ? bookRow(next) : undefined;
      if (partner !== undefined) i += 1;
      const answer = kind.plant({ rows, row: { ...row }, rng, now: now * 60, partner });
      expected.set(shownCode(rows), settle(kind, answer, rows));
    }
    for (const side of SIDES) books[side].push(...rows[side]);
  }

  const all = SIDES.flatMap((side) => books[side]);
  const days = all.length > 0 ? all.map(({ receivedAt }) => dayOf(Math.floor(receivedAt / 60))) : [dayOf(now)];
  const [from, to] = [days.reduce((a, b) => Math.min(a, b)), days.reduce((a, b) => Math.max(a, b))];
  return {
    seed,
    now,
    city: books.city,
    // No system keeps the order of another.
    national: shuffle(books.national, rng),
    lgsp: shuffle(books.lgsp, rng),
    expected,
    period: { from: isoDay(from), to: isoDay(to) },
    units: [...new Set(all.map(({ unit }) => unit.code))].sort(),
    outsidePrefixes: [OUTSIDE_PREFIX],
    unreadable: {
      city: books.city.filter(isBroken).length,
      national: books.national.filter(isBroken).length,
      lgsp: books.lgsp.filter(isBroken).length,
    },
    count: dossiers.length,
  };
}

const isBroken = ({ broken }: BookRow): boolean => broken !== undefined;

function shownCode({ city, national, lgsp }: DossierRows): string {
  return (city[0] ?? national[0] ?? lgsp[0])?.code.trim().normalize('NFC') ?? '';
}

function settle(kind: PlantKind, answer: ReturnType<PlantKind['plant']>, rows: DossierRows): Expectation {
  const classes = DIFFERENCE_CLASSES.filter((name) => answer.classes.includes(name));
  const codes = SIDES.flatMap((side) => rows[side].flatMap(({ code, otherCode }) => [code, otherCode]));
  return {
    outcome: classes.length === 0 ? 'matched' : 'different',
    ...answer,
    kind: kind.name,
    classes,
    may: answer.may ?? [],
    codes: [...new Set(codes)].filter((code) => code !== ''),
  };
}
