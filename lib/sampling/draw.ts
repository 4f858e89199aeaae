import { SamplingError } from './error.ts';
import type { Population, Stratum, Unit } from './population.ts';
import { Sha256, sha256Hex } from './sha256.ts';

/** A dossier of the sample. */
export interface Drawn {
  code: string;
  stratum: string;
  /** Place in the order of its stratum, from 1. */
  rank: number;
}

/** @throws SamplingError for a seed that could not be typed again: empty, over 200 characters, control signs, blanks at the ends */
function checkSeed(seed: string): void {
  if (
    seed === '' ||
    seed.length > 200 ||
    /[\p{Cc}\p{Cs}]/u.test(seed) ||
    seed !== seed.trim() ||
    seed !== seed.normalize('NFC')
  )
    throw new SamplingError(
      'seed',
      'hạt giống phải có 1–200 ký tự, gõ lại được: không xuống dòng, không khoảng trắng ở hai đầu',
    );
}

/** The number by which a dossier is put in order: SHA-256 of seed, `|` and code in UTF-8, hexadecimal. Smallest first. */
export const drawKey = (seed: string, code: string): string => sha256Hex(`${seed}|${code}`);

interface Candidate {
  /** First 32 bits of the key; they nearly always decide. */
  head: number;
  code: string;
}

const inOrder = (candidates: Candidate[], seed: string): Candidate[] =>
  candidates.sort((a, b) => {
    if (a.head !== b.head) return a.head - b.head;
    return drawKey(seed, a.code) < drawKey(seed, b.code) ? -1 : 1;
  });

/** The `count` dossiers with the smallest keys. Holds a few times as many as are wanted, not the whole stratum. */
function smallest(units: readonly Unit[], seed: string, count: number): string[] {
  const hash = new Sha256();
  const before = `${seed}|`;
  let kept: Candidate[] = [];
  let worst = 2 ** 32;
  for (const { code } of units) {
    const head =
      (hash
        .reset()
        .add(before + code)
        .words()[0] as number) >>> 0;
    if (head > worst) continue;
    kept.push({ head, code });
    if (kept.length < 2 * count + 1024) continue;
    kept = inOrder(kept, seed).slice(0, count);
    worst = kept.at(-1)?.head ?? 0;
  }
  return inOrder(kept, seed)
    .slice(0, count)
    .map(({ code }) => code);
}

/**
 * Draws: in each stratum the dossiers are put in order of `drawKey` and the first ones are taken. The same list, seed and sizes give
 * the same sample, whatever the order of the file; a larger size keeps what a smaller one drew.
 * @param sizes how many of each stratum, by name; a stratum that is not named gives none
 * @throws SamplingError for a bad seed, or when a stratum has fewer dossiers than are wanted
 */
export function draw(
  { strata }: Pick<Population, 'strata'>,
  seed: string,
  sizes: ReadonlyMap<string, number>,
): Drawn[] {
  checkSeed(seed);
  return strata.flatMap(({ name, units }: Stratum) => {
    const size = sizes.get(name) ?? 0;
    if (size > units.length)
      throw new SamplingError(
        'size',
        `${name === '' ? 'danh sách' : `nhóm «${name}»`} chỉ có ${units.length} hồ sơ, không rút được ${size}`,
      );
    return smallest(units, seed, size).map((code, i) => ({ code, stratum: name, rank: i + 1 }));
  });
}
